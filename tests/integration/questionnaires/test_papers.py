"""Blank forms and codebooks: for anybody, of published versions alone, and cheap to ask again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.bootstrap import Services, build
from app.main import create_app
from app.settings import Settings
from questionnaires.canonical import checksum
from questionnaires.catalogue import DEFINITIONS, Catalogue
from questionnaires.loading import load_definition
from tests.fixtures.rounds import FORM, SteppedClock, open_a_round
from tests.fixtures.service import strict_client
from tests.unit.questionnaires.files import valid

PAPER = f"/questionnaires/{FORM}/2007"


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    built = build(settings, clock=SteppedClock())
    yield built
    built.close()


@pytest.fixture
def visitor(services: Services) -> Iterator[TestClient]:
    """Somebody who has not signed in."""
    with strict_client(create_app(services=services)) as client:
        yield client


def test_blank_form_shows_every_question_with_its_number(
    visitor: TestClient, services: Services
) -> None:
    definition = services.catalogue.get(FORM, "2007")

    page = visitor.get(f"{PAPER}/form/en")

    codes = re.findall(r'<span class="code">([^<]+)</span>', page.text)
    assert page.status_code == 200
    assert codes == [item.code for item in definition.items]
    assert "Asked if C3 is «<bdi" in page.text
    assert "three years" in page.text


def test_what_may_be_said_instead_of_an_answer_is_in_the_language_of_the_form(
    visitor: TestClient,
) -> None:
    french = visitor.get(f"/questionnaires/{FORM}/2026/form/fr").text

    for words in ("Ne sait pas", "Sans objet", "Préfère ne pas répondre"):
        assert f'<strong><span lang="fr">{words}</span></strong>' in french
    assert "needed to submit" not in french


def test_codebook_links_questions_with_their_lists(visitor: TestClient) -> None:
    page = visitor.get(f"{PAPER}/codebook")

    assert page.status_code == 200
    assert '<a href="#list-md_treatment">md_treatment</a>' in page.text
    assert 'id="list-md_treatment"' in page.text
    assert "<code>${md_treatment} != &#39;not_addressed&#39;</code>" in page.text


@pytest.mark.parametrize("path", [f"{PAPER}/form/en", f"{PAPER}/codebook"])
def test_paper_is_the_same_for_everybody_and_not_sent_twice(path: str, visitor: TestClient) -> None:
    first = visitor.get(path)
    tag = first.headers["etag"]

    again = visitor.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    changed = visitor.get(path, headers={"if-none-match": '"other"'})

    assert re.fullmatch(r'"[0-9a-f]{64}"', tag)
    assert first.headers["cache-control"] == "public, max-age=300"
    assert "set-cookie" not in first.headers
    assert "csrf" not in first.text
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (changed.status_code, changed.content) == (200, first.content)


def test_paper_can_only_be_read(visitor: TestClient) -> None:
    answers = {visitor.post(f"{PAPER}/{which}").status_code for which in ("form/en", "codebook")}

    assert answers == {405}


def test_language_that_is_not_there_names_those_that_are(visitor: TestClient) -> None:
    page = visitor.get(f"{PAPER}/form/ja", headers={"accept": "text/html"})

    assert page.status_code == 404
    assert "It is there in: en." in page.text


def test_version_that_is_not_published_is_not_found(visitor: TestClient) -> None:
    paths = (
        f"/questionnaires/{FORM}/1999/form/en",
        f"/questionnaires/{FORM}/1999/codebook",
        "/questionnaires/nothing/2007/form/en",
        "/questionnaires/..%2F..%2Fetc/2007/codebook",
    )

    assert {visitor.get(path).status_code for path in paths} == {404}


def test_file_that_is_not_published_yet_is_not_shown(settings: Settings, tmp_path: Path) -> None:
    root = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, root)
    (root / "every-kind").mkdir()
    shutil.copy(valid("every_kind"), root / "every-kind" / "1.yaml")
    services = build(settings, clock=SteppedClock(), catalogue=Catalogue(root))

    with strict_client(create_app(services=services)) as visitor:
        draft = visitor.get("/questionnaires/every-kind/1/form/en")
        published = visitor.get(f"{PAPER}/form/en")

    services.close()
    assert (draft.status_code, published.status_code) == (404, 200)


def test_version_of_the_database_is_shown_in_each_of_its_languages(
    services: Services, visitor: TestClient
) -> None:
    open_a_round(services, definition=load_definition(valid("every_kind")))

    english = visitor.get("/questionnaires/every-kind/1/form/en")
    arabic = visitor.get("/questionnaires/every-kind/1/form/ar")

    assert '<html lang="en" dir="ltr">' in english.text
    assert '<html lang="en" dir="rtl">' in arabic.text
    assert '<span lang="ar" dir="rtl">لون دافئ</span>' in arabic.text
    assert '<bdi dir="ltr" lang="en">Tick one.</bdi>' in arabic.text
    assert english.headers["etag"] != arabic.headers["etag"]


def test_page_is_made_anew_when_the_definition_is_another(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "every-kind"
    folder.mkdir()
    text = valid("every_kind").read_text(encoding="utf-8")
    seen = []

    for title in ("First title", "Second title"):
        new_text = text.replace("Every kind of question", title)
        (folder / "1.yaml").write_text(new_text, encoding="utf-8")
        line = f"{checksum(load_definition(folder / '1.yaml'))}  every-kind/1\n"
        (tmp_path / "CHECKSUMS.txt").write_text(line, encoding="utf-8")
        services = build(settings, clock=SteppedClock(), catalogue=Catalogue(tmp_path))
        with strict_client(create_app(services=services)) as visitor:
            seen.append(visitor.get("/questionnaires/every-kind/1/form/en").text)
        services.close()

    assert "First title" in seen[0]
    assert "Second title" in seen[1]


def test_start_page_leads_to_the_blank_form(services: Services, visitor: TestClient) -> None:
    (asked,) = open_a_round(services)

    page = visitor.get(f"/r/{asked.focal_point.token}")

    assert f'<a href="{PAPER}/form/en">' in page.text
