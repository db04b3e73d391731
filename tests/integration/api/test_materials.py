"""Materials: files, links and notes, by respondents and on their behalf."""

from hashlib import sha256

import pytest
from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import Services
from app.responses.models import Material
from tests.fixtures.organiser import Answering, submit
from tests.integration.api.conftest import BALI, IGC, ByRole, Program

MATERIALS = f"{IGC}/materials"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def add(program: Program, path: str = MATERIALS, **fields: object) -> dict[str, object]:
    """Add a material that must be accepted."""
    parts = {
        name: value if isinstance(value, tuple) else (None, value) for name, value in fields.items()
    }
    answer = program.post(path, files=parts)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_file_is_kept_and_given_back_as_an_attachment(respondent: Program) -> None:
    added = add(
        respondent,
        file=("Statutes «2027».pdf", PDF, "application/pdf"),
        title="The statutes",
        questions="md_founding",
    )

    assert (added["kind"], added["media_type"]) == ("file", "application/pdf")
    assert added["sha256"] == sha256(PDF).hexdigest()
    assert added["questions"] == ["md_founding"]
    file = respondent.get(str(added["file"]))
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Statutes%20%C2%AB2027%C2%BB.pdf" in file.headers["content-disposition"]
    assert file.headers["x-content-type-options"] == "nosniff"
    assert respondent.all(MATERIALS) == [added]
    assert respondent.get(f"{MATERIALS}/{added['key']}").json() == added


def test_link_and_note_are_added(respondent: Program) -> None:
    link = add(respondent, url="https://www.example.org/report", title="Report")
    note = add(respondent, note="The statutes are being revised.")

    assert (link["kind"], link["url"]) == ("link", "https://www.example.org/report")
    assert (note["kind"], note["note"]) == ("note", "The statutes are being revised.")
    assert link["file"] is None
    assert [one["title"] for one in respondent.all(f"{MATERIALS}?limit=1")] == ["Report", "Note"]
    assert respondent.get(f"{MATERIALS}/{note['key']}/file").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"file": ("run.exe", b"MZ\x90\x00", "application/pdf")}, 415, "unsupported-file"),
        ({"file": ("page.pdf", b"<html><script>", "application/pdf")}, 415, "unsupported-file"),
        ({"url": (None, "javascript:alert(1)")}, 422, "invalid"),
        ({"note": (None, " ")}, 422, "invalid"),
        ({"note": (None, "So."), "questions": (None, "nothing")}, 422, "invalid"),
        ({"note": (None, "So."), "channel": (None, "pigeon")}, 422, "invalid"),
        ({"file": ("a.pdf", PDF, ""), "url": (None, "https://example.org")}, 422, "invalid"),
    ],
)
def test_material_that_is_not_taken_is_refused_and_nothing_kept(
    respondent: Program, services: Services, fields: dict[str, object], status: int, code: str
) -> None:
    answer = respondent.post(MATERIALS, files=fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert respondent.all(MATERIALS) == []
    stored = services.settings.data_dir / "uploads"
    assert [path for path in stored.rglob("*") if path.is_file()] == []


def test_link_and_note_are_added_as_json(respondent: Program, program: ByRole) -> None:
    link = {"kind": "link", "url": "https://www.example.org/report", "title": "Report"}
    note = {"kind": "note", "note": "Revised.", "questions": ["md_founding"]}

    added = [respondent.post(MATERIALS, json=one) for one in (link, note)]
    entered = program(Role.ORGANISER).post(
        f"{BALI}/materials", json={"kind": "note", "note": "Said so.", "channel": "telephone"}
    )

    assert [one.status_code for one in (*added, entered)] == [201] * 3
    assert respondent.all(MATERIALS) == [one.json() for one in added]
    assert [one.json()["kind"] for one in added] == ["link", "note"]
    assert added[0].json()["url"] == link["url"]
    assert added[1].json()["questions"] == ["md_founding"]


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        (b'{"kind": "link"}', "no-address", "url"),
        (b'{"kind": "note", "note": "So.", "url": "https://a.org"}', "note-with-link", "url"),
        (b'{"kind": "note", "note": " "}', "empty-note", "note"),
        (b'{"kind": "link", "url": "javascript:alert(1)"}', "not-a-link", "url"),
        (b'{"kind": "file"}', "literal-error", "body/kind"),
        (b'{"kind": "note", "note": "So.", "file": "a"}', "extra-forbidden", "body/file"),
        (b'{"kind": ', "json-invalid", "body"),
        (b"[]", "model-type", "body"),
        (b"\xff\xfe", "unreadable-body", "body"),
        (b"[" * 200_000, "unreadable-body", "body"),
    ],
)
def test_material_as_json_that_is_not_taken_is_refused(
    respondent: Program, body: bytes, code: str, place: str
) -> None:
    headers = {"content-type": "application/json; charset=utf-8"}

    answer = respondent.post(MATERIALS, content=body, headers=headers)

    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["code"], problem["place"]) == (code, place)
    assert problem["mend"]
    assert respondent.all(MATERIALS) == []


def test_sign_that_browsers_write_otherwise_in_a_name_is_read_as_it_was(
    respondent: Program,
) -> None:
    added = add(respondent, file=('The "final" report.pdf', PDF, "application/pdf"))

    assert added["file_name"] == "The -final- report.pdf"


def test_file_over_the_limit_is_refused(respondent: Program, services: Services) -> None:
    too_large = PDF + b" " * (services.settings.max_upload_mb * 1024 * 1024)

    answer = respondent.post(MATERIALS, files={"file": ("a.pdf", too_large, "application/pdf")})

    assert answer.status_code == 413
    assert respondent.all(MATERIALS) == []


def test_material_taken_back_stays_on_record_for_users(
    respondent: Program, program: ByRole, services: Services
) -> None:
    added = add(respondent, note="Never mind.")

    assert respondent.delete(f"{MATERIALS}/{added['key']}").status_code == 204

    assert respondent.all(MATERIALS) == []
    assert respondent.get(f"{MATERIALS}/{added['key']}").status_code == 404
    assert respondent.delete(f"{MATERIALS}/{added['key']}").status_code == 404
    (kept,) = program(Role.ANALYST).all(MATERIALS)
    assert kept["removed_at"] is not None


def test_material_of_another_is_not_found_by_its_key(
    respondent: Program, other_respondent: Program
) -> None:
    added = add(respondent, file=("a.pdf", PDF, "application/pdf"))

    for path in (f"{added['key']}", f"{added['key']}/file"):
        assert other_respondent.get(f"{BALI}/materials/{path}").status_code == 404
        assert other_respondent.get(f"{MATERIALS}/{path}").status_code == 404
    assert other_respondent.delete(f"{BALI}/materials/{added['key']}").status_code == 404
    assert len(respondent.all(MATERIALS)) == 1


def test_material_received_by_mail_is_entered_on_behalf(
    program: ByRole, services: Services
) -> None:
    organiser = program(Role.ORGANISER)

    added = add(
        organiser,
        f"{BALI}/materials",
        file=("reply.pdf", PDF, "application/pdf"),
        channel="email",
    )

    assert (added["added_by"], added["by_analyst"]) == ("The organiser", False)
    with services.database.read() as session:
        assert session.exec(select(Material)).one().sha256 == sha256(PDF).hexdigest()
    assert organiser.get(BALI).json()["materials"] == 1


def test_material_after_the_return_is_refused(
    respondent: Program, answering: Answering, services: Services
) -> None:
    submit(services, answering)

    answer = respondent.post(MATERIALS, files={"file": ("a.pdf", PDF, "application/pdf")})

    assert answer.status_code == 409
    assert [one["kind"] for one in respondent.all(MATERIALS)] == ["note", "link"]
    stored = services.settings.data_dir / "uploads"
    assert [path for path in stored.rglob("*") if path.is_file()] == []
