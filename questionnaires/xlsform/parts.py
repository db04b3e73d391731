"""The XML of an .xlsx's parts, element by element, and the letters in it."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from xml.parsers.expat import ExpatError, ParserCreate

from questionnaires.xlsform.archive import Archive, damaged
from questionnaires.xlsform.cells import FileRefused, check_length, refused

Attributes = Mapping[str, str]

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)


class Walk:
    """Goes through the elements of a part by their local names. A part with a DTD is refused."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.text: Callable[[str], None] = lambda _text: None

    def run(self) -> None:
        """Read the part to its end."""
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


class Text:
    """The letters of a cell: of every run, but not of the reading aids beside them."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._open = False
        self._aside = False
        self._length = 0

    def watch(self, walk: Walk) -> None:
        """Gather letters on a walk."""
        walk.starts |= {"t": self._begin, "rPh": self._step_aside}
        walk.ends |= {"t": self._end, "rPh": self._step_back}
        walk.text = self._add

    def taken(self) -> str:
        """The letters since the last call."""
        text = "".join(decoded(run) for run in self._runs)
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


def decoded(text: str) -> str:
    """Letters as they are shown: Excel writes those that XML cannot hold as ``_x000B_``."""
    return _CODED.sub(_sign, text)


def whole(text: str | None, otherwise: int = 0) -> int:
    """A number of an attribute."""
    with suppress(ValueError):
        return int(text or "")
    return otherwise


def _sign(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)
