"""Cells from an .xlsx file: what is stored in them is read, and nothing is worked out."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from xml.parsers.expat import ExpatError, ParserCreate

from questionnaires.problems import Problem
from questionnaires.readable import short
from questionnaires.xlsform.archive import Archive, damaged, resolved
from questionnaires.xlsform.cells import (
    Allowance,
    FileRefused,
    Gathering,
    Sheet,
    Sheets,
    check_length,
    place_of,
    refused,
    warned,
)
from questionnaires.xlsform.numbers import day_of, plain_number

MAX_SHEETS = 64
_MOST_TOLD = 50
"""Cells of one kind of oddity that are told of one by one."""
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Of the number formats that are built in."""
_NOT_A_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_CODE = re.compile("[dmyhs]", re.IGNORECASE)
_SURROGATES = range(0xD800, 0xE000)

Attributes = Mapping[str, str]


def read_workbook(content: bytes) -> Sheets:
    """The sheets of an .xlsx; ``FileRefused`` when it is none, or not one for us to open."""
    with Archive(content) as archive:
        return _Workbook(archive).read()


class _Walk:
    """Goes through the elements of a part by their local names. A part with a DTD is refused."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: Callable[[str], None] = lambda _text: None

    def run(self) -> None:
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.EntityDeclHandler = self._refuse_dtd
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        try:
            for block in self._archive.blocks(self._name):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except ExpatError as error:
            raise damaged(self._name) from error

    def _start(self, name: str, attributes: Attributes) -> None:
        found = self.starts.get(name.rpartition(" ")[2])
        if found is not None:
            found({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        found = self.ends.get(name.rpartition(" ")[2])
        if found is not None:
            found()

    def _refuse_dtd(self, *_declared: object) -> None:
        raise FileRefused(
            refused(
                "xml-entities",
                f"The part {self._name} declares XML entities, as no spreadsheet program does.",
                "Open the file in a spreadsheet program and save it as an Excel workbook (.xlsx).",
            )
        )


class _Workbook:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.problems: list[Problem] = []
        self.strings: list[str] = []
        self.dates: set[int] = set()
        """The styles that show a number as a date."""
        self.since_1904 = False
        self.allowance = Allowance()

    def read(self) -> Sheets:
        main = next(self._related("", "officeDocument"), "xl/workbook.xml")
        for part in self._related(main, "sharedStrings"):
            self._read_strings(part)
        for part in self._related(main, "styles"):
            self._read_styles(part)
        sheets = [self._read_sheet(*found) for found in self._sheets(main)]
        return Sheets(tuple(sheets), tuple(self.problems))

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

        walk = _Walk(self._archive, path)
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
                self.since_1904 = True

        walk = _Walk(self._archive, main)
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
        moreof = _Text()

        def end() -> None:
            self.strings.append(moreof.taken())

        walk = _Walk(self._archive, part)
        moreof.watch(walk)
        walk.ends["si"] = end
        walk.run()

    def _read_styles(self, part: str) -> None:
        own: dict[int, str] = {}
        formats: list[int] = []
        inside = [False]

        def number_format(attributes: Attributes) -> None:
            own[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

        def style(attributes: Attributes) -> None:
            if inside[0]:
                formats.append(_whole(attributes.get("numFmtId")))

        def begin(_attributes: Attributes) -> None:
            inside[0] = True

        def end() -> None:
            inside[0] = False

        walk = _Walk(self._archive, part)
        walk.starts = {"numFmt": number_format, "xf": style, "cellXfs": begin}
        walk.ends = {"cellXfs": end}
        walk.run()
        self.dates = {
            number
            for number, chosen in enumerate(formats)
            if (_shows_date(own[chosen]) if chosen in own else chosen in _DATE_FORMATS)
        }

    def _read_sheet(self, name: str, part: str, hidden: bool) -> Sheet:  # noqa: FBT001
        reader = _SheetReader(self, name, hidden=hidden)
        walk = _Walk(self._archive, part)
        reader.watch(walk)
        walk.run()
        return reader.sheet()


class _Text:
    """The letters of a cell: of every run, but not of the reading aids beside them."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._open = False
        self._aside = False
        self._length = 0

    def watch(self, walk: _Walk) -> None:
        walk.starts |= {"t": self._begin, "rPh": self._step_aside}
        walk.ends |= {"t": self._end, "rPh": self._step_back}
        walk.text = self._add

    def taken(self) -> str:
        text = "".join(_CODED.sub(_decoded, run) for run in self._runs)
        self._runs = []
        self._length = 0
        return text

    def _begin(self, _attributes: Attributes) -> None:
        self._open = not self._aside
        if self._open:
            self._runs.append("")

    def _end(self) -> None:
        self._open = False

    def _step_aside(self, _attributes: Attributes) -> None:
        self._aside = True

    def _step_back(self) -> None:
        self._aside = False

    def _add(self, text: str) -> None:
        if self._open:
            self._length += len(text)
            check_length(self._length, "")
            self._runs[-1] += text


class _SheetReader:
    """Gathers the cells of one sheet and tells what is odd about them."""

    def __init__(self, book: _Workbook, name: str, *, hidden: bool) -> None:
        self._book = book
        self._gathering = Gathering(name, book.allowance, hidden=hidden)
        self._name = name
        self._told: dict[str, int] = {}
        self._row = 0
        self._column = 0
        self._type = "n"
        self._style = 0
        self._formula = False
        self._value = ""
        self._in_value = False
        self._inline = _Text()

    def watch(self, walk: _Walk) -> None:
        self._inline.watch(walk)
        add = walk.text

        def text(more: str) -> None:
            if self._in_value:
                check_length(len(self._value) + len(more), self._place())
                self._value += more
            else:
                add(more)

        walk.text = text
        walk.starts |= {
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._begin_value,
            "f": self._note_formula,
            "mergeCell": self._merged,
        }
        walk.ends |= {"c": self._end_cell, "v": self._end_value, "row": self._gathering.end_row}

    def sheet(self) -> Sheet:
        return self._gathering.sheet()

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = _whole(attributes.get("r")) or self._row + 1
        self._column = 0

    def _begin_cell(self, attributes: Attributes) -> None:
        self._column += 1
        if found := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._column = _number_of(found[1])
        self._type = attributes.get("t", "n")
        self._style = _whole(attributes.get("s"))
        self._formula = False
        self._value = ""

    def _begin_value(self, _attributes: Attributes) -> None:
        self._in_value = True

    def _end_value(self) -> None:
        self._in_value = False

    def _note_formula(self, _attributes: Attributes) -> None:
        self._formula = True

    def _end_cell(self) -> None:
        text = self._said(self._value)
        self._gathering.add(text, self._row, self._column)
        if self._formula:
            self._tell_formula(text)

    def _said(self, value: str) -> str:
        match self._type:
            case "s":
                number = _whole(value, -1)
                strings = self._book.strings
                return strings[number] if 0 <= number < len(strings) else ""
            case "inlineStr":
                return self._inline.taken()
            case "str":
                return _CODED.sub(_decoded, value)
            case "b":
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "e":
                self._tell(
                    "error-in-cell",
                    f"The cell shows the error {value} instead of a value.",
                    "Type in what should stand there.",
                )
                return value
            case _:
                return self._number(value)

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style not in self._book.dates:
            return plain_number(number)
        shown, problem = day_of(number, since_1904=self._book.since_1904, place=self._place())
        if problem is not None:
            self._note(problem)
        return shown

    def _tell_formula(self, text: str) -> None:
        if text:
            self._tell(
                "formula",
                f"The cell holds a formula; its stored value «{short(text)}» is used.",
                "Copy the cell and paste it as a value.",
            )
            return
        self._book.problems.append(
            refused(
                "formula-without-value",
                "The cell holds a formula without a stored value, and formulas are not worked out.",
                "Open the file in a spreadsheet program, and paste the cell as a value.",
                self._place(),
            )
        )

    def _merged(self, attributes: Attributes) -> None:
        where = attributes.get("ref", "")
        first = _REFERENCE.match(where)
        self._tell(
            "merged-cells",
            f"The cells {where} are merged; what they say counts for the first of them alone.",
            "Take the merging out, and write the text into each cell that it is meant for.",
            place_of(self._name, int(first[2]), _number_of(first[1])) if first else self._name,
        )

    def _tell(self, code: str, message: str, mend: str, place: str = "") -> None:
        self._note(warned(code, message, mend, place or self._place()))

    def _note(self, problem: Problem) -> None:
        self._told[problem.code] = self._told.get(problem.code, 0) + 1
        if self._told[problem.code] < _MOST_TOLD:
            self._book.problems.append(problem)
        elif self._told[problem.code] == _MOST_TOLD:
            more = f"{problem.message} More cells of the sheet are like this one."
            self._book.problems.append(problem.model_copy(update={"message": more}))

    def _place(self) -> str:
        return place_of(self._name, self._row, self._column)


def _decoded(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)


def _whole(text: str | None, otherwise: int = 0) -> int:
    with suppress(ValueError):
        return int(text or "")
    return otherwise


def _number_of(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shows_date(code: str) -> bool:
    return _DATE_CODE.search(_NOT_A_CODE.sub("", code)) is not None
