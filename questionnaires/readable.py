"""A tree as pydantic takes it, and what pydantic refuses as people read it."""

from collections.abc import Mapping

from pydantic import AfterValidator

from questionnaires.documents import Items, Mapped, Scalar, Tree
from questionnaires.models import Frozen

MAX_SHOWN = 60
"""Characters of a refused value that a message repeats."""

Plain = str | list["Plain"] | dict[str, "Plain"]

MENDS: Mapping[str, str] = {
    "required": "Write true or false.",
    "core": "Write true or false.",
    "personal": "Write true or false.",
    "readonly": "Write true or false.",
    "exclusive": "Write true or false.",
    "max_rows": "Write a whole number.",
    "min_rows": "Write a whole number.",
    "replaces": "Write a list of names, such as «replaces: [old_name]».",
    "partial_share": "Write a share between 0 and 1, such as 0.5.",
    "version": "Use letters, digits, points and hyphens, such as 2007.",
    "form_id": "Use lower-case letters, digits and hyphens, such as rcp-migration-development.",
    "label": "Write text, or a mapping of language tags to text.",
    "hint": "Write text, or a mapping of language tags to text.",
    "trigger": "Write one ${name}, of the question whose change counts.",
    "columns": "Write a mapping of column names to text.",
    "parameters": "Write a name and a value for each, such as «top» and «3».",
}


def is_text(model: type[Frozen], key: str) -> bool:
    """Whether a field holds words for people, by language."""
    return any(isinstance(part, AfterValidator) for part in model.model_fields[key].metadata)


def plain(tree: Tree) -> Plain:
    """A tree as texts, lists and mappings."""
    match tree:
        case Scalar():
            return tree.text or ""
        case Items():
            return [plain(part) for part in tree.items]
        case Mapped():
            return {key: plain(part) for key, part in tree.entries.items()}


def is_empty(tree: Tree) -> bool:
    """Whether a key stands there without a value."""
    return isinstance(tree, Scalar) and tree.text is None


def said(tree: Tree, key: str) -> str:
    """The text under a key; a question mark when there is none."""
    part = tree.entries.get(key) if isinstance(tree, Mapped) else None
    return part.text if isinstance(part, Scalar) and part.text is not None else "?"


def short(given: object) -> str:
    """A refused value as a message repeats it."""
    text = str(given)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


_REASONS: Mapping[str, str] = {
    "bool_parsing": "it is neither true nor false",
    "float_parsing": "it is no number",
    "greater_than_equal": "it is too small",
    "int_parsing": "it is no whole number",
    "less_than_equal": "it is too large",
    "string_pattern_mismatch": "it has signs that it cannot have, or is too long",
    "string_type": "it is a list or a mapping, and should be text",
}
_SHAPES: Mapping[str, str] = {
    "dict_type": "a mapping is needed",
    "mapping_type": "a mapping is needed",
    "tuple_type": "a list is needed",
}


def reason(fault: str) -> str:
    """Why pydantic refused a value, by its name for the fault, as part of a sentence."""
    return _REASONS.get(fault) or _SHAPES.get(fault, "it is something else than is needed here")
