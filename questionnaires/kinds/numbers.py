"""Whole numbers and numbers with decimals."""

import math
import re
from collections.abc import Sequence

from questionnaires.answers import Value
from questionnaires.datum import text_of
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

LARGEST = 10**15 - 1
"""The largest number that JSON, a spreadsheet and a database all keep to the last digit."""

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f\u066c'\u2019]")
"""They part thousands: spaces of all widths, apostrophes and the Arabic sign for it."""
_WHOLE = re.compile(r"[+-]?\d{1,30}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:[.,\u066b]\d{0,400})?|[.,\u066b]\d{1,400})")
"""With a point, or the comma of most languages; U+066B is the Arabic one."""
_POINTS = re.compile("[,\u066b]")
_THOUSANDS = re.compile(r"[+-]?(?!0)\d{1,3}(?:,\d{3})+(?:\.\d*)?")
"""A comma here means thousands to some readers, and decimals to others if it is the only one."""


def _compact(raw: Sequence[str]) -> str:
    """The digits without the spaces or apostrophes that part thousands, with a plain minus."""
    return _SPACES.sub("", raw[0] if raw else "").replace("\u2212", "-")


def read_decimal(text: str) -> int | float | None:
    """The number that a text writes, whole if it has no decimals; ``None`` if it writes none."""
    text = _compact((text,))
    if _WHOLE.fullmatch(text):
        return int(text)
    return plain(float(_POINTS.sub(".", text))) if _DECIMAL.fullmatch(text) else None


def plain(number: float) -> int | float:
    """A number as it is kept: whole if it has no decimals.

    JSON and PostgreSQL tell 6.0 from 6, SQLite does not: one of them must be the answer.
    """
    whole = math.isfinite(number) and number == int(number)
    return int(number) if whole else number


def _unclear_comma(question: Question, typed: str, example: str) -> Problem:
    return Problem(
        code="unclear-comma",
        message=(
            f"In «{typed}» the comma can part thousands or decimals, depending on the language."
        ),
        mend=f"Write thousands without a comma{example}.",
        place=question.name,
    )


def _out_of_range(question: Question) -> Problem:
    return Problem(
        code="out-of-range",
        message="This number is too large to be stored exactly.",
        mend=f"Give a number between -{LARGEST:,} and {LARGEST:,}.",
        place=question.name,
    )


class IntegerKind(Kind):
    """A whole number."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = _compact(raw)
        if not text:
            return None, []
        if _WHOLE.fullmatch(text):
            return int(text), []
        if _THOUSANDS.fullmatch(text):
            return None, [_unclear_comma(question, raw[0][:60].strip(), ", such as 1200")]
        problem = Problem(
            code="not-a-number",
            message=f"«{raw[0][:60]}» is not a whole number.",
            mend="Write digits only, such as 1996; put explanations into the comment.",
            place=question.name,
        )
        return None, [problem]

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            return [wrong_type(question, "a whole number")]
        return [] if abs(value) <= LARGEST else [_out_of_range(question)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, int) and not isinstance(data, bool):
            return data, []
        return None, [wrong_type(question, "a whole number")]


class DecimalKind(Kind):
    """A number that may have decimals."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        text = _compact(raw)
        if not text:
            return None, []
        if _THOUSANDS.fullmatch(text):
            example = ", such as 1200, and decimals with a point, such as 2.125"
            return None, [_unclear_comma(question, raw[0][:60].strip(), example)]
        number = read_decimal(text)
        if number is not None:
            return number, []
        problem = Problem(
            code="not-a-number",
            message=f"«{raw[0][:60]}» is not a number.",
            mend="Write digits only, such as 2.5; put explanations into the comment.",
            place=question.name,
        )
        return None, [problem]

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            return [wrong_type(question, "a number")]
        return [] if abs(value) <= LARGEST else [_out_of_range(question)]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        """Without an exponent, so that what is shown can be typed again."""
        return text_of(value) if isinstance(value, int | float) else str(value)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, int | float) and not isinstance(data, bool) and math.isfinite(data):
            return plain(data), []
        return None, [wrong_type(question, "a number")]
