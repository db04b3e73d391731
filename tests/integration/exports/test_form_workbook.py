"""A definition as an XLSForm workbook: read back it is the same, and other tools take it."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from exports.form_workbook import write_form
from questionnaires.loading import load_definition
from questionnaires.models import Definition
from questionnaires.writing import to_yaml
from questionnaires.xlsform import read_form
from tests.unit.questionnaires.files import SHIPPED, VALID, valid
from tests.unit.questionnaires.generated import definitions

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
load = cache(load_definition)


@cache
def written(path: Path) -> bytes:
    return write_form(load(path))


@pytest.mark.parametrize("path", [*VALID, *SHIPPED], ids=lambda path: path.stem)
def test_definition_in_the_tree_comes_back_byte_for_byte(path: Path) -> None:
    form = read_form("form.xlsx", written(path))

    assert form.not_kept == ()
    assert form.definition == load(path)
    assert form.definition is not None
    assert to_yaml(form.definition) == to_yaml(load(path))


@settings(max_examples=8)
@given(definitions())
def test_any_definition_comes_back_byte_for_byte_and_pyxform_takes_it(
    definition: Definition,
) -> None:
    workbook = write_form(definition)
    warnings: list[str] = []

    form = read_form("form.xlsx", workbook)
    convert(workbook, warnings=warnings, file_type=".xlsx")

    assert warnings == []
    assert form.not_kept == ()
    assert form.definition == definition, form.problems
    assert form.definition is not None
    assert to_yaml(form.definition) == to_yaml(definition)


@pytest.mark.parametrize("path", [*VALID, *SHIPPED], ids=lambda path: path.stem)
def test_pyxform_takes_the_workbook_without_a_warning(path: Path) -> None:
    warnings: list[str] = []

    converted = convert(written(path), warnings=warnings, file_type=".xlsx")

    assert warnings == []
    for question in load(path).questions:
        assert f"{question.name}" in converted.xform


def test_workbook_is_laid_out_for_people() -> None:
    book = load_workbook(BytesIO(written(valid("every_kind"))))

    assert book.sheetnames == ["survey", "choices", "settings", "rapporteur"]
    assert book["survey"].freeze_panes == "C2"
    assert book["survey"].column_dimensions["C"].width > 30
    heads = [cell.value for cell in book["survey"][1]]
    assert heads[:4] == ["type", "name", "label::English (en)", "label::Arabic (ar)"]
    assert "rapporteur::code" in heads
    assert book.properties.title == "Every kind of question (1)"
