"""Translations by program: completeness, a workbook out, and one back into a draft."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.accounts.models import Role
from tests.integration.api.conftest import API, ByRole, Program

FERRIES = """
settings: {form_id: ferries, version: "1", form_title: Ferries, languages: [en, fr]}
survey:
  - name: section_a
    label: {en: Traffic, fr: Trafic}
    children:
      - {name: traffic, type: integer, label: How many boats in 2026?, code: A1}
"""
PUBLISHED = f"{API}/questionnaires/rcp-migration-development/versions/2007/translations"


@pytest.fixture
def organiser(program: ByRole) -> Program:
    return program(Role.ORGANISER)


@pytest.fixture
def draft(organiser: Program) -> str:
    """The address of a draft's translations."""
    made = organiser.post(
        f"{API}/questionnaire-drafts", files={"file": ("ferries.yaml", FERRIES.encode())}
    )
    assert made.status_code == 201
    return f"{made.headers['location']}/translations"


def workbook(organiser: Program, draft: str, **texts: str) -> bytes:
    """The workbook for French with translations, by ids whose points are underscores."""
    answer = organiser.get(f"{draft}/fr/file")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    for row in book["Translation"].iter_rows(min_row=2):
        said = texts.get(str(row[5].value).replace(".", "_"))
        if said is not None:
            row[2].value = said
            row[4].value = "Done"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_languages_say_what_is_missing(organiser: Program, draft: str) -> None:
    assert organiser.all(draft) == [
        {
            "language": "fr",
            "name": "French",
            "direction": "ltr",
            "translated": 1,
            "total": 3,
            "missing": ["settings.form_title", "traffic.label"],
            "outdated": [],
            "problems": [],
        }
    ]


def test_translation_is_taken_but_for_rows_with_a_fault(organiser: Program, draft: str) -> None:
    content = workbook(
        organiser, draft, settings_form_title="Traversiers", traffic_label="Combien de bateaux ?"
    )

    answer = organiser.post(
        draft, files={"file": ("fr.xlsx", content)}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2"'
    said = answer.json()
    assert said["language"] == "fr"
    assert said["taken"] == ["settings.form_title"]
    assert (said["unchanged"], said["empty"], said["revision"]) == (1, 0, 2)
    assert [(one["code"], one["place"]) for one in said["problems"]] == [
        ("number-mismatch", "Translation, row 4, column C")
    ]
    assert [one["id"] for one in said["remarks"]] == ["settings.form_title", "traffic.label"]
    assert organiser.all(draft)[0]["translated"] == 2


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [({}, 428, "precondition-required"), ({"If-Match": '"7"'}, 409, "conflict")],
)
def test_translation_needs_the_revision_that_was_read(
    organiser: Program, draft: str, headers: dict[str, str], status: int, code: str
) -> None:
    content = workbook(organiser, draft, settings_form_title="Traversiers")

    answer = organiser.post(draft, files={"file": ("fr.xlsx", content)}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert organiser.all(draft)[0]["translated"] == 1


def test_file_that_is_no_translation_is_told_and_changes_nothing(
    organiser: Program, draft: str
) -> None:
    answer = organiser.post(
        draft, files={"file": ("fr.xlsx", b"Dear colleague")}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 200
    said = answer.json()
    assert (said["language"], said["taken"], said["revision"]) == (None, [], 1)
    assert [one["code"] for one in said["problems"]] == ["not-a-workbook"]


def test_published_version_has_workbooks_too(organiser: Program) -> None:
    assert organiser.all(PUBLISHED) == []
    answer = organiser.get(f"{PUBLISHED}/ar/file")

    assert answer.headers["content-disposition"].startswith("attachment")
    assert load_workbook(BytesIO(answer.content))["Translation"].sheet_view.rightToLeft
    assert organiser.get(f"{PUBLISHED}/en/file").status_code == 422
