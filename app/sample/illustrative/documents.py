"""Small real files that invented processes send in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A file with its name and type."""

    file_name: str
    media_type: str
    content: bytes


def minutes_of(process: str, year: int) -> Document:
    """Minutes as a PDF of one page."""
    lines = (
        f"{process}: minutes of the plenary meeting, {year}",
        "1. The meeting took note of the report of the chair.",
        "2. Migration and development: a workshop will be held next year.",
        "3. Participating States will name focal points.",
        "This document and the process it names were invented for a demonstration.",
    )
    return Document(f"minutes-{year}.pdf", "application/pdf", _pdf(lines))


def work_plan_of(process: str, year: int) -> Document:
    """A work plan as plain text."""
    text = (
        f"Work plan {year} of the {process} (invented for a demonstration)\n\n"
        "Spring: meeting of experts on the cost of remittances\n"
        "Summer: workshop with associations of the diaspora\n"
        "Autumn: plenary meeting\n"
    )
    return Document(f"work-plan-{year}.txt", "text/plain", text.encode())


def meetings_of(process: str, year: int) -> Document:
    """A list of meetings as comma-separated values."""
    rows = (
        "date,place,level",
        f"{year}-02-10,Candlewick,experts",
        f"{year}-06-02,Old Samovar,senior officials",
        f"{year}-11-20,Port Nutmeg,ministers",
        f"note,{process},invented for a demonstration",
    )
    return Document(f"meetings-{year}.csv", "text/csv", ("\r\n".join(rows) + "\r\n").encode())


MAKERS: Mapping[str, Callable[[str, int], Document]] = {
    "Minutes of the plenary meeting": minutes_of,
    "Work plan": work_plan_of,
    "List of meetings": meetings_of,
}
"""By title."""


def _pdf(lines: tuple[str, ...]) -> bytes:
    """A one-page PDF 1.4 with the lines below each other in Helvetica."""
    shown = "\n".join(f"({_escaped(line)}) '" for line in lines)
    content = f"BT /F1 11 Tf 18 TL 56 780 Td\n{shown}\nET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    file = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    file += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(file)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
