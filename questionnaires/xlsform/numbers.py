"""Numbers of a spreadsheet as text: fifteen digits, and days where they are shown as days."""

from datetime import datetime, timedelta
from math import isfinite

from questionnaires.problems import Problem
from questionnaires.xlsform.cells import warned

_SINCE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day has no zone
_SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_INVENTED = 60
"""Excel counts a 29 February 1900, so that days before it are one off."""
_LAST_DAY = 2_958_465
_SECONDS = 86_400


def plain_number(number: float) -> str:
    """A number as a spreadsheet shows it, which keeps fifteen digits."""
    if isfinite(number) and number == int(number):
        return str(int(number))
    return f"{number:.15g}"


def day_of(number: float, *, since_1904: bool, place: str) -> tuple[str, Problem | None]:
    """The day or time that is shown for a number, and a word on what was made of it."""
    if not 0 <= number <= _LAST_DAY:
        return plain_number(number), None
    shown = _shown(number, since_1904=since_1904)
    return shown, warned(
        "date-in-cell",
        f"The cell holds the number {plain_number(number)}, which is shown as a date; it is read "
        f"as {shown}.",
        "Format the cell as text and type the date as it should be read.",
        place,
    )


def _shown(number: float, *, since_1904: bool) -> str:
    if not since_1904 and 1 <= number < _INVENTED:
        number += 1
    first = _SINCE_1904 if since_1904 else _SINCE_1900
    moment = first + timedelta(seconds=round(number * _SECONDS))
    if number < 1:
        return moment.time().isoformat()
    if number == int(number):
        return moment.date().isoformat()
    return moment.isoformat()
