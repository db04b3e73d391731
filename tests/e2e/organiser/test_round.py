"""An organiser's day: sign in, read the board, code a respondent, download the workbook."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import build
from app.downloads.jobs import BUILD_EXPORT
from app.downloads.models import Export
from app.worker import kinds
from tests.fixtures.browser import OpenPage, assert_accessible, narrow
from tests.fixtures.organiser import PASSWORD, answer_demo, email_of
from tests.fixtures.sample import Sample, copy_of, sample_settings
from tests.fixtures.service import LiveServer, serve
from tests.fixtures.shipped import SHIPPED


@pytest.fixture
def server(sqlite_sample: Sample, tmp_path: Path) -> Iterator[LiveServer]:
    """The service with the sample of 2007, in whose demonstration somebody has begun."""
    url = copy_of(sqlite_sample, tmp_path)
    services = build(sample_settings(url, tmp_path / "data"), catalogue=SHIPPED)
    answer_demo(services, sqlite_sample.loaded)
    services.close()
    with serve(url, tmp_path / "data") as server:
        yield server


def sign_in(page: Page, server: LiveServer, role: Role = Role.ADMINISTRATOR) -> None:
    """Go to the rounds, by way of the sign-in."""
    page.goto(f"{server.url}/organiser")
    page.get_by_label("E-mail address").fill(email_of(role))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Rounds", exact=True)).to_be_visible()


def build_what_was_asked_for(server: LiveServer) -> None:
    """What a worker does with the row that the page has written."""
    services = build(server.settings, catalogue=SHIPPED)
    (building,) = [kind for kind in kinds(services) if kind.name == BUILD_EXPORT]
    with services.database.read() as session:
        export = session.exec(select(Export)).one()
    building.record(export.id or 0, 0, building.act(export.id or 0, 0))
    services.close()


def test_organiser_from_a_wrong_password_to_the_workbook(
    page: Page, server: LiveServer, tmp_path: Path
) -> None:
    page.goto(f"{server.url}/organiser/rounds/gfmd-2007")
    page.get_by_label("E-mail address").fill(email_of(Role.ADMINISTRATOR))
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    assert_accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{server.url}/organiser/rounds/gfmd-2007")
    expect(page.get_by_text("9/12 = 75.0 %")).to_be_visible()
    expect(page.locator("table.board tbody tr:not(.band)")).to_have_count(12)
    page.get_by_role("link", name="No response 1").click()
    expect(page.locator("table.board tbody tr:not(.band)")).to_have_count(1)
    page.get_by_role("link", name="All 12").click()

    page.get_by_role("link", name="MTM").click()
    expect(page.get_by_text("Override")).to_be_visible()
    page.get_by_text("Put into a group").click()
    page.get_by_label("Migration and development addressed ad hoc").check()
    page.get_by_label("Why", exact=True).first.fill("As the paper itself says, lines 88-90.")
    page.get_by_role("button", name="Save the group").click()
    expect(page.get_by_role("status")).to_contain_text("The group was saved.")
    expect(page.get_by_text("Earlier codings (1)")).to_be_visible()

    page.get_by_role("link", name="RCPs, development and policy coherence, 2007").click()
    page.get_by_role("link", name="Downloads").click()
    page.get_by_role("button", name="Build the file").click()
    expect(page.get_by_text("this page loads itself again")).to_be_visible()
    build_what_was_asked_for(server)
    expect(page.get_by_text("Ready")).to_be_visible(timeout=15_000)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download gfmd-2007").click()
    workbook = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(workbook)
    assert workbook.suffix == ".xlsx"
    assert {"Cover", "Annex B", "Response status"} <= set(load_workbook(workbook).sheetnames)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You have signed out")
    page.goto(f"{server.url}/organiser/rounds/gfmd-2007")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_organiser_manages_an_invitation_without_javascript(
    open_page: OpenPage, server: LiveServer
) -> None:
    page = open_page(javascript=False, width=360)
    sign_in(page, server)
    page.goto(f"{server.url}/organiser/rounds/rcp-demo")
    page.get_by_role("link", name="Bali Process").click()

    page.get_by_text("Extend the deadline").click()
    page.get_by_label("Last day to answer").fill("2001-01-01")
    page.get_by_role("button", name="Extend", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This day would give no more time.")
    page.get_by_label("Last day to answer").fill("2099-12-31")
    page.get_by_role("button", name="Extend", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The deadline was extended.")

    page.get_by_text("Issue a new personal link").click()
    page.get_by_role("button", name="Show a new link").click()
    link = page.locator("code.secret").inner_text()
    assert link.startswith(f"{server.url}/r/")
    respondent = open_page()
    respondent.goto(link)
    expect(respondent.get_by_role("button")).to_be_visible()


def test_token_can_be_revoked_within_the_width_of_a_telephone(
    open_page: OpenPage, server: LiveServer
) -> None:
    page = open_page(width=360)
    sign_in(page, server)
    page.goto(f"{server.url}/organiser/tokens")
    page.get_by_label("Name", exact=True).fill("nightly statistics")
    page.get_by_role("button", name="Make the token").click()

    button = page.get_by_role("button", name="Revoke")
    box = button.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    assert page.get_by_role("row").count() == 2
    assert_accessible(page)


@pytest.mark.parametrize(
    "path",
    [
        "/organiser",
        "/organiser/surveys/rcp-demo",
        "/organiser/surveys/rcp-demo/open",
        "/organiser/rounds/gfmd-2007",
        "/organiser/rounds/rcp-demo",
        "/organiser/rounds/rcp-demo/respondents/igc",
        "/organiser/rounds/gfmd-2007/respondents/mtm",
        "/organiser/rounds/gfmd-2007/downloads",
        "/organiser/questionnaires",
        "/organiser/tokens",
        "/api/docs",
    ],
)
def test_page_is_accessible_in_both_schemes_and_fits_a_telephone(
    open_page: OpenPage, server: LiveServer, path: str
) -> None:
    page = open_page()
    sign_in(page, server)
    page.goto(server.url + path)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    narrow(page)
    assert_accessible(page)


def test_board_scrolls_within_itself_by_keyboard(page: Page, server: LiveServer) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    sign_in(page, server)
    page.goto(f"{server.url}/organiser/rounds/rcp-demo")
    table = page.get_by_role("region", name="Table of respondents")

    table.focus()
    page.keyboard.press("End")
    for _ in range(10):
        page.keyboard.press("ArrowRight")

    expect(table).to_be_focused()
    page.wait_for_function("element => element.scrollLeft > 0", arg=table.element_handle())
