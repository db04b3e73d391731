"""The settings of a form: of its sheet «settings», of our own, and what has to be made up."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from questionnaires.documents import Items, Mapped, Scalar
from questionnaires.models import Settings
from questionnaires.xlsform.cells import Cell, Row, Table
from questionnaires.xlsform.columns import Columns, Entries
from questionnaires.xlsform.languages import tag_of
from questionnaires.xlsform.layout import PREFIX
from questionnaires.xlsform.report import Report

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 64


class SettingsReader:
    """Reads them; knows the languages of the form before the other sheets are read."""

    def __init__(self, file: str, tables: Mapping[str, Table], report: Report) -> None:
        self._file = file
        self._tables = tables
        self._report = report
        self.declared = self._declared_languages()
        """The languages that our own sheet lists; none in a form of other tools."""
        self.default = ""
        """The language of texts whose heading names none, once the settings are read."""

    def _our_rows(self) -> Mapping[str, Row]:
        table = self._tables.get(PREFIX)
        rows = table.rows if table is not None else ()
        return {row.text("setting"): row for row in rows if row.text("setting")}

    def _declared_languages(self) -> tuple[str, ...]:
        row = self._our_rows().get("languages")
        words = row.text("value").split(",") if row is not None else []
        return tuple(word.strip() for word in words if word.strip())

    def read(self, used: list[str], *, plain: bool) -> Mapped:
        """The settings; ``used`` are the languages of headings, ``plain`` if one names none."""
        table = self._tables.get("settings", Table("settings"))
        columns = Columns(table, "settings", self.declared, self._report)
        row = table.rows[0] if table.rows else Row(0, {})
        entry = Entries(self._report.places.line("settings", row.number))
        self.default = self._default_language(columns, row, entry, used, plain=plain)
        rest = {
            column.head: cell
            for column, cell in columns.cells(row)
            if column.key != "default_language"
        }
        columns.read(Row(row.number, rest), Settings, entry, default=self.default)
        for further in table.rows[1:]:
            for column, cell in columns.cells(further):
                columns.drop(column, cell, "Settings are one row.", "Take the further rows out.")
        entry.put("default_language", Scalar(self.default, entry.lines["default_language"]))
        self._read_ours(entry)
        languages = self.declared or tuple(dict.fromkeys([self.default, *used]))
        if "languages" not in entry.entries:
            given = tuple(Scalar(language, entry.line) for language in languages)
            entry.put("languages", Items(given, entry.line))
        self._make_up(entry)
        return entry.tree()

    def _default_language(
        self, columns: Columns, row: Row, entry: Entries, used: list[str], *, plain: bool
    ) -> str:
        for column, cell in columns.cells(row):
            if column.key != "default_language":
                continue
            line = columns.line(cell, column.head)
            entry.put("default_language", Scalar(cell.text, line))
            tag = tag_of(cell.text.strip(), (*self.declared, *used))
            if tag is not None:
                return tag
            self._report.wrong(
                "unknown-language",
                f"«{cell.text.strip()}» is no language that is known by that name.",
                "Write it with its code, as in «French (fr)».",
                line,
            )
        entry.put("default_language", Scalar("", entry.line))
        if used and not plain:
            return used[0]
        if plain:
            self._report.odd(
                "language-assumed",
                "The form does not say which language its texts are in; English is assumed.",
                "Write «default_language» into the sheet «settings», such as «French (fr)».",
                entry.line,
            )
        return "en"

    def _read_ours(self, entry: Entries) -> None:
        table = self._tables.get(PREFIX)
        if table is None:
            return
        columns = Columns(table, "choices", self.declared, self._report)
        for row in table.rows:
            key = row.text("setting")
            cells: dict[str, Cell] = {}
            for column, cell in columns.cells(row):
                if column.key == "setting" and key in Settings.model_fields:
                    continue
                if column.key in ("value", "name", "text") and key in Settings.model_fields:
                    language = f"::{column.head.partition('::')[2]}" if column.key == "text" else ""
                    cells[f"{key}{language}"] = cell
                    continue
                columns.drop(column, cell)
            head = [Cell(head, row.number, cell.column) for head, cell in cells.items()]
            line = Columns(Table(PREFIX, tuple(head)), "settings", self.declared, self._report)
            line.read(Row(row.number, cells), Settings, entry, default=self.default)

    def _make_up(self, entry: Entries) -> None:
        """What other tools take from the file's name, or do without."""
        line = entry.line
        if "form_id" not in entry.entries:
            slug = _NO_SLUG.sub("-", PurePath(self._file).stem.lower()).strip("-") or "form"
            entry.put("form_id", Scalar(slug[:_LONGEST_SLUG], line))
            self._made_up("form_id", slug[:_LONGEST_SLUG], line)
        if "version" not in entry.entries:
            entry.put("version", Scalar("1", line))
            self._made_up("version", "1", line)
        if "form_title" not in entry.entries:
            title = entry.said("form_id")
            entry.put("form_title", Scalar(title, line))
            self._made_up("form_title", title, line)

    def _made_up(self, key: str, value: str, line: int) -> None:
        self._report.odd(
            "made-up",
            f"The form says no «{key}»; «{value}» is taken.",
            f"Write «{key}» into the sheet «settings».",
            line,
        )
