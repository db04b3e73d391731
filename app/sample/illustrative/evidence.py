"""What an analyst makes of the invented returns: statements with their evidence, and codings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.responses.models import MaterialKind
from app.sample.illustrative.materials import PlannedMaterial
from app.sample.illustrative.plan import Fate, RoundPlan
from app.sample.illustrative.profile import GROUPS, Profile
from app.synthesis.rules import is_override
from exports.records import Basis
from questionnaires.answers import Answer
from questionnaires.bands import band_suggestion
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome

ANALYST = "Analyst of the illustrative survey"
YEARBOOK = "Yearbook of Imaginary Processes"
TERMS = "Terms of Reference, as published by the process"
CALL = "Telephone call with the secretariat"
READ_IN = {
    "Minutes of the plenary meeting": (
        "B6",
        "Workshop on migration and development decided for the coming year",
        "item 2",
    ),
    "Work plan": ("B6", "Workshop with associations of the diaspora planned", "summer"),
    "": ("B9", "Meets at the level of experts, senior officials and ministers", "whole list"),
}
"""What an analyst finds in a file, by its title: column, statement, place."""
QUOTED = 0.3
OVERRIDE = 0.1
UNCODED = frozenset({Outcome.UNDELIVERED, Outcome.INELIGIBLE, Outcome.BROKEN_OFF})
RETURNED = frozenset({Outcome.COMPLETED, Outcome.LATE})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to judge one respondent by."""

    invitation_id: int
    profile: Profile
    fate: Fate
    answers: Mapping[str, Answer]
    materials: tuple[tuple[int, PlannedMaterial], ...]
    """What it sent, or what was found on it, with the row of each."""
    definition: Definition
    rng: Random


def statement_rows(round_: RoundPlan, evidence: Evidence) -> list[dict[str, object]]:
    """The statements on one respondent."""
    written = [
        *_on_answers(evidence),
        *_on_materials(evidence),
        *_on_documents(evidence),
    ]
    positions: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for dimension, text, basis, locator, document, material_id in written:
        positions[dimension] = positions.get(dimension, 0) + 1
        rows.append(
            {
                "invitation_id": evidence.invitation_id,
                "dimension": dimension,
                "position": positions[dimension],
                "text": text,
                "basis": basis,
                "locator": locator,
                "material_id": material_id,
                "document": document,
                "concept": "",
                "author": ANALYST,
                "written_at": _worked_at(round_, evidence),
            }
        )
    return rows


Written = tuple[str, str, Basis, str, str, int | None]


def _on_answers(evidence: Evidence) -> list[Written]:
    """Only who returned a questionnaire is quoted from one."""
    if evidence.fate.outcome not in RETURNED or evidence.rng.random() > QUOTED:
        return []
    written: list[Written] = []
    treated = evidence.answers.get("md_treatment")
    if treated is not None and isinstance(treated.value, str):
        question = evidence.definition.by_name["md_treatment"]
        labels = {
            choice.name: evidence.definition.words(choice.label)
            for choice in evidence.definition.options(question)
        }
        told = labels.get(treated.value, treated.value)
        text = f"Describes its own treatment of the theme: {told[:1].lower()}{told[1:]}"
        written.append(("B5", text, Basis.QUESTIONNAIRE, question.code or "", "", None))
    if evidence.rng.random() < QUOTED:
        text = "The secretariat confirmed that the next plenary meeting will take up the theme"
        written.append(("B5", text, Basis.COMMUNICATIONS, "call", CALL, None))
    return written


def _on_materials(evidence: Evidence) -> list[Written]:
    """What stands in the files that were sent; a page that an analyst found is no material."""
    written: list[Written] = []
    for row, material in evidence.materials:
        if material.kind is MaterialKind.FILE:
            dimension, text, locator = READ_IN.get(material.file_title, READ_IN[""])
            written.append((dimension, text, Basis.MATERIALS, locator, "", row))
        elif material.by_analyst:
            text = "Says of itself that it deals with labour migration"
            written.append(("B5", text, Basis.PRIMARY_DOCUMENTS, "first page", "", row))
    return written


def _on_documents(evidence: Evidence) -> list[Written]:
    """Cells of those who said nothing: filled from what others hold, and marked so."""
    if evidence.fate.outcome not in {Outcome.NO_RESPONSE, Outcome.DECLINED, Outcome.UNDELIVERED}:
        return []
    founded = str(evidence.profile.founded)
    found: list[Written] = [
        ("B3", f"Founded in {founded}", Basis.LITERATURE, "p. 41", YEARBOOK, None),
        (
            "B4",
            "The link between migration and development is not mentioned among the objectives",
            Basis.PRIMARY_DOCUMENTS,
            "article 2",
            TERMS,
            None,
        ),
    ]
    return found[: evidence.rng.randint(0, 2)]


def coding_row(round_: RoundPlan, evidence: Evidence) -> dict[str, object] | None:
    """The group one respondent was put in; ``None`` while that is still to be done."""
    if evidence.fate.outcome in UNCODED:
        return None
    today = round_.closed_at.date()
    suggested = band_suggestion(evidence.definition, evidence.answers, today=today)
    category = suggested or evidence.profile.group
    if suggested is not None and evidence.rng.random() < OVERRIDE:
        category = evidence.rng.choice([group for group in GROUPS if group != suggested])
        rationale = (
            "The answers suggest otherwise, but the documents of the last three plenary meetings "
            "show how the theme is treated in practice."
        )
    elif suggested is not None:
        rationale = (
            "As the answers to section C suggest; nothing else is known that speaks against."
        )
    else:
        rationale = "Judged by documents, as no answers to section C are there."
    return {
        "invitation_id": evidence.invitation_id,
        "position": 1,
        "category": category,
        "suggested": suggested,
        "override": is_override(category, suggested),
        "rationale": rationale,
        "coder": ANALYST,
        "coded_at": _worked_at(round_, evidence),
    }


def _worked_at(round_: RoundPlan, evidence: Evidence) -> datetime:
    """Analysts work after the closing, and on late returns after they came."""
    came = evidence.fate.returned_at or round_.closed_at
    return max(round_.closed_at, came) + timedelta(days=7)
