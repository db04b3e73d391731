"""Every type of question in the sheets Answers and Codebook."""

from questionnaires.answers import Answer, Point
from questionnaires.loading import load_definition
from tests.integration.exports.workbooks import opened, rows_of, table
from tests.unit.exports.rounds import small_round
from tests.unit.questionnaires.files import valid

EVERY_KIND = load_definition(valid("every_kind"))
WAYS = load_definition(valid("ways_of_asking"))
ANSWERS = {
    "agreement": Answer(value=4.5),
    "opens_at": Answer(value="09:30"),
    "meeting": Answer(value="2026-07-15T10:00+02:00"),
    "read_it": Answer(value="OK"),
    "seat": Answer(value=Point(-1.2921, 36)),
}


def test_answers_of_every_kind_stand_as_they_are_stored() -> None:
    workbook = opened(small_round([ANSWERS], definition=EVERY_KIND))

    lines = {line["Name"]: line for line in table(workbook, "Answers", "Respondent")}

    assert {name: lines[name]["Answer as stored"] for name in ANSWERS} == {
        "agreement": 4.5,
        "opens_at": "09:30",
        "meeting": "2026-07-15T10:00+02:00",
        "read_it": "OK",
        "seat": "-1.2921 36",
    }
    assert {lines[name]["Mark"] for name in ANSWERS} == {"answered"}


def test_codebook_tells_scales_rows_suggestions_and_what_is_worked_out() -> None:
    rows = rows_of(opened(small_round([{}], definition=WAYS)), "Codebook")

    said = {str(row[1]): (row[4], row[9]) for row in rows if len(row) > 9}
    assert said["share"] == ("range\nfrom 0 to 100, in steps of 5", None)
    assert said["visits"] == ("repeat\nat least 2 rows\nat most 4 rows", None)
    assert said["year"] == ("integer", "suggested: 2025")
    assert said["office_edition"] == ("hidden", "always: spring")
    assert said["office_code"] == ("text", "concat(${office_edition}, '-', ${year})")
    assert said["staff_total"] == ("integer", ". = ${staff_sum}")
