"""The workbook in LibreOffice: it opens, stays what it was, and prints so that it can be read."""

import re
import subprocess
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from exports.annex_b.annex_b import NAME_WIDTH, PAPER_WIDTH, RESPONSE_WIDTH
from exports.records import RoundSnapshot
from questionnaires.answers import Answer
from tests.fixtures.office import Convert
from tests.integration.exports.workbooks import exported
from tests.programs import PDF_READER
from tests.unit.exports.rounds import invented_round, paper_round, small_round

Places = dict[str, tuple[float, float]]
Page = tuple[float, float, Places]

SMALLEST = 7.0
BODY = 8.0
BEFORE_B14 = PAPER_WIDTH - (PAPER_WIDTH - NAME_WIDTH - RESPONSE_WIDTH) / 12
"""Points from B1 to B14 before they are scaled to the paper."""
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>')
PRINTED = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


def written(snapshot: RoundSnapshot, folder: Path) -> Path:
    path = folder / "workbook.xlsx"
    path.write_bytes(exported(snapshot))
    return path


def words_by_page(pdf: Path) -> list[Page]:
    """Width and height of each page in points, and where each word first stands on it."""
    done = subprocess.run(
        [PDF_READER.require(), "-bbox", pdf, "-"], capture_output=True, text=True, check=True
    )
    pages = []
    for width, height, body in PRINTED.findall(done.stdout):
        places: Places = {}
        for x, y, word in WORD.findall(body):
            places.setdefault(word, (float(x), float(y)))
        pages.append((float(width), float(height), places))
    return pages


def annex_b(pages: list[Page]) -> list[Places]:
    """The pages that bear the head of Annex B."""
    heads = {f"B{number}" for number in range(1, 15)}
    return [places for *_, places in pages if heads <= places.keys()]


def paragraphs(xml: str) -> list[str]:
    """The texts of an office document without their mark-up."""
    found = re.findall(r"<text:p(?: [^>]*)?>(.*?)</text:p>", xml, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", text)) for text in found]


@pytest.fixture
def paper_pdf(soffice: Convert, tmp_path: Path) -> Path:
    """The workbook of 2007 as it is printed."""
    return soffice(written(paper_round(), tmp_path), "pdf")


def test_annex_b_prints_on_a3_large_enough_to_read(paper_pdf: Path) -> None:
    pages = words_by_page(paper_pdf)

    annex = annex_b(pages)
    assert {(round(width), round(height)) for width, height, _ in pages} == {(1191, 842)}
    assert 2 <= len(annex) <= 4
    for places in annex:
        scale = (places["B14"][0] - places["B1"][0]) / BEFORE_B14
        assert scale <= 1
        assert BODY * scale >= SMALLEST


ROUNDS: tuple[Callable[[], RoundSnapshot], ...] = (
    paper_round,
    lambda: invented_round(30, previous=invented_round(8, seed=3, year=2028)),
)
BAND = re.compile(r"\s*(Migration and development .*: \d+ respondents? \(|Notes: |Groups: )")


@pytest.mark.parametrize("snapshot", ROUNDS)
def test_no_band_stands_alone_at_the_foot_of_a_page(
    snapshot: Callable[[], RoundSnapshot],
    soffice: Convert,
    read_pdf: Callable[[Path], list[str]],
    tmp_path: Path,
) -> None:
    pages = read_pdf(soffice(written(snapshot(), tmp_path), "pdf"))

    lines = [[line for line in page.splitlines() if line.strip()] for page in pages]
    assert sum(bool(BAND.match(line)) for page in lines for line in page) >= 5
    # The last line of a page is its footer.
    assert [page[-2] for page in lines if BAND.match(page[-2])] == []


def test_heads_are_repeated_and_pages_numbered(paper_pdf: Path) -> None:
    pages = words_by_page(paper_pdf)

    assert all("Funding" in places for places in annex_b(pages))
    done = subprocess.run(
        [PDF_READER.require(), "-layout", paper_pdf, "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    for number, text in enumerate(done.stdout.split("\f")[:-1], 1):
        assert f"Page {number} of {len(pages)}" in text


def test_no_column_of_annex_b_runs_into_the_next(paper_pdf: Path) -> None:
    _, _, places = words_by_page(paper_pdf)[1]

    lefts = [places[f"B{number}"][0] for number in range(1, 15)]

    widths = [right - left for left, right in pairwise(lefts)]
    assert lefts == sorted(lefts)
    assert min(widths) > 60


def test_texts_are_the_same_texts_to_libreoffice(soffice: Convert, tmp_path: Path) -> None:
    texts = ["=1+1", "#N/A", "+1", "_x0041_", "two\nlines", "  spaces  ", "😀", "مرحبا", "007"]
    snapshot = small_round([{"words": Answer(value=text)} for text in texts])

    converted = soffice(written(snapshot, tmp_path), "fods")

    content = converted.read_text(encoding="utf-8")
    assert "table:formula" not in content
    said = paragraphs(content)
    for text in ("=1+1", "#N/A", "+1", "_x0041_", "two", "lines", "😀", "مرحبا", "007"):
        assert text in said
    assert "Err:" not in content


def test_charts_survive_libreoffice(soffice: Convert, tmp_path: Path) -> None:
    snapshot = invented_round(4)

    converted = soffice(written(snapshot, tmp_path), "ods")

    with ZipFile(converted) as archive:
        charts = [
            name for name in archive.namelist() if re.fullmatch(r"Object \d+/content.xml", name)
        ]
        titles = [title for name in charts for title in paragraphs(archive.read(name).decode())]
    assert len(charts) > 10
    assert "Responses by group" in titles
    assert "Main themes" in titles
