"""Texts as people type them into the forms of our pages."""

from typing import Annotated

from pydantic import AfterValidator


def _end_lines(text: str) -> str:
    """Browsers send two characters for the end of a line, and count one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


Typed = Annotated[str, AfterValidator(_end_lines)]
"""A text of a form. How long it may be is for the services to say: only they can be answered by
the same page, with the problem at its field and the text still in it."""
