"""Pictures: those a questionnaire shows beside its labels, and those that respondents send."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from app.bootstrap import Services, build
from app.responses.models import Material, StoredAnswer
from app.settings import Settings
from questionnaires.catalogue import Catalogue
from questionnaires.loading import load_definition, read_definition
from questionnaires.models import Definition
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round
from tests.integration.responses.browsing import Browser
from tests.unit.questionnaires.files import valid

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"
FORM = """
settings: {form_id: pictured, version: "1", form_title: Pictured}
survey:
  - name: only
    label: Only section
    children:
      - {name: seen, type: note, label: Look at this first, image: map.png}
      - {name: shape, type: text, label: Which shape has it?, code: P1, image: shape.webp}
      - {name: false_one, type: text, label: And this?, code: P2, image: false.png}
"""


@pytest.fixture
def pictured() -> Definition:
    definition, problems = read_definition(FORM, source="pictured")
    assert problems == []
    assert definition is not None
    return definition


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Definitions with the pictures of this one beside it."""
    media = tmp_path / "definitions" / "pictured" / "media"
    media.mkdir(parents=True)
    (media / "map.png").write_bytes(PNG)
    (media / "false.png").write_bytes(b"<html><script>alert(1)</script></html>")
    (media / "unused.png").write_bytes(PNG)
    (media.parent / "1.yaml").write_text(FORM, encoding="utf-8")
    return media.parent.parent


@pytest.fixture
def services(settings: Settings, clock: SteppedClock, root: Path) -> Iterator[Services]:
    built = build(settings, clock=clock, catalogue=Catalogue(root))
    yield built
    built.close()


@pytest.fixture
def asked(services: Services, pictured: Definition) -> Asked:
    (only,) = open_a_round(services, definition=pictured)
    return only


def test_picture_stands_beside_its_label_with_the_label_as_its_words(started: Browser) -> None:
    page = started.get("/form/only").text

    assert '<img src="/form/media/map.png" alt="Picture to: Look at this first">' in page
    assert '<img src="/form/media/shape.webp" alt="Picture to: Which shape has it?">' in page
    picture = started.client.get("/form/media/map.png")
    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    assert picture.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["shape.webp", "false.png", "unused.png", "1.yaml", "..%2F1.yaml", "map.svg"]
)
def test_picture_that_is_none_or_that_the_form_does_not_show_is_not_found(
    started: Browser, name: str
) -> None:
    assert started.client.get(f"/form/media/{name}").status_code == 404


def test_picture_is_for_those_who_fill_the_form(browser: Browser, asked: Asked) -> None:
    assert asked.focal_point.token
    assert browser.client.get("/form/media/map.png").status_code == 401


def test_picture_is_given_to_a_respondents_program_too(browser: Browser, asked: Asked) -> None:
    made = browser.client.post("/api/v1/sessions", json={"token": asked.focal_point.token})
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    media = "/api/v1/questionnaires/pictured/versions/1/media"

    picture = browser.client.get(f"{media}/map.png", headers=bearer)

    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    for name in ("false.png", "unused.png", "..%2F1.yaml", "none.png"):
        assert browser.client.get(f"{media}/{name}", headers=bearer).status_code == 404
    assert browser.client.get(f"{media}/map.png").status_code == 401


def test_catalogue_misses_pictures_that_are_shown_and_not_there(root: Path) -> None:
    problems = Catalogue(root).verify()

    missing = [problem for problem in problems if problem.code == "picture-gone"]
    assert [problem.mend for problem in missing] == ["Put it into the folder pictured/media."]
    assert "shape.webp" in missing[0].message


class TestUploads:
    """A question that asks for a picture, a recording or a film takes nothing else."""

    @pytest.fixture
    def asked(self, services: Services) -> Asked:
        (only,) = open_a_round(services, definition=load_definition(valid("every_kind")))
        return only

    def test_picture_that_was_sent_is_shown_small(
        self, started: Browser, services: Services
    ) -> None:
        reply = started.upload("/form/materials", {"questions": "emblem"}, ("emblem.png", PNG))

        assert reply.status_code == 303
        with services.database.read() as session:
            key = session.exec(select(Material)).one().key
            assert session.exec(select(StoredAnswer)).one().value == key
        thumbnail = f'<img class="thumbnail" src="/form/materials/{key}" alt="">'
        assert thumbnail in started.get("/form/section_a").text

    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("emblem", "is not a picture"),
            ("film", "is not a film"),
        ],
    )
    def test_file_of_another_kind_is_refused(
        self, started: Browser, services: Services, question: str, words: str
    ) -> None:
        page = started.upload("/form/materials", {"questions": question}, ("song.mp3", MP3))

        assert page.status_code == 422
        assert f"«song.mp3» {words}" in page.text
        with services.database.read() as session:
            assert session.exec(select(Material)).all() == []

    def test_recording_answers_the_question_that_asks_for_one(
        self, started: Browser, services: Services
    ) -> None:
        reply = started.upload("/form/materials", {"questions": "anthem"}, ("song.mp3", MP3))

        assert reply.status_code == 303
        with services.database.read() as session:
            assert session.exec(select(StoredAnswer)).one().question == "anthem"

    def test_page_asks_for_the_kind_of_file_that_the_question_wants(self, started: Browser) -> None:
        page = started.get("/form/materials?question=emblem").text

        assert 'accept=".png,.jpg,.jpeg,.gif,.webp"' in page
        assert "Taken are png, jpg, jpeg, gif, webp." in page
