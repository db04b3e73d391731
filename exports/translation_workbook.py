"""The workbook of a translator: what to do, and a row for each text of a questionnaire."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from exports.cell_text import MAX_UNITS, units, visible
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Look, Page, Styled
from questionnaires.languages import RIGHT_TO_LEFT, direction_of, english_name
from questionnaires.models import Definition
from questionnaires.translation import Coverage, FormText, coverage, texts_of
from questionnaires.translation.sheet import COVER, FORM, SHEET, Head, heading

_COVER = (Column(130, Look.LABEL), Column(560, Look.PROSE))
_COLUMNS = (
    Column(185, Look.FIELD),
    Column(270, Look.FIELD),
    Column(300, Look.ENTRY),
    Column(75, Look.FIELD),
    Column(130, Look.ENTRY),
    Column(120, Look.FIELD_CODE),
    Column(92, Look.FIELD_CODE),
)
_TO_TRANSLATE = "Translate"
_TO_CHECK = "Check: the source has changed"
_ZONE = ZoneInfo("UTC")


def write_translation(
    definition: Definition,
    language: str,
    stream: BinaryIO,
    *,
    as_of: datetime,
    since: Definition | None = None,
) -> None:
    """Write the workbook of a form for a language; what is translated already stands in it.

    ``since`` is an earlier version, by which texts are marked whose source has changed but whose
    translation has not. ``as_of`` stands on the cover. Raises ``ValueError`` for the language that
    the form is written in.
    """
    source = definition.settings.default_language
    if language == source:
        raise ValueError(f"The form is written in {english_name(language)}; give another language.")
    done = coverage(definition, language, since=since)
    texts = [text for text in texts_of(definition) if text.source]
    held = [text for text in texts if _fits(text, language)]
    title = f"{definition.words(definition.settings.form_title)}: {english_name(language)}"
    with Book(title=title, as_of=as_of, zone=_ZONE) as book:
        left_out = [text for text in texts if not _fits(text, language)]
        _write_cover(book, definition, done, as_of, left_out)
        _write_texts(book, held, done, source)
        book.save(stream)


def _fits(text: FormText, language: str) -> bool:
    """Whether a cell can hold the source and the translation so that they come back as they are."""
    return all(
        units(words) <= MAX_UNITS and visible(words) == words and "\r" not in words
        for words in (text.source, text.words.get(language, ""))
    )


def _write_cover(
    book: Book,
    definition: Definition,
    done: Coverage,
    as_of: datetime,
    left_out: list[FormText],
) -> None:
    sheet = book.sheet(COVER, _COVER, Page(tab_colour="C9A227"))
    name = english_name(done.language)
    whole = [(1, 2)]
    sheet.append([f"Translation into {name}"], look=Look.TITLE, merge=whole, height=30)
    form = definition.words(definition.settings.form_title)
    sheet.append([form], look=Look.SUBTITLE, merge=whole, height=20)
    sheet.append([], height=8)
    for label, words in _facts(definition, done, as_of):
        sheet.append([label, words])
    sheet.append([], height=8)
    sheet.append(["What to do"], look=Look.HEADING, merge=whole, height=20)
    for number, words in enumerate(_steps(name), 1):
        sheet.append([Styled(str(number), Look.LABEL), words])
    if left_out:
        sheet.append(["Not in this workbook"], look=Look.HEADING, merge=whole, height=20)
        for text in left_out:
            words = f"{text.place}: it is too long for a cell, or has signs that no cell can show."
            sheet.append([text.id, words])


def _facts(definition: Definition, done: Coverage, as_of: datetime) -> Iterator[tuple[str, str]]:
    source = definition.settings.default_language
    name = english_name(done.language)
    turned = direction_of(done.language) == RIGHT_TO_LEFT
    yield FORM, definition.slug
    yield "Version", definition.version
    yield "From", english_name(source)
    yield "Into", f"{name}, written from right to left" if turned else name
    outdated = f"; {len(done.outdated)} to be checked again" if done.outdated else ""
    yield "Translated so far", f"{done.translated} of {done.total} texts{outdated}"
    yield "Made on", f"{as_of.astimezone(_ZONE):%d %B %Y}".lstrip("0")


def _steps(name: str) -> Iterator[str]:
    yield (
        f"Go to the sheet «{SHEET}». Each row is one text of the questionnaire: where it stands "
        f"in the form, the text as it was written, and a yellow cell for the text in {name}."
    )
    yield (
        "Write into the yellow cells. Everything else is locked so that it isn’t changed by "
        "accident; there is no password."
    )
    yield (
        "Write what an editor would write, not word by word. Say the same thing in the same "
        "words everywhere, and be brief where the text is a short form or an option."
    )
    yield (
        "Keep numbers and years in digits, and keep everything of the form ${…} exactly as it "
        "stands: an answer is put there."
    )
    yield (
        "Options of one list are read together: translate all of them, and so that they can be "
        "told apart."
    )
    yield (
        "Write plain text: no formulas, no merged cells, no marks such as <b>. For a new line "
        "within a cell press Alt and Enter."
    )
    yield (
        "Leave a cell empty if its text is not translated yet. You can send the workbook back "
        "in parts, and in any order of rows."
    )
    yield (
        f"«{_TO_CHECK}» stands where a text was changed after it was translated: read both and "
        "correct the translation if need be."
    )
    yield (
        f"Questions and doubts go into the column «{Head.REMARKS}»; the authors of the "
        "questionnaire read them."
    )
    yield (
        "Save the file as an Excel workbook (.xlsx) and send it back. What is wrong will be "
        "listed with its row, and nothing else is lost by it."
    )


def _write_texts(book: Book, texts: list[FormText], done: Coverage, source: str) -> None:
    turned = direction_of(done.language) == RIGHT_TO_LEFT
    page = Page(frozen_rows=1, repeated_rows=(1, 1), protected=True, right_to_left=turned)
    sheet = book.sheet(SHEET, _COLUMNS, page)
    heads = (
        Head.PLACE,
        heading(Head.SOURCE, source),
        heading(Head.TRANSLATION, done.language),
        Head.TO_DO,
        Head.REMARKS,
        Head.ID,
        Head.MARK,
    )
    head = sheet.append([str(each) for each in heads], look=Look.HEAD, filtered=True)
    missing = {text.id for text in done.missing}
    outdated = {text.id for text in done.outdated}
    for text in texts:
        to_do = _TO_TRANSLATE if text.id in missing else ""
        sheet.append(
            [
                text.place,
                text.source,
                text.words.get(done.language, ""),
                _TO_CHECK if text.id in outdated else to_do,
                "",
                text.id,
                text.mark,
            ]
        )
    sheet.filter_rows(head)
