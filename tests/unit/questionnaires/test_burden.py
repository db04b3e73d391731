"""The estimate of how long a form takes can be checked by hand."""

import pytest

from questionnaires.burden import MINUTES, ROWS, WORDS_A_MINUTE, burden_of
from questionnaires.loading import load_definition
from questionnaires.models import Definition, Group, Question, QuestionType, Settings
from tests.unit.questionnaires.files import RCP_2007, valid


def minutes_of(*questions: Question) -> float:
    section = Group(name="section", children=questions)
    titles = Settings(form_id="small", version="1", form_title={"en": "Small"})
    return burden_of(Definition(settings=titles, survey=(section,))).minutes


def test_words_and_answers_are_added_up() -> None:
    burden = burden_of(load_definition(valid("several_choices")))

    # A section of two words; a question of five and three options of one word each; «Why?».
    assert burden.questions == 2
    assert burden.words == 2 + 5 + 3 + 1
    answering = MINUTES[QuestionType.SELECT_MULTIPLE] + MINUTES[QuestionType.TEXT]
    assert burden.minutes == pytest.approx(11 / WORDS_A_MINUTE + answering)


def test_table_takes_some_rows_and_at_least_those_it_asks_for() -> None:
    town = Question(name="town", type=QuestionType.TEXT)

    few = minutes_of(Question(name="t", type=QuestionType.REPEAT, columns=(town,)))
    many = minutes_of(Question(name="t", type=QuestionType.REPEAT, columns=(town,), min_rows=12))

    assert few == pytest.approx(ROWS * MINUTES[QuestionType.TEXT] / 2)
    assert many == pytest.approx(12 * MINUTES[QuestionType.TEXT] / 2)


def test_account_of_several_lines_takes_longer_than_a_word() -> None:
    word = minutes_of(Question(name="a", type=QuestionType.TEXT))
    account = minutes_of(Question(name="a", type=QuestionType.TEXT, appearance="multiline"))

    assert account > 4 * word


def test_nobody_spends_time_on_what_is_worked_out() -> None:
    shown = Question(name="a", type=QuestionType.INTEGER, readonly=True, default="1")
    hidden = Question(name="b", type=QuestionType.HIDDEN, default="x")

    assert minutes_of(shown, hidden) == 0


def test_every_type_has_its_minutes() -> None:
    assert MINUTES.keys() == set(QuestionType)


def test_questionnaire_of_2007_is_long_but_not_too_long() -> None:
    burden = burden_of(load_definition(RCP_2007))

    assert burden.questions == 34
    assert 60 < burden.minutes < 90
