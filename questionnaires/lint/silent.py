"""What nobody types: calculations, hidden and readonly questions, and what sets them off."""

import re
from collections.abc import Mapping

from questionnaires.lint.findings import Findings, Part
from questionnaires.mistakes import LITERAL
from questionnaires.models import UNASKED, Question, QuestionType

_ONCE = re.compile(r"(?<![\w$.{-])once\s*\(")


def check_silent(findings: Findings) -> None:
    """Refuse what is required of nobody, worked out of nothing, or set off by nothing."""
    order = {
        part.node.name: position
        for position, part in reversed(list(enumerate(findings.parts)))
        if part.table is None and isinstance(part.node, Question)
    }
    position_of = {id(part.node): position for position, part in enumerate(findings.parts)}
    for question, part in findings.questions(columns=True):
        if question.required and (question.type in UNASKED or question.readonly):
            findings.add(
                "required-silent",
                "Nobody can answer this, and yet an answer is required.",
                "Take «required» out.",
                at=question,
                key="required",
                place=part.place,
            )
        _check_once(findings, question, part)
        if part.table is None:
            _check_calculation(findings, question, part)
            _check_trigger(findings, question, part, order, position_of[id(question)])
        _check_readonly(findings, question, part)


def _check_calculation(findings: Findings, question: Question, part: Part) -> None:
    calculates = question.type is QuestionType.CALCULATE
    if calculates and question.calculation is None:
        findings.add(
            "no-calculation",
            "There is nothing to calculate.",
            "Add «calculation:» with an expression.",
            at=question,
            place=part.place,
        )
    if not question.is_derived and question.calculation is not None:
        findings.add(
            "calculation-elsewhere",
            f"Only a calculate question has a calculation; this is «{question.type}».",
            "Make it «readonly», or put it into a question of the type «calculate».",
            at=question,
            key="calculation",
            place=part.place,
        )
    if calculates and part.in_panel:
        findings.add(
            "calculation-in-panel",
            "The submission panel holds what is typed at submission; nothing is calculated there.",
            "Move the calculation into a section.",
            at=question,
            place=part.place,
        )


def _check_once(findings: Findings, question: Question, part: Part) -> None:
    """A calculation is never kept, so there is no first value that once() could give again."""
    for key in ("calculation", "default"):
        text = getattr(question, key)
        if question.is_derived and text is not None and _ONCE.search(LITERAL.sub("''", text)):
            findings.add(
                "once-keeps-nothing",
                f"once() keeps nothing in this {key}: it is worked out anew each time.",
                "Take once() out; random() and uuid() stay the same anyhow. What else should stay "
                "is a «default» of a question that people answer.",
                at=question,
                key=key,
                place=part.place,
            )


def _check_readonly(findings: Findings, question: Question, part: Part) -> None:
    has_value = question.default is not None or question.calculation is not None
    is_hidden = question.type is QuestionType.HIDDEN
    if (is_hidden or (question.readonly and question.type not in UNASKED)) and not has_value:
        findings.add(
            "readonly-without-value",
            "Nobody can answer it, and nothing gives it a value: it will stay empty.",
            "Add «default» or «calculation», or let people answer it.",
            at=question,
            key="type" if is_hidden else "readonly",
            place=part.place,
        )


def _check_trigger(
    findings: Findings, question: Question, part: Part, order: Mapping[str, int], here: int
) -> None:
    name = question.trigger
    if name is None:
        return
    if name not in order:
        findings.add(
            "unknown-trigger",
            f"There is no question «{name}» that could set this off.",
            findings.nearest(name, order, "Write ${name} of an earlier question, of one alone."),
            at=question,
            key="trigger",
            place=part.place,
        )
    elif order[name] >= here:
        findings.add(
            "trigger-ahead",
            f"«trigger» names {name}, which is only asked further down.",
            "Move that question up, or name an earlier one.",
            at=question,
            key="trigger",
            place=part.place,
        )
    if question.default is None and question.calculation is None:
        findings.add(
            "trigger-without-default",
            f"A change of {name} sets this off, and there is nothing to work out.",
            "Add «default» with an expression, or take «trigger» out.",
            at=question,
            key="trigger",
            place=part.place,
        )
