"""The sheet Answers: every stored answer once, equal character for character."""

import re
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from exports.annex_b.answers import NOT_ALL_SHOWN
from exports.records import Attribution
from exports.row_height import MAX_HEIGHT
from questionnaires.answers import Answer
from questionnaires.models import MissingCode
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import all_text, opened, opened_whole, rows_of, table
from tests.unit.exports.rounds import small_definition, small_round, stored_answer


def answers_of(workbook: Workbook) -> list[Mapping[str, object]]:
    return table(workbook, "Answers", "Respondent")


def line_of(workbook: Workbook, name: str) -> Mapping[str, object]:
    return next(line for line in answers_of(workbook) if line["Name"] == name)


def test_a_line_tells_mark_status_version_and_history() -> None:
    answer = Answer(value=("yes", "no"), comment="A remark", source="Minutes of 2006")

    line = line_of(opened(small_round([{"several": answer}])), "several")

    assert {head: cell for head, cell in line.items() if head != "None"} == {
        "Respondent": "Amber Dialogue",
        "No.": "A7",
        "Question": "Several",
        "Name": "several",
        "Row": None,
        "Field": None,
        "Answer as stored": "yes no",
        "In words": "Yes; No",
        "Mark": "answered",
        "Sign": None,
        "SDMX": "A",
        "Comment": "A remark",
        "Source, says the respondent": "Minutes of 2006",
        "Shown in": "B10",
        "Version": "1",
        "Rev.": 2,
        "Saved by": "Focal point",
        "Saved at (Europe/Brussels)": line["Saved at (Europe/Brussels)"],
        "Came by": "Web form",
        "Remark": None,
    }
    assert str(line["Saved at (Europe/Brussels)"]) == "2031-03-03 09:00:00"


def test_each_reason_for_no_value_has_its_mark() -> None:
    answers = {
        "words": Answer(missing=MissingCode.DONT_KNOW),
        "year": Answer(missing=MissingCode.DECLINED),
        "staff": Answer(missing=MissingCode.NOT_APPLICABLE),
        "one": Answer(value="no"),
        "several": Answer(value=("none",)),
    }

    workbook = opened(small_round([answers]))

    marks = {str(line["Name"]): (line["Mark"], line["SDMX"]) for line in answers_of(workbook)}
    assert marks["words"] == ("dk", "O")
    assert marks["year"] == ("declined", "O")
    assert marks["staff"] == ("na", "M")
    assert marks["several"] == ("nil", "A")
    assert marks["hidden"] == ("routed", "M")
    assert marks["started_on"] == ("blank", "O")


def test_an_answer_to_a_hidden_question_is_kept_and_marked_routed() -> None:
    answers = {"one": Answer(value="no"), "hidden": Answer(value="Said before it was hidden")}

    line = line_of(opened(small_round([answers])), "hidden")

    assert (line["Answer as stored"], line["Mark"]) == ("Said before it was hidden", "routed")


def test_a_response_to_an_older_version_marks_what_it_was_not_asked() -> None:
    old = small_definition("0")
    section = old.survey[0]
    kept = tuple(node for node in section.children if node.name != "staff")
    old = old.model_copy(update={"survey": (section.model_copy(update={"children": kept}),)})
    snapshot = small_round([{"words": Answer(value="Old")}])
    record = next(snapshot.responses())
    answers = {"words": stored_answer("words", Answer(value="Old"), old)}
    older = record.model_copy(update={"definition": old, "answers": answers})

    workbook = opened(snapshot.model_copy(update={"responses": lambda: iter([older])}))

    staff, words = line_of(workbook, "staff"), line_of(workbook, "words")
    assert (staff["Mark"], staff["Sign"]) == ("not in version", "·")
    assert (words["Version"], words["Answer as stored"]) == ("0", "Old")
    assert any("small 0" in row for row in rows_of(workbook, "Codebook"))


def test_an_answer_longer_than_a_cell_goes_on_without_a_gap() -> None:
    text = "Ää😀 words of a long answer. " * 3_000

    workbook = opened_whole(small_round([{"words": Answer(value=text)}]))

    line = line_of(workbook, "words")
    overflow = table(workbook, "Overflow", "Continues")
    assert str(line["Answer as stored"]) + "".join(str(part["Text"]) for part in overflow) == text
    last = len(overflow) + 1
    assert [part["Part"] for part in overflow] == [f"{n} of {last}" for n in range(2, last + 1)]
    cells = next(row for row in workbook["Answers"].iter_rows() if row[3].value == "words")
    assert cells[6].hyperlink is None
    assert cells[7].value == "Continues: Overflow, row 6"
    assert cells[7].hyperlink is not None
    assert cells[7].hyperlink.location == "'Overflow'!C6"
    back = workbook["Overflow"].cell(len(rows_of(workbook, "Overflow")), 1).hyperlink
    assert back is not None
    assert back.location == f"'Answers'!G{cells[6].row}"


@given(st.lists(st.sampled_from(["word ", "\n", "W" * 300, "😀", "地"]), min_size=1, max_size=30))
@settings(max_examples=4, deadline=None)
def test_rows_of_the_overflow_show_all_of_their_text(parts: list[str]) -> None:
    text = "".join(parts) * (40_000 // len("".join(parts)) + 1)

    workbook = opened_whole(small_round([{"words": Answer(value=text)}]))

    first = str(line_of(workbook, "words")["Answer as stored"] or "")
    sheet = workbook["Overflow"]
    rest = [str(row[2].value) for row in sheet.iter_rows(min_row=6)]
    assert first + "".join(rest) == text
    heights = [sheet.row_dimensions[row].height for row in range(6, 6 + len(rest))]
    assert max(heights) < MAX_HEIGHT


def test_an_answer_that_its_row_cannot_show_is_said_to_be_in_the_cell() -> None:
    answers = {"words": Answer(value="A word. " * 400), "hidden": Answer(value="A word. " * 40)}

    workbook = opened(small_round([{**answers, "one": Answer(value="yes")}]))

    assert line_of(workbook, "words")["Remark"] == NOT_ALL_SHOWN
    assert line_of(workbook, "hidden")["Remark"] is None


def test_each_respondent_has_one_way_back_to_annex_b() -> None:
    answers = {"words": Answer(value="Said"), "one": Answer(value="yes")}
    outcomes = [Outcome.COMPLETED, Outcome.NO_RESPONSE]

    workbook = opened_whole(small_round([answers, {}], outcomes=outcomes))

    rows = [row for row in workbook["Answers"].iter_rows() if row[0].value != "Respondent"]
    linked = [(row[0].value, row[13]) for row in rows if row[13].hyperlink is not None]
    assert [(name, cell.value) for name, cell in linked] == [
        ("Amber Dialogue", "B3"),
        ("Birch Dialogue", "B2"),
    ]
    for name, cell in linked:
        assert cell.hyperlink is not None
        row = re.fullmatch(r"'Annex B'!A(\d+)", str(cell.hyperlink.location))
        assert row is not None
        assert str(workbook["Annex B"].cell(int(row[1]), 1).value).startswith(str(name))


def test_a_stored_answer_that_no_version_asks_for_is_shown_all_the_same() -> None:
    workbook = opened(small_round([{"of_another_form": Answer(value="Kept")}]))

    line = line_of(workbook, "of_another_form")

    assert (line["Answer as stored"], line["Mark"]) == ("Kept", "not in version")


def test_personal_answers_are_in_no_sheet() -> None:
    row = {"title": "A title", "person": "Person in a row"}
    answers = {"contact": Answer(value="Person in a field"), "rows": Answer(value=(row,))}

    text = all_text(opened(small_round([answers])))

    assert "A title" in text
    assert "Person in a" not in text


def unattributed(count: int) -> Workbook:
    answers = [{"words": Answer(value=f"Secret {place}")} for place in range(count)]
    return opened(small_round(answers, attributions=[Attribution.NOT_ATTRIBUTED] * count))


def test_answers_that_may_not_be_attributed_stand_at_the_end_without_a_name() -> None:
    lines = answers_of(unattributed(3))

    said = [line for line in lines if str(line["Answer as stored"]).startswith("Secret")]
    assert {line["Answer as stored"] for line in said} == {"Secret 0", "Secret 1", "Secret 2"}
    assert {(line["Respondent"], line["Mark"], line["SDMX"]) for line in said} == {
        ("(c)", "withheld", "Q")
    }
    assert not any(line["Saved by"] or line["Rev."] or line["Came by"] for line in said)
    assert lines[-3:] == said


def test_the_order_of_unattributed_answers_is_not_that_of_the_list() -> None:
    texts = [str(line["Answer as stored"]) for line in answers_of(unattributed(12))]

    said = [text for text in texts if text.startswith("Secret")]

    assert len(said) == 12
    assert said != sorted(said, key=lambda text: int(text.split()[1]))


def test_fewer_than_three_unattributed_respondents_are_not_given_away() -> None:
    workbook = unattributed(2)

    hidden = [line for line in answers_of(workbook) if line["Respondent"] == "(c)"]

    assert [line["Answer as stored"] for line in hidden] == ["(c)", "(c)"]
    assert "Secret " not in all_text(workbook)


def test_answers_for_background_only_are_nowhere() -> None:
    answers: Sequence[Mapping[str, Answer]] = [
        {"words": Answer(value="Not to be quoted"), "one": Answer(value="yes")}
    ]

    workbook = opened(small_round(answers, attributions=[Attribution.BACKGROUND]))

    assert "Not to be quoted" not in all_text(workbook)
    line = answers_of(workbook)[0]
    assert line["Answer as stored"] == "2 answers are for background only and not shown"
    assert line["Sign"] == "(c)"


def test_an_answer_without_its_own_consent_is_counted_but_never_shown() -> None:
    definition = small_definition()
    section = definition.survey[0]
    asking = tuple(
        node.model_copy(update={"published_when": "${one} = 'yes'"})
        if node.name in {"words", "several"}
        else node
        for node in section.children
    )
    asking_consent = definition.model_copy(
        update={"survey": (section.model_copy(update={"children": asking}),)}
    )
    answers = {
        "words": Answer(value="Kept back", comment="And this"),
        "several": Answer(value=("yes",)),
        "one": Answer(value="no"),
    }

    workbook = opened(small_round([answers], definition=asking_consent))

    line = line_of(workbook, "words")
    assert (line["Answer as stored"], line["Mark"], line["SDMX"]) == ("(c)", "withheld", "Q")
    assert "Kept back" not in all_text(workbook)
    assert "And this" not in all_text(workbook)
    tabulated = rows_of(workbook, "Tabulations")
    start = next(place for place, row in enumerate(tabulated) if row[0] == "A7  Question several?")
    assert tabulated[start + 2][:3] == ("Yes", 1, 1)


def test_a_respondent_without_a_response_has_one_line() -> None:
    snapshot = small_round([{}] * 2, outcomes=[Outcome.NO_RESPONSE, Outcome.COMPLETED])

    lines = answers_of(opened(snapshot.model_copy(update={"responses": lambda: iter(())})))

    assert [(line["Answer as stored"], line["Sign"]) for line in lines] == [
        ("No questionnaire is stored", "NR"),
        ("Returned, but no answers are stored", None),
    ]
