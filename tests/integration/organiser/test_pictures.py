"""Pictures beside labels of questionnaires that were uploaded: from the draft to the respondent."""

import pytest
from httpx2 import Response
from sqlmodel import col, select

from app.accounts.models import Role
from app.audit.queries import list_entries
from app.bootstrap import Services
from app.questionnaires.models import DraftPicture, VersionPicture
from tests.fixtures.questionnaires import definition
from tests.fixtures.rounds import open_a_round
from tests.integration.organiser.conftest import SignIn, Visitor

HERE = "/organiser/questionnaires"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
OTHER = PNG + b"another"
GIF = b"GIF89a\x01\x00\x01\x00\x00"
FORM = """
settings: {{form_id: pictured, version: "{version}", form_title: Pictured{more}}}
survey:
  - name: only
    label: Only section
    children:
      - {{name: seen, type: note, label: Look at this first, image: map.png}}
      - {{name: shape, type: text, label: Which shape has it?, code: P1, image: shape.gif}}
"""
FIRST = FORM.format(version="1", more="")
PATCH = FORM.format(version="1.1", more=', corrects: "1"')
NEXT = FORM.format(version="2", more="")


def kept(visitor: Visitor, text: str = FIRST) -> str:
    """Upload a form; the address of the draft."""
    answer = visitor.client.post(
        f"{HERE}/drafts",
        data={"csrf": visitor.csrf()},
        files={"file": ("form.yaml", text.encode())},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def illustrate(
    visitor: Visitor, draft: str, name: str, content: bytes, *, revision: int = 1
) -> Response:
    return visitor.client.post(
        f"{draft}/pictures",
        data={"csrf": visitor.csrf(), "name": name, "revision": str(revision)},
        files={"file": ("chosen", content)},
        follow_redirects=False,
    )


def publish(visitor: Visitor, draft: str, *, revision: int = 1) -> Response:
    return visitor.post(f"{draft}/publish", revision=str(revision), notes="New.")


def published(visitor: Visitor) -> str:
    """The first version with both of its pictures; the address of its own page."""
    draft = kept(visitor)
    illustrate(visitor, draft, "map.png", PNG)
    illustrate(visitor, draft, "shape.gif", GIF, revision=2)
    answer = publish(visitor, draft, revision=3)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


@pytest.fixture
def organiser(signed_in: SignIn) -> Visitor:
    return signed_in(Role.ORGANISER)


def test_picture_that_is_not_there_stands_in_the_way_until_it_is_uploaded(
    organiser: Visitor,
) -> None:
    draft = kept(organiser)

    before = organiser.get(draft).text
    listed = organiser.get(HERE).text
    refused = publish(organiser, draft)
    illustrate(organiser, draft, "map.png", PNG)
    illustrate(organiser, draft, "shape.gif", GIF, revision=2)
    after = organiser.get(draft).text

    assert "«Look at this first» shows the picture map.png, which is not there." in before
    assert "Upload it on the page of the draft" in before
    assert "Sound, but not ready to be published" in before
    assert "Sound, but not ready to be published" in listed
    assert refused.status_code == 422
    assert "No faults" in organiser.get(HERE).text
    assert "No faults" in after
    assert f'src="{draft}/media/map.png"' in after


def test_draft_hands_its_pictures_to_those_who_write_it_and_to_nobody_else(
    organiser: Visitor, signed_in: SignIn, visitor: Visitor
) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)

    picture = organiser.get(f"{draft}/media/map.png")

    assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
    assert organiser.get(f"{draft}/media/shape.gif").status_code == 404
    assert organiser.get(f"{draft}/media/none.png").status_code == 404
    assert signed_in(Role.OBSERVER).get(f"{draft}/media/map.png").status_code == 403
    assert visitor.get(f"{draft}/media/map.png").status_code == 303


def test_preview_shows_pictures_at_an_address_that_organisers_may_read(organiser: Visitor) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)

    page = organiser.get(f"{draft}/preview/only").text

    assert f'<img src="{draft}/media/map.png" alt="Picture to: Look at this first">' in page
    assert "/form/media" not in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("map.png", b"<html><script>alert(1)</script></html>", "its content is something"),
        ("map.png", b"", "The file is empty"),
        ("map.png", PNG + bytes(2 * 1024 * 1024), "larger than 2 MB"),
        ("unused.png", PNG, "The form shows no picture «unused.png»"),
        ("../map.png", PNG, "The form shows no picture"),
    ],
)
def test_picture_that_cannot_be_taken_is_refused_with_its_reason(
    organiser: Visitor, services: Services, name: str, content: bytes, words: str
) -> None:
    draft = kept(organiser)

    answer = illustrate(organiser, draft, name, content)

    assert answer.status_code in {413, 415, 422}
    assert "The picture was not taken; the draft is as it was." in answer.text
    assert words in answer.text
    with services.database.read() as session:
        assert session.exec(select(DraftPicture)).all() == []


def test_refused_picture_is_told_which_pictures_are_taken_and_nothing_else(
    organiser: Visitor,
) -> None:
    answer = illustrate(organiser, kept(organiser), "map.png", b"%PDF-1.7")

    assert "Taken are: png, jpg, jpeg, gif, webp." in answer.text


def test_form_without_a_chosen_picture_says_so(organiser: Visitor) -> None:
    draft = kept(organiser)

    answer = organiser.client.post(
        f"{draft}/pictures",
        data={"csrf": organiser.csrf(), "name": "map.png", "revision": "1"},
        files={"note": (None, "")},
    )

    assert answer.status_code == 422
    assert "No picture was chosen." in answer.text


def test_picture_is_not_published_by_who_has_not_seen_it(organiser: Visitor) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)

    twice = illustrate(organiser, draft, "map.png", OTHER)
    unseen = publish(organiser, draft)

    assert (twice.status_code, unseen.status_code) == (409, 409)
    assert organiser.get(f"{draft}/media/map.png").content == PNG


def test_picture_can_be_replaced_and_taken_out(organiser: Visitor, services: Services) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)
    illustrate(organiser, draft, "map.png", OTHER, revision=2)
    replaced = organiser.get(f"{draft}/media/map.png").content

    removed = organiser.post(f"{draft}/pictures/remove", name="map.png", revision="3")
    again = organiser.post(f"{draft}/pictures/remove", name="map.png", revision="4")

    assert replaced == OTHER
    assert (removed.status_code, again.status_code) == (303, 404)
    assert organiser.get(f"{draft}/media/map.png").status_code == 404
    with services.database.read() as session:
        actions = [entry.action for entry in list_entries(session)]
    assert actions.count("questionnaire.picture-added") == 2
    assert actions.count("questionnaire.picture-removed") == 1


def test_discarded_draft_takes_its_pictures_along(organiser: Visitor, services: Services) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)

    answer = organiser.post(f"{draft}/discard", revision="2", sure="yes")

    assert answer.status_code == 303
    with services.database.read() as session:
        assert session.exec(select(DraftPicture)).all() == []


def test_published_version_keeps_its_pictures_for_good(
    organiser: Visitor, services: Services
) -> None:
    published(organiser)

    with services.database.read() as session:
        rows = session.exec(select(VersionPicture).order_by(col(VersionPicture.name))).all()
        assert [(row.name, row.media_type, row.size) for row in rows] == [
            ("map.png", "image/png", len(PNG)),
            ("shape.gif", "image/gif", len(GIF)),
        ]
        assert session.exec(select(DraftPicture)).all() == []
    for row in rows:
        with services.storage.open(row.sha256) as stream:
            assert stream.read() == {"map.png": PNG, "shape.gif": GIF}[row.name]


@pytest.mark.parametrize("later", [PATCH, NEXT])
def test_later_version_takes_over_pictures_of_the_same_name(
    organiser: Visitor, services: Services, later: str
) -> None:
    published(organiser)
    draft = kept(organiser, later)

    page = organiser.get(draft).text
    taken_over = organiser.get(f"{draft}/media/map.png").content
    illustrate(organiser, draft, "map.png", OTHER)
    answer = publish(organiser, draft, revision=2)

    assert page.count("taken over from version 1") == 2
    assert "No faults" in page
    assert taken_over == PNG
    assert answer.status_code == 303
    with services.database.read() as session:
        rows = session.exec(select(VersionPicture).order_by(col(VersionPicture.id))).all()
        assert len(rows) == 4
        assert rows[0].sha256 != rows[2].sha256
        assert rows[1].sha256 == rows[3].sha256


def test_respondents_see_the_pictures_of_the_version_they_were_asked_by(
    organiser: Visitor, services: Services, visitor: Visitor
) -> None:
    published(organiser)
    (asked,) = open_a_round(services, definition=definition(FIRST), slug="pictured")
    made = visitor.client.post("/api/v1/sessions", json={"token": asked.focal_point.token})
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    media = "/api/v1/questionnaires/pictured/versions/1/media"

    picture = visitor.client.get(f"{media}/shape.gif", headers=bearer)

    assert (picture.content, picture.headers["content-type"]) == (GIF, "image/gif")
    assert visitor.client.get(f"{media}/none.png", headers=bearer).status_code == 404


def test_picture_whose_file_was_changed_is_not_shown(
    organiser: Visitor, services: Services
) -> None:
    draft = kept(organiser)
    illustrate(organiser, draft, "map.png", PNG)
    (file,) = (services.settings.data_dir / "uploads").glob("*/*")
    file.write_bytes(OTHER)

    answer = organiser.get(f"{draft}/media/map.png")

    assert answer.status_code == 500
    assert "The picture map.png is not what was uploaded" in answer.text
