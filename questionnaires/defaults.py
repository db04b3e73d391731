"""What a form suggests before a question is answered: its default, written out or worked out."""

from questionnaires.answered import is_answered
from questionnaires.answers import Value
from questionnaires.datum import text_of
from questionnaires.expressions import parse
from questionnaires.kinds import read_default
from questionnaires.models import Definition, Question
from questionnaires.routing import Route


def suggested_value(definition: Definition, question: Question, route: Route) -> Value | None:
    """The default as a value that the respondent could give; ``None`` where it comes to none.

    It is not an answer: it counts nowhere until the respondent saves it.
    """
    if question.default is None or not question.takes_answer:
        return None
    text = question.default
    if question.default_is_expression:
        text = text_of(parse(text).evaluate(route.scope(question=question.name)))
        if text == "NaN":
            return None
    value, problems = read_default(question, definition, text)
    return value if is_answered(value) and not problems else None
