"""``rapporteur questionnaire diff`` and ``publish``."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.terminal import ACTOR, opened_services, say

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.questionnaires.uploads import Uploaded
    from questionnaires.models import Definition

ENDINGS = (".yaml", ".yml", ".xlsx", ".xls", ".csv", ".md")
OLD = "The older version: a file, or slug@version."
NEW = "The newer version: a file, or slug@version."


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help=OLD)],
    new: Annotated[str, typer.Argument(metavar="B", help=NEW)],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="List what is the same or translated, too.")
    ] = False,
) -> None:
    """Tell what became of each question from A to B, and whether answers can be compared.

    Exits with 1 if a question has changed its type, which no version may do.
    """
    from questionnaires.comparison import Change, compare

    before, after = _definition(old), _definition(new)
    found = compare(before, after)
    counts = Counter(one.kind for one in found)
    for one in found:
        if everything or one.kind not in {Change.SAME, Change.TRANSLATED}:
            item = after.item_of.get(one.name) or before.item_of.get(one.name)
            code = f"{item.code} " if item is not None else ""
            kind = "retyped: refused" if one.refused else one.kind.replace("_", " ")
            say(f"{code}{one.name} [{kind}] {one.sentence}")
    changed = len(found) - counts[Change.SAME] - counts[Change.TRANSLATED]
    say(
        f"{before.slug} {before.version} to {after.slug} {after.version}, {len(found)} questions: "
        f"{counts[Change.SAME]} the same, {counts[Change.TRANSLATED]} with other translations "
        f"alone, {changed} changed."
    )
    if any(one.refused for one in found):
        raise typer.Exit(1)


def publish(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML, or an XLSForm.")],
    notes: Annotated[str, typer.Option(help="What is new in it and why, in a sentence or two.")],
) -> None:
    """Publish a version in the database: it never changes again, and the next round uses it."""
    from app.questionnaires.pictures import pictures_beside
    from app.questionnaires.service.publish import publish_definition

    uploaded, definition = _read(file)
    pictures = pictures_beside(file, definition)
    with opened_services() as services, services.database.write() as session:
        version = publish_definition(
            session,
            definition=definition,
            notes=notes,
            catalogue=services.catalogue,
            user_id=None,
            actor=ACTOR,
            clock=services.clock,
            storage=services.storage,
            own=pictures,
            whereabouts=lambda: uploaded.whereabouts,
        )
        line = f"Published {version.slug} {version.version}, sha256 {version.sha256}."
    say(line)


def _definition(named: str) -> "Definition":
    path = Path(named)
    if path.suffix.lower() in ENDINGS or path.exists():
        return _from_file(path)
    slug, at, version = named.partition("@")
    if not at:
        from app.errors import NotFound

        raise NotFound(
            f"«{named}» is neither a file nor a version.",
            mend="Name a file, or a version as in rcp-migration-development@2007.",
        )
    return _published(slug, version)


def _published(slug: str, version: str) -> "Definition":
    """A version from the files; from the database where no file has it."""
    from questionnaires.catalogue import Catalogue

    catalogue = Catalogue()
    if version in catalogue.versions(slug):
        return catalogue.get(slug, version)
    with opened_services() as services:
        return _stored(services, slug, version)


def _stored(services: "Services", slug: str, version: str) -> "Definition":
    from app.questionnaires.published import any_version

    with services.database.read() as session:
        return any_version(session, services.catalogue, slug, version)


def _from_file(path: Path) -> "Definition":
    return _read(path)[1]


def _read(path: Path) -> "tuple[Uploaded, Definition]":
    from app.questionnaires.uploads import MOST_BYTES, read_upload
    from questionnaires.loading import DefinitionInvalid

    with path.open("rb") as stream:
        uploaded = read_upload(path.name, stream.read(MOST_BYTES + 1))
    if uploaded.definition is None:
        raise DefinitionInvalid(list(uploaded.problems), str(path))
    for problem in uploaded.not_kept:
        typer.echo(problem.sentence(str(path)), err=True)
    return uploaded, uploaded.definition
