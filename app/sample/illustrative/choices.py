"""Which options an invented process chooses."""

from collections.abc import Callable, Mapping

from app.sample.illustrative.question import Asked
from questionnaires.answers import Answer, Value
from questionnaires.routing import offered_choices, route

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "resp_role": {"secretariat": 9, "support_entity": 4, "current_chair": 4, "government": 2},
    "attribution": {"publish": 15, "not_attributed": 4, "background": 1.5},
    "name_check": {"correct": 9, "corrected": 1},
    "member_role": {"member": 10, "observer": 3, "partner": 2},
    "composition": {"developing": 5, "mixed": 4, "developed": 2},
    "followup": {"systematic": 2, "partial": 5, "rare": 3, "no_mechanism": 3},
    "adequacy": {"adequate": 3, "partly": 4, "understaffed": 5},
    "predictability": {"predictable": 2, "partly": 5, "not_predictable": 4},
    "coherence_theme": {"standing": 2, "past": 4, "planned": 2, "no": 4},
    "link_mode": {"informal": 6, "formal": 3, "no_view": 2},
    "consent": {"publish": 6, "anonymous": 2, "no": 1},
    "output_status": {"done": 6, "ongoing": 3, "planned": 2},
    "regional_body": {
        "other": 1,
        "eu": 0,
        "sadc": 0,
        "ecowas": 0,
        "mercosur": 0,
        "apec": 0,
        "asean": 0,
    },
    "body_nature": {"formal": 2, "tool": 2, "informal": 5},
}
"""By list: how often each option is taken. An option not named has the weight 1."""

BY_GROUP: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "md_treatment": {
        "thematic": {"thematic": 12, "ad_hoc": 1, "not_addressed": 0},
        "ad_hoc": {"thematic": 1, "ad_hoc": 12, "not_addressed": 1},
        "none": {"thematic": 0, "ad_hoc": 1, "not_addressed": 9},
    },
    "md_founding": {
        "thematic": {"priority": 6, "referred_to": 4, "not_mentioned": 2, "no_document": 0.5},
        "ad_hoc": {"priority": 0.5, "referred_to": 4, "not_mentioned": 5, "no_document": 1},
        "none": {"priority": 0, "referred_to": 1, "not_mentioned": 7, "no_document": 2},
    },
    "md_frequency": {
        "thematic": {"every": 4, "most": 6, "some": 2, "one": 0, "none": 0},
        "ad_hoc": {"every": 0, "most": 1, "some": 6, "one": 4, "none": 0.5},
        "none": {"every": 0, "most": 0, "some": 1, "one": 3, "none": 2},
    },
}
"""By question, then by the group of the process."""

FREQUENCIES: Mapping[str, Mapping[str, float]] = {
    "levels_technical": {"more_than_yearly": 6, "yearly": 4, "irregular": 1, "never": 0},
    "levels_senior": {"more_than_yearly": 2, "yearly": 6, "two_yearly": 1, "never": 1},
    "levels_vice_ministerial": {"yearly": 2, "two_yearly": 1, "irregular": 2, "never": 6},
    "levels_ministerial": {"yearly": 2, "two_yearly": 3, "irregular": 3, "never": 5},
}
REGULAR_MINISTRIES = frozenset({"ministries_interior", "ministries_justice", "ministries_foreign"})
MOST_CHOSEN = 4
NOTHING = 0.08
"""How often «none of these» is chosen where it is offered."""
WEALTHY = 0.6
POOR = 0.3


def one_of(asked: Asked) -> Value | None:
    """One option, by the weights of its question, its list, or at even chances."""
    question = asked.question
    weights = BY_GROUP.get(question.name, {}).get(asked.profile.group)
    weights = weights or FREQUENCIES.get(question.name) or WEIGHTS.get(question.list_name or "")
    if question.name == "secretariat":
        weights = _secretariat(asked)
    names = [choice.name for choice in asked.definition.options(question)]
    return asked.rng.choices(names, [(weights or {}).get(name, 1.0) for name in names])[0]


def _secretariat(asked: Asked) -> Mapping[str, float]:
    if asked.profile.resources > WEALTHY:
        return {"own": 6, "international_organisation": 4, "rotating": 0, "no_fixed": 0}
    return {"own": 1, "international_organisation": 5, "rotating": 3, "no_fixed": 2}


def several_of(asked: Asked) -> Value | None:
    """Some options in the order of the list, or the one that excludes all others."""
    special = SPECIAL.get(asked.question.name)
    if special is not None:
        return special(asked)
    if asked.question.name.startswith("ministries_"):
        return _ministry(asked)
    if asked.nothing is not None and asked.rng.random() < NOTHING:
        return (asked.nothing,)
    return _some(asked, asked.options, most=MOST_CHOSEN)


def _some(asked: Asked, names: list[str], *, most: int) -> tuple[str, ...]:
    count = asked.rng.randint(1, min(most, len(names)))
    chosen = set(asked.rng.sample(names, count))
    return tuple(name for name in names if name in chosen)


def _ministry(asked: Asked) -> tuple[str, ...] | None:
    """Interior, Justice and Foreign Affairs come regularly; the others when a theme asks for it."""
    chance = asked.rng.random()
    if asked.question.name in REGULAR_MINISTRIES:
        return ("founding", "regular") if chance < WEALTHY else ("regular",)
    if asked.question.name == "ministries_other":
        return ("ad_hoc",) if chance < POOR else None
    if chance < NOTHING * 3:
        return (asked.nothing,) if asked.nothing is not None else None
    return ("regular",) if chance > WEALTHY + POOR else ("ad_hoc",)


def _outputs(asked: Asked) -> tuple[str, ...]:
    if asked.profile.group == "none" and asked.rng.random() < WEALTHY and asked.nothing:
        return (asked.nothing,)
    if asked.profile.resources < POOR:
        return ("dialogue",)
    return _some(asked, [name for name in asked.options if name != "dialogue"], most=MOST_CHOSEN)


def _funding(asked: Asked) -> tuple[str, ...]:
    if asked.profile.resources > WEALTHY:
        likely = ["assessed", "voluntary", "host", "donor_unearmarked"]
    else:
        likely = ["voluntary", "host", "donor_earmarked", "international_organisation"]
    return _some(asked, [name for name in asked.options if name in likely], most=3)


SPECIAL: Mapping[str, Callable[[Asked], tuple[str, ...] | None]] = {
    "output_types": _outputs,
    "funding": _funding,
    "obstacles": lambda asked: _some(asked, asked.options, most=3),
    "themes": lambda asked: _some(asked, asked.options, most=8),
}


def ranked(asked: Asked) -> Value | None:
    """The most important of what may be ranked."""
    answers = {name: Answer(value=value) for name, value in asked.values.items()}
    path = route(asked.definition, answers, today=asked.today)
    names = [choice.name for choice in offered_choices(asked.definition, asked.question, path)]
    top = int(asked.question.parameters.get("top", len(names)))
    return tuple(asked.rng.sample(names, min(top, len(names)))) or None
