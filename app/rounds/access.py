"""The dependency of routes about one round: the round, and somebody who may do this in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends

from app.accounts.access import SignedIn
from app.accounts.policy import Action, Identity, can
from app.errors import Forbidden
from app.rounds.models import Round, Survey
from app.rounds.queries import (
    invitation_by_key,
    round_by_slug,
    survey_by_slug,
    unknown_round,
    unknown_survey,
)
from app.web.access import permission
from app.web.transactions import ReadSession


@dataclass(frozen=True, slots=True)
class RoundAccess:
    """A round, and who was let into it."""

    identity: Identity
    round: Round
    survey: Survey

    @property
    def round_id(self) -> int:
        """The round's number."""
        return self.round.id or 0

    def can(self, action: Action) -> bool:
        """Whether they may do something further in this round."""
        return can(self.identity, action, self.round.survey_id)


@dataclass(frozen=True, slots=True)
class SurveyAccess:
    """A survey, and who was let into it."""

    identity: Identity
    survey: Survey

    def can(self, action: Action) -> bool:
        """Whether they may do something further in this survey."""
        return can(self.identity, action, self.survey.id or 0)


@dataclass(frozen=True, slots=True)
class InvitationAccess:
    """One invitation of a round, and who was let into it."""

    within: RoundAccess
    key: str
    """The respondent's key."""
    invitation_id: int
    respondent_id: int

    @property
    def actor(self) -> str:
        """How the audit log names who was let in."""
        return self.within.identity.actor

    @property
    def subject(self) -> str:
        """How the audit log names the invitation."""
        return f"invitation:{self.invitation_id}"


def enter_round(round_: Round, survey: Survey, identity: Identity, action: Action) -> RoundAccess:
    """Let somebody into a round to do something there.

    Raises ``NotFound`` where they may not even know of the round, ``Forbidden`` where they may.
    """
    if not can(identity, Action.VIEW_BOARD, round_.survey_id):
        raise unknown_round(round_.slug)
    _check_role(survey, identity, action)
    return RoundAccess(identity, round_, survey)


def enter_survey(survey: Survey, identity: Identity, action: Action) -> SurveyAccess:
    """Let somebody into a survey to do something there; refuses as ``enter_round`` does."""
    if not can(identity, Action.VIEW_BOARD, survey.id or 0):
        raise unknown_survey(survey.slug)
    _check_role(survey, identity, action)
    return SurveyAccess(identity, survey)


def _check_role(survey: Survey, identity: Identity, action: Action) -> None:
    if not can(identity, action, survey.id or 0):
        raise Forbidden(
            f"Your role in «{survey.title}» does not allow you to {action.value}.",
            mend="Ask an administrator of this service if you need to.",
        )


def may(action: Action) -> Any:  # noqa: ANN401 - what FastAPI's Depends returns
    """The round that the address names, for somebody who may do ``action`` in it."""
    return Depends(_check_of(action))


def may_in_survey(action: Action) -> Any:  # noqa: ANN401 - as above
    """The survey that the address names, for somebody who may do ``action`` in it."""

    @permission(action.value)
    def check(slug: str, identity: SignedIn, session: ReadSession) -> SurveyAccess:
        return enter_survey(survey_by_slug(session, slug), identity, action)

    return Depends(check)


def may_with_invitation(action: Action) -> Any:  # noqa: ANN401 - as above
    """The invitation that the address names, for somebody who may do ``action`` in its round."""
    check_round = _check_of(action)

    @permission(action.value)
    def check(
        key: str, within: Annotated[RoundAccess, Depends(check_round)], session: ReadSession
    ) -> InvitationAccess:
        invitation, respondent = invitation_by_key(
            session, round_id=within.round_id, slug=within.round.slug, key=key
        )
        return InvitationAccess(within, key, invitation.id or 0, respondent.id or 0)

    return Depends(check)


def _check_of(action: Action) -> Callable[..., RoundAccess]:
    @permission(action.value)
    def check(slug: str, identity: SignedIn, session: ReadSession) -> RoundAccess:
        round_, survey = round_by_slug(session, slug)
        return enter_round(round_, survey, identity, action)

    return check
