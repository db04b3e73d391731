"""The pages on which a form is submitted or declined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session

from app.responses.language import as_said, problem_said
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed
from app.responses.pages.panel import CLEARANCE, REFUSAL, panel_fields
from app.responses.pages.returned import institution_of
from app.web.pages import page
from questionnaires.problems import Problem


@dataclass(frozen=True, slots=True)
class PanelFault:
    """A fault with the way to where it can be mended."""

    address: str
    label: str
    message: str
    mend: str


def panel_faults(filled: Filled, problems: Sequence[Problem]) -> tuple[PanelFault, ...]:
    """What stands in the way: in the panel, or in the answers."""
    return tuple(_fault(filled, problem) for problem in problems)


def _fault(filled: Filled, found: Problem) -> PanelFault:
    definition = filled.definition
    problem = problem_said(definition, found, filled.language)
    name = problem.place.partition(".")[0]
    question = definition.by_name.get(name)
    if question is not None:
        section = definition.ancestors[name][0].name
        item = definition.item_of.get(name)
        words = filled.words(question.label)
        label = as_said(words, f"{item.code if item else ''} {words}".strip())
        return PanelFault(f"/form/{section}#q-{name}", label, problem.message, problem.mend)
    of_panel = definition.panel_by_name.get(name)
    label = filled.words(of_panel.label) if of_panel is not None else ""
    return PanelFault(f"#q-{name}" if label else "", label, problem.message, problem.mend)


def submit_context(
    filled: Filled,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> dict[str, object]:
    """The fields of the clearance, and what stands in the way."""
    shown = typed if typed is not None else {"clearance_on": filled.identity.today.isoformat()}
    by_name = filled.definition.panel_by_name
    required = {"clearance_name"} | {name for name in by_name if by_name[name].required}
    return {
        "faults": panel_faults(filled, problems),
        "fields": panel_fields(
            filled, CLEARANCE, typed=shown, problems=problems, required=sorted(required)
        ),
    }


def decline_context(
    filled: Filled,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> dict[str, object]:
    """The fields of a refusal, and what stands in the way."""
    return {
        "faults": panel_faults(filled, problems),
        "fields": panel_fields(
            filled, REFUSAL, typed=typed or {}, problems=problems, required=("decline_reason",)
        ),
    }


def submit_page(
    request: Request,
    filled: Filled,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    """The clearance of the questionnaire; again with what stands in the way."""
    return page(
        request,
        "responses/submit.html",
        framed(filled, blocking=len(filled.problems))
        | submit_context(filled, typed=typed, problems=problems),
        status=422 if problems else 200,
    )


def decline_page(
    request: Request,
    session: Session,
    filled: Filled,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    """The form to decline; again with what stands in the way."""
    return page(
        request,
        "responses/decline.html",
        framed(filled, institution=institution_of(session, filled))
        | decline_context(filled, typed=typed, problems=problems),
        status=422 if problems else 200,
    )
