"""Drafts by program: upload, faults, trial, comparison, publication, and a round's move."""

import pytest
from httpx2 import Response
from sqlmodel import func, select

from app.accounts.models import Role
from app.bootstrap import Services
from app.questionnaires.models import QuestionnaireDraft, TestAnswer
from questionnaires.loading import read_definition
from tests.fixtures.organiser import Answering
from tests.fixtures.questionnaires import FAULTY, NEXT, PATCH, SLUG, definition
from tests.integration.api.conftest import API, ByRole, Program
from tests.unit.questionnaires.xlsform.workbooks import SURVEY, changed, workbook

DRAFTS = f"{API}/questionnaire-drafts"
VERSIONS = f"{API}/questionnaires/{SLUG}/versions"


def upload(caller: Program, text: str | bytes, *, name: str = "form.yaml") -> Response:
    content = text.encode() if isinstance(text, str) else text
    return caller.post(DRAFTS, files={"file": (name, content)})


def publish(caller: Program, text: str, *, notes: str = "New.") -> Response:
    made = upload(caller, text)
    return caller.post(
        f"{made.headers['location']}/publication",
        json={"notes": notes},
        headers={"If-Match": made.headers["etag"]},
    )


@pytest.fixture
def organiser(program: ByRole) -> Program:
    return program(Role.ORGANISER)


def test_journey_of_a_draft_from_its_faults_to_its_publication(
    organiser: Program, services: Services
) -> None:
    faulty = upload(organiser, FAULTY)
    here = faulty.headers["location"]

    assert faulty.status_code == 201
    assert organiser.get(f"{here}/upload").content == FAULTY.encode()
    assert faulty.json()["errors"] == 1
    (fault,) = (one for one in faulty.json()["problems"] if one["severity"] == "error")
    assert fault["code"] == "unknown-type"
    assert fault["line"] > 100
    mended = organiser.put(
        f"{here}/file",
        files={"file": ("mended.yaml", NEXT.encode())},
        headers={"If-Match": faulty.headers["etag"]},
    )
    assert (mended.json()["errors"], mended.json()["revision"]) == (0, 2)
    assert mended.json()["in_the_way"] == []
    published = organiser.post(
        f"{here}/publication",
        json={"notes": "Clearer words."},
        headers={"If-Match": mended.headers["etag"]},
    )
    assert published.status_code == 201
    assert published.json()["state"] == "published"
    assert published.json()["notes"] == "Clearer words."
    assert organiser.get(here).status_code == 404
    states = {one["version"]: one["state"] for one in organiser.all(VERSIONS)}
    assert states["2099"] == "published"
    assert states["2007"] == "superseded"
    with services.database.read() as session:
        assert session.exec(select(func.count()).select_from(QuestionnaireDraft)).one() == 0


def test_form_that_would_lose_a_question_is_no_definition(organiser: Program) -> None:
    form = b"| survey |\n| | type | name | label |\n| | barcode | a | A |\n| | text | b | B |\n"

    kept = upload(organiser, form.decode(), name="form.md")

    assert kept.status_code == 201
    assert kept.json()["errors"] == 1
    assert kept.json()["not_kept"] == []
    (fault,) = (one for one in kept.json()["problems"] if one["severity"] == "error")
    assert (fault["code"], fault["place"]) == ("refused-type", "survey, row 3, column type")
    refused = organiser.post(
        f"{kept.headers['location']}/publication",
        json={"notes": "New."},
        headers={"If-Match": kept.headers["etag"]},
    )
    assert refused.status_code == 409


def test_workbook_with_macros_is_not_kept(organiser: Program) -> None:
    macros = changed(workbook({"survey": SURVEY}), {"xl/vbaProject.bin": b"x"})

    refused = upload(organiser, macros, name="macro.xlsx")

    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "macros"
    assert list(organiser.all(DRAFTS)) == []


def test_comparison_names_both_wordings_and_the_verdict(organiser: Program) -> None:
    here = upload(organiser, NEXT).headers["location"]

    compared = organiser.get(f"{here}/comparison?to=2007").json()

    assert (compared["old"], compared["new"]) == ("2007", "2099")
    (changed,) = (one for one in compared["questions"] if one["kind"] != "same")
    assert changed["question"] == "rcp_acronym"
    assert changed["kind"] == "relabelled"
    assert (changed["before"], changed["now"]) == ("Short name or acronym", "Acronym")
    publish(organiser, PATCH)
    patch = organiser.get(f"{VERSIONS}/2007.1/comparison").json()
    assert patch["old"] == "2007"


def test_trial_says_what_is_asked_and_its_answers_are_wiped(
    organiser: Program, services: Services
) -> None:
    here = upload(organiser, NEXT).headers["location"]
    before = organiser.get(f"{here}/trial").json()

    after = organiser.put(f"{here}/trial/answers/resp_role", json={"value": "other"}).json()

    assert "resp_role_other" not in before["asked"]
    assert "resp_role_other" in after["asked"]
    assert [one["question"] for one in after["answers"]] == ["resp_role"]
    assert "attribution" in {one["place"] for one in after["in_the_way"]}
    assert organiser.delete(f"{here}/trial/answers").status_code == 204
    assert organiser.get(f"{here}/trial").json() == before
    with services.database.read() as session:
        assert session.exec(select(func.count()).select_from(TestAnswer)).one() == 0


def test_test_answer_of_another_kind_is_refused(organiser: Program) -> None:
    here = upload(organiser, NEXT).headers["location"]

    answer = organiser.put(f"{here}/trial/answers/year_founded", json={"value": "soon"})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == "year_founded"


@pytest.mark.parametrize("headers", [{}, {"If-Match": "newest"}])
def test_change_of_a_draft_names_the_revision_that_it_is_based_on(
    organiser: Program, headers: dict[str, str]
) -> None:
    here = upload(organiser, NEXT).headers["location"]

    answers = [
        organiser.post(f"{here}/publication", json={"notes": "New."}, headers=headers),
        organiser.put(f"{here}/file", files={"file": ("a.yaml", b"a")}, headers=headers),
        organiser.delete(here, headers=headers),
    ]

    assert {answer.status_code for answer in answers} == {428}


def test_change_that_is_based_on_an_older_file_is_refused(organiser: Program) -> None:
    made = upload(organiser, FAULTY)
    here, first = made.headers["location"], {"If-Match": made.headers["etag"]}
    organiser.put(f"{here}/file", files={"file": ("b.yaml", NEXT.encode())}, headers=first)

    answer = organiser.post(f"{here}/publication", json={"notes": "New."}, headers=first)

    assert answer.status_code == 409


def test_definition_comes_back_as_it_was_read(organiser: Program) -> None:
    here = upload(organiser, NEXT).headers["location"]
    own = organiser.get(f"{here}/file")

    assert read_definition(own.text, source="own")[0] == definition(NEXT)
    publish_answer = organiser.post(
        f"{here}/publication", json={"notes": "New."}, headers={"If-Match": '"1"'}
    )
    assert publish_answer.status_code == 201
    assert organiser.get(f"{VERSIONS}/2099/file").text == own.text


def test_draft_of_the_same_version_is_listed_once(organiser: Program) -> None:
    upload(organiser, NEXT)

    again = upload(organiser, NEXT)

    assert again.status_code == 409
    assert [one["version"] for one in organiser.all(DRAFTS)] == ["2099"]


def test_discarded_draft_is_gone(organiser: Program) -> None:
    made = upload(organiser, NEXT)

    answer = organiser.delete(made.headers["location"], headers={"If-Match": made.headers["etag"]})

    assert answer.status_code == 204
    assert organiser.all(DRAFTS) == []


def test_running_round_moves_to_a_patch(organiser: Program, answering: Answering) -> None:
    publish(organiser, PATCH)

    moved = organiser.post(f"{API}/rounds/rcp-demo/move", json={"version": "2007.1"})

    assert moved.status_code == 201
    assert moved.json() == {"version": "2007.1", "begun": 1}
    assert organiser.get(f"{API}/rounds/rcp-demo").json()["questionnaire_version"] == "2007.1"
    again = organiser.post(f"{API}/rounds/rcp-demo/move", json={"version": "2007.1"})
    assert again.status_code == 409
