"""The sheet Tabulations: counts, bases and shares."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from itertools import accumulate, pairwise
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from exports.records import Attribution, RoundSnapshot
from questionnaires.answers import Answer
from questionnaires.models import Choice, Definition, Group, MissingCode, Question, QuestionType
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import Row, exported, opened, rows_of
from tests.unit.exports.rounds import small_definition, small_round

YES = {"one": Answer(value="yes"), "several": Answer(value=("yes", "no"))}
NO = {"one": Answer(value="no"), "several": Answer(value=("none",))}


def block(workbook: Workbook, title: str) -> list[Row]:
    """The rows below a title, to the next empty row."""
    rows = rows_of(workbook, "Tabulations")
    start = next(place for place, row in enumerate(rows) if row[0] == title)
    below = range(start, len(rows))
    end = next((place for place in below if not any(rows[place])), len(rows))
    return rows[start + 1 : end]


def counts(workbook: Workbook, title: str) -> Mapping[str, tuple[object, ...]]:
    """Count, base and share over all groups, by the words of the option."""
    return {str(row[0]): row[1:4] for row in block(workbook, title)[1:]}


def test_outcomes_add_up_to_the_invited(
    invented: RoundSnapshot, invented_workbook: Workbook, paper: Workbook
) -> None:
    for workbook, invited in ((invented_workbook, len(invented.invited)), (paper, 12)):
        responses = counts(workbook, "Responses")

        assert sum(int(str(row[0])) for row in responses.values()) == invited
        assert {row[1] for row in responses.values()} == {invited}
        assert len(responses) == len(Outcome)


def test_rates_are_told_with_their_base(paper: Workbook) -> None:
    text = "\n".join(str(row[0]) for row in rows_of(paper, "Tabulations"))

    assert "Questionnaire rate 9/12 = 75.0 %" in text
    assert "any-response rate 11/12 = 91.7 %" in text
    assert "each has a base of 0" in text
    assert "The tables below" not in text


def test_each_option_has_count_base_and_share() -> None:
    workbook = opened(small_round([YES, NO, NO, {"one": Answer(missing=MissingCode.DONT_KNOW)}]))

    assert counts(workbook, "A6  Question one?") == {
        "Yes": (1, 3, 0.333333),
        "No": (2, 3, 0.666667),
        "None of these": (0, 3, 0),
    }
    assert block(workbook, "A6  Question one?")[0][0] == (
        "Base: 3 of 4 questionnaires; not in the base: 1 dk (does not know)."
    )
    assert counts(workbook, "A7  Question several?") == {
        "Yes": (1, 3, 0.333333),
        "No": (1, 3, 0.333333),
        "None of these": (2, 3, 0.666667),
    }


def test_counts_by_group_add_up_to_all(invented_workbook: Workbook) -> None:
    rows = rows_of(invented_workbook, "Tabulations")
    matrices = [row for row in rows if str(row[0]).endswith("all rows")]
    crossed = {row for one in matrices for row in block(invented_workbook, str(one[0]))}

    complete = [
        row
        for row in rows
        if row not in crossed and all(isinstance(row[place], int) for place in (1, 4, 7, 10, 13))
    ]
    assert len(complete) > 100
    for row in complete:
        assert row[1] == sum(int(str(row[place])) for place in (4, 7, 10, 13))


def test_only_completed_and_partial_questionnaires_are_counted() -> None:
    outcomes = [Outcome.COMPLETED, Outcome.PARTIAL, Outcome.LATE, Outcome.BROKEN_OFF]

    workbook = opened(small_round([YES] * 4, outcomes=outcomes))

    assert counts(workbook, "A6  Question one?")["Yes"] == (2, 2, 1)


def test_unattributed_answers_count_and_those_for_background_do_not() -> None:
    attributions = [Attribution.PUBLISH, Attribution.NOT_ATTRIBUTED, Attribution.BACKGROUND]

    workbook = opened(small_round([YES] * 3, attributions=attributions))

    assert counts(workbook, "A6  Question one?")["Yes"] == (2, 2, 1)
    text = "\n".join(str(row[0]) for row in rows_of(workbook, "Tabulations"))
    assert "1 given for background only are left out." in text
    assert "decides what is counted" not in text


def test_the_question_on_attribution_is_told_over_all_and_by_no_group() -> None:
    attributions = [
        *(Attribution.PUBLISH, Attribution.PUBLISH),
        *(Attribution.NOT_ATTRIBUTED, Attribution.BACKGROUND),
    ]
    asked = Question(
        name="attribution",
        type=QuestionType.SELECT_ONE,
        list_name="answers",
        label={"en": "May answers be attributed?"},
        code="A0",
    )
    definition = with_nodes(asked)
    answers = {"attribution": Answer(value="yes"), **YES}

    workbook = opened(small_round([answers] * 4, attributions=attributions, definition=definition))

    text = "\n".join(str(row[0]) for row in rows_of(workbook, "Tabulations"))
    assert "May answers be attributed?" not in text
    assert (
        "Question A0 decides what is counted here and has no table: of all 4 completed or partial "
        "questionnaires, 2 may be published with the name, 1 be counted but not attributed, and 1 "
        "be used for background only." in text
    )


def test_the_rows_of_a_matrix_stand_together_and_by_themselves() -> None:
    answers = {"matrix_first": Answer(value="yes"), "matrix_second": Answer(value="no")}

    workbook = opened(small_round([answers]))

    together = block(workbook, "A12  Matrix: all rows")
    numbers = [[cell for cell in row[1:] if cell is not None] for row in together[2:]]
    assert [row[0] for row in together[2:]] == [
        "Question matrix_first?",
        "Question matrix_second?",
    ]
    assert numbers == [[1, 1, 0, 0], [1, 0, 1, 0]]
    assert counts(workbook, "A12  Matrix – Matrix second")["No"] == (1, 1, 1)


def test_charts_show_what_is_tabulated_and_nothing_without_a_base() -> None:
    def charts(snapshot: RoundSnapshot) -> list[str]:
        with ZipFile(BytesIO(exported(snapshot))) as archive:
            return [name for name in archive.namelist() if name.startswith("xl/charts/")]

    # Responses, and the two questions answered; without an answer the responses alone.
    assert len(charts(small_round([YES]))) == 3
    assert len(charts(small_round([{}]))) == 1


LONG = "Root causes and push factors of migration, and what became of the aid for development"


def with_nodes(*nodes: Question | Group) -> Definition:
    """The short questionnaire with further questions, and a list of 70 long options."""
    definition = small_definition()
    section = definition.survey[0]
    many = tuple(
        Choice(name=f"option_{number}", label={"en": f"{number} {LONG if number % 7 else 'Short'}"})
        for number in range(70)
    )
    return definition.model_copy(
        update={
            "choices": {**definition.choices, "many": many},
            "survey": (
                section.model_copy(update={"children": (*section.children, *nodes)}),
                *definition.survey[1:],
            ),
        }
    )


def of_every_shape() -> RoundSnapshot:
    """Answers to a question with 70 options, and to a matrix whose rows take several answers."""
    several = [
        Question(
            name=f"ministry_{number}",
            type=QuestionType.SELECT_MULTIPLE,
            list_name="answers",
            label={"en": f"Ministry {number}"},
        )
        for number in range(40)
    ]
    matrix = Group(
        name="ministries",
        label={"en": "Ministries"},
        appearance="table-list",
        code="A14",
        dimension="B10",
        children=tuple(several),
    )
    many = Question(
        name="topics",
        type=QuestionType.SELECT_MULTIPLE,
        list_name="many",
        label={"en": "Which topics?"},
        code="A13",
    )
    answers = {
        **YES,
        "topics": Answer(value=("option_0", "option_69")),
        "matrix_first": Answer(value="yes"),
        **{question.name: Answer(value=("yes", "no")) for question in several},
    }
    return small_round([answers] * 3, definition=with_nodes(many, matrix))


@dataclass(frozen=True)
class Chart:
    """A chart as its file says."""

    xml: str
    row: int
    points: float

    @property
    def title(self) -> str:
        return "".join(re.findall(r"<a:t>(.*?)</a:t>", self.xml))

    @property
    def bars(self) -> int:
        return int(re.findall(r'<cat>.*?<ptCount val="(\d+)"', self.xml)[0])

    def cached(self) -> Iterator[tuple[str, list[str]]]:
        """Each range with the values that the file holds of it."""
        found = re.findall(r"<f>'Tabulations'!(.*?)</f><(?:str|num)Cache>(.*?)</", self.xml)
        assert len(found) == self.xml.count("<f>")
        for cells, _ in found:
            cache = self.xml.split(f"!{cells}</f>", 1)[1]
            yield cells, re.findall(r"<v>(.*?)</v>", re.split(r"</(?:str|num)Cache>", cache)[0])


def charts_of(data: bytes) -> list[Chart]:
    """The charts of the workbook, from the top of their sheet down."""
    with ZipFile(BytesIO(data)) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        places = re.findall(r'<row>(\d+)</row>.*?<ext cx="\d+" cy="(\d+)"', drawing)
        assert places
        return [
            Chart(
                archive.read(f"xl/charts/chart{number}.xml").decode(), int(row), int(high) / 12_700
            )
            for number, (row, high) in enumerate(places, 1)
        ]


@pytest.fixture(scope="module")
def shapes() -> bytes:
    return exported(of_every_shape())


def test_every_bar_has_a_name_and_room_for_it(shapes: bytes) -> None:
    charts = charts_of(shapes)

    assert sum(chart.bars for chart in charts if chart.title.startswith("Which topics")) == 70
    assert all('<tickLblSkip val="1"' in chart.xml for chart in charts)
    for chart in charts:
        share = float(re.findall(r'<h val="([\d.]+)"', chart.xml)[0])
        assert chart.points * share / chart.bars > 12


def test_no_chart_reaches_the_next_or_leaves_its_page(shapes: bytes) -> None:
    sheet = load_workbook(BytesIO(shapes))["Tabulations"]
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)]
    tops = [0.0, *accumulate(heights)]
    ends = [tops[end.id] for end in sheet.row_breaks.brk]
    spans = [(tops[chart.row], tops[chart.row] + chart.points) for chart in charts_of(shapes)]

    assert len(ends) > 3
    for (_, bottom), (top, _) in pairwise(spans):
        assert bottom < top
    for top, bottom in spans:
        assert bottom < tops[-1]
        assert not any(top < end < bottom for end in ends)
    column = sheet.max_column
    below = [sheet.cell(row, column).value for row in range(charts_of(shapes)[0].row + 1, 400)]
    assert set(below) == {None}


def test_charts_hold_the_values_of_their_cells(shapes: bytes) -> None:
    sheet = load_workbook(BytesIO(shapes))["Tabulations"]

    for chart in charts_of(shapes):
        for cells, values in chart.cached():
            found = sheet[cells.replace("$", "")]
            rows = [row[0].value for row in found]
            if isinstance(rows[0], int):
                assert [float(value) for value in values] == rows
            else:
                assert [unescape(value) for value in values] == rows


def test_only_a_matrix_with_one_answer_a_row_is_stacked(shapes: bytes) -> None:
    matrices = {
        chart.title.split(" (")[0]: re.findall(r'<grouping val="(\w+)"', chart.xml)
        for chart in charts_of(shapes)
        if chart.title.startswith(("Matrix", "Ministries"))
    }

    assert matrices == {"Matrix": ["stacked"], "Ministries": ["clustered"]}
    workbook = load_workbook(BytesIO(shapes), read_only=True)
    assert "can add up to more than its base" in str(
        block(workbook, "A14  Ministries: all rows")[0]
    )
