"""Two versions compared: every question gets one verdict and a sentence about it."""

from collections.abc import Callable

import pytest

from questionnaires.comparison import Change, QuestionComparison, compare
from questionnaires.models import Choice, Definition, Group, Question, QuestionType

Edit = Callable[[Question], Question | list[Question] | None]


def _changed(definition: Definition, **edits: Edit) -> Definition:
    """The definition with some of its questions changed, dropped or split."""

    def walk(group: Group) -> Group:
        children: list[Question | Group] = []
        for child in group.children:
            if isinstance(child, Group):
                children.append(walk(child))
                continue
            edit = edits.get(child.name)
            edited = child if edit is None else edit(child)
            if isinstance(edited, list):
                children.extend(edited)
            elif edited is not None:
                children.append(edited)
        return group.model_copy(update={"children": tuple(children)})

    survey = tuple(walk(section) for section in definition.survey)
    return Definition(
        settings=definition.settings,
        dimensions=definition.dimensions,
        choices=definition.choices,
        survey=survey,
        panel=definition.panel,
    )


def _with(**update: object) -> Edit:
    return lambda question: question.model_copy(update=update)


def _found(old: Definition, new: Definition) -> dict[str, QuestionComparison]:
    return {found.name: found for found in compare(old, new) if found.kind is not Change.SAME}


def test_version_is_the_same_as_itself(rcp: Definition) -> None:
    found = compare(rcp, rcp)

    assert [comparison.name for comparison in found] == [field.name for field in rcp.fields]
    assert {comparison.kind for comparison in found} == {Change.SAME}


@pytest.mark.parametrize(
    ("update", "kind", "words"),
    [
        ({"label": {"en": "Term", "ar": "كلمات"}}, Change.RELABELLED, "Worded differently"),
        ({"label": {"en": "Words", "ar": "ألفاظ"}}, Change.TRANSLATED, "Only translations"),
        ({"type": QuestionType.INTEGER}, Change.RETYPED, "cannot be compared"),
        ({"relevant": "${whole} > 1"}, Change.MOVED, "who was asked may differ"),
        ({"hint": {"en": "A hint"}}, Change.SAME, "fully comparable"),
    ],
)
def test_change_of_a_question_has_its_verdict(
    every_kind: Definition, update: dict[str, object], kind: Change, words: str
) -> None:
    new = _changed(every_kind, words=_with(**update))

    found = {comparison.name: comparison for comparison in compare(every_kind, new)}["words"]

    assert found.kind is kind
    assert words in found.sentence


def test_widening_to_text_can_be_compared_as_text(every_kind: Definition) -> None:
    new = _changed(every_kind, whole=_with(type=QuestionType.TEXT))

    assert "compare as text" in _found(every_kind, new)["whole"].sentence


def test_second_version_shows_each_kind_of_change(rcp: Definition) -> None:
    """The changes that questionnaire.md proposes for a second version."""
    more = Question(name="md_change", type=QuestionType.TEXT, label={"en": "More or less?"})
    mechanisms = [choice for choice in rcp.choices["coord_mech"] if choice.name != "mailing_list"]
    newsletter = Choice(name="newsletter", label={"en": "A newsletter"})
    new = _changed(
        rcp.model_copy(
            update={"choices": {**rcp.choices, "coord_mech": (*mechanisms, newsletter)}}
        ),
        md_treatment=lambda question: [question, more],
        members=_with(label={"en": "Which Governments take part?"}),
        followup=lambda _: None,
    )

    found = _found(rcp, new)

    assert {name: comparison.kind for name, comparison in found.items()} == {
        "md_change": Change.NEW,
        "members": Change.RELABELLED,
        "coord_mech": Change.OPTIONS_CHANGED,
        "followup": Change.DROPPED,
    }
    assert "new: newsletter; gone: mailing_list" in found["coord_mech"].sentence


def test_question_asked_in_parts_is_split_and_the_reverse_is_merged(rcp: Definition) -> None:
    whole = _changed(rcp, dev_actors=_with(concept="actors"))
    parts = _changed(
        rcp,
        dev_actors=lambda question: [
            question.model_copy(update={"name": name, "concept": "actors"})
            for name in ("official_actors", "other_actors")
        ],
    )

    split = _found(whole, parts)
    merged = _found(parts, whole)

    assert {name: found.kind for name, found in split.items()} == {
        "official_actors": Change.SPLIT,
        "other_actors": Change.SPLIT,
        "dev_actors": Change.SPLIT,
    }
    assert {name: found.kind for name, found in merged.items()} == {
        "dev_actors": Change.MERGED,
        "official_actors": Change.MERGED,
        "other_actors": Change.MERGED,
    }


def test_option_that_is_worded_differently_is_relabelled(every_kind: Definition) -> None:
    colours = [
        choice.model_copy(update={"label": {"en": "Crimson"}}) if choice.name == "red" else choice
        for choice in every_kind.choices["colour"]
    ]
    new = every_kind.model_copy(update={"choices": {"colour": tuple(colours)}})

    assert _found(every_kind, new)["one"].kind is Change.RELABELLED


def test_columns_of_a_table_are_compared(every_kind: Definition) -> None:
    def shorter(question: Question) -> Question:
        return question.model_copy(update={"columns": question.columns[:2]})

    found = _found(every_kind, _changed(every_kind, places=shorter))

    assert found["places"].kind is Change.OPTIONS_CHANGED
