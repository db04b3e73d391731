"""Translations as organisers handle them: completeness, a workbook out, and one back."""

import html
import re
from io import BytesIO

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from app.accounts.models import Role
from app.audit.queries import list_entries
from app.bootstrap import Services
from questionnaires.loading import read_definition
from tests.integration.organiser.conftest import SignIn, Visitor

HERE = "/organiser/questionnaires"
PUBLISHED = f"{HERE}/versions/rcp-migration-development/2007/translations"
FERRIES = """
settings: {form_id: ferries, version: "1", form_title: Ferries, languages: [en, fr]}
survey:
  - name: section_a
    label: {en: Traffic, fr: <i>Trafic</i>}
    children:
      - {name: traffic, type: integer, label: How many boats in 2026?, code: A1}
"""


@pytest.fixture
def organiser(signed_in: SignIn) -> Visitor:
    return signed_in(Role.ORGANISER)


@pytest.fixture
def draft(organiser: Visitor) -> str:
    """The address of a draft's translations."""
    answer = organiser.client.post(
        f"{HERE}/drafts",
        data={"csrf": organiser.csrf()},
        files={"file": ("ferries.yaml", FERRIES.encode())},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    return str(answer.headers["location"]).partition("?")[0] + "/translations"


def filled(content: bytes, remark: str = "", **texts: str) -> bytes:
    """A workbook with translations, by ids whose points are written as underscores."""
    book = load_workbook(BytesIO(content))
    for row in book["Translation"].iter_rows(min_row=2):
        said = texts.get(str(row[5].value).replace(".", "_"))
        if said is not None:
            row[2].value = said
            row[4].value = remark or None
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(
    visitor: Visitor, draft: str, content: bytes, *, revision: str = "1", name: str = "fr.xlsx"
) -> Response:
    return visitor.client.post(
        draft,
        data={"csrf": visitor.csrf(), "revision": revision},
        files={"file": (name, content)},
        follow_redirects=False,
    )


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.replace("<wbr>", "")).split())


def test_page_says_how_far_each_language_is_and_what_is_wrong(
    organiser: Visitor, draft: str
) -> None:
    page = words(organiser.get(draft).text)

    assert "French français 1 of 3 – 1 Workbook" in page
    assert "French: 2 texts not translated yet, 1 fault or remark" in page
    assert "The questionnaire as a whole › title of the questionnaire: Ferries" in page
    assert "There is markup in the translation: «<i>», «</i>»." in html.unescape(page)
    assert "Section › heading There is markup" in page
    assert "section_a.label" not in page
    assert "Choose… A" in page


def test_workbook_for_a_language_can_be_taken_away(organiser: Visitor, draft: str) -> None:
    answer = organiser.get(f"{draft}/file?language=ar")

    assert "ferries-1-ar.xlsx" in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content))["Translation"]
    assert sheet.sheet_view.rightToLeft
    assert sheet["C1"].value == "Translation: Arabic (ar)"


@pytest.mark.parametrize("language", ["", "en", "français", "../x"])
def test_workbook_needs_a_language_to_translate_into(
    organiser: Visitor, draft: str, language: str
) -> None:
    answer = organiser.client.get(f"{draft}/file", params={"language": language})

    assert answer.status_code == 422
    assert "Give the tag of the language to translate into" in answer.text


def test_translation_without_a_fault_is_taken(
    organiser: Visitor, services: Services, draft: str
) -> None:
    workbook = filled(
        organiser.get(f"{draft}/file?language=fr").content,
        settings_form_title="Traversiers",
        section_a_label="Trafic",
        traffic_label="Combien de bateaux en 2026 ?",
    )

    answer = send(organiser, draft, workbook)

    assert answer.status_code == 303
    page = words(organiser.get(str(answer.headers["location"])).text)
    assert "The translation into French was read without a fault; 3 of 3 texts" in page
    file = organiser.get(draft.replace("/translations", "/file")).text
    definition, _ = read_definition(file, source="draft")
    assert definition is not None
    assert definition.by_name["traffic"].label["fr"] == "Combien de bateaux en 2026 ?"
    with services.database.read() as session:
        actions = [entry.action for entry in list_entries(session)]
    assert "questionnaire.draft-replaced" in actions


def test_file_of_the_author_stays_when_a_translation_is_taken(
    organiser: Visitor, draft: str
) -> None:
    here = draft.removesuffix("/translations")
    workbook = organiser.get(f"{draft}/file?language=fr").content

    send(organiser, draft, filled(workbook, settings_form_title="Traversiers"))

    answer = organiser.get(f"{here}/upload")
    assert answer.content == FERRIES.encode()
    assert "ferries.yaml" in answer.headers["content-disposition"]
    page = words(organiser.get(here).text)
    assert "ferries.yaml as it was uploaded, without the translations taken back since" in page
    assert "Translations were taken back after «ferries.yaml» was uploaded" in page
    assert "Traversiers" in organiser.get(f"{here}/file?format=yaml").text


def test_remarks_stay_at_the_lines_of_the_author_when_a_translation_is_taken(
    organiser: Visitor, draft: str
) -> None:
    here = draft.removesuffix("/translations")
    workbook = organiser.get(f"{draft}/file?language=fr").content

    send(organiser, draft, filled(workbook, settings_form_title="Traversiers"))

    page = words(organiser.get(here).text)
    assert "survey/section_a/traffic line 7 «label» has no text in fr." in page
    assert "«form_title» has no text" not in page


def test_rows_with_a_fault_are_listed_and_all_others_taken(organiser: Visitor, draft: str) -> None:
    workbook = filled(
        organiser.get(f"{draft}/file?language=fr").content,
        "Is it about ships?",
        section_a_label="Trafic",
        traffic_label="Combien de bateaux ?",
    )

    answer = send(organiser, draft, workbook)

    assert answer.status_code == 200
    page = words(answer.text)
    assert "1 text in French taken , 1 fault: the rows with a fault were not taken" in page
    assert "Translation, row 4, column C The numbers differ" in page
    assert "traffic.label Translation, row 4, column E Is it about ships?" in page
    assert 'name="revision" value="2"' in answer.text
    assert "French français 1 of 3 – – Workbook" in words(organiser.get(draft).text)


def test_file_that_is_no_translation_changes_nothing(organiser: Visitor, draft: str) -> None:
    answer = send(organiser, draft, b"Dear colleague")

    assert answer.status_code == 422
    assert "Nothing was taken; the file is no translation of this questionnaire." in words(
        answer.text
    )
    assert "is not an Excel workbook" in answer.text
    assert 'name="revision" value="1"' in organiser.get(draft).text


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "No file was chosen."), (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB")],
)
def test_without_a_file_or_with_too_large_a_one_it_says_so(
    organiser: Visitor, draft: str, content: bytes, said: str
) -> None:
    answer = send(organiser, draft, content, name="fr.xlsx" if content else "")

    assert answer.status_code == 422
    assert said in answer.text


def test_draft_that_a_colleague_has_changed_is_not_overwritten(
    organiser: Visitor, draft: str
) -> None:
    workbook = filled(
        organiser.get(f"{draft}/file?language=fr").content, settings_form_title="Traversiers"
    )
    send(organiser, draft, workbook)

    other = filled(workbook, settings_form_title="Bacs")
    answer = send(organiser, draft, other, revision="1")

    assert answer.status_code == 409
    assert "A colleague has uploaded another file" in answer.text
    assert "Traversiers" in organiser.get(draft.replace("/translations", "/file")).text


def test_published_version_shows_its_languages_and_takes_nothing_back(organiser: Visitor) -> None:
    page = organiser.get(PUBLISHED).text

    assert "A published version never changes." in page
    assert 'enctype="multipart/form-data"' not in page
    assert organiser.client.post(PUBLISHED, data={"csrf": organiser.csrf()}).status_code == 405


def test_observer_takes_a_workbook_of_a_published_version_away(signed_in: SignIn) -> None:
    answer = signed_in(Role.OBSERVER).get(f"{PUBLISHED}/file?language=fr")

    sheet = load_workbook(BytesIO(answer.content))["Translation"]
    assert sheet.max_row > 300
    assert sheet["C1"].value == "Translation: French (fr)"
