"""The verbs of the registry: add a respondent, a name, a contact."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from app.clock import Clock
from app.errors import Conflict, Invalid
from app.registry.models import Contact, ContactRole, NameKind, Respondent, RespondentName
from app.registry.rules import LONGEST_INSTITUTION, check_email, check_key, check_name
from exports.records import OtherName


def add_respondent(
    session: Session,
    *,
    key: str,
    short_name: str,
    official_name: str,
    other_names: Sequence[OtherName] = (),
    region: str = "",
    locator: str = "",
    fictional: bool = False,
    clock: Clock,
) -> Respondent:
    """Enter an institution under a new key; ``locator`` says where its official name stands."""
    problems = check_key(key)
    for name in (short_name, official_name):
        problems += check_name(name, longest=LONGEST_INSTITUTION)
    if problems:
        raise Invalid(problems)
    if session.exec(select(Respondent.id).where(Respondent.key == key)).first() is not None:
        raise Conflict(
            f"There is already a respondent with the key «{key}».",
            mend="Choose another key; a key is never used twice.",
        )
    respondent = Respondent(key=key, region=region, fictional=fictional, created_at=clock.now())
    session.add(respondent)
    session.flush()
    add_name(session, respondent=respondent, kind=NameKind.SHORT, text=short_name, locator=locator)
    add_name(
        session, respondent=respondent, kind=NameKind.OFFICIAL, text=official_name, locator=locator
    )
    for other in other_names:
        add_name(
            session,
            respondent=respondent,
            kind=NameKind.OTHER,
            text=other.text,
            language=other.language or "en",
            locator=other.locator,
        )
    return respondent


def add_name(
    session: Session,
    *,
    respondent: Respondent,
    kind: NameKind,
    text: str,
    language: str = "en",
    valid_from: date | None = None,
    valid_until: date | None = None,
    locator: str = "",
) -> RespondentName:
    """Give a respondent one more name, after those of its kind and language."""
    problems = check_name(text, longest=LONGEST_INSTITUTION)
    if problems:
        raise Invalid(problems)
    last = session.exec(
        select(func.coalesce(func.max(RespondentName.position), -1))
        .where(RespondentName.respondent_id == respondent.id)
        .where(col(RespondentName.kind) == kind)
        .where(RespondentName.language == language)
    ).one()
    name = RespondentName(
        respondent_id=_id(respondent),
        kind=kind,
        text=text,
        language=language,
        position=last + 1,
        valid_from=valid_from,
        valid_until=valid_until,
        locator=locator,
    )
    session.add(name)
    session.flush()
    return name


def add_contact(
    session: Session,
    *,
    respondent: Respondent,
    name: str,
    email: str,
    role: ContactRole = ContactRole.FOCAL_POINT,
    language: str = "en",
    clock: Clock,
) -> Contact:
    """Enter a person at a respondent."""
    email = email.strip()
    problems = [*check_name(name), *check_email(email)]
    if problems:
        raise Invalid(problems)
    known = session.exec(
        select(Contact.id)
        .where(Contact.respondent_id == respondent.id)
        .where(Contact.email == email)
    ).first()
    if known is not None:
        raise Conflict(f"«{email}» is already a contact of «{respondent.key}».")
    contact = Contact(
        respondent_id=_id(respondent),
        role=role,
        name=name,
        email=email,
        language=language,
        created_at=clock.now(),
    )
    session.add(contact)
    session.flush()
    return contact


def _id(respondent: Respondent) -> int:
    if respondent.id is None:
        message = "The respondent is not in the database yet."
        raise ValueError(message)
    return respondent.id
