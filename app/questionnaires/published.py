"""The published versions, as one catalogue: the files that ship, and what the database holds."""

from collections.abc import Mapping

from sqlmodel import Session, select

from app.errors import Conflict, NotFound
from app.rounds.definitions import definition_of
from app.rounds.models import QuestionnaireVersion
from questionnaires.catalogue import Catalogue, UnknownQuestionnaire
from questionnaires.loading import DefinitionInvalid
from questionnaires.models import Definition
from questionnaires.versions import age, is_newer


def stored_versions(session: Session, slug: str) -> Mapping[str, int]:
    """The versions of a questionnaire that the database holds, with their numbers there."""
    rows = session.exec(
        select(QuestionnaireVersion.version, QuestionnaireVersion.id).where(
            QuestionnaireVersion.slug == slug
        )
    )
    return {version: id_ or 0 for version, id_ in rows}


def published_versions(session: Session, catalogue: Catalogue, slug: str) -> tuple[str, ...]:
    """The published versions of a questionnaire, oldest first; none when there is none."""
    known = {*stored_versions(session, slug), *catalogue.published(slug)}
    return tuple(sorted(known, key=lambda version: (age(version), version)))


def published_definition(
    session: Session, catalogue: Catalogue, slug: str, version: str
) -> Definition:
    """A published version; the database's word counts before that of a file.

    Raises ``NotFound``, or ``Conflict`` for a file that was changed since it was published.
    """
    stored = stored_versions(session, slug).get(version)
    if stored is not None:
        return definition_of(session, stored)
    try:
        return catalogue.get_published(slug, version)
    except UnknownQuestionnaire as error:
        raise NotFound(
            f"There is no published version «{version}» of a questionnaire «{slug}»."
        ) from error
    except DefinitionInvalid as error:
        raise changed_since(slug, version, error) from error


def published_definitions(
    session: Session, catalogue: Catalogue, slug: str
) -> tuple[Definition, ...]:
    """Every published version of a questionnaire, oldest first; raises ``Conflict`` as above."""
    return tuple(
        published_definition(session, catalogue, slug, version)
        for version in published_versions(session, catalogue, slug)
    )


def newest_published(session: Session, catalogue: Catalogue, slug: str) -> Definition:
    """The version with which the next round opens.

    Raises ``NotFound`` if none is published, ``Conflict`` for a file changed since.
    """
    versions = published_versions(session, catalogue, slug)
    if not versions:
        raise NotFound(
            f"The questionnaire «{slug}» has no published version.", mend="Publish one first."
        )
    return published_definition(session, catalogue, slug, versions[-1])


def any_version(session: Session, catalogue: Catalogue, slug: str, version: str) -> Definition:
    """A version that is published, or a file that is still a draft; raises ``NotFound``."""
    if version in published_versions(session, catalogue, slug):
        return published_definition(session, catalogue, slug, version)
    try:
        return catalogue.get(slug, version)
    except UnknownQuestionnaire as error:
        raise NotFound(f"There is no version «{version}» of a questionnaire «{slug}».") from error
    except DefinitionInvalid as error:
        raise Conflict(
            f"The file of {slug} {version} has faults: {error.problems[0].message}",
            mend=f"Run: rapporteur questionnaire lint {error.source}",
        ) from error


def version_before(
    session: Session, catalogue: Catalogue, new: Definition, *, named: str = ""
) -> Definition:
    """What a version is compared with: the one that is named, else the one published before it.

    Raises ``NotFound``.
    """
    if named:
        return any_version(session, catalogue, new.slug, named)
    known = published_versions(session, catalogue, new.slug)
    older = [version for version in known if is_newer(new.version, than=version)]
    if not older:
        raise NotFound(
            f"There is no version of «{new.slug}» before {new.version} to compare it with."
        )
    return published_definition(session, catalogue, new.slug, older[-1])


def changed_since(slug: str, version: str, error: DefinitionInvalid) -> Conflict:
    """What to raise for a file that is not what was published."""
    first = error.problems[0]
    return Conflict(
        f"Version {version} of the questionnaire «{slug}» cannot be used: {first.message}",
        mend=first.mend,
    )
