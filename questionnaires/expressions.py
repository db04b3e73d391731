"""Expressions of a definition: read once, checked for bounds, evaluated against a scope."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import getsizeof
from threading import RLock

from cachetools import LRUCache, cached
from elementpath import ElementPathError, XPathToken

from questionnaires.datum import Datum, truth_of
from questionnaires.evaluation import Evaluation, evaluate
from questionnaires.functions import FUNCTIONS, REFUSED, CallInvalid
from questionnaires.grammar import ExpressionParser, argument_of
from questionnaires.meter import Unaffordable
from questionnaires.mistakes import LITERAL, mistake_in, told
from questionnaires.scope import Scope

MAX_LENGTH = 2_000
MAX_BRACKETS = 40
MAX_DEPTH = 100
MAX_KEPT = 32 * 2**20
"""Bytes that the expressions take at most which a process keeps ready."""

_OF_ONE = 2_000
_OF_A_PART = 450
"""Bytes, more than tracemalloc counts: 250 to 300 for most parts, 440 for a name of its own."""
_ALIKE = 0.8
"""From so much on, a name that is not known is likely a slip of one that is: not foo of floor."""
_CALL = re.compile(r"(?<![\w$.{-])([A-Za-z][\w.:-]*)\s*\(")
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_MOVING = frozenset({"${", "(name)", ".", ".."})


class ExpressionInvalid(ValueError):
    """The expression cannot be read; ``mend`` says how to put it right."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read and can be evaluated any number of times, by any thread."""

    text: str
    root: XPathToken
    references: frozenset[str]
    """Names of the questions it refers to."""
    names: frozenset[str]
    """Bare names: columns of a choice, which only a ``choice_filter`` can see."""
    is_constant: bool
    """Whether it depends on no answer, no choice and no day: ``false()``, ``1 = 1``."""
    parts: int
    """How many operators, calls, references and literals it is made of."""

    def evaluate(self, scope: Scope) -> Datum:
        """Its value in a scope. A question that has no value counts as empty text.

        Nothing is ever raised: what cannot be worked out is not a number or empty, and so is what
        would take too many steps.
        """
        return self.trial(scope).value

    def holds(self, scope: Scope) -> bool:
        """Whether it is true in a scope."""
        return truth_of(self.evaluate(scope))

    def trial(self, scope: Scope) -> "Trial":
        """Its value, with what it cost: for who writes an expression and wants to know."""
        evaluation = Evaluation(scope, self.text)
        try:
            value, finished = evaluate(self.root, evaluation), True
            if isinstance(value, str):
                evaluation.meter.keep(value)
        except Unaffordable:
            value, finished = "", False
        evaluation.settle()
        return Trial(value, evaluation.spent, finished)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of evaluating an expression."""

    value: Datum
    steps: int
    finished: bool
    """False when it was stopped, since it took too many steps or made too much text."""


def weight_of(expression: Expression) -> int:
    """The bytes that an expression takes at most: its parts weigh far more than its letters.

    The text counts twice, since what is quoted in it is kept by itself as well; a single letter
    outside of Latin makes all of it two or four times as large.
    """
    return _OF_ONE + _OF_A_PART * expression.parts + 2 * getsizeof(expression.text)


@cached(LRUCache(MAX_KEPT, weight_of), key=str, lock=RLock(), info=True)
def parse(text: str) -> Expression:
    """Read an expression; ``ExpressionInvalid`` when it cannot be read.

    What was read is kept by its text, so that a form is read once in a process. Bounded by weight
    and not by number: some thousands of usual expressions, or some dozens of the longest. Those
    not used for longest go first, and are read again when they are needed.
    """
    _check_bounds(text)
    mistake = mistake_in(text)
    if mistake is not None:
        raise ExpressionInvalid(*mistake)
    _check_calls(LITERAL.sub("''", text))
    try:
        root = ExpressionParser().parse(text)
    except RecursionError:
        raise _too_deep() from None
    except (ElementPathError, SyntaxError) as error:
        raise ExpressionInvalid(*told(error)) from None
    tokens = tokens_of(root)
    calls = [token for token in tokens if token.label == "function"]
    for call in calls:
        _check_call(call)
    return Expression(
        text=text,
        root=root,
        references=frozenset(_references(tokens)),
        names=frozenset(str(token.value) for token in tokens if token.symbol == "(name)"),
        is_constant=not any(
            token.symbol in _MOVING or (token.label == "function" and FUNCTIONS[token.symbol].moves)
            for token in tokens
        ),
        parts=len(tokens),
    )


def _references(tokens: Iterable[XPathToken]) -> Iterator[str]:
    for token in tokens:
        if token.symbol == "${":
            yield str(token.value)
        elif token.symbol == "jr:choice-name":
            # ODK wants the question in quotes there; it is a reference all the same.
            quoted = argument_of(token[1]).quoted
            if quoted:
                yield quoted


def _check_bounds(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ExpressionInvalid(
            f"It has {len(text):,} characters; at most {MAX_LENGTH:,} are allowed.",
            "Move a part of it into a calculate question and refer to that.",
        )
    depth = 0
    for character in LITERAL.sub("", text):
        depth += (character == "(") - (character == ")")
        if depth > MAX_BRACKETS:
            raise _too_deep()


def _too_deep() -> ExpressionInvalid:
    return ExpressionInvalid(
        "It has too many parts within parts.",
        "Move a part of it into a calculate question and refer to that.",
    )


def _check_calls(bare: str) -> None:
    for name in _CALL.findall(bare):
        if name in FUNCTIONS or name in _WORD_OPERATORS:
            continue
        if name in REFUSED:
            raise ExpressionInvalid(f"{name}() is not used here.", REFUSED[name])
        near = difflib.get_close_matches(name, FUNCTIONS, n=1, cutoff=_ALIKE)
        mend = (
            f"Did you mean {near[0]}()?"
            if near
            else "Use a function of the ODK XForms specification, such as if() or selected()."
        )
        raise ExpressionInvalid(f"There is no function {name}().", mend)


def tokens_of(root: XPathToken) -> list[XPathToken]:
    """Every part of an expression; ``ExpressionInvalid`` when it is too deep to evaluate."""
    tokens: list[XPathToken] = []
    waiting = [(root, 1)]
    while waiting:
        token, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise _too_deep()
        tokens.append(token)
        waiting.extend((child, depth + 1) for child in token)
    return tokens


def _check_call(token: XPathToken) -> None:
    function = FUNCTIONS[token.symbol]
    if not function.signature.accepts(len(token)):
        raise ExpressionInvalid(
            f"{function.name}() cannot be given {len(token)} "
            f"argument{'' if len(token) == 1 else 's'}.",
            f"Write: {function.signature.written}",
        )
    if function.check is None:
        return
    try:
        function.check(tuple(argument_of(argument) for argument in token))
    except CallInvalid as invalid:
        raise ExpressionInvalid(invalid.message, invalid.mend) from None
