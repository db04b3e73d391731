"""Common mistakes in expressions, and what the parser says of others, in words for authors."""

import re
from itertools import pairwise

LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
Trouble = tuple[str, str]
"""What is wrong, and how to mend it."""

_BY_NAME = "Refer to a question as ${name}."
_UNION = re.compile(r"(?<=\})\s*\|\s*(?=\$\{)")
_OWN_ROW = re.compile(r"\bposition\(\s*\.\.\s*\)")
_BEFORE_WORD, _AFTER_WORD = r"(?<![\w${.-])", r"(?![\w.-])"
_MISTAKES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("[‘’“”«»]"), "It has typographic quotes.", "Use straight quotes: 'priority'."),
    (
        re.compile("['\"]"),
        "It has a quotation mark that nothing closes.",
        "Close it; a text with an apostrophe stands in double quotes.",
    ),
    (re.compile("=="), "It has «==».", "Write a single = to compare."),
    (re.compile("<>"), "It has «<>».", "Write != for what is not equal."),
    (re.compile("=<|=>"), "It has «=<» or «=>».", "Write <= or >=, with the = after the other."),
    (re.compile(r"&&"), "It has «&&».", "Write: and"),
    (re.compile(r"\|"), "It has «|» between more than references.", "Write: or"),
    (re.compile(r"!(?!=)"), "It has «!».", "Write: not(…)"),
    (re.compile(r"\$(?!\{)"), "It has a $ without braces.", _BY_NAME),
    (
        re.compile(r"\$\{(?![A-Za-z_][\w.-]*\})"),
        "It has a reference that is not a name in braces.",
        "Write ${name}, without spaces.",
    ),
    (re.compile(r"(?<!\$)\{"), "It has braces without a $ before them.", _BY_NAME),
    (
        re.compile(rf"{_BEFORE_WORD}(?:AND|OR|NOT|DIV|MOD){_AFTER_WORD}"),
        "It has an operator in capitals.",
        "Write it in small letters: and, or, not(…), div, mod.",
    ),
    (re.compile("≤|≥|≠"), "It has a mathematical sign.", "Write <=, >= or !=."),
    (
        re.compile(rf"{_BEFORE_WORD}[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]"),
        "It has a number with an exponent, which other tools do not read.",
        "Write the number out: 100000, not 1e5.",
    ),
    (
        re.compile(r"(?<!\w)(?![0-9])\d"),
        "It has digits of another script.",
        "Write numbers with the digits 0 to 9.",
    ),
    (
        re.compile(r"\.[0-9]*\.[0-9]|[0-9]\.[0-9]+\.|(?<![0-9])\.[0-9]+\."),
        "It has a number with two points.",
        "Write a point before the decimals, and nothing between thousands.",
    ),
    (
        re.compile(r"/|\[|\]|@|::|\.\."),
        "It has a path into the form.",
        "Paths are not used here: refer to a question as ${name}.",
    ),
)
_NO_VALUES = "Put an operator between them, such as = or and, and quotes around a text."
_SAID: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("source is empty"), "There is nothing in it.", "Write an expression."),
    (re.compile("end of source"), "It ends too early.", "Complete it, and close every bracket."),
    (
        re.compile("two comparisons"),
        "It has two comparisons in a row.",
        "Put one of them in brackets, or write «and» between them: . > 1 and . < 5.",
    ),
    (
        re.compile("comma"),
        "It has a comma outside of a function.",
        "Decimals have a point: 1.5.",
    ),
    (
        re.compile(r"'\)'|'\}'"),
        "It has a closing bracket that nothing opened.",
        "Take it out, or open it.",
    ),
    (
        re.compile("operator"),
        "It has an operator without a value on both sides.",
        "Write what stands before it and after it.",
    ),
    (
        re.compile("unknown symbol"),
        "It has a sign that means nothing here.",
        "Take it out; words to compare with stand in quotes.",
    ),
    (
        re.compile("name|literal|function|reference|current value|parenthesized|'\\('"),
        "It has two values side by side, and nothing between them.",
        _NO_VALUES,
    ),
)
_UNREADABLE = (
    "It cannot be read.",
    "Check brackets, quotes and operators; words to compare with stand in quotes.",
)


def mistake_in(text: str) -> Trouble | None:
    """The first mistake that many make, if there is one."""
    literals = list(LITERAL.finditer(text))
    if any(one.end() == other.start() for one, other in pairwise(literals)):
        return (
            "It has a doubled quotation mark, which other tools do not read.",
            "Put a text with an apostrophe into double quotes.",
        )
    bare = _OWN_ROW.sub("position()", _UNION.sub(" or ", LITERAL.sub(" 0 ", text)))
    for pattern, message, mend in _MISTAKES:
        if pattern.search(bare):
            return message, mend
    return None


def told(error: Exception) -> Trouble:
    """What the parser cannot read, without its own words: they speak of its inside."""
    said = str(error)
    for pattern, message, mend in _SAID:
        if pattern.search(said):
            return message, mend
    return _UNREADABLE
