"""Move a running round to a patch of its questionnaire: words corrected, answers untouched."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.audit.service import record
from app.clock import Clock
from app.errors import Conflict
from app.questionnaires.published import published_definition, published_definitions
from app.responses.models import AnswerRevision, Response
from app.rounds.definitions import definition_of, store_definition
from app.rounds.models import Invitation, Round, VersionMove
from questionnaires.catalogue import Catalogue
from questionnaires.models import Definition
from questionnaires.patches import check_patch
from questionnaires.versions import is_newer


def move_to_patch(
    session: Session,
    *,
    round_: Round,
    version: str,
    catalogue: Catalogue,
    actor: str,
    clock: Clock,
) -> int:
    """Let a running round go on with a patch of its version; returns how many began already.

    Who has not answered anything yet gets the corrected words. Who has begun goes on with the
    words that were read: an answer is always shown with the label it was given to. Raises
    ``Conflict`` for a round that is not running and for a version that is no patch of its own.
    """
    if round_.opened_at is None or round_.closed_at is not None:
        raise Conflict(f"The round «{round_.slug}» is not running, so its questions stay.")
    present = definition_of(session, round_.version_id)
    patch = published_definition(session, catalogue, present.slug, version)
    published = published_definitions(session, catalogue, present.slug)
    reason = why_not_moved(present, patch, published)
    if reason:
        raise Conflict(
            f"The round «{round_.slug}» stays with version {present.version}. {reason}",
            mend="A running round can only move to a version that corrects its words. Open the "
            "next round with another version.",
        )
    stored = store_definition(session, patch, clock=clock)
    session.add(
        VersionMove(
            round_id=round_.id or 0,
            from_version_id=round_.version_id,
            to_version_id=stored.id or 0,
            moved_at=clock.now(),
        )
    )
    round_.version_id = stored.id or 0
    session.add(round_)
    session.flush()
    begun = _move_the_unanswered(session, round_)
    record(
        session,
        clock=clock,
        actor=actor,
        action="round.moved-to-patch",
        subject=f"round:{round_.slug}",
        details={"from": present.version, "to": patch.version, "begun": str(begun)},
    )
    return begun


def why_not_moved(present: Definition, patch: Definition, published: Sequence[Definition]) -> str:
    """Why a round on one version cannot go on with another; empty where it can.

    It can with every later patch of the version that its own is, or is a patch of. As two patches
    of one version need not know of each other, this one is held against the round's own as well.
    """
    by_version = {one.version: one for one in published}
    is_patch = patch.settings.corrects is not None
    if not is_patch or corrected_by(patch, by_version) != corrected_by(present, by_version):
        return f"Version {patch.version} is no patch of version {present.version}."
    if not is_newer(patch.version, than=present.version):
        return f"Version {patch.version} is no patch of version {present.version}: it is older."
    problems = check_patch(present, patch)
    if problems:
        first = problems[0]
        return (
            f"Version {patch.version} is no patch of version {present.version}, though both "
            f"correct the same one: {first.place}: {first.message}"
        )
    return ""


def corrected_by(one: Definition, by_version: Mapping[str, Definition]) -> str:
    """The version that a patch goes back to, over all patches between; itself for no patch."""
    # What is published corrects an older one, so the way back ends.
    while (before := by_version.get(one.settings.corrects or "")) is not None:
        one = before
    return one.version


def _move_the_unanswered(session: Session, round_: Round) -> int:
    """Give the new version to responses in which nothing was ever said; returns the others."""
    answered = select(AnswerRevision.id).where(col(AnswerRevision.response_id) == col(Response.id))
    invitations = select(Invitation.id).where(Invitation.round_id == round_.id)
    session.execute(
        update(Response)
        .where(col(Response.invitation_id).in_(invitations))
        .where(~answered.exists())
        .values(version_id=round_.version_id)
        .execution_options(synchronize_session=False)
    )
    begun = session.exec(
        select(Response.id)
        .where(col(Response.invitation_id).in_(invitations))
        .where(Response.version_id != round_.version_id)
    )
    return len(begun.all())
