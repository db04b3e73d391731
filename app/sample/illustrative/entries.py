"""What an invented process writes: texts, numbers, dates and tables."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from app.sample.illustrative import prose
from app.sample.illustrative.choices import one_of, ranked, several_of
from app.sample.illustrative.names import BODIES, CITIES, ORGANISATIONS, STATES, processes
from app.sample.illustrative.question import Asked
from questionnaires.answers import Entry, Point, Row, Value
from questionnaires.kinds.acknowledged import OK
from questionnaires.kinds.numbers import plain
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import UNASKED, UPLOADS, QuestionType

LATEST_FOUNDING = 2015
Writer = Callable[[Asked], str | None]


def _from(templates: tuple[str, ...]) -> Writer:
    return lambda asked: prose.written(asked.rng, templates, year=asked.profile.founded)


def _partner(asked: Asked) -> str:
    """Another process of the same invented world."""
    near = [process for process, _ in zip(processes(asked.profile.seed), range(12), strict=False)]
    others = [process for process in near if process.key != asked.profile.process.key]
    return asked.rng.choice(others).short_name


TEXTS: Mapping[str, Writer] = {
    "resp_role_other": lambda _: "Troika of the past, present and incoming Chair",
    "resp_name": lambda _: "The focal point",
    "resp_title": lambda _: "Focal point",
    "resp_organisation": lambda asked: f"Secretariat, {asked.profile.process.short_name}",
    "resp_email": lambda asked: f"focal-point@{asked.profile.process.key}.example.org",
    "rcp_official_name": lambda asked: asked.profile.process.official_name,
    "rcp_acronym": lambda asked: asked.profile.process.short_name,
    "rcp_names_in_use": lambda asked: (
        f"{asked.profile.process.short_name}\n{asked.rng.choice(CITIES)} Process"
    ),
    "rcp_other_names": lambda asked: f"{asked.rng.choice(CITIES)} Process",
    "founding_event": _from(prose.FOUNDING),
    "founding_meeting": lambda asked: (
        f"Conference of {asked.profile.founded} in {asked.rng.choice(CITIES)}"
    ),
    "founding_cause": _from(prose.CAUSES),
    "md_founding_ref": _from(prose.PASSAGES),
    "md_entry_event": _from(prose.EVENTS),
    "secretariat_which": lambda asked: asked.rng.choice(ORGANISATIONS),
    "ministries_other_name": lambda _: "Fisheries",
    "global_links_details": _from(prose.LINK_DETAILS),
    "good_practice": _from(prose.PRACTICES),
    "contributor_entity": lambda asked: asked.rng.choice(("Ministry of the Interior", "Chair")),
    "contributor_state": lambda asked: asked.rng.choice(STATES),
    "contributor_sections": lambda asked: asked.rng.choice(("C, D", "E", "F")),
    "member_state": lambda asked: asked.rng.choice(STATES),
    "output_when": lambda asked: str(asked.today.year - asked.rng.randint(0, 3)),
    "output_place": lambda asked: asked.rng.choice(CITIES),
    "output_link": lambda asked: f"https://{asked.profile.process.key}.example.org/outputs",
    "link_partner": _partner,
    "link_topic": _from(prose.TOPICS),
    "regional_body_name": lambda asked: asked.rng.choice(BODIES),
    "body_topic": _from(prose.TOPICS),
}
"""By the name of the question or of the column."""

ROWS: Mapping[str, tuple[int, int]] = {
    "contributors": (1, 2),
    "members": (5, 14),
    "outputs": (1, 4),
    "rcp_links": (1, 3),
    "regional_bodies": (1, 2),
}
"""How many rows a table gets."""
UNIQUE = frozenset({"member_state", "regional_body_name", "output_title"})
"""Columns in which nothing stands twice."""
BLANK_CELL = 0.12


def entry_of(asked: Asked) -> Value | None:
    """A value for any question, by its name where there is something to say, else by its kind."""
    return WRITERS[asked.question.type](asked)


def _text(asked: Asked) -> str | None:
    name = asked.question.name
    if name in TEXTS:
        return TEXTS[name](asked)
    templates = prose.OTHERS if name.endswith("_other") else prose.REMARKS
    return prose.written(asked.rng, templates, year=asked.profile.founded)


def _year_or_count(asked: Asked) -> int:
    name = asked.question.name
    if name == "year_founded":
        return asked.profile.founded
    if name == "member_since":
        return asked.rng.randint(asked.profile.founded, LATEST_FOUNDING)
    if name.endswith("_year"):
        return asked.today.year - asked.rng.randint(0, 6)
    if name == "participants_total":
        return sum(
            count
            for part in ("women", "men", "unrecorded")
            if isinstance(count := asked.values.get(f"participants_{part}"), int)
        )
    return asked.rng.randint(0, 50)


def _mark(asked: Asked) -> int | float | None:
    scale = scale_of(asked.question)
    if scale is None:
        return None
    mark = float(scale.start + asked.rng.randrange(scale.marks) * scale.step)
    return int(mark) if mark.is_integer() else mark


def _rows(asked: Asked) -> Value | None:
    fewest, most = ROWS.get(asked.question.name, (1, 3))
    wanted = asked.rng.randint(fewest, most)
    rows: list[Row] = []
    seen: set[tuple[str, Entry]] = set()
    for _ in range(3 * wanted):
        row = _output(asked) if asked.question.name == "outputs" else _row(asked)
        once = {(name, entry) for name, entry in row.items() if name in UNIQUE}
        if row and not once & seen and len(rows) < wanted:
            seen |= once
            rows.append(row)
    return tuple(rows) or None


def _row(asked: Asked) -> Row:
    row: dict[str, Entry] = {}
    for column in asked.question.columns:
        value = entry_of(replace(asked, question=column))
        blank = not column.required and asked.rng.random() < BLANK_CELL
        if blank or value is None or isinstance(value, Point):
            continue
        if isinstance(value, tuple):
            row[column.name] = tuple(part for part in value if isinstance(part, str))
        else:
            row[column.name] = value
    if row.get("regional_body") != "other":
        row.pop("regional_body_name", None)
    return row


def _output(asked: Asked) -> Row:
    """An output of one of the kinds that were named before, with a title that fits."""
    named = asked.values.get("output_types", ())
    kinds = [kind for kind in named if kind in prose.OUTPUTS] if isinstance(named, tuple) else []
    kind = asked.rng.choice(kinds or list(prose.OUTPUTS))
    return {
        **_row(asked),
        "output_title": prose.written(asked.rng, prose.OUTPUTS[str(kind)]),
        "output_kind": str(kind),
    }


def _share(asked: Asked) -> float:
    return plain(round(0.5 + 11 * asked.profile.resources * asked.rng.random(), 1))


def _day(asked: Asked) -> str:
    return (asked.today - timedelta(days=asked.rng.randint(40, 1000))).isoformat()


def _time(asked: Asked) -> str:
    return f"{asked.rng.randint(8, 18):02}:{asked.rng.choice((0, 15, 30, 45)):02}"


def _place(asked: Asked) -> Point:
    return Point(round(asked.rng.uniform(-60, 60), 4), round(asked.rng.uniform(-180, 180), 4))


def _file(asked: Asked) -> str | None:
    return asked.files.get(asked.question.name)


def _nothing(_: Asked) -> None:
    return None


WRITERS: Mapping[QuestionType, Callable[[Asked], Value | None]] = {
    QuestionType.SELECT_ONE: one_of,
    QuestionType.SELECT_MULTIPLE: several_of,
    QuestionType.RANK: ranked,
    QuestionType.TEXT: _text,
    QuestionType.INTEGER: _year_or_count,
    QuestionType.DECIMAL: _share,
    QuestionType.RANGE: _mark,
    QuestionType.DATE: _day,
    QuestionType.TIME: _time,
    QuestionType.DATETIME: lambda asked: f"{_day(asked)}T{_time(asked)}+00:00",
    QuestionType.ACKNOWLEDGE: lambda _: OK,
    QuestionType.GEOPOINT: _place,
    **dict.fromkeys(UPLOADS, _file),
    QuestionType.REPEAT: _rows,
    **dict.fromkeys(UNASKED, _nothing),
}
"""How an entry of each kind is made up."""
