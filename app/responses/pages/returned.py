"""The receipt, and the words for what was returned."""

from fastapi import Request, Response
from sqlmodel import Session

from app.errors import NotFound
from app.registry.queries import respondent_names
from app.responses.models import Submission, SubmissionKind
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed
from app.responses.rules import is_late
from app.responses.words import what_was_returned
from app.web.pages import page

SENTENCES = {
    SubmissionKind.QUESTIONNAIRE: "The questionnaire was submitted.",
    SubmissionKind.MATERIALS: "The materials were sent, without a questionnaire.",
    SubmissionKind.REFUSAL: "The invitation was declined.",
}
HEADINGS = {
    SubmissionKind.QUESTIONNAIRE: "Thank you: the questionnaire is submitted",
    SubmissionKind.MATERIALS: "Thank you: the materials are sent",
    SubmissionKind.REFUSAL: "Your reply is recorded: you do not take part in this round",
}


def returned_words(returned: Submission | None) -> str:
    """What was returned, as a sentence; empty when nothing was."""
    return "" if returned is None else SENTENCES[returned.kind]


def institution_of(session: Session, filled: Filled) -> str:
    """The official name of the institution that answers, as of today."""
    identity = filled.identity
    names = respondent_names(session, [identity.respondent_id], on=identity.today)
    return names[identity.respondent_id].official


def done_page(request: Request, session: Session, filled: Filled) -> Response:
    """The receipt. Raises ``NotFound`` before anything was returned."""
    returned = filled.returned
    if returned is None:
        raise NotFound(
            "Nothing has been submitted yet, so there is no receipt.",
            mend="Go back to the overview of the form.",
        )
    return page(
        request,
        "responses/done.html",
        framed(
            filled,
            returned=returned,
            heading=HEADINGS[returned.kind],
            institution=institution_of(session, filled),
            what=_what(filled, returned),
            was_late=is_late(returned.at, filled.identity.due_at),
        ),
    )


def _what(filled: Filled, returned: Submission) -> str:
    return what_was_returned(
        returned.kind,
        answered=filled.progress.answered,
        asked=filled.progress.asked,
        documents=len(filled.materials),
    )
