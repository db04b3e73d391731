"""The sheet Codebook: the questions of all versions in one order, each as it was asked."""

from exports.records import RoundSnapshot
from questionnaires.answers import Answer
from questionnaires.models import Choice, Definition, Group, Question, QuestionType
from tests.integration.exports.workbooks import opened, rows_of
from tests.unit.exports.rounds import small_definition, small_round, stored_answer


def older_definition() -> Definition:
    """A version before: a question more after the first, one less, one worded otherwise."""
    new = small_definition()
    section = new.survey[0]
    gone = Question(name="gone", type=QuestionType.TEXT, label={"en": "Question gone?"}, code="A99")
    children: list[Group | Question] = []
    for node in section.children:
        if node.name == "year":
            children.append(gone)
            assert isinstance(node, Question)
            children.append(node.model_copy(update={"label": {"en": "Which year?"}}))
        elif node.name != "staff":
            children.append(node)
    options = (Choice(name="perhaps", label={"en": "Perhaps"}), *new.choices["answers"])
    return new.model_copy(
        update={
            "settings": new.settings.model_copy(update={"version": "0"}),
            "choices": {**new.choices, "answers": options},
            "survey": (section.model_copy(update={"children": tuple(children)}),),
        }
    )


def two_versions() -> RoundSnapshot:
    """A round on the newer version, with one response to the older."""
    old = older_definition()
    snapshot = small_round([{"words": Answer(value="New")}, {"words": Answer(value="Old")}])
    first, second = snapshot.responses()
    said = {
        name: stored_answer(name, Answer(value="Old"), old) for name in ("words", "gone", "year")
    }
    older = second.model_copy(update={"definition": old, "answers": said})
    return snapshot.model_copy(update={"responses": lambda: iter([first, older])})


def test_codebook_has_each_question_once_and_dropped_ones_near_their_home() -> None:
    rows = rows_of(opened(two_versions()), "Codebook")

    names = [row[1] for row in rows if row[1] and str(row[0]).startswith("A")]
    assert names[:6] == ["words", "contact", "gone", "year", "year", "staff"]
    assert names.count("words") == 1
    titles = [row[0] for row in rows if row[0] and str(row[0]).startswith("Questions of")]
    assert titles == ["Questions of versions 1, 0"]


def test_codebook_says_of_what_differs_in_which_version_it_stands() -> None:
    rows = rows_of(opened(two_versions()), "Codebook")

    labels = [row[2] for row in rows if row[1] in {"words", "year", "gone", "staff"}]
    assert labels == [
        "Question words?",
        "Question gone?\n(version 0)",
        "Question year?\n(version 1)",
        "Which year?\n(version 0)",
        "Question staff?\n(version 1)",
    ]
    options = [row[2] for row in rows if row[1] in {"perhaps", "yes", "no"}]
    assert options == ["Perhaps\n(version 0)", "Yes", "No"]


def test_codebook_names_no_column_for_what_none_shows() -> None:
    definition = small_definition()
    (section,) = definition.survey
    *others, band = section.children
    shown = (*others, band.model_copy(update={"dimension": "B3"}))
    definition = definition.model_copy(
        update={"survey": (section.model_copy(update={"children": shown}),)}
    )

    rows = rows_of(opened(small_round([{}], definition=definition)), "Codebook")

    columns = {str(row[1]): row[7] for row in rows if row[1] in {"words", "band"}}
    assert columns == {"words": "B3", "band": None}


def test_answers_stand_in_one_order_whatever_their_version() -> None:
    rows = rows_of(opened(two_versions()), "Answers")

    names = [row[3] for row in rows if row[3] in {"words", "gone", "staff", "started_on"}]
    assert names == ["words", "staff", "started_on", "words", "gone", "staff", "started_on"]
