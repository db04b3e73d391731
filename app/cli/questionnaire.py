"""``rapporteur questionnaire``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import forms
from app.cli.terminal import opened_services, say
from app.cli.translate import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questionnaires.models import Definition
    from questionnaires.problems import Problem

group = typer.Typer(help="The questionnaires and their versions.", no_args_is_help=True)
group.command()(translate)
group.command(name="import")(forms.import_)
group.command(name="export")(forms.export_)


@group.command()
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Definitions in YAML, or XLSForms.")
    ],
) -> None:
    """List every fault of definitions, with its line or cell and how to mend it."""
    from questionnaires.problems import Severity

    found: list[Problem] = []
    left_out: list[Problem] = []
    for file in files:
        problems, not_kept = _problems_of(file)
        for problem in (*problems, *not_kept):
            say(problem.sentence(str(file)))
        found += problems
        left_out += not_kept
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    counts = [forms.counted(errors, "error"), forms.counted(len(found) - errors, "warning")]
    if left_out:
        counts.append(forms.parts_not_kept(len(left_out)))
    say(f"{forms.counted(len(files), 'file')}: {', '.join(counts)}.")
    if errors:
        raise typer.Exit(1)


@group.command(name="list")
def list_() -> None:
    """List the questionnaires in the files and in the database, and check that none was changed."""
    from app.errors import AppError
    from questionnaires.canonical import checksum
    from questionnaires.catalogue import Catalogue

    catalogue = Catalogue()
    for slug in catalogue.slugs():
        for version in catalogue.versions(slug):
            definition = catalogue.get(slug, version)
            title = definition.words(definition.settings.form_title)
            questions = f"{len(definition.items)} questions"
            say(f"{slug} {version}: {title} ({questions}, sha256 {checksum(definition)[:12]}…)")
    complaints = [problem.sentence() for problem in catalogue.verify()]
    try:
        complaints += _list_stored()
    except AppError as error:
        say(f"The database was not looked at: {error.message}")
    for complaint in complaints:
        typer.echo(complaint, err=True)
    if complaints:
        raise typer.Exit(1)


def _list_stored() -> list[str]:
    """List the versions that the database holds; what is wrong with them."""
    from sqlmodel import col, select

    from app.errors import Damaged
    from app.rounds.definitions import require_unchanged
    from app.rounds.models import QuestionnaireVersion

    complaints = []
    in_order = select(QuestionnaireVersion).order_by(
        col(QuestionnaireVersion.slug), col(QuestionnaireVersion.id)
    )
    with opened_services() as services, services.database.read() as session:
        for stored in session.exec(in_order):
            say(f"In the database: {stored.slug} {stored.version} (sha256 {stored.sha256[:12]}…)")
            try:
                require_unchanged(stored)
            except Damaged as error:
                complaints.append(f"{error.message} {error.mend}")
    return complaints


def _problems_of(file: Path) -> "tuple[Sequence[Problem], Sequence[Problem]]":
    """What is wrong with a file or odd about it, and what of it is not kept."""
    from questionnaires.loading import read_definition

    if problems := _problems_of_reading(file):
        return problems, ()
    if file.suffix.lower() in forms.SUFFIXES:
        form = forms.read_form_file(file)
        return [*form.problems, *_missing_pictures(file, form.definition)], form.not_kept
    definition, problems = read_definition(file.read_text(encoding="utf-8"), source=str(file))
    return [*problems, *_missing_pictures(file, definition)], ()


def _missing_pictures(file: Path, definition: "Definition | None") -> "list[Problem]":
    """The pictures that a file shows and that do not lie beside it, where they are looked for."""
    from questionnaires.media import FOLDER, missing_pictures, picture_names
    from questionnaires.problems import Severity

    if definition is None:
        return []
    folder = file.parent / FOLDER
    return missing_pictures(
        definition,
        {name for name in picture_names(definition) if (folder / name).is_file()},
        mend=f"Put it into the folder {folder}, or upload it with the draft.",
        severity=Severity.WARNING,
    )


def _problems_of_reading(file: Path) -> "list[Problem]":
    from questionnaires.problems import Problem

    try:
        if file.suffix.lower() in forms.SUFFIXES:
            file.open("rb").close()
        else:
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
            mend="Give the path of a YAML file in UTF-8, or of an XLSForm.",
        )
    ]
