"""Expressions of a definition: read once, checked for bounds, evaluated against a scope."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from elementpath import ElementPathError, XPathToken

from questionnaires.datum import Datum, truth_of
from questionnaires.evaluation import Evaluation, evaluate
from questionnaires.functions import FUNCTIONS, Scope
from questionnaires.grammar import ExpressionParser
from questionnaires.pattern_syntax import PatternInvalid, compile_pattern

MAX_LENGTH = 2_000
MAX_BRACKETS = 40
MAX_DEPTH = 100

_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"(?<![\w$.{-])([A-Za-z][\w.:-]*)\s*\(")
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_MISTAKES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("[‘’“”«»]"), "It has typographic quotes.", "Use straight quotes: 'priority'."),
    (re.compile("=="), "It has «==».", "Write a single = to compare."),
    (re.compile(r"&&"), "It has «&&».", "Write: and"),
    (re.compile(r"\|\||(?<!\|)\|(?!\|)"), "It has «|».", "Write: or"),
    (re.compile(r"!(?!=)"), "It has «!».", "Write: not(…)"),
    (re.compile(r"\$(?!\{)"), "It has a $ without braces.", "Refer to a question as ${name}."),
    (
        re.compile(r"\$\{(?![A-Za-z_][\w.-]*\})"),
        "It has a reference that is not a name in braces.",
        "Write ${name}, without spaces.",
    ),
    (re.compile("≤|≥|≠"), "It has a mathematical sign.", "Write <=, >= or !=."),
    (
        re.compile(r"/|\[|\]|@|::|\.\."),
        "It has a path into the form.",
        "Paths are not used here: refer to a question as ${name}.",
    ),
)


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

    def evaluate(self, scope: Scope) -> Datum:
        """Its value in a scope. A question that has no value counts as empty text."""
        return evaluate(self.root, Evaluation(scope))

    def holds(self, scope: Scope) -> bool:
        """Whether it is true in a scope."""
        return truth_of(self.evaluate(scope))


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """Read an expression, once for each text; ``ExpressionInvalid`` when it cannot be read."""
    _check_bounds(text)
    bare = _LITERAL.sub(lambda literal: "'" + " " * (len(literal.group()) - 2) + "'", text)
    _check_mistakes(bare)
    _check_calls(bare)
    try:
        root = ExpressionParser().parse(text)
    except RecursionError:
        raise _too_deep() from None
    except (ElementPathError, SyntaxError) as error:
        raise ExpressionInvalid(
            f"It cannot be read: {_reason(error)}.",
            "Check brackets, quotes and operators; words to compare with stand in quotes.",
        ) from None
    tokens = tokens_of(root)
    _check_patterns(tokens)
    references = frozenset(token.value for token in tokens if token.symbol == "${")
    names = frozenset(token.value for token in tokens if token.symbol == "(name)")
    moving = {"${", "(name)", ".", "today", "string-length", "normalize-space", "number"}
    return Expression(
        text=text,
        root=root,
        references=frozenset(str(name) for name in references),
        names=frozenset(str(name) for name in names),
        is_constant=not any(token.symbol in moving for token in tokens),
    )


def _check_bounds(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ExpressionInvalid(
            f"It has {len(text):,} characters; at most {MAX_LENGTH:,} are allowed.",
            "Move a part of it into a calculate question and refer to that.",
        )
    depth = 0
    for character in _LITERAL.sub("", text):
        depth += (character == "(") - (character == ")")
        if depth > MAX_BRACKETS:
            raise _too_deep()


def _too_deep() -> ExpressionInvalid:
    return ExpressionInvalid(
        "It has too many parts within parts.",
        "Move a part of it into a calculate question and refer to that.",
    )


def _check_mistakes(bare: str) -> None:
    for pattern, message, mend in _MISTAKES:
        if pattern.search(bare):
            raise ExpressionInvalid(message, mend)


def _check_calls(bare: str) -> None:
    for name in _CALL.findall(bare):
        if name in FUNCTIONS or name in _WORD_OPERATORS:
            continue
        near = difflib.get_close_matches(name, FUNCTIONS, n=1)
        mend = f"Did you mean {near[0]}()?" if near else f"Known are: {', '.join(FUNCTIONS)}."
        raise ExpressionInvalid(f"There is no function {name}().", mend)


def _reason(error: Exception) -> str:
    message = str(error).strip() or "it is not complete"
    return message.partition("] ")[2] or message


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


def _check_patterns(tokens: list[XPathToken]) -> None:
    for token in tokens:
        if token.symbol != "regex":
            continue
        pattern = token[1]
        if pattern.symbol != "(string)":
            raise ExpressionInvalid(
                "The pattern of regex() is not a text in quotes.",
                "Write the pattern itself: regex(., '[A-Z]{2}[0-9]+')",
            )
        try:
            compile_pattern(str(pattern.value))
        except PatternInvalid as error:
            raise ExpressionInvalid(
                f"The pattern of regex() cannot be used. {error}",
                "Use literals, classes such as [a-z], groups, |, *, +, ? and {m,n}.",
            ) from None
