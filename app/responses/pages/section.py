"""The page of one section."""

from collections.abc import Mapping, Sequence

from fastapi import Request, Response

from app.errors import NotFound
from app.responses.drafts import Stale
from app.responses.pages.fields import Attempt
from app.responses.pages.filled import Filled
from app.responses.pages.frame import framed
from app.responses.pages.items import faults, hidden_items, items_of_section, to_correct
from app.web.pages import page
from questionnaires.models import Definition, Group


def section_named(definition: Definition, name: str) -> Group:
    """A section of a questionnaire; raises ``NotFound``."""
    for section in definition.survey:
        if section.name == name:
            return section
    raise NotFound(
        "The form has no such section, or your answers make it unnecessary.",
        mend="Go back to the overview of the form.",
    )


def find_section(filled: Filled, name: str) -> Group:
    """A section that is asked; raises ``NotFound``."""
    return section_named(filled.definition, name if name in filled.route.groups else "")


def neighbours(sections: Sequence[Group], section: Group) -> tuple[str, str]:
    """The names of the sections before and after; empty at either end."""
    names = [each.name for each in sections]
    at = names.index(section.name)
    return (names[at - 1] if at else ""), (names[at + 1] if at + 1 < len(names) else "")


def section_context(
    filled: Filled,
    section: Group,
    attempts: Mapping[str, Attempt] | None = None,
    *,
    rows: Mapping[str, int] | None = None,
) -> dict[str, object]:
    """What the template of a section shows."""
    tried = attempts or {}
    readonly = filled.returned is not None
    wrong = to_correct(filled, section)
    before, after = neighbours(filled.sections, section)
    return {
        "section": section,
        "label": filled.words(section.label),
        "hint": filled.words(section.hint),
        "items": items_of_section(filled, section, tried, rows=rows),
        "faults": faults(filled, tried),
        "to_correct": wrong,
        "noticed": {one.field: filled.kept[one.field].revision for one in wrong},
        "conflicts": any(isinstance(each.result, Stale) for each in tried.values()),
        "hidden": 0 if readonly else hidden_items(filled, section),
        "before": before,
        "after": after,
        "position": [each.name for each in filled.sections].index(section.name) + 1,
        "readonly": readonly,
    }


def section_page(
    request: Request,
    filled: Filled,
    section: Group,
    attempts: Mapping[str, Attempt] | None = None,
    *,
    rows: Mapping[str, int] | None = None,
    saved: bool = False,
    appeared: int = 0,
    status: int = 200,
) -> Response:
    """A section's page; with what was not saved, after a post that had faults."""
    context = section_context(filled, section, attempts, rows=rows)
    context |= {"saved": saved, "appeared": appeared}
    return page(
        request,
        "responses/section.html",
        framed(filled, current=section.name, **context),
        status=status,
    )
