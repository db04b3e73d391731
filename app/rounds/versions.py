"""Every version of every questionnaire: those published with the service, those rounds used."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.rounds.definitions import definition_of
from app.rounds.models import QuestionnaireVersion, Round
from exports.records import Record
from questionnaires.canonical import checksum
from questionnaires.catalogue import Catalogue, UnknownQuestionnaire
from questionnaires.models import Definition


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


def versions(
    session: Session, catalogue: Catalogue, *, survey_ids: Collection[int] | None
) -> tuple[VersionEntry, ...]:
    """Every version by questionnaire, the oldest first; rounds of some surveys or of all."""
    rounds = _rounds(session, survey_ids)
    stored = session.exec(
        select(
            QuestionnaireVersion.id,
            QuestionnaireVersion.slug,
            QuestionnaireVersion.version,
            QuestionnaireVersion.sha256,
        ).order_by(col(QuestionnaireVersion.id))
    ).all()
    used = {(slug, version): rounds[id_ or 0] for id_, slug, version, _ in stored}
    entries: dict[tuple[str, str], VersionEntry] = {}
    for slug in catalogue.slugs():
        for version in catalogue.versions(slug):
            definition = catalogue.get(slug, version)
            entries[slug, version] = _entry(
                definition, checksum(definition), used.get((slug, version), ())
            )
    for id_, slug, version, sha256 in stored:
        if (slug, version) not in entries:
            definition = definition_of(session, id_ or 0)
            entries[slug, version] = _entry(definition, sha256, used[slug, version])
    return tuple(sorted(entries.values(), key=lambda entry: entry.slug))


def version_of(session: Session, catalogue: Catalogue, slug: str, version: str) -> Definition:
    """One version: as rounds used it, else as it is published; raises ``NotFound``."""
    version_id = session.exec(
        select(QuestionnaireVersion.id)
        .where(QuestionnaireVersion.slug == slug)
        .where(QuestionnaireVersion.version == version)
    ).one_or_none()
    if version_id is not None:
        return definition_of(session, version_id)
    try:
        return catalogue.get(slug, version)
    except UnknownQuestionnaire as error:
        raise NotFound(f"There is no version «{version}» of a questionnaire «{slug}».") from error


def _rounds(session: Session, survey_ids: Collection[int] | None) -> dict[int, tuple[str, ...]]:
    statement = select(Round.version_id, Round.slug).order_by(col(Round.id))
    if survey_ids is not None:
        statement = statement.where(col(Round.survey_id).in_(survey_ids))
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for version_id, slug in session.exec(statement):
        found[version_id] += (slug,)
    return found


def _entry(definition: Definition, sha256: str, rounds: tuple[str, ...]) -> VersionEntry:
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
    )
