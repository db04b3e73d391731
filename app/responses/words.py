"""Answers in words for people: labels instead of codes, reasons instead of blanks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.responses.drafts import Content
from app.responses.form_words import form_words
from app.responses.models import SubmissionKind
from app.web.said import INTERFACE
from app.web.times import moment_in_words
from questionnaires.answered import is_answered
from questionnaires.kinds import display, value_from_json
from questionnaires.models import Definition, Question

_AT_THE_END = "?؟：？:. \u00a0\u202f"
"""What may end a heading and is no word, in the scripts of the languages we meet."""


def content_in_words(
    question: Question, definition: Definition, content: Content, *, language: str | None = None
) -> str:
    """What is said to a question; empty where nothing is said.

    ``language`` is that in which the form is read; without one the words are the interface's.
    """
    if content.missing is not None:
        return form_words(language or INTERFACE).reasons[content.missing]
    value, _ = value_from_json(question, content.value)
    if value is None or not is_answered(value):
        return ""
    return display(question, definition, value, language)


def repeats(heading: str, label: str) -> bool:
    """Whether a label says what the heading above it has just said, or a little more."""
    return label.casefold().startswith(heading.rstrip(_AT_THE_END).casefold())


def what_was_returned(kind: SubmissionKind, *, answered: int, asked: int, documents: int) -> str:
    """What a return consists of, as its receipt says it."""
    sent = f"{documents} {'document' if documents == 1 else 'documents'}"
    match kind:
        case SubmissionKind.QUESTIONNAIRE:
            done = f"{answered} of {asked} questions answered"
            return f"{done}, with {sent}" if documents else done
        case SubmissionKind.MATERIALS:
            return f"{sent}, without a questionnaire"
        case SubmissionKind.REFUSAL:
            return "No answer in this round"


def progress_in_words(answered: int, asked: int) -> str:
    """``3 of 5 answered``, or what is said of the extremes."""
    if asked == 0:
        return "nothing is asked here"
    if answered == 0:
        return f"none of {asked} answered"
    if answered == asked:
        return f"all {asked} answered"
    return f"{answered} of {asked} answered"


def follow_ups_in_words(empty: int) -> str:
    """``, 1 follow-up empty`` for the end of ``all 4 answered``; nothing where there is none."""
    return f", {empty} {'follow-up' if empty == 1 else 'follow-ups'} empty" if empty else ""


def saved_in_words(saved_at: datetime | None, *, now: datetime, zone: ZoneInfo) -> str:
    """``All changes saved, 14:05 (Europe/Brussels)``, with the day when it was another one."""
    if saved_at is None:
        return "Nothing is saved yet"
    local = saved_at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"All changes saved, {local:%H:%M} ({zone.key})"
    return f"All changes saved, {moment_in_words(saved_at, zone)}"
