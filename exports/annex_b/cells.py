"""The cells of Annex B: who, what came of it, what is said and where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.annex_b.frame import BAND, NOTES, Frame, Note, is_in_row
from exports.annex_b.gathered import GatheredCell, GatheredRow
from exports.annex_b.lines import Line, statement
from exports.annex_b.sentences import joined
from exports.annex_b.vocabulary import (
    SILENT_SOURCES,
    SOURCE_CODES,
    document_code,
    note_code,
    response_words,
)
from exports.records import Basis, Invited
from exports.sheet_content import Face, Place, Rich, Run, Styled
from questionnaires.bands import bands
from questionnaires.marks import MEANINGS, Mark

_RESTS_ON: Mapping[Basis, str] = {
    Basis.QUESTIONNAIRE: "a questionnaire whose answers are not stored",
    Basis.PAPER_TEXT: "a paper’s text (source unspecified)",
    Basis.PAPER_ANNEX_B: "the paper’s Annex B",
    Basis.OFFICIAL_NAME: "the official name",
}
"""What the cells of a row without answers rest on, where it is not simply another source."""
_OTHER = "other sources"
_WITHHELD = MEANINGS[Mark.WITHHELD].shown
_UNCODED = MEANINGS[Mark.UNCODED].shown


@dataclass(frozen=True, slots=True)
class ReadOn:
    """Where the words of a cell come from: its answers, or else its first note."""

    answers: Place | None = None
    note: int | None = None


def name_cell(one: Invited, *, with_region: bool = False) -> Rich:
    """Short and official name, once where they are the same."""
    runs = [Run(one.short_name, Face.BOLD)]
    if one.official_name and one.official_name != one.short_name:
        runs.append(Run(f"\n{one.official_name}"))
    if with_region and one.region:
        runs.append(Run(f"\n{one.region}", Face.QUIET))
    return Rich(tuple(runs))


def response_cell(frame: Frame, one: Invited, row: GatheredRow | None) -> Styled:
    """Sign and word of the outcome, with what a reader must know of it."""
    sign, word, look = response_words(one)
    remarks = []
    if one.outcome_note:
        remarks.append(one.outcome_note)
    if row is not None and row.answers and not row.submitted:
        remarks.append("Answers are a draft, not submitted")
    if row is None and frame.has_evidence(one.key):
        remarks.append(_flag(frame, one))
    runs = [Run(f"{sign} {word}", Face.BOLD)]
    runs += [Run(f"\n{remark}", Face.QUIET) for remark in remarks]
    return Styled(Rich(tuple(runs)), look)


def _flag(frame: Frame, one: Invited) -> str:
    """What the cells of a row without answers rest on, by the basis of its statements."""
    found = {note.statement.basis for note in frame.notes_of(one.key) if is_in_row(note)}
    kinds = dict.fromkeys(_RESTS_ON.get(basis, _OTHER) for basis in Basis if basis in found)
    return f"Cells rest on {joined(list(kinds))} and are in no count of answers"


def statement_lines(
    frame: Frame, one: Invited, column: str, row: GatheredRow | None
) -> tuple[list[Line], ReadOn]:
    """What is said of a respondent under a column; the last column tells of all its evidence."""
    notes = frame.notes_by_cell.get((one.key, column), ())
    cell = row.cells.get(column) if row is not None else None
    lines = evidence_lines(frame, notes, cell, alone=column != NOTES)
    answers = cell.place if cell is not None else None
    if column != NOTES:
        return lines, ReadOn(answers, notes[0].number if notes else None)
    lines = [*_group_lines(frame, one, row), *lines, *_evidence_lines(frame, one, row)]
    every = frame.notes_of(one.key)
    return lines, ReadOn(note=every[0].number) if every else ReadOn(answers)


def evidence_lines(
    frame: Frame, notes: Sequence[Note], cell: GatheredCell | None, *, alone: bool = True
) -> list[Line]:
    """The analysts' statements and then the answers: the whole of a cell, or ``alone`` false."""
    return [*_note_lines(frame, notes), *_answer_lines(cell, notes, alone=alone and not notes)]


def silence(frame: Frame, one: Invited, cell: GatheredCell | None, *, has_response: bool) -> str:
    """The sign of a cell in which nothing is said: in Annex B and in Annex A by the same rule."""
    if cell is not None:
        return "see Answers" if cell.place is not None else MEANINGS[cell.gap].shown
    if has_response:
        return MEANINGS[Mark.NOT_IN_VERSION].shown
    if frame.has_evidence(one.key) or not one.answers_public:
        return SILENT_SOURCES
    return MEANINGS[Mark.NOT_REACHED].shown


def _note_lines(frame: Frame, notes: Sequence[Note]) -> Iterator[Line]:
    for note in notes:
        text = _WITHHELD if frame.hides(note.statement) else note.statement.text
        yield statement(text, source_code(note))


def _answer_lines(
    cell: GatheredCell | None, notes: Sequence[Note], *, alone: bool
) -> Iterator[Line]:
    """Condensed answers, but for those an analyst has put in other words."""
    if cell is None:
        return
    told = {note.statement.question for note in notes if note.statement.question}
    if cell.withheld:
        yield (Run(_WITHHELD if alone else f"Answers: {_WITHHELD}"),)
    for said in cell.said:
        if said.question not in told:
            yield statement(said.text, f"Q {said.code}".strip())
    if cell.more:
        yield (Run(f"{cell.more} more: see Answers", Face.QUIET),)


def _group_lines(frame: Frame, one: Invited, row: GatheredRow | None) -> Iterator[Line]:
    coding = frame.codings.get(one.key)
    suggestion = row.suggestion if row is not None else None
    if coding is not None:
        suggestion = suggestion or coding.suggested
        if suggestion is not None and suggestion != coding.category:
            differs = "; the analyst overrides this" if coding.override else ""
            yield (Run(f"Suggested: «{_band_label(frame, suggestion)}»{differs}"),)
    elif suggestion is not None:
        yield (Run(f"Answers suggest «{_band_label(frame, suggestion)}»{_UNCODED}"),)
    for note in frame.notes_by_cell.get((one.key, BAND), ()):
        shown = _WITHHELD if frame.hides(note.statement) else note.statement.text
        yield statement(f"Group in the source: {shown}", source_code(note))


def _evidence_lines(frame: Frame, one: Invited, row: GatheredRow | None) -> Iterator[Line]:
    notes = frame.notes_of(one.key)
    told = [_range(notes)] if notes else []
    if one.key in frame.codings:
        told.append("reason for the group" if told else "Reason for the group")
    if told:
        yield (Run(f"{' and '.join(told)}: Sources"),)
    yield from _document_lines(frame, one)
    if row is not None and row.place is not None and row.is_named and row.answers:
        yield (Run(f"Verbatim: {row.place.sheet}, from row {row.place.row}"),)


def _document_lines(frame: Frame, one: Invited) -> Iterator[Line]:
    """What it sent, and what was found about it; how much there is where it may not be named."""
    own = [source for source in frame.snapshot.sources if source.respondent == one.key]
    withheld = sum(frame.withholds(source) for source in own)
    sent, found = (
        [
            document_code(source.number)
            for source in own
            if (source.basis is Basis.MATERIALS) is is_sent and not frame.withholds(source)
        ]
        for is_sent in (True, False)
    )
    if sent:
        yield (Run(f"Sent in: {', '.join(sent)}"),)
    if withheld:
        materials = "1 material" if withheld == 1 else f"{withheld} materials"
        yield (Run(f"Sent in: {materials} {_WITHHELD}"),)
    if found:
        yield (Run(f"Found: {', '.join(found)}"),)


def source_code(note: Note) -> str:
    """What stands beside a statement: the letter of its kind and the number of its note."""
    return f"{SOURCE_CODES[note.statement.basis][0]} {note_code(note.number)}"


def _band_label(frame: Frame, name: str) -> str:
    for choice in bands(frame.definition):
        if choice.name == name:
            return frame.definition.words(choice.label)
    return name


def _range(notes: Sequence[Note]) -> str:
    first, last = (note_code(notes[place].number) for place in (0, -1))
    return f"Note {first}" if first == last else f"Notes {first}–{last}"
