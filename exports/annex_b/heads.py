"""The head that every sheet opens with: title, round, notice and legend."""

from collections.abc import Sequence

from exports.annex_b.frame import Frame
from exports.annex_b.vocabulary import mark_legend
from exports.safe_openpyxl import Book, Sheet
from exports.sheet_content import Column, Look, Page, Styled

ACCENT_TAB = "1F4E79"


def moment_words(frame: Frame) -> str:
    """The as-of time in the zone of the round: ``9 July 2007, 02:00 (Europe/Brussels)``."""
    local = frame.snapshot.as_of.astimezone(frame.zone)
    return f"{local.day} {local:%B %Y, %H:%M} ({frame.round.time_zone})"


def new_sheet(
    book: Book,
    frame: Frame,
    name: str,
    columns: Sequence[Column],
    *,
    head_rows: int,
    repeated: tuple[int, int],
    frozen_columns: int = 0,
    scale: int | None = None,
) -> Sheet:
    """A sheet of the workbook with its page set: the table's head is repeated on every page."""
    notice = f"{frame.round.notice}  " if frame.round.notice else ""
    page = Page(
        frozen_columns=frozen_columns,
        frozen_rows=head_rows,
        repeated_rows=repeated,
        repeated_columns=frozen_columns,
        scale=scale,
        header=notice,
        footer=f"{frame.round.title}, as of {moment_words(frame)}",
        tab_colour=ACCENT_TAB,
    )
    return book.sheet(name, columns, page)


def head_rows(frame: Frame, legends: int = 1) -> int:
    """How many rows ``write_head`` takes, so that panes can be frozen below the table's head."""
    return 2 + bool(frame.round.notice) + legends


def write_head(
    sheet: Sheet, frame: Frame, title: str, width: int, legends: Sequence[str] = ()
) -> None:
    """Title, round with its as-of time, the notice if there is one, and lines of legend."""
    whole = [(1, width)]
    sheet.append([title], look=Look.TITLE, merge=whole)
    about = f"{frame.round.survey_title} – {frame.round.title}  ·  as of {moment_words(frame)}"
    sheet.append([about], look=Look.META, merge=whole)
    if frame.round.notice:
        sheet.append([Styled(f"Notice: {frame.round.notice}")], look=Look.NOTICE, merge=whole)
    for legend in legends or (f"Signs: {mark_legend()}",):
        sheet.append([legend], look=Look.LEGEND, merge=whole)
