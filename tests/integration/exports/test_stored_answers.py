"""Every stored answer stands exactly once in Answers, equal character for character."""

from collections import Counter
from collections.abc import Iterator, Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.cell_text import restored
from exports.records import RoundSnapshot
from questionnaires.answers import Answer
from tests.integration.exports.workbooks import opened, table
from tests.unit.exports.rounds import small_round

STORABLE = st.characters(exclude_categories=["Cs"])
TEXT = st.text(STORABLE, max_size=60)
CHOSEN = st.sampled_from(["yes", "no", "none"])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "words": TEXT,
        "hidden": TEXT,
        "year": st.integers(-(10**20), 10**20),
        "staff": st.floats(allow_nan=False, allow_infinity=False),
        "started_on": st.dates().map(str),
        "one": CHOSEN,
        "several": st.lists(CHOSEN, min_size=1, unique=True).map(tuple),
        "top": st.lists(CHOSEN, min_size=1, unique=True).map(tuple),
        "rows": st.lists(
            st.fixed_dictionaries({"title": TEXT}, optional={"kind": CHOSEN}),
            min_size=1,
            max_size=3,
        ).map(tuple),
    },
)
Stored = tuple[str, str, int | None, str | None, str]


def shown(lines: list[Mapping[str, object]]) -> Counter[Stored]:
    """What the sheet shows: respondent, question, row, column and value."""
    return Counter(
        (
            str(line["Respondent"]),
            str(line["Name"]),
            line["Row"] if isinstance(line["Row"], int) else None,
            str(line["Field"]) if line["Field"] else None,
            restored(str(line["Answer as stored"])),
        )
        for line in lines
        if line["Name"] and line["Answer as stored"] is not None
    )


def stored(snapshot: RoundSnapshot) -> Iterator[Stored]:
    """What the round stores, value by value; a cell of nothing shows nothing."""
    names = {one.key: one.short_name for one in snapshot.invited}
    for record in snapshot.responses():
        for name, one in record.answers.items():
            match one.answer.value:
                case tuple() as parts if parts and isinstance(parts[0], Mapping):
                    for number, row in enumerate(parts, 1):
                        assert isinstance(row, Mapping)
                        for column, entry in row.items():
                            yield names[record.respondent], name, number, column, str(entry)
                case tuple() as names_chosen:
                    text = " ".join(str(part) for part in names_chosen)
                    yield names[record.respondent], name, None, None, text
                case value:
                    yield names[record.respondent], name, None, None, str(value)


@given(st.lists(ANSWERS, min_size=3, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_stored_answer_stands_exactly_once(given_answers: list[dict[str, object]]) -> None:
    answers = [
        {name: Answer.model_validate({"value": value}) for name, value in one.items()}
        for one in given_answers
    ]
    snapshot = small_round(answers)

    lines = table(opened(snapshot), "Answers", "Respondent")

    expected = Counter(value for value in stored(snapshot) if value[-1] != "")
    assert _as_numbers(shown(lines)) == _as_numbers(expected)


def _as_numbers(values: Counter[Stored]) -> Counter[Stored]:
    """2.0 and 2, and nought with either sign, are the same number to Excel."""
    same: Counter[Stored] = Counter()
    for (respondent, name, row, column, value), count in values.items():
        text = str(float(value) + 0.0) if name in {"year", "staff"} else value
        same[respondent, name, row, column, text] += count
    return same
