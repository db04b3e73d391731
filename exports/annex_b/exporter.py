"""The exporter annex-b: reads each response once and writes every sheet of the workbook."""

from typing import BinaryIO

from exports.annex_b.annex_a import AnnexASheet
from exports.annex_b.annex_b import AnnexBSheet
from exports.annex_b.answers import AnswersSheet
from exports.annex_b.changes import ChangesSheet
from exports.annex_b.codebook import CodebookSheet
from exports.annex_b.comparing import Comparer
from exports.annex_b.cover import CoverSheet
from exports.annex_b.frame import Frame
from exports.annex_b.gathered import GatheredRow, gather
from exports.annex_b.overflow import OverflowSheet
from exports.annex_b.overviews import Overview, overview
from exports.annex_b.reading import Reader
from exports.annex_b.response_status import ResponseStatusSheet
from exports.annex_b.sources import SourcesSheet
from exports.annex_b.tabulations import TabulationsSheet
from exports.annex_b.tally import Tally
from exports.annex_b.unattributed import Unattributed
from exports.contract import ProgressCallback
from exports.records import ExportProgress, ResponseRecord, RoundSnapshot
from exports.safe_openpyxl import Book
from exports.sheet_content import Place
from questionnaires.models import Definition

_SHEETS = 9
"""Sheets and saving, as steps beside the responses."""


class AnnexB:
    """The synthesis workbook of a round."""

    name = "annex-b"
    title = "Annex B workbook"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    suffix = ".xlsx"

    def write(
        self, snapshot: RoundSnapshot, stream: BinaryIO, *, progress: ProgressCallback
    ) -> None:
        """Write the workbook into ``stream``."""
        frame = Frame(snapshot)
        title = f"{snapshot.round.survey_title}: {snapshot.round.title}"
        with Book(title=title, as_of=snapshot.as_of, zone=frame.zone) as book:
            with Unattributed() as unattributed:
                _Workbook(book, frame, unattributed, _Steps(frame, progress)).write()
            book.save(stream)


class _Steps:
    """Counts responses and sheets as steps of equal size."""

    def __init__(self, frame: Frame, progress: ProgressCallback) -> None:
        self._progress = progress
        self._total = len(frame.snapshot.invited) + _SHEETS
        self._done = 0

    def done(self, step: str) -> None:
        self._done = min(self._done + 1, self._total)
        self._progress(ExportProgress(done=self._done, total=self._total, step=step))


class _Workbook:
    """All sheets in their order, and what is learnt from one response after the other."""

    def __init__(self, book: Book, frame: Frame, unattributed: Unattributed, steps: _Steps) -> None:
        self._book = book
        self._frame = frame
        self._steps = steps
        self._overflow = OverflowSheet(book, frame)
        book.keep_whole = self._overflow.keep
        self._cover = CoverSheet(book, frame)
        self._annex_b = AnnexBSheet(book, frame)
        self._annex_a = AnnexASheet(book, frame)
        self._status = ResponseStatusSheet(book, frame)
        self._tabulations = TabulationsSheet(book, frame)
        self._answers = AnswersSheet(book, frame, unattributed, self._annex_b.place)
        self._sources = SourcesSheet(book, frame)
        previous = frame.snapshot.previous
        self._comparer = Comparer(frame, previous) if previous is not None else None
        self._changes = ChangesSheet(book, frame) if previous is not None else None
        self._codebook = CodebookSheet(book, frame)
        self._tally = Tally(frame)
        self._rows: dict[str, GatheredRow] = {}
        self._overviews: dict[str, Overview] = {}
        self._versions: dict[str, tuple[Definition, int]] = {}
        self._cited = {
            (statement.respondent, statement.question or "")
            for statement in frame.snapshot.statements
        }
        self._cited_places: dict[tuple[str, str], Place] = {}

    def write(self) -> None:
        self._read_responses()
        note_places = self._sources.write(self._find_answer, self._annex_b.place)
        self._steps.done("Sources")
        self._annex_b.write(self._rows, note_places)
        self._steps.done("Annex B")
        self._annex_a.write(self._overviews)
        self._steps.done("Annex A")
        self._status.write()
        self._steps.done("Response status")
        self._tabulations.write(self._tally)
        self._steps.done("Tabulations")
        if self._changes is not None and self._comparer is not None:
            self._changes.write(self._comparer.comparison)
        self._steps.done("Changes")
        self._codebook.write(self._versions)
        self._steps.done("Codebook")
        names = [name for name in self._book.names if name != self._cover.name]
        self._cover.write(names, self._book.escapes, overflowing=self._overflow.texts)
        self._steps.done("Cover")
        self._steps.done("Saving")

    def _read_responses(self) -> None:
        """One pass in the order of the list; those without a stored response keep their place."""
        reader = Reader(self._frame)
        records = self._frame.snapshot.responses()
        waiting = next(records, None)
        for one in self._frame.snapshot.invited:
            if waiting is not None and waiting.respondent == one.key:
                self._add(reader, waiting)
                waiting = next(records, None)
            else:
                self._answers.write_silent(one)
            self._steps.done(f"Answers of {one.short_name}")
        if waiting is not None:
            raise ValueError(
                f"The response of «{waiting.respondent}» is out of the order of the invited, or "
                "was not invited."
            )
        self._answers.finish()

    def _add(self, reader: Reader, record: ResponseRecord) -> None:
        reading = reader.read(record)
        places = self._answers.write(reading)
        self._rows[record.respondent] = gather(reading, places)
        self._overviews[record.respondent] = overview(reading, places)
        self._tally.add(reading)
        if self._comparer is not None:
            self._comparer.add(reading)
        definition, count = self._versions.get(record.definition.version, (record.definition, 0))
        self._versions[record.definition.version] = definition, count + 1
        if reading.is_named:
            for name, place in places.items():
                if (record.respondent, name) in self._cited:
                    self._cited_places[record.respondent, name] = place

    def _find_answer(self, respondent: str, question: str) -> Place | None:
        return self._cited_places.get((respondent, question))
