"""Pictures of drafts by program: list, upload, read, take out."""

from app.accounts.models import Role
from tests.integration.api.conftest import API, ByRole, Program

DRAFTS = f"{API}/questionnaire-drafts"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
FORM = b"""
settings: {form_id: pictured, version: "1", form_title: Pictured}
survey:
  - name: only
    label: Only section
    children:
      - {name: shape, type: text, label: Which shape has it?, code: P1, image: map.png}
"""


def put(caller: Program, here: str, content: bytes, *, etag: str, name: str = "map.png") -> int:
    sent = caller.put(
        f"{here}/pictures/{name}",
        files={"file": ("chosen.png", content)},
        headers={"If-Match": etag},
    )
    return sent.status_code


def test_journey_of_a_picture_from_its_absence_to_the_version(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)
    here = organiser.post(DRAFTS, files={"file": ("form.yaml", FORM)}).headers["location"]

    missing = organiser.get(here).json()["in_the_way"]
    (listed,) = organiser.all(f"{here}/pictures")
    assert [fault["code"] for fault in missing] == ["picture-missing"]
    assert (listed["name"], listed["media_type"]) == ("map.png", None)
    assert listed["beside"] == ["Which shape has it?"]
    assert put(organiser, here, b"<html>", etag='"1"') == 415
    assert put(organiser, here, PNG, etag='"1"', name="unused.png") == 422
    assert put(organiser, here, PNG, etag='"1"') == 200
    assert put(organiser, here, PNG, etag='"1"') == 409
    (listed,) = organiser.all(f"{here}/pictures")
    assert (listed["media_type"], listed["size"]) == ("image/png", len(PNG))
    assert organiser.get(f"{here}/pictures/map.png").content == PNG
    draft = organiser.get(here)
    assert (draft.json()["in_the_way"], draft.json()["revision"]) == ([], 2)
    published = organiser.post(
        f"{here}/publication",
        json={"notes": "First."},
        headers={"If-Match": draft.headers["etag"]},
    )
    assert published.status_code == 201
    version = f"{API}/questionnaires/pictured/versions/1/media/map.png"
    assert organiser.get(version).content == PNG


def test_picture_that_was_taken_out_is_missed_again(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)
    here = organiser.post(DRAFTS, files={"file": ("form.yaml", FORM)}).headers["location"]
    put(organiser, here, PNG, etag='"1"')

    without = organiser.call("DELETE", f"{here}/pictures/map.png")
    removed = organiser.call("DELETE", f"{here}/pictures/map.png", headers={"If-Match": '"2"'})

    assert (without.status_code, removed.status_code) == (428, 204)
    assert removed.headers["etag"] == '"3"'
    assert organiser.get(f"{here}/pictures/map.png").status_code == 404
