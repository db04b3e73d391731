"""A draft as the respondent will see it: in each language, on each branch of its conditions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from fastapi import Request, Response
from sqlmodel import Session
from starlette.datastructures import FormData

from app.errors import Conflict
from app.questionnaires.access import DraftAccess
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.queries import definition_of_draft, test_answers
from app.responses.access import RespondentIdentity
from app.responses.clearance import clearance_problems, refusal_problems
from app.responses.drafts import ResponseKey
from app.responses.forms import clearance_of, text_of
from app.responses.pages.fields import Attempt
from app.responses.pages.filled import Filled, filled_form
from app.responses.pages.frame import section_link
from app.responses.pages.panel import CLEARANCE, REFUSAL
from app.responses.pages.returning import decline_context, submit_context
from app.responses.pages.review import blocking
from app.responses.pages.section import find_section, section_context
from app.web.pages import page
from questionnaires.languages import direction_of, own_name
from questionnaires.models import Definition
from questionnaires.problems import Problem

ZONE = "UTC"
NOBODY = 0
"""No link, no invitation, no response: nothing of a preview can be found among real answers."""


def definition_to_preview(access: DraftAccess) -> Definition:
    """What a draft asks; raises ``Conflict`` while it has faults."""
    definition = definition_of_draft(access.draft)
    if definition is None:
        raise Conflict(
            "This draft still has faults, so it cannot be shown as respondents will see it.",
            mend="Mend the file and upload it again.",
        )
    return definition


def read_preview(session: Session, access: DraftAccess, *, language: str, now: datetime) -> Filled:
    """A draft with the test answers of who looks at it."""
    definition = definition_to_preview(access)
    kept = test_answers(session, access.draft_id, access.identity.user_id)
    asked = {question.name for question in definition.questions}
    identity = RespondentIdentity(
        link_id=NOBODY,
        contact_id=None,
        role=None,
        language=None,
        invitation_id=NOBODY,
        respondent_id=NOBODY,
        response=ResponseKey(NOBODY, NOBODY, NOBODY),
        version_sha256="",
        round_title=definition.words(definition.settings.form_title),
        notice="",
        zone=ZONE,
        due_at=None,
        now=now,
        chosen_language=language_of(definition, language),
    )
    known = {name: one for name, one in kept.items() if name in asked}
    return filled_form(identity, definition, known, media=media_of(access.draft))


def media_of(draft: QuestionnaireDraft) -> str:
    """Below which address the pictures of a draft are, for those who may write it."""
    return f"/organiser/questionnaires/drafts/{draft.key}/media"


def language_of(definition: Definition, asked: str) -> str:
    """The language to show: the one that was asked for, if the questionnaire has it."""
    settings = definition.settings
    return asked if asked in settings.languages else settings.default_language


def preview_page(
    request: Request, session: Session, access: DraftAccess, *, language: str, done: str = ""
) -> Response:
    """The sections with how far they are filled, and what would stand in the way of returning."""
    now = request.app.state.services.clock.now()
    filled = read_preview(session, access, language=language, now=now)
    settings = filled.definition.settings
    context = {
        **_shared(access, filled),
        "form_title": filled.words(settings.form_title),
        "introduction": filled.words(settings.introduction),
        "blocking": blocking(filled),
        "answered": filled.progress.answered,
        "asked": filled.progress.asked,
        "numbered": len(filled.definition.items),
        "done": done,
    }
    return page(request, "questionnaires/preview.html", context)


def preview_section_page(
    request: Request,
    session: Session,
    access: DraftAccess,
    section: str,
    *,
    language: str,
    attempts: Mapping[str, Attempt] | None = None,
    rows: Mapping[str, int] | None = None,
    saved: bool = False,
) -> Response:
    """One section with its questions, as asked given the test answers so far."""
    now = request.app.state.services.clock.now()
    filled = read_preview(session, access, language=language, now=now)
    asked = find_section(filled, section)
    context = {
        **section_context(filled, asked, attempts, rows=rows),
        **_shared(access, filled, current=section),
        "zone": ZONE,
        "saved": saved,
    }
    return page(
        request, "questionnaires/preview_section.html", context, status=422 if attempts else 200
    )


def preview_submit_page(
    request: Request,
    session: Session,
    access: DraftAccess,
    *,
    language: str,
    tried: FormData | None = None,
) -> Response:
    """What is asked on submitting; what was tried is checked by its rules, and kept nowhere."""
    now = request.app.state.services.clock.now()
    filled = read_preview(session, access, language=language, now=now)
    problems: list[Problem] = []
    if tried is not None:
        clearance, minutes = clearance_of(tried)
        problems = clearance_problems(filled.definition, clearance, minutes, now=now, whole=True)
    context = submit_context(filled, typed=_typed(tried, CLEARANCE), problems=problems)
    return _panel_page(request, access, filled, context, "submit", tried=tried)


def preview_decline_page(
    request: Request,
    session: Session,
    access: DraftAccess,
    *,
    language: str,
    tried: FormData | None = None,
) -> Response:
    """What is asked of those who decline, in the same way."""
    now = request.app.state.services.clock.now()
    filled = read_preview(session, access, language=language, now=now)
    problems: list[Problem] = []
    if tried is not None:
        clearance, _ = clearance_of(tried)
        problems = refusal_problems(text_of(tried, "decline_reason"), clearance)
    context = decline_context(filled, typed=_typed(tried, REFUSAL), problems=problems)
    return _panel_page(request, access, filled, context, "decline", tried=tried)


def _typed(tried: FormData | None, names: Sequence[str]) -> dict[str, str] | None:
    return None if tried is None else {name: text_of(tried, name) for name in names}


def _panel_page(
    request: Request,
    access: DraftAccess,
    filled: Filled,
    context: Mapping[str, object],
    kind: str,
    *,
    tried: FormData | None,
) -> Response:
    shown = {**_shared(access, filled), **context, "kind": kind, "tried": tried is not None}
    status = 422 if context["faults"] else 200
    return page(request, "questionnaires/preview_panel.html", shown, status=status)


def _shared(access: DraftAccess, filled: Filled, *, current: str = "") -> dict[str, object]:
    settings = filled.definition.settings
    shown = language_of(filled.definition, filled.identity.chosen_language or "")
    return {
        "draft": access.draft,
        "shown": shown,
        "turned": direction_of(shown),
        "languages": [(tag, own_name(tag)) for tag in settings.languages],
        "links": [section_link(filled, section, current) for section in filled.sections],
        "hidden_sections": len(filled.definition.survey) - len(filled.sections),
        "tests": len(filled.kept),
    }
