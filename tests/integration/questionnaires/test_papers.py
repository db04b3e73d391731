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
from tests.fixtures.shipped import SHIPPED
from tests.unit.questionnaires.files import valid

PAPER = f"/questionnaires/{FORM}/2007"


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    built = build(settings, clock=SteppedClock(), catalogue=SHIPPED)
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
        assert f"<strong>{words}</strong>" in french
    assert "needed to submit" not in french
    assert "Si vous ne pouvez pas répondre\u00a0: <strong>" in french


def test_signs_of_a_question_stand_apart(visitor: TestClient) -> None:
    page = visitor.get(f"{PAPER}/form/en").text

    marks = re.search(
        r"In what capacity do you answer[^<]* (<span class=\"mark\">.*?)</h", page, re.DOTALL
    )

    assert marks is not None
    assert re.sub(r"<span class=.visually-hidden.>[^<]*</span>|<[^>]*>", "", marks[1]) == "* ★"


@pytest.mark.parametrize(
    ("language", "direction", "routing", "instruction", "lead"),
    [
        (
            "fr",
            "ltr",
            "→ </span>À remplir si la réponse à C1 est «\u00a0<bdi",
            "Cochez une",
            "vierge",
        ),
        ("es", "ltr", "→ </span>Responda si la respuesta a C1 es «<bdi", "Marque una", "en blanco"),
        (
            "ar",
            "rtl",
            "← </span>يُسأل إذا كانت الإجابة عن C1 هي «<bdi",
            "ضعوا علامة",
            "استمارة فارغة",
        ),
        ("ru", "ltr", "→ </span>Заполняется, если ответ на вопрос C1 — «<bdi", "Отметьте", "бланк"),
    ],
)
def test_page_is_in_the_language_of_the_form_with_its_own_words(
    language: str,
    direction: str,
    routing: str,
    instruction: str,
    lead: str,
    *,
    visitor: TestClient,
) -> None:
    page = visitor.get(f"/questionnaires/{FORM}/2026/form/{language}").text

    assert f'<html lang="{language}" dir="{direction}">' in page
    for words in (routing, instruction, lead):
        assert words in page
    for english in ("Asked", "Tick", "Skip", "One row", "Month", "Blank form", "Codebook", "Write"):
        assert english not in page
    assert f'href="/questionnaires/{FORM}/2026/codebook/{language}"' in page


def test_codebook_is_there_in_each_language(visitor: TestClient) -> None:
    french = visitor.get(f"/questionnaires/{FORM}/2026/codebook/fr").text
    own = visitor.get(f"/questionnaires/{FORM}/2026/codebook").text
    missing = visitor.get(f"/questionnaires/{FORM}/2026/codebook/ja")

    assert '<html lang="fr" dir="ltr">' in french
    assert "<h1>Dictionnaire des variables</h1>" in french
    assert "<dd>À remplir sauf si la réponse à C3 est «\u00a0<bdi" in french
    assert '<span lang="en">GFMD survey 2018' in french
    assert '<html lang="en" dir="ltr">' in own
    assert missing.status_code == 404


def test_codebook_holds_guidance_and_messages_in_every_language(visitor: TestClient) -> None:
    page = visitor.get(f"/questionnaires/{FORM}/2026/codebook").text

    assert "Said when an answer is not accepted" in page
    assert "This does not look like an e-mail address." in page
    assert "Cela ne semble pas être une adresse électronique" in page
    assert "Answers that may not be attributed are counted in totals" in page


def test_codebook_links_questions_with_their_lists(visitor: TestClient) -> None:
    page = visitor.get(f"{PAPER}/codebook")

    assert page.status_code == 200
    assert '<a href="#list-md_treatment">md_treatment</a>' in page.text
    assert 'id="list-md_treatment"' in page.text
    assert '<code dir="ltr">${md_treatment} != &#39;not_addressed&#39;</code>' in page.text


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
    assert '<html lang="ar" dir="rtl">' in arabic.text
    assert "لون دافئ" in arabic.text
    assert "ضعوا علامة في خانة واحدة." in arabic.text
    assert english.headers["etag"] != arabic.headers["etag"]


def test_form_in_a_language_that_we_do_not_speak_has_our_words_in_english(
    services: Services, visitor: TestClient, tmp_path: Path
) -> None:
    text = valid("every_kind").read_text(encoding="utf-8")
    (tmp_path / "every_kind.yaml").write_text(
        text.replace("ar:", "fa:").replace("languages: [en, ar]", "languages: [en, fa]"),
        encoding="utf-8",
    )
    open_a_round(services, definition=load_definition(tmp_path / "every_kind.yaml"))

    page = visitor.get("/questionnaires/every-kind/1/form/fa").text

    assert '<html lang="en" dir="rtl">' in page
    assert '<span lang="fa" dir="rtl">لون دافئ</span>' in page
    assert '<span lang="en" dir="ltr">Tick one.</span>' in page
    assert '<bdi dir="ltr" lang="en"><span aria-hidden="true">→ </span>Only options' in page


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
