"""Read what somebody uploads as a questionnaire: YAML, or an XLSForm in Excel, CSV or Markdown."""

from dataclasses import dataclass, field
from pathlib import PurePath

from app.errors import Invalid, TooLarge, UnsupportedFile
from questionnaires.loading import read_definition
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.whereabouts import Whereabouts
from questionnaires.xlsform import read_form

YAML = frozenset({".yaml", ".yml"})
XLSFORM = (".xlsx", ".xls", ".csv", ".md")
MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file, and what could be read of it."""

    name: str
    content: bytes
    definition: Definition | None
    """``None`` while something has to be mended."""
    problems: tuple[Problem, ...]
    not_kept: tuple[Problem, ...] = ()
    """What the file says and a definition cannot, and what changes nothing of what is asked."""
    whereabouts: Whereabouts = field(default_factory=Whereabouts, compare=False)
    """Where in the file the parts of the definition stand."""


def read_upload(name: str, content: bytes) -> Uploaded:
    """Read a file by the ending of its name.

    Raises ``UnsupportedFile`` for another kind, ``TooLarge`` beyond what a questionnaire can need,
    ``Invalid`` for what cannot or must not be opened: a program, a bomb, something else by name.
    """
    name = PurePath(name.replace("\\", "/")).name[:300]
    if len(content) > MOST_BYTES:
        raise TooLarge(
            f"The file is larger than {MOST_BYTES // MEGABYTE} MB, which no questionnaire needs.",
            mend="Take pictures and other sheets out of the workbook, and upload it again.",
        )
    ending = PurePath(name).suffix.lower()
    if ending in YAML:
        return _from_yaml(name, content)
    if ending in XLSFORM:
        form = read_form(name, content)
        if form.is_closed:
            raise Invalid(list(form.problems))
        return Uploaded(
            name, content, form.definition, form.problems, form.not_kept, form.whereabouts
        )
    raise UnsupportedFile(
        f"«{name}» is not a questionnaire: its name ends in «{ending or 'nothing'}».",
        mend=f"Upload an XLSForm ({', '.join(XLSFORM)}), or a definition in YAML (.yaml).",
    )


def _from_yaml(name: str, content: bytes) -> Uploaded:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(
            code="not-utf-8",
            message=f"The file is not UTF-8 text: byte {error.start + 1} cannot be read.",
            mend="Save it as UTF-8.",
            line=content[: error.start].count(b"\n") + 1,
        )
        return Uploaded(name, content, None, (problem,))
    whereabouts = Whereabouts()
    definition, problems = read_definition(text, source=name, lines=whereabouts.lines)
    return Uploaded(name, content, definition, tuple(problems), whereabouts=whereabouts)


def endings() -> tuple[str, ...]:
    """The endings of the names of files that are taken."""
    return (*XLSFORM, *sorted(YAML))
