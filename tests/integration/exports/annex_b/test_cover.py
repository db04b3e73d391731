"""The sheet Cover, and what stands on every sheet."""

from datetime import UTC, datetime

import pytest
from openpyxl.workbook import Workbook

from questionnaires.answers import Answer
from questionnaires.canonical import checksum
from questionnaires.marks import MEANINGS, Mark
from questionnaires.outcomes import MEANINGS as OUTCOMES
from questionnaires.outcomes import PROGRESS_MEANINGS, Outcome, Progress
from tests.integration.exports.workbooks import opened, opened_whole, rows_of
from tests.unit.exports.rounds import FICTION, paper_round, small_round


def lines(workbook: Workbook, sheet: str = "Cover") -> list[str]:
    return [
        " | ".join(str(cell) for cell in row if cell is not None)
        for row in rows_of(workbook, sheet)
    ]


def test_the_cover_says_what_it_is_and_as_of_when(paper: Workbook) -> None:
    text = "\n".join(lines(paper))

    assert "GFMD survey of regional consultative processes on migration" in text
    assert "as of 9 July 2007, 02:00 (Europe/Brussels)" in text
    assert checksum(paper_round().definition) in text
    assert "Twelve of more than a dozen processes were chosen by judgment." in text


def test_the_cover_tells_who_answered_and_the_rates(paper: Workbook) -> None:
    text = lines(paper)

    assert any(line.startswith("Completed questionnaires were received from IGC") for line in text)
    assert (
        "All invited | 12 | 12 | 9/12 = 75.0 % | 9/12 = 75.0 % | 11/12 = 91.7 % | 1/12 = 8.3 % | 0"
        in text
    )
    assert any("All the non-completion (3 of 12) sits in the group" in line for line in text)


def test_the_legend_has_every_mark_outcome_and_source(paper: Workbook) -> None:
    rows = rows_of(paper, "Cover")
    start = next(place for place, row in enumerate(rows) if row[0] == "Sign")

    legend = rows[start + 1 : start + 13]

    signs = [str(row[0]).removeprefix("value") for row in legend]
    assert signs == [MEANINGS[mark].shown for mark in Mark]
    assert [str(row[8]) for row in legend if row[8]] == list("QMCPILTSN")
    steps = rows[start + 1 : start + 1 + len(Outcome) + len(Progress)]
    assert [str(row[4]) for row in steps] == [
        *(f"{one.symbol} {one.word}" for one in OUTCOMES.values()),
        *(f"{one.symbol} {one.word}" for one in PROGRESS_MEANINGS.values()),
    ]


def test_every_sheet_is_named_and_linked(paper: Workbook) -> None:
    cover = paper["Cover"]
    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]

    assert links == [f"'{name}'!A1" for name in paper.sheetnames[1:]]


def test_a_notice_stands_on_every_sheet_and_in_every_page_header() -> None:
    workbook = opened_whole(small_round([{"words": Answer(value="x" * 40_000)}]))

    assert workbook.sheetnames[-1] == "Overflow"
    for sheet in workbook.worksheets:
        assert any(FICTION in line for line in lines(workbook, sheet.title)[:6])
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.left.text == FICTION


def test_a_legend_stands_on_every_sheet(paper: Workbook) -> None:
    for name in paper.sheetnames[1:]:
        text = "\n".join(lines(paper, name))

        assert any(word in text for word in ("Signs: ", "Response: ", "Kinds of source: ", "★"))


@pytest.mark.parametrize("sheet", ["Annex B", "Response status", "Changes"])
def test_signs_of_progress_are_explained_where_they_stand(
    invented_workbook: Workbook, sheet: str
) -> None:
    text = "\n".join(lines(invented_workbook, sheet))

    for step in PROGRESS_MEANINGS.values():
        assert f"{step.symbol}  {step.word[:1].lower()}{step.word[1:]}" in text


def test_control_characters_are_reported_with_their_place() -> None:
    answers = {"words": Answer(value="bell\x07"), "hidden": Answer(value="\x00\x1b")}

    workbook = opened(small_round([answers]))

    text = lines(workbook)
    places = [line for line in text if ", row " in line]
    assert any("4 control characters in 3 cells cannot be shown" in line for line in text)
    assert [line.split(" | ")[1] for line in places] == ["U+0007", "U+0000 U+001B", "U+0007"]


def test_nothing_done_to_the_answers_is_told_as_well(paper: Workbook) -> None:
    text = "\n".join(lines(paper))

    assert "No text holds a control character." in text
    assert "No text is longer than its row can be." in text


def test_a_round_to_which_nobody_was_invited_is_no_error() -> None:
    snapshot = small_round([{}]).model_copy(
        update={"invited": (), "codings": (), "responses": lambda: iter(())}
    )

    text = "\n".join(lines(opened(snapshot)))

    assert "Nobody was invited." in text


def test_of_a_round_known_from_documents_the_closing_day_is_not_claimed(paper: Workbook) -> None:
    line = next(line for line in lines(paper) if line.startswith("Round | "))

    assert line == (
        "Round | gfmd-2007: known from documents alone, with what was known on 9 July 2007 "
        "(Europe/Brussels); they do not say when it was opened, due and closed"
    )


def test_a_deadline_at_midnight_is_the_end_of_the_day_before() -> None:
    snapshot = small_round([{}])
    due_at = datetime(2027, 1, 23, 23, tzinfo=UTC)
    round_ = snapshot.round.model_copy(update={"due_at": due_at})

    text = "\n".join(lines(opened(snapshot.model_copy(update={"round": round_}))))

    assert "due at the end of 23 January 2027," in text
    assert "24 January 2027" not in text


def test_a_deadline_within_a_day_is_told_with_its_time() -> None:
    snapshot = small_round([{}])
    round_ = snapshot.round.model_copy(update={"due_at": datetime(2027, 1, 23, 16, tzinfo=UTC)})

    text = "\n".join(lines(opened(snapshot.model_copy(update={"round": round_}))))

    assert "due 23 January 2027, 17:00," in text


def test_a_long_title_is_whole_on_the_cover_and_takes_one_line_elsewhere() -> None:
    snapshot = small_round([{}])
    title = "A round with a title that says everything there is to say of it " * 12
    told = snapshot.round.model_copy(update={"title": title.strip()})

    workbook = opened_whole(snapshot.model_copy(update={"round": told}))

    assert title.strip() in [row[0] for row in rows_of(workbook, "Cover")]
    for sheet in workbook.worksheets:
        assert sheet.oddFooter is not None
        footer = str(sheet.oddFooter.left.text)
        assert len(footer) < 170
        assert "…, as of " in footer
        if sheet.title != "Cover":
            heads = [str(row[0]) for row in rows_of(workbook, sheet.title)[:2]]
            assert "…  ·  as of " in heads[1]
            assert max(sheet.row_dimensions[row].height or 0 for row in (1, 2)) < 25
