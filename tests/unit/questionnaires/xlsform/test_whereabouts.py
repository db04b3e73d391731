"""Faults that are found after a form was read stand where its author can find them."""

from questionnaires.loading import read_definition
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.publishing import check_publishing
from questionnaires.translation import with_texts
from questionnaires.whereabouts import Whereabouts
from questionnaires.xlsform import read_form

FORM = """\
| survey |
| | type | name | label::English (en) | label::French (fr) | rapporteur::concept |
| | begin group | one | One | Un | |
| | integer | size | How many? | Combien ? | c |
| | end group | | | | |
| settings |
| | form_id | version | form_title::English (en) | form_title::French (fr) |
| | ports   | 1       | Ports      | Ports |
"""
YAML = """\
settings:
  form_id: ports
  version: "1"
  form_title: Ports
survey:
  - name: one
    label: One
    children:
      - name: size
        type: integer
        code: A1
        label: How many?
"""


def read(text: str) -> tuple[Definition, Whereabouts]:
    form = read_form("form.md", text.encode())
    assert form.definition is not None, form.problems
    return form.definition, form.whereabouts


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems]


def test_what_stands_in_the_way_of_publishing_is_told_at_its_cell() -> None:
    definition, whereabouts = read(FORM)
    before, _ = read(FORM.replace("integer", "date"))

    found = whereabouts.placed(check_publishing(definition, [before]))

    assert places(found) == [
        ("version-published", "settings, row 8, column version"),
        ("retyped", "survey, row 4, column type"),
    ]


def test_what_stands_in_the_way_of_publishing_is_told_at_its_line() -> None:
    whereabouts = Whereabouts()
    definition, _ = read_definition(YAML, source="form.yaml", lines=whereabouts.lines)
    assert definition is not None

    (problem,) = whereabouts.placed(check_publishing(definition, [definition]))

    assert (problem.place, problem.line) == ("settings/version", 3)


def test_what_is_not_the_same_in_a_patch_is_told_at_its_cell() -> None:
    sheet = "| rapporteur |\n| | setting | value |\n| | corrects | 1 |\n"
    text = FORM.replace("| 1       |", "| 1.1 |").replace("| c |", "| d |") + sheet
    definition, whereabouts = read(text)

    found = whereabouts.placed(check_publishing(definition, [read(FORM)[0]]))

    assert places(found) == [("not-a-patch", "survey, row 4, column rapporteur::concept")]


def test_form_with_other_words_is_linted_at_the_cells_of_its_file() -> None:
    definition, whereabouts = read(FORM)

    found = whereabouts.lint(with_texts(definition, "fr", {"size.label": "Combien de 7 ?"}))

    assert places(found) == [("number-mismatch", "survey, row 4, column label::English (en)")]
