"""``rapporteur questionnaire translate``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output_file import replaced
from app.cli.terminal import say

if TYPE_CHECKING:
    from app.errors import Invalid
    from questionnaires.models import Definition

MOST_BYTES = 10_000_000
"""More than the reader of workbooks takes; no larger file need be read to be refused."""


def translate(
    form: Annotated[Path, typer.Argument(help="A definition in YAML.")],
    language: Annotated[
        str | None,
        typer.Option(metavar="TAG", help="Write the workbook for this language, such as fr."),
    ] = None,
    returned: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read the workbook that a translator sent."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="FORM",
            help="An earlier version: mark what has changed since it was translated.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="File to write; replaced when it is there. A workbook, or YAML."),
    ] = None,
) -> None:
    """Send a form to a translator and take the translation back; alone: how complete it is.

    With --language, write a workbook with a row for each text. With --from, list what is wrong
    with each row of the workbook, and write the form with all else that it says; the YAML is
    written anew, without the comments of the old file.
    """
    from questionnaires.loading import load_definition

    definition = load_definition(form)
    earlier = load_definition(since) if since is not None else None
    match language, returned, output:
        case None, None, None:
            _report(definition, earlier)
        case str(), None, Path():
            _write_workbook(definition, language, output, earlier)
        case None, Path(), Path():
            _take(definition, returned, output)
        case _:
            raise _misused()


def _misused() -> "Invalid":
    from app.errors import Invalid
    from questionnaires.problems import Problem

    return Invalid(
        [
            Problem(
                code="options",
                message="These options do not go together.",
                mend="Give --language and --output to write a workbook, or --from and --output to "
                "read one, or none of them.",
            )
        ]
    )


def _report(definition: "Definition", earlier: "Definition | None") -> None:
    from questionnaires.languages import english_name
    from questionnaires.translation import check_language, coverage

    source = definition.settings.default_language
    say(f"{definition.slug} {definition.version}, written in {english_name(source)}.")
    for language in definition.settings.languages:
        if language == source:
            continue
        done = coverage(definition, language, since=earlier)
        name = english_name(language)
        say(f"{name} ({language}): {done.translated} of {done.total} texts.")
        for text in done.missing:
            say(f"  {text.id}: not translated.")
        for text in done.outdated:
            say(f"  {text.id}: the source has changed since it was translated.")
        for problem in check_language(definition, language):
            say(f"  {problem.sentence()}")


def _write_workbook(
    definition: "Definition", language: str, output: Path, earlier: "Definition | None"
) -> None:
    from app.clock import SystemClock
    from exports.translation_workbook import write_translation
    from questionnaires.languages import english_name
    from questionnaires.translation import coverage

    _require_language(definition, language)
    with replaced(output) as stream:
        write_translation(definition, language, stream, as_of=SystemClock().now(), since=earlier)
    done = coverage(definition, language, since=earlier)
    say(
        f"Wrote {output}: {done.total} texts to be translated from "
        f"{english_name(definition.settings.default_language)} into {english_name(language)}, "
        f"of which {done.translated} are translated already.",
    )


def _require_language(definition: "Definition", language: str) -> None:
    from app.errors import Invalid
    from questionnaires.languages import english_name, is_language
    from questionnaires.problems import Problem

    message = ""
    if not is_language(language):
        message = f"«{language}» is not the tag of a language."
    elif language == definition.settings.default_language:
        message = f"The form is written in {english_name(language)}."
    if message:
        mend = "Give the tag of the language to translate into, such as fr, ar or pt-BR."
        raise Invalid([Problem(code="language", place="--language", message=message, mend=mend)])


def _take(definition: "Definition", returned: Path, output: Path) -> None:
    from questionnaires.languages import english_name
    from questionnaires.problems import Severity
    from questionnaires.translation import coverage, read_translation
    from questionnaires.writing import to_yaml

    with returned.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    result = read_translation(definition, returned.name, content)
    for problem in result.problems:
        say(problem.sentence(str(returned)))
    for remark in result.remarks:
        say(f"{returned} {remark.place}: remark on {remark.id}: {remark.text}")
    errors = sum(problem.severity is Severity.ERROR for problem in result.problems)
    if result.language is None:
        say(f"Nothing was taken from {returned}, and nothing is written.")
        raise typer.Exit(1)
    translated = result.applied(definition)
    with replaced(output) as stream:
        stream.write(to_yaml(translated).encode())
    done = coverage(translated, result.language)
    taken = "1 text" if len(result.texts) == 1 else f"{len(result.texts)} texts"
    are = "is" if len(result.texts) == 1 else "are"
    faults = {0: "no faults", 1: "1 fault"}.get(errors, f"{errors} faults")
    say(
        f"Wrote {output}: {taken} in {english_name(result.language)} {are} new or other than "
        f"before, {result.unchanged} as before, {faults}; now {done.translated} of {done.total} "
        "are translated.",
    )
    if errors:
        raise typer.Exit(1)
