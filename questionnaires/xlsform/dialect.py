"""What the words of an XLSForm mean, as pyxform knows them; the only module that asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pyxform import aliases
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.survey import Survey
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT
from pyxform.xls2xform import convert

from questionnaires.models import QuestionType
from questionnaires.xlsform.layout import PREFIX

_KEYS: Mapping[tuple[str, ...], str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "readonly"): "readonly",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("media", "image"): "image",
    ("list name",): "list_name",
    ("title",): "form_title",
    ("id_string",): "form_id",
}
"""The keys of a definition for what pyxform makes of headings."""

_SELECTS = {
    "select one": QuestionType.SELECT_ONE,
    "select all that apply": QuestionType.SELECT_MULTIPLE,
    "rank": QuestionType.RANK,
}
_CONTROLS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.REPEAT})

Control = Literal["begin group", "begin repeat", "end group", "end repeat"]
_BEGINS: Mapping[str, Control] = {"group": "begin group", "repeat": "begin repeat"}
_ENDS: Mapping[str, Control] = {"group": "end group", "repeat": "end repeat"}

SheetName = Literal["survey", "choices", "settings"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a cell of the column «type» says."""

    type: QuestionType | None = None
    list_name: str | None = None
    with_other: bool = False
    """Whether «or other» follows the list."""
    control: Control | None = None
    known: bool = False
    """Whether XLSForm has a type of that name, even though we don't."""


def heading(words: str, sheet: SheetName, *, double_colon: bool) -> tuple[str, str, bool]:
    """What a column holds: the key, what follows it (a language), and whether it is ours.

    ``double_colon`` says whether any heading of the sheet has ``::`` in it; without, a single one
    sets apart.
    """
    name, tokens = process_header(
        header=words,
        use_double_colon=double_colon,
        header_aliases=_aliases(sheet),
        header_columns=_columns(sheet),
    )
    found = tuple(str(token) for token in tokens)
    if found[0].casefold() == PREFIX and len(found) > 1:
        return found[1], "::".join(found[2:]), True
    for length in (2, 1):
        if found[:length] in _KEYS:
            return _KEYS[found[:length]], "::".join(found[length:]), False
    key = found[0] if len(found) > 1 else str(name)
    return key, "::".join(found[1:]), False


def _aliases(sheet: SheetName) -> dict[str, object]:
    return {
        "survey": dict(aliases.survey_header),
        "choices": dict(aliases.list_header),
        "settings": dict(aliases.settings_header),
    }[sheet]


def _columns(sheet: SheetName) -> set[str]:
    holder = {"survey": MultipleChoiceQuestion, "choices": Option, "settings": Survey}[sheet]
    return {str(name) for name in holder.get_slot_names()}


def spoken(words: str) -> Spoken:
    """What a type means, whichever of its names is used: ``select one from colours or other``."""
    text = " ".join(words.split())
    lower = text.lower()
    if found := RE_BEGIN_CONTROL.search(lower):
        return Spoken(control=_BEGINS.get(aliases.control[found["type"]]), known=True)
    if found := RE_END_CONTROL.search(lower):
        return Spoken(control=_ENDS.get(aliases.control[found["type"]]), known=True)
    if found := RE_SELECT.search(text):
        kind = _SELECTS.get(aliases.select[found["select_command"]])
        if found["select_command"] in aliases.select_from_file:
            kind = None
        return Spoken(kind, str(found["list_name"]), found["specify_other"] is not None, known=True)
    return Spoken(_plain_type(text), known=text in QUESTION_TYPE_DICT or lower in _NO_QUESTIONS)


_NO_QUESTIONS = frozenset({"osm", "entity", "cascading_select", "simserial", "imei"})


_OLD_NAMES = {"trigger": "acknowledge"}


def _plain_type(text: str) -> QuestionType | None:
    for given in (text, text.lower()):
        own = next((each for each in QuestionType if str(each) == given), None)
        if own is not None and own not in _CONTROLS:
            return own
        meaning = QUESTION_TYPE_DICT.get(_OLD_NAMES.get(given, given))
        if meaning is None:
            continue
        for each in QuestionType:
            if each not in _CONTROLS and QUESTION_TYPE_DICT.get(str(each)) == meaning:
                return each
    return None


def truth(words: str) -> bool | None:
    """What a word for yes or no means; ``None`` for any other."""
    found = aliases.yes_no.get(words.strip())
    return None if found is None else bool(found)


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet as pyxform takes it: headings, and rows by heading, blank ones too."""

    heads: Sequence[str]
    rows: Sequence[Mapping[str, str]]


def verdict(sheets: Mapping[str, Written]) -> tuple[tuple[str, ...], str]:
    """What pyxform says when it converts a form: its warnings, and why it refuses it, if it does.

    ``sheets`` are survey, choices and settings.
    """
    warnings: list[str] = []
    given: dict[str, object] = {"sheet_names": list(sheets)}
    for name, sheet in sheets.items():
        given[name] = [dict(row) for row in sheet.rows]
        given[f"{name}_header"] = [dict.fromkeys(sheet.heads)]
    try:
        convert(given, warnings=warnings)
    except PyXFormError as error:
        return tuple(warnings), str(error)
    return tuple(warnings), ""
