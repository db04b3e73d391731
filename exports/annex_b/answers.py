"""The sheet Answers: every stored answer once, as it was given, with its mark and its history."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from exports.annex_b.annex_b import PAPER_WIDTH
from exports.annex_b.answer_lines import MARK_WORDS, AnswerLine, cells_of, lines_of_response
from exports.annex_b.frame import NAME, RESPONSE, Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.annex_b.reading import ResponseReading
from exports.annex_b.unattributed import Unattributed
from exports.annex_b.vocabulary import mark_legend
from exports.line_breaks import width_for
from exports.records import Attribution, Invited
from exports.safe_openpyxl import Book, Sheet
from exports.sheet_content import Column, Content, Look, Place, Styled
from exports.sheet_styles import setting_of
from questionnaires.marks import MEANINGS, Mark
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome

COLUMNS = (
    ("Respondent", Column(88, Look.GRID_STRONG)),
    ("No.", Column(24, Look.ANSWER)),
    ("Question", Column(90, Look.ANSWER)),
    ("Name", Column(60, Look.GRID_CODE)),
    ("Row", Column(24, Look.GRID_CENTRE)),
    ("Field", Column(40, Look.GRID_CODE)),
    ("Answer as stored", Column(0, Look.ANSWER)),
    ("In words", Column(0, Look.ANSWER)),
    ("Mark", Column(50, Look.ANSWER)),
    ("Sign", Column(24, Look.GRID_CENTRE)),
    ("SDMX", Column(29, Look.GRID_CENTRE)),
    ("Comment", Column(52, Look.ANSWER)),
    ("Source, says the respondent", Column(50, Look.ANSWER)),
    ("Shown in", Column(34, Look.GRID_CENTRE)),
    ("Version", Column(35, Look.GRID_CENTRE)),
    ("Rev.", Column(23, Look.GRID_CENTRE)),
    ("Saved by", Column(45, Look.ANSWER)),
    ("Saved at ({zone})", Column(70, Look.GRID_TIME)),
    ("Came by", Column(46, Look.ANSWER)),
    ("Remark", Column(41, Look.GRID_SMALL)),
    ("Whole text", Column(54, Look.GRID_LINK, tells_whole=True)),
)
"""Names and fields get the room that those of the questionnaire need; answers get what is left."""
_NAMES = [name for name, _ in COLUMNS]
_NAME = _NAMES.index("Name")
_FIELD = _NAMES.index("Field")
_VALUE = _NAMES.index("Answer as stored")
_WORDS = _NAMES.index("In words")
_SHOWN_IN = _NAMES.index("Shown in")
_WIDEST_CODE = 112.0
_SHARE_OF_VALUE = 0.6
"""Of the room for answers; the rest is for their words."""
FindRow = Callable[[str], Place | None]
"""Where a respondent stands in Annex B."""
_RETURNED = frozenset({Outcome.COMPLETED, Outcome.PARTIAL, Outcome.LATE})


class AnswersSheet:
    """Writes answers as responses stream by, and says in which rows they stand."""

    def __init__(
        self, book: Book, frame: Frame, unattributed: Unattributed, find_row: FindRow
    ) -> None:
        self._book = book
        self._frame = frame
        self._find_row = find_row
        self._unattributed = unattributed
        self._head = 0
        self._sheet = self._open()

    def write(self, reading: ResponseReading) -> Mapping[str, Place]:
        """Write one response; answers the place of the first row of each of its fields."""
        one = reading.invited
        if one.attribution is Attribution.PUBLISH:
            places: dict[str, Place] = {}
            for field, lines in lines_of_response(reading):
                back = None if places else self._find_row(one.key)
                places[field.field.question.name] = self._write(lines[0], back)
                for line in lines[1:]:
                    self._write(line)
            return places
        count = len(reading.record.answers)
        words = f"{count} answers are for background only and not shown"
        if one.attribution is Attribution.NOT_ATTRIBUTED:
            self._keep_aside(reading)
            words = f"{count} answers may not be attributed: they stand at the end, unnamed"
        place = self._say(one, words, Mark.WITHHELD)
        return {field.field.question.name: place for field in reading.fields}

    def write_silent(self, one: Invited) -> Place:
        """Write the one row of a respondent without a stored questionnaire."""
        if one.outcome in _RETURNED:
            note = f" ({one.outcome_note})" if one.outcome_note else ""
            return self._say(one, f"Returned, but no answers are stored{note}", None)
        return self._say(one, "No questionnaire is stored", Mark.NOT_REACHED)

    def finish(self) -> None:
        """Write the answers that may not be attributed, mixed among one another."""
        for line in self._unattributed.lines():
            self._write(line)
        self._close_sheet()

    def _open(self) -> Sheet:
        above = head_rows(self._frame)
        sheet = new_sheet(
            self._book,
            self._frame,
            "Answers",
            _columns(self._frame.definition),
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
            frozen_columns=1,
        )
        legend = f"Signs: {mark_legend()}"
        write_head(sheet, self._frame, "Answers as they were given", len(COLUMNS), legend)
        zone = self._frame.round.time_zone
        heads = [head.format(zone=zone) for head, _ in COLUMNS]
        self._head = sheet.append(heads, look=Look.HEAD, filtered=True)
        return sheet

    def _close_sheet(self) -> None:
        self._sheet.filter_rows(self._head)
        self._sheet.rule_rows(self._head + 1)

    def _ready(self) -> Sheet:
        """The sheet to write on: another one when Excel allows no further row."""
        if self._sheet.is_full:
            self._close_sheet()
            self._sheet = self._open()
        return self._sheet

    def _write(self, line: AnswerLine, back: Place | None = None) -> Place:
        """Write a line; the first of a respondent leads back to its row in Annex B."""
        sheet = self._ready()
        cells: list[Content | Styled | None] = [*cells_of(line)]
        if back is not None:
            cells[_SHOWN_IN] = Styled(line.dimensions or NAME, Look.GRID_LINK, back)
        return sheet.place(sheet.append(cells))

    def _say(self, one: Invited, words: str, mark: Mark | None) -> Place:
        sheet = self._ready()
        row: list[Content | Styled | None] = [None] * len(COLUMNS)
        row[0] = one.short_name
        row[_VALUE] = Styled(words, Look.GRID_SMALL)
        if mark is not None:
            row[_WORDS + 1 : _WORDS + 4] = (
                MARK_WORDS[mark],
                MEANINGS[mark].shown,
                MEANINGS[mark].sdmx,
            )
        back = self._find_row(one.key)
        if back is not None:
            row[_SHOWN_IN] = Styled(RESPONSE, Look.GRID_LINK, back)
        return sheet.place(sheet.append(row))

    def _keep_aside(self, reading: ResponseReading) -> None:
        for field, lines in lines_of_response(reading):
            if field.record is not None:
                for line in lines:
                    self._unattributed.add(reading.record.respondent, line)


def _columns(definition: Definition) -> list[Column]:
    columns = [column for _, column in COLUMNS]
    names = [question.name for question in definition.fields if not question.personal]
    fields = [column.name for question in definition.fields for column in question.columns]
    for place, words in ((_NAME, names), (_FIELD, fields)):
        given = columns[place]
        setting = setting_of(given.look)
        width = width_for(words, setting, least=given.width, most=_WIDEST_CODE)
        columns[place] = replace(given, width=width)
    left = PAPER_WIDTH - sum(column.width for column in columns)
    for place, share in ((_VALUE, _SHARE_OF_VALUE), (_WORDS, 1 - _SHARE_OF_VALUE)):
        columns[place] = replace(columns[place], width=left * share)
    return columns
