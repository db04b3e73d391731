"""What ``appearance`` can ask for, and what the form makes of it."""

import re

from questionnaires.models import Group, Question, QuestionType

MULTILINE = "multiline"
MINIMAL = "minimal"
IN_A_ROW = frozenset({"likert", "horizontal", "horizontal-compact"})
IN_COLUMNS = frozenset({"compact", "columns", "columns-pack"})
OTHER_APP = "ex:"
"""How an appearance begins that calls another app on a telephone."""
_WORD = re.compile(rf"{OTHER_APP}[^\s(]+(?:\([^)]*\))?|\S+")
_NUMBERED_COLUMNS = re.compile(r"columns-[1-9]")

_CHOICES = IN_A_ROW | IN_COLUMNS | {MINIMAL}
_ACCEPTED = {
    QuestionType.TEXT: frozenset({MULTILINE}),
    QuestionType.SELECT_ONE: _CHOICES,
    QuestionType.SELECT_MULTIPLE: _CHOICES - {"likert"},
    QuestionType.RANGE: frozenset({"horizontal"}),
}
GROUPS = frozenset({"table-list", "field-list"})
"""A matrix; and questions on one page, as those of a section are anyhow."""


def accepted_by(node: Question | Group) -> frozenset[str]:
    """The appearances that change something for this node, or are true of it anyhow."""
    return GROUPS if isinstance(node, Group) else _ACCEPTED.get(node.type, frozenset())


def _words_of(node: Question | Group) -> list[str]:
    """The words of an appearance; the call of another app, with what it is given, is one."""
    return _WORD.findall(node.appearance or "")


def not_accepted(node: Question | Group) -> tuple[str, ...]:
    """The words of a node's appearance that nothing is made of, in order."""
    accepted = accepted_by(node)
    return tuple(
        word
        for word in _words_of(node)
        if word not in accepted
        and not ("columns" in accepted and _NUMBERED_COLUMNS.fullmatch(word))
    )


def has(node: Question | Group, appearance: str) -> bool:
    """Whether a node asks for an appearance."""
    return appearance in (node.appearance or "").split()


def layout_of(question: Question) -> str:
    """How options are laid out: in a ``row``, in ``columns``, or (empty) below each other."""
    words = set((question.appearance or "").split())
    if words & IN_A_ROW:
        return "row"
    if any(word in IN_COLUMNS or _NUMBERED_COLUMNS.fullmatch(word) for word in words):
        return "columns"
    # A list that folds away would hide which of several options are chosen.
    folds = MINIMAL in words and question.type is QuestionType.SELECT_MULTIPLE
    return "columns" if folds else ""
