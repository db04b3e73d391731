"""No expression costs more than it may, whoever wrote it and whatever was answered.

Cost is counted in steps, so that these tests mean the same on every machine.
"""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from questionnaires.answers import Answer
from questionnaires.datum import Datum
from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.kinds.kind import MAX_TEXT as LONGEST_ANSWER
from questionnaires.kinds.tables import MAX_ROWS
from questionnaires.meter import MAX_FORM_STEPS, MAX_FORM_TEXT, MAX_STEPS, MAX_TEXT, Meter
from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings
from questionnaires.routing import offered_choices, route
from questionnaires.scope import Scope
from questionnaires.validation import check_submission
from tests.unit.questionnaires.strategies import TODAY

LONG = "a" * LONGEST_ANSWER
DRAWN = "".join(random.Random(1).choices("ab", k=LONGEST_ANSWER))
MANY = 64 * 1_000
"""Characters of a number that nobody means."""
VALUES: Mapping[str, Datum] = {
    "long": LONG,
    "half": LONG[: LONGEST_ANSWER // 2],
    "drawn": DRAWN,
    "n": 5,
}
COLUMNS = {"one": ["x"] * MAX_ROWS, "other": ["y"] * MAX_ROWS, "texts": [LONG] * MAX_ROWS}
SCOPE = Scope(VALUES, TODAY, current="a" * 5_000, columns=COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        # Which of the last 90 letters were an a: no set of states comes again.
        "regex(${drawn}, '(a|b)*a(a|b){90}c')",
        # What would be true of nothing is not true either.
        "not(regex(${drawn}, '(a|b)*a(a|b){90}c'))",
        # 40,000 comparisons each.
        " or ".join(["${one} = ${other}"] * 4),
        # A hundred thousand characters each.
        " or ".join(["translate(${long}, ${long}, ${long}) = 'b'"] * 40),
        " + ".join(["string-length(normalize-space(${long}))"] * 40)
        + " + string-length(join('', ${texts}))",
    ],
)
def test_expression_that_costs_too_much_is_stopped_and_gives_nothing(text: str) -> None:
    trial = parse(text).trial(SCOPE)

    assert not trial.finished
    assert trial.value == ""
    assert parse(text).evaluate(SCOPE) == ""
    assert parse(text).holds(SCOPE) is False


@pytest.mark.parametrize(
    "text",
    [
        "concat(${long}, 'a')",
        "concat(${half}, ${half}, 'a')",
        "concat(${texts})",
        "join(${long}, 'a', 'b')",
        "join(',', ${texts})",
        "format-date(today(), ${half})",
    ],
)
def test_text_longer_than_an_answer_is_not_put_together(text: str) -> None:
    trial = parse(text).trial(SCOPE)

    assert not trial.finished
    assert trial.value == ""
    # Lengths are added up first: reading them all is what it costs.
    assert trial.steps <= MAX_STEPS


def test_text_as_long_as_an_answer_is_put_together() -> None:
    assert MAX_TEXT == LONGEST_ANSWER
    assert parse("concat(${half}, ${half})").evaluate(SCOPE) == LONG


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("pow(pow(9, 999), pow(9, 999))", 10),
        ("round(pow(9, 300), 999999999)", 10),
        ("round(0.1, -999999999)", 10),
        ("uuid(999999999999)", 300),
        ("substr('abc', -999999999, 999999999)", 10),
        ("substring('abc', -999999999, 1 div 0)", 10),
        ("date(999999999999)", 10),
        ("date-time(-999999999999)", 10),
        ("selected-at('a b', 999999999999)", 10),
        ("indexed-repeat(${one}, ${one}, 999999999999)", 10),
        ("int(" + "9" * 1_900 + ")", 10),
        ("string(" + "9" * 1_900 + ".5)", 10),
        ("if(true(), 1, ${one} = ${other})", 10),
        ("digest(${long}, 'SHA-512')", 2_000),
        ("base64-decode(${long})", 2_000),
        ("sum(${one})", 300),
        # Every state of the pattern is alive at every character, and they are always the same.
        ("regex(., '(a?){60}(a|a|a|a|a|a|a|a)*(a?){60}b')", 100_000),
        ("regex(${long}, '[a-z]*')", 110_000),
    ],
)
def test_huge_numbers_and_long_texts_cost_little(text: str, steps: int) -> None:
    trial = parse(text).trial(SCOPE)

    assert trial.finished
    assert trial.steps <= steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        # All 200 cells are read, and four steps are what comparing one of them takes.
        ("${one} = 'y'", 1_000),
        ("${one} > 5", 1_000),
        ("${one} = ${n}", 1_000),
        ("boolean(${one})", MAX_ROWS),
        ("count(${one})", MAX_ROWS),
        # Every digit of a number is read.
        ("${digits} > 5", MANY // 64),
        ("${digits} + ${digits}", 2 * MANY // 64),
        ("-${digits}", MANY // 64),
        ("int(${digits})", MANY // 64),
        ("format-date(${digits}, '%Y')", MANY // 64),
        ("sum(${all_digits})", MAX_ROWS * (MANY // 64)),
        ("max(${all_digits})", MAX_ROWS * (MANY // 64)),
    ],
)
def test_what_is_read_is_counted_whatever_reads_it(text: str, steps: int) -> None:
    digits = "1" * MANY
    scope = Scope(
        {"digits": digits, "n": "5"},
        TODAY,
        columns={**COLUMNS, "all_digits": [digits] * MAX_ROWS},
    )

    trial = parse(text).trial(scope)

    assert trial.finished
    assert steps <= trial.steps <= 2 * steps


def test_item_is_read_as_a_number_once_however_many_it_is_compared_with() -> None:
    read = 0

    class Counted(str):
        __slots__ = ()

        def strip(self, chars: str | None = None, /) -> str:
            nonlocal read
            read += 1
            return str.strip(self, chars)

    scope = Scope({"value": Counted("5" * MANY)}, TODAY, columns=COLUMNS)

    assert parse("${value} > ${one}").evaluate(scope) is False
    assert read == 1


def test_expression_with_too_many_parts_is_refused() -> None:
    with pytest.raises(ExpressionInvalid):
        parse("concat(" * 41 + "1" + ")" * 41)


def test_expressions_that_share_a_meter_stop_together() -> None:
    scope = Scope(VALUES, TODAY, columns=COLUMNS, meter=Meter(400_000))
    costly, cheap = parse("${one} = ${other}"), parse("${n} = 5")

    finished = [costly.trial(scope).finished for _ in range(4)]

    assert finished == [True, True, False, False]
    assert not cheap.trial(scope).finished
    assert cheap.holds(SCOPE)


def _form(*questions: Question, options: tuple[Choice, ...] = ()) -> Definition:
    return Definition(
        settings=Settings(form_id="form", version="1", form_title={"en": "Form"}),
        choices={"options": options},
        survey=(Group(name="section", children=questions),),
    )


def _calculate(name: str, calculation: str) -> Question:
    return Question(name=name, type=QuestionType.CALCULATE, calculation=calculation)


def test_texts_that_double_from_question_to_question_stay_bounded() -> None:
    definition = _form(
        Question(name="t0", type=QuestionType.TEXT),
        *(_calculate(f"t{n}", f"concat(${{t{n - 1}}}, ${{t{n - 1}}})") for n in range(1, 200)),
    )

    path = route(definition, {"t0": Answer(value="ab")}, today=TODAY)

    lengths = [len(str(value)) for value in path.calculated.values()]
    assert max(lengths) == 2**16
    assert path.values["t16"] == ""


@pytest.mark.parametrize(
    "calculation", ["concat(${t}, 'x')", "substr(${t}, 1)", "translate(${t}, 'a', 'b')", "${t}"]
)
def test_texts_that_a_form_puts_together_stay_bounded_in_sum(calculation: str) -> None:
    definition = _form(
        Question(name="t", type=QuestionType.TEXT),
        *(_calculate(f"c{n}", calculation) for n in range(300)),
        _calculate("after", "1 + 1"),
    )
    said = Answer(value=LONG[1:])

    path = route(definition, {"t": said}, today=TODAY)

    kept = sum(len(value) for value in path.calculated.values() if isinstance(value, str))
    assert MAX_FORM_TEXT - LONGEST_ANSWER < kept <= MAX_FORM_TEXT
    assert path.values["c0"] != ""
    assert path.values["c299"] == ""
    assert path.values["after"] == 2


def test_label_of_an_option_is_found_at_once_however_many_there_are() -> None:
    looked_at = 0

    class Counted(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal looked_at
            looked_at += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    options = tuple(
        Choice.model_construct(name=Counted(f"o{n}"), label={"en": f"Option {n}"}, columns={})
        for n in range(2_000)
    )
    table = Question(
        name="table",
        type=QuestionType.REPEAT,
        columns=tuple(Question(name=f"x{n}", type=QuestionType.TEXT) for n in range(50)),
    )
    column = Question(name="c", type=QuestionType.SELECT_ONE, list_name="options")
    definition = _form(
        Question(name="a", type=QuestionType.SELECT_ONE, list_name="options"),
        table,
        Question(name="other", type=QuestionType.REPEAT, columns=(column,)),
        _calculate("label", " + ".join(["string-length(jr:choice-name(${a}, '${a}'))"] * 25)),
        _calculate("of_a_column", "jr:choice-name(${a}, '${c}')"),
        options=options,
    )

    path = route(definition, {"a": Answer(value="o1999")}, today=TODAY)

    assert path.values["label"] == 25 * len("Option 1999")
    assert path.values["of_a_column"] == "Option 1999"
    # Once, where the index is made, and once for each time that it is asked.
    assert looked_at <= 2_000 + 2 * 26


def test_form_of_costly_calculations_ends_and_the_rest_is_empty() -> None:
    cost = parse("${one} = ${other}").trial(SCOPE).steps
    costly = 2 * MAX_FORM_STEPS // cost
    table = Question(
        name="table",
        type=QuestionType.REPEAT,
        columns=tuple(Question(name=name, type=QuestionType.TEXT) for name in ("one", "other")),
    )
    definition = _form(table, *(_calculate(f"c{n}", "${one} = ${other}") for n in range(costly)))
    rows = Answer(value=tuple({"one": "x", "other": "y"} for _ in range(MAX_ROWS)))

    path = route(definition, {"table": rows}, today=TODAY)

    done = [path.values[f"c{n}"] for n in range(costly)]
    assert done == ["false"] * (MAX_FORM_STEPS // cost) + [""] * (costly - MAX_FORM_STEPS // cost)


def test_filters_of_a_page_share_what_they_may_cost() -> None:
    options = tuple(Choice(name=f"o{n}", label={"en": "O"}) for n in range(200))
    asked = tuple(
        Question(name=f"q{n}", type=QuestionType.SELECT_ONE, list_name="options", choice_filter="1")
        for n in range(200)
    )
    definition = _form(*asked, options=options)
    path = route(definition, {}, today=TODAY)
    path = replace(path, view=replace(path.view, meter=Meter(40_000)))

    offered = [len(offered_choices(definition, question, path)) for question in asked]

    # They could be asked 40,000 times; each time costs something, however little it is.
    assert 40_000 // 10 < sum(offered) < 40_000 // 8
    assert offered == sorted(offered, reverse=True)
    assert (offered[0], offered[-1]) == (200, 0)


def test_filters_that_cost_too_much_together_are_stopped_in_a_check() -> None:
    options = tuple(Choice(name=f"o{n}", label={"en": "O"}) for n in range(20))
    costly = "count(${column}) + " * 80 + "1"
    column = Question(name="column", type=QuestionType.TEXT)
    asked = tuple(
        Question(
            name=f"q{n}", type=QuestionType.SELECT_ONE, list_name="options", choice_filter=costly
        )
        for n in range(10)
    )
    table = Question(name="table", type=QuestionType.REPEAT, columns=(column,))
    definition = _form(table, *asked, options=options)
    answers = {question.name: Answer(value="o0") for question in asked}
    answers["table"] = Answer(value=tuple({"column": "x"} for _ in range(MAX_ROWS)))
    path = route(definition, answers, today=TODAY)
    one = parse(costly).trial(path.view).steps

    found = check_submission(definition, answers, today=TODAY, path=path)

    # The first option is what was answered: it is looked at until nothing is left.
    afforded = MAX_FORM_STEPS // (one * len(options)) + 1
    assert [problem.place for problem in found] == [f"q{n}" for n in range(afforded, len(asked))]
    assert {problem.code for problem in found} == {"choice-not-offered"}


def test_rows_of_a_table_share_the_answers_of_the_form() -> None:
    # Copied for each of them, a thousand answers would be copied thousands of times.
    column = Question(name="cell", type=QuestionType.TEXT, constraint=". != ${first}")
    first = Question(name="first", type=QuestionType.TEXT)
    definition = _form(first, Question(name="table", type=QuestionType.REPEAT, columns=(column,)))
    path = route(definition, {"first": Answer(value="x")}, today=TODAY)

    scope = path.row_scope({"cell": "x"}, column="cell", row=1, rows=1)

    assert scope.values is path.values
    assert parse("${cell} = ${first}").holds(scope)
    assert parse("${cell}").evaluate(scope) == "x"


def test_costly_constraint_of_every_row_ends() -> None:
    pattern, text = "(a|b)*a(a|b){90}", DRAWN[:91] + "a" + DRAWN[:90]
    column = Question(name="cell", type=QuestionType.TEXT, constraint=f"regex(., '{pattern}')")
    definition = _form(Question(name="table", type=QuestionType.REPEAT, columns=(column,)))
    rows = Answer(value=tuple({"cell": text} for _ in range(MAX_ROWS)))
    one = parse(f"regex(., '{pattern}')").trial(Scope({}, TODAY, current=text))
    assert one.value is True
    assert one.finished
    assert one.steps * MAX_ROWS > MAX_FORM_STEPS

    found = check_submission(definition, {"table": rows}, today=TODAY)

    # What can no longer be worked out does not hold: the respondent is told, not kept waiting.
    assert [problem.place for problem in found] == [
        f"table.{number}.cell" for number in range(MAX_FORM_STEPS // one.steps, MAX_ROWS)
    ]


@pytest.mark.parametrize("negated", [False, True])
def test_answer_that_is_too_long_for_its_rule_is_told_so(*, negated: bool) -> None:
    pattern = "regex(., '(a|b)*a(a|b){90}c')"
    asked = Question(
        name="t",
        type=QuestionType.TEXT,
        constraint=f"not({pattern})" if negated else pattern,
        constraint_message={"en": "Letters only."},
    )

    found = check_submission(_form(asked), {"t": Answer(value=DRAWN)}, today=TODAY)

    assert [(problem.code, problem.place) for problem in found] == [("constraint", "t")]
    assert "too long for the rule" in found[0].message
    assert "Shorten it" in found[0].mend
