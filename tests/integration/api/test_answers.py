"""Answers: read, saved with the revision they are based on, refused when stale."""

import pytest
from sqlmodel import col, select

from app.accounts.models import Role
from app.bootstrap import Services
from app.responses.models import AnswerRevision, StoredAnswer
from exports.records import Channel
from tests.fixtures.organiser import Answering, save, submit
from tests.integration.api.conftest import BALI, IGC, ByRole, Program

PRACTICE = f"{IGC}/answers/good_practice"


def put(program: Program, path: str, revision: int, **answer: object) -> dict[str, object]:
    """Save an answer that must be accepted; what comes back."""
    saved = program.put(path, json=answer, headers={"If-Match": f'"{revision}"'})
    assert saved.status_code == 200, saved.text
    found: dict[str, object] = saved.json()
    return found


def test_answers_are_listed_in_the_forms_order_with_marks(
    respondent: Program, answering: Answering
) -> None:
    answers = {str(one["question"]): one for one in respondent.all(f"{IGC}/answers?limit=20")}

    assert list(answers) == [question.name for question in answering.definition.fields]
    assert answers["md_founding"]["value"] == "referred_to"
    assert answers["md_founding"]["text"] == "Yes, it is referred to"
    assert answers["md_founding"]["mark"] == "answered"
    assert answers["md_founding"]["code"] == "C1"
    assert answers["secretariat"]["missing"] == "dk"
    assert answers["secretariat"]["mark"] == "dk"
    assert answers["md_not_reason"]["asked"] is False
    assert answers["md_not_reason"]["mark"] == "routed"
    assert answers["members"]["value"] == [
        {"member_state": "Country A", "member_role": "member", "member_since": 1996},
        {"member_state": "Organisation B", "member_role": "observer"},
    ]
    assert answers["year_founded"]["revision"] == 2
    assert answers["year_founded"]["editor"] == "alternate"


def test_answer_never_given_has_revision_nought(respondent: Program) -> None:
    answer = respondent.get(PRACTICE)

    assert answer.headers["etag"] == '"0"'
    assert answer.json()["value"] is None
    assert answer.json()["mark"] == "not_reached"


def test_answer_known_already_is_not_sent_again(respondent: Program, answering: Answering) -> None:
    etag = respondent.get(PRACTICE).headers["etag"]

    answer = respondent.get(PRACTICE, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_answer_is_saved_and_read_back_character_for_character(respondent: Program) -> None:
    text = "=1+1 «naïve» مرحبا 🕊\n\tsecond line"

    saved = put(respondent, PRACTICE, 0, value=text, comment="See annex", source="Statutes")

    assert saved["revision"] == 1
    read = respondent.get(PRACTICE)
    assert read.headers["etag"] == '"1"'
    assert read.json() == saved
    assert (saved["value"], saved["comment"], saved["source"]) == (text, "See annex", "Statutes")
    assert (saved["editor"], saved["channel"]) == ("focal point", "web")


def test_answer_comment_left_out_stays(respondent: Program) -> None:
    put(respondent, PRACTICE, 0, value="One", comment="Keep me")

    assert put(respondent, PRACTICE, 1, value="Two")["comment"] == "Keep me"
    assert put(respondent, PRACTICE, 2, value="Two", comment="")["comment"] == ""


@pytest.mark.parametrize("missing", ["na", "dk", "declined"])
def test_answer_can_be_a_reason_for_none(respondent: Program, missing: str) -> None:
    path = f"{IGC}/answers/composition"

    saved = put(respondent, path, 0, missing=missing)

    assert saved["mark"] == missing
    assert saved["value"] is None


def test_answer_equal_to_the_stored_one_makes_no_revision(respondent: Program) -> None:
    put(respondent, PRACTICE, 0, value="One")

    assert put(respondent, PRACTICE, 0, value="One")["revision"] == 1


def test_answer_without_its_revision_is_refused(respondent: Program, services: Services) -> None:
    answer = respondent.put(PRACTICE, json={"value": "One"})

    assert answer.status_code == 428
    with services.database.read() as session:
        assert session.exec(select(StoredAnswer)).all() == []


@pytest.mark.parametrize("tag", ["*", "3", 'W/"3"', '"a"', '"1", "2"', '""'])
def test_answer_with_a_revision_that_is_none_is_refused(respondent: Program, tag: str) -> None:
    answer = respondent.put(PRACTICE, json={"value": "One"}, headers={"If-Match": tag})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "not-a-revision"


def test_answer_based_on_an_older_revision_gets_both_texts_and_loses_nothing(
    respondent: Program, program: ByRole, services: Services
) -> None:
    put(respondent, PRACTICE, 0, value="One", comment="First")
    put(program(Role.ORGANISER), PRACTICE, 1, value="Two", channel="telephone")

    stale = respondent.put(
        PRACTICE, json={"value": "Three", "comment": "Mine"}, headers={"If-Match": '"1"'}
    )

    assert stale.status_code == 409
    problem = stale.json()
    assert problem["code"] == "stale-answer"
    assert (problem["mine"]["value"], problem["mine"]["comment"]) == ("Three", "Mine")
    assert (problem["theirs"]["value"], problem["theirs"]["comment"]) == ("Two", "First")
    assert (problem["editor"], problem["revision"]) == ("The organiser", 2)
    assert problem["edited_at"] == "2027-03-10T12:00:00Z"
    assert respondent.get(PRACTICE).json()["value"] == "Two"
    history = respondent.all(f"{PRACTICE}/revisions?limit=2")
    assert [(one["value"], one["accepted"], one["revision"]) for one in history] == [
        ("One", True, 1),
        ("Two", True, 2),
        ("Three", False, 1),
    ]
    with services.database.read() as session:
        refused = session.exec(select(AnswerRevision).where(~col(AnswerRevision.accepted))).one()
    assert refused.value == "Three"


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("year_founded", "soon", "wrong-type"),
        ("md_founding", "maybe", "unknown-choice"),
        ("members", [{"colour": "red"}], "unknown-column"),
        ("good_practice", "x" * 100_001, "too-long"),
        ("good_practice", "a\u0000b", "unstorable-character"),
        ("good_practice", ["a", {"b": 1}], "wrong-type"),
        ("themes", "labour_migration", "wrong-type"),
    ],
)
def test_answer_of_another_kind_is_refused_and_says_why(
    respondent: Program, services: Services, question: str, value: object, code: str
) -> None:
    answer = respondent.put(
        f"{IGC}/answers/{question}", json={"value": value}, headers={"If-Match": '"0"'}
    )

    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["code"] == code
    assert problem["mend"]
    with services.database.read() as session:
        assert session.exec(select(AnswerRevision)).all() == []


def test_answer_that_breaks_a_constraint_is_saved_and_stands_in_the_way(
    respondent: Program,
) -> None:
    put(respondent, f"{IGC}/answers/year_founded", 0, value=1066)

    problems = respondent.get(f"{IGC}/response").json()["problems"]

    assert "year_founded" in [problem["place"] for problem in problems]


@pytest.mark.parametrize("question", ["nothing", "band", "x" * 200])
def test_answer_to_what_is_not_asked_is_not_found(respondent: Program, question: str) -> None:
    path = f"{IGC}/answers/{question}"

    assert respondent.get(path).status_code == 404
    assert respondent.get(f"{path}/revisions").status_code == 404
    answer = respondent.put(path, json={"value": "x"}, headers={"If-Match": '"0"'})
    assert answer.status_code == 404


def test_answer_after_the_return_is_refused_with_its_receipt(
    respondent: Program, answering: Answering, services: Services
) -> None:
    receipt = submit(services, answering)

    answer = respondent.put(PRACTICE, json={"value": "Late"}, headers={"If-Match": '"1"'})

    assert answer.status_code == 409
    assert answer.json()["code"] == "already-returned"
    assert receipt in answer.json()["detail"]


def test_answer_on_behalf_begins_the_response_and_is_signed(
    program: ByRole, services: Services
) -> None:
    organiser = program(Role.ORGANISER)

    saved = put(organiser, f"{BALI}/answers/good_practice", 0, value="Told", channel="telephone")

    assert (saved["editor"], saved["channel"]) == ("The organiser", "telephone")
    with services.database.read() as session:
        kept = session.exec(select(StoredAnswer)).one()
    assert (kept.channel, kept.contact_id) == (Channel.TELEPHONE, None)
    assert kept.user_id is not None
    board = organiser.get(BALI).json()
    assert (board["progress"], board["opened_at"]) == ("under_way", None)


def test_answer_on_behalf_in_a_closed_round_is_refused(program: ByRole) -> None:
    answer = program(Role.ORGANISER).put(
        "/api/v1/rounds/gfmd-2007/invitations/igc/answers/good_practice",
        json={"value": "x"},
        headers={"If-Match": '"0"'},
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "round-closed"


def test_personal_answers_are_for_the_respondent_and_for_organisers(
    respondent: Program, program: ByRole, answering: Answering
) -> None:
    path = f"{IGC}/answers/resp_email"

    seen = {
        who: caller.get(path).json()["value"]
        for who, caller in (
            ("respondent", respondent),
            ("organiser", program(Role.ORGANISER)),
            ("analyst", program(Role.ANALYST)),
        )
    }

    assert seen == {
        "respondent": "focal-point@example.org",
        "organiser": "focal-point@example.org",
        "analyst": None,
    }
    assert program(Role.ANALYST).all(f"{path}/revisions") == []
    listed = {one["question"]: one for one in program(Role.ANALYST).all(f"{IGC}/answers")}
    assert (listed["resp_email"]["value"], listed["resp_email"]["personal"]) == (None, True)


def test_answers_not_to_be_attributed_are_marked_for_users(
    respondent: Program, program: ByRole, answering: Answering, services: Services
) -> None:
    save(services, answering, {"attribution": "background"}, based_on=1)

    path = f"{IGC}/answers/md_frequency"
    assert respondent.get(path).json()["mark"] == "answered"
    assert program(Role.ANALYST).get(path).json()["mark"] == "withheld"


def test_response_says_how_far_it_is(respondent: Program, answering: Answering) -> None:
    found = respondent.get(f"{IGC}/response").json()

    assert (found["answered"], found["asked"], found["returned"]) == (13, 30, False)
    assert sum(section["asked"] for section in found["sections"]) == 30
    assert found["version"] == "2007"


def test_response_not_begun_is_empty(program: ByRole) -> None:
    found = program(Role.ANALYST).get(f"{BALI}/response").json()

    assert found["started_at"] is None
    assert found["answered"] == 0
    assert {problem["code"] for problem in found["problems"]} == {"required"}
