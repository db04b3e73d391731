"""One way to write each text in YAML, which any reader of YAML reads back as that text."""

import re
from textwrap import indent

import yaml
from yaml.resolver import Resolver

WIDTH = 100
"""Characters of a line, where a text can be broken."""

_RESOLVER = Resolver()
_STRING = "tag:yaml.org,2002:str"
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_UNWRITABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML would read as something else, or what nobody can see."""
_ENDS_PLAIN = re.compile(r": |:$| #|\n|\t")
_SPACE = re.compile(r"(?<! ) (?! )")
_CODES = (("x", 2), ("u", 4), ("U", 8))
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def written(text: str, *, depth: int, used: int) -> str:
    """A text as a value that stands ``used`` characters into a line, its lines ``depth`` deep."""
    if _UNWRITABLE.search(text):
        return quoted(text)
    if "\n" in text:
        return _literal(text, depth) if _can_stand_as_lines(text) else quoted(text)
    short = quoted(text)
    if used + len(short) <= WIDTH or text != text.strip() or "\t" in text or "\\" in text:
        return short
    lines = _broken(text, WIDTH - depth)
    return short if len(lines) == 1 else ">-\n" + indent("\n".join(lines), " " * depth)


def quoted(text: str) -> str:
    """A text on one line: as it is where that is clear, else in quotation marks."""
    if _is_plain(text):
        return text
    one_line = "\n" not in text and "\t" not in text and not _UNWRITABLE.search(text)
    if one_line and ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_plain(text: str) -> bool:
    return (
        text != ""
        and text == text.strip()
        and text[0] not in _INDICATORS
        and _ENDS_PLAIN.search(text) is None
        and _UNWRITABLE.search(text) is None
        and _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _STRING  # type: ignore[no-untyped-call]
    )


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _UNWRITABLE.match(character):
        return character
    code = f"{ord(character):X}"
    letter, digits = next((letter, digits) for letter, digits in _CODES if len(code) <= digits)
    return f"\\{letter}{code:0>{digits}}"


def _can_stand_as_lines(text: str) -> bool:
    body = text.removesuffix("\n")
    return body == body.strip() and body != ""


def _literal(text: str, depth: int) -> str:
    head = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return "\n".join([head, *(" " * depth + line if line else "" for line in lines)])


def _broken(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in _SPACE.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
