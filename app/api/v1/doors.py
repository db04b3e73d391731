"""The round or invitation that an address names, and whether the caller may enter it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from fastapi import Path as InPath

from app.accounts.policy import Action, can
from app.api.v1.callers import AnyCaller, AnyUser, Caller, RespondentCaller, UserCaller
from app.errors import Forbidden, NotFound
from app.registry.models import Respondent
from app.responses.drafts import Editor
from app.rounds.access import RoundAccess, SurveyAccess, enter_round, enter_survey
from app.rounds.models import Invitation, Round, Survey
from app.rounds.queries import invitation_by_key, round_by_slug, survey_by_slug
from app.web.access import permission
from app.web.transactions import ReadSession
from exports.records import Channel

Slug = Annotated[str, InPath(description="Slug of the round.", examples=["rcp-demo"])]
SurveySlug = Annotated[str, InPath(description="Slug of the survey.", examples=["gfmd-rcp-survey"])]
Key = Annotated[str, InPath(description="Key of the respondent.", examples=["midsa"])]


@dataclass(frozen=True, slots=True)
class Door:
    """One invitation, and who was let in."""

    caller: Caller
    round: Round
    survey: Survey
    key: str
    invitation_id: int
    respondent_id: int

    @property
    def actor(self) -> str:
        """How the audit log names the caller."""
        if isinstance(self.caller, UserCaller):
            return self.caller.identity.actor
        return self.caller.respondent.actor

    @property
    def subject(self) -> str:
        """How the audit log names the invitation."""
        return f"invitation:{self.invitation_id}"

    @property
    def name(self) -> str:
        """How the caller's work is signed."""
        if isinstance(self.caller, UserCaller):
            return self.caller.identity.name
        return self.caller.respondent.editor.name

    @property
    def address(self) -> str:
        """The address of the invitation."""
        return f"/api/v1/rounds/{self.round.slug}/invitations/{self.key}"

    @property
    def sees_people(self) -> bool:
        """Whether personal data are shown: to the respondent itself, and to who may see them."""
        return isinstance(self.caller, RespondentCaller) or self.can(Action.READ_CONTACTS)

    def can(self, action: Action) -> bool:
        """Whether the caller is a user who may do something further here."""
        return isinstance(self.caller, UserCaller) and can(
            self.caller.identity, action, self.round.survey_id
        )

    def editor(self, channel: Channel | None) -> Editor:
        """How answers are signed; a user enters what came by another channel than the web."""
        if isinstance(self.caller, UserCaller):
            return Editor(
                self.name,
                user_id=self.caller.identity.user_id,
                channel=channel or Channel.ON_BEHALF,
            )
        return self.caller.respondent.editor


def round_for(action: Action) -> Any:  # noqa: ANN401 - what FastAPI's Depends returns
    """The round of the address, for a user who may do ``action`` in it."""

    @permission(action.value)
    def enter(slug: Slug, user: AnyUser, session: ReadSession) -> RoundAccess:
        return enter_round(*round_by_slug(session, slug), user.identity, action)

    return Depends(enter)


def survey_for(action: Action) -> Any:  # noqa: ANN401 - what FastAPI's Depends returns
    """The survey of the address, for a user who may do ``action`` in it."""

    @permission(action.value)
    def enter(slug: SurveySlug, user: AnyUser, session: ReadSession) -> SurveyAccess:
        return enter_survey(survey_by_slug(session, slug), user.identity, action)

    return Depends(enter)


def invitation_for(action: Action, *, respondents: bool = False) -> Any:  # noqa: ANN401 - what FastAPI's Depends returns
    """The invitation of the address, for a user who may do ``action``.

    With ``respondents`` for the invited themselves too, each in its own invitation: of any other
    they are told that it isn't there.
    """
    return Depends(_door_of(action, respondents=respondents))


def _door_of(action: Action, *, respondents: bool) -> Callable[..., Door]:
    @permission(f"{action.value}, or own invitation" if respondents else action.value)
    def enter(slug: Slug, key: Key, caller: AnyCaller, session: ReadSession) -> Door:
        if isinstance(caller, RespondentCaller):
            return _own_door(slug, key, caller, session, respondents=respondents)
        round_, survey = round_by_slug(session, slug)
        enter_round(round_, survey, caller.identity, action)
        invitation, _ = invitation_by_key(session, round_id=round_.id or 0, slug=slug, key=key)
        return Door(
            caller=caller,
            round=round_,
            survey=survey,
            key=key,
            invitation_id=invitation.id or 0,
            respondent_id=invitation.respondent_id,
        )

    return enter


def _own_door(
    slug: str, key: str, caller: RespondentCaller, session: ReadSession, *, respondents: bool
) -> Door:
    respondent = caller.respondent
    invitation = session.get_one(Invitation, respondent.invitation_id)
    round_ = session.get_one(Round, invitation.round_id)
    own_key = session.get_one(Respondent, respondent.respondent_id).key
    if (slug, key) != (round_.slug, own_key):
        # Alike for what is not there and for what belongs to others.
        raise NotFound(
            f"There is no invitation of «{key}» in a round «{slug}», or it is not yours.",
            mend=f"Yours is /api/v1/rounds/{round_.slug}/invitations/{own_key}.",
        )
    if not respondents:
        raise Forbidden(
            "A respondent's session may not do this.", mend="Ask the organiser of the survey."
        )
    return Door(
        caller=caller,
        round=round_,
        survey=session.get_one(Survey, round_.survey_id),
        key=own_key,
        invitation_id=respondent.invitation_id,
        respondent_id=respondent.respondent_id,
    )
