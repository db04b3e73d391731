"""The character of an invented process, from which its answers follow."""

from dataclasses import dataclass, replace
from random import Random

from app.sample.illustrative.chance import chance
from app.sample.illustrative.names import Process

GROUPS = ("thematic", "ad_hoc", "none")
GROUP_WEIGHTS = (45, 33, 22)
CHANGE_OF_GROUP = 0.12
"""The share of processes whose treatment of the theme changes between the rounds."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a process is like; most of it lasts from one round to the next."""

    process: Process
    seed: int
    group: str
    founded: int
    resources: float
    """From 0 (a mailbox) to 1 (a staffed secretariat with assessed contributions)."""
    changes: float
    """The share of answers that differ in the second round."""

    def rng(self, round_number: int, question: str) -> Random:
        """Chance for one question: the same in both rounds unless the answer changes."""
        first = chance(self.seed, self.process.key, question)
        if round_number == 1:
            return first
        again = chance(self.seed, self.process.key, question, round_number)
        return again if again.random() < self.changes else first


def profile_of(process: Process, seed: int) -> Profile:
    """The profile that a process has in the first round."""
    rng = chance(seed, process.key, "profile")
    return Profile(
        process=process,
        seed=seed,
        group=rng.choices(GROUPS, GROUP_WEIGHTS)[0],
        founded=rng.randint(1985, 2015),
        resources=rng.random(),
        changes=rng.choice((0.1, 0.2, 0.35)),
    )


def in_next_round(profile: Profile) -> Profile:
    """The profile in the second round: a few treat the theme otherwise than before."""
    rng = chance(profile.seed, profile.process.key, "next")
    if rng.random() >= CHANGE_OF_GROUP:
        return profile
    others = [group for group in GROUPS if group != profile.group]
    return replace(profile, group=rng.choice(others))
