"""The invented respondents: with names, contacts, a rename, a merger and an end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from sqlalchemy import update
from sqlmodel import Session, col

from app.clock import Clock
from app.errors import Invalid
from app.registry.models import Contact, ContactRole, NameKind, Respondent, RespondentName
from app.sample.illustrative.insertion import insert_rows, insert_with_ids
from app.sample.illustrative.names import ARABIC_NAME, MOST_PROCESSES, Process, processes
from app.sample.illustrative.profile import Profile, in_next_round, profile_of
from questionnaires.problems import Problem

LEAVING = 2
"""Respondents of the first round who are not in the second: one has ended, one has merged."""
FEWEST_TO_LEAVE = 8
"""Only a sample of at least so many has respondents who leave and come."""
RENAMED_ON = date(2024, 9, 1)
ENDED_ON = date(2024, 6, 30)


@dataclass(frozen=True, slots=True)
class World:
    """The invented processes: all of them, and who is invited to which round."""

    processes: tuple[Process, ...]
    first: tuple[Profile, ...]
    second: tuple[Profile, ...]
    ended: Process | None = None
    merged: Process | None = None
    successor: Process | None = None


def imagine_world(*, respondents: int, seed: int) -> World:
    """So many processes for each round; ``Invalid`` when they cannot be made up."""
    leaving = LEAVING if respondents >= FEWEST_TO_LEAVE else 0
    if not 1 <= respondents <= MOST_PROCESSES - leaving:
        problem = Problem(
            code="out-of-range",
            place="respondents",
            message=f"{respondents} respondents cannot be made up.",
            mend=f"Ask for 1 to {MOST_PROCESSES - LEAVING}.",
        )
        raise Invalid([problem])
    made = tuple(islice(processes(seed), respondents + leaving))
    profiles = [profile_of(process, seed) for process in made]
    first = profiles[:respondents]
    staying = first[:1] + first[1 + leaving :]
    second = [in_next_round(profile) for profile in staying] + profiles[respondents:]
    world = World(processes=made, first=tuple(first), second=tuple(second))
    if not leaving:
        return world
    return replace(world, ended=made[1], merged=made[2], successor=made[respondents])


def enter_world(session: Session, world: World, *, clock: Clock) -> Mapping[str, int]:
    """Enter the respondents with names and contacts; their rows by key."""
    ids = _enter(session, world.processes, clock=clock)
    if world.ended is not None:
        _end(session, ids[world.ended.key], successor_id=None)
    if world.merged is not None and world.successor is not None:
        _end(session, ids[world.merged.key], successor_id=ids[world.successor.key])
    return ids


def _enter(session: Session, made: Sequence[Process], *, clock: Clock) -> Mapping[str, int]:
    now = clock.now()
    ids = insert_with_ids(
        session,
        Respondent,
        [
            {"key": one.key, "region": one.region, "fictional": True, "created_at": now}
            for one in made
        ],
    )
    by_key = {process.key: id_ for process, id_ in zip(made, ids, strict=True)}
    insert_rows(
        session,
        RespondentName,
        [row for at, one in enumerate(made) for row in _names(one, by_key[one.key], place=at)],
    )
    insert_rows(
        session,
        Contact,
        [
            {
                "respondent_id": by_key[one.key],
                "role": ContactRole.FOCAL_POINT,
                "name": f"Focal point, {one.short_name}",
                "email": f"focal-point@{one.key}.example.org",
                "language": "en",
                "created_at": now,
            }
            for one in made
        ],
    )
    return by_key


def _names(process: Process, respondent_id: int, *, place: int) -> list[dict[str, object]]:
    def name(kind: NameKind, text: str, **more: object) -> dict[str, object]:
        row: dict[str, object] = {
            "respondent_id": respondent_id,
            "kind": kind,
            "text": text,
            "language": "en",
            "position": 0,
            "valid_from": None,
            "valid_until": None,
            "locator": "",
        }
        return row | more

    rows = [name(NameKind.SHORT, process.short_name)]
    if place == 0:
        # The first one takes a new official name between the rounds.
        before = name(NameKind.OFFICIAL, process.official_name, valid_until=RENAMED_ON)
        after = f"Renewed {process.official_name}"
        rows += [before, name(NameKind.OFFICIAL, after, position=1, valid_from=RENAMED_ON)]
        rows.append(name(NameKind.OTHER, ARABIC_NAME, language="ar"))
    else:
        rows.append(name(NameKind.OFFICIAL, process.official_name))
    return rows


def _end(session: Session, respondent_id: int, *, successor_id: int | None) -> None:
    session.execute(
        update(Respondent)
        .where(col(Respondent.id) == respondent_id)
        .values(dormant_since=ENDED_ON, successor_id=successor_id)
    )
