"""Parameters of types: places of a ranking, scales, groups of rows."""

from collections.abc import Mapping

from questionnaires.kinds.ranges import DEFAULTS, MAX_MARKS, scale_of
from questionnaires.lint.findings import Findings, Part
from questionnaires.models import Question, QuestionType

KNOWN: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.TEXT: ("rows",),
    QuestionType.RANK: ("top",),
    QuestionType.RANGE: tuple(DEFAULTS),
    QuestionType.REPEAT: ("group_by",),
}
"""What each type looks at; the others look at none."""

INSTEAD: Mapping[str, str] = {
    "randomize": "Take it out; options stand in the same order for everybody.",
    "seed": "Take it out; options stand in the same order for everybody.",
    "max-pixels": "Take it out; pictures are kept as they were sent.",
    "quality": "Take it out; recordings are kept as they were sent.",
}
"""What XLSForm knows and we do not do."""


def check_parameters(findings: Findings) -> None:
    """Refuse parameters that cannot work; warn of those that nothing looks at."""
    for question, part in findings.questions(columns=True):
        for name in question.parameters:
            if name not in KNOWN.get(question.type, ()) and name != "top":
                _add_unknown(findings, question, part, name)
        _check_top(findings, question, part)
        _check_range(findings, question, part)
        _check_group_by(findings, question, part)


def _add_unknown(findings: Findings, question: Question, part: Part, name: str) -> None:
    known = KNOWN.get(question.type, ())
    findings.add(
        "unknown-parameter",
        f"«{question.type}» has no parameter «{name}», so it changes nothing.",
        INSTEAD.get(name)
        or findings.nearest(
            name, known, f"Known are: {', '.join(known)}." if known else "Take it out."
        ),
        at=question,
        key="parameters",
        place=part.place,
    )


def _check_top(findings: Findings, question: Question, part: Part) -> None:
    top = question.parameters.get("top")
    if top is None:
        return
    options = len(findings.definition.options(question))
    if question.type is not QuestionType.RANK or not top.isdecimal() or not 0 < int(top) <= options:
        findings.add(
            "bad-top",
            f"«top: {top}» cannot be asked for.",
            f"Use it on a rank question, with a number from 1 to {options}."
            if options
            else "Use it on a rank question only.",
            at=question,
            key="parameters",
            place=part.place,
        )


def _check_range(findings: Findings, question: Question, part: Part) -> None:
    if question.type is not QuestionType.RANGE or scale_of(question) is not None:
        return
    start, end, step = (
        question.parameters.get(name, default) for name, default in DEFAULTS.items()
    )
    findings.add(
        "bad-range",
        f"A scale cannot run from {start} to {end} in steps of {step}.",
        "Give numbers: «start» below «end», a «step» above 0, and at most "
        f"{MAX_MARKS} marks on the scale.",
        at=question,
        key="parameters",
        place=part.place,
    )


def _check_group_by(findings: Findings, question: Question, part: Part) -> None:
    name = question.parameters.get("group_by")
    columns = [column.name for column in question.columns]
    if question.type is QuestionType.REPEAT and name is not None and name not in columns:
        findings.add(
            "unknown-group-by",
            f"The table has no column «{name}» to group its rows by.",
            findings.nearest(name, columns, f"Columns are: {', '.join(columns)}."),
            at=question,
            key="parameters",
            place=part.place,
        )
