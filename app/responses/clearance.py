"""The clearance of a return: who stands for it by name, and what is wrong with that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.responses.rules import MAX_NAME, MAX_REASON, too_long
from app.web.calendar import year_problems
from questionnaires.answered import is_answered
from questionnaires.answers import Value
from questionnaires.models import Definition, QuestionType
from questionnaires.problems import Problem
from questionnaires.validation import check_panel

MAX_MINUTES = 100_000


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who stands for the return, by name: the named officer who clears it."""

    name: str
    title: str = ""
    on: date | None = None
    """The day of the clearance; ``None`` for today."""
    declared: bool = False
    """Whether the declaration of the submission panel was made."""


def clearance_problems(
    definition: Definition,
    clearance: Clearance,
    minutes_spent: int | None,
    *,
    now: datetime,
    whole: bool,
) -> list[Problem]:
    """What is wrong with the clearance; the whole panel's rules hold for a questionnaire.

    ``now`` is the moment in the round's zone.
    """
    today = now.date()
    problems = name_problems(clearance)
    if not is_answered(clearance.name):
        problems.append(_required("clearance_name", "The name of who clears this return"))
    if clearance.on is not None and clearance.on > today + timedelta(days=1):
        problems.append(
            Problem(
                code="in-the-future",
                message="The day of the clearance lies in the future.",
                mend="Give the day on which it was cleared, at the latest today.",
                place="clearance_on",
            )
        )
    elif clearance.on is not None:
        problems += year_problems(clearance.on, place="clearance_on")
    if minutes_spent is not None and not 0 <= minutes_spent <= MAX_MINUTES:
        problems.append(
            Problem(
                code="out-of-range",
                message="The minutes spent cannot be right.",
                mend=f"Give a whole number from 0 to {MAX_MINUTES:,}, or leave it empty.",
                place="minutes_spent",
            )
        )
    if whole:
        problems += _gaps(definition, clearance)
        values = _panel_values(definition, clearance, minutes_spent, today)
        known = {problem.place for problem in problems}
        found = check_panel(definition, values, today=today, now=now)
        problems += [problem for problem in found if problem.place not in known]
    return problems


def _gaps(definition: Definition, clearance: Clearance) -> list[Problem]:
    """What a questionnaire's panel needs besides the name, in words that fit the field."""
    panel = definition.panel_by_name
    needed = {name for name in panel if panel[name].required}
    problems: list[Problem] = []
    if "clearance_title" in needed and not is_answered(clearance.title):
        problems.append(_required("clearance_title", "The title or function of that person"))
    if "declaration" in needed and not clearance.declared:
        problems.append(
            Problem(
                code="required",
                message="The declaration has not been made.",
                mend="Tick the box once the return has been cleared.",
                place="declaration",
            )
        )
    return problems


def _panel_values(
    definition: Definition, clearance: Clearance, minutes_spent: int | None, today: date
) -> Mapping[str, Value]:
    """The panel as its definition asks for it; the declaration is the choice of its one option."""
    values: dict[str, Value] = {
        "clearance_name": clearance.name,
        "clearance_title": clearance.title,
        "clearance_on": (clearance.on or today).isoformat(),
    }
    if minutes_spent is not None:
        values["minutes_spent"] = minutes_spent
    declaration = definition.panel_by_name.get("declaration")
    if declaration is not None and clearance.declared:
        options = definition.options(declaration)
        several = declaration.type is QuestionType.SELECT_MULTIPLE
        values["declaration"] = (options[0].name,) if several else options[0].name
    return values


def refusal_problems(reason: str, clearance: Clearance) -> list[Problem]:
    """What is wrong with a refusal; the name of who declines may be left out."""
    problems = name_problems(clearance)
    problems += too_long(reason, most=MAX_REASON, what="The reason", place="decline_reason")
    if not is_answered(reason):
        problems.append(
            Problem(
                code="required",
                message="A reason is missing.",
                mend="Say in a few words why; «no capacity this year» is enough.",
                place="decline_reason",
            )
        )
    return problems


def name_problems(clearance: Clearance) -> list[Problem]:
    return [
        *too_long(clearance.name, most=MAX_NAME, what="The name", place="clearance_name"),
        *too_long(clearance.title, most=MAX_NAME, what="The title", place="clearance_title"),
    ]


def _required(place: str, what: str) -> Problem:
    return Problem(code="required", message=f"{what} is missing.", mend="Fill it in.", place=place)
