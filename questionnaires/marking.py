"""The mark of one question in one response: why a value is there, or why not."""

from questionnaires.answered import is_answered, is_nil
from questionnaires.answers import Answer, Answers
from questionnaires.datum import text_of
from questionnaires.expressions import parse
from questionnaires.marks import Mark
from questionnaires.models import Definition, MissingCode, Question
from questionnaires.routing import Route, conditions_of

_MISSING: dict[MissingCode, Mark] = {
    MissingCode.NOT_APPLICABLE: Mark.NA,
    MissingCode.DONT_KNOW: Mark.DK,
    MissingCode.DECLINED: Mark.DECLINED,
}


def mark_of(
    definition: Definition,
    name: str,
    answers: Answers,
    route: Route,
    *,
    submitted: bool,
    attribution_withheld: bool,
    in_version: bool = True,
) -> Mark:
    """The one mark of a question, whatever state it is in.

    An answer is withheld when nothing of this respondent may be attributed, or when the question
    asks for a consent of its own that was not given. ``in_version`` is false when the response was
    given to a version without this question. ``carried`` and ``uncoded`` are marks of synthesis
    cells and never come from here.
    """
    if not in_version or name not in definition.by_name:
        return Mark.NOT_IN_VERSION
    if name not in route.asked:
        routed = submitted or _was_routed(definition, name, route)
        return Mark.ROUTED if routed else Mark.NOT_REACHED
    answer = answers.get(name, Answer())
    if name in route.calculated:
        answer = Answer(value=route.calculated[name])
    if answer.missing is not None:
        return _MISSING[answer.missing]
    if answer.value is None or not is_answered(answer.value):
        return Mark.BLANK if submitted else Mark.NOT_REACHED
    question = definition.by_name[name]
    if attribution_withheld or not may_be_published(question, route):
        return Mark.WITHHELD
    return Mark.NIL if is_nil(question, answer.value, definition) else Mark.ANSWERED


def may_be_published(question: Question, route: Route) -> bool:
    """Whether the respondent's own consent to this one answer, where it is asked, was given."""
    condition = question.published_when
    return condition is None or parse(condition).holds(route.scope())


def _was_routed(definition: Definition, name: str, route: Route) -> bool:
    """Whether an answer hid the question: not merely that the answer it waits for isn't there."""
    return any(
        text_of(route.values.get(reference, "")) != ""
        for condition in conditions_of(definition, name)
        for reference in parse(condition).references
    )
