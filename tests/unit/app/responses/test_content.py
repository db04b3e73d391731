"""Checking what an editor sends, before anything is stored."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.responses.content import check_draft
from app.responses.drafts import Content, Draft, Kept
from questionnaires.kinds import MAX_TEXT
from questionnaires.models import MissingCode
from tests.fixtures.shipped import SHIPPED

FORM = SHIPPED.get("rcp-migration-development", "2007")


@pytest.mark.parametrize(
    ("question", "value", "missing", "code"),
    [
        ("year_founded", "soon", None, "wrong-type"),
        ("year_founded", True, None, "wrong-type"),
        ("md_founding", "maybe", None, "unknown-choice"),
        ("md_founding", ["priority"], None, "wrong-type"),
        ("founding_event", "x" * (MAX_TEXT + 1), None, "too-long"),
        ("founding_event", "a\0b", None, "unstorable-character"),
        ("founding_event", 1996, None, "wrong-type"),
        ("members", [{"planet": "Mars"}], None, "unknown-column"),
        ("members", "Arcadia", None, "wrong-type"),
        ("themes", ["labour_migration", "labour_migration"], None, "chosen-twice"),
        ("support_needs", ["none", "data"], None, "exclusive-choice"),
        ("themes_top", ["data", "health", "idps", "other"], None, "too-many"),
        ("md_founding", "priority", MissingCode.DONT_KNOW, "value-and-missing"),
        ("resp_name", None, MissingCode.DECLINED, "missing-not-accepted"),
        ("band", "thematic", None, "unknown-question"),
        ("no_such_question", "x", None, "unknown-question"),
    ],
)
def test_check_draft_of_wrong_kind_says_why(
    question: str, value: object, missing: MissingCode | None, code: str
) -> None:
    problems = check_draft(FORM, Draft(question, value=value, missing=missing), None)

    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].mend


def test_check_draft_long_comment_and_source_are_refused_each() -> None:
    draft = Draft("md_founding", value="priority", comment="x" * 20_001, source="x" * 2_001)

    problems = check_draft(FORM, draft, None)

    assert isinstance(problems, list)
    assert [problem.place for problem in problems] == ["md_founding:comment", "md_founding:source"]


def test_check_draft_leaves_comment_alone_unless_given() -> None:
    present = Kept(Content("priority", None, "Old", "Charter"), 1, "focal point", datetime.now(UTC))

    content = check_draft(FORM, Draft("md_founding", value="referred_to", source=""), present)

    assert content == Content("referred_to", None, "Old", "")


@given(st.text())
def test_check_draft_stores_text_as_it_is_or_says_why_not(text: str) -> None:
    content = check_draft(FORM, Draft("founding_event", value=text), None)

    if isinstance(content, Content):
        assert content.value in {text, None}
    else:
        assert content


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ENTRIES = SCALARS | st.lists(SCALARS, max_size=3)
ANYTHING = ENTRIES | st.lists(st.dictionaries(st.text(max_size=8), ENTRIES, max_size=2), max_size=2)


@settings(max_examples=60)
@given(ANYTHING, st.sampled_from([question.name for question in FORM.questions]))
def test_check_draft_of_anything_never_fails(value: object, question: str) -> None:
    assert isinstance(check_draft(FORM, Draft(question, value=value), None), Content | list)
