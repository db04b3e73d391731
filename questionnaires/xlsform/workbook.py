"""Cells from an .xlsx file: what is stored in them is read, and nothing is worked out."""

import re
from collections.abc import Iterator

from questionnaires.xlsform.archive import Archive, damaged, resolved
from questionnaires.xlsform.cells import FileRefused, Sheet, Sheets, refused
from questionnaires.xlsform.parts import Attributes, Text, Walk, whole
from questionnaires.xlsform.worksheet import SheetReader, Surroundings

MAX_SHEETS = 64
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Of the number formats that are built in."""
_NOT_A_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_CODE = re.compile("[dmyhs]", re.IGNORECASE)


def read_workbook(content: bytes) -> Sheets:
    """The sheets of an .xlsx; ``FileRefused`` when it is none, or not one for us to open."""
    with Archive(content) as archive:
        return _Workbook(archive).read()


class _Workbook:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._shared = Surroundings()

    def read(self) -> Sheets:
        main = next(self._related("", "officeDocument"), "xl/workbook.xml")
        for part in self._related(main, "sharedStrings"):
            self._read_strings(part)
        for part in self._related(main, "styles"):
            self._read_styles(part)
        sheets = [self._read_sheet(*found) for found in self._sheets(main)]
        return Sheets(tuple(sheets), tuple(self._shared.problems))

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}
        if path not in self._archive:
            return found

        def relation(attributes: Attributes) -> None:
            if attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = kind, resolved(part, attributes.get("Target", ""))

        walk = Walk(self._archive, path)
        walk.starts["Relationship"] = relation
        walk.run()
        return found

    def _related(self, part: str, kind: str) -> Iterator[str]:
        for each, target in self._relations(part).values():
            if each == kind:
                yield target

    def _sheets(self, main: str) -> list[tuple[str, str, bool]]:
        relations = self._relations(main)
        found: list[tuple[str, str, bool]] = []

        def sheet(attributes: Attributes) -> None:
            kind, part = relations.get(attributes.get("id", ""), ("", ""))
            if not kind:
                raise damaged(main)
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                found.append((attributes.get("name", ""), part, hidden))

        def properties(attributes: Attributes) -> None:
            if attributes.get("date1904") in ("1", "true"):
                self._shared.since_1904 = True

        walk = Walk(self._archive, main)
        walk.starts = {"sheet": sheet, "workbookPr": properties}
        walk.run()
        if not found:
            raise damaged(main)
        if len(found) > MAX_SHEETS:
            raise FileRefused(
                refused(
                    "too-many-sheets",
                    f"The workbook has {len(found)} sheets; at most {MAX_SHEETS} are read.",
                    "Save the form alone in a new workbook.",
                )
            )
        return found

    def _read_strings(self, part: str) -> None:
        moreof = Text()

        def end() -> None:
            self._shared.strings.append(moreof.taken())

        walk = Walk(self._archive, part)
        moreof.watch(walk)
        walk.ends["si"] = end
        walk.run()

    def _read_styles(self, part: str) -> None:
        own: dict[int, str] = {}
        formats: list[int] = []
        inside = [False]

        def number_format(attributes: Attributes) -> None:
            own[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

        def style(attributes: Attributes) -> None:
            if inside[0]:
                formats.append(whole(attributes.get("numFmtId")))

        def begin(_attributes: Attributes) -> None:
            inside[0] = True

        def end() -> None:
            inside[0] = False

        walk = Walk(self._archive, part)
        walk.starts = {"numFmt": number_format, "xf": style, "cellXfs": begin}
        walk.ends = {"cellXfs": end}
        walk.run()
        self._shared.dates = {
            number
            for number, chosen in enumerate(formats)
            if (_shows_date(own[chosen]) if chosen in own else chosen in _DATE_FORMATS)
        }

    def _read_sheet(self, name: str, part: str, hidden: bool) -> Sheet:  # noqa: FBT001
        reader = SheetReader(self._shared, name, hidden=hidden)
        walk = Walk(self._archive, part)
        reader.watch(walk)
        walk.run()
        return reader.sheet()


def _shows_date(code: str) -> bool:
    return _DATE_CODE.search(_NOT_A_CODE.sub("", code)) is not None
