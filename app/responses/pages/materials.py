"""The page of files, links and notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import Request, Response

from app.responses.language import as_said
from app.responses.models import Material
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed
from app.responses.pages.panel import MATERIALS, panel_fields
from app.responses.pages.returning import panel_faults
from app.storage.types import endings_of
from app.web.pages import page
from questionnaires.models import UPLOADS, Group, QuestionType
from questionnaires.problems import Problem

KILOBYTE = 1024
SHORT = 90
"""Characters of a question's label in a list."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed into one of the page's forms, and what was wrong with it."""

    form: str = ""
    """``add`` or ``send``."""
    fields: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    status: int = 422


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """A material in the list."""

    key: str
    kind: str
    title: str
    note: str
    url: str
    size: str
    concerns: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Taggable:
    """A question or a section's questions that a material can be tagged with."""

    name: str
    label: str
    options: tuple["Taggable", ...] = ()


def materials_page(
    request: Request,
    filled: Filled,
    *,
    question: str = "",
    added: str = "",
    removed: bool = False,
    tried: Tried | None = None,
) -> Response:
    """What was added, and how to add more; ``question`` is where the visitor came from."""
    attempt = tried or Tried()
    settings = request.app.state.services.settings
    typed = {"title": "", "url": "", "note": ""}
    typed |= attempt.fields if attempt.form == "add" else {}
    asking = filled.definition.by_name.get(question)
    endings = endings_of(asking.type if asking and asking.type in UPLOADS else QuestionType.FILE)
    today = filled.identity.today.isoformat()
    return page(
        request,
        "responses/materials.html",
        framed(
            filled,
            materials=tuple(_row(filled, material) for material in filled.materials),
            taggable=tuple(_taggable(filled, section) for section in filled.sections),
            chosen=set(attempt.questions or ([question] if question else ())),
            back=_back(filled, question),
            added=added,
            removed=removed,
            readonly=filled.returned is not None,
            max_mb=settings.max_upload_mb,
            types=", ".join(endings),
            accept=",".join(f".{ending}" for ending in endings),
            typed=typed,
            wrong={problem.place for problem in attempt.problems},
            faults=panel_faults(filled, attempt.problems),
            fields=panel_fields(
                filled,
                MATERIALS,
                typed=attempt.fields if attempt.form == "send" else {"clearance_on": today},
                problems=attempt.problems,
                required=("clearance_name",),
            ),
        ),
        status=attempt.status if attempt.problems else 200,
    )


def _row(filled: Filled, material: Material) -> MaterialRow:
    item_of = filled.definition.item_of
    codes = dict.fromkeys(
        item_of[name].code if name in item_of else name for name in material.questions
    )
    return MaterialRow(
        key=material.key,
        kind=material.kind.value,
        title=material.title,
        note=material.note,
        url=material.url,
        size=size_in_words(material.size),
        concerns=", ".join(codes),
        added_at=material.added_at,
        added_by=material.added_by,
    )


def size_in_words(size: int) -> str:
    """``12 kB``, ``1.5 MB``."""
    if size < KILOBYTE**2:
        return f"{max(1, round(size / KILOBYTE))} kB"
    return f"{size / KILOBYTE**2:.1f} MB"


def _taggable(filled: Filled, section: Group) -> Taggable:
    """The numbered questions of a section; those that ask for a file stand for themselves."""
    options: list[Taggable] = []
    for item in filled.definition.items:
        if item.section != section.name:
            continue
        label = _short(item.code, filled.words(item.node.label))
        files = [each for each in item.questions if each.type in UPLOADS]
        first = next((each for each in item.questions if each.type not in UPLOADS), None)
        if first is not None:
            options.append(Taggable(first.name, label))
        options += [
            Taggable(each.name, _short(item.code, filled.words(each.label)))
            for each in files
            if each.name in filled.route.asked
        ]
    return Taggable(section.name, filled.words(section.label), tuple(options))


def _short(code: str, words: str) -> str:
    label = f"{code} {words}"
    return as_said(words, label if len(label) <= SHORT else label[: SHORT - 1] + "…")


def _back(filled: Filled, question: str) -> Mapping[str, str] | None:
    item = filled.definition.item_of.get(question)
    if item is None:
        return None
    return {"address": f"/form/{item.section}#q-{question}", "label": f"question {item.code}"}
