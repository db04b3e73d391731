"""Every kind reads what a form posts, checks, shows and stores its values."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.answered import is_answered
from questionnaires.answers import Point, Value
from questionnaires.datum import text_of
from questionnaires.kinds import (
    KINDS,
    MAX_ROWS,
    MAX_TEXT,
    check_value,
    default_value,
    display,
    parse_fields,
    value_from_json,
    value_to_json,
)
from questionnaires.kinds.moments import as_typed
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import Definition, Group, Question, QuestionType, Settings
from tests.unit.questionnaires.strategies import values

_NO_FORM = Definition(
    settings=Settings(form_id="empty", version="1", form_title={"en": "Empty"}),
    survey=(Group(name="section_a", children=()),),
)


def test_every_type_has_a_kind() -> None:
    assert set(KINDS) == set(QuestionType)


def _fields(value: Value, name: str) -> dict[str, list[str]]:
    """A value as a browser would post it."""
    if isinstance(value, tuple):
        fields: dict[str, list[str]] = {}
        for number, part in enumerate(value):
            if isinstance(part, str):
                fields.setdefault(name, []).append(part)
            elif isinstance(part, Mapping):
                for column, entry in part.items():
                    cell = list(entry) if isinstance(entry, tuple) else [text_of(entry)]
                    fields[f"{name}.{number}.{column}"] = cell
        return fields
    if isinstance(value, Point):
        parts = {"latitude": value.latitude, "longitude": value.longitude}
        return {f"{name}.{part}": [text_of(number)] for part, number in parts.items()}
    return {name: [text_of(value)]}


@pytest.mark.parametrize("typed", ["6", "6.0", "6,0", "6."])
def test_number_without_decimals_is_kept_whole_however_it_is_written(typed: str) -> None:
    question = Question(name="fraction", type=QuestionType.DECIMAL)

    value, problems = parse_fields(question, _NO_FORM, {"fraction": [typed]})

    assert (value, type(value), problems) == (6, int, [])
    assert [type(one) for one in value_from_json(question, 6.0)] == [int, list]


@given(st.data())
def test_value_passes_its_own_check_and_survives_json(
    every_kind: Definition, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(every_kind.fields))
    value = data.draw(values(question, every_kind))

    assert check_value(question, every_kind, value) == []
    stored = json.loads(json.dumps(value_to_json(value)))
    assert value_from_json(question, stored) == (value, [])
    assert KINDS[question.type].to_json(value) == value_to_json(value)
    assert isinstance(display(question, every_kind, value), str)


@given(st.data())
def test_posted_value_is_read_as_it_was_given(every_kind: Definition, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(every_kind.fields))
    value = data.draw(values(question, every_kind))

    read, problems = parse_fields(question, every_kind, _fields(value, question.name))

    assert problems == []
    if question.type is QuestionType.TEXT:
        expected = str(value).replace("\r\n", "\n").replace("\r", "\n")
        assert read == (expected if is_answered(value) else None)
    elif question.type is QuestionType.REPEAT:
        assert (read is not None) == is_answered(value)
    else:
        assert read == (value if is_answered(value) else None)


@given(
    st.data(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["town", "since", "flags", "x"]), inner, max_size=3)
        ),
        max_leaves=6,
    ),
)
def test_any_json_is_read_or_refused(
    every_kind: Definition, data: st.DataObject, given_json: object
) -> None:
    question = data.draw(st.sampled_from(every_kind.questions))

    value, problems = value_from_json(question, given_json)

    assert not (problems and value is not None)
    if value is not None:
        for problem in check_value(question, every_kind, value):
            assert problem.message
            assert problem.place.split(".")[0] == question.name


@given(st.data(), st.lists(st.text(max_size=8), max_size=3))
def test_anything_posted_is_read_or_refused(
    every_kind: Definition, data: st.DataObject, raw: list[str]
) -> None:
    question = data.draw(st.sampled_from(every_kind.questions))

    value, _ = parse_fields(question, every_kind, {question.name: raw})

    if value is not None:
        check_value(question, every_kind, value)
        assert is_answered(value) or question.type is not QuestionType.TEXT


def _codes(definition: Definition, name: str, value: Value) -> list[str]:
    problems = check_value(definition.by_name[name], definition, value)
    assert all(problem.mend for problem in problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("name", "value", "codes"),
    [
        ("words", "x" * MAX_TEXT, []),
        ("words", "x" * (MAX_TEXT + 1), ["too-long"]),
        ("words", "a\0b", ["unstorable-character"]),
        ("words", "a\ud800b", ["unstorable-character"]),
        ("words", 3, ["wrong-type"]),
        ("whole", 10**15, ["out-of-range"]),
        ("whole", 1.5, ["wrong-type"]),
        ("whole", True, ["wrong-type"]),
        ("whole", "3", ["wrong-type"]),
        ("fraction", 2.5, []),
        ("fraction", 2, []),
        ("fraction", math.nan, ["wrong-type"]),
        ("fraction", math.inf, ["out-of-range"]),
        ("day", "2007-02-28", []),
        ("day", "2007-02-29", ["not-a-date"]),
        ("day", "20070228", ["not-a-date"]),
        ("day", "28/02/2007", ["not-a-date"]),
        ("day", 2007, ["wrong-type"]),
        ("one", "red", []),
        ("one", "Red", ["unknown-choice"]),
        ("one", ("red",), ["wrong-type"]),
        ("several", ("red", "blue"), []),
        ("several", ("red", "none"), ["exclusive-choice"]),
        ("several", ("none",), []),
        ("several", ("red", "red"), ["chosen-twice"]),
        ("several", ("pink", "grey"), ["unknown-choice", "unknown-choice"]),
        ("several", "red", ["wrong-type"]),
        ("several", ({"town": "x"},), ["wrong-type"]),
        ("ranked", ("blue", "red"), []),
        ("ranked", ("blue", "red", "green"), ["too-many"]),
        ("ranked", ("blue", "blue"), ["chosen-twice"]),
        ("papers", "key1,key2", []),
        ("papers", "../etc/passwd", ["wrong-type"]),
        ("papers", ",".join(f"k{n}" for n in range(51)), ["too-many"]),
        ("places", ({"town": "Lima", "since": 1999, "flags": ("red",)},), []),
        ("places", ({"town": "Lima"},) * 6, ["too-many"]),
        ("places", ({"country": "Peru"},), ["unknown-column"]),
        ("places", ({"since": "long ago"}, {"flags": ("pink",)}), ["wrong-type", "unknown-choice"]),
        ("places", "Lima", ["wrong-type"]),
        ("places", ("Lima",), ["wrong-type"]),
        ("agreement", 3, []),
        ("agreement", 4.5, []),
        ("agreement", 4.4, ["not-on-scale"]),
        ("agreement", 0, ["not-on-scale"]),
        ("agreement", 5.5, ["not-on-scale"]),
        ("agreement", "3", ["wrong-type"]),
        ("opens_at", "09:30", []),
        ("opens_at", "23:59:59", []),
        ("opens_at", "24:00", ["not-a-time"]),
        ("opens_at", "9:30", ["not-a-time"]),
        ("opens_at", 9, ["wrong-type"]),
        ("meeting", "2026-03-01T10:00+01:00", []),
        ("meeting", "2026-03-01T10:00:30Z", []),
        ("meeting", "2026-03-01T10:00", ["no-offset"]),
        ("meeting", "2026-02-30T10:00Z", ["not-a-moment"]),
        ("meeting", "2026-03-01", ["not-a-moment"]),
        ("meeting", 20260301, ["wrong-type"]),
        ("read_it", "OK", []),
        ("read_it", "yes", ["wrong-type"]),
        ("seat", Point(-1.2921, 36.8219), []),
        ("seat", Point(90, -180), []),
        ("seat", Point(90.1, 0), ["not-a-latitude"]),
        ("seat", Point(0, 181), ["not-a-longitude"]),
        ("seat", Point(math.nan, 0), ["not-a-latitude"]),
        ("seat", "0 0", ["wrong-type"]),
        ("emblem", "key1", []),
        ("anthem", "../x", ["wrong-type"]),
        ("film", ",".join(f"k{n}" for n in range(51)), ["too-many"]),
        ("remark", "hello", ["not-a-question"]),
        ("doubled", 4, ["not-a-question"]),
        ("edition", "spring", ["not-a-question"]),
    ],
)
def test_value_is_checked(
    every_kind: Definition, name: str, value: Value, codes: list[str]
) -> None:
    assert _codes(every_kind, name, value) == codes


def test_problem_in_a_table_names_row_and_column(every_kind: Definition) -> None:
    value = ({"town": "Lima"}, {"town": "Quito", "since": "long ago"})

    problem = check_value(every_kind.by_name["places"], every_kind, value)[0]

    assert problem.place == "places.1.since"
    assert problem.message.startswith("Row 2: ")


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("words", ["one\r\ntwo\rthree"], "one\ntwo\nthree"),
        ("words", ["  kept as typed "], "  kept as typed "),
        ("words", [" \u200b "], None),
        ("words", [], None),
        ("whole", [" 1996 "], 1996),
        ("whole", ["1 200"], 1200),
        ("whole", ["1\u202f200"], 1200),
        ("whole", ["1'200"], 1200),
        ("whole", ["-5"], -5),
        ("whole", ["\u22125"], -5),
        ("whole", ["١٩٩٦"], 1996),
        ("whole", [""], None),
        ("fraction", ["2.5"], 2.5),
        ("fraction", ["2"], 2),
        ("fraction", [".5"], 0.5),
        ("fraction", ["2,5"], 2.5),
        ("fraction", ["\u22120,125"], -0.125),
        ("fraction", ["1 234,567"], 1234.567),
        ("fraction", ["\u0662\u066b\u0665"], 2.5),
        ("whole", ["1\u066c200"], 1200),
        ("day", [" 2007-05-31 "], "2007-05-31"),
        ("one", ["red"], "red"),
        ("one", [""], None),
        ("several", ["blue", "", "red", "blue"], ("red", "blue")),
        ("several", ["pink", "red"], ("red", "pink")),
        ("ranked", ["", "blue", "red"], ("blue", "red")),
        ("papers", ["k1,k2", "k2"], "k1,k2"),
        ("agreement", ["2.0"], 2),
        ("agreement", ["2,5"], 2.5),
        ("opens_at", [" 09:30 "], "09:30"),
        ("meeting", ["2026-03-01 10:00"], "2026-03-01T10:00"),
        ("read_it", ["OK"], "OK"),
        ("read_it", [], None),
        ("seat", ["-1.2921", "36,8219"], Point(-1.2921, 36.8219)),
        ("seat", ["\u22121", "36", "1700", "5"], Point(-1, 36)),
        ("seat", ["", " "], None),
    ],
)
def test_field_is_read(every_kind: Definition, name: str, raw: list[str], expected: Value) -> None:
    question = every_kind.by_name[name]

    assert KINDS[question.type].parse(question, every_kind, raw) == (expected, [])


@pytest.mark.parametrize(
    ("name", "raw", "mend"),
    [
        ("whole", "about 12", "1996"),
        ("whole", "1,200", "thousands without a comma"),
        ("whole", "1,200,000", "thousands without a comma"),
        ("whole", "2,5", "digits only"),
        ("whole", "1.5", "digits only"),
        ("whole", "9" * 40, "digits only"),
        ("fraction", "1,000", "decimals with a point"),
        ("fraction", "1,234.5", "thousands without a comma"),
        ("fraction", "1.234,5", "digits only"),
        ("fraction", "1e400", "digits only"),
        ("day", "31.5.2007", "2007-05-31"),
        ("remark", "hello", "takes no answer"),
        ("agreement", "a lot", "digits only"),
        ("opens_at", "half past nine", "14:30"),
        ("meeting", "tomorrow", "2007-05-31 14:30"),
        ("seat", "36.8", "both"),
    ],
)
def test_field_that_cannot_be_read_says_how_to_write_it(
    every_kind: Definition, name: str, raw: str, mend: str
) -> None:
    question = every_kind.by_name[name]

    value, problems = KINDS[question.type].parse(question, every_kind, [raw])

    assert value is None
    assert len(problems) == 1
    assert mend in problems[0].mend


def test_table_is_read_from_its_cells(every_kind: Definition) -> None:
    fields = {
        "places.7.town": ["Quito"],
        "places.7.flags": ["blue", "red"],
        "places.2.town": ["Lima"],
        "places.2.since": ["1996"],
        "places.3.town": [" "],
        "places.x.town": ["ignored"],
        "placesx.1.town": ["ignored"],
        "places.2.nothing": ["ignored"],
    }

    value, problems = parse_fields(every_kind.by_name["places"], every_kind, fields)

    assert problems == []
    assert value == (
        {"town": "Lima", "since": 1996},
        {"town": "Quito", "flags": ("red", "blue")},
    )


def test_table_with_a_bad_cell_keeps_the_others(every_kind: Definition) -> None:
    fields = {"places.0.town": ["Lima"], "places.0.since": ["long ago"]}

    value, problems = parse_fields(every_kind.by_name["places"], every_kind, fields)

    assert value == ({"town": "Lima"},)
    assert [problem.place for problem in problems] == ["places.0.since"]


@pytest.mark.parametrize(
    ("name", "value", "language", "shown"),
    [
        ("one", "red", None, "Red"),
        ("one", "red", "ar", "أحمر"),
        ("one", "red", "fr", "Red"),
        ("one", "gone", None, "gone"),
        ("several", ("red", "blue"), None, "Red; Blue"),
        ("ranked", ("blue", "red"), None, "1. Blue; 2. Red"),
        ("fraction", 2.5, None, "2.5"),
        ("papers", "k1,k2", None, "k1, k2"),
        ("agreement", 4.5, None, "4.5"),
        ("opens_at", "09:30", None, "09:30"),
        ("meeting", "2026-03-01T10:00+01:00", None, "2026-03-01 10:00 (UTC+01:00)"),
        ("meeting", "2026-03-01T10:00:30Z", None, "2026-03-01 10:00:30 (UTC)"),
        ("meeting", "one day", None, "one day"),
        ("read_it", "OK", None, "OK"),
        ("seat", Point(-1.2921, 36), None, "-1.2921, 36"),
        (
            "places",
            ({"town": "Lima", "since": 1996}, {"flags": ("red",), "town": "Quito"}),
            None,
            "Lima · 1996\nQuito · Red",
        ),
    ],
)
def test_value_is_shown_in_words(
    every_kind: Definition, name: str, value: Value, language: str | None, shown: str
) -> None:
    assert display(every_kind.by_name[name], every_kind, value, language) == shown


def test_tables_are_bounded() -> None:
    assert 100 <= MAX_ROWS <= 1000


@pytest.mark.parametrize(
    ("name", "given_json", "code"),
    [
        ("places", [{"country": "Peru"}], "unknown-column"),
        ("places", ["Lima"], "wrong-type"),
        ("places", {"town": "Lima"}, "wrong-type"),
        ("places", [{"since": "long ago"}], "wrong-type"),
        ("words", 3, "wrong-type"),
        ("whole", 1.0, "wrong-type"),
        ("whole", True, "wrong-type"),
        ("fraction", "2.5", "wrong-type"),
        ("day", 20070531, "wrong-type"),
        ("one", ["red"], "wrong-type"),
        ("several", "red", "wrong-type"),
        ("several", ["red", 1], "wrong-type"),
        ("ranked", {"red": 1}, "wrong-type"),
        ("papers", ["k1"], "wrong-type"),
        ("remark", "x", "not-a-question"),
        ("agreement", "3", "wrong-type"),
        ("opens_at", 930, "wrong-type"),
        ("meeting", ["2026-03-01T10:00Z"], "wrong-type"),
        ("read_it", True, "wrong-type"),
        ("seat", {"latitude": 1}, "wrong-type"),
        ("seat", {"latitude": 1, "longitude": "2"}, "wrong-type"),
        ("seat", {"latitude": 1, "longitude": 2, "altitude": 3}, "wrong-type"),
        ("seat", [1, 2], "wrong-type"),
    ],
)
def test_json_of_another_shape_is_refused(
    every_kind: Definition, name: str, given_json: object, code: str
) -> None:
    value, problems = value_from_json(every_kind.by_name[name], given_json)

    assert value is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].place.startswith(name)


def test_null_is_no_value_for_every_kind(every_kind: Definition) -> None:
    for question in every_kind.questions:
        assert value_from_json(question, None) == (None, [])


def test_column_without_a_value_is_left_out(every_kind: Definition) -> None:
    rows = [{"town": "Lima", "since": None}]

    assert value_from_json(every_kind.by_name["places"], rows) == (({"town": "Lima"},), [])


def test_table_does_not_come_in_one_field(every_kind: Definition) -> None:
    question = every_kind.by_name["places"]
    kind = KINDS[QuestionType.REPEAT]

    assert kind.parse(question, every_kind, [""]) == (None, [])
    value, problems = kind.parse(question, every_kind, ["Lima"])
    assert value is None
    assert [problem.code for problem in problems] == ["wrong-type"]


@pytest.mark.parametrize(
    ("name", "default", "expected", "codes"),
    [
        ("one", None, None, []),
        ("one", "red", "red", []),
        ("one", "pink", None, ["unknown-choice"]),
        ("several", "blue red", ("red", "blue"), []),
        ("several", "red none", None, ["exclusive-choice"]),
        ("ranked", "blue red", ("blue", "red"), []),
        ("whole", "12", 12, []),
        ("whole", "a dozen", None, ["not-a-number"]),
        ("words", "a few words", "a few words", []),
        ("words", "concat('a', 'b')", None, []),
        ("whole", "${fraction}", None, []),
        ("meeting", "2026-03-01T10:00Z", "2026-03-01T10:00Z", []),
        ("meeting", "2026-03-01T10:00", None, ["no-offset"]),
        ("seat", "-1.29 36.82 0 0", Point(-1.29, 36.82), []),
        ("edition", "autumn", "autumn", []),
    ],
)
def test_default_is_a_value_that_a_respondent_could_give(
    every_kind: Definition,
    name: str,
    default: str | None,
    expected: Value | None,
    codes: list[str],
) -> None:
    question = every_kind.by_name[name].model_copy(update={"default": default})

    value, problems = default_value(question, every_kind)

    assert value == expected
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("parameters", "accepted", "refused"),
    [
        ({}, (1, 10), (0, 11, 1.5)),
        ({"start": "0", "end": "1", "step": "0.1"}, (0, 0.3, 0.7, 1), (0.35, 1.1)),
        ({"start": "-5", "end": "5"}, (-5, 0, 5), (-6, 6)),
        ({"start": "0", "end": "10", "step": "3"}, (0, 9), (10,)),
    ],
)
def test_scale_takes_its_marks_and_nothing_else(
    every_kind: Definition,
    parameters: dict[str, str],
    accepted: tuple[float, ...],
    refused: tuple[float, ...],
) -> None:
    question = every_kind.by_name["agreement"].model_copy(update={"parameters": parameters})

    assert [number for number in accepted if check_value(question, every_kind, number)] == []
    assert [number for number in refused if not check_value(question, every_kind, number)] == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"start": "5", "end": "5"},
        {"start": "5", "end": "1"},
        {"step": "0"},
        {"step": "-1"},
        {"start": "one"},
        {"end": "Infinity"},
        {"end": "1e30"},
        {"start": "0", "end": "1000000", "step": "1"},
    ],
)
def test_scale_that_cannot_be_is_none(every_kind: Definition, parameters: dict[str, str]) -> None:
    question = every_kind.by_name["agreement"].model_copy(update={"parameters": parameters})

    assert scale_of(question) is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-01-15T10:00", "2026-01-15T10:00+01:00"),
        ("2026-07-15T10:00", "2026-07-15T10:00+02:00"),
        ("2026-07-15 10:00:30", "2026-07-15T10:00:30+02:00"),
        ("2026-07-15T10:00Z", "2026-07-15T10:00Z"),
    ],
)
def test_moment_without_an_offset_is_in_the_zone(
    every_kind: Definition, typed: str, stored: str
) -> None:
    question = every_kind.by_name["meeting"]

    read = parse_fields(question, every_kind, {"meeting": [typed]}, zone=ZoneInfo("Europe/Rome"))

    assert read == (stored, [])


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("2026-07-15T10:00+02:00", "2026-07-15T10:00"),
        ("2026-07-15T08:00:30Z", "2026-07-15T10:00:30"),
        ("2026-10-25T02:30+02:00", "2026-10-25T02:30"),
        # The second half past two of that night: without its offset it would be the first.
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30+01:00"),
        ("0001-01-01T00:00+14:00", "0001-01-01T00:00+14:00"),
        ("one day", "one day"),
    ],
)
def test_moment_is_shown_as_it_would_be_typed_in_the_zone(stored: str, typed: str) -> None:
    assert as_typed(stored, ZoneInfo("Europe/Rome")) == typed


@given(st.datetimes(timezones=st.just(UTC)))
def test_moment_that_is_shown_and_typed_again_is_the_same_moment(moment: datetime) -> None:
    zone = ZoneInfo("America/St_Johns")
    question = Question(name="meeting", type=QuestionType.DATETIME)

    shown = as_typed(moment.isoformat(), zone)
    read, _ = parse_fields(question, _NO_FORM, {"meeting": [shown]}, zone=zone)

    assert datetime.fromisoformat(str(read)) == moment


def test_moment_in_a_table_is_in_the_zone(every_kind: Definition) -> None:
    column = Question(name="visited", type=QuestionType.DATETIME)
    table = every_kind.by_name["places"].model_copy(update={"columns": (column,)})

    value, problems = parse_fields(
        table, every_kind, {"places.0.visited": ["2026-01-15T10:00"]}, zone=ZoneInfo("Asia/Tokyo")
    )

    assert (value, problems) == (({"visited": "2026-01-15T10:00+09:00"},), [])
