"""Make up all that happens in one round, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.sample.illustrative.answers import make_answers
from app.sample.illustrative.materials import PlannedMaterial, plan_materials
from app.sample.illustrative.plan import ZONE, Fate, RoundPlan, plan_fates
from app.sample.illustrative.profile import Profile
from questionnaires.answers import Answer
from questionnaires.completeness import core_share
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome

BROKEN_OFF_SECTIONS = 0.25
PARTIAL_SECTIONS = 0.62
"""How much of the form those got through who did not return it."""


@dataclass(frozen=True, slots=True)
class ImaginedReturn:
    """What one invited process does in one round."""

    profile: Profile
    fate: Fate
    materials: tuple[PlannedMaterial, ...]
    answers: Mapping[str, Answer]

    @property
    def key(self) -> str:
        """The key of the process."""
        return self.profile.process.key


@dataclass(frozen=True, slots=True)
class ImaginedRound:
    """A whole round."""

    plan: RoundPlan
    definition: Definition
    returns: tuple[ImaginedReturn, ...]

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What became of each invitation, by key."""
        return {one.key: one.fate.outcome for one in self.returns}


def imagine_round(
    plan: RoundPlan,
    profiles: Sequence[Profile],
    definition: Definition,
    *,
    seed: int,
    before: Mapping[str, Outcome],
) -> ImaginedRound:
    """A round of these processes, the same for the same seed."""
    fates = plan_fates(plan, profiles, seed=seed, before=before)
    returns: list[ImaginedReturn] = []
    for profile in profiles:
        fate = fates[profile.process.key]
        materials = plan_materials(plan, profile, fate, seed=seed)
        answers = _answers(plan, profile, fate, definition, materials)
        returns.append(ImaginedReturn(profile, fate, materials, answers))
    return ImaginedRound(plan, definition, tuple(returns))


def _answers(
    plan: RoundPlan,
    profile: Profile,
    fate: Fate,
    definition: Definition,
    materials: Sequence[PlannedMaterial],
) -> Mapping[str, Answer]:
    if not fate.sittings:
        return {}
    files = {question: one.key for one in materials for question in one.questions}
    today = fate.sittings[-1].astimezone(ZONE).date()

    def answered(sections: int | None) -> Mapping[str, Answer]:
        return make_answers(
            definition,
            profile,
            round_number=plan.number,
            today=today,
            files=files,
            sections=sections,
        )

    count = len(definition.survey)
    match fate.outcome:
        case Outcome.PARTIAL:
            first = int(count * PARTIAL_SECTIONS)
            tries = (answered(sections) for sections in range(first, count + 1))
            return next(made for made in tries if _is_partial(definition, made, today))
        case Outcome.BROKEN_OFF:
            return answered(max(1, int(count * BROKEN_OFF_SECTIONS)))
        case _:
            return answered(None)


def _is_partial(definition: Definition, answers: Mapping[str, Answer], today: date) -> bool:
    """Whether enough of the core is answered to count as a partial return."""
    return core_share(definition, answers, today=today) >= definition.settings.partial_share
