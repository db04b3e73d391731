"""What expressions can see in a form: tables and columns, labels, the moment, the response."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from questionnaires.answers import Answer, Answers, Row, Value
from questionnaires.documents import Mapped, read_tree
from questionnaires.loading import definition_of
from questionnaires.models import Definition, MissingCode
from questionnaires.routing import Route, offered_choices, route
from questionnaires.validation import check_panel, check_submission
from tests.unit.questionnaires.strategies import TODAY

NOW = datetime(2026, 3, 1, 10, 20, 30, tzinfo=ZoneInfo("Africa/Nairobi"))
FORM = """
settings:
  form_id: form
  version: "1"
  form_title: {en: Form, fr: Formulaire}
  languages: [en, fr]
choices:
  place:
    - name: port
      label: {en: Port, fr: Port maritime}
    - name: road
      label: {en: Road, fr: Route}
survey:
  - name: section
    label: {en: Section, fr: Section}
    children:
      - {name: where, type: select_one place, label: {en: Where, fr: Où}, code: A1}
      - name: early
        type: calculate
        calculation: sum(${women})
      - name: people
        type: repeat
        label: {en: People, fr: Personnes}
        code: A2
        relevant: ${where} != 'road'
        columns:
          - {name: team, type: text, label: {en: Team, fr: Équipe}}
          - {name: women, type: integer, label: {en: Women, fr: Femmes}}
          - name: men
            type: integer
            label: {en: Men, fr: Hommes}
            constraint: . <= ${women} * 10
          - name: ends
            type: date
            label: {en: Ends, fr: Fin}
            constraint: >-
              position(..) = 1 or . >= indexed-repeat(${ends}, ${people}, position(..) - 1)
          - name: order
            type: integer
            label: {en: Order, fr: Ordre}
            constraint: . = position() and . <= last() and random() < 1
      - name: total
        type: calculate
        calculation: sum(${women}) + sum(${men})
      - name: teams
        type: calculate
        calculation: join(', ', ${team})
      - name: first
        type: calculate
        calculation: indexed-repeat(${team}, ${people}, 1)
      - name: called
        type: calculate
        calculation: jr:choice-name(${where}, '${where}')
      - name: is_port
        type: calculate
        calculation: ${where} = 'port'
      - name: half
        type: calculate
        calculation: number(${where}) div 2
      - name: at
        type: calculate
        calculation: now()
      - name: once_at
        type: calculate
        calculation: once(now())
      - name: drawn
        type: calculate
        calculation: random()
      - name: again
        type: calculate
        calculation: random()
      - name: either
        type: select_one place
        label: {en: Either, fr: Soit}
        code: A3
        choice_filter: ${where} = '' or name = ${where}
"""


@pytest.fixture(scope="module")
def form() -> Definition:
    """A table, calculations over it, and one of everything an expression can see."""
    tree, _ = read_tree(FORM)
    assert isinstance(tree, Mapped)
    definition = definition_of(tree, [])
    assert definition is not None
    return definition


def _path(form: Definition, answers: Answers | None = None, **seen: str) -> Route:
    return route(form, answers or {}, today=TODAY, now=NOW, seed=seen.get("seed", "response 1"))


def _table(*rows: Row) -> Answers:
    return {"people": Answer(value=rows)}


def test_columns_are_summed_joined_and_looked_up(form: Definition) -> None:
    answers = _table(
        {"team": "North", "women": 3, "men": 2}, {"team": "South", "women": 4, "men": 0}
    )

    found = _path(form, answers).calculated

    assert found["total"] == 9
    assert found["teams"] == "North, South"
    assert found["first"] == "North"


def test_row_in_which_nothing_is_said_is_no_row(form: Definition) -> None:
    answers = _table({"team": " "}, {}, {"team": "South", "women": 4, "men": 1})

    path = _path(form, answers)

    assert path.columns["team"] == ["South"]
    assert path.calculated["first"] == "South"
    assert path.calculated["total"] == 5


def test_empty_cell_leaves_the_sum_open(form: Definition) -> None:
    path = _path(form, _table({"women": 3, "men": 1}, {"women": 4}))

    assert "total" not in path.calculated
    assert path.values["total"] == ""


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"people": Answer(missing=MissingCode.DONT_KNOW)},
        {"where": Answer(value="road"), **_table({"women": 3, "men": 1})},
    ],
)
def test_table_without_rows_sums_to_nought(form: Definition, answers: Answers) -> None:
    assert _path(form, answers).calculated["total"] == 0


def test_column_is_empty_before_its_table(form: Definition) -> None:
    assert _path(form, _table({"women": 3, "men": 1})).calculated["early"] == 0


def test_truth_is_kept_as_text_and_no_number_as_nothing(form: Definition) -> None:
    path = _path(form, {"where": Answer(value="port")})

    assert path.calculated["is_port"] == "true"
    assert path.values["is_port"] == "true"
    assert path.values["half"] == ""
    assert "half" not in path.calculated


def test_moment_and_day_are_those_handed_in(form: Definition) -> None:
    assert _path(form).calculated["at"] == "2026-03-01T10:20:30.000+03:00"


def test_without_a_moment_the_day_has_just_begun(form: Definition) -> None:
    plain = route(form, {}, today=date(2026, 3, 1))

    assert plain.calculated["at"] == "2026-03-01T00:00:00.000+00:00"


def test_once_gives_again_what_was_kept(form: Definition) -> None:
    kept = {"once_at": Answer(value="2026-01-01T00:00:00.000+00:00")}

    assert _path(form).calculated["once_at"] == _path(form).calculated["at"]
    assert _path(form, kept).calculated["once_at"] == "2026-01-01T00:00:00.000+00:00"


def test_draw_belongs_to_the_response_and_the_question(form: Definition) -> None:
    path = _path(form)

    assert path.calculated["drawn"] != path.calculated["again"]
    assert _path(form).calculated["drawn"] == path.calculated["drawn"]
    assert _path(form, seed="response 2").calculated["drawn"] != path.calculated["drawn"]
    later = route(
        form, {}, today=TODAY, now=datetime(2026, 3, 1, 20, tzinfo=UTC), seed="response 1"
    )
    assert later.calculated["drawn"] == path.calculated["drawn"]


@pytest.mark.parametrize(
    ("language", "label"), [(None, "Port"), ("fr", "Port maritime"), ("ru", "Port")]
)
def test_option_is_called_in_the_language_asked_for(
    form: Definition, language: str | None, label: str
) -> None:
    answers = {"where": Answer(value="port")}

    path = route(form, answers, today=TODAY, language=language)

    assert path.calculated["called"] == label


def test_filter_sees_options_and_answers(form: Definition) -> None:
    question = form.by_name["either"]

    free = offered_choices(form, question, _path(form))
    taken = offered_choices(form, question, _path(form, {"where": Answer(value="road")}))

    assert [choice.name for choice in free] == ["port", "road"]
    assert [choice.name for choice in taken] == ["road"]


def _places(form: Definition, *rows: Row) -> list[str]:
    answers = {"where": Answer(value="port"), **_table(*rows)}
    return [problem.place for problem in check_submission(form, answers, today=TODAY)]


def test_in_its_table_a_column_is_one_cell(form: Definition) -> None:
    rows: tuple[Row, ...] = ({"women": 1, "men": 11}, {"women": 2, "men": 20})

    assert _places(form, *rows) == ["people.0.men"]


def test_cell_left_empty_does_not_stand_for_the_cells_of_other_rows(form: Definition) -> None:
    assert _places(form, {"women": 9, "men": 1}, {"men": 1}) == ["people.1.men"]


def test_row_is_compared_with_the_row_above(form: Definition) -> None:
    days = ("2020-01-01", "2021-01-01", "2019-01-01", "2022-01-01")

    assert _places(form, *({"ends": day} for day in days)) == ["people.2.ends"]


def test_rows_are_numbered_and_counted_without_blank_ones(form: Definition) -> None:
    rows: tuple[Row, ...] = ({"order": 1}, {}, {"order": 2}, {"order": 4})

    assert _places(form, *rows) == ["people.3.order"]


def test_panel_sees_the_moment_and_its_labels(rcp: Definition) -> None:
    values: dict[str, Value] = {"clearance_on": "2026-03-01"}

    found = check_panel(rcp, values, today=TODAY, now=NOW)

    assert "clearance_on" not in {problem.place for problem in found}
