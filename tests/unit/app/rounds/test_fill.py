"""How far a response is filled, as it is remembered."""

from datetime import UTC, datetime

from app.rounds.answers_at import HistoryState
from app.rounds.fill import ATTRIBUTION, Fill, fill_of
from questionnaires.answers import Answer
from questionnaires.models import Definition, Group, Question, QuestionType, Settings

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def fill_with(said: str) -> Fill:
    question = Question(name=ATTRIBUTION, type=QuestionType.TEXT)
    definition = Definition(
        settings=Settings(form_id="form", version="1", form_title={"en": "Form"}),
        survey=(Group(name="section", children=(question,)),),
    )
    answers = {ATTRIBUTION: Answer(value=said)}
    state = HistoryState(saves=1, last_at=NOW)
    return fill_of(definition, answers, moment=NOW, seed="", state=state)


def test_choice_at_the_question_on_attribution_is_remembered() -> None:
    assert fill_with("not_attributed").attribution == "not_attributed"


def test_text_at_the_question_on_attribution_is_not_remembered_whole() -> None:
    kept = fill_with("publish" + "!" * 100_000).attribution

    assert kept is not None
    assert kept != "publish"
    assert len(kept) < 100
