"""What holds for every expression over any answers: it ends, raises nothing, repeats itself."""

import math
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer, Value
from questionnaires.datum import Datum, number_of, text_of, truth_of
from questionnaires.expressions import parse
from questionnaires.functions import FUNCTIONS, Signature
from questionnaires.meter import MAX_TEXT
from questionnaires.models import Definition, Group, Question, QuestionType, Settings
from questionnaires.routing import Route, route
from questionnaires.scope import Scope
from tests.unit.questionnaires.strategies import TODAY

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
NAMES = ("a", "b", "c")
COLUMNS = ("x", "y")
_LEAVES = st.one_of(
    st.sampled_from([f"${{{name}}}" for name in (*NAMES, *COLUMNS)]),
    st.sampled_from(["${x} | ${y}", ".", "0", "1", "2.5", "9" * 400, "1 div 0", "0 div 0"]),
    st.sampled_from(["''", "'a b'", "'2026-02-28'", "'2026-02-28T23:59:59.9Z'", "'14:30'", "'-1'"]),
    st.sampled_from(["'%Y-%b'", "'MD5'", "'hex'", "'YWI='", "'9999-12-31T00:00-23:59'", "'%'"]),
)
_BETWEEN = ("=", "!=", "<", "<=", ">", ">=", "and", "or", "+", "-", "*", "div", "mod")
_LITERAL_ONLY = {
    "regex": "regex({0}, '(a|[0-9]+)*b?')",
    "jr:choice-name": "jr:choice-name({0}, '${{a}}')",
    "indexed-repeat": "indexed-repeat(${{x}}, ${{table}}, {0})",
    "digest": "digest({0}, 'SHA-256', 'hex')",
    "format-date": "format-date({0}, '%a %e %b %y%%')",
    "format-date-time": "format-date-time({0}, '%Y-%m-%d %H:%M:%S.%3')",
}
"""Functions of which a part has to be written out."""


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: (
            inner.map(_LITERAL_ONLY[name].format)
            if name in _LITERAL_ONLY
            else _arguments(FUNCTIONS[name].signature, inner).map(
                lambda arguments: f"{name}({', '.join(arguments)})"
            )
        )
    )


def _arguments(signature: Signature, inner: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    counts = [count for count in range(7) if signature.accepts(count)]
    return st.sampled_from(counts).flatmap(
        lambda count: st.lists(inner, min_size=count, max_size=count)
    )


def _extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _calls(inner),
        _calls(inner),
        st.tuples(inner, st.sampled_from(_BETWEEN), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        inner.map(lambda part: f"-({part})"),
    )


expressions = st.recursive(_LEAVES, _extend, max_leaves=6).filter(lambda text: len(text) < 2000)

texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2026-03-01", "2026-03-01T10:00+14:00", "0001-01-01", "23:59", "9" * 400]),
    st.sampled_from(["-0", "1e5", "٣", "a" * 4000, "YQ==", "\ud800", "true"]),
)
data: st.SearchStrategy[Datum] = st.one_of(
    texts,
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.booleans(),
    st.lists(texts, max_size=4),
)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Scopes in which anything may have been answered."""
    cells = st.lists(texts, max_size=4)
    return Scope(
        values={name: draw(data) for name in NAMES},
        today=TODAY,
        current=draw(data),
        now=draw(st.sampled_from([None, NOW])),
        seed=draw(texts),
        columns={name: draw(cells) for name in COLUMNS},
        language=draw(st.sampled_from([None, "fr", "ar", "xx"])),
    )


@settings(max_examples=100)
@given(expressions, scopes())
def test_evaluation_ends_raises_nothing_and_repeats_itself(text: str, scope: Scope) -> None:
    expression = parse(text)

    found = expression.trial(scope)
    again = expression.trial(scope)

    assert isinstance(found.value, str | int | float | list)
    assert _same(found.value, again.value)
    assert found.steps == again.steps
    assert len(text_of(found.value)) <= MAX_TEXT
    assert isinstance(truth_of(found.value), bool)
    assert isinstance(number_of(found.value), float)


def _same(one: Datum, other: Datum) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    return one == other


def _form(conditions: list[str], calculations: list[str]) -> Definition:
    """Questions, then a table, then questions again; each with a condition, and calculations."""
    table = Question(
        name="table",
        type=QuestionType.REPEAT,
        columns=tuple(Question(name=name, type=QuestionType.TEXT) for name in COLUMNS),
    )
    first, last = conditions[:2], conditions[2:]
    return Definition(
        settings=Settings(form_id="form", version="1", form_title={"en": "Form"}),
        survey=(
            Group(name="before", children=_questions(first, calculations[:1], NAMES[:2])),
            Group(name="rows", children=(table,)),
            Group(name="after", children=_questions(last, calculations[1:], NAMES[2:])),
        ),
    )


def _questions(
    conditions: list[str], calculations: list[str], names: tuple[str, ...]
) -> tuple[Question, ...]:
    asked = [
        Question(name=name, type=QuestionType.TEXT, relevant=condition)
        for name, condition in zip(names, conditions, strict=True)
    ]
    worked_out = [
        Question(
            name=f"calculated_{names[0]}", type=QuestionType.CALCULATE, calculation=calculation
        )
        for calculation in calculations
    ]
    return (*asked, *worked_out)


_LOOKING_AHEAD = st.sampled_from(
    [
        "count(${x}) > 0",
        "join('', ${x} | ${y}) != ''",
        "indexed-repeat(${y}, ${table}, 1) = ''",
        "count(${table}) = 0",
        "${b} = ''",
        "string-length(${c}) > 1",
        "jr:choice-name(${c}, '${c}') = '' and ${c} != ''",
        "sum(${calculated_c}) > 0",
    ]
)
conditions_drawn = st.one_of(_LOOKING_AHEAD, expressions)
ORDER = ("a", "b", "calculated_a", "table", "c", "calculated_c")
answered = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NAMES, texts),
        "table": st.lists(
            st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, texts)), max_size=3
        ).map(tuple),
    },
)


@settings(max_examples=50)
@given(
    st.lists(conditions_drawn, min_size=3, max_size=3),
    st.lists(conditions_drawn, min_size=2, max_size=2),
    answered,
    answered,
    st.integers(0, len(ORDER) - 1),
)
def test_what_is_asked_never_depends_on_a_later_answer(
    conditions: list[str],
    calculations: list[str],
    some: dict[str, Value],
    others: dict[str, Value],
    cut: int,
) -> None:
    definition = _form(conditions, calculations)
    before = set(ORDER[:cut])
    mixed = {name: value for name, value in some.items() if name in before}
    mixed |= {name: value for name, value in others.items() if name not in before}

    one, other = _route(definition, some), _route(definition, mixed)

    upto = set(ORDER[: cut + 1])
    assert one.asked & upto == other.asked & upto
    assert {name: one.calculated.get(name) for name in before} == {
        name: other.calculated.get(name) for name in before
    }
    assert _route(definition, some) == one


def _route(definition: Definition, values: dict[str, Value]) -> Route:
    answers = {name: Answer(value=value) for name, value in values.items()}
    return route(definition, answers, today=TODAY, now=NOW, seed="response 1")
