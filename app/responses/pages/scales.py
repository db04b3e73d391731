"""How a number on a scale is asked: by buttons when there are few, else in a field."""

from app.responses.pages.views import Option
from questionnaires.datum import text_of
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import Question, QuestionType

MOST_BUTTONS = 11
"""As many as from 0 to 10. A slider would not tell «in the middle» from «not answered»."""


def marks_of(question: Question, chosen: str) -> tuple[Option, ...]:
    """The marks of a short scale as options; none for a long one and for other questions."""
    scale = scale_of(question) if question.type is QuestionType.RANGE else None
    if scale is None or scale.marks > MOST_BUTTONS:
        return ()
    texts = [text_of(float(scale.start + at * scale.step)) for at in range(scale.marks)]
    return tuple(Option(text, text, chosen=text == chosen) for text in texts)


def scale_in_words(question: Question) -> str:
    """``From 0 to 100, in steps of 5``; empty for other questions."""
    scale = scale_of(question) if question.type is QuestionType.RANGE else None
    return str(scale).capitalize() if scale is not None else ""
