"""Answers that are put into words for people: ``${name}`` in a label."""

from collections.abc import Mapping

from questionnaires.lint.findings import Findings
from questionnaires.lint.texts import texts_of, worded
from questionnaires.models import Choice, Dimension, Frozen, Question, QuestionType, Settings
from questionnaires.references import PLACEHOLDER, named_in

_ONCE_ANSWERED = frozenset({"constraint_message", "required_message"})
"""They are read when all is answered, and may refer to anything."""


def check_answers_in_words(findings: Findings) -> None:
    """Refuse references to no answer, or to a later one; warn of braces that stay in the text."""
    position = {id(part.node): at for at, part in enumerate(findings.parts)}
    first: dict[str, int] = {}
    for part in findings.parts:
        is_asked = isinstance(part.node, Question) and part.node.type is not QuestionType.NOTE
        if is_asked and part.table is None and not part.in_panel:
            first.setdefault(part.node.name, position[id(part.node)])
    for node, place, _ in worded(findings):
        for key, text in texts_of(node):
            if not any("${" in words for words in text.values()):
                continue
            here = position.get(id(node), len(position))
            at_any_time = isinstance(node, Choice) or key in _ONCE_ANSWERED
            if not _stays(findings, node, place, key, text):
                until = len(position) + 1 if at_any_time else here
                _check_names(findings, node, place, key, text, first=first, until=until)


def _stays(findings: Findings, node: Frozen, place: str, key: str, text: Mapping[str, str]) -> bool:
    """Whether braces stay: nothing is put into the words, or they hold no name."""
    unread = any("${" in PLACEHOLDER.sub("", words) for words in text.values())
    if not unread and not isinstance(node, Settings | Dimension):
        return False
    why = "they hold no name of a question" if unread else "no answer is put into this text"
    findings.add(
        "idle-placeholder",
        f"«{key}» has ${{…}}, and {why}: people will see the braces.",
        "Write ${name} of a question into labels and hints of questions alone.",
        at=node,
        key=key,
        place=place,
    )
    return True


def _check_names(
    findings: Findings,
    node: Frozen,
    place: str,
    key: str,
    text: Mapping[str, str],
    *,
    first: Mapping[str, int],
    until: int,
) -> None:
    for name in sorted(set(named_in(text))):
        if name not in first:
            findings.add(
                "unknown-reference",
                f"«{key}» refers to ${{{name}}}, and there is no such question with an answer.",
                findings.nearest(name, first, "Use the name of a question of the form."),
                at=node,
                key=key,
                place=place,
            )
        elif first[name] >= until:
            findings.add(
                "forward-reference",
                f"«{key}» refers to ${{{name}}}, which is not answered when it is read.",
                "Move that question up, or say it without the answer.",
                at=node,
                key=key,
                place=place,
            )
