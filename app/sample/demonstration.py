"""Open a round in which the questionnaire of 2007 can be filled and submitted, to try it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.registry.models import Respondent
from app.registry.queries import contacts_of
from app.rounds.models import Invitation, PersonalLink, Round, Survey
from app.rounds.service.link import hash_of, issue_link, token_of
from app.rounds.service.open import open_round
from app.sample.loaded import ACTOR, SampleServices, row_id
from app.web.times import end_of_day
from questionnaires.models import Definition

DEMO = "rcp-demo"
DEMO_DAYS = 56
ZONE = ZoneInfo("Europe/Brussels")
DEMO_NOTICE = (
    "Demonstration: whatever is answered here was made up to try the service. None of it comes "
    "from the processes named."
)


def open_demo(
    session: Session,
    invited: tuple[Respondent, ...],
    definition: Definition,
    services: SampleServices,
) -> str:
    """Open the round to try the form in, and issue one link; nobody is written to.

    It is a survey of its own: what is made up in it must never stand in a comparison with what
    the twelve returned in 2007.
    """
    now = services.clock.now()
    survey = Survey(
        slug=DEMO,
        title="Demonstration of the survey of regional consultative processes",
        organiser="The operator of this service",
        questionnaire=definition.slug,
        time_zone=ZONE.key,
        answer_days=DEMO_DAYS,
        disclaimer=DEMO_NOTICE,
        selection_note="The same twelve processes as in the paper of 2007.",
        created_at=now,
    )
    session.add(survey)
    session.flush()
    round_ = open_round(
        session,
        survey=survey,
        definition=definition,
        slug=DEMO,
        title="Demonstration round",
        due_at=end_of_day(now.astimezone(ZONE).date() + timedelta(days=DEMO_DAYS), ZONE),
        invited=[row_id(respondent.id) for respondent in invited],
        notice=DEMO_NOTICE,
        write_to_contacts=False,
        actor=ACTOR,
        clock=services.clock,
        secret=services.secret,
        mail_domain="example.org",
    )
    first = session.exec(
        select(Invitation)
        .where(Invitation.round_id == round_.id)
        .order_by(col(Invitation.position))
    ).first()
    contacts = contacts_of(session, row_id(invited[0].id))
    _, token = issue_link(
        session,
        invitation_id=row_id(first.id if first is not None else None),
        contact_id=contacts[0].id if contacts else None,
        clock=services.clock,
        secret=services.secret,
    )
    return token


def link_to_try(session: Session, *, secret: bytes) -> tuple[str, str] | None:
    """Whose the first link into the open demonstration round is, and its token; ``None``: none.

    Only of a round in which nothing is real may a link be told to whoever starts the service.
    """
    row = session.exec(
        select(Respondent.key, PersonalLink)
        .join(Invitation, col(Invitation.respondent_id) == col(Respondent.id))
        .join(PersonalLink, col(PersonalLink.invitation_id) == col(Invitation.id))
        .join(Round, col(Round.id) == col(Invitation.round_id))
        .where(Round.slug == DEMO)
        .where(Round.notice == DEMO_NOTICE)
        .where(col(Round.closed_at).is_(None))
        .where(col(PersonalLink.revoked_at).is_(None))
        .order_by(col(PersonalLink.id))
    ).first()
    if row is None:
        return None
    key, link = row
    token = token_of(link.nonce, secret=secret)
    # Under another secret it comes out differently, and would open nothing.
    return (key, token) if hash_of(token) == link.token_hash else None
