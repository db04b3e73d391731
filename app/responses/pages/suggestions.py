"""What a form suggests: for a question never answered, and anew when its trigger has changed."""

from dataclasses import dataclass, replace

from app.responses.drafts import Content, Kept
from app.responses.pages.filled import Filled
from app.responses.pages.views import Suggestion
from app.responses.words import content_in_words
from questionnaires.datum import text_of
from questionnaires.defaults import suggested_value
from questionnaires.kinds import display, read_default, value_to_json
from questionnaires.models import Question


@dataclass(frozen=True, slots=True)
class Suggested:
    """A content that is not saved yet, and what the page says of it."""

    content: Content
    words: Suggestion


def suggested(filled: Filled, question: Question, kept: Kept | None) -> Suggested | None:
    """What to fill a field with instead of what is kept; ``None`` to show what is kept."""
    known = filled.registry.text_for(question)
    if (question.default is None and known is None) or filled.returned is not None:
        return None
    again = kept is not None and is_outdated(filled, question, kept)
    if kept is not None and not again:
        return None
    value = known or suggested_value(filled.definition, question, filled.route)
    data = None if value is None else value_to_json(value)
    before = kept.content if kept is not None else Content()
    if data is None or (before.missing is None and before.value == data):
        return None
    because = filled.definition.by_name[question.trigger] if again and question.trigger else None
    return Suggested(
        replace(before, value=data, missing=None),
        Suggestion(
            because=filled.words(because.label) if because is not None else "",
            kept=content_in_words(question, filled.definition, before, language=filled.language),
        ),
    )


def is_outdated(filled: Filled, question: Question, kept: Kept) -> bool:
    """Whether the question's trigger was answered differently after the question itself."""
    trigger = filled.kept.get(question.trigger) if question.trigger is not None else None
    return trigger is not None and trigger.at > kept.at


def derived_words(filled: Filled, question: Question) -> str:
    """What a question is worth that is worked out and only shown; empty for nothing."""
    datum = filled.route.values.get(question.name, "")
    value, problems = read_default(question, filled.definition, text_of(datum))
    if value is None or problems:
        return text_of(datum)
    return display(question, filled.definition, value, filled.language)
