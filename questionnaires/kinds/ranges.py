"""Numbers on a scale: from a start to an end, in steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from questionnaires.answers import Value
from questionnaires.datum import text_of
from questionnaires.kinds.kind import Parsed
from questionnaires.kinds.numbers import LARGEST, DecimalKind
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

DEFAULTS = {"start": "1", "end": "10", "step": "1"}
"""What XLSForm takes when a parameter is not given."""
MAX_MARKS = 1001
"""The marks that a scale may have, so that a slider can still hit each of them."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers that a range question accepts."""

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def marks(self) -> int:
        """How many numbers there are to choose from."""
        return int((self.end - self.start) / self.step) + 1

    def __str__(self) -> str:
        start, end, step = (text_of(float(each)) for each in (self.start, self.end, self.step))
        return f"from {start} to {end}" + (f", in steps of {step}" if step != "1" else "")

    def has(self, number: float) -> bool:
        """Whether a number is on the scale."""
        exact = Decimal(repr(number))
        return self.start <= exact <= self.end and (exact - self.start) % self.step == 0


def scale_of(question: Question) -> Scale | None:
    """The scale that a question's parameters describe; ``None`` when they describe none."""
    try:
        start, end, step = (
            Decimal(question.parameters.get(name, default)) for name, default in DEFAULTS.items()
        )
    except InvalidOperation:
        return None
    if not all(number.is_finite() and abs(number) <= LARGEST for number in (start, end, step)):
        return None
    if start >= end or step <= 0 or (end - start) / step >= MAX_MARKS:
        return None
    return Scale(start, end, step)


class RangeKind(DecimalKind):
    """A number of the question's scale."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        value, problems = super().parse(question, definition, raw)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return value, problems

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        problems = super().check(question, definition, value)
        scale = scale_of(question)
        if problems or scale is None or not isinstance(value, int | float) or scale.has(value):
            return problems
        return [
            Problem(
                code="not-on-scale",
                message=f"«{text_of(value)}» is not on the scale of this question.",
                mend=f"Give a number {scale}.",
                place=question.name,
            )
        ]
