"""What an expression speaks of, in words: questions by their number, options by their label."""

import re
from dataclasses import dataclass
from datetime import date

from elementpath import XPathToken

from questionnaires.expressions import parse
from questionnaires.models import Choice, Definition, Group, Question, QuestionType
from questionnaires.phrases import Phrase, label, listed, phrase

Node = Question | Group

_PLAIN = frozenset({"string", "number", "date", "date-time", "jr:choice-name"})
"""Functions that change how a value is written and not what it is."""
_BETWEEN = {"+": "plus", "-": "minus", "*": "times", "div": "divided by"}
_ALONE = {"today": "today", "now": "now", "position": "the number of the row"}
_OF_MANY = {"sum": "the sum of ", "min": "the smallest of ", "max": "the largest of "}
_OF_ONE = {
    "count-selected": "the number of options chosen in ",
    "count": "the number of rows of ",
    "count-non-empty": "the number of filled cells of ",
    "string-length": "the number of characters of ",
    "int": "the whole part of ",
}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
THOUSANDS_FROM = 10_000
"""Below it a number may be a year, and has no comma."""
_DATED = frozenset({QuestionType.DATE, QuestionType.TIME, QuestionType.DATETIME})
_TIME = re.compile(r"\d{2}:\d{2}")
_DATE_FUNCTIONS = frozenset({"today", "now", "date", "date-time"})


OWN: Phrase = ("the answer",)
"""What an expression calls itself by a full stop."""


class Unsayable(Exception):
    """A part of an expression for which there are no plain words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that an expression refers to, and the table whose column it is."""

    question: Question
    table: Question | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks of one node of a form, in the language of its labels."""

    definition: Definition
    node: Node
    language: str

    def operand(self, token: XPathToken) -> Phrase:
        """What a part of an expression is worth, in words; ``Unsayable`` when there are none."""
        match token.symbol:
            case "(":
                return self.operand(token[0])
            case "${":
                return self.subject(token)
            case ".":
                return OWN
            case "(string)":
                return phrase(text_in_words(str(token.value)))
            case "(integer)" | "(decimal)" | "(float)":
                return phrase(number_in_words(token))
            case "(name)":
                return phrase(
                    "the option" if token.value == "name" else f"the option’s «{token.value}»"
                )
            case symbol if symbol in _BETWEEN:
                return self._arithmetic(token)
            case _ if token.label == "function":
                return self._call(token)
        raise Unsayable

    def subject(self, token: XPathToken) -> Phrase:
        """A question that is referred to: by its number, and its label where that is not enough."""
        found = self.find(str(token.value))
        if found is None:
            raise Unsayable
        return self.named(found)

    def named(self, asked: Asked) -> Phrase:
        """A question by its number; a column by its label, and its table where that is another."""
        if asked.table is None:
            return self._name(asked.question)
        own = self._label(asked.question)
        return own if self.is_own_row(asked) else phrase(own, " in ", self._name(asked.table))

    def find(self, name: str) -> Asked | None:
        """The question or column of that name, in the form or in the panel."""
        for questions in (self.definition.by_name, self.definition.panel_by_name):
            if name in questions:
                return Asked(questions[name])
            for table in questions.values():
                for column in table.columns:
                    if column.name == name:
                        return Asked(column, table)
        return None

    def is_own_row(self, asked: Asked) -> bool:
        """Whether a column stands in the table of the column that is spoken of."""
        return asked.table is not None and self.node in asked.table.columns

    def asked_by(self, token: XPathToken) -> Question | None:
        """The question whose answer a part of an expression is; for ``.`` the one spoken of."""
        if token.symbol == "(":
            return self.asked_by(token[0])
        if token.symbol == "selected-at":
            return self.asked_by(token[0])
        if token.symbol == "." and isinstance(self.node, Question):
            return self.node
        found = self.find(str(token.value)) if token.symbol == "${" else None
        return found.question if found is not None else None

    def option(self, token: XPathToken, asked: Question | None) -> Phrase:
        """An option of a question by its label; what is none as it is."""
        if token.symbol == "(string)" and asked is not None:
            for choice in self._options(asked):
                if choice.name == token.value:
                    words = self.definition.words(choice.label, self.language)
                    return phrase(label(words, self.language))
        return self.operand(token)

    def is_date(self, token: XPathToken) -> bool:
        """Whether a part of an expression is a day or a moment."""
        asked = self.asked_by(token)
        if asked is not None:
            return asked.type in _DATED
        return token.symbol in _DATE_FUNCTIONS or any(self.is_date(part) for part in token)

    def _options(self, asked: Question) -> tuple[Choice, ...]:
        settings = self.definition.settings
        if asked.name == settings.band and settings.band_list is not None:
            return self.definition.choices.get(settings.band_list, ())
        return self.definition.options(asked)

    def _name(self, asked: Question) -> Phrase:
        item = self.definition.item_of.get(asked.name)
        if item is None:
            return self._label(asked)
        if item.node is asked or len(item.questions) == 1:
            return phrase(item.code)
        mine = self.definition.item_of.get(self.node.name)
        if mine is item:
            return self._label(asked)
        return phrase(item.code, " ", self._label(asked))

    def _label(self, asked: Question) -> Phrase:
        # As it is printed, so that it can be found; a short label is for the synthesis alone.
        words = self.definition.words(asked.label or asked.short_label, self.language)
        if not words and asked.calculation is not None:
            return phrase("the value calculated from ", self._sources(asked.calculation))
        return phrase(label(words or asked.name, self.language))

    def _sources(self, calculation: str) -> Phrase:
        found = [self.find(name) for name in references_in(calculation)]
        labelled = [asked for asked in found if asked and asked.question.calculation is None]
        if not labelled:
            raise Unsayable
        return listed([self.named(asked) for asked in labelled], "and")

    def _arithmetic(self, token: XPathToken) -> Phrase:
        if len(token) == 1:
            return phrase("minus ", self._operand_in(token[0]))
        left, right = token
        if self.is_date(left) and right.symbol == "(integer)":
            if left.symbol == "today" and right.value == 1:
                return phrase("tomorrow" if token.symbol == "+" else "yesterday")
            days = f"{right.value} day{'' if right.value == 1 else 's'}"
            where = "after" if token.symbol == "+" else "before"
            return phrase(f"{days} {where} ", self.operand(left))
        word = _BETWEEN[str(token.symbol)]
        return phrase(self._operand_in(left, token), f" {word} ", self._operand_in(right))

    def _operand_in(self, token: XPathToken, around: XPathToken | None = None) -> Phrase:
        """A part of a calculation, in brackets where it is one itself."""
        inner = token[0] if token.symbol == "(" else token
        words = self.operand(inner)
        same = around is not None and inner.symbol == around.symbol == "+"
        return phrase("(", words, ")") if inner.symbol in _BETWEEN and not same else words

    def _call(self, token: XPathToken) -> Phrase:
        name, given = str(token.symbol), list(token)
        if name in _ALONE:
            return phrase(_ALONE[name])
        if not given:
            raise Unsayable
        if name in _OF_ONE:
            return phrase(_OF_ONE[name], self.operand(given[0]))
        if name in _PLAIN:
            return self.operand(given[0])
        if name in _OF_MANY:
            return phrase(_OF_MANY[name], listed([self.operand(one) for one in given], "and"))
        match name, len(given):
            case ("concat", 2) if given[1].value == "-01-01":
                return phrase("1 January of the year ", self._year(given[0]))
            case ("concat", _):
                return listed([self.operand(part) for part in given], "followed by")
            case ("coalesce", 2):
                first, second = (self.operand(part) for part in given)
                return phrase(first, " (", second, " if there is none)")
            case ("round", _):
                return phrase(self.operand(given[0]), " (rounded)")
            case ("selected-at", 2) if given[1].value == 0:
                return phrase("the first option of ", self.operand(given[0]))
        raise Unsayable

    def _year(self, token: XPathToken) -> Phrase:
        return phrase("given") if token.symbol == "." else phrase("given in ", self.operand(token))


def text_in_words(text: str) -> str:
    """A text of an expression: a day as people write it, a time as it is, all else in quotes."""
    if _TIME.fullmatch(text):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return f"«{text}»"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_in_words(token: XPathToken) -> str:
    """A number of an expression as people write it."""
    value = token.value
    if isinstance(value, int) and value >= THOUSANDS_FROM:
        return f"{value:,}"
    return f"{value}"


def references_in(expression: str) -> tuple[str, ...]:
    """The questions that an expression refers to, each once, in their order in it."""
    return tuple(dict.fromkeys(str(token.value) for token in parse(expression).root.iter("${")))
