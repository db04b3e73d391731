"""The pure rules of returning a questionnaire: deadlines, addresses, names of editors."""

from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from app.registry.models import ContactRole
from questionnaires.kinds.kind import MAX_TEXT
from questionnaires.problems import Problem

MAX_COMMENT = 20_000
MAX_SOURCE = 2_000
MAX_REASON = 5_000
MAX_NAME = 200
"""Characters of a person's name or title, and of a title a material may be given 300."""
MAX_TITLE = 300
MAX_URL = 2_000
MAX_NOTE = MAX_TEXT
SESSION_DAYS = 14


def today_in(zone: str, now: datetime) -> date:
    """The date on the calendar of a round."""
    return moment_in(zone, now).date()


def moment_in(zone: str, now: datetime) -> datetime:
    """A moment as the clocks of a round show it."""
    return now.astimezone(ZoneInfo(zone))


def seed_of(response_id: int) -> str:
    """What a response's random numbers are drawn from: wherever it is read, they are the same."""
    return f"response {response_id}"


def effective_due(due_at: datetime | None, extended_until: datetime | None) -> datetime | None:
    """The deadline that holds for an invitation: its extension, else that of the round."""
    return extended_until or due_at


def is_late(at: datetime, due_at: datetime | None) -> bool:
    """Whether a moment is after a deadline, which itself is the first moment after the day."""
    return due_at is not None and at >= due_at


def editor_name(role: ContactRole | None) -> str:
    """How a respondent's edits are signed: by the person's role, since names are personal data."""
    return "respondent" if role is None else role.value.replace("_", " ")


def too_long(text: str, *, most: int, what: str, place: str) -> list[Problem]:
    """What is wrong with the length of a text, or with characters that nothing can store."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return [
            Problem(
                code="unstorable-character",
                message=f"{what} has a character that cannot be stored.",
                mend="Type it again, or paste it as plain text.",
                place=place,
            )
        ]
    if len(text) <= most:
        return []
    return [
        Problem(
            code="too-long",
            message=f"{what} has {len(text):,} characters; at most {most:,} fit.",
            mend="Shorten it, or attach the text as a document.",
            place=place,
        )
    ]


def link_problems(url: str, *, place: str = "url") -> list[Problem]:
    """What is wrong with an address: only web pages are linked to, nothing that runs."""
    problems = too_long(url, most=MAX_URL, what="This address", place=place)
    if problems:
        return problems
    try:
        parts = urlsplit(url)
        sound = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        sound = sound and parts.username is None and parts.password is None
        _ = parts.port
    except ValueError:
        sound = False
    if sound and not any(character.isspace() or character < " " for character in url):
        return []
    return [
        Problem(
            code="not-a-link",
            message="This is not the address of a web page.",
            mend="Give the whole address, such as https://www.example.org/report.pdf.",
            place=place,
        )
    ]
