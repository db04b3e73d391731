"""The exporters, and what holds for the whole workbook."""

from collections.abc import Iterator
from io import BytesIO
from weakref import ref

import pytest
from openpyxl.workbook import Workbook

from exports.records import ExportProgress, ResponseRecord
from exports.registry import EXPORTERS
from questionnaires.answers import Answer
from tests.integration.exports.workbooks import all_cells, exported, opened_whole
from tests.unit.exports.rounds import small_round

SHEETS = [
    "Cover",
    "Annex B",
    "Annex A",
    "Response status",
    "Tabulations",
    "Answers",
    "Sources",
    "Changes",
    "Codebook",
]


def test_exporters_stand_under_their_own_names() -> None:
    assert {name: exporter.name for name, exporter in EXPORTERS.items()} == {"annex-b": "annex-b"}
    assert EXPORTERS["annex-b"].suffix == ".xlsx"


def test_sheets_stand_in_their_order(paper: Workbook, invented_workbook: Workbook) -> None:
    assert invented_workbook.sheetnames == SHEETS
    assert paper.sheetnames == [name for name in SHEETS if name != "Changes"]


def test_no_cell_is_a_formula_or_an_error() -> None:
    trap = '=HYPERLINK("https://example.org")'
    snapshot = small_round(
        [
            {
                "words": Answer(value=trap, comment="=1+1", source="#REF!"),
                "hidden": Answer(value="#N/A"),
            }
        ]
    )
    invited = snapshot.invited[0].model_copy(
        update={"short_name": "=A1", "official_name": "#N/A", "outcome_note": "+1"}
    )
    round_ = snapshot.round.model_copy(update={"title": "=title", "notice": "@notice"})

    workbook = opened_whole(snapshot.model_copy(update={"invited": (invited,), "round": round_}))

    kinds = {cell.data_type for cell in all_cells(workbook)}
    assert kinds <= {"s", "n", "d"}
    assert any(cell.value == trap for cell in all_cells(workbook))


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    answers = [{"words": Answer(value="a\x07"), "several": Answer(value=("yes",))}] * 3

    assert exported(small_round(answers)) == exported(small_round(answers))


def test_another_moment_gives_other_bytes() -> None:
    snapshot = small_round([{}])
    later = snapshot.model_copy(update={"as_of": snapshot.as_of.replace(hour=22)})

    assert exported(snapshot) != exported(later)


def test_progress_only_grows_and_ends_complete() -> None:
    told: list[ExportProgress] = []

    EXPORTERS["annex-b"].write(small_round([{}] * 3), BytesIO(), progress=told.append)

    assert [one.done for one in told] == sorted(one.done for one in told)
    assert told[-1].done == told[-1].total
    assert {"Annex B", "Answers of Amber Dialogue", "Saving"} <= {one.step for one in told}


def test_responses_are_held_one_at_a_time() -> None:
    snapshot = small_round([{"words": Answer(value="Text")}] * 12)
    given: list[ref[ResponseRecord]] = []
    most = 0

    def responses() -> Iterator[ResponseRecord]:
        nonlocal most
        for record in snapshot.responses():
            copy = record.model_copy()
            given.append(ref(copy))
            yield copy
            most = max(most, sum(one() is not None for one in given))

    exported(snapshot.model_copy(update={"responses": responses}))

    # The one at hand and the one that is read ahead.
    assert len(given) == 12
    assert most <= 2


def test_responses_out_of_order_are_refused() -> None:
    snapshot = small_round([{}] * 2)
    backwards = list(snapshot.responses())[::-1]

    with pytest.raises(ValueError, match="out of the order of the invited"):
        exported(snapshot.model_copy(update={"responses": lambda: iter(backwards)}))
