"""The sheet Annex B: who stands where, and what stands in the cells."""

import re

import pytest
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from exports.records import Attribution, Basis, RoundSnapshot, StatementRecord
from questionnaires.answers import Answer
from questionnaires.models import Question
from questionnaires.outcomes import Outcome, Progress
from tests.integration.exports.workbooks import annex_b, bands_of, opened, opened_whole, rows_of
from tests.unit.exports.rounds import paper_round, small_definition, small_round

NOT_QUESTIONNAIRE = ("RCM", "MIDWA", "5+5 Dialogue")


def test_every_invited_respondent_has_one_row(
    paper: Workbook, invented: RoundSnapshot, invented_workbook: Workbook
) -> None:
    assert len(annex_b(paper)) == len(paper_round().invited) == 12
    names = [name for _, members in bands_of(invented_workbook) for name in members]
    assert sorted(names) == sorted(one.short_name for one in invented.invited)


def test_rows_are_banded_by_thematic_priority_in_the_order_of_the_list(paper: Workbook) -> None:
    bands = bands_of(paper)

    assert [(label.split(":")[0], members) for label, members in bands] == [
        (
            "Migration and development as a thematic priority",
            ["MIDSA", "Colombo Process", "RCM", "MIDWA", "5+5 Dialogue", "SACM"],
        ),
        ("Migration and development addressed ad hoc", ["IGC", "Söderköping Process", "MTM"]),
        ("Migration and development not addressed", ["Bali Process", "Budapest Process", "APC"]),
    ]
    assert "3 completed questionnaire, 2 responsive materials only, 1 no response" in bands[0][0]


def test_respondents_without_a_coding_come_last_with_what_their_answers_suggest() -> None:
    snapshot = small_round([{"one": Answer(value="yes")}] * 6).model_copy(update={"codings": ()})

    workbook = opened(snapshot)

    assert [label.split(":")[0] for label, _ in bands_of(workbook)][-1] == "Not classified yet"
    assert len(bands_of(workbook)[-1][1]) == 6
    assert any(
        "Answers suggest" in row["B14"] and "†" in row["B14"] for row in annex_b(workbook).values()
    )


def test_columns_depend_on_the_definition_alone(
    paper: Workbook, invented_workbook: Workbook
) -> None:
    def heads(workbook: Workbook) -> list[object]:
        rows = rows_of(workbook, "Annex B")
        start = next(place for place, row in enumerate(rows) if row[0] == "B1")
        return [*rows[start], *rows[start + 1]]

    assert heads(paper) == heads(invented_workbook)
    assert [code for code in heads(paper)[:26] if code] == [f"B{number}" for number in range(1, 15)]


def test_each_statement_of_the_paper_stands_once_with_its_note(paper: Workbook) -> None:
    cells = [text for row in annex_b(paper).values() for code, text in row.items() if code != "B1"]

    raised = re.findall(r"\[([A-Z])\u00a0n(\d+)\]", "\n".join(cells))

    assert sorted(int(number) for _, number in raised) == list(range(1, 77))
    assert {letter for letter, _ in raised} == {"T", "S", "N"}


def test_no_statement_is_called_an_answer_where_no_questionnaire_came(paper: Workbook) -> None:
    rows = annex_b(paper)

    assert not any("[Q" in text for name in NOT_QUESTIONNAIRE for text in rows[name].values())


def test_what_the_paper_does_not_say_stays_open(paper: Workbook) -> None:
    rows = annex_b(paper)

    assert {row["B7"] for row in rows.values()} == {".."}
    assert rows["5+5 Dialogue"]["B10"] == ".."


def test_outcome_is_sign_and_word_with_its_remarks(paper: Workbook) -> None:
    rows = annex_b(paper)

    assert rows["IGC"]["B2"].startswith("● Completed questionnaire\nAnswers not public")
    assert rows["RCM"]["B2"].startswith("◇ Responsive materials only\nCells rest on a paper’s text")
    assert rows["5+5 Dialogue"]["B2"] == (
        "○ No response\n"
        "Cells rest on a paper’s text (source unspecified) and the official name and are in no "
        "count of answers"
    )


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ((Basis.LITERATURE, Basis.MATERIALS), "other sources"),
        ((Basis.PAPER_TEXT,), "a paper’s text (source unspecified)"),
        ((Basis.OFFICIAL_NAME, Basis.PAPER_ANNEX_B), "the paper’s Annex B and the official name"),
        ((Basis.QUESTIONNAIRE,), "a questionnaire whose answers are not stored"),
        (
            (Basis.PAPER_TEXT, Basis.PRIMARY_DOCUMENTS, Basis.PAPER_ANNEX_B),
            "other sources, a paper’s text (source unspecified) and the paper’s Annex B",
        ),
    ],
)
def test_what_the_cells_of_a_row_without_answers_rest_on(
    bases: tuple[Basis, ...], words: str
) -> None:
    snapshot = small_round([{}], outcomes=[Outcome.MATERIALS_ONLY])
    told = tuple(
        StatementRecord(respondent="r000", dimension="B10", text="Found", basis=basis)
        for basis in bases
    )

    (row,) = annex_b(opened(snapshot.model_copy(update={"statements": told}))).values()

    assert row["B2"].endswith(f"\nCells rest on {words} and are in no count of answers")


def test_an_analysts_override_is_told(paper: Workbook) -> None:
    notes = annex_b(paper)["MTM"]["B14"]

    assert (
        "Suggested: «Migration and development as a thematic priority»; the analyst overrides"
        in notes
    )
    assert "Group in the source: ad hoc" in notes


def test_cells_of_a_silent_respondent_without_evidence_are_not_reached(
    invented: RoundSnapshot, invented_workbook: Workbook
) -> None:
    silent = [one for one in invented.invited if one.outcome is Outcome.NO_RESPONSE][-1]

    row = annex_b(invented_workbook)[silent.short_name]

    assert {row[f"B{number}"] for number in range(3, 14)} == {"NR"}


def test_while_a_round_is_open_the_progress_is_told() -> None:
    snapshot = small_round([{"words": Answer(value="Draft")}] * 3)
    standings = (Progress.INVITED, Progress.OPENED, Progress.UNDER_WAY)
    invited = tuple(
        one.model_copy(update={"outcome": None, "progress": progress})
        for one, progress in zip(snapshot.invited, standings, strict=True)
    )
    drafts = [one.model_copy(update={"submitted": False}) for one in snapshot.responses()]

    workbook = opened(
        snapshot.model_copy(update={"invited": invited, "responses": lambda: iter(drafts[2:])})
    )

    assert [row["B2"] for row in annex_b(workbook).values()] == [
        "▫ Invited",
        "▹ Link opened",
        "▸ Under way\nAnswers are a draft, not submitted",
    ]


def test_withheld_answers_are_masked_but_other_evidence_is_shown() -> None:
    snapshot = small_round(
        [{"words": Answer(value="Secret")}], attributions=[Attribution.NOT_ATTRIBUTED]
    )
    told = StatementRecord(
        respondent="r000", dimension="B10", text="From the literature", basis=Basis.LITERATURE
    )
    hidden = told.model_copy(update={"basis": Basis.QUESTIONNAIRE, "text": "From the answers"})

    row = annex_b(opened(snapshot.model_copy(update={"statements": (told, hidden)})))[
        snapshot.invited[0].short_name
    ]

    assert row["B3"] == "(c)"
    assert "From the literature\u00a0[L\u00a0n1]" in row["B10"]
    assert "(c)\u00a0[Q\u00a0n2]" in row["B10"]
    assert "From the answers" not in row["B10"]


def test_what_is_withheld_is_named_where_other_things_stand_beside_it() -> None:
    definition = small_definition()
    section = definition.survey[0]
    children = tuple(
        child.model_copy(update={"published_when": "${one} = 'yes'"})
        if isinstance(child, Question) and child.name == "words"
        else child
        for child in section.children
    )
    asking = definition.model_copy(
        update={"survey": (section.model_copy(update={"children": children}),)}
    )
    given = {"words": Answer(value="Kept quiet"), "year": Answer(value=1996)}

    workbook = opened(small_round([given], definition=asking))

    (row,) = annex_b(workbook).values()
    assert row["B3"].split("\n") == [
        "• Year: 1996\u00a0[Q\u00a0A3]",
        "• Words: (c)\u00a0[Q\u00a0A1]",
    ]


def test_withheld_answers_beside_other_evidence_are_called_answers() -> None:
    snapshot = small_round(
        [{"words": Answer(value="Kept quiet")}], attributions=[Attribution.NOT_ATTRIBUTED]
    )
    told = StatementRecord(
        respondent="r000", dimension="B3", text="From a book", basis=Basis.LITERATURE
    )

    (row,) = annex_b(opened(snapshot.model_copy(update={"statements": (told,)}))).values()

    assert row["B3"].split("\n") == ["• From a book\u00a0[L\u00a0n1]", "• Answers: (c)"]


def test_the_last_column_leads_to_what_there_is() -> None:
    outcomes = [Outcome.BROKEN_OFF, Outcome.DECLINED, Outcome.COMPLETED]
    snapshot = small_round(
        [{}, {}, {"words": Answer(value="Said")}], outcomes=[Outcome.BROKEN_OFF, *outcomes[1:]]
    )
    told = StatementRecord(respondent="r001", dimension="B3", text="Found", basis=Basis.LITERATURE)

    workbook = opened(snapshot.model_copy(update={"statements": (told,), "codings": ()}))

    last = [row["B14"] for row in annex_b(workbook).values()]
    assert "Verbatim" not in last[0]
    assert last[1] == "Note n1: Sources"
    assert "Verbatim: Answers, from row" in last[2]


def test_an_analysts_words_replace_the_condensed_answer_to_the_same_question(
    invented: RoundSnapshot, invented_workbook: Workbook
) -> None:
    name = invented.invited[0].short_name

    cell = annex_b(invented_workbook)[name]["B6"]

    assert "Two outputs stand out, says the analyst.\u00a0[Q\u00a0n1]" in cell
    assert "[Q\u00a0D2]" not in cell


def test_a_cell_that_a_row_cannot_show_says_where_to_read_on() -> None:
    snapshot = small_round([{}])
    long = StatementRecord(
        respondent="r000", dimension="B10", text="A long statement. " * 200, basis=Basis.MATERIALS
    )

    workbook = opened(snapshot.model_copy(update={"statements": (long,)}))

    cell = annex_b(workbook)[snapshot.invited[0].short_name]["B10"]
    assert "…" in cell
    assert cell.endswith("the whole: see Answers and Sources")
    assert any(long.text in row for row in rows_of(workbook, "Sources"))


def test_each_cell_links_to_the_answers_or_else_to_the_note() -> None:
    outcomes = [Outcome.COMPLETED, Outcome.MATERIALS_ONLY]
    snapshot = small_round([{"words": Answer(value="Said")}, {}], outcomes=outcomes)
    found = StatementRecord(respondent="r001", dimension="B10", text="Found", basis=Basis.MATERIALS)

    workbook = opened_whole(snapshot.model_copy(update={"statements": (found,)}))

    links = {
        (str(row[0].value).split("\n")[0], place): row[place].hyperlink
        for row in workbook["Annex B"].iter_rows()
        for place in range(3, len(row), 2)
    }
    answer = _target(workbook, links["Amber Dialogue", 3])
    assert (answer[0].value, answer[6].value) == ("Amber Dialogue", "Said")
    note = _target(workbook, links["Birch Dialogue", 5])
    assert (note[1].value, note[3].value) == ("Birch Dialogue", "Found")


def _target(workbook: Workbook, link: Hyperlink | None) -> tuple[Cell | MergedCell, ...]:
    """The row that a link within the workbook leads to."""
    assert link is not None
    found = re.fullmatch(r"'(\w+)'!A(\d+)", str(link.location))
    assert found is not None
    return workbook[found[1]][int(found[2])]


def test_names_stay_in_sight_and_heads_are_repeated(paper: Workbook) -> None:
    sheet = paper["Annex B"]

    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet["A3"].value == "B1"
    assert sheet.page_setup.scale == 88
