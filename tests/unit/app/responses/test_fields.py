"""What a form posts for a question, and what a page fills in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.responses.drafts import Content
from app.responses.fields import posted_of, read_posted, without_row
from questionnaires.kinds import parse_fields, value_to_json
from questionnaires.models import MissingCode
from tests.fixtures.shipped import SHIPPED

FORM = SHIPPED.get("rcp-migration-development", "2007")
SAMPLES = {
    "rcp_acronym": "NP",
    "founding_event": "Two\nlines",
    "year_founded": 1996,
    "sec_staff": 2.5,
    "md_entry_on": "2006-05-31",
    "md_founding": "priority",
    "themes": ["health", "data"],
    "themes_top": ["health", "data"],
    "members": [
        {"member_state": "Arcadia", "member_role": "member", "member_since": 1996},
        {"member_state": "Utopia"},
    ],
}


def test_posting_what_a_page_shows_gives_the_same_content() -> None:
    for name, value in SAMPLES.items():
        question = FORM.by_name[name]
        shown = posted_of(question, Content(value, None, "A comment", "A source"), revision=3)

        (posted,) = read_posted([question], {f"{name}:revision": ["3"], **shown.fields})
        read, problems = parse_fields(question, FORM, posted.fields)

        assert problems == []
        assert read is not None
        assert value_to_json(read) == value
        assert posted.seen == 3


def test_read_posted_leaves_out_questions_that_the_form_does_not_hold() -> None:
    questions = [FORM.by_name["rcp_acronym"], FORM.by_name["rcp_official_name"]]

    posted = read_posted(questions, {"rcp_acronym:revision": ["1"], "rcp_official_name": ["x"]})

    assert [each.question for each in posted] == ["rcp_acronym"]


def test_read_posted_reason_among_options_is_no_option() -> None:
    fields = {"md_founding:revision": ["0"], "md_founding": [":dk"]}

    (posted,) = read_posted([FORM.by_name["md_founding"]], fields)

    assert (posted.missing_code, posted.fields) == (MissingCode.DONT_KNOW, {})


def test_read_posted_fields_that_nobody_can_have_sent_are_ignored() -> None:
    fields = {
        "members:revision": ["²"],
        "members.x.member_state": ["a"],
        "members.0.planet": ["b"],
        "members.99999.member_state": ["c"],
        "members.7.member_state": ["kept"],
    }

    (posted,) = read_posted([FORM.by_name["members"]], fields)

    assert (posted.seen, posted.fields) == (0, {"members.7.member_state": ["kept"]})


def test_without_row_takes_that_row_alone() -> None:
    fields = {f"members.{row}.member_state": ["x"] for row in (1, 10, 11)}

    assert list(without_row(fields, "members", "1")) == [
        "members.10.member_state",
        "members.11.member_state",
    ]


@settings(max_examples=60)
@given(
    st.dictionaries(st.text(max_size=20), st.lists(st.text(), min_size=1, max_size=2), max_size=4)
)
def test_read_posted_of_anything_never_fails(fields: dict[str, list[str]]) -> None:
    assert read_posted(FORM.questions, fields) is not None
