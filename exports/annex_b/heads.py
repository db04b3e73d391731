"""The head that every sheet opens with: title, round, notice and legend."""

from collections.abc import Sequence
from datetime import date, datetime

from exports.annex_b.frame import Frame
from exports.cell_text import closed
from exports.letter_widths import points_across, shortened
from exports.safe_openpyxl import Book, Sheet
from exports.sheet_content import Column, Look, Page
from exports.sheet_styles import setting_of
from questionnaires.deadlines import ends_a_day, last_day

ACCENT_TAB = "1F4E79"
_KEPT_CLEAR = 0.96
"""Of a line: letters come out a little wider in some programs."""


def moment_words(frame: Frame) -> str:
    """The as-of time in the zone of the round: ``9 July 2007, 02:00 (Europe/Brussels)``."""
    local = frame.snapshot.as_of.astimezone(frame.zone)
    return f"{local.day} {local:%B %Y, %H:%M} ({frame.round.time_zone})"


def day_words(frame: Frame, moment: datetime) -> str:
    """A day in the zone of the round: ``9 July 2007``."""
    return _date_words(moment.astimezone(frame.zone).date())


def deadline_words(frame: Frame, moment: datetime) -> str:
    """``at the end of 31 March 2027`` for a deadline at midnight, else day and time."""
    if ends_a_day(moment, frame.zone):
        return f"at the end of {_date_words(last_day(moment, frame.zone))}"
    return f"{day_words(frame, moment)}, {moment.astimezone(frame.zone):%H:%M}"


def _date_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def new_sheet(
    book: Book,
    frame: Frame,
    name: str,
    columns: Sequence[Column],
    *,
    head_rows: int,
    repeated: tuple[int, int],
    frozen_columns: int = 0,
    by_hand: bool = False,
    shows_wholes: bool = False,
) -> Sheet:
    """A sheet of the workbook with its page set: the table's head is repeated on every page."""
    notice = f"{frame.round.notice}  " if frame.round.notice else ""
    page = Page(
        frozen_columns=frozen_columns,
        frozen_rows=head_rows,
        repeated_rows=repeated,
        repeated_columns=frozen_columns,
        by_hand=by_hand,
        header=notice,
        footer=frame.round.title,
        footer_end=f", as of {moment_words(frame)}",
        tab_colour=ACCENT_TAB,
        shows_wholes=shows_wholes,
    )
    return book.sheet(name, columns, page)


def head_rows(frame: Frame, *, legend: bool = True) -> int:
    """How many rows ``write_head`` takes, so that panes can be frozen below the table's head."""
    return 2 + bool(frame.round.notice) + legend


def write_head(sheet: Sheet, frame: Frame, title: str, width: int, legend: str = "") -> None:
    """Title, round with its as-of time, the notice if there is one, and a line of legend.

    These rows stay in sight while one scrolls, so that a title takes one line; the Cover has it
    whole.
    """
    whole = [(1, width)]
    sheet.append([_one_line(title, Look.TITLE, sheet.width)], look=Look.TITLE, merge=whole)
    as_of = f"  ·  as of {moment_words(frame)}"
    room = sheet.width - points_across(as_of, setting_of(Look.META))
    about = f"{frame.round.survey_title} – {frame.round.title}"
    about = _one_line(about, Look.META, room) + as_of
    sheet.append([about], look=Look.META, merge=whole)
    if frame.round.notice:
        sheet.append([f"Notice: {frame.round.notice}"], look=Look.NOTICE, merge=whole)
    if legend:
        sheet.append([legend], look=Look.LEGEND, merge=whole)


def _one_line(words: str, look: Look, points: float) -> str:
    line = shortened(" ".join(words.split()), setting_of(look), points * _KEPT_CLEAR)
    return closed(line)


def write_legends(sheet: Sheet, width: int, legends: Sequence[str]) -> None:
    """Lines of legend below a table whose head stays in sight and should be low."""
    sheet.append([], height=8, with_next=True)
    for place, legend in enumerate(legends, 1):
        further = place < len(legends)
        sheet.append([legend], look=Look.LEGEND, merge=[(1, width)], with_next=further)
