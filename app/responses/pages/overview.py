"""The two pages before the questions: where the link leads, and the overview of the form."""

from fastapi import Request, Response
from sqlmodel import Session, col, select

from app.registry.models import Contact
from app.registry.queries import respondent_names
from app.responses.form_words import form_words
from app.responses.language import chosen_language, tongues, words_said
from app.responses.models import Response as ResponseRow
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed
from app.responses.pages.returned import institution_of, returned_words
from app.responses.queries import standing_return
from app.responses.rules import effective_due, is_late, today_in
from app.rounds.definitions import definition_of
from app.rounds.models import Survey
from app.rounds.service.link import follow_link
from app.web.pages import page
from app.web.said import INTERFACE
from questionnaires.completeness import progress
from questionnaires.languages import direction_of, form_language
from questionnaires.models import Definition

ATTRIBUTION = "attribution"
"""The concept of the question that decides whether answers may be attributed."""


def landing_page(
    request: Request, session: Session, token: str, *, chosen: str | None = None
) -> Response:
    """Where a personal link leads: who asks for what by when. It changes nothing.

    ``chosen`` is the language that a link on this page asked for; starting remembers it.
    """
    link, invitation, round_ = follow_link(session, token)
    now = request.app.state.services.clock.now()
    survey = session.exec(select(Survey).where(col(Survey.id) == round_.survey_id)).one()
    definition = definition_of(session, round_.version_id)
    contact = session.get(Contact, link.contact_id) if link.contact_id is not None else None
    own = contact.language if contact is not None else None
    language = form_language(definition, chosen, chosen_language(request), own)
    names = respondent_names(
        session, [invitation.respondent_id], on=today_in(round_.time_zone, now)
    )
    started = session.exec(
        select(ResponseRow.id).where(col(ResponseRow.invitation_id) == invitation.id)
    ).first()
    due_at = effective_due(round_.due_at, invitation.extended_until)
    returned = standing_return(session, invitation.id or 0)
    return page(
        request,
        "responses/landing.html",
        {
            "notice": round_.notice,
            "title": round_.title,
            "organiser": survey.organiser,
            "institution": names[invitation.respondent_id].official,
            "form_title": words_said(definition, definition.settings.form_title, language),
            "introduction": words_said(definition, definition.settings.introduction, language),
            "direction": direction_of(language),
            "tongues": tongues(definition, language),
            "ours": form_words(language),
            "in_other_language": language != INTERFACE,
            "chosen": language if chosen else "",
            "questionnaire": f"{definition.slug}/{definition.version}/form/{language}",
            "disclaimer": "" if survey.disclaimer == round_.notice else survey.disclaimer,
            "due_at": due_at,
            "is_late": is_late(now, due_at),
            "zone": round_.time_zone,
            "questions": len(definition.items),
            "at_first": progress(definition, {}, today=today_in(round_.time_zone, now)).asked,
            "sections": len(definition.survey),
            "core": sum(item.core for item in definition.items),
            "attribution": attribution_code(definition),
            "started": started is not None,
            "returned": returned,
            "returned_words": returned_words(returned),
        },
    )


def attribution_code(definition: Definition) -> str:
    """The number of the question on attribution; empty when it is not asked."""
    for item in definition.items:
        if any(question.concept == ATTRIBUTION for question in item.questions):
            return item.code
    return ""


def overview_page(request: Request, session: Session, filled: Filled) -> Response:
    """The sections with how far each is filled, and the ways to return the form."""
    unfinished = [each.name for each in filled.progress.sections if each.answered < each.asked]
    first = filled.sections[0].name
    return page(
        request,
        "responses/overview.html",
        framed(
            filled,
            institution=institution_of(session, filled),
            form_title=filled.words(filled.definition.settings.form_title),
            introduction=filled.words(filled.definition.settings.introduction),
            returned=filled.returned,
            returned_words=returned_words(filled.returned),
            materials=len(filled.materials),
            more=len(filled.definition.items) - filled.progress.asked,
            next_section=first if filled.returned else next(iter(unfinished), first),
        ),
    )
