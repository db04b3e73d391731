"""The review: every answer in words, and what stands in the way of submitting."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session

from app.responses.drafts import Content
from app.responses.pages.fields import repeats
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed, section_link
from app.responses.pages.items import remarks_field
from app.responses.pages.returned import institution_of, returned_words
from app.responses.pages.views import Document
from app.responses.words import content_in_words
from app.web.pages import page
from questionnaires.answered import is_answered
from questionnaires.kinds import display, value_from_json
from questionnaires.kinds.tables import rows_of
from questionnaires.models import Definition, Group, Item, Question, QuestionType
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One field's answer in words; a table's as rows of words."""

    label: str
    said: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    required: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A numbered question with all that was said to it."""

    name: str
    code: str
    core: bool
    label: str
    lines: tuple[Line, ...]
    comment: str
    source: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A section in plain reading order."""

    name: str
    label: str
    words: str
    items: tuple[ReviewItem, ...]


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
    return page(
        request,
        "responses/review.html",
        framed(
            filled,
            sections=tuple(_section(filled, section) for section in filled.sections),
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
    definition = filled.definition
    return tuple(_blocking(definition, problem) for problem in filled.problems)


def _blocking(definition: Definition, problem: Problem) -> Blocking:
    name = problem.place.partition(".")[0]
    item = definition.item_of.get(name)
    return Blocking(
        section=definition.ancestors[name][0].name,
        field=name,
        code=item.code if item is not None else "",
        label=definition.words(definition.by_name[name].label),
        message=problem.message,
        mend=problem.mend,
        is_gap=problem.code == "required" and "." not in problem.place,
    )


def _section(filled: Filled, section: Group) -> ReviewSection:
    link = section_link(filled, section)
    return ReviewSection(
        name=section.name,
        label=link.label,
        words=link.words,
        items=tuple(
            _item(filled, item)
            for item in filled.definition.items
            if item.section == section.name
            and any(question.name in filled.route.asked for question in item.questions)
        ),
    )


def _item(filled: Filled, item: Item) -> ReviewItem:
    name = remarks_field(item.node)
    kept = filled.kept.get(name) if name is not None and name in filled.route.asked else None
    names = {question.name for question in item.questions}
    return ReviewItem(
        name=item.node.name,
        code=item.code,
        core=item.core,
        label=filled.words(item.node.label),
        lines=tuple(_lines(filled, item)),
        comment=kept.content.comment if kept else "",
        source=kept.content.source if kept else "",
        documents=tuple(
            Document(row.key, row.title, row.kind.value, row.url)
            for row in filled.materials
            if names & set(row.questions)
        ),
    )


def _lines(filled: Filled, item: Item) -> Iterator[Line]:
    silent = {QuestionType.NOTE, QuestionType.CALCULATE, QuestionType.FILE}
    for question in item.questions:
        if question.name not in filled.route.asked or question.type in silent:
            continue
        kept = filled.kept.get(question.name)
        content = kept.content if kept is not None else Content()
        rows = _rows(filled, question, content)
        label = filled.words(question.label)
        is_said = isinstance(item.node, Question) or repeats(filled.words(item.node.label), label)
        yield Line(
            label="" if is_said else label,
            said=""
            if rows
            else content_in_words(
                question, filled.definition, content, language=filled.identity.language
            ),
            headings=tuple(filled.words(column.label) for column in question.columns),
            rows=rows,
            required=question.required,
            problems=tuple(
                problem
                for problem in filled.problems
                if problem.code != "required" and problem.place.partition(".")[0] == question.name
            ),
        )


def _rows(filled: Filled, question: Question, content: Content) -> tuple[tuple[str, ...], ...]:
    if question.type is not QuestionType.REPEAT:
        return ()
    value, _ = value_from_json(question, content.value)
    rows = rows_of(value) if value is not None else None
    return tuple(
        tuple(
            display(column, filled.definition, row[column.name], filled.identity.language)
            if column.name in row and is_answered(row[column.name])
            else ""
            for column in question.columns
        )
        for row in rows or ()
    )
