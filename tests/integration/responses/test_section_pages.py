"""Filling a section by its buttons, without a script."""

import re

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import AnswerRevision, StoredAnswer
from questionnaires.lint.names import CONTROLS
from questionnaires.models import Definition, MissingCode
from tests.integration.responses.browsing import Answers, Browser

B = "/form/section_b"
C = "/form/section_c"


def test_save_every_kind_of_section_b(started: Browser, answers: Answers) -> None:
    reply = started.post(
        B,
        {
            "do": "continue",
            "rcp_name_check:revision": "0",
            "rcp_name_check": "correct",
            "year_founded:revision": "0",
            "year_founded": " 1 996 ",
            "founding_event:revision": "0",
            "founding_event": "A sudden influx.\r\nThen a conference.",
            "members:revision": "0",
            "members.0.member_state": "Arcadia",
            "members.0.member_role": "member",
            "members.0.member_since": "",
            "members.1.member_state": "",
            "members.3.member_state": "Utopia",
            "themes:revision": "0",
            "themes": ["data", "health"],
            "composition:revision": "0",
            "composition": ":dk",
        },
    )

    assert answers() == {
        "rcp_name_check": ("correct", 1),
        "year_founded": (1996, 1),
        "founding_event": ("A sudden influx.\nThen a conference.", 1),
        "members": (
            [{"member_state": "Arcadia", "member_role": "member"}, {"member_state": "Utopia"}],
            1,
        ),
        "themes": (["health", "data"], 1),
        "composition": (MissingCode.DONT_KNOW, 1),
    }
    # Ranking the chosen themes is asked now, so the page stays.
    assert reply.headers["location"] == f"{B}?saved=1&appeared=1"
    page = started.get(reply.headers["location"])
    assert "1 further field has appeared in this section" in page.text
    assert "Which three are the most important?" in page.text


def test_save_and_continue_leads_to_next_section_and_to_review(started: Browser) -> None:
    assert started.post(B, {"do": "continue"}).headers["location"] == C
    assert started.post(B, {"do": "save"}).headers["location"] == f"{B}?saved=1"
    last = started.post("/form/section_h", {"do": "continue"})
    assert last.headers["location"] == "/form/review"


def test_save_unchanged_page_makes_no_revision(started: Browser, services: Services) -> None:
    fields = {"rcp_acronym:revision": "0", "rcp_acronym": "NP", "rcp_acronym:missing": ""}
    started.post(B, fields)

    started.post(B, {**fields, "rcp_acronym:revision": "1"})

    with services.database.read() as session:
        assert len(session.exec(select(AnswerRevision)).all()) == 1


def test_save_comment_and_source_with_the_first_field(started: Browser, services: Services) -> None:
    started.post(
        B,
        {
            "year_founded:revision": "0",
            "year_founded": "",
            "year_founded:comment": "Two dates\r\nare given.",
            "year_founded:source": "Charter, page 3",
        },
    )

    with services.database.read() as session:
        row = session.exec(select(StoredAnswer)).one()
    assert (row.value, row.comment, row.source) == (
        None,
        "Two dates\nare given.",
        "Charter, page 3",
    )
    assert "(2 given)" in started.get(B).text


def test_save_hidden_question_keeps_its_answer(started: Browser, answers: Answers) -> None:
    started.post(C, {"md_founding:revision": "0", "md_founding": "priority"})
    started.post(C, {"md_founding_ref:revision": "0", "md_founding_ref": "Article 2"})

    started.post(C, {"md_founding:revision": "1", "md_founding": "not_mentioned"})

    assert "md_founding_ref" not in started.get(C).text
    assert answers()["md_founding_ref"] == ("Article 2", 1)
    assert "Article 2" not in started.get("/form/review").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year_founded": "soon"}, "«soon» is not a whole number."),
        ({"year_founded": "9" * 20}, "too large to be stored exactly"),
        ({"founding_event": "x" * 100_001}, "100,001 characters; at most 100,000 fit"),
        ({"composition": "flat"}, "«flat» is not an option of this question."),
        ({"members": "", "members.0.member_since": "soon"}, "Row 1: «soon» is not a whole number"),
        (
            {"founding_event": "Text", "founding_event:missing": "dk"},
            "There is an answer and also a reason for not answering.",
        ),
    ],
    ids=["number", "large", "long", "option", "row", "both"],
)
def test_save_refused_field_keeps_what_was_typed_and_saves_the_rest(
    started: Browser, answers: Answers, fields: dict[str, str], words: str
) -> None:
    name = next(iter(fields))
    page = started.post(
        B, {f"{name}:revision": "0", **fields, "rcp_acronym:revision": "0", "rcp_acronym": "NP"}
    )

    assert page.status_code == 422
    assert words in page.text
    assert "1 answer was not saved" in page.text
    assert answers() == {"rcp_acronym": ("NP", 1)}
    typed = list(fields.values())[-1 if name == "members" else 0]
    assert typed in page.text or name == "composition"


def test_save_against_constraint_is_saved_and_said(started: Browser, answers: Answers) -> None:
    started.post(B, {"year_founded:revision": "0", "year_founded": "1066"})

    assert answers() == {"year_founded": (1066, 1)}
    assert "It is saved as it is, but must be corrected before you submit." in started.get(B).text


def test_answer_that_must_be_corrected_is_shown_once_before_going_on(
    started: Browser, answers: Answers
) -> None:
    reply = started.post(
        B, {"do": "continue", "year_founded:revision": "0", "year_founded": "1066"}
    )

    assert reply.headers["location"] == f"{B}?saved=1#to-correct"
    assert answers() == {"year_founded": (1066, 1)}
    page = started.get(reply.headers["location"]).text
    assert "Saved, but 1 answer must be corrected before you submit" in page
    assert '<a href="#q-year_founded">' in page
    assert '<input type="hidden" name="year_founded:noticed" value="1">' in page
    unchanged = {
        "do": "continue",
        "year_founded:revision": "1",
        "year_founded": "1066",
        "year_founded:noticed": "1",
    }
    assert started.post(B, unchanged).headers["location"] == C


def test_other_answer_that_must_be_corrected_is_shown_again(started: Browser) -> None:
    started.post(B, {"year_founded:revision": "0", "year_founded": "1066"})

    reply = started.post(
        B,
        {
            "do": "continue",
            "year_founded:revision": "1",
            "year_founded": "1067",
            "year_founded:noticed": "1",
        },
    )

    assert reply.headers["location"] == f"{B}?saved=1#to-correct"


def test_gap_does_not_keep_anybody_from_going_on(started: Browser) -> None:
    reply = started.post("/form/section_a", {"do": "continue", "resp_role:revision": "0"})

    assert reply.headers["location"] == B


def test_row_without_what_it_needs_is_said_beside_the_table(started: Browser) -> None:
    fields = {"members:revision": "0", "members.0.member_since": "1996", "do": "continue"}

    reply = started.post(B, fields)

    assert reply.headers["location"] == f"{B}?saved=1#to-correct"
    messages = re.search(r'id="m-members">(.*?)</div>', started.get(B).text, re.DOTALL)
    assert messages
    assert "Row 1: " in messages[1]


def test_add_row_saves_and_shows_one_more(started: Browser, answers: Answers) -> None:
    reply = started.post(
        B, {"members:revision": "0", "members.0.member_state": "Arcadia", "add_row": "members"}
    )

    assert answers() == {"members": ([{"member_state": "Arcadia"}], 1)}
    page = started.get(reply.headers["location"])
    assert 'name="members.0.member_state" value="Arcadia"' in page.text
    assert 'name="members.1.member_state"' in page.text
    assert reply.headers["location"].endswith("#q-members")


def test_remove_row_leaves_the_others(started: Browser, answers: Answers) -> None:
    states = {f"members.{at}.member_state": name for at, name in enumerate("ABC")}

    started.post(B, {"members:revision": "0", **states, "remove_row": "members.1"})

    assert answers() == {"members": ([{"member_state": "A"}, {"member_state": "C"}], 1)}


def test_matrix_row_can_be_cleared(started: Browser, answers: Answers) -> None:
    path = "/form/section_e"
    started.post(path, {"levels_senior:revision": "0", "levels_senior": "yearly"})

    started.post(
        path,
        {
            "levels_senior:revision": "1",
            "levels_senior": "yearly",
            "levels_senior:missing": "clear",
        },
    )

    assert answers() == {"levels_senior": (None, 2)}


def test_save_large_table_is_taken_whole(started: Browser, answers: Answers) -> None:
    """Forms of the framework hold a thousand fields unless told otherwise."""
    rows: dict[str, str | list[str]] = {}
    for at in range(150):
        for column in ("member_state", "member_role", "member_since"):
            value = {"member_state": f"State {at}", "member_role": "member"}.get(column, "1990")
            rows[f"members.{at}.{column}"] = value
    filler = {f"unknown_{number}": "x" for number in range(1_000)}

    reply = started.post(B, {"members:revision": "0", **rows, **filler})

    assert reply.status_code == 303
    stored, revision = answers()["members"]
    assert isinstance(stored, list)
    assert (len(stored), revision) == (150, 1)


def test_save_more_than_fits_a_form_is_refused(started: Browser) -> None:
    page = started.post(B, {"founding_event:revision": "0", "founding_event": "x" * 13_000_000})

    assert page.status_code == 413


def test_save_unknown_section_is_not_found(started: Browser) -> None:
    assert started.get("/form/section_x").status_code == 404
    assert started.post("/form/section_x").status_code == 404


def test_section_after_submission_can_be_read_only(started: Browser) -> None:
    started.get("/form/decline")
    started.post("/form/decline", {"decline_reason": "No capacity."})

    page = started.get(B)
    reply = started.post(B, {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})

    assert "<fieldset disabled" in page.text
    assert reply.status_code == 409
    assert "The invitation was declined on 10 March 2027" in reply.text


def test_section_sends_answers_and_nothing_else_that_lint_does_not_reserve(
    started: Browser, definition: Definition
) -> None:
    page = started.get(B).text

    names = re.findall(r'<(?:input|select|textarea|button)[^>]* name="([^":.]+)', page)
    controls = set(names) - {question.name for question in definition.questions}
    assert controls == CONTROLS
