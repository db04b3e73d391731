"""The page of a questionnaire's languages: how far each is, a workbook out, and one back."""

from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request, Response

from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.translations import LanguageState, TakenTranslation, language_states
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES
from app.web.pages import page
from questionnaires.languages import NAMES, english_name
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.translation.texts import texts_of

SHOWN = 100
"""Texts of a language that are listed one by one."""


def translation_page(
    request: Request,
    definition: Definition,
    since: Definition | None,
    *,
    draft: QuestionnaireDraft | None = None,
    taken: TakenTranslation | None = None,
    problems: Sequence[Problem] = (),
    done: str = "",
    status: int = 200,
) -> Response:
    """The languages of a version, or of a draft, which alone takes a translation back.

    ``taken`` is what became of a workbook that was just sent, ``problems`` why none was read.
    """
    settings = definition.settings
    context = {
        "definition": definition,
        "title": definition.words(settings.form_title),
        "source": english_name(settings.default_language),
        "states": _states(definition, since),
        "since": since,
        "others": _others(definition),
        "draft": draft,
        "taken": taken,
        "taken_language": english_name(taken.returned.language or "") if taken else "",
        "taken_state": _state_of(definition, since, taken),
        "upload_problems": problems,
        "done": done,
        "shown": SHOWN,
        "megabytes": MOST_BYTES // MEGABYTE,
    }
    return page(request, "questionnaires/translations.html", context, status=status)


def _states(definition: Definition, since: Definition | None) -> list[LanguageState]:
    """The languages, with what is wrong in each told where people find it in the form."""
    places = {text.id: text.place for text in texts_of(definition)}
    return [
        replace(
            state,
            problems=tuple(
                problem.model_copy(update={"place": places.get(problem.place, problem.place)})
                for problem in state.problems
            ),
        )
        for state in language_states(definition, since)
    ]


def _others(definition: Definition) -> list[tuple[str, str]]:
    """Languages that the form has not, by their English names."""
    had = {language.partition("-")[0] for language in definition.settings.languages}
    found = [(tag, name) for tag, (name, _) in NAMES.items() if tag not in had]
    return sorted(found, key=lambda one: one[1])


def _state_of(
    definition: Definition, since: Definition | None, taken: TakenTranslation | None
) -> LanguageState | None:
    if taken is None:
        return None
    states = language_states(definition, since)
    return next((one for one in states if one.language == taken.returned.language), None)
