"""The dependencies of routes that ask for a respondent: somebody who started a personal link."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Depends, Request, Response
from sqlalchemy import Row, Select, bindparam, select
from sqlmodel import Session, col
from starlette.concurrency import run_in_threadpool

from app.clock import Clock
from app.errors import NotSignedIn
from app.registry.models import Contact, ContactRole
from app.responses.drafts import Editor, ResponseKey
from app.responses.language import chosen_language
from app.responses.models import Response as ResponseRow
from app.responses.rules import editor_name, effective_due, is_late, moment_in, seed_of, today_in
from app.responses.service.hold import RoundClosed
from app.rounds.definitions import definition_of
from app.rounds.models import (
    Invitation,
    PersonalLink,
    QuestionnaireVersion,
    RespondentSession,
    Round,
)
from app.rounds.service.link import hash_of
from app.services import Services
from app.settings import Settings
from app.web.access import permission
from app.web.body_limit import OTHER_BYTES
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from app.web.ways import Way
from questionnaires.models import Definition

COOKIE = "rapporteur_respondent"
OWN_INVITATION = "own invitation"
FORM = "/form"


class LinkNeeded(NotSignedIn):
    """A respondent's page was asked for by a browser in which no link was started."""

    title = "Please open your personal link"


@dataclass(frozen=True, slots=True)
class RespondentIdentity:
    """Who answers: the contact of a personal link, and the one invitation that it opens."""

    link_id: int
    contact_id: int | None
    role: ContactRole | None
    language: str | None
    invitation_id: int
    respondent_id: int
    response: ResponseKey
    version_sha256: str
    round_title: str
    notice: str
    zone: str
    due_at: datetime | None
    now: datetime
    chosen_language: str | None = None
    """Asked for in this browser; it comes before that of the contact."""

    @property
    def today(self) -> date:
        """The date on the round's calendar."""
        return today_in(self.zone, self.now)

    @property
    def moment(self) -> datetime:
        """The moment as the round's clocks show it."""
        return moment_in(self.zone, self.now)

    @property
    def seed(self) -> str:
        """What the response's random numbers are drawn from."""
        return seed_of(self.response.id)

    @property
    def zone_info(self) -> ZoneInfo:
        """The round's time zone."""
        return ZoneInfo(self.zone)

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return is_late(self.now, self.due_at)

    @property
    def editor(self) -> Editor:
        """How this person's edits are signed."""
        return Editor(editor_name(self.role), contact_id=self.contact_id)

    @property
    def actor(self) -> str:
        """How the audit log knows this person."""
        return f"contact:{self.contact_id}" if self.contact_id else f"link:{self.link_id}"


def cookie_name(settings: Settings) -> str:
    """The name of the cookie; browsers hold ``__Host-`` to HTTPS and to this host."""
    return f"__Host-{COOKIE}" if settings.secure_cookies else COOKIE


def remember_respondent(
    response: Response, token: str, *, until: datetime, now: datetime, settings: Settings
) -> None:
    """Set the session's cookie, which no script can read."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int((until - now).total_seconds()),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        path="/",
    )


def forget_respondent(response: Response, *, settings: Settings) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(
        cookie_name(settings),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        path="/",
    )


def door(request: Request) -> Way | None:
    """The way to the form, for a browser in which a personal link was started."""
    name = cookie_name(request.app.state.services.settings)
    return Way(FORM, "To the overview of the questionnaire") if name in request.cookies else None


async def session_token(request: Request) -> str:
    """The token in the cookie; raises ``LinkNeeded`` before the database is asked for anything.

    Before a large body is read, the database is asked whose it is: reading it takes seconds.
    """
    services: Services = request.app.state.services
    token = request.cookies.get(cookie_name(services.settings))
    if not token:
        raise link_needed()
    if int(request.headers.get("content-length", "0")) > OTHER_BYTES:
        async with services.database.read_async() as session:
            await run_in_threadpool(identity_of, session, token, clock=services.clock)
    return token


SessionToken = Annotated[str, Depends(session_token)]


@permission(OWN_INVITATION)
def reading_respondent(
    request: Request, token: SessionToken, services: ServicesDep, session: ReadSession
) -> RespondentIdentity:
    """Who reads; raises ``LinkNeeded``, or ``RoundClosed`` when the round has ended."""
    return identity_of(session, token, clock=services.clock, chosen=chosen_language(request))


@permission(OWN_INVITATION)
def writing_respondent(
    request: Request, token: SessionToken, services: ServicesDep, session: WriteSession
) -> RespondentIdentity:
    """Who writes, in the transaction of what is written."""
    return identity_of(session, token, clock=services.clock, chosen=chosen_language(request))


Reading = Annotated[RespondentIdentity, Depends(reading_respondent, scope="function")]
Writing = Annotated[RespondentIdentity, Depends(writing_respondent, scope="function")]


def identity_of(
    session: Session, token: str, *, clock: Clock, chosen: str | None = None
) -> RespondentIdentity:
    """The respondent of a session's token, in one query; ``chosen`` is the language asked for."""
    now = clock.now()
    asked = {"token_hash": hash_of(token), "now": now}
    row = session.connection().execute(IDENTITY, asked).one_or_none()
    if row is None:
        raise link_needed()
    require_open(row, now)
    return RespondentIdentity(
        link_id=row.link_id,
        contact_id=row.contact_id,
        role=row.role,
        language=row.language,
        invitation_id=row.invitation_id,
        respondent_id=row.respondent_id,
        response=ResponseKey(row.response_id, row.invitation_id, row.version_id),
        version_sha256=row.sha256,
        round_title=row.title,
        notice=row.notice,
        zone=row.time_zone,
        due_at=effective_due(row.due_at, row.extended_until),
        now=now,
        chosen_language=chosen,
    )


def require_open(row: Row[*tuple[Any, ...]], now: datetime) -> None:
    """Raise ``RoundClosed`` when the round of a respondent has ended."""
    if row.closed_at is not None and row.closed_at <= now:
        raise RoundClosed(at=row.closed_at, zone=row.time_zone)


# Written once: this is asked at every request of a respondent, and building it takes longer than
# the database needs to answer.
IDENTITY: Select[*tuple[Any, ...]] = (
    select(
        col(PersonalLink.id).label("link_id"),
        col(PersonalLink.contact_id),
        col(Contact.role),
        col(Contact.language),
        col(Invitation.id).label("invitation_id"),
        col(Invitation.respondent_id),
        col(Invitation.extended_until),
        col(ResponseRow.id).label("response_id"),
        col(ResponseRow.version_id),
        col(QuestionnaireVersion.sha256),
        col(Round.title),
        col(Round.notice),
        col(Round.time_zone),
        col(Round.due_at),
        col(Round.closed_at),
    )
    .select_from(RespondentSession)
    .join(PersonalLink, col(PersonalLink.id) == col(RespondentSession.link_id))
    .join(Invitation, col(Invitation.id) == col(PersonalLink.invitation_id))
    .join(Round, col(Round.id) == col(Invitation.round_id))
    .join(ResponseRow, col(ResponseRow.invitation_id) == col(Invitation.id))
    .join(QuestionnaireVersion, col(QuestionnaireVersion.id) == col(ResponseRow.version_id))
    .outerjoin(Contact, col(Contact.id) == col(PersonalLink.contact_id))
    .where(col(RespondentSession.token_hash) == bindparam("token_hash"))
    .where(col(RespondentSession.expires_at) > bindparam("now"))
    .where(col(PersonalLink.revoked_at).is_(None))
    .where(col(ResponseRow.official))
)


def definition_for(session: Session, identity: RespondentIdentity) -> Definition:
    """The questionnaire as it was when the respondent's round opened."""
    return definition_of(session, identity.response.version_id, sha256=identity.version_sha256)


def link_needed() -> LinkNeeded:
    """What to raise for one without a session that is valid."""
    return LinkNeeded(
        "No personal link was opened in this browser, or your session has ended. "
        "Everything that was saved is kept.",
        mend="Open the personal link in the mail you received; it takes you back to your answers. "
        "If you have lost it, ask the organiser of the survey for a new one.",
    )
