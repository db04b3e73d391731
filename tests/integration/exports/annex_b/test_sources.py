"""The sheets Sources, Annex A, Response status and Codebook."""

from datetime import UTC, datetime

from openpyxl.workbook import Workbook

from exports.records import Attribution, Basis, RoundSnapshot, SourceRecord, StatementRecord
from questionnaires.answers import Answer
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import (
    all_text,
    annex_b,
    opened,
    opened_whole,
    rows_of,
    table,
)
from tests.unit.exports.rounds import paper_round, small_round


def test_each_note_has_its_statement_kind_and_place_in_the_source(paper: Workbook) -> None:
    notes = [row for row in rows_of(paper, "Sources") if str(row[0])[0] == "n"]

    assert [row[0] for row in notes] == [f"n{number}" for number in range(1, 77)]
    stored = {(fact.text, fact.locator) for fact in paper_round().statements}
    assert {(str(row[3]), str(row[5])) for row in notes} == stored
    assert {str(row[4]).split(":")[0] for row in notes} == {"T", "S", "N"}
    assert {row[6] for row in notes} == {"D1"}


def test_the_reason_for_each_group_is_told(paper: Workbook) -> None:
    rows = rows_of(paper, "Sources")
    start = next(place for place, row in enumerate(rows) if str(row[0]).startswith("Groups:"))

    reasons = {str(row[1]): row for row in rows[start + 2 :]}

    assert len(reasons) == 12
    assert rows[start + 1][4:8] == (
        "Group given",
        "Group suggested",
        "Not as suggested",
        "Who decided, and when",
    )
    assert [name for name, row in reasons.items() if row[6] == "yes"] == ["MTM"]
    assert [name for name, row in reasons.items() if row[5] != "no suggestion"] == ["MTM"]
    assert "ad hoc" in str(reasons["MTM"][3])


def test_statements_of_nobody_invited_are_not_lost() -> None:
    stray = StatementRecord(
        respondent="gone", dimension="B99", text="Of a process that left", basis=Basis.LITERATURE
    )

    workbook = opened(small_round([{}]).model_copy(update={"statements": (stray,)}))

    note = next(row for row in rows_of(workbook, "Sources") if row[0] == "n1")
    assert note[1:4] == ("gone (not invited)", "B99", "Of a process that left")


def test_materials_do_not_give_away_who_is_not_to_be_named() -> None:
    named, unnamed = Attribution.PUBLISH, Attribution.NOT_ATTRIBUTED
    snapshot = small_round(
        [{"words": Answer(value="Said")}] * 3, attributions=[named, unnamed, Attribution.BACKGROUND]
    )
    sources = tuple(
        SourceRecord(
            number=number,
            basis=basis,
            title=f"Title {number}",
            respondent=key,
            url=f"https://r{number}.example.org",
            note=f"file plan-{number}.pdf; for question A1. Note {number}",
        )
        for number, (basis, key) in enumerate(
            [
                (Basis.MATERIALS, "r000"),
                (Basis.MATERIALS, "r001"),
                (Basis.PRIMARY_DOCUMENTS, "r001"),
                (Basis.MATERIALS, "r002"),
            ],
            1,
        )
    )
    cited = StatementRecord(
        respondent="r001", dimension="B3", text="Kept quiet", basis=Basis.MATERIALS, source=2
    )
    statements = (
        cited.model_copy(update={"locator": "plan, p. 3"}),
        cited.model_copy(update={"basis": Basis.LITERATURE}),
        cited.model_copy(update={"basis": Basis.COMMUNICATIONS, "source": None}),
        cited.model_copy(update={"basis": Basis.PRIMARY_DOCUMENTS, "source": 3, "text": "Found"}),
    )
    given = snapshot.model_copy(update={"sources": sources, "statements": statements})

    workbook = opened(given)

    text = all_text(workbook)
    assert [number for number in range(1, 5) if f"Title {number}" in text] == [1, 3]
    assert [number for number in range(1, 5) if f"plan-{number}" in text] == [1, 3]
    assert [number for number in range(1, 5) if f"//r{number}." in text] == [1, 3]
    assert "Kept quiet" not in text
    assert "plan, p. 3" not in text
    rows = {row[0]: row for row in rows_of(workbook, "Sources")}
    assert rows["D2"][1:4] == rows["D4"][1:4] == ("(c)", None, "(c)")
    told = [row["B14"] for row in annex_b(workbook).values()]
    assert "Sent in: D1" in told[0]
    assert "Sent in: 1 material (c)\n• Found: D3" in told[1]
    assert "Sent in: 1 material (c)" in told[2]
    assert "2 materials were sent by respondents that are not to be named" in text


def test_materials_returned_beside_a_draft_are_told() -> None:
    snapshot = small_round(
        [{"words": Answer(value="Draft")}],
        attributions=[Attribution.NOT_ATTRIBUTED],
        outcomes=[Outcome.BROKEN_OFF],
    )
    sent = snapshot.invited[0].model_copy(update={"materials_attribution": Attribution.PUBLISH})
    report = SourceRecord(number=1, basis=Basis.MATERIALS, title="Report", respondent=sent.key)

    workbook = opened(snapshot.model_copy(update={"invited": (sent,), "sources": (report,)}))

    rows = {row[0]: row for row in rows_of(workbook, "Sources")}
    assert rows["D1"][1:4] == (sent.short_name, None, "Report")
    assert annex_b(workbook)[sent.short_name]["B3"] == "(c)"


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
    assert (
        midsa["Participating States"] == "developing States strongly represented\u00a0[T\u00a0n1]"
    )
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


def test_what_documents_leave_out_of_a_round_is_not_known(paper: Workbook) -> None:
    lines = table(paper, "Response status", "No.")

    unknown = {
        *(f"{head} (Europe/Brussels)" for head in ("Invited", "Opened", "Returned", "Due")),
        *("Extended until (Europe/Brussels)", "Came by", "Reminders", "Answered of asked"),
        *("Cleared", "Minutes"),
    }
    assert len(lines) == 12
    assert {line[head] for line in lines for head in unknown} == {".."}
    groups = [row for row in rows_of(paper, "Sources") if row[7] == "From the paper"]
    assert len(groups) == 12


def test_what_did_not_happen_in_a_round_that_was_run_is_told_as_such() -> None:
    snapshot = small_round([{}], outcomes=[Outcome.NO_RESPONSE])
    silent = snapshot.invited[0].model_copy(
        update={
            **dict.fromkeys(("opened_at", "submitted_at", "channel", "minutes_spent")),
            "reminders_sent": 0,
            "cleared": False,
            "asked_items": 0,
        }
    )

    workbook = opened(snapshot.model_copy(update={"invited": (silent,)}))

    (line,) = table(workbook, "Response status", "No.")
    dates = [line[f"{head} (Europe/Brussels)"] for head in ("Opened", "Returned")]
    assert dates == ["none", "none"]
    assert (line["Reminders"], line["Cleared"], line["Minutes"]) == (0, "no", "none")
    assert not any(cell == "–" for cell in line.values())


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
