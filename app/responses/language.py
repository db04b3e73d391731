"""The language in which a respondent reads the form: chosen in the browser, else the contact's."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from app.settings import Settings
from app.web.said import INTERFACE, Said
from questionnaires.languages import (
    LEFT_TO_RIGHT,
    TAG,
    direction_of,
    language_of,
    own_name,
)
from questionnaires.models import Definition, Question
from questionnaires.problems import Problem

COOKIE = "rapporteur_language"
REMEMBERED = 365 * 24 * 3600
"""Seconds; a round is open for weeks, and the next one finds the wish still there."""
LONGEST = 35
"""Letters of a language tag, as in the contact's."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that a form can be read in."""

    language: str
    name: str
    """As its readers call it."""
    direction: str
    is_current: bool


def tongues(definition: Definition, current: str) -> tuple[Tongue, ...]:
    """The languages to choose from; none where there is only one."""
    languages = definition.settings.languages
    if len(languages) == 1:
        return ()
    return tuple(
        Tongue(each, own_name(each), direction_of(each), is_current=each == current)
        for each in languages
    )


def words_said(
    definition: Definition, text: Mapping[str, str], language: str, *, page: str = INTERFACE
) -> str:
    """A text in a language, or in the one it falls back to, which the words then know."""
    words = definition.words(text, language)
    return spoken(words, language_of(definition, text, language), among=language, page=page)


def spoken(words: str, language: str, *, among: str, page: str = INTERFACE) -> str:
    """Words in a language, on a page whose form is read in another; they know it where it tells.

    ``page`` is the language that the page says it is in, and ``among`` gives it its direction.
    """
    turned = direction_of(among) != LEFT_TO_RIGHT
    direction = direction_of(language)
    if not words or (language == page and direction == direction_of(among)):
        return words
    return Said(words, language, direction if turned or direction != LEFT_TO_RIGHT else "")


def cookie_name(settings: Settings) -> str:
    """The name of the cookie; browsers hold ``__Host-`` to HTTPS and to this host."""
    return f"__Host-{COOKIE}" if settings.secure_cookies else COOKIE


def chosen_language(request: Request) -> str | None:
    """The language that was chosen in this browser, if one was."""
    settings: Settings = request.app.state.services.settings
    return acceptable(request.cookies.get(cookie_name(settings), ""))


def acceptable(language: str) -> str | None:
    """A language tag that somebody sent; ``None`` for anything else."""
    return language if len(language) <= LONGEST and TAG.fullmatch(language) else None


def remember_language(response: Response, language: str, *, settings: Settings) -> None:
    """Keep the choice in the browser, where no script can read it."""
    response.set_cookie(
        cookie_name(settings),
        language,
        max_age=REMEMBERED,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
        path="/",
    )


def as_said(words: str, text: str) -> str:
    """A text around some words, in their language."""
    return words.saying(text) if isinstance(words, Said) else text


def choices_said(definition: Definition, question: Question, words: str, language: str) -> str:
    """The chosen options in words, which then know their language where all have the same."""
    options = definition.options(question)
    if not words or not options or not all(language in option.label for option in options):
        return words
    return as_said(words_said(definition, options[0].label, language), words)


def problem_said(definition: Definition, problem: Problem, language: str) -> Problem:
    """A fault with the questionnaire's own message in a language, where that is what it says."""
    question = _question_at(definition, problem.place)
    if question is None or problem.code not in {"constraint", "required"}:
        return problem
    is_gap = problem.code == "required"
    text = question.required_message if is_gap else question.constraint_message
    own = definition.words(text)
    if not own:
        return problem
    message = words_said(definition, text, language)
    if problem.message != own:
        # What stands before it, such as the row, is in the language of the pages.
        message = problem.message.replace(own, message)
    return problem.model_copy(update={"message": message})


def _question_at(definition: Definition, place: str) -> Question | None:
    name, *inside = place.split(".")
    question = definition.by_name.get(name) or definition.panel_by_name.get(name)
    if question is None or not inside:
        return question
    return next((column for column in question.columns if column.name == inside[-1]), None)
