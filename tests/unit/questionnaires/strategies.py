"""Hypothesis strategies: values, answers and expressions for a definition."""

from collections.abc import Iterator
from datetime import date

from hypothesis import strategies as st

from questionnaires.answers import Answer, Entry, Value
from questionnaires.expressions import parse
from questionnaires.kinds.choices import top_of
from questionnaires.kinds.numbers import LARGEST
from questionnaires.models import Definition, MissingCode, Question, QuestionType
from questionnaires.routing import conditions_of

TODAY = date(2026, 3, 1)

texts = st.text(max_size=20).filter(lambda text: "\0" not in text)
keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12)


def values(question: Question, definition: Definition) -> st.SearchStrategy[Value]:
    """Values that the question's kind accepts."""
    names = [choice.name for choice in definition.options(question)]
    alone = [choice.name for choice in definition.options(question) if choice.exclusive]
    together = [name for name in names if name not in alone]
    match question.type:
        case QuestionType.TEXT:
            return texts
        case QuestionType.INTEGER:
            return st.integers(-LARGEST, LARGEST)
        case QuestionType.DECIMAL:
            return st.integers(-LARGEST, LARGEST) | st.floats(-1e15 + 1, 1e15 - 1)
        case QuestionType.DATE:
            return st.dates().map(date.isoformat)
        case QuestionType.SELECT_ONE:
            return st.sampled_from(names)
        case QuestionType.SELECT_MULTIPLE:
            several = st.lists(st.sampled_from(together), unique=True).map(
                lambda chosen: tuple(sorted(chosen, key=names.index))
            )
            return several | st.sampled_from([(name,) for name in alone]) if alone else several
        case QuestionType.RANK:
            most = top_of(question) or len(names)
            return st.lists(st.sampled_from(names), unique=True, max_size=most).map(tuple)
        case QuestionType.FILE:
            return st.lists(keys, min_size=1, max_size=3, unique=True).map(",".join)
        case QuestionType.REPEAT:
            cells = {column.name: _cells(column, definition) for column in question.columns}
            row = st.fixed_dictionaries({}, optional=cells)
            return st.lists(row, max_size=min(question.max_rows or 3, 3)).map(tuple)
        case QuestionType.NOTE | QuestionType.CALCULATE:
            raise AssertionError(f"{question.name} takes no answer")


def _cells(column: Question, definition: Definition) -> st.SearchStrategy[Entry]:
    return values(column, definition).map(_as_entry)


def _as_entry(value: Value) -> Entry:
    if isinstance(value, tuple):
        return tuple(part for part in value if isinstance(part, str))
    return value


Answered = st.SearchStrategy[dict[str, Answer]]
_answers: dict[int, tuple[Definition, Answered]] = {}
"""By the identity of the definition, which is kept, so that no other takes its place."""


def answers(definition: Definition) -> Answered:
    """Answers to some of the questions: a value, a missing code, or left empty.

    A dozen at most, which keeps the tests quick; questions that others wait for come up more often.
    Made once for a definition: Hypothesis looks at each new strategy longer than at what it draws.
    """
    if id(definition) not in _answers:
        _answers[id(definition)] = definition, _new_answers(definition)
    return _answers[id(definition)][1]


def _new_answers(definition: Definition) -> Answered:
    awaited = {name for text in _conditions(definition) for name in parse(text).references}
    fields = [*definition.fields, *(f for f in definition.fields if f.name in awaited)]
    given = {
        question.name: st.tuples(st.just(question.name), _answer(question, definition))
        for question in definition.fields
    }
    one = st.sampled_from(fields).flatmap(lambda question: given[question.name])
    return st.lists(one, max_size=12).map(dict)


def _conditions(definition: Definition) -> Iterator[str]:
    for question in definition.questions:
        yield from conditions_of(definition, question.name)


def _answer(question: Question, definition: Definition) -> st.SearchStrategy[Answer]:
    return st.one_of(
        values(question, definition).map(lambda value: Answer(value=value)),
        st.sampled_from(MissingCode).map(lambda code: Answer(missing=code)),
        st.just(Answer()),
    )


_literals = st.one_of(
    st.sampled_from(["'yes'", "'red'", "''", "'2026-01-01'", "'3'", "'a b'"]),
    st.integers(0, 3000).map(str),
    st.sampled_from(["0.5", "1e3", "true()", "false()", "today()", "."]),
)


def expressions(names: list[str]) -> st.SearchStrategy[str]:
    """Expressions that can be read, over references to the names."""
    leaves = _literals | st.sampled_from([f"${{{name}}}" for name in names])
    binary = ["=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod"]

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.tuples(inner, st.sampled_from(binary), inner).map(
                lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
            ),
            inner.map(lambda part: f"not({part})"),
            inner.map(lambda part: f"-{part}"),
            st.tuples(inner, inner, inner).map(lambda parts: f"if({', '.join(parts)})"),
            st.tuples(st.sampled_from(_PAIRS), inner, inner).map(
                lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
            ),
            st.tuples(st.sampled_from(_SINGLES), inner).map(
                lambda parts: f"{parts[0]}({parts[1]})"
            ),
        )

    return st.recursive(leaves, extend, max_leaves=8)


_PAIRS = [
    "selected",
    "selected-at",
    "coalesce",
    "concat",
    "contains",
    "starts-with",
    "ends-with",
    "substring-before",
    "substring-after",
    "round",
]
_SINGLES = [
    "count-selected",
    "count",
    "number",
    "int",
    "string",
    "string-length",
    "normalize-space",
    "boolean",
    "date",
    "round",
]
