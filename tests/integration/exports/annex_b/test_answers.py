"""The sheet Answers: every stored answer once, equal character for character."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.letter_widths import Letters, Setting, points_across
from exports.records import Attribution, Basis, SourceRecord, StatementRecord
from exports.row_height import MAX_HEIGHT
from questionnaires.answers import Answer
from questionnaires.models import MissingCode
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import (
    all_text,
    exported,
    opened,
    opened_whole,
    rows_of,
    table,
)
from tests.unit.exports.rounds import invented_round, small_definition, small_round, stored_answer


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
        "Whole text": None,
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


def wholes(workbook: Workbook) -> dict[int, str]:
    """The texts of the sheet Overflow by their numbers, put together of their parts."""
    texts: dict[int, list[str]] = defaultdict(list)
    for part in table(workbook, "Overflow", "No."):
        texts[int(str(part["No."]))].append(str(part["Text"]))
    return {number: "".join(parts) for number, parts in texts.items()}


def test_an_answer_longer_than_a_cell_stands_whole_on_the_overflow() -> None:
    text = "Ää😀 words of a long answer. " * 3_000

    workbook = opened_whole(small_round([{"words": Answer(value=text)}]))

    line = line_of(workbook, "words")
    overflow = table(workbook, "Overflow", "No.")
    assert wholes(workbook) == {1: text}
    assert text.startswith(str(line["Answer as stored"]))
    of = len(overflow)
    assert [part["Part"] for part in overflow] == [f"{n} of {of}" for n in range(1, of + 1)]
    cells = next(row for row in workbook["Answers"].iter_rows() if row[3].value == "words")
    assert cells[6].hyperlink is None
    assert cells[20].value == "Overflow 1"
    assert cells[20].hyperlink is not None
    assert cells[20].hyperlink.location == "'Overflow'!D6"
    back = workbook["Overflow"].cell(len(rows_of(workbook, "Overflow")), 2).hyperlink
    assert back is not None
    assert back.location == f"'Answers'!G{cells[6].row}"


@given(st.lists(st.sampled_from(["word ", "\n", "W" * 300, "😀", "地"]), min_size=1, max_size=30))
@example(["\n"])
@settings(max_examples=4, deadline=None)
def test_rows_of_the_overflow_show_all_of_their_text(parts: list[str]) -> None:
    text = "".join(parts) * (40_000 // len("".join(parts)) + 1)

    workbook = opened_whole(small_round([{"words": Answer(value=text)}]))

    sheet = workbook["Overflow"]
    rows = [str(row[3].value) for row in sheet.iter_rows(min_row=6)]
    assert "".join(rows) == text
    heights = [sheet.row_dimensions[row].height for row in range(6, 6 + len(rows))]
    assert max(heights) < MAX_HEIGHT


def test_every_text_that_its_row_cannot_show_stands_whole_on_the_overflow() -> None:
    texts = [f"{word} of a long text. " * 400 for word in ("Answer", "Comment", "Source")]
    answers = {
        "words": Answer(value=texts[0], comment=texts[1], source=texts[2]),
        "one": Answer(value="yes", comment=texts[1]),
        "hidden": Answer(value="A word. " * 40),
    }

    workbook = opened(small_round([answers]))

    words, one, hidden = (line_of(workbook, name) for name in ("words", "one", "hidden"))
    assert [words[head] for head in ("Answer as stored", "Comment")] == texts[:2]
    assert words["Source, says the respondent"] == texts[2]
    assert (words["Whole text"], one["Whole text"]) == ("Overflow 1–3", "Overflow 4")
    assert (hidden["Whole text"], words["Remark"], one["Remark"]) == (None, None, None)
    assert wholes(workbook) == {1: texts[0], 2: texts[1], 3: texts[2], 4: texts[1]}
    assert "4 texts are longer than a row or a cell can be." in all_text(workbook)


def test_a_text_is_whole_wherever_it_is_higher_than_a_row() -> None:
    text = "A reason for it, at length. " * 400
    snapshot = small_round([{"words": Answer(value="Said")}], outcomes=[Outcome.DECLINED])
    one = snapshot.invited[0].model_copy(update={"refusal_reason": text, "outcome_note": text})
    told = snapshot.round.model_copy(update={"disclaimer": text})
    statement = StatementRecord(
        respondent=one.key, dimension="B3", text=text, basis=Basis.LITERATURE, locator=text
    )
    source = SourceRecord(number=1, basis=Basis.LITERATURE, title=text, note=text)

    workbook = opened_whole(
        snapshot.model_copy(
            update={
                "invited": (one,),
                "round": told,
                "statements": (statement,),
                "sources": (source,),
            }
        )
    )

    kept = wholes(workbook)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            height = sheet.row_dimensions[row[0].row or 0].height
            full = sheet.title != "Overflow" and height == MAX_HEIGHT
            says = [str(cell.value) for cell in row if "Overflow " in str(cell.value)]
            assert bool(says) == full, f"{sheet.title}, row {row[0].row}"
    assert f"{text}. Reason given: {text}" in kept.values()
    # The disclaimer; a statement and its place in the source; a title and its note.
    assert list(kept.values()).count(text) == 5
    notes = [row for row in workbook["Sources"].iter_rows() if row[0].value == "D1"]
    assert [cell.hyperlink for cell in notes[0]][:8] == [None] * 8
    assert notes[0][8].hyperlink is not None


def test_names_of_questions_and_fields_are_not_broken() -> None:
    workbook = opened_whole(invented_round(3))

    codes = 0
    for name, places in (("Answers", (3, 5)), ("Codebook", (1,))):
        sheet = workbook[name]
        assert isinstance(sheet, Worksheet)
        for row in sheet.iter_rows(min_row=6):
            for cell in (row[place] for place in places):
                if not cell.value or cell.font.name != "Courier New":
                    continue
                codes += 1
                width = sheet.column_dimensions[cell.column_letter].width * 6.67 * 72 / 96
                needed = points_across(str(cell.value), Setting(7.5, Letters.EVEN))
                assert needed < width - 3, cell.value
    assert codes > 200


def test_letters_of_an_answer_stand_in_the_order_they_were_written_in() -> None:
    turned = {
        "words": Answer(value="It is \u202elive"),
        "hidden": Answer(value="\u2067שלום\u2069 2007"),
    }

    workbook = opened(small_round([{**turned, "one": Answer(value="yes")}]))

    assert line_of(workbook, "words")["Answer as stored"] == "It is ‹U+202E›live"
    assert line_of(workbook, "hidden")["Answer as stored"] == "\u2067שלום\u2069 2007"
    assert "U+202E" in all_text(workbook).split("control characters were made visible")[1]


@given(st.integers(-(10**9), 10**9))
@settings(max_examples=3, deadline=None)
def test_a_whole_number_gives_the_same_bytes_whatever_type_it_was_stored_as(number: int) -> None:
    def of(value: float, attribution: Attribution) -> bytes:
        given = [{"staff": Answer(value=value)}] * 3
        return exported(small_round(given, attributions=[attribution] * 3))

    for attribution in (Attribution.PUBLISH, Attribution.NOT_ATTRIBUTED):
        assert of(float(number), attribution) == of(number, attribution)


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
