"""Words that are hard to answer to: too long, said twice, or two questions in one."""

import re
import textwrap
from collections.abc import Iterator, Mapping

from questionnaires.lint.findings import Findings, Part
from questionnaires.models import UNASKED, Group, Question, QuestionType

CHARACTERS_A_LINE = 42
LINES_A_SCREEN = 18
"""A telephone of 360 by 640 points at our type size, less the page's head and the field itself."""
LONG_HINT = 240
"""Characters up to which a hint may be longer than its label."""

_ONE_VALUE = frozenset(QuestionType) - UNASKED - {QuestionType.REPEAT, QuestionType.FILE}
_JOINS: Mapping[str, str] = {"en": "and|but", "fr": "et|mais", "es": "y|e|pero"}
_ASKS: Mapping[str, str] = {
    "en": "how|what|which|when|where|why|who|whom|whose|is|are|was|were|do|does|did|has|have|can"
    "|could|will|would|should",
    "fr": "comment|quel|quels|quelle|quelles|quand|où|pourquoi|qui|combien|est-ce|est-il|y a-t-il",
    "es": "cómo|qué|cuál|cuáles|cuándo|dónde|por qué|quién|quiénes|cuánto|cuántos",
}
_ASKS_AGAIN = {
    language: re.compile(rf"\s(?:{joins})\s(?:{_ASKS[language]})\b[^;:.]*\?", re.IGNORECASE)
    for language, joins in _JOINS.items()
}
"""«… and how …?»: a join between nouns is no second question, a join before a question word is.

«Which entity or which person?» leaves a choice, and is one question.
"""
_QUESTION_MARKS = re.compile("[?؟？]")


def check_wording(findings: Findings) -> None:
    """Warn of labels and hints that are too long, alike, or ask two things at once."""
    seen: dict[tuple[int, str], Part] = {}
    for part in findings.parts:
        _check_length(findings, part)
        if isinstance(part.node, Question):
            _check_hint(findings, part.node, part)
            _check_two_in_one(findings, part.node, part)
        _check_repeated(findings, part, seen)
    _check_options(findings)


def _lines(text: str) -> int:
    if len(text) <= CHARACTERS_A_LINE:
        return 1 if text else 0
    return sum(
        len(textwrap.wrap(line, CHARACTERS_A_LINE)) or 1 for line in text.rstrip().split("\n")
    )


def _check_length(findings: Findings, part: Part) -> None:
    node = part.node
    if isinstance(node, Question) and node.type is QuestionType.NOTE:
        return  # a note is there to be read
    for language, label in node.label.items():
        hint = node.hint.get(language, "")
        if len(label) + len(hint) <= LINES_A_SCREEN * CHARACTERS_A_LINE // 2:
            continue  # however it is broken into lines
        lines = _lines(label) + _lines(hint)
        if lines > LINES_A_SCREEN:
            findings.add(
                "long-label",
                f"Label and hint take {lines} lines of a telephone in «{language}»; a screen has "
                f"{LINES_A_SCREEN} of {CHARACTERS_A_LINE} characters.",
                "Ask in one sentence, and put the rest into «guidance_hint» or a note.",
                at=node,
                key="label",
                place=part.place,
            )
            return


def _check_hint(findings: Findings, question: Question, part: Part) -> None:
    for language, hint in question.hint.items():
        if len(hint) > LONG_HINT and len(hint) > len(question.label.get(language, "")):
            findings.add(
                "long-hint",
                f"The hint in «{language}» has {len(hint)} characters and is longer than its "
                "label; few will read it.",
                "Keep a sentence, and move the rest to «guidance_hint», which opens on demand.",
                at=question,
                key="hint",
                place=part.place,
            )
            return


def _check_two_in_one(findings: Findings, question: Question, part: Part) -> None:
    if question.type not in _ONE_VALUE:
        return
    for language, label in question.label.items():
        again = _ASKS_AGAIN.get(language.partition("-")[0])
        marks = len(_QUESTION_MARKS.findall(label))
        if marks > 1 or (marks and again is not None and again.search(label)):
            findings.add(
                "double-barrelled",
                f"The label in «{language}» asks two things, and there is one answer to give.",
                "Make two questions of it, or drop one half.",
                at=question,
                key="label",
                place=part.place,
            )
            return


def _check_repeated(findings: Findings, part: Part, seen: dict[tuple[int, str], Part]) -> None:
    """Within a group: the same word under two groups, such as «Year», is told apart by them."""
    node = part.node
    if isinstance(node, Group) and not part.above:
        return
    around = part.table if part.table is not None else _around(part)
    label = _plain(findings.definition.words(node.label))
    first = seen.setdefault((id(around), label), part) if label else part
    if first is not part and not _never_together(first, part):
        findings.add(
            "repeated-label",
            f"{node.name} has the same label as {first.node.name} beside it.",
            "Say in the label what makes them different.",
            at=node,
            key="label",
            place=part.place,
        )


def _around(part: Part) -> Group:
    """The nearest group that says something; the others only hold questions together."""
    spoken = (group for group in reversed(part.above) if group.label)
    return next(spoken, part.above[0])


def _never_together(one: Part, other: Part) -> bool:
    """Whether each has a condition of its own, so that mostly one of them is asked."""
    return one.node.relevant is not None and other.node.relevant is not None


def _check_options(findings: Findings) -> None:
    for name, choices in findings.definition.choices.items():
        seen: dict[str, str] = {}
        for choice in choices:
            label = _plain(findings.definition.words(choice.label))
            first = seen.setdefault(_key(label, choice.columns), choice.name) if label else ""
            if first and first != choice.name:
                findings.add(
                    "repeated-option",
                    f"The options «{first}» and «{choice.name}» read the same.",
                    "Say what makes them different, or keep one of them.",
                    at=choice,
                    key="label",
                    place=f"choices/{name}/{choice.name}",
                )


def _key(label: str, columns: Mapping[str, str]) -> str:
    """Options of one name under different parents, such as two towns Victoria, are different."""
    return "\x1f".join((label, *_pairs(columns)))


def _pairs(columns: Mapping[str, str]) -> Iterator[str]:
    return (f"{key}={columns[key]}" for key in sorted(columns))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(" .:?!؟")
