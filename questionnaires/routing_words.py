"""When a question is asked and what its answer may be, in words, from its expressions."""

from collections.abc import Callable
from dataclasses import dataclass

from elementpath import XPathToken

from questionnaires.condition_words import condition
from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.models import Definition, Group, Question
from questionnaires.operand_words import Speaker, Unsayable, references_in
from questionnaires.phrases import Phrase, listed, phrase

Node = Question | Group


@dataclass(frozen=True, slots=True)
class InWords:
    """An expression in words, with labels in a language of the form and our words in English."""

    phrase: Phrase
    expression: str
    said: bool
    """False when there are no words for it, and only what it depends on is told."""


def asked_if(definition: Definition, node: Node, language: str) -> InWords | None:
    """When a question or group is asked: ``Asked if C3 is «ad hoc»``; ``None`` if always.

    The conditions of the groups around it are theirs to tell.
    """
    if node.relevant is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        if root.symbol in ("true", "false"):
            return phrase("Always asked" if root.symbol == "true" else "Never asked")
        word, holds = ("unless", False) if _is_denial(root) else ("if", True)
        return phrase(f"Asked {word} ", condition(speaker, root, holds=holds))

    return _worded(definition, node, node.relevant, language, say=say, otherwise="Asked")


def allowed_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """What an answer must fulfil: ``Accepted if the answer is at most today``; ``None``: all."""
    if question.constraint is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        return phrase("Accepted if ", condition(speaker, root))

    return _worded(
        definition, question, question.constraint, language, say=say, otherwise="Checked"
    )


def offered_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """Which options are offered: ``Only options that are chosen in A5``; ``None``: all."""
    if question.choice_filter is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        of = root[0] if root.symbol == "selected" else None
        if of is not None and root[1].symbol == "(name)" and root[1].value == "name":
            return phrase("Only options that are chosen in ", speaker.operand(of))
        return phrase("Only options for which ", condition(speaker, root))

    return _worded(
        definition, question, question.choice_filter, language, say=say, otherwise="Options"
    )


def published_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """When an answer may be shown: ``Published if G2 is «yes»``; ``None`` if nothing is asked."""
    if question.published_when is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        return phrase("Published if ", condition(speaker, root))

    return _worded(
        definition, question, question.published_when, language, say=say, otherwise="Published"
    )


def _is_denial(root: XPathToken) -> bool:
    """Whether «unless» says it better: a question that differs, or whatever not() holds."""
    if root.symbol == "(":
        return _is_denial(root[0])
    if root.symbol == "!=":
        return any(side.symbol == "(string)" and side.value for side in root)
    return bool(root.symbol == "not")


def _worded(
    definition: Definition,
    node: Node,
    expression: str,
    language: str,
    *,
    say: Callable[[Speaker, XPathToken], Phrase],
    otherwise: str,
) -> InWords:
    speaker = Speaker(definition, node, language)
    try:
        return InWords(say(speaker, parse(expression).root), expression, said=True)
    except Unsayable:
        return InWords(_depending(speaker, expression, otherwise), expression, said=False)
    except ExpressionInvalid:
        return InWords(phrase(f"{otherwise} depending on answers"), expression, said=False)


def _depending(speaker: Speaker, expression: str, otherwise: str) -> Phrase:
    found = [asked for name in references_in(expression) if (asked := speaker.find(name))]
    if not found:
        return phrase(f"{otherwise} by a rule that the codebook states")
    try:
        questions = [speaker.named(asked) for asked in found]
    except Unsayable:
        return phrase(f"{otherwise} depending on earlier answers")
    return phrase(f"{otherwise} depending on earlier answers: ", listed(questions, "and"))
