"""The definitions that rounds were opened with, as the database keeps them."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.clock import Clock
from app.errors import Conflict, Damaged, NotFound
from app.rounds.models import QuestionnaireVersion, Round, VersionMove
from questionnaires.canonical import canonical_json, checksum, from_canonical
from questionnaires.models import Definition

MAX_KEPT = 128 * 2**20
"""Bytes that the definitions take at most which a process keeps parsed: some fifty like those of
the RCP forms, or the one of a form of tens of thousands of questions."""

_OF_AN_OBJECT = 2_000
_OF_A_CHARACTER = 6
"""Bytes, more than tracemalloc counts of any form: 1,740 for the least question."""

_CHECKSUM = select(QuestionnaireVersion.sha256).where(
    col(QuestionnaireVersion.id) == bindparam("of")
)


@dataclass(frozen=True, slots=True)
class _Parsed:
    definition: Definition
    weight: int


_parsed: LRUCache[str, _Parsed] = LRUCache(MAX_KEPT, attrgetter("weight"))
_lock = Lock()


def definition_of(session: Session, version_id: int, *, sha256: str | None = None) -> Definition:
    """The definition of a stored version, parsed once per process while it is in use.

    Who has the version's checksum already can give it, and no query is needed. Raises ``NotFound``,
    and ``Damaged`` when the row is not what was published: no answer is read with forged words.
    """
    if sha256 is None:
        sha256 = session.connection().execute(_CHECKSUM, {"of": version_id}).scalar_one_or_none()
    if sha256 is None:
        raise NotFound(f"There is no stored questionnaire version {version_id}.")
    with _lock:
        parsed = _parsed.get(sha256)
    if parsed is not None:
        return parsed.definition
    stored = session.get_one(QuestionnaireVersion, version_id)
    require_unchanged(stored)
    definition = from_canonical(stored.canonical.encode())
    # One that is too large to be kept is read each time.
    with _lock, suppress(ValueError):
        _parsed[sha256] = _Parsed(definition, weight_of(stored.canonical))
    return definition


def weight_of(canonical: str) -> int:
    """The bytes that a definition takes at most when it is parsed, from its canonical form.

    Each question, option and text by language is an object there.
    """
    return _OF_AN_OBJECT * canonical.count("{") + _OF_A_CHARACTER * len(canonical)


def require_unchanged(stored: QuestionnaireVersion) -> None:
    """Hold a stored version against its checksum; raises ``Damaged``."""
    if hashlib.sha256(stored.canonical.encode()).hexdigest() != stored.sha256:
        raise Damaged(
            f"Version {stored.version} of the questionnaire «{stored.slug}» in the database is not "
            "what was published: somebody has changed it outside of the service. It is not used.",
            mend="Restore the database from a backup, and find out who could write to it.",
        )


def version_at(session: Session, round_: Round, *, at: datetime) -> int:
    """The version that a round was on at a moment: before a move to a patch, the one before it."""
    later = _moves_after(session, round_, at=at)
    return later[0].from_version_id if later else round_.version_id


def versions_moved_to(session: Session, round_: Round, *, at: datetime) -> frozenset[int]:
    """The versions that a round went on to after a moment.

    A response that had begun by then and is on one of them was still without an answer when the
    round moved, and was on the round's version of that moment.
    """
    return frozenset(move.to_version_id for move in _moves_after(session, round_, at=at))


def _moves_after(session: Session, round_: Round, *, at: datetime) -> Sequence[VersionMove]:
    return session.exec(
        select(VersionMove)
        .where(VersionMove.round_id == round_.id)
        .where(col(VersionMove.moved_at) > at)
        .order_by(col(VersionMove.id))
    ).all()


def store_definition(
    session: Session, definition: Definition, *, clock: Clock
) -> QuestionnaireVersion:
    """The stored row of a definition: the one there is, or a new one.

    Raises ``Conflict`` when the same version was stored with other content: a published version
    never changes.
    """
    sha256 = checksum(definition)
    stored = session.exec(
        select(QuestionnaireVersion)
        .where(col(QuestionnaireVersion.slug) == definition.slug)
        .where(col(QuestionnaireVersion.version) == definition.version)
    ).one_or_none()
    if stored is not None and stored.sha256 != sha256:
        raise Conflict(
            f"Version {definition.version} of the questionnaire «{definition.slug}» is already in "
            "use with other content. A published version never changes.",
            mend="Publish the changed questionnaire under a new version.",
        )
    if stored is None:
        stored = QuestionnaireVersion(
            slug=definition.slug,
            version=definition.version,
            sha256=sha256,
            canonical=canonical_json(definition).decode(),
            stored_at=clock.now(),
        )
        session.add(stored)
        session.flush()
    return stored
