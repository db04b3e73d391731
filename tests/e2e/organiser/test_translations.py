"""An organiser sends a form to a translator and takes the translation back, on any screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from app.accounts.models import Role
from app.bootstrap import build
from tests.e2e.organiser.test_round import sign_in
from tests.fixtures.browser import HEIGHT, WIDE, assert_accessible, narrow
from tests.fixtures.languages import SPOKEN
from tests.fixtures.sample import Sample, copy_of, sample_settings
from tests.fixtures.service import LiveServer, serve


@pytest.fixture
def server(sqlite_sample: Sample, tmp_path: Path) -> Iterator[LiveServer]:
    url = copy_of(sqlite_sample, tmp_path)
    build(sample_settings(url, tmp_path / "data")).close()
    with serve(url, tmp_path / "data") as server:
        yield server


def look_at(page: Page) -> None:
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    assert_accessible(page)
    narrow(page)
    assert_accessible(page)


def test_translation_goes_out_and_comes_back_with_its_faults(
    page: Page, server: LiveServer, tmp_path: Path
) -> None:
    form, workbook = tmp_path / "ferries.yaml", tmp_path / "fr.xlsx"
    form.write_text(SPOKEN, encoding="utf-8")
    sign_in(page, server, Role.ADMINISTRATOR)
    page.goto(f"{server.url}/organiser/questionnaires/new")
    page.get_by_label("File").set_input_files(form)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="Translations").click()
    expect(page.get_by_role("row", name="French")).to_contain_text("10 of 11")
    look_at(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook for French").click()
    download.value.save_as(workbook)
    book = load_workbook(workbook)
    rows = {row[5].value: row[2] for row in book["Translation"].iter_rows(min_row=2)}
    rows["traffic.hint"].value = "<b>Par traversier</b>"
    rows["traffic.label"].value = "Qui traverse ?"
    book.save(workbook)
    page.get_by_label("Workbook of the translator").set_input_files(workbook)
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_role("status")).to_contain_text("1 text in French taken, 1 fault")
    expect(page.locator("#errors-table")).to_contain_text("markup")
    look_at(page)
