"""The sheet Changes: what is different from the round before, and what cannot be compared."""

from collections.abc import Sequence

from exports.annex_b.comparing import Chosen, Comparison, Moved, Movement
from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, moment_words, new_sheet, write_head
from exports.annex_b.reading import field_of
from exports.annex_b.sentences import out_of, round_rates
from exports.annex_b.vocabulary import mark_legend, outcome_legend, response_words
from exports.records import Invited
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Look, Styled
from questionnaires.marks import MEANINGS, Mark
from questionnaires.models import Definition

COLUMNS = (
    Column(134, Look.STRONG),
    Column(44, Look.CENTRE),
    Column(222),
    Column(220),
    Column(220),
    Column(95),
    *(Column(56, Look.NUMBER) for _ in range(5)),
)
_LAST = len(COLUMNS)
_REST = (6, _LAST)
"""Columns that are joined where a table needs no numbers."""
_NOBODY = "not invited"

Cells = list[Content | Styled | None]


class ChangesSheet:
    """Opened for its place in the workbook, written once both rounds are read."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        self._joined: list[tuple[int, int]] = []
        above = head_rows(frame)
        self._sheet = new_sheet(
            book, frame, "Changes", COLUMNS, head_rows=above, repeated=(1, 1), by_hand=True
        )

    def write(self, comparison: Comparison) -> None:
        """Write all parts: rates, responses and groups, questions, single answers."""
        title = f"Changes since «{comparison.previous.round.title}»"
        legend = f"Response: {outcome_legend()}\nSigns: {mark_legend()}"
        write_head(self._sheet, self._frame, title, _LAST, legend)
        self._write_rates(comparison)
        self._write_responses(comparison)
        self._write_questions(comparison)
        self._write_answers(comparison)

    def _write_rates(self, comparison: Comparison) -> None:
        self._title("The two rounds")
        self._joined = [(1, 3), _REST]
        before_now = (
            f"Before: {comparison.previous.round.title}",
            f"Now: {self._frame.round.title}",
        )
        self._head(["", "", "", *before_now, "Difference"])
        frames = (comparison.previous, self._frame)
        before, now = (round_rates(frame.snapshot.invited) for frame in frames)
        for label, had, has in (
            ("Questionnaire rate", before.completed, now.completed),
            ("With partial questionnaires", before.with_partial, now.with_partial),
            ("Any-response rate", before.any_response, now.any_response),
            ("No response", before.silent, now.silent),
        ):
            self._row(
                [
                    *(label, "", ""),
                    out_of(had, before.eligible),
                    out_of(has, now.eligible),
                    _points(had, before.eligible, has, now.eligible),
                ]
            )
        versions = [f"{one.definition.slug}, version {one.definition.version}" for one in frames]
        self._row(["Questionnaire", "", "", *versions])
        self._row(["As of", "", "", *(moment_words(frame) for frame in frames)])

    def _write_responses(self, comparison: Comparison) -> None:
        self._title("Responses and groups, respondent by respondent")
        self._joined = [(1, 2), _REST]
        self._head(["Respondent", "", "Group", "Response before", "Response now", "Compared"])
        previous = comparison.previous
        for one in self._frame.in_order():
            before = previous.invited.get(one.key)
            had_group = _group(previous, before) if before is not None else None
            group = _group(self._frame, one)
            groups = group if had_group is None else _arrow(had_group, group)
            told = _what_changed(before, one, had_group, group)
            self._row([one.short_name, "", groups, _response(before), _response(one), told])
        for before in previous.in_order():
            if before.key not in self._frame.invited:
                groups = _group(previous, before)
                cells: Cells = [before.short_name, "", groups, _response(before), _response(None)]
                self._row([*cells, "not invited now"])

    def _write_questions(self, comparison: Comparison) -> None:
        self._title("Questions: what can be compared, and how many answers moved")
        self._joined = [(4, 5)]
        self._say(
            f"{comparison.compared} respondents returned a completed or partial questionnaire in "
            "both rounds with answers that may be attributed. Only their answers to closed "
            f"questions are counted. {_withheld_words(comparison)}"
        )
        counted = (
            *(Movement.UNCHANGED, Movement.CHANGED, "new or gone"),
            *(Movement.NOT_REACHED, Movement.NOT_COMPARABLE),
        )
        numbers = [Styled(words, Look.NUMBER_HEAD) for words in counted]
        heads = ["Question", "No.", "Asked as", "Comparable?", "", "Kind of change"]
        self._head([*heads, *numbers])
        for question in comparison.questions:
            code, title = self._asked(comparison, question.name)
            counts = comparison.counts.get(question.name)
            cells: Cells = [Styled(question.name, Look.CODE), code, title, question.sentence, ""]
            cells.append(question.kind.replace("_", " "))
            if counts is None:
                cells += [""] * len(counted)
            else:
                new_or_gone = counts[Movement.NEWLY_ANSWERED] + counts[Movement.NO_LONGER_ANSWERED]
                cells += [counts[Movement.UNCHANGED], counts[Movement.CHANGED], new_or_gone]
                cells += [counts[Movement.NOT_REACHED], counts[Movement.NOT_COMPARABLE]]
            self._row(cells)

    def _write_answers(self, comparison: Comparison) -> None:
        self._title("Answers to closed questions that are not what they were")
        self._joined = [_REST]
        self._head(["Respondent", "No.", "Question", "Before", "Now", "What happened"])
        for moved in comparison.moved:
            self._write_moved(comparison, moved)
        if not comparison.moved:
            self._say("None: every comparable answer is the same as before.")

    def _write_moved(self, comparison: Comparison, moved: Moved) -> None:
        code, title = self._asked(comparison, moved.question)
        old, new = comparison.previous.definition, self._frame.definition
        self._row(
            [
                self._frame.invited[moved.respondent].short_name,
                code,
                title,
                _labels(old, moved.question, moved.before, moved.mark_before),
                _labels(new, moved.question, moved.now, moved.mark_now),
                moved.movement,
            ]
        )

    def _asked(self, comparison: Comparison, name: str) -> tuple[str, str]:
        for definition in (self._frame.definition, comparison.previous.definition):
            if name in definition.by_name:
                field = field_of(definition, definition.by_name[name])
                return field.code, field.title
        return "", name

    def _title(self, words: str) -> None:
        self._sheet.end_table()
        self._sheet.append([""], look=Look.META, merge=[(1, _LAST)], height=8)
        self._sheet.append([words], look=Look.HEADING, merge=[(1, _LAST)], height=18)

    def _head(self, heads: Cells) -> None:
        self._sheet.begin_table(_padded(heads), Look.HEAD, self._joined)

    def _row(self, cells: Cells) -> None:
        self._sheet.append(_padded(cells), merge=self._joined)

    def _say(self, words: str) -> None:
        self._sheet.append([words], look=Look.BODY, merge=[(1, _LAST)])


def _padded(cells: Sequence[Content | Styled | None]) -> Cells:
    """A row with all its cells, so that lines are drawn around each."""
    return [*cells, *[""] * (_LAST - len(cells))]


def _points(had: int, base_before: int, has: int, base_now: int) -> str:
    if not base_before or not base_now:
        return "no base"
    points = f"{(has / base_now - had / base_before) * 100:+.1f}"
    return "none" if points in {"+0.0", "-0.0"} else f"{points} points"


def _response(one: Invited | None) -> Styled:
    if one is None:
        return Styled(_NOBODY, Look.OUTSIDE)
    sign, word, look = response_words(one)
    return Styled(f"{sign} {word}", look)


def _group(frame: Frame, one: Invited) -> str:
    return frame.bands[frame.band_index(one.key)].label


def _arrow(before: str, now: str) -> str:
    return f"{now} (as before)" if before == now else f"{before} → {now}"


def _what_changed(before: Invited | None, now: Invited, had_group: str | None, group: str) -> str:
    if before is None:
        return "new in this round"
    told = ["response"] if before.outcome is not now.outcome else []
    if had_group != group:
        told.append("group")
    return f"{' and '.join(told)} changed" if told else "as before"


def _labels(
    definition: Definition, name: str, chosen: Chosen | None, mark: Mark
) -> Content | Styled:
    if chosen is None:
        return Styled(MEANINGS[mark].shown, Look.MARK)
    question = definition.by_name[name]
    labels = {
        choice.name: definition.words(choice.label) for choice in definition.options(question)
    }
    return "; ".join(labels.get(one, one) for one in chosen) or MEANINGS[Mark.NIL].shown


def _withheld_words(comparison: Comparison) -> str:
    count = len(comparison.withheld)
    if not count:
        return ""
    return f"{MEANINGS[Mark.WITHHELD].shown} {count} left out: answers that may not be attributed."
