"""Sending files, links and notes in a browser."""

from pathlib import Path

import pytest
from sqlmodel import select

from app.bootstrap import Services
from app.responses.models import Material, StoredAnswer, Submission, SubmissionKind
from app.settings import Settings
from tests.fixtures.rounds import Asked
from tests.integration.responses.browsing import Browser

PAGE = "/form/materials"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


def materials(services: Services) -> list[Material]:
    with services.database.read() as session:
        return list(session.exec(select(Material)))


def uploads(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "uploads").rglob("*") if path.is_file()]


def test_file_is_added_and_handed_back_as_attachment(started: Browser, services: Services) -> None:
    reply = started.upload(
        PAGE,
        {"questions": "md_founding_file", "note": "The charter of 1996."},
        ("charte «fondatrice».pdf", PDF),
    )

    (row,) = materials(services)
    assert reply.headers["location"] == f"{PAGE}?added={row.key}&question=md_founding_file"
    page = started.get(reply.headers["location"])
    for words in ("Added: charte «fondatrice».pdf", "The charter of 1996.", "C2", "question C2"):
        assert words in page.text
    download = started.client.get(f"{PAGE}/{row.key}")
    assert download.content == PDF
    assert download.headers["content-type"] == "application/pdf"
    assert download.headers["x-content-type-options"] == "nosniff"
    assert download.headers["content-disposition"].startswith("attachment;")
    with services.database.read() as session:
        answer = session.exec(select(StoredAnswer)).one()
    assert (answer.question, answer.value) == ("md_founding_file", row.key)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "Files of the type .exe are not taken."),
        ("page.html", b"<script>", "Files of the type .html are not taken."),
        ("report.pdf", b"MZ not a pdf", "its content is something else"),
        ("empty.pdf", b"", "The file is empty."),
        ("large.pdf", PDF + b"x" * 25 * 1024 * 1024, "larger than 25 MB"),
    ],
)
def test_file_that_is_not_taken_is_refused_and_typed_text_kept(
    started: Browser,
    services: Services,
    settings: Settings,
    *,
    name: str,
    content: bytes,
    words: str,
) -> None:
    page = started.upload(PAGE, {"note": "A remark", "questions": "outputs"}, (name, content))

    assert page.status_code in {413, 422}
    assert words in page.text
    if page.status_code == 422:
        assert "A remark" in page.text
        assert 'value="outputs" checked' in page.text
    assert materials(services) == []
    assert uploads(settings) == []


def test_file_and_link_at_once_is_refused_and_file_not_kept(
    started: Browser, services: Services, settings: Settings
) -> None:
    page = started.upload(PAGE, {"url": "https://www.example.org/"}, ("a.pdf", PDF))

    assert page.status_code == 422
    assert "Add them one after the other." in page.text
    assert (materials(services), uploads(settings)) == ([], [])


def test_file_after_return_is_refused_and_not_kept(started: Browser, settings: Settings) -> None:
    started.post("/form/decline", {"decline_reason": "No capacity."})

    reply = started.upload(PAGE, {}, ("a.pdf", PDF))

    assert reply.status_code == 409
    assert uploads(settings) == []


def test_link_and_note_are_added_without_a_file(started: Browser, services: Services) -> None:
    started.post(PAGE, {"url": "https://www.example.org/report", "title": "Annual report"})
    started.post(PAGE, {"note": "Ask the treasurer about <b>funding</b>."})

    page = started.get(PAGE)
    assert [row.kind.value for row in materials(services)] == ["link", "note"]
    assert (
        '<a href="https://www.example.org/report" rel="noreferrer">Annual report</a>' in page.text
    )
    assert "&lt;b&gt;funding&lt;/b&gt;" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "There is no file, no link and no text."),
        ({"url": "javascript:alert(1)"}, "This is not the address of a web page."),
        ({"note": "Text", "questions": "no_such"}, "no question «no_such»"),
        ({"note": "Text", "title": "x" * 301}, "at most 300 fit"),
    ],
)
def test_material_with_faults_is_refused(
    started: Browser, services: Services, fields: dict[str, str], words: str
) -> None:
    page = started.post(PAGE, fields)

    assert page.status_code == 422
    assert words in page.text
    assert materials(services) == []


def test_material_taken_back_is_listed_no_more(started: Browser, services: Services) -> None:
    started.post(PAGE, {"note": "Draft"})
    (row,) = materials(services)

    reply = started.post(f"{PAGE}/{row.key}/remove")

    assert reply.headers["location"] == f"{PAGE}?removed=1"
    assert "Nothing has been added yet." in started.get(PAGE).text
    assert started.post(f"{PAGE}/{row.key}/remove").status_code == 404


def test_materials_alone_are_a_return(started: Browser, services: Services) -> None:
    started.post(PAGE, {"note": "See our report."})

    reply = started.post(f"{PAGE}/send", {"clearance_name": "The Chair"})

    assert reply.headers["location"] == "/form/done"
    with services.database.read() as session:
        submission = session.exec(select(Submission)).one()
    assert submission.kind is SubmissionKind.MATERIALS
    done = started.get("/form/done")
    for words in ("Thank you: the materials are sent", submission.receipt, "1 document, without"):
        assert words in done.text


def test_materials_alone_without_any_or_name_are_refused(
    started: Browser, services: Services, asked: Asked
) -> None:
    page = started.post(f"{PAGE}/send", {"clearance_title": "Typed before"})

    assert page.status_code == 422
    assert "There is no file, link or note to send yet." in page.text
    assert "The name of who clears this return is missing." in page.text
    assert 'value="Typed before"' in page.text
