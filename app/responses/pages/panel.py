"""The fields of the submission panel, by the labels of the questionnaire's own definition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.responses.form_words import FormWords, form_words
from app.responses.pages.filled import Filled
from questionnaires.models import Question
from questionnaires.problems import Problem

CLEARANCE = ("clearance_name", "clearance_title", "clearance_on", "declaration", "minutes_spent")
MATERIALS = ("clearance_name", "clearance_title", "clearance_on")
REFUSAL = ("decline_reason", "clearance_name", "clearance_title")
LABELS = {
    "clearance_name": "Cleared by (name)",
    "clearance_title": "Title or function",
    "clearance_on": "Date of the clearance",
    "declaration": "Declaration",
    "minutes_spent": "Minutes spent on the questionnaire, all persons together",
    "decline_reason": "Reason",
}
"""For a definition that has no panel of its own."""
REFUSAL_LABELS = {"clearance_name": "Your name", "clearance_title": "Your title or function"}
KINDS = {
    "clearance_on": "date",
    "declaration": "declaration",
    "minutes_spent": "integer",
    "decline_reason": "long_text",
}
AUTOCOMPLETE = {"clearance_name": "name", "clearance_title": "organization-title"}


@dataclass(frozen=True, slots=True)
class PanelField:
    """One field of the panel."""

    name: str
    kind: str
    label: str
    hint: str
    guidance: str
    required: bool
    text: str
    problems: tuple[Problem, ...]
    ours: FormWords
    """The words of ours beside it, in the language of the form."""
    statement: str = ""
    """What is declared, for the declaration."""
    autocomplete: str = "off"


def panel_fields(
    filled: Filled,
    names: Sequence[str],
    *,
    typed: Mapping[str, str],
    problems: Sequence[Problem] = (),
    required: Sequence[str] = (),
) -> tuple[PanelField, ...]:
    """The fields of a panel with what was typed and what is wrong with it."""
    by_name = filled.definition.panel_by_name
    refusal = "decline_reason" in names
    return tuple(
        _field(
            filled,
            name,
            by_name.get(name),
            refusal=refusal,
            text=typed.get(name, ""),
            problems=[problem for problem in problems if problem.place == name],
            required=name in required,
        )
        for name in names
    )


def _field(
    filled: Filled,
    name: str,
    question: Question | None,
    *,
    refusal: bool,
    text: str,
    problems: Sequence[Problem],
    required: bool,
) -> PanelField:
    label = filled.words(question.label) if question is not None else LABELS[name]
    hint = filled.words(question.hint) if question is not None else ""
    guidance = filled.words(question.guidance_hint) if question is not None else ""
    if refusal and name in REFUSAL_LABELS:
        # What the questionnaire says there is about clearing a return.
        label, hint, guidance = REFUSAL_LABELS[name], "", ""
    statement = ""
    if question is not None and name == "declaration":
        options = filled.definition.options(question)
        statement = filled.words(options[0].label) if options else ""
    return PanelField(
        name=name,
        kind=KINDS.get(name, "text"),
        label=label,
        hint=hint,
        guidance=guidance,
        required=required,
        text=text,
        problems=tuple(problems),
        ours=form_words(filled.language),
        statement=statement or label,
        autocomplete=AUTOCOMPLETE.get(name, "off"),
    )
