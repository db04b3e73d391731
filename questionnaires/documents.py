"""YAML read as plain text, lists and mappings that remember their lines, and nothing else of YAML.

Every scalar is text: ``no`` stays «no» and 2007 stays «2007»; the models say what is a number or a
yes. Anchors, aliases and tags are refused, so a small file cannot grow into a large one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.reader import Reader

from questionnaires.problems import Problem

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text; ``None`` for a key without a value, ``~`` or ``null``."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Tree", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with the line of each key."""

    entries: dict[str, "Tree"] = field(hash=False)
    key_lines: dict[str, int] = field(hash=False)
    line: int

    def line_of(self, key: str) -> int:
        """The line of a key, else that of the mapping itself."""
        return self.key_lines.get(key, self.line)


Tree = Scalar | Items | Mapped


Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]

FAST: Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""libyaml's parser is some ten times as fast; PyYAML's own is there where libyaml is not."""


def read_tree(text: str, *, loader: Loader = FAST) -> tuple[Tree | None, list[Problem]]:
    """Read YAML. Without a tree there is at least one problem; a tree may come with problems."""
    if len(text) > MAX_CHARACTERS:
        problem = Problem(
            code="too-large",
            message=f"The file has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.",
            mend="Split the questionnaire, or move long texts into attached documents.",
        )
        return None, [problem]
    reader = _Reader()
    try:
        tree = reader.read(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        return None, [*reader.problems, _not_yaml(error, text)]
    if tree is None and not reader.problems:
        reader.problems.append(
            Problem(
                code="empty-file",
                message="The file has no content.",
                mend="Start with «settings:» and «survey:».",
                line=1,
            )
        )
    return tree, reader.problems


def _not_yaml(error: yaml.YAMLError, text: str) -> Problem:
    line = None
    reason = str(error)
    if isinstance(error, yaml.MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        reason = error.problem or "it breaks off"
    elif odd := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        reason = f"it holds the character U+{ord(odd[0]):04X}, which nobody can see"
    return Problem(
        code="not-yaml",
        message=f"The file is not valid YAML from here on: {reason}.",
        mend="Check the indentation, and put text that contains «: » or « #» in quotes.",
        line=line,
    )


class _Reader:
    """Builds the tree from the parser's events."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._depth = 0

    def read(self, events: Iterator[yaml.Event]) -> Tree | None:
        tree: Tree | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event,
                        "several-documents",
                        "The file holds more than one YAML document.",
                        "Keep one document, without «---» lines between parts.",
                    )
                    break
            elif isinstance(event, yaml.NodeEvent):
                tree = self._node(event, events)
        return tree

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Tree:
        self._check(event)
        line = _line(event)
        match event:
            case yaml.ScalarEvent():
                plain = not event.style  # libyaml says '' where PyYAML says None
                empty = plain and event.value in ("", "~", "null")
                return Scalar(None if empty else str(event.value), line)
            case yaml.SequenceStartEvent():
                with_end = self._children(event, events)
                return Items(tuple(self._node(child, events) for child in with_end), line)
            case yaml.MappingStartEvent():
                return self._mapping(event, events)
            case _:
                return Scalar(None, line)

    def _children(self, start: yaml.Event, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            mark = yaml.Mark("", 0, _line(start) - 1, 0, None, 0)
            raise yaml.MarkedYAMLError(
                problem=f"it nests more than {MAX_DEPTH} levels", problem_mark=mark
            )
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._depth -= 1
                return
            yield event

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event]) -> Mapped:
        entries: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for key_event in self._children(start, events):
            key = self._node(key_event, events)
            value = self._node(next(events), events)
            if not isinstance(key, Scalar) or key.text is None:
                self._refuse(
                    key_event, "bad-key", "A key is not a word.", "Write a word before the colon."
                )
            elif key.text in entries:
                self._refuse(
                    key_event,
                    "duplicate-key",
                    f"The key «{key.text}» stands twice; it first stands in line "
                    f"{lines[key.text]}.",
                    "Keep one of them.",
                )
            else:
                entries[key.text] = value
                lines[key.text] = key.line
        return Mapped(entries, lines, _line(start))

    def _check(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                "alias",
                f"«*{event.anchor}» is an alias, which definitions don't use.",
                "Write the content out here.",
            )
            return
        if getattr(event, "anchor", None) is not None:
            self._refuse(
                event,
                "alias",
                "There is an anchor (&), which definitions don't use.",
                "Take the anchor out and write repeated content out.",
            )
        if getattr(event, "tag", None) is not None:
            self._refuse(
                event,
                "tag",
                "There is a tag (!), which definitions don't use.",
                "Take it out; put text that starts with an exclamation mark in quotes.",
            )

    def _refuse(self, event: yaml.Event, code: str, message: str, mend: str) -> None:
        self.problems.append(Problem(code=code, message=message, mend=mend, line=_line(event)))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1
