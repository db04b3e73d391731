"""Two versions compared: every question gets one verdict and a sentence about it."""

import re
from collections.abc import Callable

import pytest

from questionnaires.changes import VERDICTS
from questionnaires.comparison import Change, QuestionComparison, compare
from questionnaires.loading import read_definition
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
        ({"relevant": "${whole} > 1"}, Change.ASKED_OF_OTHERS, "who was asked may differ"),
        ({"relevant": "${whole} > 1"}, Change.ASKED_OF_OTHERS, "before of everybody"),
        ({"constraint": ". != 'x'"}, Change.LIMITS_CHANGED, "before everything)"),
        ({"required": True}, Change.LIMITS_CHANGED, "must be answered now"),
        ({"parameters": {"end": "9"}}, Change.RESCALED, "end 9, before none"),
        ({"parameters": {"randomize": "true"}}, Change.SAME, "fully comparable"),
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
    assert "new: «A newsletter»; gone: «A mailing list" in found["coord_mech"].sentence


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


def test_several_changes_of_one_question_are_all_told_and_the_gravest_counts(
    every_kind: Definition,
) -> None:
    new = _changed(
        every_kind,
        words=_with(label={"en": "Term"}, required=True, hint={"en": "A hint"}),
    )

    found = _found(every_kind, new)["words"]

    assert found.kind is Change.RELABELLED
    assert set(found.changes) == {Change.RELABELLED, Change.SAME, Change.LIMITS_CHANGED}
    assert found.sentence == (
        "Worded differently; it was «Words». Its hint is another. Its limits changed (must be "
        "answered now). Comparable if the meaning is the same: read both wordings."
    )


def test_retyping_is_refused_and_widening_is_not(every_kind: Definition) -> None:
    new = _changed(
        every_kind,
        words=_with(type=QuestionType.INTEGER),
        whole=_with(type=QuestionType.TEXT),
    )

    found = _found(every_kind, new)

    assert {name: one.refused for name, one in found.items()} == {"words": True, "whole": False}


def test_column_of_another_type_is_refused(every_kind: Definition) -> None:
    def retyped(question: Question) -> Question:
        first, *others = question.columns
        other = first.model_copy(update={"type": QuestionType.DECIMAL})
        return question.model_copy(update={"columns": (other, *others)})

    found = _found(every_kind, _changed(every_kind, places=retyped))["places"]

    assert found.refused
    assert found.kind is Change.RETYPED


def test_question_in_another_place_has_moved_and_its_neighbours_have_not(rcp: Definition) -> None:
    section = rcp.survey[1]
    first, *others = section.children
    moved = section.model_copy(update={"children": (*others, first)})
    survey = (rcp.survey[0], moved, *rcp.survey[2:])

    new = Definition(settings=rcp.settings, choices=rcp.choices, survey=survey)

    found = _found(rcp, new)

    names = {first.name} if isinstance(first, Question) else {one.name for one in first.questions()}
    fields = {question.name for question in rcp.fields}
    assert {name for name, one in found.items() if one.kind is Change.MOVED} == names & fields


def _replaced(rcp: Definition) -> Definition:
    """B2 in two parts; B1's two names as one."""
    why = "They are two things."

    def parts(question: Question) -> list[Question]:
        return [
            question.model_copy(
                update={
                    "name": name,
                    "label": {"en": name},
                    "short_label": {},
                    "replaces": ("founding_event",),
                    "replaces_because": why,
                }
            )
            for name in ("meeting", "cause")
        ]

    whole = _with(
        name="names_in_use",
        replaces=("rcp_acronym", "rcp_other_names"),
        replaces_because="Nobody told them apart.",
    )
    return _changed(rcp, founding_event=parts, rcp_acronym=lambda _: None, rcp_other_names=whole)


def test_declared_split_and_merger_name_all_parts_and_why(rcp: Definition) -> None:
    found = _found(rcp, _replaced(rcp))

    assert {name: one.kind for name, one in found.items()} == {
        "founding_event": Change.SPLIT,
        "meeting": Change.SPLIT,
        "cause": Change.SPLIT,
        "rcp_acronym": Change.MERGED,
        "rcp_other_names": Change.MERGED,
        "names_in_use": Change.MERGED,
    }
    assert found["meeting"].sentence == (
        "Part of what B2 «Founding event» asked; the rest is B2 «cause». Why: They are two things. "
        "Compare all parts together with the earlier answer, never one alone."
    )
    assert "Asked in parts now: B2 «meeting», B2 «cause»." in found["founding_event"].sentence
    assert "what B1 «Short name», B1 «Other names» asked" in found["names_in_use"].sentence
    assert "Nobody told them apart" in found["rcp_acronym"].sentence


def test_one_question_in_the_place_of_one_is_new_and_says_so(rcp: Definition) -> None:
    new = _changed(
        rcp, followup=_with(name="follow_on", replaces=("followup",), replaces_because="Clearer.")
    )

    found = _found(rcp, new)

    assert (found["follow_on"].kind, found["followup"].kind) == (Change.NEW, Change.DROPPED)
    assert "Takes the place of" in found["follow_on"].sentence
    assert "Why: Clearer." in found["followup"].sentence


def test_dropped_question_stands_near_its_old_home(rcp: Definition) -> None:
    order = [one.name for one in compare(rcp, _replaced(rcp))]

    place = order.index("founding_event")
    assert order[place - 1] == "year_founded"
    assert {"meeting", "cause"} == set(order[place + 1 : place + 3])


def test_every_change_has_a_verdict() -> None:
    assert set(VERDICTS) == set(Change)
    assert len(set(VERDICTS.values())) == len(Change)


def test_conditions_and_limits_are_told_in_words_with_the_version_of_their_numbers(
    every_kind: Definition,
) -> None:
    new = _changed(
        every_kind, words=_with(relevant="${whole} > 1"), whole=_with(constraint=". >= 1900")
    )

    found = _found(every_kind, new)

    asked, limits = found["words"].sentence, found["whole"].sentence
    assert re.search(r"Asked if .+ is more than 1 \(numbers as in version", asked)
    assert "before of everybody." in asked
    assert "what is accepted: if the answer is at least 1900, before" in limits
    assert "${" not in asked + limits


def test_option_that_kept_its_label_under_another_name_is_told_by_its_names() -> None:
    old, new = (_with_option(name, "Africa") for name in ("africa", "afr"))

    (found,) = _found(old, new).values()

    assert "new: «Africa» (afr); gone: «Africa» (africa)" in found.sentence


def _with_option(name: str, label: str) -> Definition:
    text = f"""
settings: {{form_id: tiny, version: "1", form_title: Tiny}}
choices:
  regions:
    - {{name: {name}, label: {label}}}
    - {{name: asia, label: Asia}}
survey:
  - name: only
    label: Only
    children:
      - {{name: region, type: select_one regions, label: Which region?, code: R1}}
"""
    definition, problems = read_definition(text, source="tiny")
    assert definition is not None, problems
    return definition
