"""What can be asked of rounds: the list by survey, one round, one invitation of it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.errors import NotFound
from app.registry.models import Respondent
from app.responses.models import Submission
from app.rounds.models import (
    Invitation,
    InvitationEvent,
    OutgoingMail,
    PersonalLink,
    QuestionnaireVersion,
    Round,
    Survey,
)
from exports.records import Record
from questionnaires.outcomes import MEANINGS, Outcome


class RoundEntry(Record):
    """A round as the list shows it."""

    slug: str
    title: str
    notice: str
    time_zone: str
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    answers_public: bool
    version: str
    invited: int
    returned: int
    """Returns of any kind: questionnaires, materials, refusals."""


class SurveyEntry(Record):
    """A survey with its rounds, the newest first."""

    id: int
    slug: str
    title: str
    organiser: str
    fictional: bool
    cadence: str | None
    time_zone: str
    next_round_at: datetime | None
    rounds: tuple[RoundEntry, ...]


def surveys_with_rounds(
    session: Session, survey_ids: Collection[int] | None
) -> tuple[SurveyEntry, ...]:
    """Surveys by title with their rounds, in four queries; ``None`` for every survey."""
    statement = select(Survey).order_by(col(Survey.fictional), col(Survey.title), col(Survey.id))
    rounds_of = (
        select(Round, QuestionnaireVersion.version)
        .where(Round.version_id == col(QuestionnaireVersion.id))
        .order_by(col(Round.opened_at).desc().nulls_last(), col(Round.id).desc())
    )
    if survey_ids is not None:
        statement = statement.where(col(Survey.id).in_(survey_ids))
        rounds_of = rounds_of.where(col(Round.survey_id).in_(survey_ids))
    surveys = session.exec(statement).all()
    rounds = session.exec(rounds_of).all()
    invited = _invited(session)
    returned = _returned(session)
    return tuple(
        SurveyEntry(
            id=survey.id or 0,
            slug=survey.slug,
            title=survey.title,
            organiser=survey.organiser,
            fictional=survey.fictional,
            cadence=survey.cadence,
            time_zone=survey.time_zone,
            next_round_at=survey.next_round_at,
            rounds=tuple(
                RoundEntry(
                    slug=round_.slug,
                    title=round_.title,
                    notice=round_.notice,
                    time_zone=round_.time_zone,
                    opened_at=round_.opened_at,
                    due_at=round_.due_at,
                    closed_at=round_.closed_at,
                    answers_public=round_.answers_public,
                    version=version,
                    invited=invited.get(round_.id or 0, 0),
                    returned=returned.get(round_.id or 0, 0),
                )
                for round_, version in rounds
                if round_.survey_id == survey.id
            ),
        )
        for survey in surveys
    )


def _invited(session: Session) -> dict[int, int]:
    counted = select(Invitation.round_id, func.count()).group_by(col(Invitation.round_id))
    return dict(session.exec(counted).all())


def _returned(session: Session) -> dict[int, int]:
    """Invitations with a return that stands, or with an outcome on record that is one."""
    returns = (
        select(Submission.id)
        .where(Submission.invitation_id == col(Invitation.id))
        .where(col(Submission.reopened_at).is_(None))
        .exists()
    )
    recorded = [outcome for outcome in Outcome if MEANINGS[outcome].in_any_response_rate]
    counted = (
        select(Invitation.round_id, func.count())
        .where(returns | col(Invitation.recorded_outcome).in_(recorded))
        .group_by(col(Invitation.round_id))
    )
    return dict(session.exec(counted).all())


def round_by_slug(session: Session, slug: str) -> tuple[Round, Survey]:
    """A round with its survey; raises ``NotFound``."""
    row = session.exec(
        select(Round, Survey).where(Round.survey_id == col(Survey.id)).where(Round.slug == slug)
    ).one_or_none()
    if row is None:
        raise unknown_round(slug)
    return row


def unknown_round(slug: str) -> NotFound:
    """What to raise for a round that isn't there, and alike for one that is not for this person."""
    return NotFound(
        f"There is no round «{slug}», or it is none of yours.",
        mend="Choose one from the list of rounds.",
    )


def survey_by_slug(session: Session, slug: str) -> Survey:
    """A survey; raises ``NotFound``."""
    survey = session.exec(select(Survey).where(Survey.slug == slug)).one_or_none()
    if survey is None:
        raise unknown_survey(slug)
    return survey


def unknown_survey(slug: str) -> NotFound:
    """What to raise for a survey that isn't there or is not for this person."""
    return NotFound(
        f"There is no survey «{slug}», or it is none of yours.",
        mend="Choose one from the list of rounds.",
    )


def invitation_by_key(
    session: Session, *, round_id: int, slug: str, key: str
) -> tuple[Invitation, Respondent]:
    """The invitation of a respondent in a round; raises ``NotFound``."""
    row = session.exec(
        select(Invitation, Respondent)
        .where(Invitation.respondent_id == col(Respondent.id))
        .where(Invitation.round_id == round_id)
        .where(Respondent.key == key)
    ).one_or_none()
    if row is None:
        raise NotFound(
            f"No respondent with the key «{key}» was invited to the round «{slug}».",
            mend="Choose one from the board of the round.",
        )
    return row


def events_of_invitation(session: Session, invitation_id: int) -> tuple[InvitationEvent, ...]:
    """What was noted of an invitation, oldest first."""
    return tuple(
        session.exec(
            select(InvitationEvent)
            .where(InvitationEvent.invitation_id == invitation_id)
            .order_by(col(InvitationEvent.at), col(InvitationEvent.id))
        )
    )


def mails_of_invitation(session: Session, invitation_id: int) -> tuple[OutgoingMail, ...]:
    """The mails that were written for an invitation, oldest first."""
    return tuple(
        session.exec(
            select(OutgoingMail)
            .where(OutgoingMail.invitation_id == invitation_id)
            .order_by(col(OutgoingMail.created_at), col(OutgoingMail.id))
        )
    )


def links_of_invitation(session: Session, invitation_id: int) -> tuple[PersonalLink, ...]:
    """The personal links into an invitation, oldest first."""
    return tuple(
        session.exec(
            select(PersonalLink)
            .where(PersonalLink.invitation_id == invitation_id)
            .order_by(col(PersonalLink.created_at), col(PersonalLink.id))
        )
    )
