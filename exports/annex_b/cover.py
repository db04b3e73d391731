"""The sheet Cover: what this is, who answered, how to read it, and what was done to the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from exports.annex_b.frame import Band, Frame
from exports.annex_b.heads import day_words, deadline_words, moment_words
from exports.annex_b.method import method
from exports.annex_b.sentences import bias, joined, out_of, received, round_rates, waiting
from exports.annex_b.vocabulary import OUTCOME_LOOKS, SOURCE_CODES, mark_meaning
from exports.records import Basis
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Escapes, Look, Page, Place, Styled
from questionnaires.canonical import checksum
from questionnaires.marks import MEANINGS as MARKS
from questionnaires.marks import Mark
from questionnaires.outcomes import MEANINGS as OUTCOMES
from questionnaires.outcomes import PROGRESS_MEANINGS, Outcome, Progress

_COLUMNS = tuple(Column(width) for width in (92, 200, 48, 46, 132, 48, 76, 124, 40, 180, 150, 79))
_LAST = len(_COLUMNS)
_WHOLE = [(1, _LAST)]
_ON_RATES = (
    "The invited are a named list of known eligibility, so two AAPOR rates suffice. The "
    "any-response rate also counts responsive materials without a questionnaire; it is not an "
    "AAPOR rate. Those found ineligible are outside of every base; late returns are in the base "
    "and in no numerator."
)

Cells = list[Content | Styled | None]


@dataclass(frozen=True, slots=True)
class Contents:
    """A sheet of the workbook and what it holds."""

    name: str
    about: str


SHEETS = (
    Contents("Annex B", "The synthesis: a row for each respondent that was invited, by group"),
    Contents("Annex A", "An overview of each respondent"),
    Contents("Response status", "Who was invited, what came of it, and when"),
    Contents("Tabulations", "Count, base and share of every closed question, by group"),
    Contents("Answers", "Every stored answer, as it was given"),
    Contents("Sources", "Documents, the analysts' notes, and the reasons for the groups"),
    Contents("Changes", "What is different from the round before"),
    Contents("Codebook", "Questions, options and routing of the questionnaire"),
    Contents("Overflow", "Texts that are longer than their row, whole"),
)


class CoverSheet:
    """Opened first, written last."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        page = Page(
            by_hand=True,
            header=frame.round.notice,
            footer=frame.round.title,
            footer_end=f", as of {moment_words(frame)}",
            tab_colour="C9A227",
        )
        self._sheet = book.sheet("Cover", _COLUMNS, page)

    @property
    def name(self) -> str:
        """The name on the tab."""
        return self._sheet.name

    def write(self, sheets: Sequence[str], escapes: Escapes, *, overflowing: int) -> None:
        """Write the cover; ``sheets`` are the names of all sheets in order."""
        self._write_title()
        self._write_answered()
        self._write_rates()
        self._write_legend()
        self._write_contents(sheets, escapes, overflowing)

    def _write_title(self) -> None:
        round_ = self._frame.round
        self._sheet.append([round_.survey_title], look=Look.SUBTITLE, merge=_WHOLE)
        self._sheet.append([round_.title], look=Look.TITLE, merge=_WHOLE, height=30)
        about = f"Synthesis workbook in the manner of Annex B, as of {moment_words(self._frame)}"
        self._sheet.append([about], look=Look.SUBTITLE, merge=_WHOLE)
        self._gap()
        if round_.notice:
            self._sheet.append([f"Notice: {round_.notice}"], look=Look.NOTICE, merge=_WHOLE)
            self._gap()
        version = self._frame.definition
        form = version.words(version.settings.form_title)
        facts = [
            ("Organiser", round_.organiser or "–"),
            ("Round", f"{round_.slug}: {self._dates()}"),
            ("Questionnaire", f"{form} ({version.slug}, version {version.version})"),
            ("Its checksum", f"sha256 {checksum(version)}"),
            ("Who was invited", round_.selection_note or "The list is that of this round alone."),
            ("Disclaimer", round_.disclaimer),
        ]
        for label, words in facts:
            if words:
                merge = [(2, _LAST)]
                self._sheet.append([Styled(label, Look.LABEL), words], look=Look.PROSE, merge=merge)

    def _dates(self) -> str:
        round_ = self._frame.round
        if round_.known_from_documents:
            return self._known()
        told = [
            f"{word} {words(self._frame, moment)}"
            for word, moment, words in (
                ("opened", round_.opened_at, day_words),
                ("due", round_.due_at, deadline_words),
                ("closed", round_.closed_at, day_words),
            )
            if moment is not None
        ]
        still_open = "" if round_.closed_at is not None else "; still open: all figures are interim"
        return f"{', '.join(told) or 'no dates recorded'} ({round_.time_zone}){still_open}"

    def _known(self) -> str:
        """Of a round known from documents alone: what they say, and what they don't."""
        round_ = self._frame.round
        dates = (("opened", round_.opened_at, day_words), ("due", round_.due_at, deadline_words))
        told = ["known from documents alone"]
        if round_.closed_at is not None:
            told.append(f"with what was known on {day_words(self._frame, round_.closed_at)}")
        told += [f"{word} {words(self._frame, at)}" for word, at, words in dates if at is not None]
        silent = [word for word, at, _ in dates if at is None] + ["closed"]
        return (
            f"{', '.join(told)} ({round_.time_zone}); they do not say when it was {joined(silent)}"
        )

    def _write_answered(self) -> None:
        self._title("Who answered")
        invited = self._frame.snapshot.invited
        self._sheet.append([received(invited)], look=Look.LEAD, merge=_WHOLE)

    def _write_rates(self) -> None:
        self._title("Response rates")
        heads = ["Group", "", "Invited", "Eligible", "Questionnaire rate (AAPOR RR1)", "", ""]
        heads += ["With partial (RR2)", "Any-response rate", "", "No response", "Late"]
        joined = [(1, 2), (5, 7), (9, 10)]
        self._sheet.append(heads, look=Look.HEAD, merge=joined)
        whole = Band(None, "All invited", self._frame.snapshot.invited)
        for band in (whole, *self._frame.bands):
            if not band.members and band.name is None:
                continue
            self._sheet.append(
                self._rates_row(band, total=band is whole),
                look=Look.TOTAL if band is whole else None,
                merge=joined,
            )
        self._sheet.append([bias(self._frame.bands)], look=Look.PROSE, merge=_WHOLE)
        self._sheet.append([_ON_RATES], look=Look.LEGEND, merge=_WHOLE)

    def _rates_row(self, band: Band, *, total: bool) -> Cells:
        rated = round_rates(band.members)
        base = rated.eligible
        silent = sum(one.outcome is Outcome.NO_RESPONSE for one in band.members)
        still = waiting(band.members)
        silence = out_of(silent, base) + (f"; {still} without outcome yet" if still else "")
        look = Look.TOTAL_CENTRE if total else Look.CENTRE
        cells: Cells = [band.label, "", Styled(rated.invited, look), Styled(base, look)]
        cells += [out_of(rated.completed, base), "", "", out_of(rated.with_partial, base)]
        return [*cells, out_of(rated.any_response, base), "", silence, Styled(rated.late, look)]

    def _write_legend(self) -> None:
        self._title("Legend")
        heads = ["Sign", "Mark: why a value is there or not", "SDMX", "In base"]
        heads += ["Response", "AAPOR", "In rates", "", "Code", "Kind of source", "", ""]
        joined = [(7, 8), (10, 12)]
        self._sheet.append(heads, look=Look.HEAD, merge=joined)
        marks = [self._mark_row(mark) for mark in Mark]
        outcomes = [self._outcome_row(outcome) for outcome in Outcome]
        outcomes += [self._progress_row(step) for step in Progress]
        sources = [self._source_row(basis) for basis in Basis]
        nothing: Cells = [None] * 4
        for mark, outcome, source in zip_longest(marks, outcomes, sources, fillvalue=nothing):
            merge = [
                joined[place] for place, part in enumerate((outcome, source)) if part is not nothing
            ]
            self._sheet.append([*mark, *outcome, *source], merge=merge)

    def _mark_row(self, mark: Mark) -> Cells:
        meaning = MARKS[mark]
        words = mark_meaning(mark)
        suffix = mark in {Mark.CARRIED, Mark.UNCODED}
        sign = f"value{meaning.shown}" if suffix else meaning.shown or "value"
        in_base = "yes" if meaning.in_base else "no"
        return [
            Styled(sign, Look.CENTRE),
            words,
            Styled(meaning.sdmx, Look.CENTRE),
            Styled(in_base, Look.CENTRE),
        ]

    def _outcome_row(self, outcome: Outcome) -> Cells:
        meaning = OUTCOMES[outcome]
        rates_ = [
            name
            for name, counts in (
                ("questionnaire", meaning.in_questionnaire_rate),
                ("any response", meaning.in_any_response_rate),
            )
            if counts
        ]
        said = ", ".join(rates_) or ("neither" if meaning.eligible else "outside of the base")
        sign = Styled(f"{meaning.symbol} {meaning.word}", OUTCOME_LOOKS[outcome])
        return [sign, Styled(meaning.aapor, Look.CENTRE), said, ""]

    def _progress_row(self, step: Progress) -> Cells:
        meaning = PROGRESS_MEANINGS[step]
        sign = Styled(f"{meaning.symbol} {meaning.word}", Look.WAITING)
        return [sign, Styled("none", Look.CENTRE), "no outcome yet", ""]

    def _source_row(self, basis: Basis) -> Cells:
        code, words = SOURCE_CODES[basis]
        return [Styled(code, Look.CENTRE), words, "", ""]

    def _write_contents(self, sheets: Sequence[str], escapes: Escapes, overflowing: int) -> None:
        """The sheets at the left, and at the right what was done to the answers."""
        self._gap()
        heads = ["Sheets", *[""] * 6, "What was done to the answers"]
        self._sheet.append(heads, look=Look.HEADING, merge=[(1, 7), (8, _LAST)], height=20)
        about = {one.name: one.about for one in SHEETS}
        told = method(self._frame, escapes, overflowing)
        for name, words in zip_longest(sheets, told):
            cells: Cells = [None] * 7
            merge = []
            if name is not None:
                link = Styled(name, Look.LINK, Place(name, 1))
                cells[:2] = link, about.get(name, "Continues the sheet of the same name")
                merge.append((2, 6))
            if words is not None:
                cells.append(Styled(words, Look.PROSE))
                merge.append((8, _LAST))
            self._sheet.append(cells, merge=merge)
        if escapes.listed:
            self._title("Cells in which control characters were made visible")
            merge = [(2, _LAST)]
            self._sheet.begin_table(["Cell", "Characters"], Look.HEAD, merge)
            for place, signs in escapes.listed:
                link = Styled(f"{place.sheet}, row {place.row}", Look.LINK, place)
                self._sheet.append([link, signs], merge=merge)

    def _title(self, words: str) -> None:
        self._gap()
        self._sheet.append([words], look=Look.HEADING, merge=_WHOLE, height=20)

    def _gap(self) -> None:
        self._sheet.append([], height=8)
