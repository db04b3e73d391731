"""What can be asked of the registry."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlmodel import Session, col, select

from app.errors import NotFound
from app.registry.models import Contact, Respondent, RespondentName
from app.registry.rules import Names, names_on
from exports.records import Record


class RespondentEntry(Record):
    """A respondent as a list shows it."""

    id: int
    key: str
    names: Names
    region: str
    fictional: bool
    dormant_since: date | None
    successor_id: int | None


def respondent_names(
    session: Session, respondent_ids: Collection[int], *, on: date
) -> Mapping[int, Names]:
    """What each of some respondents is called on a day, in one query."""
    rows = session.exec(
        select(Respondent, RespondentName)
        .join(RespondentName, isouter=True)
        .where(col(Respondent.id).in_(respondent_ids))
    )
    keys: dict[int, str] = {}
    names: defaultdict[int, list[RespondentName]] = defaultdict(list)
    for respondent, name in rows:
        if respondent.id is not None:
            keys[respondent.id] = respondent.key
            if name is not None:
                names[respondent.id].append(name)
    return {
        respondent_id: names_on(names[respondent_id], on, key=key)
        for respondent_id, key in keys.items()
    }


def respondents(session: Session, *, on: date) -> tuple[RespondentEntry, ...]:
    """Every respondent with its names of a day, by short name."""
    rows = session.exec(select(Respondent)).all()
    names = respondent_names(session, [row.id for row in rows if row.id is not None], on=on)
    entries = (
        RespondentEntry(
            id=row.id,
            key=row.key,
            names=names[row.id],
            region=row.region,
            fictional=row.fictional,
            dormant_since=row.dormant_since,
            successor_id=row.successor_id,
        )
        for row in rows
        if row.id is not None
    )
    return tuple(sorted(entries, key=lambda entry: (entry.names.short.casefold(), entry.key)))


def respondent_by_key(session: Session, key: str) -> Respondent:
    """The respondent of a key."""
    row = session.exec(select(Respondent).where(Respondent.key == key)).one_or_none()
    if row is None:
        raise NotFound(f"There is no respondent with the key «{key}».")
    return row


def contacts_of(session: Session, respondent_id: int) -> tuple[Contact, ...]:
    """The people at a respondent who have not been erased, in the order they were added."""
    return tuple(
        session.exec(
            select(Contact)
            .where(Contact.respondent_id == respondent_id)
            .where(col(Contact.erased_at).is_(None))
            .order_by(col(Contact.id))
        )
    )
