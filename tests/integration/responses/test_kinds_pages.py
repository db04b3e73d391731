"""Every kind of question in every place where it can stand, on a page of its own."""

from functools import partial

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import StoredAnswer
from questionnaires.loading import read_definition
from questionnaires.models import Definition, MissingCode
from tests.fixtures.rounds import open_a_round
from tests.integration.responses.browsing import Browser

FORM = """
settings: {form_id: every-kind, version: "1", form_title: Every kind}
choices:
  size:
    - {name: small, label: Small}
    - {name: large, label: Large}
    - {name: none, label: None of these, exclusive: true}
survey:
  - name: only
    label: Only section
    hint: All of it.
    children:
      - {name: welcome, type: note, label: Read this first, hint: It is short.}
      - {name: line, type: text, label: A line, code: K1, required: true}
      - {name: lines, type: text, label: Lines, code: K2, appearance: multiline}
      - {name: whole, type: integer, label: A whole number, code: K3, constraint: . > 0}
      - {name: fraction, type: decimal, label: A fraction, code: K4}
      - {name: day, type: date, label: A day, code: K5}
      - {name: one, type: select_one size, label: One of them, code: K6}
      - {name: several, type: select_multiple size, label: Several of them, code: K7}
      - {name: order, type: rank size, label: In order, code: K8}
      - {name: paper, type: file, label: A paper, code: K9}
      - {name: fixed, type: text, label: Fixed, code: K10, readonly: true}
      - name: table
        type: repeat
        label: A table
        code: K11
        max_rows: 2
        columns:
          - {name: t_line, type: text, label: Line, required: true, hint: In a few words.}
          - {name: t_whole, type: integer, label: Whole}
          - {name: t_fraction, type: decimal, label: Fraction}
          - {name: t_day, type: date, label: Day}
          - {name: t_one, type: select_one size, label: One}
          - {name: t_several, type: select_multiple size, label: Several}
      - name: grid
        label: A grid
        hint: One in each row.
        code: K12
        appearance: table-list
        children:
          - {name: row_a, type: select_one size, label: Row A}
          - {name: row_b, type: select_one size, label: Row B}
      - name: mixed
        label: A group
        hint: With more below.
        code: K13
        children:
          - name: inner
            label: An inner group
            children:
              - {name: deep, type: text, label: Deep down}
              - {name: deep_note, type: note, label: Between}
          - name: boxes
            label: Boxes
            appearance: table-list
            children:
              - {name: box_a, type: select_multiple size, label: Box A}
      - {name: twice, type: calculate, calculation: "${whole} * 2"}
  - name: unlikely
    label: Unlikely section
    relevant: ${one} = 'large'
    children:
      - {name: far, type: text, label: Far away, code: L1}
"""
PAGE = "/form/only"


@pytest.fixture
def form() -> Definition:
    definition, problems = read_definition(FORM, source="every-kind")
    assert definition is not None, problems
    return definition


@pytest.fixture
def one(browser: Browser, services: Services, form: Definition) -> Browser:
    (asked,) = open_a_round(services, definition=form, slug="every-kind")
    browser.start(asked.focal_point)
    return browser


def test_every_kind_is_drawn_saved_and_drawn_again(one: Browser, services: Services) -> None:
    page = one.get(PAGE)
    for words in ("Read this first", "It is short.", "With more below.", "An inner group"):
        assert words in page.text
    fields: dict[str, str | list[str]] = {
        "line": "A & B",
        "lines": "<b>one</b>\r\ntwo",
        "whole": "7",
        "fraction": "2.5",
        "day": "2006-05-31",
        "one": "small",
        "several": ["small", "large"],
        "order": ["large", "small", ""],
        "table": "",
        "table.0.t_line": "First",
        "table.0.t_whole": "1",
        "table.0.t_fraction": "1.5",
        "table.0.t_day": "2006-05-31",
        "table.0.t_one": "large",
        "table.0.t_several": ["small", "large"],
        "row_a": "large",
        "row_b:missing": "na",
        "deep": "Deep",
        "box_a": ["small"],
    }
    names = {name.partition(":")[0].partition(".")[0] for name in fields}

    reply = one.post(PAGE, {**{f"{name}:revision": "0" for name in names}, **fields})

    assert reply.status_code == 303
    with services.database.read() as session:
        rows = {row.question: row for row in session.exec(select(StoredAnswer))}
    assert {name: row.missing or row.value for name, row in rows.items()} == {
        "line": "A & B",
        "lines": "<b>one</b>\ntwo",
        "whole": 7,
        "fraction": 2.5,
        "day": "2006-05-31",
        "one": "small",
        "several": ["small", "large"],
        "order": ["large", "small"],
        "table": [
            {
                "t_line": "First",
                "t_whole": 1,
                "t_fraction": 1.5,
                "t_day": "2006-05-31",
                "t_one": "large",
                "t_several": ["small", "large"],
            }
        ],
        "row_a": "large",
        "row_b": MissingCode.NOT_APPLICABLE,
        "deep": "Deep",
        "box_a": ["small"],
    }
    again = one.get(PAGE).text
    for words in (
        'value="A &amp; B"',
        "&lt;b&gt;one&lt;/b&gt;\ntwo</textarea>",
        'name="whole" value="7"',
        'name="fraction" value="2.5"',
        'name="day" value="2006-05-31"',
        'name="one" value="small" checked',
        'name="several" value="large" checked',
        '<option value="large" selected>Large</option>',
        'name="table.0.t_fraction" value="1.5"',
        'name="row_a" value="large" checked',
        '<option value="na" selected>Does not apply</option>',
        'name="deep" value="Deep"',
        'name="box_a" value="small" checked',
    ):
        assert words in again


def test_every_kind_unchanged_makes_no_revision(one: Browser, services: Services) -> None:
    one.post(PAGE, {"table:revision": "0", "table.0.t_one": "small", "order:revision": "0"})

    one.post(
        PAGE,
        {
            "table:revision": "1",
            "table.0.t_line": "",
            "table.0.t_one": "small",
            "table.1.t_line": "",
            "table:missing": "",
            "order:revision": "0",
            "order": ["", "", ""],
        },
    )

    with services.database.read() as session:
        rows = session.exec(select(StoredAnswer)).all()
    assert [(row.question, row.revision) for row in rows] == [("table", 1)]


def test_table_that_is_full_offers_no_more_rows(one: Browser) -> None:
    rows = {"table.0.t_line": "First", "table.1.t_line": "Second"}

    one.post(PAGE, {"table:revision": "0", **rows})

    page = one.get(f"{PAGE}?table=table&rows=5").text
    assert 'name="table.1.t_line"' in page
    assert 'name="table.2.t_line"' not in page
    assert "Add a row" not in page


def test_section_that_is_not_asked_is_not_offered(one: Browser) -> None:
    assert one.get("/form/unlikely").status_code == 404
    assert "Unlikely section" not in one.get("/form").text

    one.post(PAGE, {"one:revision": "0", "one": "large"})

    assert one.get("/form/unlikely").status_code == 200
    assert "Unlikely section" in one.get("/form").text


def test_questionnaire_without_panel_can_be_submitted(one: Browser) -> None:
    one.post(PAGE, {"line:revision": "0", "line": "Said"})
    save = partial(one.post, "/form/submit")

    assert "Cleared by (name)" in one.get("/form/submit").text
    assert save({"clearance_name": " "}).status_code == 422
    assert save({"clearance_name": "The Chair"}).headers["location"] == "/form/done"
    assert "Said" in one.get("/form/review").text
