"""When a question is asked and what its answer may be, in words, from its expressions."""

from collections.abc import Callable
from dataclasses import dataclass

from elementpath import XPathToken

from questionnaires.condition_words import condition
from questionnaires.expressions import ExpressionInvalid, parse
from questionnaires.models import Definition, Group, Question
from questionnaires.operand_words import Speaker, Unsayable, references_in
from questionnaires.phrasebooks.book import Phrasebook
from questionnaires.phrases import Phrase, filled, phrase

Node = Question | Group


@dataclass(frozen=True, slots=True)
class InWords:
    """An expression in words: labels in a language of the form, ours in it or else in English."""

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
        book = speaker.book
        if root.symbol in ("true", "false"):
            return phrase(book.always_asked if root.symbol == "true" else book.never_asked)
        denied = _is_denial(root)
        pattern = book.asked_unless if denied else book.asked_if
        return filled(pattern, condition=condition(speaker, root, holds=not denied))

    return _worded(definition, node, node.relevant, language, say=say, what=lambda book: book.asked)


def allowed_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """What an answer must fulfil: ``Accepted if the answer is at most today``; ``None``: all."""
    if question.constraint is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        return filled(speaker.book.accepted_if, condition=condition(speaker, root))

    return _worded(
        definition, question, question.constraint, language, say=say, what=lambda book: book.checked
    )


def offered_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """Which options are offered: ``Only options that are chosen in A5``; ``None``: all."""
    if question.choice_filter is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        of = root[0] if root.symbol == "selected" else None
        if of is not None and root[1].symbol == "(name)" and root[1].value == "name":
            return filled(speaker.book.only_chosen_in, question=speaker.question(of))
        return filled(speaker.book.only_for_which, condition=condition(speaker, root))

    return _worded(
        definition,
        question,
        question.choice_filter,
        language,
        say=say,
        what=lambda book: book.options,
    )


def published_if(definition: Definition, question: Question, language: str) -> InWords | None:
    """When an answer may be shown: ``Published if G2 is «yes»``; ``None`` if nothing is asked."""
    if question.published_when is None:
        return None

    def say(speaker: Speaker, root: XPathToken) -> Phrase:
        return filled(speaker.book.published_if, condition=condition(speaker, root))

    return _worded(
        definition,
        question,
        question.published_when,
        language,
        say=say,
        what=lambda book: book.published,
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
    what: Callable[[Phrasebook], str],
) -> InWords:
    speaker = Speaker(definition, node, language)
    try:
        return InWords(say(speaker, parse(expression).root), expression, said=True)
    except Unsayable:
        words = _depending(speaker, expression, what(speaker.book))
    except ExpressionInvalid:
        words = filled(speaker.book.depending_on_answers, what=what(speaker.book))
    return InWords(words, expression, said=False)


def _depending(speaker: Speaker, expression: str, what: str) -> Phrase:
    book = speaker.book
    found = [asked for name in references_in(expression) if (asked := speaker.find(name))]
    if not found:
        return filled(book.depending_on_a_rule, what=what)
    try:
        questions = speaker.all_of([speaker.named(asked) for asked in found])
    except Unsayable:
        return filled(book.depending_on_earlier, what=what)
    return filled(book.depending_on, what=what, questions=questions)
