"""What counts as an answer, and what counts as «none»."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answered import is_answered, is_nil
from questionnaires.answers import Value
from questionnaires.models import Definition

INVISIBLE = " \t\n\r\v\f\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff\u202e\u3164\u2800\x00\x1b\ufe0f"


@given(st.text(st.sampled_from(INVISIBLE)))
def test_text_of_invisible_characters_is_no_answer(text: str) -> None:
    assert not is_answered(text)
    assert not is_answered((text, text))
    assert not is_answered(({"cell": text},))


@given(st.text(st.sampled_from(INVISIBLE)), st.sampled_from(["a", "0", "-", "ß", "م", "漢", "🙂"]))
def test_text_with_one_visible_character_is_an_answer(text: str, visible: str) -> None:
    assert is_answered(text + visible + text)


@pytest.mark.parametrize(
    "value", [0, -1, 0.5, "nought", ("x",), ({"a": 0},), ({"a": ""}, {"b": ("x",)})]
)
def test_something_said_is_an_answer(value: Value) -> None:
    assert is_answered(value)


@pytest.mark.parametrize("value", [None, "", (), ("",), ({},), ({"a": "", "b": ()},)])
def test_nothing_said_is_no_answer(value: Value | None) -> None:
    assert not is_answered(value)


@pytest.mark.parametrize(
    ("name", "value", "nil"),
    [
        ("several", ("none",), True),
        ("several", ("red",), False),
        ("several", ("none", "red"), False),
        ("several", (), False),
        ("several", None, False),
        ("one", "none", True),
        ("one", "red", False),
        ("ranked", ("none",), False),
        ("words", "none", False),
    ],
)
def test_only_the_exclusive_option_by_itself_is_nil(
    every_kind: Definition, name: str, value: Value | None, nil: bool
) -> None:
    assert is_nil(every_kind.by_name[name], value, every_kind) is nil
