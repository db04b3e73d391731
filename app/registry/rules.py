"""The rules of the registry: keys, addresses, and which name holds on a day."""

import re
from collections.abc import Iterable
from datetime import date

from app.registry.models import NameKind, RespondentName
from exports.records import OtherName, Record
from questionnaires.problems import Problem

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
EMAIL = re.compile(r"[^@\s,;<>\x00-\x1f]+@[^@\s,;<>\x00-\x1f.]+(\.[^@\s,;<>\x00-\x1f.]+)+")
LONGEST_EMAIL = 254
LONGEST_PERSON = 200
LONGEST_INSTITUTION = 500


class Names(Record):
    """What a respondent is called."""

    short: str
    official: str
    others: tuple[OtherName, ...] = ()


def check_key(key: str) -> list[Problem]:
    """A key is for ever: lower-case letters, digits and hyphens."""
    if KEY.fullmatch(key):
        return []
    return [
        Problem(
            code="invalid-key",
            place="key",
            message=f"«{key}» cannot be the key of a respondent.",
            mend="Use 1 to 64 lower-case letters, digits and hyphens, such as «midsa».",
        )
    ]


def check_email(email: str) -> list[Problem]:
    """An address that a mail can be sent to; whether somebody reads it, only mailing tells."""
    if len(email) <= LONGEST_EMAIL and EMAIL.fullmatch(email):
        return []
    return [
        Problem(
            code="invalid-email",
            place="email",
            message=f"«{email}» is not an e-mail address.",
            mend="Write one address such as focal-point@example.org.",
        )
    ]


def check_name(text: str, *, longest: int = LONGEST_PERSON) -> list[Problem]:
    """A name has letters, on one line, and not more of them than fit."""
    if len(text) > longest:
        return [
            Problem(
                code="too-long",
                place="name",
                message=f"The name has {len(text):,} characters; {longest:,} fit.",
                mend="Shorten it.",
            )
        ]
    if text.strip() and text.isprintable():
        return []
    return [
        Problem(
            code="invalid-name",
            place="name",
            message="The name is empty or spreads over several lines.",
            mend="Write the name on one line.",
        )
    ]


def holds_on(name: RespondentName, day: date) -> bool:
    """Whether a name is in use on a day; both ends of its period belong to it."""
    begun = name.valid_from is None or name.valid_from <= day
    return begun and (name.valid_until is None or day <= name.valid_until)


def names_on(names: Iterable[RespondentName], day: date, *, key: str) -> Names:
    """What a respondent is called on a day, from all its names.

    Where no name holds on that day, the one that came last is used rather than none; a respondent
    without any name is called by its key. Names that gave way stay as other names; names that are
    still to come are left out.
    """
    ordered = sorted(names, key=lambda name: (name.position, name.id or 0))
    short = _one_of(ordered, NameKind.SHORT, day)
    official = _one_of(ordered, NameKind.OFFICIAL, day)
    shown = {short.text if short else None, official.text if official else None}
    others = {
        name.text: OtherName(text=name.text, language=name.language, locator=name.locator)
        for name in ordered
        if name.text not in shown and (name.valid_from is None or name.valid_from <= day)
    }
    return Names(
        short=short.text if short else official.text if official else key,
        official=official.text if official else short.text if short else key,
        others=tuple(others.values()),
    )


def _one_of(names: list[RespondentName], kind: NameKind, day: date) -> RespondentName | None:
    of_kind = [name for name in names if name.kind == kind]
    holding = [name for name in of_kind if holds_on(name, day)]
    if holding:
        return holding[0]
    return max(of_kind, key=lambda name: name.valid_from or date.min, default=None)
