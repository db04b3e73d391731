"""The years that the service reckons with: what is typed beyond them is refused in words.

At the ends of Python's calendar there is no next day and no other zone, files hold no such dates,
and nobody means them.
"""

from datetime import date

from app.errors import Invalid
from questionnaires.problems import Problem

FIRST_YEAR = 1900
LAST_YEAR = 2999


def year_problems(on: date, *, place: str) -> list[Problem]:
    """What is wrong with the year of a day or a moment that somebody has typed."""
    if FIRST_YEAR <= on.year <= LAST_YEAR:
        return []
    return [
        Problem(
            code="year-out-of-range",
            place=place,
            message=f"The year {on.year:04} is outside the calendar of this service.",
            mend=f"Give a year from {FIRST_YEAR} to {LAST_YEAR}.",
        )
    ]


def check_year(on: date, *, place: str) -> None:
    """Raise ``Invalid`` for such a day or moment, before anything is reckoned with it."""
    problems = year_problems(on, place=place)
    if problems:
        raise Invalid(problems)
