"""The sheet Sources: numbered documents, the analysts' notes, and the reasons for the groups."""

from collections.abc import Callable, Mapping, Sequence

from exports.annex_b.answers import FindRow
from exports.annex_b.frame import BAND, Frame, Note
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.annex_b.vocabulary import SOURCE_CODES, document_code, note_code, source_legend
from exports.records import CodingRecord, SourceRecord
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Look, Place, Styled, WebAddress
from questionnaires.bands import bands
from questionnaires.marks import MEANINGS, Mark

COLUMNS = (
    Column(34, Look.CENTRE),
    Column(92, Look.STRONG),
    Column(46, Look.CENTRE),
    Column(370),
    Column(190),
    Column(150),
    Column(50, Look.CENTRE),
    Column(223),
    Column(60, Look.CENTRE, tells_whole=True),
)
_LAST = len(COLUMNS)
_WHOLE = "Whole text"
_OF_DOCUMENTS = (
    *("No.", "Sent by, or about", "", "Document or material", "Kind of source", "Where in it"),
    *("Link", "Address and remark", _WHOLE),
)
_OF_NOTES = (
    *("No.", "Respondent", "Column", "Statement", "Kind of source", "Where in the source"),
    *("Document", "Answer", _WHOLE),
)
_OF_GROUPS = (
    *("", "Respondent", "", "Reason", "Group given", "Group suggested", "Not as suggested"),
    *("Who decided, and when", _WHOLE),
)
_NO_SUGGESTION = "no suggestion"
_NO_NAME = "What a respondent sent that may not be attributed to it"
_WITHHELD = MEANINGS[Mark.WITHHELD].shown

FindAnswer = Callable[[str, str], Place | None]
"""Where the answer of a respondent to a question stands."""


class SourcesSheet:
    """Opened for its place in the workbook; its rows are numbered before Annex B refers to them."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        above = head_rows(frame)
        self._sheet = new_sheet(
            book,
            frame,
            "Sources",
            COLUMNS,
            head_rows=above,
            repeated=(1, 1),
            by_hand=True,
        )

    def write(self, find_answer: FindAnswer, find_row: FindRow) -> Mapping[int, Place]:
        """Write all parts; answers the place of each note."""
        numbers = f"n3  note 3  |  D3  document 3  |  {_WITHHELD}  may not be attributed"
        legend = f"Kinds of source: {source_legend()}\nSigns: {numbers}"
        write_head(self._sheet, self._frame, "Sources and notes", _LAST, legend)
        documents = self._write_documents()
        places = self._write_notes(documents, find_answer, find_row)
        self._write_groups()
        return places

    def _write_documents(self) -> Mapping[int, Place]:
        places = {}
        self._title("Documents and materials", _OF_DOCUMENTS)
        for source in self._frame.snapshot.sources:
            row = self._sheet.append([*self._document(source), ""])
            places[source.number] = self._sheet.place(row)
        if not places:
            self._say("No document and no material is recorded for this round.")
        return places

    def _document(self, source: SourceRecord) -> list[Content | Styled | None]:
        code, words = SOURCE_CODES[source.basis]
        number, kind = document_code(source.number), f"{code}: {words}"
        if self._frame.withholds(source):
            return [number, _WITHHELD, "", _WITHHELD, kind, "", "", _NO_NAME]
        one = self._frame.invited.get(source.respondent or "")
        address = WebAddress(source.url)
        about = "\n".join(part for part in (source.url, source.note) if part)
        return [
            number,
            one.short_name if one is not None else source.respondent or "",
            "",
            source.title,
            kind,
            source.locator,
            Styled("Open", Look.LINK, address) if address.is_safe else "",
            about,
        ]

    def _write_notes(
        self, documents: Mapping[int, Place], find_answer: FindAnswer, find_row: FindRow
    ) -> Mapping[int, Place]:
        places = {}
        title = "Notes: the statements of Annex B that don't come from stored answers"
        self._title(title, _OF_NOTES)
        for note in self._frame.notes:
            cells = self._note(note, documents, find_answer, find_row)
            row = self._sheet.append([*cells, ""])
            places[note.number] = self._sheet.place(row)
        if not places:
            self._say("No statement of an analyst is recorded for this round.")
        return places

    def _note(
        self,
        note: Note,
        documents: Mapping[int, Place],
        find_answer: FindAnswer,
        find_row: FindRow,
    ) -> list[Content | Styled | None]:
        statement = note.statement
        one = self._frame.invited.get(statement.respondent)
        hidden = self._frame.hides(statement)
        code, words = SOURCE_CODES[statement.basis]
        document = documents.get(statement.source or 0)
        answer = find_answer(statement.respondent, statement.question or "")
        column = "Group" if statement.dimension == BAND else statement.dimension
        row = find_row(statement.respondent)
        return [
            note_code(note.number),
            one.short_name if one is not None else f"{statement.respondent} (not invited)",
            Styled(column, Look.LINK, row) if row is not None else column,
            _WITHHELD if hidden else statement.text,
            f"{code}: {words}" + (", put in words by an analyst" if statement.by_analyst else ""),
            _WITHHELD if hidden and statement.locator else statement.locator,
            Styled(document_code(statement.source), Look.LINK, document)
            if document is not None and statement.source is not None
            else "",
            Styled("Verbatim answer", Look.LINK, answer) if answer is not None else "",
        ]

    def _write_groups(self) -> None:
        self._title("Groups: why each respondent stands where it does", _OF_GROUPS)
        labels = {
            choice.name: self._frame.definition.words(choice.label)
            for choice in bands(self._frame.definition)
        }
        for one in self._frame.in_order():
            coding = self._frame.codings.get(one.key)
            if coding is None:
                continue
            suggested = coding.suggested
            self._sheet.append(
                [
                    "",
                    one.short_name,
                    "",
                    coding.rationale,
                    labels.get(coding.category, coding.category),
                    labels.get(suggested, suggested) if suggested else _NO_SUGGESTION,
                    "yes" if coding.override else "no",
                    self._who_decided(coding),
                    "",
                ]
            )
        if not self._frame.codings:
            self._say("Nobody has been put in a group yet.")

    def _who_decided(self, coding: CodingRecord) -> str:
        if coding.coded_at is None:
            return coding.coder
        return f"{coding.coder}, {coding.coded_at.astimezone(self._frame.zone):%Y-%m-%d}"

    def _title(self, words: str, heads: Sequence[str]) -> None:
        self._sheet.end_table()
        self._sheet.append([words], look=Look.BAND, merge=[(1, _LAST)], height=17, with_next=True)
        self._sheet.begin_table(heads, Look.HEAD)

    def _say(self, words: str) -> None:
        self._sheet.append([words], look=Look.BODY, merge=[(1, _LAST)])
