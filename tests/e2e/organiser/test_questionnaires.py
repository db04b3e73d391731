"""An author's day: upload, faults, a mended upload, a trial, a comparison, publication."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.bootstrap import build
from tests.e2e.organiser.test_round import sign_in
from tests.fixtures.browser import OpenPage, assert_accessible, narrow
from tests.fixtures.questionnaires import FAULTY, NEXT, version
from tests.fixtures.sample import Sample, copy_of, sample_settings
from tests.fixtures.service import LiveServer, serve

TWO_TONGUES = version("2099", ("languages: [en]", "languages: [en, ar]")).replace(
    "label: In what capacity do you answer this questionnaire?",
    "label: {en: In what capacity do you answer?, ar: بأي صفة تجيبون؟}",
)
PATCH_OF_NEXT = NEXT.replace('version: "2099"', 'version: "2099.1"\n  corrects: "2099"').replace(
    "label: Acronym", "label: The acronym"
)

PICTURED = """
settings: {form_id: pictured, version: "1", form_title: Pictured}
survey:
  - name: only
    label: Only section
    children:
      - {name: shape, type: text, label: Which shape has it?, code: P1, image: map.png}
      - {name: coast, type: text, label: Which coast is it?, code: P2, image: coast.webp}
"""


@pytest.fixture
def server(sqlite_sample: Sample, tmp_path: Path) -> Iterator[LiveServer]:
    """The service with the sample of 2007."""
    url = copy_of(sqlite_sample, tmp_path)
    build(sample_settings(url, tmp_path / "data")).close()
    with serve(url, tmp_path / "data") as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The files that an author has on the desk."""
    for name, text in (
        ("faulty", FAULTY),
        ("mended", TWO_TONGUES),
        ("next", NEXT),
        ("patch", PATCH_OF_NEXT),
    ):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def look_at(page: Page) -> None:
    """What holds for every page of the journey, on a desk and on a telephone."""
    size = page.viewport_size
    assert size is not None
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert_accessible(page)
    narrow(page)
    assert_accessible(page)
    page.set_viewport_size(size)


def upload(page: Page, file: Path) -> None:
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload").click()


def test_author_from_a_faulty_file_to_a_published_version(
    page: Page, server: LiveServer, files: Path
) -> None:
    sign_in(page, server)
    page.get_by_role("link", name="Questionnaires").click()
    page.get_by_role("link", name="Upload a questionnaire").click()
    look_at(page)
    upload(page, files / "faulty.yaml")

    expect(page.get_by_role("status")).to_contain_text("is kept as a draft")
    expect(page.get_by_text("There is no type «dtae».")).to_be_visible()
    expect(page.get_by_text("Did you mean «date»?")).to_be_visible()
    expect(page.get_by_role("link", name="Publish")).to_have_count(0)
    look_at(page)

    upload(page, files / "mended.yaml")
    expect(page.get_by_text("No faults")).to_be_visible()
    look_at(page)

    page.get_by_role("link", name="Try it as respondents will see it").click()
    expect(page.get_by_text("This is a try-out.")).to_be_visible()
    look_at(page)
    page.get_by_role("link", name="Begin", exact=True).click()
    expect(page.locator("input[name=resp_role_other]")).to_have_count(0)
    page.get_by_label("Another capacity").check()
    page.get_by_role("button", name="Save and see what is asked now").click()
    expect(page.get_by_role("status")).to_contain_text("Saved as test answers.")
    expect(page.locator("input[name=resp_role_other]")).to_be_visible()
    look_at(page)
    page.get_by_label("Shown in").select_option("ar")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("بأي صفة تجيبون؟").first).to_be_visible()
    expect(page.locator(".previewed")).to_have_attribute("dir", "rtl")
    expect(page.locator(".previewed .hint").first).to_have_css("text-align", "right")
    look_at(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_text("What would stand in the way of returning it")).to_be_visible()

    page.get_by_role("link", name="Draft rcp-migration-development 2099").click()
    page.get_by_role("link", name="version 2007", exact=True).click()
    expect(page.get_by_role("heading", name="Version 2099 compared with 2007")).to_be_visible()
    look_at(page)
    page.go_back()
    page.get_by_role("link", name="Publish").click()
    expect(page.get_by_text("It never changes again.")).to_be_visible()
    expect(page.get_by_text("The 1 test answer is wiped.")).to_be_visible()
    look_at(page)
    page.get_by_label("Notes").fill("The capacity is asked in Arabic, too.")
    page.get_by_role("button", name="Publish version 2099").click()

    expect(page.get_by_role("status")).to_contain_text("never changes from now on")
    expect(page.get_by_text("The capacity is asked in Arabic, too.")).to_be_visible()
    look_at(page)
    page.get_by_role("link", name="Questionnaires").first.click()
    expect(page.get_by_text("Superseded").first).to_be_visible()
    expect(page.get_by_role("heading", name="Drafts")).to_have_count(0)
    look_at(page)


def test_author_publishes_a_version_and_its_patch_without_javascript_on_a_telephone(
    open_page: OpenPage, server: LiveServer, files: Path
) -> None:
    page = open_page(javascript=False, width=360)
    sign_in(page, server)
    for name, number in (("next", "2099"), ("patch", "2099.1")):
        page.goto(f"{server.url}/organiser/questionnaires/new")
        upload(page, files / f"{name}.yaml")
        page.get_by_role("link", name="Publish").click()
        page.get_by_label("Notes").fill("Clearer words.")
        page.get_by_role("button", name=f"Publish version {number}").click()
        expect(page.get_by_role("status")).to_contain_text("Published.")

    expect(page.get_by_text("Patch of")).to_be_visible()
    page.goto(f"{server.url}/organiser/questionnaires")
    expect(page.get_by_text("patch of 2099")).to_be_visible()
    page.get_by_role("link", name="2099.1").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="XLSForm (Excel)").click()
    assert downloading.value.suggested_filename == "rcp-migration-development-2099.1.xlsx"


def test_author_uploads_the_pictures_that_the_form_shows(
    open_page: OpenPage, server: LiveServer, tmp_path: Path
) -> None:
    page = open_page()
    form, picture = tmp_path / "pictured.yaml", tmp_path / "any-name.png"
    form.write_text(PICTURED, encoding="utf-8")
    picture.write_bytes(page.screenshot(clip={"x": 0, "y": 0, "width": 300, "height": 150}))
    sign_in(page, server)
    page.goto(f"{server.url}/organiser/questionnaires/new")
    upload(page, form)
    expect(page.get_by_text("not ready to be published")).to_be_visible()
    look_at(page)

    page.get_by_label("File for map.png").set_input_files(picture)
    page.get_by_role("button", name="Upload map.png").click()
    expect(page.get_by_role("status")).to_contain_text("The picture is kept with the draft.")
    expect(page.get_by_role("img", name="map.png")).to_have_js_property("naturalWidth", 300)
    look_at(page)
    page.get_by_role("link", name="Try it as respondents will see it").click()
    page.get_by_role("link", name="Only section").first.click()
    shown = page.get_by_role("img", name="Picture to: Which shape has it?")
    expect(shown).to_have_js_property("naturalWidth", 300)
    page.get_by_role("link", name="Submitting").first.click()
    look_at(page)
    page.get_by_role("button", name="See whether it would be taken").click()
    expect(page.get_by_role("alert")).to_contain_text("in the way")
    look_at(page)
    page.get_by_role("link", name="Declining").first.click()
    look_at(page)
