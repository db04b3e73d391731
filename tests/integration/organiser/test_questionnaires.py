"""Questionnaires as organisers write them: upload, faults, trial, comparison, publication."""

import re
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import col, func, select

from app.accounts.models import Grant, Role
from app.audit.queries import list_entries
from app.bootstrap import Services
from app.questionnaires.models import Publication, QuestionnaireDraft, TestAnswer
from app.questionnaires.published import newest_published
from app.responses.models import AnswerRevision, StoredAnswer
from app.rounds.models import QuestionnaireVersion, Survey
from app.synthesis.snapshot import build_snapshot
from questionnaires.canonical import canonical_json
from questionnaires.catalogue import DEFINITIONS
from questionnaires.loading import read_definition
from tests.fixtures.organiser import Answering
from tests.fixtures.questionnaires import FAULTY, NEXT, PATCH, SLUG, definition, version
from tests.fixtures.shipped import SHIPPED
from tests.integration.organiser.conftest import SignIn, Visitor
from tests.unit.questionnaires.xlsform.workbooks import SURVEY, changed, workbook

HERE = "/organiser/questionnaires"
MACROS = changed(workbook({"survey": SURVEY}), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
FORM = """
| survey |
|        | type | name | label | comment |
|        | begin group | section | Section | |
|        | {kind} | size | How large? | {comment} |
|        | text | colour | Which colour? | |
|        | end group | | | |
| settings |
|          | form_id | version | form_title |
|          | tiny | 1 | Tiny |
"""
"""An XLSForm with a remark that no definition has a place for."""
NEWEST = SHIPPED.published(SLUG)[-1]
"""The newest version that ships with the service."""


def upload(
    visitor: Visitor, text: str | bytes, *, name: str = "form.yaml", to: str = "", **fields: str
) -> Response:
    """Send a file as the page would."""
    content = text.encode() if isinstance(text, str) else text
    return visitor.client.post(
        to or f"{HERE}/drafts",
        data={"csrf": visitor.csrf(), **fields},
        files={"file": (name, content)},
        follow_redirects=False,
    )


def kept(visitor: Visitor, text: str, *, name: str = "form.yaml") -> str:
    """Upload a file; the address of the draft."""
    answer = upload(visitor, text, name=name)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def publish(visitor: Visitor, draft: str, *, notes: str = "A new version.") -> Response:
    return visitor.post(f"{draft}/publish", revision="1", notes=notes)


def count(services: Services, table: Any) -> int:  # noqa: ANN401 - any table
    with services.database.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.fixture
def organiser(signed_in: SignIn) -> Visitor:
    return signed_in(Role.ORGANISER)


def test_faulty_file_is_kept_with_every_fault_and_its_place(organiser: Visitor) -> None:
    draft = kept(organiser, FAULTY)

    page = organiser.get(draft).text

    assert "1 fault to mend" in page
    assert "There is no type «dtae»." in page
    assert "Did you mean «date»?" in page
    assert re.search(r"line \d+", page)
    assert "form.yaml" in organiser.get(HERE).text
    assert organiser.get(f"{draft}/preview").status_code == 409
    assert organiser.get(f"{draft}/publish").status_code == 409
    assert organiser.get(f"{draft}/upload").content == FAULTY.encode()


def test_mended_file_takes_the_place_of_the_faulty_one(organiser: Visitor) -> None:
    draft = kept(organiser, FAULTY)

    answer = upload(organiser, NEXT, name="mended.yaml", to=f"{draft}/file", revision="1")

    assert answer.status_code == 303
    page = organiser.get(draft).text
    assert "No faults" in page
    assert "mended.yaml" in page
    assert "version 2099" in page


def test_file_that_a_colleague_has_replaced_meanwhile_is_not_overwritten(
    organiser: Visitor,
) -> None:
    draft = kept(organiser, FAULTY)
    upload(organiser, NEXT, name="mine.yaml", to=f"{draft}/file", revision="1")

    answer = upload(organiser, FAULTY, name="theirs.yaml", to=f"{draft}/file", revision="1")

    assert answer.status_code == 409
    assert "A colleague has uploaded another file" in answer.text
    assert "mine.yaml" in organiser.get(draft).text


@pytest.mark.parametrize(
    ("name", "content", "words", "status"),
    [
        ("form.docx", b"x", "is not a questionnaire", 415),
        ("form", b"x", "is not a questionnaire", 415),
        ("form.yaml", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB", 413),
        ("form.xlsx", b"not a workbook", "is not an Excel workbook", 422),
        ("form.csv", b"\xff\xfe\x00", "UTF-16", 422),
        ("macro.xlsx", MACROS, "such files are not taken", 422),
    ],
)
def test_file_that_is_no_questionnaire_is_not_kept(
    organiser: Visitor, services: Services, *, name: str, content: bytes, words: str, status: int
) -> None:
    answer = upload(organiser, content, name=name)

    assert answer.status_code == status
    assert words in answer.text
    assert count(services, QuestionnaireDraft) == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("form.yaml", "größe".encode("latin-1"), "not UTF-8"),
        ("form.yaml", b"a: &a [*a]", "alias"),
        ("form.yaml", b"a: !!python/object:os.system x", "tag"),
    ],
)
def test_file_that_cannot_be_read_is_kept_and_says_why(
    organiser: Visitor, name: str, content: bytes, words: str
) -> None:
    answer = upload(organiser, content, name=name)

    assert answer.status_code == 303
    page = organiser.get(str(answer.headers["location"])).text
    assert "to mend" in page
    assert words.lower() in page.lower()


def test_upload_without_a_file_says_so(organiser: Visitor) -> None:
    answer = organiser.post(f"{HERE}/drafts")

    assert answer.status_code == 422
    assert "No file was chosen." in answer.text


def test_second_draft_of_a_version_is_refused(organiser: Visitor, services: Services) -> None:
    draft = kept(organiser, NEXT)

    answer = upload(organiser, NEXT)

    assert answer.status_code == 409
    assert "already a draft" in answer.text
    assert f'href="{draft}"' in answer.text
    assert count(services, QuestionnaireDraft) == 1


def test_form_that_would_lose_a_question_has_a_fault_and_is_not_published(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser, FORM.format(kind="barcode", comment=""), name="tiny.md")

    page = organiser.get(draft).text
    answer = publish(organiser, draft)

    assert "1 fault to mend" in page
    assert "until it is mended" in page
    assert "survey, row 5, column type" in page
    assert "No faults" not in page
    assert answer.status_code == 409
    assert count(services, Publication) == 0


def test_what_is_left_out_of_a_file_is_told_before_it_is_published(organiser: Visitor) -> None:
    draft = kept(organiser, FORM.format(kind="text", comment="ask Ana"), name="tiny.md")

    page = organiser.get(draft).text
    confirmation = organiser.get(f"{draft}/publish").text

    assert "No faults" in page
    assert "1 part left out" in page
    assert "survey, row 5, column comment" in confirmation
    assert "ask Ana" in confirmation


def test_what_stands_in_the_way_of_publishing_is_told_at_its_cell(organiser: Visitor) -> None:
    publish(organiser, kept(organiser, FORM.format(kind="text", comment=""), name="tiny.md"))

    draft = kept(organiser, FORM.format(kind="integer", comment=""), name="tiny.md")
    page = organiser.get(draft).text

    assert "settings, row 10, column version" in page
    assert "survey, row 5, column type" in page
    answer = publish(organiser, draft)
    assert answer.status_code == 422
    assert answer.text.count("is published already, and never changes") == 1


def test_xlsform_is_read_with_sheet_row_and_column_of_its_faults(organiser: Visitor) -> None:
    form = """
| survey |
|        | type | name | label |
|        | begin group | section | Section |
|        | txet | size | How large? |
|        | end group |
| settings |
|          | form_id | version | form_title |
|          | tiny | 1 | Tiny |
"""

    draft = kept(organiser, form, name="tiny.md")

    page = organiser.get(draft).text
    assert "survey, row 5, column type" in page
    assert "txet" in page


def preview(visitor: Visitor, draft: str, section: str, **fields: str) -> Response:
    return visitor.post(f"{draft}/preview/{section}", **fields)


def test_preview_follows_the_branches_of_the_test_answers(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)
    before = organiser.get(f"{draft}/preview/section_a").text

    saved = preview(
        organiser, draft, "section_a", **{"resp_role": "other", "resp_role:revision": "0"}
    )

    assert saved.status_code == 303
    after = organiser.get(f"{draft}/preview/section_a").text
    assert 'name="resp_role_other"' not in before
    assert 'name="resp_role_other"' in after
    assert "1 test answer of yours" in after
    assert organiser.post(f"{draft}/wipe").status_code == 303
    assert 'name="resp_role_other"' not in organiser.get(f"{draft}/preview/section_a").text


def test_preview_refuses_what_a_respondent_could_not_save(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)

    answer = preview(
        organiser, draft, "section_b", **{"year_founded": "soon", "year_founded:revision": "0"}
    )

    assert answer.status_code == 422
    assert "1 answer was not saved" in answer.text
    assert 'value="soon"' in answer.text


def test_preview_shows_what_is_asked_on_submitting_in_each_language(organiser: Visitor) -> None:
    shipped = (DEFINITIONS / SLUG / "2026.yaml").read_text(encoding="utf-8")
    draft = kept(organiser, shipped.replace('version: "2026"', 'version: "2099"'))

    english = organiser.get(f"{draft}/preview/submit").text
    arabic = organiser.get(f"{draft}/preview/submit?language=ar").text
    declining = organiser.get(f"{draft}/preview/decline?language=fr").text

    panel = definition(shipped).panel_by_name
    for name in ("clearance_name", "declaration", "minutes_spent"):
        assert panel[name].label["en"] in english
        assert panel[name].label["ar"] in arabic
    assert '<div class="previewed" dir="rtl">' in arabic
    assert 'lang="fr"' in declining
    assert 'name="decline_reason"' in declining
    assert f'href="{draft}/preview/submit?language=en"' in organiser.get(f"{draft}/preview").text


def test_preview_tries_the_rules_of_submitting_and_keeps_nothing(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser, NEXT)
    filled = {"clearance_name": "A. Name", "clearance_title": "Head", "declaration": "1"}

    refused = preview(organiser, draft, "submit", clearance_name="A. Name", minutes_spent="-5")
    taken = preview(organiser, draft, "submit", **filled)
    unsaid = preview(organiser, draft, "decline", clearance_name="A. Name")

    assert refused.status_code == 422
    assert "The declaration has not been made." in refused.text
    assert "The minutes spent cannot be right." in refused.text
    assert taken.status_code == 200
    assert "It would be taken. Nothing of it was kept." in taken.text
    assert unsaid.status_code == 422
    assert "A reason is missing." in unsaid.text
    assert count(services, TestAnswer) == 0


def test_preview_shows_each_language(organiser: Visitor) -> None:
    text = version("2099", ("languages: [en]", "languages: [en, ar]"))
    text = text.replace(
        "label: In what capacity do you answer this questionnaire?",
        "label: {en: In what capacity?, ar: بأي صفة؟}",
    )
    assert "بأي صفة؟" in text
    draft = kept(organiser, text)

    english = organiser.get(f"{draft}/preview/section_a?language=en").text
    arabic = organiser.get(f"{draft}/preview/section_a?language=ar").text

    assert "In what capacity?" in english
    assert "بأي صفة؟" not in english
    assert "بأي صفة؟" in arabic
    assert 'dir="rtl"' in arabic


def test_test_answers_are_ones_own(organiser: Visitor, signed_in: SignIn) -> None:
    draft = kept(organiser, NEXT)
    preview(organiser, draft, "section_a", **{"resp_role": "other", "resp_role:revision": "0"})

    colleague = signed_in(Role.ADMINISTRATOR)

    assert 'name="resp_role_other"' not in colleague.get(f"{draft}/preview/section_a").text


def test_test_answers_are_counted_nowhere_and_wiped_when_the_draft_is_published(
    organiser: Visitor, services: Services, answering: Answering
) -> None:
    def seen() -> tuple[object, ...]:
        with services.database.read() as session:
            answers = session.exec(select(func.count()).select_from(StoredAnswer)).one()
            history = session.exec(select(func.count()).select_from(AnswerRevision)).one()
        snapshot = build_snapshot(services.database, "rcp-demo", as_of=services.clock.now())
        board = organiser.get("/organiser/rounds/rcp-demo").text
        tokens = re.sub(r'value="[0-9a-f]{64}"', "", board)
        return (answers, history, snapshot.invited, tuple(snapshot.responses()), tokens)

    draft = kept(organiser, NEXT)
    before = seen()

    preview(organiser, draft, "section_a", **{"resp_role": "other", "resp_role:revision": "0"})

    assert count(services, TestAnswer) == 1
    assert seen() == before
    assert publish(organiser, draft).status_code == 303
    assert count(services, TestAnswer) == 0
    assert count(services, QuestionnaireDraft) == 0
    assert seen() == before


def test_mended_file_keeps_the_test_answers_that_still_fit(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser, NEXT)
    preview(
        organiser,
        draft,
        "section_b",
        **{"year_founded": "1990", "year_founded:revision": "0"},
    )
    preview(organiser, draft, "section_a", **{"resp_role": "other", "resp_role:revision": "0"})
    retyped = NEXT.replace(
        "- name: other\n      label: Another capacity",
        "- name: another\n      label: Another capacity",
    )
    retyped = retyped.replace("${resp_role} = 'other'", "${resp_role} = 'another'")
    assert retyped != NEXT

    answer = upload(organiser, retyped, to=f"{draft}/file", revision="1")

    assert answer.status_code == 303
    with services.database.read() as session:
        assert session.exec(select(TestAnswer.question)).all() == ["year_founded"]


def test_comparison_says_what_became_of_each_question(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)

    page = organiser.get(f"{draft}/comparison?to=2007").text

    assert "Version 2099 compared with 2007" in page
    assert "1 relabelled" in page
    assert "Short name or acronym" in page
    assert "read both wordings" in page
    assert organiser.get(f"{draft}/comparison?to=1999").status_code == 404
    assert f"Version 2099 compared with {NEWEST}" in organiser.get(f"{draft}/comparison").text


def test_confirmation_lists_what_follows(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)

    page = organiser.get(f"{draft}/publish").text

    assert "It never changes again." in page
    assert "The next round of «GFMD survey" in page
    assert f"Version {NEWEST} is superseded." in page
    assert "Look at each" in page


def test_published_version_is_immutable_canonical_and_the_next_rounds(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser, NEXT)

    answer = publish(organiser, draft, notes="Clearer words.")

    assert answer.headers["location"] == f"{HERE}/versions/{SLUG}/2099?done=published"
    with services.database.read() as session:
        stored = session.exec(
            select(QuestionnaireVersion).where(QuestionnaireVersion.version == "2099")
        ).one()
        publication = session.exec(select(Publication)).one()
        newest = newest_published(session, services.catalogue, SLUG)
        entries = list_entries(session, subject=f"questionnaire:{SLUG}/2099")
    assert stored.canonical.encode() == canonical_json(definition(NEXT))
    assert publication.notes == "Clearer words."
    assert newest == definition(NEXT)
    assert [entry.action for entry in entries] == ["questionnaire.published"]
    published = organiser.get(str(answer.headers["location"])).text
    assert 'href="/organiser/surveys/rcp-demo/open"' in published
    assert "<dd>English ·" in published
    assert "/open" not in organiser.get(f"{HERE}/versions/{SLUG}/2099").text
    page = organiser.get(HERE).text
    assert "English, French, Spanish, Arabic, Russian" in page
    assert "Clearer words." in page
    assert "Superseded" in page
    assert organiser.get(draft).status_code == 404


def test_notes_left_standing_from_an_earlier_version_are_not_suggested_again(
    organiser: Visitor,
) -> None:
    own = version("2099", ("A reconstruction: the", "Rewritten, since the"))

    left = organiser.get(f"{kept(organiser, PATCH)}/publish").text
    fresh = organiser.get(f"{kept(organiser, own)}/publish").text

    assert "A reconstruction" not in left
    assert "Rewritten, since the questionnaire of 2007" in fresh


def test_publishing_without_notes_is_refused(organiser: Visitor, services: Services) -> None:
    draft = kept(organiser, NEXT)

    answer = publish(organiser, draft, notes=" ")

    assert answer.status_code == 422
    assert "The notes are empty." in answer.text
    assert count(services, QuestionnaireDraft) == 1
    assert count(services, Publication) == 0


def test_draft_that_was_replaced_meanwhile_is_not_published(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)
    upload(organiser, NEXT, to=f"{draft}/file", revision="1")

    assert publish(organiser, draft).status_code == 409


def test_retyped_question_stands_in_the_way_of_publishing(organiser: Visitor) -> None:
    retyped = NEXT.replace(
        "- name: rcp_acronym\n            type: text",
        "- name: rcp_acronym\n            type: integer",
    )
    assert retyped != NEXT
    draft = kept(organiser, retyped)

    page = organiser.get(draft).text
    answer = publish(organiser, draft)

    assert "rcp_acronym has another type than in version 2007" in page
    assert answer.status_code == 422


def test_published_version_is_taken_away_as_yaml_that_reads_the_same(organiser: Visitor) -> None:
    draft = kept(organiser, NEXT)
    own = organiser.get(f"{draft}/file").text
    publish(organiser, draft)

    answer = organiser.get(f"{HERE}/versions/{SLUG}/2099/file")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text == own
    assert read_definition(own, source="own")[0] == definition(NEXT)


def test_published_version_is_taken_away_as_an_xlsform_that_can_be_uploaded_again(
    organiser: Visitor,
) -> None:
    draft = kept(organiser, NEXT)
    own = organiser.get(f"{draft}/file?format=xlsx")
    organiser.post(f"{draft}/discard", revision="1", sure="yes")

    answer = upload(organiser, own.content, name="form.xlsx")

    assert own.headers["content-disposition"].endswith(f"{SLUG}-2099.xlsx")
    again = str(answer.headers["location"]).partition("?")[0]
    found = read_definition(organiser.get(f"{again}/file").text, source="again")[0]
    assert found == definition(NEXT)


def test_running_round_moves_to_a_patch_and_to_nothing_else(
    organiser: Visitor, services: Services
) -> None:
    publish(organiser, kept(organiser, NEXT))
    publish(organiser, kept(organiser, PATCH), notes="A comma.")
    patch = f"{HERE}/versions/{SLUG}/2007.1"

    other = organiser.post("/organiser/rounds/rcp-demo/patch", version="2099", sure="yes")
    unsure = organiser.post("/organiser/rounds/rcp-demo/patch", version="2007.1")
    offered = organiser.get(patch).text
    closed = organiser.post("/organiser/rounds/gfmd-2007/patch", version="2007.1", sure="yes")
    moved = organiser.post("/organiser/rounds/rcp-demo/patch", version="2007.1", sure="yes")

    assert other.status_code == 409
    assert "no patch of version 2007" in other.text
    assert unsure.status_code == 422
    assert unsure.text.count("was not ticked, so the round stays as it is") == 1
    assert 'class="masthead-nav"' in unsure.text
    assert 'id="sure-rcp-demo" name="sure" value="yes" required aria-invalid="true"' in unsure.text
    assert "Move rcp-demo to 2007.1" in offered
    assert "Superseded" not in offered
    assert "Patch of 2007" in offered
    assert "the newest version is 2099, and the next round opens with that" in offered
    assert "Patch of 2007" in organiser.get(HERE).text
    assert closed.status_code == 409
    assert moved.headers["location"] == f"{patch}?done=moved"
    assert "Move rcp-demo" not in organiser.get(patch).text
    with services.database.read() as session:
        entries = list_entries(session, subject="round:rcp-demo")
        newest = newest_published(session, services.catalogue, SLUG)
    assert (
        entries[-1].action == "round.moved-to-patch" or entries[0].action == "round.moved-to-patch"
    )
    assert newest.version == "2099"


def test_patch_that_a_running_round_cannot_take_says_why(organiser: Visitor) -> None:
    bilingual = ("languages: [en]", "languages: [en, fr]")
    publish(organiser, kept(organiser, PATCH), notes="A comma.")
    publish(organiser, kept(organiser, version("2007.2", bilingual, corrects="2007")))
    publish(organiser, kept(organiser, version("2007.3", corrects="2007")))
    organiser.post("/organiser/rounds/rcp-demo/patch", version="2007.2", sure="yes")

    earlier = organiser.get(f"{HERE}/versions/{SLUG}/2007.1").text
    later = organiser.get(f"{HERE}/versions/{SLUG}/2007.3").text

    assert "Superseded" in earlier
    assert "Move rcp-demo" not in earlier
    assert "runs on version 2007.2. Version 2007.1 is no patch of version 2007.2: it is older." in (
        earlier
    )
    assert "Move rcp-demo" not in later
    assert "The language «fr» of the corrected version is gone." in later


def test_organiser_of_another_survey_neither_sees_nor_publishes_a_draft(
    organiser: Visitor, signed_in: SignIn, services: Services, users: dict[Role, int]
) -> None:
    draft = kept(organiser, NEXT)
    with services.database.write() as session:
        own = Survey(
            slug="other-survey",
            title="Another survey",
            questionnaire="another",
            created_at=services.clock.now(),
        )
        session.add(own)
        session.flush()
        grant = session.exec(
            select(Grant).where(col(Grant.user_id) == users[Role.ADMINISTRATOR])
        ).one()
        grant.survey_id = own.id
        session.add(grant)
    stranger = signed_in(Role.ADMINISTRATOR)

    assert stranger.get(draft).status_code == 404
    assert draft not in stranger.get(HERE).text
    refused = upload(stranger, version("2100"))
    assert refused.status_code == 403
    assert "belongs to surveys in which you have no such role" in refused.text


def test_publishing_needs_a_role_in_every_survey_that_uses_the_questionnaire(
    organiser: Visitor, services: Services, users: dict[Role, int]
) -> None:
    with services.database.write() as session:
        survey = session.exec(select(Survey).where(Survey.slug == "gfmd-rcp-survey")).one()
        grant = session.exec(select(Grant).where(col(Grant.user_id) == users[Role.ORGANISER])).one()
        grant.survey_id = survey.id
        session.add(grant)
    draft = kept(organiser, NEXT)

    assert "somebody with a role in all of them" in organiser.get(draft).text
    assert publish(organiser, draft).status_code == 403


def test_discarded_draft_is_gone_with_its_test_answers(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser, NEXT)
    preview(organiser, draft, "section_a", **{"resp_role": "other", "resp_role:revision": "0"})

    unsure = organiser.post(f"{draft}/discard", revision="1")
    sure = organiser.post(f"{draft}/discard", revision="1", sure="yes")

    assert unsure.status_code == 422
    assert 'class="masthead-nav"' in unsure.text
    assert 'id="discard-sure" name="sure" value="yes" required aria-invalid="true"' in unsure.text
    assert sure.status_code == 303
    assert count(services, QuestionnaireDraft) == 0
    assert count(services, TestAnswer) == 0
