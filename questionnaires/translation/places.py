"""Where a text stands in the form, in words for people who know no names."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from questionnaires.models import Choice, Definition, Dimension, Frozen, Group, Question, Settings

_KEYS: Mapping[str, str] = {
    "form_title": "title of the questionnaire",
    "introduction": "introduction on the start page",
    "notes": "notes on this version",
    "label": "question",
    "short_label": "short form for tables and lists",
    "hint": "hint below it",
    "guidance_hint": "guidance that can be opened below it",
    "required_message": "message where there is no answer",
    "constraint_message": "message where the answer is refused",
}
_HEADINGS: Mapping[str, str] = {"label": "heading", "short_label": "short heading"}
_SHOWN = 60
_MOST_LISTED = 4


class Places:
    """The places of a definition's texts; made once, asked for each."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._around: dict[int, tuple[str, ...]] = {}
        self._columns: set[int] = set()
        self._users: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for section in definition.survey:
            self._note(section, (), code="")
        if definition.panel is not None:
            self._note(definition.panel, (), code="")

    def of(self, text_id: str, key: str, owner: Frozen) -> str:
        """Where a text stands, from the outside in: ``A. Traffic › A2 Which lines? › hint``."""
        return " › ".join((*self._path(text_id, owner), self._what(key, owner)))

    def _path(self, text_id: str, owner: Frozen) -> tuple[str, ...]:
        match owner:
            case Settings():
                return ("The questionnaire as a whole",)
            case Dimension():
                return (f"Column {owner.name} of the synthesis",)
            case Choice():
                return (self._options(text_id.split(".", 2)[1]),)
            case _:
                return self._around.get(id(owner), ())

    def _options(self, list_name: str) -> str:
        if used := self._users.get(list_name, {}):
            return f"Options of {_listed(used)}"
        is_band = list_name == self._definition.settings.band_list
        return "Groups of the synthesis" if is_band else "Options"

    def _what(self, key: str, owner: Frozen) -> str:
        match owner:
            case Choice():
                return "option"
            case Dimension() | Group():
                return _HEADINGS.get(key, _KEYS[key])
            case _ if id(owner) in self._columns and key == "label":
                return "heading of a column"
            case _:
                return _KEYS[key]

    def _note(self, node: Group | Question, above: tuple[str, ...], *, code: str) -> None:
        here = (*above, self._title(node))
        # A text does not say again what it is itself.
        self._around[id(node)] = (*above, node.code) if node.code else above or ("Section",)
        number = node.code or code
        match node:
            case Group():
                for child in node.children:
                    self._note(child, here, code=number)
            case Question():
                self._use(node, number)
                for column in node.columns:
                    self._around[id(column)] = here
                    self._columns.add(id(column))
                    self._use(column, number)

    def _use(self, question: Question, number: str) -> None:
        if question.list_name is not None:
            self._users[question.list_name][number or question.name] = None

    def _title(self, node: Group | Question) -> str:
        words = self._definition.words(node.label) or node.name
        title = f"{node.code} {words}" if node.code else words
        return title if len(title) <= _SHOWN else title[: _SHOWN - 1].rstrip() + "…"


def _listed(names: Mapping[str, None]) -> str:
    return ", ".join(_few(tuple(names)))


def _few(names: tuple[str, ...]) -> Iterator[str]:
    yield from names[:_MOST_LISTED]
    if len(names) > _MOST_LISTED:
        yield f"and {len(names) - _MOST_LISTED} more"
