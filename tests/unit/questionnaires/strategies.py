"""Hypothesis strategies: values, answers and expressions for a definition."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from questionnaires.answers import Answer, Entry, Point, Value
from questionnaires.expressions import parse
from questionnaires.kinds.acknowledged import OK
from questionnaires.kinds.choices import top_of
from questionnaires.kinds.numbers import LARGEST
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import UPLOADS, Definition, MissingCode, Question, QuestionType
from questionnaires.routing import conditions_of

TODAY = date(2026, 3, 1)

texts = st.text(max_size=20).filter(lambda text: "\0" not in text)
keys = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12)


_zones = st.sampled_from([timezone(timedelta(minutes=ahead)) for ahead in (0, 330, -180, 60)])
_SIMPLE: dict[QuestionType, st.SearchStrategy[Value]] = {
    QuestionType.TEXT: texts,
    QuestionType.INTEGER: st.integers(-LARGEST, LARGEST),
    QuestionType.DECIMAL: st.integers(-LARGEST, LARGEST) | st.floats(-1e15 + 1, 1e15 - 1),
    QuestionType.DATE: st.dates().map(date.isoformat),
    QuestionType.TIME: st.tuples(st.times(), st.sampled_from(["seconds", "minutes"])).map(
        lambda parts: parts[0].isoformat(parts[1])
    ),
    QuestionType.DATETIME: st.datetimes(timezones=_zones).map(datetime.isoformat),
    QuestionType.ACKNOWLEDGE: st.just(OK),
    QuestionType.GEOPOINT: st.builds(
        Point,
        st.integers(-90, 90) | st.floats(-90, 90),
        st.integers(-180, 180) | st.floats(-180, 180),
    ),
    **dict.fromkeys(UPLOADS, st.lists(keys, min_size=1, max_size=3, unique=True).map(",".join)),
}
"""Kinds whose values do not depend on the question."""


def values(question: Question, definition: Definition) -> st.SearchStrategy[Value]:
    """Values that the question's kind accepts."""
    if question.type in _SIMPLE:
        return _SIMPLE[question.type]
    names = [choice.name for choice in definition.options(question)]
    alone = [choice.name for choice in definition.options(question) if choice.exclusive]
    together = [name for name in names if name not in alone]
    match question.type:
        case QuestionType.RANGE:
            return _marks(question)
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
        case QuestionType.REPEAT:
            cells = {column.name: _cells(column, definition) for column in question.columns}
            row = st.fixed_dictionaries({}, optional=cells)
            return st.lists(row, max_size=min(question.max_rows or 3, 3)).map(tuple)
        case _:
            raise AssertionError(f"{question.name} takes no answer")


def _marks(question: Question) -> st.SearchStrategy[Value]:
    scale = scale_of(question)
    assert scale is not None
    return st.integers(0, scale.marks - 1).map(
        lambda at: _plain(float(scale.start + at * scale.step))
    )


def _plain(number: float) -> Value:
    return int(number) if number.is_integer() else number


def _cells(column: Question, definition: Definition) -> st.SearchStrategy[Entry]:
    return values(column, definition).map(_as_entry)


def _as_entry(value: Value) -> Entry:
    if isinstance(value, tuple):
        return tuple(part for part in value if isinstance(part, str))
    assert not isinstance(value, Point)
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
    st.sampled_from(["0.5", "1000.0", "true()", "false()", "today()", "."]),
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
