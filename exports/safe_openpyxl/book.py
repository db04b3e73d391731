"""A workbook that is written once, from its first sheet to its last, and saved in a stream."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import BinaryIO, Self
from zoneinfo import ZoneInfo

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from exports.cell_text import visible
from exports.safe_openpyxl.archive import StillArchive
from exports.safe_openpyxl.page import set_page
from exports.safe_openpyxl.sheet import KeepWhole, Sheet
from exports.safe_openpyxl.streamed import StreamedWorkbook
from exports.sheet_content import Column, Escapes, Page
from exports.sheet_names import sheet_name
from exports.sheet_styles import column_units


class Book:
    """A workbook; use it as a context, so that its temporary files go whatever happens."""

    def __init__(self, *, title: str, as_of: datetime, zone: ZoneInfo) -> None:
        moment = as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        self._zone = zone
        self.workbook = StreamedWorkbook(
            DocumentProperties(
                creator="Rapporteur",
                lastModifiedBy="Rapporteur",
                title=visible(title),
                created=moment,
                modified=moment,
            )
        )
        self._sheets: list[Sheet] = []
        self.escapes = Escapes()
        """Where control characters were made visible."""
        self.keep_whole: KeepWhole | None = None
        """Without it, as in workbooks that are edited rather than read, a row may show the
        beginning of a text alone, and one that is longer than a cell is an error."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.workbook.discard()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return tuple(sheet.name for sheet in self._sheets)

    def local(self, moment: datetime) -> datetime:
        """A time in the zone of the book, without the zone, which Excel cannot hold."""
        return moment.astimezone(self._zone).replace(tzinfo=None, microsecond=0)

    def sheet(self, name: str, columns: Sequence[Column], page: Page) -> Sheet:
        """A new sheet after the others; its name is made acceptable and unique."""
        raw = self.workbook.add(sheet_name(name, self.names))
        for number, column in enumerate(columns, 1):
            letter = get_column_letter(number)
            raw.column_dimensions[letter].width = column_units(column.width)
        set_page(raw, page, columns)
        sheet = Sheet(self, raw, columns, page)
        self._sheets.append(sheet)
        return sheet

    def save(self, stream: BinaryIO) -> None:
        """Write the workbook; nothing can be added afterwards."""
        for sheet in self._sheets:
            sheet.close()
        ExcelWriter(self.workbook, StillArchive(stream)).save()
