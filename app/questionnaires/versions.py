"""Every version of every questionnaire: files and publications, with what became of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app.questionnaires.models import Publication
from app.questionnaires.states import VersionState
from app.rounds.definitions import definition_of
from app.rounds.models import QuestionnaireVersion, Round, VersionMove
from exports.records import Record
from questionnaires.canonical import checksum
from questionnaires.catalogue import Catalogue
from questionnaires.loading import DefinitionInvalid
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.versions import age


class VersionEntry(Record):
    """One version of a questionnaire."""

    slug: str
    version: str
    title: str
    questions: int
    """Numbered questions, as people count them."""
    core: int
    sections: int
    languages: tuple[str, ...]
    sha256: str
    rounds: tuple[str, ...]
    """Slugs of the rounds that used it, among those the reader may see."""
    state: VersionState
    corrects: str | None
    """The version of which it is a patch."""
    notes: str
    """What was said when it was published here; a file's own notes otherwise."""
    published_at: datetime | None
    """``None`` for what came with the service."""
    is_newest_patch: bool = False
    """Whether it is the newest patch of a version that is not the newest."""
    problem: Problem | None = None
    """Why it is refused, where it is."""


def versions(
    session: Session, catalogue: Catalogue, *, survey_ids: Collection[int] | None
) -> tuple[VersionEntry, ...]:
    """Every version by questionnaire, the oldest first; rounds of some surveys or of all."""
    rounds = _rounds(session, survey_ids)
    publications = {row.version_id: row for row in session.exec(select(Publication))}
    entries: dict[tuple[str, str], VersionEntry] = {}
    stored = session.exec(
        select(
            QuestionnaireVersion.id,
            QuestionnaireVersion.slug,
            QuestionnaireVersion.version,
            QuestionnaireVersion.sha256,
        )
    ).all()
    for id_, slug, version, sha256 in stored:
        entries[slug, version] = _entry(
            definition_of(session, id_ or 0, sha256=sha256),
            sha256,
            VersionState.PUBLISHED,
            rounds=rounds[id_ or 0],
            publication=publications.get(id_ or 0),
        )
    for entry in _of_files(catalogue, entries):
        entries[entry.slug, entry.version] = entry
    return _in_order(list(entries.values()))


def _of_files(
    catalogue: Catalogue, stored: Mapping[tuple[str, str], VersionEntry]
) -> list[VersionEntry]:
    """The versions that only files hold, and those whose file says something else."""
    found: list[VersionEntry] = []
    for slug in catalogue.slugs():
        published = set(catalogue.published(slug))
        for version in catalogue.versions(slug):
            known = stored.get((slug, version))
            if known is None or version in published:
                entry = _of_file(catalogue, slug, version, is_published=version in published)
                if known is None:
                    found.append(entry)
                elif entry.problem is not None:
                    # What rounds use is safe in the database; that the file differs must be said.
                    found.append(known.model_copy(update={"problem": entry.problem}))
    return found


def _of_file(catalogue: Catalogue, slug: str, version: str, *, is_published: bool) -> VersionEntry:
    try:
        if is_published:
            definition = catalogue.get_published(slug, version)
            return _entry(definition, checksum(definition), VersionState.PUBLISHED)
        definition = catalogue.get(slug, version)
        return _entry(definition, checksum(definition), VersionState.DRAFT)
    except DefinitionInvalid as error:
        return VersionEntry(
            slug=slug,
            version=version,
            title=slug,
            questions=0,
            core=0,
            sections=0,
            languages=(),
            sha256="",
            rounds=(),
            state=VersionState.CHANGED if is_published else VersionState.DRAFT,
            corrects=None,
            notes="",
            published_at=None,
            problem=error.problems[0],
        )


def _in_order(entries: list[VersionEntry]) -> tuple[VersionEntry, ...]:
    """By questionnaire and age; of the published ones, all but the newest are superseded."""
    entries.sort(key=lambda one: (one.slug, age(one.version), one.version))
    newest = {one.slug: one.version for one in entries if one.state is VersionState.PUBLISHED}
    newest_patch = {
        (one.slug, one.corrects): one.version
        for one in entries
        if one.state is VersionState.PUBLISHED and one.corrects is not None
    }
    return tuple(
        one.model_copy(
            update={
                "state": VersionState.SUPERSEDED,
                "is_newest_patch": one.version == newest_patch.get((one.slug, one.corrects or ""))
                and (one.slug, one.version) not in newest_patch,
            }
        )
        if one.state is VersionState.PUBLISHED and newest[one.slug] != one.version
        else one
        for one in entries
    )


def _rounds(session: Session, survey_ids: Collection[int] | None) -> dict[int, tuple[str, ...]]:
    """The rounds that use each stored version, and those that used it before a patch of it."""
    now = select(Round.version_id, Round.slug).order_by(col(Round.id))
    before = (
        select(VersionMove.from_version_id, Round.slug)
        .where(VersionMove.round_id == col(Round.id))
        .order_by(col(VersionMove.id))
    )
    if survey_ids is not None:
        now = now.where(col(Round.survey_id).in_(survey_ids))
        before = before.where(col(Round.survey_id).in_(survey_ids))
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for version_id, slug in [*session.exec(before), *session.exec(now)]:
        found[version_id] += (slug,)
    return found


def _entry(
    definition: Definition,
    sha256: str,
    state: VersionState,
    *,
    rounds: tuple[str, ...] = (),
    publication: Publication | None = None,
) -> VersionEntry:
    own_notes = definition.words(definition.settings.notes)
    return VersionEntry(
        slug=definition.slug,
        version=definition.version,
        title=definition.words(definition.settings.form_title),
        questions=len(definition.items),
        core=sum(item.core for item in definition.items),
        sections=len(definition.survey),
        languages=definition.settings.languages,
        sha256=sha256,
        rounds=rounds,
        state=state,
        corrects=definition.settings.corrects,
        notes=publication.notes if publication is not None else own_notes,
        published_at=publication.published_at if publication is not None else None,
    )
