"""The sheet Tabulations: counts, bases and shares."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from openpyxl.workbook import Workbook

from exports.records import Attribution, RoundSnapshot
from questionnaires.answers import Answer
from questionnaires.models import MissingCode
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import Row, exported, opened, rows_of
from tests.unit.exports.rounds import small_round

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
