"""``rapporteur questionnaire import`` and ``export``: XLSForms in and out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output_file import replaced
from app.cli.terminal import say

if TYPE_CHECKING:
    from questionnaires.problems import Problem
    from questionnaires.xlsform.form import ReadForm

SUFFIXES = (".xlsx", ".xls", ".csv", ".md")
"""Of files that are forms; all others are definitions in YAML."""

Force = Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")]


def import_(
    form: Annotated[Path, typer.Argument(metavar="FORM", help="An .xlsx, .xls, .csv or .md file.")],
    output: Annotated[Path, typer.Option(help="The definition to write, in YAML.")],
    force: Force = False,
) -> None:
    """Turn an XLSForm into a definition, and list every cell that is wrong or not kept."""
    from questionnaires.writing import to_yaml

    read = read_form_file(form)
    for problem in (*read.problems, *read.not_kept):
        say(problem.sentence(str(form)))
    if read.definition is None:
        say(f"{form} has faults, so nothing was written. Mend them and import it again.")
        raise typer.Exit(1)
    _write_new(output, to_yaml(read.definition).encode(), force=force)
    definition = read.definition
    say(
        f"Wrote {output}: {definition.words(definition.settings.form_title)},"
        f" version {definition.version}, {counted(len(definition.items), 'question')}.",
        f"{parts_not_kept(len(read.not_kept))}, {counted(len(read.problems), 'warning')}.",
    )


def export_(
    definition: Annotated[Path, typer.Argument(metavar="FILE", help="A definition in YAML.")],
    output: Annotated[Path, typer.Option(help="The workbook to write (.xlsx).")],
    force: Force = False,
) -> None:
    """Write a definition as an XLSForm workbook, from which it can be imported without loss."""
    from app.errors import Invalid
    from exports.form_workbook import write_form
    from exports.plain_workbook import CellTooLong
    from questionnaires.loading import load_definition
    from questionnaires.xlsform import read_form
    from questionnaires.xlsform.verdict import others_say

    loaded = load_definition(definition)
    try:
        content = write_form(loaded)
    except CellTooLong as error:
        raise Invalid([_too_long(str(error))]) from error
    if read_form(output.name, content).definition != loaded:
        raise Invalid([_not_written()])
    _write_new(output, content, force=force)
    say(f"Wrote {output}: {loaded.words(loaded.settings.form_title)}, version {loaded.version}.")
    for words in others_say(loaded):
        say(f"Other XLSForm tools may not take it as it is: {words}")


def read_form_file(path: Path) -> "ReadForm":
    """A form from a file; ``OSError`` when it cannot be read, and no more than is allowed is."""
    from questionnaires.xlsform import read_form
    from questionnaires.xlsform.sheets import MAX_BYTES

    with path.open("rb") as stream:
        return read_form(path.name, stream.read(MAX_BYTES + 1))


def _write_new(output: Path, content: bytes, *, force: bool) -> None:
    """Write a file; ``Conflict`` when there is one of that name, unless ``force`` is given."""
    from app.errors import Conflict

    if output.exists() and not output.is_dir() and not force:
        raise Conflict(
            f"{output} is there already, and was left as it is.",
            mend="Give another name, or --force to replace it.",
        )
    with replaced(output) as stream:
        stream.write(content)


def _too_long(message: str) -> "Problem":
    from questionnaires.problems import Problem

    return Problem(
        code="cell-too-long",
        message=message,
        mend="Shorten it, or keep the questionnaire in YAML alone.",
    )


def _not_written() -> "Problem":
    from questionnaires.problems import Problem

    return Problem(
        code="not-expressible",
        message="The definition says something that a spreadsheet cannot hold, so that it would "
        "not come back as it is; nothing was written.",
        mend="Look for texts that are empty, for commas in «also», and for spaces in parameters.",
    )


def parts_not_kept(number: int) -> str:
    """How much of a form a definition has no place for, in words."""
    return f"{counted(number, 'part')} of the form not kept"


def counted(number: int, word: str) -> str:
    """How many, in words: ``no warnings``, ``1 warning``."""
    if number == 0:
        return f"no {word}s"
    return f"1 {word}" if number == 1 else f"{number} {word}s"
