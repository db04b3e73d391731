"""What connects a form with its synthesis: dimensions and bands."""

from questionnaires.lint.findings import Findings, Part
from questionnaires.models import UNASKED, Question, QuestionType


def check_synthesis(findings: Findings) -> None:
    """Refuse dimensions and bands that don't exist."""
    known = {dimension.name for dimension in findings.definition.dimensions}
    for part in findings.parts:
        named = [("dimension", part.node.dimension), *(("also", name) for name in part.node.also)]
        for key, name in named:
            if name is not None and name not in known:
                findings.add(
                    "unknown-dimension",
                    f"There is no dimension «{name}».",
                    findings.nearest(name, known, "Add it under «dimensions:»."),
                    at=part.node,
                    key=key,
                    place=part.place,
                )
        if isinstance(part.node, Question) and part.node.personal:
            _check_personal(findings, part.node, part)
        if isinstance(part.node, Question) and part.node.type in UNASKED:
            _check_unshown(findings, part.node, part)
    _check_band(findings)


def _check_personal(findings: Findings, question: Question, part: Part) -> None:
    if question.dimension is not None or question.also:
        findings.add(
            "personal-dimension",
            "It is personal data, which never enters a synthesis, and yet it has a dimension.",
            "Take «dimension» out; or «personal», if it is about no person.",
            at=question,
            key="dimension" if question.dimension is not None else "also",
            place=part.place,
        )


def _check_unshown(findings: Findings, question: Question, part: Part) -> None:
    if question.dimension is not None or question.also:
        findings.add(
            "dimension-passed-over",
            f"A {question.type} is shown in no column of the synthesis.",
            "Take «dimension» out; or make it a question that is «readonly» and has the "
            "«calculation», which respondents see and the column shows.",
            at=question,
            key="dimension" if question.dimension is not None else "also",
            place=part.place,
        )


def _check_band(findings: Findings) -> None:
    settings = findings.definition.settings
    calculations = [
        question.name
        for question in findings.definition.questions
        if question.type is QuestionType.CALCULATE
    ]
    if settings.band is not None and settings.band not in calculations:
        findings.add(
            "unknown-band",
            f"There is no calculate question «{settings.band}» to suggest the group.",
            findings.nearest(settings.band, calculations, "Add one, or take «band» out."),
            at=settings,
            key="band",
            place="settings",
        )
    if settings.band_list is not None and settings.band_list not in findings.definition.choices:
        findings.add(
            "unknown-list",
            f"There is no choice list «{settings.band_list}» for the groups.",
            findings.nearest(
                settings.band_list, findings.definition.choices, "Add it under «choices:»."
            ),
            at=settings,
            key="band_list",
            place="settings",
        )
    if (settings.band is None) != (settings.band_list is None):
        findings.add(
            "half-a-band",
            "Of «band» and «band_list», only one is given.",
            "Give both: the question that suggests the group, and the list of groups.",
            at=settings,
            place="settings",
        )
