"""How words for people refer to an answer: ``${name}``, as XLSForm has it."""

import re
from collections.abc import Iterator, Mapping

PLACEHOLDER = re.compile(r"\$\{\s*([a-z_][a-z0-9_]{0,63})\s*\}")


def named_in(text: Mapping[str, str]) -> Iterator[str]:
    """The questions that a text refers to, in any language."""
    for words in text.values():
        if "${" in words:
            yield from PLACEHOLDER.findall(words)
