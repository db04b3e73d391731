"""Files are taken by their ending and their content, and only where the two agree."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UnsupportedFile
from app.storage.types import HEAD_BYTES, MAX_NAME, TYPES, check_file, clean_name, endings_of

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500)
PAGE = b"<html><script>alert(1)</script></html>"


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    """The head of a zip file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if first is not None:
            archive.writestr(first[0], first[1], zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, b"<xml/>" * 50)
    return buffer.getvalue()[:HEAD_BYTES]


def office(part: str) -> bytes:
    return zipped("[Content_Types].xml", "_rels/.rels", f"{part}/main.xml")


def open_document(kind: str) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped("content.xml", first=("mimetype", media_type))


SAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "docx": office("word"),
    "xlsx": office("xl"),
    "pptx": office("ppt"),
    "odt": open_document("text"),
    "ods": open_document("spreadsheet"),
    "odp": open_document("presentation"),
    "doc": COMPOUND,
    "xls": COMPOUND,
    "rtf": b"{\\rtf1\\ansi",
    "txt": "Réponse à la question 3\r\n".encode(),
    "csv": "name;value\nPuebla;12\n".encode("cp1252"),
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "m4a": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00",
    "ogg": b"OggS\x00\x02\x00\x00",
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00",
    "mov": b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
}


def test_every_type_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(TYPES)


@pytest.mark.parametrize("ending", TYPES)
def test_file_of_its_type_is_taken(ending: str) -> None:
    media_type = check_file(f"Report.{ending.upper()}", SAMPLES[ending])

    assert media_type == TYPES[ending].media_type


@pytest.mark.parametrize("ending", TYPES)
@pytest.mark.parametrize("content", [PROGRAM, b"\x7fELF" + bytes(60), b"BM\x01\x00", bytes(64)])
def test_file_of_another_content_is_refused(ending: str, content: bytes) -> None:
    with pytest.raises(UnsupportedFile, match="its content is something else"):
        check_file(f"report.{ending}", content)


@pytest.mark.parametrize("ending", TYPES)
def test_file_of_another_type_is_refused(ending: str) -> None:
    others = [
        other
        for other in TYPES
        if TYPES[ending].test is not TYPES[other].test
        and {ending, other} not in ({"jpg", "jpeg"}, {"doc", "xls"}, {"txt", "csv"})
        # A PDF, an RTF or a page is made of text, and harmless as a text.
        and not (ending in {"txt", "csv"} and other == "rtf")
    ]

    taken = [other for other in others if _is_taken(ending, SAMPLES[other] + bytes(1))]

    assert others
    assert taken == []


def _is_taken(ending: str, content: bytes) -> bool:
    try:
        check_file(f"report.{ending}", content)
    except UnsupportedFile:
        return False
    return True


@pytest.mark.parametrize(
    "name",
    ["run.exe", "page.html", "image.svg", "macro.docm", "archive.zip", "noending", ".pdf", ""],
)
def test_file_of_an_ending_that_is_not_listed_is_refused(name: str) -> None:
    with pytest.raises(UnsupportedFile, match="not taken") as refused:
        check_file(name, PAGE)

    assert all(ending in refused.value.mend for ending in TYPES)


@pytest.mark.parametrize(
    ("kind", "endings"),
    [
        ("image", ("png", "jpg", "jpeg", "gif", "webp")),
        ("audio", ("mp3", "m4a", "ogg", "wav")),
        ("video", ("mp4", "mov", "webm")),
        ("file", tuple(TYPES)),
    ],
)
def test_endings_of_a_kind(kind: str, endings: tuple[str, ...]) -> None:
    assert endings_of(kind) == endings


def test_empty_file_is_refused() -> None:
    with pytest.raises(UnsupportedFile, match="empty"):
        check_file("report.txt", b"")


def test_plain_zip_is_no_document() -> None:
    with pytest.raises(UnsupportedFile):
        check_file("report.docx", zipped("virus.exe"))


@pytest.mark.parametrize(
    "text",
    ["نص عربي\n".encode(), "текст".encode("utf-16"), "日本".encode("utf-16-be"), b"a\tb\r\n\x0c"],
)
def test_text_in_any_encoding_is_taken(text: bytes) -> None:
    marked = b"\xfe\xff" + text if text == "日本".encode("utf-16-be") else text

    assert check_file("text.txt", marked) == "text/plain"


def test_text_that_is_cut_within_a_character_is_taken() -> None:
    head = ("x" * (HEAD_BYTES - 1) + "é").encode()[:HEAD_BYTES]

    assert check_file("text.txt", head) == "text/plain"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Report.pdf", "Report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Report 2.pdf", "Report 2.pdf"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("fdp.\u202excod", "fdp.xcod"),
        ("  . .", "file"),
        ("", "file"),
        ('we"ird<name>|?.pdf', "we-ird-name---.pdf"),
        ("résumé.odt", "résumé.odt"),
        ("re\u0301sume\u0301.odt", "résumé.odt"),
        ("تقرير.pdf", "تقرير.pdf"),
    ],
)
def test_name_is_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_clean_name_is_always_a_plain_file_name(name: str) -> None:
    clean = clean_name(name)

    assert 0 < len(clean) <= MAX_NAME
    assert clean == clean_name(clean)
    assert not set(clean) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in clean)


def test_clean_name_keeps_the_ending_of_a_long_name() -> None:
    assert clean_name("x" * 500 + ".pdf").endswith("xx.pdf")
    assert len(clean_name("x" * 500 + ".pdf")) == MAX_NAME
