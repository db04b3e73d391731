"""The sheet Changes: two rounds side by side, and what cannot be compared."""

from collections.abc import Mapping, Sequence

import pytest
from openpyxl.workbook import Workbook

from exports.records import Attribution
from questionnaires.answers import Answer
from questionnaires.models import Choice, Definition, MissingCode
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import Row, opened, rows_of, table
from tests.unit.exports.rounds import small_definition, small_round

TOLD = {"as before", "group changed", "response changed", "response and group changed"}
Given = Sequence[Mapping[str, Answer]]


def one(value: str) -> Mapping[str, Answer]:
    return {"one": Answer(value=value)}


def compared(
    before: Given,
    now: Given,
    *,
    definition: Definition | None = None,
    outcomes: Sequence[Outcome] = (),
    attributions: Sequence[Attribution] = (),
) -> Workbook:
    """The workbook of a second round."""
    previous = small_round(before)
    return opened(
        small_round(
            now,
            previous=previous,
            definition=definition,
            outcomes=outcomes,
            attributions=attributions,
        )
    )


def moved(workbook: Workbook) -> list[Row]:
    """The answers that are not what they were."""
    rows = rows_of(workbook, "Changes")
    title = "Answers to closed questions that are not what they were"
    start = next(place for place, row in enumerate(rows) if row[0] == title)
    return [row[:6] for row in rows[start + 2 :] if row[1]]


def test_a_first_round_has_no_sheet_of_changes(paper: Workbook) -> None:
    assert "Changes" not in paper.sheetnames


def test_each_answer_is_changed_new_or_gone() -> None:
    before = [one("yes"), one("yes"), {}, one("no")]
    now = [one("yes"), one("no"), one("yes"), {}]

    workbook = compared(before, now)

    assert moved(workbook) == [
        ("Birch Dialogue", "A6", "One", "Yes", "No", "changed"),
        ("Cedar Dialogue", "A6", "One", "..", "Yes", "newly answered"),
        ("Delta Dialogue", "A6", "One", "No", "..", "no longer answered"),
    ]
    line = next(
        line for line in table(workbook, "Changes", "Question") if line["Question"] == "one"
    )
    assert (line["unchanged"], line["changed"], line["new or gone"]) == (1, 1, 2)
    assert line["Comparable?"] == "Unchanged; fully comparable."


def test_what_a_partial_questionnaire_did_not_reach_is_not_gone() -> None:
    answers = [one("yes"), {"one": Answer(value="yes"), "several": Answer(value=("no",))}]

    workbook = compared(answers, [{}, {}], outcomes=[Outcome.PARTIAL, Outcome.COMPLETED])

    assert moved(workbook) == [
        ("Amber Dialogue", "A6", "One", "Yes", "NR", "not reached"),
        ("Birch Dialogue", "A6", "One", "Yes", "..", "no longer answered"),
        ("Birch Dialogue", "A7", "Several", "No", "..", "no longer answered"),
    ]
    lines = {line["Question"]: line for line in table(workbook, "Changes", "Question")}
    assert (lines["one"]["new or gone"], lines["one"]["not reached"]) == (1, 1)


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        (MissingCode.DONT_KNOW, "dk"),
        (MissingCode.DECLINED, "(d)"),
        (MissingCode.NOT_APPLICABLE, "n/a"),
    ],
)
def test_why_there_is_no_answer_any_more_is_told(code: MissingCode, sign: str) -> None:
    workbook = compared([one("yes")], [{"one": Answer(missing=code)}])

    assert [row[3:] for row in moved(workbook)] == [("Yes", sign, "no longer answered")]
    legend = "\n".join(str(row[0]) for row in rows_of(workbook, "Changes")[:6])
    assert f"{sign}  " in legend


def test_a_changed_group_is_no_response_as_before() -> None:
    previous, now = small_round([one("yes")] * 3), small_round([one("yes")] * 3)
    codings = {coding.respondent: coding for coding in previous.codings}
    moved_ = codings["r000"].model_copy(update={"category": "none"})
    outcomes = [Outcome.COMPLETED, Outcome.LATE, Outcome.COMPLETED]
    invited = tuple(
        known.model_copy(update={"outcome": outcome})
        for known, outcome in zip(now.invited, outcomes, strict=True)
    )

    workbook = opened(
        now.model_copy(update={"invited": invited, "codings": (moved_,), "previous": previous})
    )

    told = {row[0]: row[2:6] for row in rows_of(workbook, "Changes") if row[5] in TOLD}
    assert told["Amber Dialogue"][0] == "Group thematic → Group none"
    assert {name: row[3] for name, row in told.items()} == {
        "Amber Dialogue": "group changed",
        "Birch Dialogue": "response changed",
        "Cedar Dialogue": "as before",
    }


def test_answers_to_changed_options_are_compared_only_where_both_versions_have_them() -> None:
    definition = small_definition("2")
    options = (*definition.choices["answers"][:2], Choice(name="maybe", label={"en": "Maybe"}))
    changed = definition.model_copy(update={"choices": {**definition.choices, "answers": options}})

    workbook = compared([one("yes"), one("yes")], [one("no"), one("maybe")], definition=changed)

    assert [row[5] for row in moved(workbook)] == ["changed", "not comparable"]
    line = next(
        line for line in table(workbook, "Changes", "Question") if line["Question"] == "one"
    )
    assert line["Kind of change"] == "options changed"
    assert "Options changed (new: «Maybe»; gone: «None of these»)" in str(line["Comparable?"])


def test_new_and_dropped_questions_are_told() -> None:
    definition = small_definition("2")
    section = definition.survey[0]
    kept = tuple(node for node in section.children if node.name != "year")
    shorter = definition.model_copy(
        update={"survey": (section.model_copy(update={"children": kept}),)}
    )

    workbook = compared([one("yes")], [one("yes")], definition=shorter)

    kinds = {
        line["Question"]: line["Kind of change"] for line in table(workbook, "Changes", "Question")
    }
    assert kinds["year"] == "dropped"
    assert kinds["one"] == "same"
    assert "contact" not in kinds


def test_outcomes_and_rates_of_both_rounds_stand_side_by_side() -> None:
    outcomes = [Outcome.COMPLETED, Outcome.NO_RESPONSE]

    workbook = compared([one("yes")], [one("yes")] * 2, outcomes=outcomes)

    rows = rows_of(workbook, "Changes")
    rate = next(row for row in rows if row[0] == "Questionnaire rate")
    assert rate[3:6] == ("1/1 = 100.0 %", "1/2 = 50.0 %", "-50.0 points")
    lines = {row[0]: row[3:6] for row in rows if row[5] in {"as before", "new in this round"}}
    assert lines == {
        "Amber Dialogue": ("● Completed questionnaire", "● Completed questionnaire", "as before"),
        "Birch Dialogue": ("not invited", "○ No response", "new in this round"),
    }


def test_who_is_no_longer_invited_is_told() -> None:
    workbook = compared([one("yes")] * 2, [one("yes")])

    gone = [row for row in rows_of(workbook, "Changes") if row[5] == "not invited now"]

    assert [row[0] for row in gone] == ["Birch Dialogue"]


def test_answers_that_may_not_be_attributed_are_not_compared() -> None:
    workbook = compared([one("yes")], [one("no")], attributions=[Attribution.NOT_ATTRIBUTED])

    assert moved(workbook) == []
    text = "\n".join(str(row[0]) for row in rows_of(workbook, "Changes"))
    assert "(c) 1 left out: answers that may not be attributed." in text
