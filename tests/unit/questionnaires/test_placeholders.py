"""A reference in a label is replaced by what was answered, in the words of the language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answers import Answer, Answers
from questionnaires.condense import statements
from questionnaires.models import Definition
from questionnaires.placeholders import LONGEST, filled_in
from questionnaires.routing import route
from tests.unit.questionnaires.strategies import TODAY


def said(form: Definition, text: str, answers: Answers, language: str | None = None) -> str:
    return filled_in(text, form, route(form, answers, today=TODAY).values, language)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("How is ${one}?", None, "How is Blue?"),
        ("How is ${ one }?", "ar", "How is أزرق?"),
        ("${several}", None, "Red; Green"),
        ("${whole} and ${fraction}", None, "21 and 2.5"),
        ("${doubled}", None, "42"),
        ("${words}", None, "two lines"),
        ("${day}: ${warm}", None, "…: …"),
        ("${unknown}", None, "…"),
        ("$ {one} ${One} {one}", None, "$ {one} ${One} {one}"),
    ],
)
def test_reference_is_replaced(
    every_kind: Definition, text: str, language: str | None, shown: str
) -> None:
    answers = {
        "one": Answer(value="blue"),
        "several": Answer(value=("red", "green")),
        "whole": Answer(value=21),
        "fraction": Answer(value=2.5),
        "words": Answer(value="two\nlines"),
    }

    assert said(every_kind, text, answers, language) == shown


@given(st.text(max_size=300))
def test_reference_to_any_text_gives_a_short_line(every_kind: Definition, text: str) -> None:
    shown = said(every_kind, "${words}", {"words": Answer(value=text)})

    assert 1 <= len(shown) <= LONGEST
    assert "\n" not in shown


def test_personal_answer_stays_out_of_a_synthesis(every_kind: Definition) -> None:
    secret = every_kind.by_name["words"].model_copy(update={"personal": True})
    about = every_kind.by_name["whole"].model_copy(
        update={"label": {"en": "Age of ${words}"}, "dimension": "P1"}
    )
    section = every_kind.survey[0].model_copy(update={"children": (secret, about)})
    form = Definition(settings=every_kind.settings, survey=(section,))
    answers = {"words": Answer(value="A person"), "whole": Answer(value=40)}

    found = statements(form, answers, route(form, answers, today=TODAY))

    assert [line.text for line in found["P1"]] == ["Age of …: 40"]
