"""What is said to a question as those see it who may not see personal data."""

from dataclasses import replace

from app.responses.drafts import Content
from questionnaires.kinds import value_from_json, value_to_json
from questionnaires.models import Question
from questionnaires.personal import personal_columns, without_personal_columns


def without_personal_data(question: Question, said: Content) -> Content:
    """Nothing of a personal question; of a table, the columns that aren't personal."""
    if question.personal:
        return Content()
    if not personal_columns(question):
        return said
    public = without_personal_columns(question, value_from_json(question, said.value)[0])
    return replace(said, value=None if public is None else value_to_json(public))
