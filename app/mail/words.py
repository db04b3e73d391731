"""Fill in the templates of a message: a folder of subject, text and HTML."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.mail.message import Words
from app.mailbox import one_line

MESSAGES = Path(__file__).parent / "messages"

_templates = Environment(
    loader=FileSystemLoader(MESSAGES),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def fill_in(message: str, facts: Mapping[str, str]) -> Words:
    """The words of a message. Facts are single lines: no name can add a paragraph of its own."""
    clean = {name: one_line(fact) for name, fact in facts.items()}
    return Words(
        subject=one_line(_templates.get_template(f"{message}/subject.txt").render(clean)),
        text=_templates.get_template(f"{message}/body.txt").render(clean),
        html=_templates.get_template(f"{message}/body.html").render(clean),
    )
