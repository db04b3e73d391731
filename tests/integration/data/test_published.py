"""Files and the database are one catalogue of published versions."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from app.bootstrap import Services, build
from app.errors import Conflict, Damaged, Invalid, NotFound
from app.questionnaires.published import (
    any_version,
    newest_published,
    published_definition,
    published_versions,
    version_before,
)
from app.questionnaires.service.publish import publish_definition
from app.questionnaires.states import VersionState
from app.questionnaires.versions import VersionEntry, versions
from app.rounds.definitions import store_definition
from app.settings import Settings
from questionnaires.catalogue import DEFINITIONS, Catalogue
from tests.fixtures.forgery import forge_a_version
from tests.fixtures.questionnaires import NEXT, PATCH, SLUG, definition, version
from tests.fixtures.rounds import SteppedClock


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The files of 2007 alone, published."""
    root = tmp_path / "definitions"
    (root / SLUG).mkdir(parents=True)
    shutil.copy(DEFINITIONS / SLUG / "2007.yaml", root / SLUG)
    lines = (DEFINITIONS / "CHECKSUMS.txt").read_text("utf-8").splitlines(keepends=True)
    listed = [line for line in lines if line.rstrip().endswith(f"{SLUG}/2007")]
    (root / "CHECKSUMS.txt").write_text("".join(listed), "utf-8")
    return root


@pytest.fixture
def services(settings: Settings, clock: SteppedClock, files: Path) -> Iterator[Services]:
    built = build(settings, clock=clock, catalogue=Catalogue(files))
    yield built
    built.close()


def publish(session: Session, services: Services, text: str) -> None:
    publish_definition(
        session,
        definition=definition(text),
        notes="New.",
        catalogue=services.catalogue,
        user_id=None,
        actor="command",
        clock=services.clock,
        storage=services.storage,
    )


def listed(session: Session, services: Services) -> dict[str, VersionEntry]:
    found = versions(session, services.catalogue, survey_ids=None)
    return {one.version: one for one in found}


def test_version_published_in_the_database_follows_those_of_the_files(services: Services) -> None:
    with services.database.write() as session:
        before = newest_published(session, services.catalogue, SLUG)
        publish(session, services, NEXT)

        known = published_versions(session, services.catalogue, SLUG)
        newest = newest_published(session, services.catalogue, SLUG)

    assert before.version == "2007"
    assert known == ("2007", "2099")
    assert newest == definition(NEXT)


def test_patch_of_an_older_version_is_not_the_newest(services: Services) -> None:
    with services.database.write() as session:
        publish(session, services, NEXT)
        publish(session, services, PATCH)

        newest = newest_published(session, services.catalogue, SLUG)
        states = {name: one.state for name, one in listed(session, services).items()}
        before = version_before(session, services.catalogue, definition(NEXT))

    assert newest.version == "2099"
    assert states == {
        "2007": VersionState.SUPERSEDED,
        "2007.1": VersionState.SUPERSEDED,
        "2099": VersionState.PUBLISHED,
    }
    assert before.version == "2007.1"


def test_draft_among_the_files_is_neither_published_nor_the_newest(
    services: Services, files: Path
) -> None:
    (files / SLUG / "2099.yaml").write_text(NEXT, "utf-8")

    with services.database.read() as session:
        newest = newest_published(session, services.catalogue, SLUG)
        state = listed(session, services)["2099"].state
        found = any_version(session, services.catalogue, SLUG, "2099")
        with pytest.raises(NotFound):
            published_definition(session, services.catalogue, SLUG, "2099")

    assert newest.version == "2007"
    assert state is VersionState.DRAFT
    assert found == definition(NEXT)


def test_file_that_was_edited_after_publishing_is_refused(services: Services, files: Path) -> None:
    path = files / SLUG / "2007.yaml"
    path.write_text(path.read_text("utf-8").replace("acronym", "initials"), "utf-8")

    with services.database.write() as session:
        with pytest.raises(Conflict, match="was published and has changed since") as refused:
            newest_published(session, services.catalogue, SLUG)
        with pytest.raises(Conflict, match="has changed since"):
            publish(session, services, NEXT)
        entry = listed(session, services)["2007"]

    assert refused.value.mend == "Undo the change, and publish it as a new version."
    assert entry.state is VersionState.CHANGED
    assert entry.problem is not None


def test_file_that_was_edited_is_told_of_where_the_database_has_the_right_one(
    services: Services, files: Path
) -> None:
    with services.database.write() as session:
        right = services.catalogue.get_published(SLUG, "2007")
        store_definition(session, right, clock=services.clock)
    path = files / SLUG / "2007.yaml"
    path.write_text(path.read_text("utf-8").replace("acronym", "initials"), "utf-8")
    edited = Catalogue(files)

    with services.database.read() as session:
        newest = newest_published(session, edited, SLUG)
        (entry,) = versions(session, edited, survey_ids=None)

    assert newest == right
    assert entry.state is VersionState.PUBLISHED
    assert entry.problem is not None
    assert entry.problem.code == "version-changed"


def test_version_is_published_once(services: Services) -> None:
    other = version("2099", ("label: Short name or acronym", "label: Something else"))

    with services.database.write() as session:
        publish(session, services, NEXT)
        with pytest.raises(Invalid, match="is published already, and never changes"):
            publish(session, services, other)
        kept = published_definition(session, services.catalogue, SLUG, "2099")

    assert kept == definition(NEXT)


def test_questionnaire_that_is_only_in_the_database_is_found(services: Services) -> None:
    text = NEXT.replace(f"form_id: {SLUG}", "form_id: another")

    with services.database.write() as session:
        publish(session, services, text)

        newest = newest_published(session, services.catalogue, "another")
        slugs = {one.slug for one in versions(session, services.catalogue, survey_ids=None)}
        with pytest.raises(NotFound, match="has no published version"):
            newest_published(session, services.catalogue, "nowhere")

    assert newest.version == "2099"
    assert slugs == {SLUG, "another"}


def test_version_that_was_changed_past_the_service_is_not_read(
    database_url: str, services: Services
) -> None:
    with services.database.write() as session:
        publish(session, services, version("2031"))
    forge_a_version(database_url)

    with services.database.read() as session, pytest.raises(Damaged, match="is not what was"):
        published_definition(session, services.catalogue, SLUG, "2031")
