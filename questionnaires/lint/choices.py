"""Choice lists, the questions that use them, and their defaults."""

from questionnaires.kinds import default_value
from questionnaires.lint.findings import Findings, Part
from questionnaires.models import WITH_LIST, Question


def check_choices(findings: Findings) -> None:
    """Refuse missing, empty and repeated options, and defaults that are none of them."""
    _check_lists(findings)
    for question, part in findings.questions(columns=True):
        _check_list_of(findings, question, part)
        _check_default(findings, question, part)


def _check_lists(findings: Findings) -> None:
    definition = findings.definition
    used = {question.list_name for question, _ in findings.questions(columns=True)}
    used.add(definition.settings.band_list)
    for name, choices in definition.choices.items():
        place = f"choices/{name}"
        line = findings.lines.at(place)
        if not choices:
            findings.add(
                "empty-list", "The list has no options.", "Add options.", place=place, line=line
            )
        if name not in used:
            findings.add(
                "unused-list",
                "No question uses this list.",
                "Take it out, or name it in a question's type.",
                place=place,
                line=line,
            )
        seen: set[str] = set()
        for choice in choices:
            if choice.name in seen:
                findings.add(
                    "duplicate-choice",
                    f"The option «{choice.name}» stands twice in the list.",
                    "Keep one of them, or give the other another name.",
                    at=choice,
                    key="name",
                    place=f"{place}/{choice.name}",
                )
            seen.add(choice.name)


def _check_list_of(findings: Findings, question: Question, part: Part) -> None:
    if question.type not in WITH_LIST:
        for key in ("list_name", "choice_filter"):
            if getattr(question, key) is not None:
                findings.add(
                    "list-without-choice",
                    f"«{key}» needs a question with options; this is «{question.type}».",
                    "Use select_one, select_multiple or rank, or take it out.",
                    at=question,
                    key=key,
                    place=part.place,
                )
        return
    if question.list_name is None:
        findings.add(
            "no-list",
            f"«{question.type}» does not say which list its options come from.",
            f"Write «type: {question.type} name_of_list».",
            at=question,
            key="type",
            place=part.place,
        )
    elif question.list_name not in findings.definition.choices:
        findings.add(
            "unknown-list",
            f"There is no choice list «{question.list_name}».",
            findings.nearest(
                question.list_name, findings.definition.choices, "Add it under «choices:»."
            ),
            at=question,
            key="type",
            place=part.place,
        )


def _check_default(findings: Findings, question: Question, part: Part) -> None:
    if question.default is None or question.default_is_expression:
        return
    value, problems = default_value(question, findings.definition)
    if problems or value is None:
        reason = problems[0].message if problems else "It is empty."
        findings.add(
            "bad-default",
            f"«{question.default}» cannot be the default. {reason}",
            "Give a value that a respondent could give, or take the default out.",
            at=question,
            key="default",
            place=part.place,
        )
