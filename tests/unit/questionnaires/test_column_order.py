"""One order for the questions of many versions: total, stable, each name once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.column_order import unite, united_questions
from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings

NAMES = ["a", "b", "c", "d", "e", "f"]
lists = st.lists(st.lists(st.sampled_from(NAMES), unique=True), max_size=4)


def version(
    number: str, *sections: tuple[str, tuple[str, ...]], options: tuple[str, ...] = ()
) -> Definition:
    """A version that asks these questions, by section."""
    return Definition(
        settings=Settings(form_id="tiny", version=number, form_title={"en": "Tiny"}),
        choices={
            "list": tuple(Choice(name=one, label={"en": f"{one} {number}"}) for one in options)
        },
        survey=tuple(
            Group(
                name=section,
                children=tuple(
                    Question(name=name, type=QuestionType.SELECT_ONE, list_name="list")
                    for name in names
                ),
            )
            for section, names in sections
        ),
    )


@st.composite
def versions(draw: st.DrawFn) -> list[Definition]:
    found = []
    for number in draw(st.lists(st.integers(1, 99), unique=True, max_size=4)):
        names = draw(st.permutations(NAMES))
        cut, end = sorted((draw(st.integers(0, 6)), draw(st.integers(0, 6))))
        sections = [("one", tuple(names[:cut])), ("two", tuple(names[cut:end]))]
        if draw(st.booleans()):
            sections.reverse()
        found.append(version(str(number), *sections))
    return found


@given(lists)
def test_each_name_stands_once_and_none_is_lost(given_lists: list[list[str]]) -> None:
    united = unite(given_lists)

    assert len(set(united)) == len(united)
    assert set(united) == {name for names in given_lists for name in names}


@given(lists)
def test_order_of_the_first_list_is_kept(given_lists: list[list[str]]) -> None:
    first = given_lists[0] if given_lists else []

    assert [name for name in unite(given_lists) if name in first] == first


@given(lists, st.lists(st.sampled_from(NAMES), unique=True))
def test_older_list_never_changes_the_order_of_the_newer(
    given_lists: list[list[str]], older: list[str]
) -> None:
    united = unite(given_lists)

    with_older = unite([*given_lists, older])

    assert tuple(name for name in with_older if name in united) == united


@given(lists)
def test_uniting_again_changes_nothing(given_lists: list[list[str]]) -> None:
    united = unite(given_lists)

    assert unite([united, *given_lists]) == united


@pytest.mark.parametrize(
    ("newest", "older", "united"),
    [
        ("abc", "abxc", "abxc"),
        ("abc", "xabc", "xabc"),
        ("abc", "abcx", "abcx"),
        ("ab", "axyb", "axyb"),
        ("ba", "axb", "bax"),
        ("", "xy", "xy"),
    ],
)
def test_removed_name_comes_after_the_one_it_followed(newest: str, older: str, united: str) -> None:
    assert unite([newest, older]) == tuple(united)


@given(versions(), st.randoms(use_true_random=False))
def test_order_of_questions_does_not_depend_on_the_order_of_the_versions(
    found: list[Definition], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a Random

    united = united_questions(found)

    assert united_questions(shuffled) == united
    names = [one.name for one in united]
    assert len(set(names)) == len(names)
    assert set(names) == {question.name for one in found for question in one.fields}


@given(versions())
def test_newest_version_keeps_its_order(found: list[Definition]) -> None:
    newest = max(found, key=lambda one: int(one.version), default=None)

    asked = [question.name for question in newest.fields] if newest else []

    assert [one.name for one in united_questions(found) if one.name in asked] == asked


def test_removed_question_stays_in_its_section_though_it_was_the_first_there() -> None:
    old = version("1", ("one", ("a", "b")), ("two", ("x", "c", "d")))
    new = version("2", ("one", ("a", "b")), ("two", ("c", "d")))

    assert [one.name for one in united_questions([old, new])] == ["a", "b", "x", "c", "d"]


def test_question_that_moved_stands_where_the_newest_version_has_it() -> None:
    old = version("1", ("one", ("a", "b")), ("two", ("c",)))
    new = version("2", ("one", ("a",)), ("two", ("c", "b")))

    united = {one.name: one.section for one in united_questions([old, new])}

    assert united == {"a": "one", "c": "two", "b": "two"}


def test_numbers_in_versions_count_as_numbers() -> None:
    united = united_questions(
        [version("10", ("one", ("b", "a"))), version("9", ("one", ("a", "b")))]
    )

    assert [one.name for one in united] == ["b", "a"]
    assert united[0].versions == ("10", "9")


def test_choices_are_united_as_the_newest_version_words_them() -> None:
    old = version("1", ("one", ("a",)), options=("yes", "maybe", "no"))
    new = version("2", ("one", ("a",)), options=("yes", "no", "unsure"))

    (united,) = united_questions([old, new])

    assert [choice.label["en"] for choice in united.choices] == [
        "yes 2",
        "maybe 1",
        "no 2",
        "unsure 2",
    ]


def test_note_of_one_version_is_a_question_only_where_it_asks() -> None:
    old = version("1", ("one", ("a",)))
    note = Question(name="a", type=QuestionType.NOTE, label={"en": "A"})
    new = old.model_copy(
        update={
            "settings": old.settings.model_copy(update={"version": "2"}),
            "survey": (Group(name="one", children=(note,)),),
        }
    )

    (united,) = united_questions([new, old])

    assert united.versions == ("1",)
