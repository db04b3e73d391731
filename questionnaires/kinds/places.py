"""Places on the map, given as two numbers."""

import math
from collections.abc import Mapping, Sequence

from questionnaires.answers import Point, Value
from questionnaires.datum import text_of
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.kinds.numbers import read_decimal
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

PARTS: Mapping[str, int] = {"latitude": 90, "longitude": 180}
"""The two numbers of a place, and how far from zero each can be."""


def _part_problem(question: Question, part: str, typed: str) -> Problem:
    most = PARTS[part]
    return Problem(
        code=f"not-a-{part}",
        message=f"«{typed[:60]}» is not a {part}.",
        mend=(
            f"Write degrees as a number from -{most} to {most}, such as "
            f"{'-1.2921' if part == 'latitude' else '36.8219'}; "
            f"{'south' if part == 'latitude' else 'west'} is negative."
        ),
        place=question.name,
    )


class GeopointKind(Kind):
    """A place: latitude, then longitude, in degrees."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        """``raw`` has the two numbers; ODK's altitude and accuracy may follow and are left out."""
        return _read(question, raw)

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, Point):
            return [wrong_type(question, "a place with latitude and longitude")]
        numbers = {"latitude": value.latitude, "longitude": value.longitude}
        return [
            _part_problem(question, part, text_of(number))
            for part, number in numbers.items()
            if not abs(number) <= PARTS[part]
        ]

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        """``-1.2921, 36.8219``, as maps on the web take it."""
        if not isinstance(value, Point):
            return str(value)
        return f"{text_of(value.latitude)}, {text_of(value.longitude)}"

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, dict) and set(data) == set(PARTS):
            latitude, longitude = data["latitude"], data["longitude"]
            if _is_number(latitude) and _is_number(longitude):
                return Point(latitude, longitude), []
        return None, [wrong_type(question, "a place with latitude and longitude")]


def _is_number(data: object) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool) and math.isfinite(data)


def _read(question: Question, raw: Sequence[str]) -> Parsed:
    typed = [(raw[at] if at < len(raw) else "").strip() for at in range(len(PARTS))]
    if not any(typed):
        return None, []
    if not all(typed):
        problem = Problem(
            code="half-a-place",
            message="One of the two numbers of the place is missing.",
            mend="Give latitude and longitude, or empty both.",
            place=question.name,
        )
        return None, [problem]
    # With at most three digits before it, a comma can only part decimals.
    numbers = [read_decimal(text.replace(",", ".")) for text in typed]
    problems = [
        _part_problem(question, part, text)
        for part, text, number in zip(PARTS, typed, numbers, strict=True)
        if number is None or abs(number) > PARTS[part]
    ]
    latitude, longitude = numbers
    if problems or latitude is None or longitude is None:
        return None, problems
    return Point(latitude, longitude), []


def read_place(question: Question, fields: Mapping[str, Sequence[str]]) -> Parsed:
    """Read a place from the two fields that a form posts for it."""
    raw = [next(iter(fields.get(f"{question.name}.{part}", ())), "") for part in PARTS]
    return _read(question, raw)
