"""``rapporteur questionnaire``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import say

if TYPE_CHECKING:
    from questionnaires.problems import Problem

group = typer.Typer(help="The questionnaires and their versions.", no_args_is_help=True)


@group.command()
def lint(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Definitions in YAML.")],
) -> None:
    """List every fault of definitions, with its line and how to mend it."""
    from questionnaires.loading import read_definition
    from questionnaires.problems import Severity

    found: list[Problem] = []
    for file in files:
        problems = _problems_of_reading(file)
        if not problems:
            _, problems = read_definition(file.read_text(encoding="utf-8"), source=str(file))
        for problem in problems:
            say(problem.sentence(str(file)))
        found += problems
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    checked = f"{len(files)} {'file' if len(files) == 1 else 'files'}"
    say(f"{checked}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}.")
    if errors:
        raise typer.Exit(1)


@group.command(name="list")
def list_() -> None:
    """List the questionnaires that are here, and check that none was changed since published."""
    from questionnaires.canonical import checksum
    from questionnaires.catalogue import Catalogue

    catalogue = Catalogue()
    for slug in catalogue.slugs():
        for version in catalogue.versions(slug):
            definition = catalogue.get(slug, version)
            title = definition.words(definition.settings.form_title)
            questions = f"{len(definition.items)} questions"
            say(f"{slug} {version}: {title} ({questions}, sha256 {checksum(definition)[:12]}…)")
    problems = catalogue.verify()
    for problem in problems:
        typer.echo(problem.sentence(), err=True)
    if problems:
        raise typer.Exit(1)


def _problems_of_reading(file: Path) -> "list[Problem]":
    from questionnaires.problems import Problem

    try:
        file.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8"
    else:
        return []
    return [
        Problem(
            code="unreadable-file",
            message=f"The file cannot be read: {reason}.",
            mend="Give the path of a YAML file in UTF-8.",
        )
    ]


def _count(number: int, word: str) -> str:
    if number == 0:
        return f"no {word}s"
    return f"1 {word}" if number == 1 else f"{number} {word}s"
