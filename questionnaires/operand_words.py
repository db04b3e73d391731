"""What an expression speaks of, in words: questions by their number, options by their label."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elementpath import XPathToken

from questionnaires.expressions import parse
from questionnaires.languages import language_of
from questionnaires.models import Choice, Definition, Group, Question, QuestionType
from questionnaires.phrasebooks.book import Phrasebook
from questionnaires.phrasebooks.books import phrasebook
from questionnaires.phrases import Label, Phrase, filled, label, listed, phrase

Node = Question | Group

_PLAIN = frozenset({"string", "number", "date", "date-time", "jr:choice-name"})
"""Functions that change how a value is written and not what it is."""
_BETWEEN = frozenset({"+", "-", "*", "div"})
THOUSANDS_FROM = 10_000
"""Below it a number may be a year, and its digits stand together."""
_DATED = frozenset({QuestionType.DATE, QuestionType.TIME, QuestionType.DATETIME})
_TIME = re.compile(r"\d{2}:\d{2}")
_DATE_FUNCTIONS = frozenset({"today", "now", "date", "date-time"})


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

    @property
    def book(self) -> Phrasebook:
        """The phrases in which it speaks."""
        return phrasebook(self.language)

    def operand(self, token: XPathToken) -> Phrase:
        """What a part of an expression is worth, in words; ``Unsayable`` when there are none."""
        match token.symbol:
            case "(":
                return self.operand(token[0])
            case "${":
                return self._answer_to(token)
            case ".":
                return (self.book.own_answer,)
            case "(string)":
                return self._text(str(token.value))
            case "(integer)" | "(decimal)" | "(float)":
                return phrase(self._number(token))
            case "(name)" if token.value == "name":
                return phrase(self.book.the_option)
            case "(name)":
                return filled(self.book.the_options, column=self._quoted(str(token.value)))
            case symbol if symbol in _BETWEEN:
                return self._arithmetic(token)
            case _ if token.label == "function":
                return self._call(token)
        raise Unsayable

    def question(self, token: XPathToken) -> Phrase:
        """A question itself rather than its answer: where something is chosen, or how long."""
        match token.symbol:
            case "(":
                return self.question(token[0])
            case "${":
                return self.subject(token)
            case ".":
                return (self.book.own_question,)
            case _:
                return self.operand(token)

    def place(self, token: XPathToken) -> Phrase:
        """`` in C3``, where options are chosen; nothing for the question spoken of."""
        if token.symbol == "(":
            return self.place(token[0])
        if token.symbol == ".":
            return ()
        return filled(self.book.place, question=self.question(token))

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
        if self.is_own_row(asked):
            return own
        return filled(self.book.column_in, column=own, table=self._name(asked.table))

    def all_of(self, phrases: Sequence[Phrase]) -> Phrase:
        """Several things of which none is left out: ``A1, A2 and A5``."""
        return listed(phrases, self.book.comma, self.book.and_)

    def any_of(self, phrases: Sequence[Phrase]) -> Phrase:
        """Several things of which one is enough: ``«Red» or «Blue»``."""
        return listed(phrases, self.book.comma, self.book.or_)

    def none_of(self, phrases: Sequence[Phrase]) -> Phrase:
        """Several things that are all denied: ``«Red» nor «Blue»``."""
        return listed(phrases, self.book.nor_between, self.book.nor)

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
                    return self._said(choice.label)
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
        return filled(self.book.field_of, number=item.code, label=self._label(asked))

    def _answer_to(self, token: XPathToken) -> Phrase:
        found = self.find(str(token.value))
        named = self.subject(token)
        if found is not None and self._is_worked_out(found.question):
            return named
        return filled(self.book.answer_to, question=named)

    def _label(self, asked: Question) -> Phrase:
        # As it is printed, so that it can be found; a short label is for the synthesis alone.
        if self._is_worked_out(asked):
            sources = self._sources(asked.calculation or "")
            return filled(self.book.calculated_from, questions=sources)
        return self._said(asked.label or asked.short_label or {self.language: asked.name})

    def _is_worked_out(self, asked: Question) -> bool:
        """Whether it has no label to be called by, but what it is calculated from."""
        words = self.definition.words(asked.label or asked.short_label, self.language)
        return not words and asked.calculation is not None

    def _said(self, text: Mapping[str, str]) -> Phrase:
        """Words of the form in quotes, which know the language that they are in."""
        words = self.definition.words(text, self.language)
        return self._quoted(label(words, language_of(self.definition, text, self.language)))

    def _quoted(self, text: str | Label) -> Phrase:
        return filled(self.book.quoted, text=text)

    def _sources(self, calculation: str) -> Phrase:
        found = [self.find(name) for name in references_in(calculation)]
        labelled = [asked for asked in found if asked and asked.question.calculation is None]
        if not labelled:
            raise Unsayable
        return self.all_of([self.named(asked) for asked in labelled])

    def _arithmetic(self, token: XPathToken) -> Phrase:
        if len(token) == 1:
            return filled(self.book.negative, value=self._operand_in(token[0]))
        left, right = token
        if self.is_date(left) and right.symbol == "(integer)":
            return self._days_from(left, str(token.symbol), str(right.value))
        pattern = {
            "+": self.book.plus,
            "-": self.book.minus,
            "*": self.book.times,
            "div": self.book.divided_by,
        }[str(token.symbol)]
        return filled(pattern, left=self._operand_in(left, token), right=self._operand_in(right))

    def _days_from(self, date_: XPathToken, symbol: str, days: str) -> Phrase:
        """A day so many days after or before another."""
        book, is_later = self.book, symbol == "+"
        if date_.symbol == "today" and days == "1":
            return phrase(book.tomorrow if is_later else book.yesterday)
        one, many = (
            (book.day_after, book.days_after) if is_later else (book.day_before, book.days_before)
        )
        return filled(one if days == "1" else many, number=days, date=self.operand(date_))

    def _term(self, token: XPathToken) -> Phrase:
        """What is calculated with: a question by its number alone, all else as it is worth."""
        return self.operand(token) if token.symbol == "." else self.question(token)

    def _operand_in(self, token: XPathToken, around: XPathToken | None = None) -> Phrase:
        """A part of a calculation, in brackets where it is one itself."""
        inner = token[0] if token.symbol == "(" else token
        words = self._term(inner)
        same = around is not None and inner.symbol == around.symbol == "+"
        bracketed = inner.symbol in _BETWEEN and not same
        return filled(self.book.brackets, words=words) if bracketed else words

    def _call(self, token: XPathToken) -> Phrase:
        book, name, given = self.book, str(token.symbol), list(token)
        alone = {"today": book.today, "now": book.now, "position": book.position}
        if name in alone:
            return phrase(alone[name])
        if not given:
            raise Unsayable
        if name in _PLAIN:
            return self.operand(given[0])
        return self._of_one(name, given[0]) or self._of_several(name, given)

    def _of_one(self, name: str, given: XPathToken) -> Phrase | None:
        book = self.book
        about = {
            "count-selected": book.number_of_options,
            "count": book.number_of_rows,
            "count-non-empty": book.number_of_cells,
            "string-length": book.number_of_characters,
        }
        if name in about:
            return filled(about[name], question=self.question(given))
        if name == "int":
            return filled(book.whole_part, value=self.operand(given))
        return None

    def _of_several(self, name: str, given: list[XPathToken]) -> Phrase:
        book = self.book
        of_many = {"sum": book.sum_, "min": book.smallest, "max": book.largest}
        if name in of_many:
            return filled(of_many[name], values=self.all_of([self._term(one) for one in given]))
        match name, len(given):
            case ("concat", 2) if given[1].value == "-01-01":
                if given[0].symbol == ".":
                    return phrase(book.new_year_given)
                return filled(book.new_year_given_in, question=self.question(given[0]))
            case ("concat", _):
                return listed([self.operand(part) for part in given], book.comma, book.followed_by)
            case ("coalesce", 2):
                value, other = (self.operand(part) for part in given)
                return filled(book.else_, value=value, other=other)
            case ("round", _):
                return filled(book.rounded, value=self.operand(given[0]))
            case ("selected-at", 2) if given[1].value == 0:
                return filled(book.first_option, question=self.question(given[0]))
        raise Unsayable

    def _text(self, text: str) -> Phrase:
        """A text of an expression: a day as people write it, a time as it is, else in quotes."""
        if _TIME.fullmatch(text):
            return phrase(text)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return self._quoted(text)
        return filled(
            self.book.first_of_month if day.day == 1 else self.book.day,
            day=str(day.day),
            month=self.book.months[day.month - 1],
            year=str(day.year),
        )

    def _number(self, token: XPathToken) -> str:
        """A number of an expression as people write it."""
        value = token.value
        if isinstance(value, int) and value >= THOUSANDS_FROM:
            return f"{value:,}".replace(",", self.book.thousands)
        return f"{value}"


def references_in(expression: str) -> tuple[str, ...]:
    """The questions that an expression refers to, each once, in their order in it."""
    return tuple(dict.fromkeys(str(token.value) for token in parse(expression).root.iter("${")))
