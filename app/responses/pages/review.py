"""The review: every answer in words, and what stands in the way of submitting."""

from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session

from app.responses.form_words import form_words
from app.responses.pages.filled import Filled, is_gap
from app.responses.pages.frame import framed, section_link
from app.responses.pages.returned import institution_of, returned_words
from app.responses.pages.suggestions import derived_words
from app.responses.reading import Reader
from app.web.pages import page
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Blocking:
    """A fault with the way to the field."""

    section: str
    field: str
    code: str
    label: str
    message: str
    mend: str
    is_gap: bool
    """Nothing was answered, rather than something wrong."""


def review_page(request: Request, session: Session, filled: Filled) -> Response:
    """The answers in reading order; the copy to print."""
    progress = filled.progress
    faults = blocking(filled)
    reader = Reader(
        definition=filled.definition,
        language=filled.language,
        values=filled.route.values,
        worked_out={
            question.name: derived_words(filled, question)
            for question in filled.definition.questions
            if question.readonly and question.is_derived
        },
    )
    contents = {name: kept.content for name, kept in filled.kept.items()}
    return page(
        request,
        "responses/review.html",
        framed(
            filled,
            sections=reader.sections(contents, path=filled.route),
            words={
                section.name: section_link(filled, section).words for section in filled.sections
            },
            ours=form_words(filled.language),
            problems=filled.to_correct,
            documents={
                item.node.name: filled.documents(item.questions) for item in filled.definition.items
            },
            blocking=faults,
            needed=[fault for fault in faults if fault.is_gap],
            wrong=[fault for fault in faults if not fault.is_gap],
            open=progress.asked - progress.answered,
            returned=filled.returned,
            returned_words=returned_words(filled.returned),
            institution=institution_of(session, filled),
            materials=filled.materials,
        ),
    )


def blocking(filled: Filled) -> tuple[Blocking, ...]:
    """What stands in the way of submitting, in the order of the form, with links."""
    return tuple(_blocking(filled, problem) for problem in filled.problems)


def _blocking(filled: Filled, problem: Problem) -> Blocking:
    definition = filled.definition
    name = problem.place.partition(".")[0]
    item = definition.item_of.get(name)
    return Blocking(
        section=definition.ancestors[name][0].name,
        field=name,
        code=item.code if item is not None else "",
        label=filled.words(definition.by_name[name].label),
        message=problem.message,
        mend=problem.mend,
        is_gap=is_gap(problem),
    )
