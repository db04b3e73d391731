"""What a part of an expression is worth, as far as that is known before anybody answers."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from elementpath import XPathToken

from questionnaires.datum import number_of
from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.functions import FUNCTIONS, Kind
from questionnaires.kinds.acknowledged import OK
from questionnaires.lint.written import Names, Written
from questionnaires.models import UPLOADS, WITH_LIST, Definition, Question, QuestionType

NUMBERS = frozenset({"(integer)", "(decimal)", "(float)"})
"""Symbols of a number as it is written."""
ORDERED = frozenset({"<", "<=", ">", ">="})
COMPARISONS = ORDERED | {"=", "!="}
ARITHMETIC = frozenset({"+", "-", "*", "div", "mod"})
_TRUTHS = COMPARISONS | {"and", "or"}
_KIND_OF: Mapping[QuestionType, Kind] = {
    QuestionType.INTEGER: Kind.NUMBER,
    QuestionType.DECIMAL: Kind.NUMBER,
    QuestionType.RANGE: Kind.NUMBER,
    QuestionType.DATE: Kind.DATE,
    QuestionType.TIME: Kind.TIME,
    QuestionType.DATETIME: Kind.DATETIME,
    QuestionType.REPEAT: Kind.NODES,
    QuestionType.HIDDEN: Kind.ANY,
    QuestionType.NOTE: Kind.ANY,
}
_NEVER_NUMBERS = UPLOADS | {QuestionType.ACKNOWLEDGE, QuestionType.GEOPOINT}
_TRUTH_WORDS = ("true", "false")
_MOST_NESTED = 8
"""Calculations that refer to calculations are looked through so deep."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What is known of a part of an expression."""

    kind: Kind
    question: Question | None = None
    """The question whose answer it is, when it is nothing but a reference."""
    literal: str | None = None
    """The text between the quotes, when it is nothing but a text in quotes."""
    is_number_literal: bool = False
    is_kept_truth: bool = False
    """Whether it is worked out, true or false, and kept as a text that says which."""

    @property
    def said(self) -> str:
        """It, in words for a message."""
        if self.literal is not None:
            return f"the text '{self.literal[:40]}'"
        kind = self.kind.value if self.question is None else str(self.question.type)
        name = "" if self.question is None else f"{self.question.name}, of the type "
        return f"{name}{kind}"


class Worths:
    """Works out what parts of one expression are worth."""

    def __init__(self, definition: Definition, item: Written, names: Names) -> None:
        self._definition = definition
        self._item = item
        self._names = names
        table = item.part.table
        self._columns = (
            {column.name: column for column in table.columns} if table is not None else {}
        )

    def question(self, name: str) -> Question | None:
        """What a reference refers to: a column of the same table, a question, another column."""
        return (
            self._columns.get(name)
            or self._names.questions.get(name)
            or self._names.columns.get(name)
        )

    def of(self, token: XPathToken, depth: int = 0) -> Worth:
        """What a part is worth."""
        symbol = str(token.symbol)
        if symbol == "(":
            return self.of(token[0], depth)
        if symbol == "(string)":
            return Worth(Kind.TEXT, literal=str(token.value))
        if symbol in NUMBERS or (symbol == "-" and len(token) == 1 and token[0].symbol in NUMBERS):
            return Worth(Kind.NUMBER, is_number_literal=True)
        if symbol == "${":
            question = self.question(str(token.value))
            return Worth(Kind.ANY) if question is None else self._of_question(question, depth)
        if symbol == "." and self._item.key == "constraint":
            own = self._item.part.node
            return self._of_question(own, depth) if isinstance(own, Question) else Worth(Kind.ANY)
        if symbol in ARITHMETIC:
            return Worth(Kind.NUMBER)
        if symbol in _TRUTHS:
            return Worth(Kind.BOOLEAN)
        if token.label == "function":
            return self._of_call(token, depth)
        return Worth(Kind.ANY)

    def _of_call(self, token: XPathToken, depth: int) -> Worth:
        if token.symbol == "if":
            one, other = self.of(token[1], depth), self.of(token[2], depth)
            return Worth(one.kind if one.kind is other.kind else Kind.ANY)
        return Worth(FUNCTIONS[str(token.symbol)].signature.gives)

    def _of_question(self, question: Question, depth: int) -> Worth:
        if question.type is not QuestionType.CALCULATE:
            return Worth(_KIND_OF.get(question.type, Kind.TEXT), question=question)
        kind = self._kind_worked_out(question, depth)
        # What is true or false is kept as the text 'true' or 'false'.
        is_kept_truth = kind is Kind.BOOLEAN
        return Worth(Kind.TEXT if is_kept_truth else kind, question, is_kept_truth=is_kept_truth)

    def _kind_worked_out(self, question: Question, depth: int) -> Kind:
        kind = Kind.ANY
        if question.calculation is not None and depth < _MOST_NESTED:
            # What cannot be read is said where the calculation stands.
            with suppress(ExpressionInvalid):
                kind = self.of(parse(question.calculation).root, depth + 1).kind
        return kind

    def why_no_number(self, worth: Worth) -> str | None:
        """Why something can never count as a number; ``None`` when it can."""
        question = worth.question
        if worth.literal:
            return "no number" if number_of(worth.literal) != number_of(worth.literal) else None
        if worth.kind is Kind.TIME:
            return "a time of day, which only decimal-time() makes a number"
        if question is None:
            return None
        if question.type is QuestionType.REPEAT:
            return "a whole table, of which count() gives the rows"
        if question.type in _NEVER_NUMBERS:
            return "no number"
        options = self.options(question)
        if options and not any(number_of(name) == number_of(name) for name in options):
            return f"one of its options ({', '.join(options[:3])} …), which are no numbers"
        return None

    def options(self, question: Question) -> tuple[str, ...]:
        """The values that a closed question can have; none for an open one."""
        if question.type is QuestionType.ACKNOWLEDGE:
            return (OK,)
        if question.type is QuestionType.CALCULATE:
            is_truth = self._of_question(question, 0).is_kept_truth
            return _TRUTH_WORDS if is_truth else ()
        if question.type not in WITH_LIST:
            return ()
        return tuple(choice.name for choice in self._definition.options(question))
