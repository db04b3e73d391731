"""Words in another language than the page's own, which say on the page which one it is."""

from typing import Self

from markupsafe import Markup, escape

INTERFACE = "en"
"""The language of the pages themselves: of buttons, headings and messages."""


class Said(str):
    """Words that know their language, for those who hear the page and for the way letters run."""

    __slots__ = ("direction", "language")
    language: str
    direction: str
    """``ltr`` or ``rtl``; empty where both words and page run from left to right."""

    def __new__(cls, text: str, language: str, direction: str = "") -> Self:
        """The words themselves, with what is to be known of them."""
        said = super().__new__(cls, text)
        said.language = language
        said.direction = direction
        return said

    def saying(self, text: str) -> Self:
        """Other words in the same language."""
        return type(self)(text, self.language, self.direction)


def with_colon(text: str, language: str = INTERFACE) -> str:
    """Words with the colon before what follows them, as their language sets it.

    ``language`` is that of words that do not know theirs.
    """
    spoken = text.language if isinstance(text, Said) else language
    colon = "\u00a0:" if spoken.partition("-")[0] == "fr" else ":"
    return text.saying(text + colon) if isinstance(text, Said) else text + colon


def language_attributes(text: str) -> Markup:
    """``lang`` and ``dir`` for the tag around words; nothing where they are the page's own."""
    if not isinstance(text, Said):
        return Markup()
    direction = Markup(' dir="{}"').format(text.direction) if text.direction else ""
    return Markup(' lang="{}"').format(text.language) + direction


def said(text: str) -> str:
    """Words for a page, in a tag that names their language where it is not the page's own."""
    attributes = language_attributes(text)
    if not attributes or not text:
        return text
    return Markup("<span{}>{}</span>").format(attributes, escape(str(text)))
