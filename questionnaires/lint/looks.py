"""Appearances: what a question looks like beyond its type, and what makes no difference here."""

from questionnaires.appearances import MINIMAL, OTHER_APP, accepted_by, has, not_accepted
from questionnaires.lint.findings import Findings
from questionnaires.models import QuestionType

MANY = 20
"""Options that may stand open below one another."""

_SELECTS = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)
_OF_XLSFORM = frozenset(
    {
        *(
            "annotate",
            "autocomplete",
            "bearing",
            "bikram-sambat",
            "columns",
            "columns-pack",
            "compact",
        ),
        *("comma", "coptic", "distress", "draw", "ethiopian", "field-list", "front", "hidden"),
        *("hide-input", "horizontal", "image-map", "islamic", "label", "likert", "list-nolabel"),
        *("list", "map", "maps", "masked", "minimal", "month-year", "multiline", "new"),
        *("new-front", "no-buttons", "no-calendar", "no-collapse", "no-ticks", "numbers"),
        *("persian", "picker", "placement-map", "printer", "quick", "quickcompact", "rating"),
        *("search", "signature", "summary", "table-list", "thousands-sep", "url", "vertical"),
        *("week-number", "year"),
        *(f"columns-{count}" for count in range(1, 11)),
        *(f"w{width}" for width in range(1, 13)),
    }
)
"""What other tools of XLSForm know."""


def check_looks(findings: Findings) -> None:
    """Warn of appearances that nobody knows or that change nothing, and of lists left open."""
    for part in findings.parts:
        idle = not_accepted(part.node)
        for word in idle:
            if word in _OF_XLSFORM or word.startswith(OTHER_APP):
                findings.add(
                    "idle-appearance",
                    f"«{word}» changes nothing about this question in our form.",
                    "Take it out, unless the form is also used with another tool.",
                    at=part.node,
                    key="appearance",
                    place=part.place,
                )
            else:
                findings.add(
                    "unknown-appearance",
                    f"There is no appearance «{word}».",
                    findings.nearest(word, sorted(accepted_by(part.node)), "Take it out."),
                    at=part.node,
                    key="appearance",
                    place=part.place,
                )
    _check_long_lists(findings)


def _check_long_lists(findings: Findings) -> None:
    for question, part in findings.questions():
        if question.type not in _SELECTS or question.choice_filter is not None:
            continue
        options = len(findings.definition.options(question))
        if options > MANY and not has(question, MINIMAL):
            findings.add(
                "long-list",
                f"{options} options stand open below one another; at most {MANY} can be seen at "
                "once.",
                "Add «appearance: minimal», which folds them into a list to open.",
                at=question,
                key="type",
                place=part.place,
            )
