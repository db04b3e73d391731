"""The sheets Sources, Annex A, Response status and Codebook."""

from datetime import UTC, datetime

from openpyxl.workbook import Workbook

from exports.records import Basis, RoundSnapshot, SourceRecord, StatementRecord
from questionnaires.answers import Answer
from tests.integration.exports.workbooks import opened, opened_whole, rows_of, table
from tests.unit.exports.rounds import paper_round, small_round


def test_each_note_has_its_statement_kind_and_place_in_the_source(paper: Workbook) -> None:
    notes = [row for row in rows_of(paper, "Sources") if isinstance(row[0], int)]

    assert [row[0] for row in notes] == list(range(1, 77))
    stored = {(fact.text, fact.locator) for fact in paper_round().statements}
    assert {(str(row[3]), str(row[5])) for row in notes} == stored
    assert {str(row[4]).split(":")[0] for row in notes} == {"T", "S", "N"}
    assert {row[6] for row in notes} == {"D1"}


def test_the_reason_for_each_group_is_told(paper: Workbook) -> None:
    rows = rows_of(paper, "Sources")
    start = next(place for place, row in enumerate(rows) if str(row[0]).startswith("Groups:"))

    reasons = {str(row[1]): row for row in rows[start + 1 :]}

    assert len(reasons) == 12
    assert reasons["MTM"][6] == "override"
    assert "ad hoc" in str(reasons["MTM"][3])


def test_statements_of_nobody_invited_are_not_lost() -> None:
    stray = StatementRecord(
        respondent="gone", dimension="B99", text="Of a process that left", basis=Basis.LITERATURE
    )

    workbook = opened(small_round([{}]).model_copy(update={"statements": (stray,)}))

    note = next(row for row in rows_of(workbook, "Sources") if row[0] == 1)
    assert note[1:4] == ("gone (not invited)", "B99", "Of a process that left")


def test_addresses_of_sources_are_links_and_text() -> None:
    sources = (
        SourceRecord(number=1, basis=Basis.MATERIALS, title="Report", url="https://example.org/r"),
        SourceRecord(number=2, basis=Basis.LITERATURE, title="Trap", url="javascript:alert(1)"),
    )

    workbook = opened_whole(small_round([{}]).model_copy(update={"sources": sources}))

    rows = [row for row in workbook["Sources"].iter_rows() if row[0].value in {"D1", "D2"}]
    links = [row[6].hyperlink for row in rows]
    assert [link and link.target for link in links] == ["https://example.org/r", None]
    assert [row[3].hyperlink for row in rows] == [None, None]
    assert "javascript:alert(1)" in str(rows[1][7].value)


def test_annex_a_takes_the_overview_from_answers_and_evidence(
    paper: Workbook, invented: RoundSnapshot, invented_workbook: Workbook
) -> None:
    def row(workbook: Workbook, name: str) -> dict[str, str]:
        lines = table(workbook, "Annex A", "Respondent")
        found = next(one for one in lines if str(one["Respondent"]).startswith(f"{name}\n"))
        return {head: str(cell) for head, cell in found.items()}

    midsa = row(paper, "MIDSA")
    assert "IOM Pretoria Mission" in midsa["Secretariat and structure"]
    assert "no ministerial level" not in midsa["Secretariat and structure"]
    assert midsa["Participating States"] == "developing States strongly represented\u00a0[T1]"
    assert midsa["Year"] == ".."
    rcm = row(paper, "RCM")
    assert "EN: Puebla Process\u00a0[L64-65; L393-394]" in rcm["Other names"]
    answered = row(invented_workbook, invented.invited[0].short_name)
    assert "[Q\u00a0B2]" in answered["Year"]
    assert "[Q\u00a0B5]" in answered["Main areas of discussion"]


def test_response_status_tells_dates_in_the_zone_of_the_round(
    invented: RoundSnapshot, invented_workbook: Workbook
) -> None:
    lines = {
        str(line["Respondent"]): line for line in table(invented_workbook, "Response status", "No.")
    }

    first = lines[invented.invited[0].short_name]
    assert str(first["Invited (Europe/Brussels)"]) == "2031-03-03 09:00:00"
    assert (first["Response"], first["AAPOR"]) == ("● Completed questionnaire", "1.1")
    assert (first["In questionnaire rate"], first["In any-response rate"]) == ("yes", "yes")
    assert len(lines) == len(invented.invited)
    refused = [line for line in lines.values() if line["AAPOR"] == "2.111"]
    assert refused[0]["Remark"] == "Reason given: No staff for it."


def test_deadlines_at_midnight_are_the_end_of_the_day_before() -> None:
    snapshot = small_round([{}])
    dates = {
        "due_at": datetime(2027, 1, 23, 23, tzinfo=UTC),
        "extended_until": datetime(2027, 2, 6, 23, tzinfo=UTC),
    }
    late = snapshot.invited[0].model_copy(update=dates)

    workbook = opened(snapshot.model_copy(update={"invited": (late,)}))

    (line,) = table(workbook, "Response status", "No.")
    assert line["Due (Europe/Brussels)"] == "end of 2027-01-23"
    assert line["Extended until (Europe/Brussels)"] == "end of 2027-02-06"


def test_the_codebook_has_every_question_and_option() -> None:
    snapshot = small_round([{"words": Answer(value="x")}])

    rows = rows_of(opened(snapshot), "Codebook")

    options = next(place for place, row in enumerate(rows) if str(row[0]).startswith("Options"))
    names = [row[1] for row in rows[:options]]
    for question in snapshot.definition.questions:
        assert names.count(question.name) == 1
    assert "rows.title" in names
    personal = next(row for row in rows if row[1] == "contact")
    assert "personal data: never exported" in str(personal[2])
    nothing = next(row for row in rows if row[2] == "None of these")
    assert nothing[1:5] == ("none", "None of these", "only by itself", "answers")
    assert any(row[3] == "1 response" for row in rows)
