"""Conditions that no answers make true, or none false."""

from questionnaires.lint.findings import Findings, Part
from questionnaires.lint.reach import Reach
from questionnaires.lint.search import Found
from questionnaires.models import Question

_SHOWN = 80
"""Characters of a condition that a message repeats."""


def check_asked(findings: Findings, form: Reach, panel: Reach) -> None:
    """Refuse what can never be asked; warn of conditions that are always true."""
    hidden: set[int] = set()
    for part in findings.parts:
        relevant = part.node.relevant
        if any(id(group) in hidden for group in part.above):
            continue
        if relevant is None or part.table is not None or findings.has_fault(part.place, "relevant"):
            continue
        reach = panel if part.in_panel else form
        conditions = reach.conditions_of(part)
        if reach.of(conditions) is Found.IMPOSSIBLE:
            hidden.add(id(part.node))
            alone = reach.of((relevant,)) is Found.IMPOSSIBLE
            _add_never(findings, part, relevant, around=() if alone else conditions[:-1])
        elif reach.of((relevant,), negated=True) is Found.IMPOSSIBLE:
            findings.add(
                "always-asked",
                "The condition is true whatever anyone answers.",
                "Take «relevant» out. If it has «!=» and «or», it may need «and».",
                at=part.node,
                key="relevant",
                place=part.place,
            )


def _add_never(findings: Findings, part: Part, relevant: str, around: tuple[str, ...]) -> None:
    required = isinstance(part.node, Question) and part.node.required
    message = f"No answers make the condition true: {_short(relevant)}"
    if around:
        message = (
            f"What stands around it is asked only if {' and '.join(map(_short, around))}; "
            f"that excludes {_short(relevant)}"
        )
    findings.add(
        "required-never-asked" if required else "never-asked",
        message + (". And yet an answer is required." if required else ". It is never asked."),
        "Correct «relevant», or take it out with all that is in it.",
        at=part.node,
        key="relevant",
        place=part.place,
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"«{words if len(words) <= _SHOWN else words[: _SHOWN - 1] + '…'}»"
