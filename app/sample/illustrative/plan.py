"""When the two rounds took place, and what became of each invitation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.sample.illustrative.chance import chance
from app.sample.illustrative.profile import Profile
from app.web.times import end_of_day
from exports.records import Channel
from questionnaires.outcomes import Outcome

ZONE = ZoneInfo("Europe/Brussels")

SHARES: Mapping[Outcome, float] = {
    Outcome.COMPLETED: 0.575,
    Outcome.LATE: 0.05,
    Outcome.PARTIAL: 0.075,
    Outcome.BROKEN_OFF: 0.05,
    Outcome.MATERIALS_ONLY: 0.075,
    Outcome.DECLINED: 0.05,
    Outcome.NO_RESPONSE: 0.075,
    Outcome.UNDELIVERED: 0.025,
    Outcome.INELIGIBLE: 0.025,
}
"""Of the invited; every outcome is there once as soon as there are enough of them."""
BIAS = 0.3
"""How much rather those of the group «thematic» fail to complete: a bias that must be printed."""
HABIT = 0.6
"""How much rather those complete who completed last time."""
REMINDER_DAYS = (14, 3)
"""Days before the deadline on which those are reminded who have returned nothing."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """One of the two rounds. The dates are fixed, so that the sample is the same each time."""

    number: int
    slug: str
    title: str
    opened_at: datetime
    due_on: date
    closed_at: datetime

    @property
    def due_at(self) -> datetime:
        """The end of the last day."""
        return end_of_day(self.due_on, ZONE)


ROUNDS = (
    RoundPlan(
        number=1,
        slug="illustrative-1",
        title="Illustrative survey, first round",
        opened_at=datetime(2023, 3, 1, 8, tzinfo=UTC),
        due_on=date(2023, 4, 30),
        closed_at=datetime(2023, 5, 31, 10, tzinfo=UTC),
    ),
    RoundPlan(
        number=2,
        slug="illustrative-2",
        title="Illustrative survey, second round",
        opened_at=datetime(2025, 3, 3, 8, tzinfo=UTC),
        due_on=date(2025, 4, 30),
        closed_at=datetime(2025, 5, 30, 10, tzinfo=UTC),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one invitation, and when."""

    outcome: Outcome
    opened_at: datetime | None = None
    sittings: tuple[datetime, ...] = ()
    """When somebody sat over the form."""
    returned_at: datetime | None = None
    channel: Channel = Channel.WEB
    extended_until: datetime | None = None
    reminders: tuple[datetime, ...] = field(default=())
    minutes_spent: int | None = None


def share_out(count: int) -> list[Outcome]:
    """The outcomes of so many invitations, the most frequent first."""
    shares = {outcome: int(share * count) for outcome, share in SHARES.items()}
    if count >= 2 * len(SHARES):
        shares = {outcome: max(1, number) for outcome, number in shares.items()}
    shares[Outcome.COMPLETED] += count - sum(shares.values())
    return [outcome for outcome, number in shares.items() for _ in range(number)]


def plan_fates(
    round_: RoundPlan,
    profiles: Sequence[Profile],
    *,
    seed: int,
    before: Mapping[str, Outcome],
) -> dict[str, Fate]:
    """What becomes of each invited process, by key; ``before`` holds the last round's outcomes."""
    rng = chance(seed, "fates", round_.number)
    luck = {profile.process.key: _luck(profile, rng, before) for profile in profiles}
    ordered = sorted(luck, key=lambda key: (luck[key], key))
    outcomes = share_out(len(ordered))
    return {
        key: _fate(round_, outcome, chance(seed, key, "fate", round_.number))
        for key, outcome in zip(ordered, outcomes, strict=True)
    }


def _luck(profile: Profile, rng: Random, before: Mapping[str, Outcome]) -> float:
    luck = rng.random() + (BIAS if profile.group == "thematic" else 0.0)
    completed = before.get(profile.process.key) is Outcome.COMPLETED
    return luck - HABIT if completed else luck


def _fate(round_: RoundPlan, outcome: Outcome, rng: Random) -> Fate:
    if outcome is Outcome.INELIGIBLE:
        return Fate(outcome=outcome)
    if outcome in {Outcome.UNDELIVERED, Outcome.NO_RESPONSE}:
        looked = outcome is Outcome.NO_RESPONSE and rng.random() < BIAS
        opened_at = round_.opened_at + _days(rng, 2, 20) if looked else None
        reminders = () if outcome is Outcome.UNDELIVERED else _reminders(round_, None)
        return Fate(outcome=outcome, opened_at=opened_at, reminders=reminders)
    opened_at = round_.opened_at + _days(rng, 1, 25)
    sittings = sorted(opened_at + _days(rng, 0, 20) for _ in range(rng.randint(1, 3)))
    match outcome:
        case Outcome.PARTIAL | Outcome.BROKEN_OFF:
            return Fate(
                outcome=outcome,
                opened_at=opened_at,
                sittings=tuple(sittings),
                reminders=_reminders(round_, None),
            )
        case Outcome.LATE:
            returned_at = round_.closed_at + _days(rng, 3, 20)
            return Fate(
                outcome=outcome,
                opened_at=opened_at,
                sittings=(returned_at - timedelta(hours=2),),
                returned_at=returned_at,
                channel=Channel.EMAIL,
                reminders=_reminders(round_, None),
            )
        case Outcome.MATERIALS_ONLY | Outcome.DECLINED:
            returned_at = opened_at + _days(rng, 1, 15)
            return Fate(
                outcome=outcome,
                opened_at=opened_at,
                returned_at=returned_at,
                reminders=_reminders(round_, returned_at),
            )
        case _:
            return _completed(round_, opened_at, sittings, rng)


def _completed(
    round_: RoundPlan, opened_at: datetime, sittings: list[datetime], rng: Random
) -> Fate:
    """Most return in time; some ask for two weeks more and use them."""
    extended_until = None
    if rng.random() < BIAS / 2:
        extended_until = end_of_day(round_.due_on + timedelta(days=14), ZONE)
        sittings.append(round_.due_at + _days(rng, 1, 12))
    returned_at = sittings[-1] + timedelta(minutes=rng.randint(10, 90))
    return Fate(
        outcome=Outcome.COMPLETED,
        opened_at=opened_at,
        sittings=tuple(sittings),
        returned_at=returned_at,
        extended_until=extended_until,
        reminders=_reminders(round_, returned_at),
        minutes_spent=rng.choice((None, 45, 60, 75, 90, 120, 150, 180, 240)),
    )


def _days(rng: Random, fewest: int, most: int) -> timedelta:
    return timedelta(days=rng.randint(fewest, most), minutes=rng.randint(0, 8 * 60))


def _reminders(round_: RoundPlan, returned_at: datetime | None) -> tuple[datetime, ...]:
    moments = (round_.due_at - timedelta(days=days, hours=14) for days in REMINDER_DAYS)
    return tuple(at for at in moments if returned_at is None or at < returned_at)
