"""Conditions in words, made from the tree of an expression and exact to its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from elementpath import XPathToken

from questionnaires.count_words import counted
from questionnaires.kinds.acknowledged import OK
from questionnaires.models import QuestionType
from questionnaires.operand_words import Speaker, Unsayable
from questionnaires.phrases import Phrase, filled, phrase, separated

_OTHER_WAY = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_LITERALS = frozenset({"(string)", "(integer)", "(decimal)", "(float)"})
_NUMERIC = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})


class _Kind(StrEnum):
    """What is said of a question, or of an option of it."""

    IS = "is"
    IS_NOT = "is not"
    CHOSEN = "is chosen"
    NOT_CHOSEN = "is not chosen"
    COMPARED = "is compared"
    """Its options are what is said of the question itself."""


@dataclass(frozen=True, slots=True)
class _Pick:
    """A condition about a question, which others of its kind may join."""

    kind: _Kind
    subject: Phrase
    options: tuple[Phrase, ...]
    place: Phrase = ()
    """Where options are chosen."""


def condition(speaker: Speaker, token: XPathToken, *, holds: bool = True) -> Phrase:
    """A condition in words, or that it does not hold; ``Unsayable`` when there are no words."""
    match token.symbol:
        case "(":
            return condition(speaker, token[0], holds=holds)
        case "not":
            return condition(speaker, token[0], holds=not holds)
        case "boolean":
            return condition(speaker, token[0], holds=holds)
        case "and" | "or":
            return _together(speaker, token, holds=holds)
        case "true" | "false":
            book = speaker.book
            return phrase(book.always if (token.symbol == "true") is holds else book.never)
        case "${" | ".":
            return _is_given(speaker, token, holds=holds)
        case "contains" | "starts-with" | "ends-with":
            return _of_text(speaker, token, holds=holds)
        case _:
            return _of_options(speaker, token, holds=holds)


def _of_text(speaker: Speaker, token: XPathToken, *, holds: bool) -> Phrase:
    book = speaker.book
    patterns = {
        "contains": (book.contains, book.contains_not),
        "starts-with": (book.starts_with, book.starts_not_with),
        "ends-with": (book.ends_with, book.ends_not_with),
    }[str(token.symbol)]
    return filled(
        patterns[not holds], subject=speaker.operand(token[0]), text=speaker.operand(token[1])
    )


def _of_options(speaker: Speaker, token: XPathToken, *, holds: bool) -> Phrase:
    """A condition on options, a comparison or a count."""
    pick = _pick(speaker, token, holds=holds)
    if pick is not None:
        return _picked(speaker, pick, is_or=True)
    if token.symbol not in _OTHER_WAY:
        raise Unsayable
    left, symbol, right = _turned(token)
    count = counted(speaker, left, symbol if holds else _OPPOSITE[symbol], right)
    return count or _of_column(speaker, token, holds=holds)


def _turned(token: XPathToken) -> tuple[XPathToken, str, XPathToken]:
    """A comparison with what is compared first, and what it is compared with after it."""
    symbol = str(token.symbol)
    left, right = token
    if left.symbol in _LITERALS and right.symbol not in _LITERALS:
        return right, _OTHER_WAY[symbol], left
    return left, symbol, right


def _together(speaker: Speaker, token: XPathToken, *, holds: bool) -> Phrase:
    # Not both is: not the one, or not the other.
    is_or = (token.symbol == "or") is holds
    parts: list[Phrase | _Pick] = []
    for part, part_holds in _flattened(token, holds=holds, is_or=is_or):
        pick = _pick(speaker, part, holds=part_holds)
        if pick is not None:
            _add(parts, pick, is_or=is_or)
        else:
            words = condition(speaker, part, holds=part_holds)
            bracketed = filled(speaker.book.brackets, words=words)
            parts.append(bracketed if _is_chain(part) else words)
    said = [
        _picked(speaker, part, is_or=is_or) if isinstance(part, _Pick) else part for part in parts
    ]
    return separated(said, speaker.book.chain_or if is_or else speaker.book.chain_and)


def _flattened(token: XPathToken, *, holds: bool, is_or: bool) -> Sequence[tuple[XPathToken, bool]]:
    """The parts of a chain of the same word, through brackets and not()."""
    if token.symbol == "(":
        return _flattened(token[0], holds=holds, is_or=is_or)
    if token.symbol == "not":
        return _flattened(token[0], holds=not holds, is_or=is_or)
    if token.symbol in ("and", "or") and ((token.symbol == "or") is holds) is is_or:
        return [found for part in token for found in _flattened(part, holds=holds, is_or=is_or)]
    return [(token, holds)]


def _is_chain(token: XPathToken) -> bool:
    inner = token[0] if token.symbol in ("(", "not") else token
    return inner.symbol in ("and", "or") or (inner is not token and _is_chain(inner))


def _add(parts: list[Phrase | _Pick], pick: _Pick, *, is_or: bool) -> None:
    kinds = (_Kind.IS,) if is_or else (_Kind.IS_NOT, _Kind.NOT_CHOSEN)
    joinable = (*kinds, _Kind.CHOSEN, _Kind.COMPARED)
    for index, part in enumerate(parts):
        if (
            isinstance(part, _Pick)
            and pick.kind in joinable
            and (part.kind, part.subject) == (pick.kind, pick.subject)
        ):
            parts[index] = replace(part, options=part.options + pick.options)
            return
    parts.append(pick)


def _picked(speaker: Speaker, pick: _Pick, *, is_or: bool) -> Phrase:
    book, several = speaker.book, len(pick.options) > 1
    match pick.kind:
        case _Kind.IS:
            pattern, options = book.is_, speaker.any_of(pick.options)
        case _Kind.IS_NOT:
            pattern = book.is_neither if several else book.is_not
            options = speaker.none_of(pick.options)
        case _Kind.NOT_CHOSEN:
            pattern = book.none_chosen if several else book.not_chosen
            options = speaker.none_of(pick.options)
        case _Kind.CHOSEN:
            pattern = book.chosen if is_or or not several else book.all_chosen
            options = speaker.any_of(pick.options) if is_or else speaker.all_of(pick.options)
        case _Kind.COMPARED:
            pattern = book.compared
            options = speaker.any_of(pick.options) if is_or else speaker.all_of(pick.options)
        case _:
            assert_never(pick.kind)
    return filled(
        pattern, subject=pick.subject, options=options, predicates=options, place=pick.place
    )


def _pick(speaker: Speaker, token: XPathToken, *, holds: bool) -> _Pick | None:
    """What may join its like, if it is that."""
    if token.symbol == "(":
        return _pick(speaker, token[0], holds=holds)
    if token.symbol == "not":
        return _pick(speaker, token[0], holds=not holds)
    if token.symbol == "selected":
        asked = speaker.asked_by(token[0])
        is_one = asked is not None and asked.type is QuestionType.SELECT_ONE
        kinds = (_Kind.IS, _Kind.IS_NOT) if is_one else (_Kind.CHOSEN, _Kind.NOT_CHOSEN)
        _refuse_columns(speaker, token)
        option = speaker.option(token[1], asked)
        place = () if is_one else speaker.place(token[0])
        return _Pick(kinds[not holds], speaker.operand(token[0]), (option,), place)
    if token.symbol not in _OTHER_WAY or _column_elsewhere(speaker, token) is not None:
        return None
    return _pick_equal(speaker, token, holds=holds) or _pick_compared(speaker, token, holds=holds)


def _pick_equal(speaker: Speaker, token: XPathToken, *, holds: bool) -> _Pick | None:
    """A question that is, or is not, one of its options."""
    if token.symbol not in ("=", "!="):
        return None
    left, _, right = _turned(token)
    asked = speaker.asked_by(left)
    if right.symbol != "(string)" or right.value == "" or asked is None:
        return None
    is_it = (token.symbol == "=") is holds
    if asked.type is QuestionType.ACKNOWLEDGE and right.value == OK:
        words = speaker.book.confirmed if is_it else speaker.book.not_confirmed
        return _Pick(_Kind.COMPARED, speaker.operand(left), (phrase(words),))
    kind = _Kind.IS if is_it else _Kind.IS_NOT
    return _Pick(kind, speaker.operand(left), (speaker.option(right, asked),))


def _of_column(speaker: Speaker, token: XPathToken, *, holds: bool) -> Phrase:
    """What is true of some cell of a column, which is all that a comparison with it asks."""
    pick = _pick_equal(speaker, token, holds=True) or _pick_compared(speaker, token, holds=True)
    if pick is None:
        raise Unsayable
    pattern = speaker.book.in_some_row if holds else speaker.book.in_no_row
    return filled(pattern, condition=_picked(speaker, pick, is_or=True))


def _pick_compared(speaker: Speaker, token: XPathToken, *, holds: bool) -> _Pick | None:
    left, symbol, right = _turned(token)
    if right.symbol == "(string)" and right.value == "" and symbol in ("=", "!="):
        is_answered = (symbol == "!=") is holds
        words = speaker.book.answered if is_answered else speaker.book.not_answered
        return _Pick(_Kind.COMPARED, speaker.operand(left), (phrase(words),))
    if counted(speaker, left, symbol if holds else _OPPOSITE[symbol], right) is not None:
        return None
    first = speaker.option(left, speaker.asked_by(right))
    second = speaker.option(right, speaker.asked_by(left))
    pattern = _comparing(speaker, left, symbol, right, holds=holds)
    return _Pick(_Kind.COMPARED, first, (filled(pattern, value=second),))


def _comparing(
    speaker: Speaker, left: XPathToken, symbol: str, right: XPathToken, *, holds: bool
) -> str:
    """The pattern of a comparison; what does not hold is denied, as an empty answer denies it."""
    book = speaker.book
    if symbol in ("=", "!="):
        return book.equals if (symbol == "=") is holds else book.differs
    if speaker.is_date(left) or speaker.is_date(right):
        patterns = {
            "<": (book.before, book.not_before),
            "<=": (book.until, book.not_until),
            ">": (book.after, book.not_after),
            ">=": (book.since, book.not_since),
        }
    else:
        patterns = {
            "<": (book.less, book.not_less),
            "<=": (book.at_most, book.not_at_most),
            ">": (book.more, book.not_more),
            ">=": (book.at_least, book.not_at_least),
        }
    return patterns[symbol][not holds]


def _is_given(speaker: Speaker, token: XPathToken, *, holds: bool) -> Phrase:
    _refuse_columns(speaker, token)
    book, asked = speaker.book, speaker.asked_by(token)
    if asked is not None and asked.type in _NUMERIC:
        says = book.answered_not_zero if holds else book.zero_or_not_answered
    else:
        says = book.answered if holds else book.not_answered
    return filled(book.compared, subject=speaker.operand(token), predicates=says)


def _column_elsewhere(speaker: Speaker, token: XPathToken) -> str | None:
    """A side of a comparison that is a column seen from outside its table: all its cells."""
    for side in token:
        found = speaker.find(str(side.value)) if side.symbol == "${" else None
        if found is not None and found.table is not None and not speaker.is_own_row(found):
            return found.question.name
    return None


def _refuse_columns(speaker: Speaker, token: XPathToken) -> None:
    if _column_elsewhere(speaker, token) is not None:
        raise Unsayable
