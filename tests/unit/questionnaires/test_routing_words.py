"""Routing in words: each kind of condition as a person would read it on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings
from questionnaires.phrases import LONGEST, Label, label, plain
from questionnaires.routing_words import allowed_if, asked_if, offered_if, published_if

COLOURS = tuple(
    Choice(name=name, label={"en": english, "fr": french})
    for name, english, french in (
        ("red", "Red", "Rouge"),
        ("blue", "Blue", "Bleu"),
        ("none", "No colour", "Aucune"),
    )
)


def question(name: str, type_: QuestionType, code: str | None = None, **more: object) -> Question:
    list_name = "colours" if type_.value.startswith(("select", "rank")) else None
    words = {"label": {"en": f"The {name}", "fr": f"Le {name}"}, "list_name": list_name}
    return Question.model_validate({"name": name, "type": type_, "code": code, **words, **more})


PLACES = question(
    "places",
    QuestionType.REPEAT,
    "B1",
    columns=(
        question("place", QuestionType.TEXT),
        question("size", QuestionType.INTEGER),
        question("since", QuestionType.DATE, relevant="${size} > 5 and ${one} = 'red'"),
    ),
)
FORM = Definition(
    settings=Settings(
        form_id="words", version="1", form_title={"en": "Words"}, languages=("en", "fr")
    ),
    choices={"colours": COLOURS},
    survey=(
        Group(
            name="section",
            children=(
                question("one", QuestionType.SELECT_ONE, "A1"),
                question("several", QuestionType.SELECT_MULTIPLE, "A2"),
                question("number", QuestionType.INTEGER, "A3"),
                question("day", QuestionType.DATE, "A4"),
                question("words", QuestionType.TEXT, "A5"),
                question("clock", QuestionType.TIME, "A6"),
                question("agreed", QuestionType.ACKNOWLEDGE, "A7"),
                PLACES,
                Group(
                    name="pair",
                    code="C1",
                    children=(
                        question("first", QuestionType.SELECT_ONE),
                        question("second", QuestionType.TEXT, relevant="${first} = 'red'"),
                    ),
                ),
                Question(
                    name="total",
                    type=QuestionType.CALCULATE,
                    calculation="${number} * 2 + sum(${size})",
                ),
                question("told", QuestionType.TEXT, "D1"),
            ),
        ),
    ),
)


def about(**expressions: str) -> Question:
    return FORM.by_name["told"].model_copy(update=expressions)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("${one} = 'red'", "Asked if A1 is «Red»"),
        ("'red' = ${one}", "Asked if A1 is «Red»"),
        ("${one} = 'grey'", "Asked if A1 is «grey»"),
        ("${one} != 'red'", "Asked unless A1 is «Red»"),
        ("not(${one} = 'red')", "Asked unless A1 is «Red»"),
        ("selected(${one}, 'red')", "Asked if A1 is «Red»"),
        ("${one} = ''", "Asked if A1 is not answered"),
        ("${one} != ''", "Asked if A1 is answered"),
        ("${one}", "Asked if A1 is answered"),
        ("boolean(${number})", "Asked if A3 is answered and is not 0"),
        ("not(${number})", "Asked unless A3 is answered and is not 0"),
        ("${one} = 'red' or ${one} = 'blue'", "Asked if A1 is «Red» or «Blue»"),
        ("${one} != 'red' and ${one} != 'blue'", "Asked if A1 is neither «Red» nor «Blue»"),
        (
            "${one} = 'red' or ${number} > 2 or ${one} = 'blue'",
            "Asked if A1 is «Red» or «Blue», or A3 is more than 2",
        ),
        (
            "${one} = 'red' and (${number} > 2 or ${number} = 0)",
            "Asked if A1 is «Red», and (A3 is more than 2 or is 0)",
        ),
        (
            "${one} = 'red' or ${number} > 2 and ${number} < 10",
            "Asked if A1 is «Red», or (A3 is more than 2 and is less than 10)",
        ),
        (
            "not(${one} = 'red' and ${number} > 2)",
            "Asked unless A1 is «Red», and A3 is more than 2",
        ),
        (
            "${number} > 2 and not(${one} = 'red' or ${one} = 'blue')",
            "Asked if A3 is more than 2, and A1 is neither «Red» nor «Blue»",
        ),
        ("selected(${several}, 'red')", "Asked if «Red» is chosen in A2"),
        ("not(selected(${several}, 'red'))", "Asked unless «Red» is chosen in A2"),
        (
            "selected(${several}, 'red') or selected(${several}, 'blue')",
            "Asked if «Red» or «Blue» is chosen in A2",
        ),
        (
            "selected(${several}, 'red') and selected(${several}, 'blue')",
            "Asked if «Red» and «Blue» are chosen in A2",
        ),
        (
            "count-selected(${several}) > 0 and not(selected(${several}, 'none'))",
            "Asked if at least one option is chosen in A2, and «No colour» is not chosen in A2",
        ),
        ("count-selected(${several}) = 0", "Asked if no option is chosen in A2"),
        ("count-selected(${several}) = 1", "Asked if exactly one option is chosen in A2"),
        ("count-selected(${several}) >= 2", "Asked if at least 2 options are chosen in A2"),
        ("2 > count-selected(${several})", "Asked if at most one option is chosen in A2"),
        (
            "${one} = 'red' and not(count-selected(${several}) > 2)",
            "Asked if A1 is «Red», and at most 2 options are chosen in A2",
        ),
        ("count(${places}) > 1", "Asked if B1 has at least 2 rows"),
        ("string-length(${words}) > 3", "Asked if A5 has at least 4 characters"),
        ("${number} >= 5", "Asked if A3 is at least 5"),
        ("5 >= ${number}", "Asked if A3 is at most 5"),
        (
            "${one} = 'red' and not(${number} > 5)",
            "Asked if A1 is «Red», and A3 is not more than 5",
        ),
        ("${number} > 20000", "Asked if A3 is more than 20,000"),
        ("${number} * 2 + 1 < 5", "Asked if (A3 times 2) plus 1 is less than 5"),
        (
            "${number} + 1 > (${number} + 2) * 3",
            "Asked if A3 plus 1 is more than (A3 plus 2) times 3",
        ),
        (
            "${number} = ${total}",
            "Asked if A3 is the value calculated from A3 and «The size» in B1",
        ),
        ("${day} <= today()", "Asked if A4 is on or before today"),
        ("${day} > today() - 30", "Asked if A4 is after 30 days before today"),
        ("${day} < today() + 1", "Asked if A4 is before tomorrow"),
        ("${size} > 5", "Asked if in some row, «The size» in B1 is more than 5"),
        ("not(${place} = 'x')", "Asked unless in some row, «The place» in B1 is «x»"),
        (
            "${number} > 1 and not(${size} > 5)",
            "Asked if A3 is more than 1, and in no row, «The size» in B1 is more than 5",
        ),
        ("sum(${size}) > 10", "Asked if the sum of «The size» in B1 is more than 10"),
        ("coalesce(${number}, 0) = 0", "Asked if A3 (0 if there is none) is 0"),
        ("${day} > '2030-02-01'", "Asked if A4 is after 1 February 2030"),
        ("${clock} < '12:30'", "Asked if A6 is before 12:30"),
        ("${agreed} = 'OK'", "Asked if A7 is confirmed"),
        ("${agreed} != 'OK'", "Asked unless A7 is confirmed"),
        ("selected-at(${several}, 0) = 'red'", "Asked if the first option of A2 is «Red»"),
        ("${first} = 'blue'", "Asked if C1 «The first» is «Blue»"),
        ("contains(${words}, 'x')", "Asked if A5 contains «x»"),
        ("true()", "Always asked"),
        ("false()", "Never asked"),
    ],
)
def test_condition_is_said(expression: str, words: str) -> None:
    said = asked_if(FORM, about(relevant=expression), "en")

    assert said is not None
    assert (plain(said.phrase), said.said) == (words, True)
    assert said.expression == expression


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("regex(${words}, 'a+')", "Asked depending on earlier answers: A5"),
        (
            "${one} = 'red' and pow(${number}, 2) > 4",
            "Asked depending on earlier answers: A1 and A3",
        ),
        ("random() > 0.5", "Asked by a rule that the codebook states"),
        ("${unknown} = 1", "Asked by a rule that the codebook states"),
        ("${one} = ", "Asked depending on answers"),
        ("selected(${size}, '5')", "Asked depending on earlier answers: «The size» in B1"),
    ],
)
def test_condition_without_words_tells_what_it_depends_on(expression: str, words: str) -> None:
    said = asked_if(FORM, about(relevant=expression), "en")

    assert said is not None
    assert (plain(said.phrase), said.said) == (words, False)


def test_labels_are_in_the_language_of_the_page_and_say_so() -> None:
    said = asked_if(FORM, about(relevant="${one} = 'red'"), "fr")

    assert said is not None
    assert said.phrase == (
        "À remplir si la réponse à A1 est «\u00a0",
        Label("Rouge", "fr"),
        "\u00a0»",
    )


def test_field_of_the_same_numbered_question_is_called_by_its_label() -> None:
    said = asked_if(FORM, FORM.by_name["second"], "en")

    assert said is not None
    assert plain(said.phrase) == "Asked if «The first» is «Red»"


def test_column_speaks_of_its_own_row() -> None:
    said = asked_if(FORM, PLACES.column("since"), "en")

    assert said is not None
    assert plain(said.phrase) == "Asked if «The size» is more than 5, and A1 is «Red»"


def test_constraint_is_said_of_the_answer() -> None:
    said = allowed_if(FORM, about(constraint=". >= 1900 and . <= 2100"), "en")
    year = allowed_if(FORM, about(constraint="concat(., '-01-01') <= today()"), "en")

    assert said is not None
    assert year is not None
    assert plain(said.phrase) == "Accepted if the answer is at least 1900 and is at most 2100"
    assert plain(year.phrase) == "Accepted if 1 January of the year given is on or before today"


def test_option_of_the_question_itself_has_its_label() -> None:
    several = FORM.by_name["several"].model_copy(
        update={"constraint": "not(selected(., 'none') and count-selected(.) > 1)"}
    )

    said = allowed_if(FORM, several, "en")

    assert said is not None
    assert plain(said.phrase) == (
        "Accepted if «No colour» is not chosen, or at most one option is chosen"
    )


def test_filter_and_consent_are_said() -> None:
    chosen = offered_if(FORM, about(choice_filter="selected(${several}, name)"), "en")
    column = offered_if(FORM, about(choice_filter="region = ${one}"), "en")
    consent = published_if(FORM, about(published_when="${one} = 'red'"), "en")

    assert chosen is not None
    assert column is not None
    assert consent is not None
    assert plain(chosen.phrase) == "Only options that are chosen in A2"
    assert plain(column.phrase) == "Only options for which the option’s «region» is A1"
    assert plain(consent.phrase) == "Published if A1 is «Red»"


def test_what_is_always_asked_has_no_words() -> None:
    free = FORM.by_name["one"]

    assert [say(FORM, free, "en") for say in (allowed_if, offered_if, published_if)] == [None] * 3
    assert asked_if(FORM, free, "en") is None


def test_answer_within_a_label_is_left_open() -> None:
    assert label("Why is ${one} so?", "en").text == "Why is … so?"


def test_long_label_is_cut_at_a_word() -> None:
    cut = label("word " * 40, "en")

    assert cut.text.endswith("word…")
    assert len(cut.text) <= LONGEST + 1


conditions = st.recursive(
    st.sampled_from(
        ("${one} = 'red'", "${number} > 5", "selected(${several}, 'blue')", "${day} < today()")
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("and", "or")), inner).map(
            lambda one: f"({' '.join(one)})"
        ),
        inner.map(lambda one: f"not({one})"),
    ),
    max_leaves=8,
)


@given(conditions)
def test_whatever_is_built_of_what_can_be_said_can_be_said(expression: str) -> None:
    said = asked_if(FORM, about(relevant=expression), "en")

    assert said is not None
    assert said.said
    assert plain(said.phrase).count("(") == plain(said.phrase).count(")")


def test_every_condition_of_the_questionnaire_of_2007_is_said(rcp: Definition) -> None:
    nodes: list[Question | Group] = list(rcp.questions)
    nodes += [group for path in rcp.ancestors.values() for group in path]

    said = [asked_if(rcp, node, "en") for node in nodes if node.relevant is not None]

    assert len(said) > 15
    assert all(one is not None and one.said for one in said)
