"""The sheet Tabulations: count, base and share of every closed question, by group, with charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.annex_b.reading import field_of
from exports.annex_b.sentences import out_of, round_rates, waiting
from exports.annex_b.tally import ATTRIBUTION, SEVERAL, QuestionTally, Tally
from exports.annex_b.vocabulary import mark_legend
from exports.chart_layout import layout_of, most_bars
from exports.line_breaks import Lines
from exports.records import Attribution, Invited
from exports.row_height import height_of, measured
from exports.safe_openpyxl import Book
from exports.sheet_content import BarChart, Column, Content, Look, Series, Styled
from exports.sheet_styles import CHART_COLOURS, LOOKS, pieces_of
from questionnaires.models import Group
from questionnaires.outcomes import MEANINGS as OUTCOMES
from questionnaires.outcomes import Outcome

LABEL_WIDTH = 230.0
NUMBER_WIDTH = 33.0
CHART_WIDTH = 360.0
_LINE = height_of(Lines(1), LOOKS[Look.BODY].size).fixed
_HIGHEST_CHART = 560.0
"""Points; a question with more options than that shows has several charts."""
_AIR = 8.0
"""Points above and below a chart."""
_HEADS = ("count", "base", "%")

Cells = list[Content | Styled | None]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table: its name, its cells, and its numbers in the chart, one for each series."""

    name: str
    cells: Cells
    values: tuple[int, ...] = ()

    @property
    def height(self) -> float:
        """In points."""
        pieces = pieces_of(self.name, Look.BODY)
        return measured(pieces, LABEL_WIDTH, LOOKS[Look.BODY].size).fixed


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a chart beside a table is to show."""

    title: str
    columns: tuple[int, ...]
    """Of the numbers, one for each series, with their names in ``head_row``."""
    names: tuple[str, ...]
    head_row: int
    stacked: bool = False

    def chart(
        self, lines: Sequence[_Line], first_row: int, at: tuple[int, int], *, part: str = ""
    ) -> BarChart:
        """The chart of some lines that stand from ``first_row`` on."""
        return BarChart(
            title=f"{self.title}{part}",
            first_row=first_row,
            labels=tuple(line.name for line in lines),
            labels_column=1,
            series=tuple(
                Series(
                    column,
                    CHART_COLOURS[place % len(CHART_COLOURS)],
                    name,
                    tuple(line.values[place] for line in lines),
                )
                for place, (column, name) in enumerate(zip(self.columns, self.names, strict=True))
            ),
            at=at,
            width=CHART_WIDTH - 12,
            stacked=self.stacked,
            head_row=self.head_row,
        )


class TabulationsSheet:
    """Opened for its place in the workbook, written once all responses are counted."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        self._groups = len(frame.bands)
        numbers = 3 * (1 + self._groups)
        self._chart_column = numbers + 2
        columns = [
            Column(LABEL_WIDTH),
            *(
                Column(NUMBER_WIDTH, Look.PERCENT if place % 3 == 2 else Look.NUMBER)  # noqa: PLR2004
                for place in range(numbers)
            ),
            Column(CHART_WIDTH, Look.PROSE),
        ]
        above = head_rows(frame)
        self._sheet = new_sheet(
            book,
            frame,
            "Tabulations",
            columns,
            head_rows=above + 2,
            repeated=(above + 1, above + 2),
            frozen_columns=1,
            by_hand=True,
        )
        self._group_row = above + 1

    def write(self, tally: Tally) -> None:
        """Write the response table and a block for each closed question."""
        legend = f"Signs: {mark_legend()}"
        write_head(self._sheet, self._frame, "Tabulations", self._chart_column, legend)
        self._write_heads()
        self._write_responses()
        self._write_scope(tally)
        if tally.counted == 0:
            return
        for title, found in self._blocks(tally):
            if isinstance(title, Group):
                self._write_matrix(title, found)
            for question in found:
                self._write_question(question, tally, chart=not isinstance(title, Group))

    def _write_heads(self) -> None:
        labels = self._group_names()
        groups: Cells = [""]
        heads: Cells = [Styled("Answer", Look.CODE_HEAD)]
        merge = []
        for place, label in enumerate(labels):
            merge.append((2 + 3 * place, 4 + 3 * place))
            groups += [label, "", ""]
            heads += _HEADS
        self._sheet.append([*groups, "Chart"], look=Look.HEAD, merge=merge)
        self._sheet.append([*heads, ""], look=Look.NUMBER_HEAD, with_next=True)

    def _write_responses(self) -> None:
        invited = self._frame.snapshot.invited
        shown = [place for place, band in enumerate(self._frame.bands, 1) if band.members]
        lines = []
        for outcome in Outcome:
            meaning = OUTCOMES[outcome]
            counts = [
                sum(one.outcome is outcome for one in members) for members in self._by_group()
            ]
            name = f"{meaning.symbol} {meaning.word}"
            lines.append(self._line(name, counts, self._sizes(), shown))
        if waiting(invited):
            counts = [waiting(members) for members in self._by_group()]
            lines.append(self._line("No outcome yet", counts, self._sizes(), shown))
        plan = self._plan("Responses by group", shown, stacked=True)
        self._write_table(
            "Responses", "Base: everyone who was invited, silent ones too", lines, plan
        )
        rated = round_rates(invited)
        self._say(
            f"Questionnaire rate {out_of(rated.completed, rated.eligible)}; with partial "
            f"questionnaires {out_of(rated.with_partial, rated.eligible)}; any-response rate "
            f"{out_of(rated.any_response, rated.eligible)}."
        )

    def _write_scope(self, tally: Tally) -> None:
        invited = len(self._frame.snapshot.invited)
        if tally.counted:
            words = (
                f"The tables below count {tally.counted} completed or partial questionnaires of "
                f"{invited} invited. Rows that rest on other sources, late returns and drafts are "
                "in none of them."
            )
        else:
            words = (
                "No tables follow, as no answers of a completed or partial questionnaire are "
                f"stored that could be counted. The {len(tally.questions)} closed questions are "
                "not tabulated: each has a base of 0."
            )
        background = tally.allowed[Attribution.BACKGROUND]
        if background:
            words += f" {background} given for background only are left out."
        words += self._on_attribution(tally)
        self._say(words)

    def _blocks(self, tally: Tally) -> Iterator[tuple[Group | None, list[QuestionTally]]]:
        """The questions in order, the rows of a matrix together."""
        definition = self._frame.definition
        seen: set[str] = set()
        for name, question in tally.questions.items():
            matrix = next((one for one in definition.ancestors[name] if one.is_matrix), None)
            if matrix is None:
                yield None, [question]
            elif matrix.name not in seen:
                seen.add(matrix.name)
                rows = [
                    tally.questions[one.name]
                    for one in matrix.questions()
                    if one.name in tally.questions
                ]
                yield matrix, rows

    def _on_attribution(self, tally: Tally) -> str:
        """Why the question on attribution has no table, and what it would tell over all groups.

        Those who chose «background only» are in no table; one without them would be untrue.
        """
        question = self._frame.definition.by_name.get(ATTRIBUTION)
        if question is None or not tally.allowed.total():
            return ""
        asked = field_of(self._frame.definition, question)
        named, unnamed, background = (tally.allowed[one] for one in Attribution)
        return (
            f" Question {asked.code or asked.title} decides what is counted here and has no table: "
            f"of all {tally.allowed.total()} completed or partial questionnaires, {named} may be "
            f"published with the name, {unnamed} be counted but not attributed, and {background} "
            "be used for background only."
        )

    def _write_question(self, question: QuestionTally, tally: Tally, *, chart: bool) -> None:
        asked = question.asked
        label = self._frame.definition.words(asked.question.label)
        title = asked.title if not chart or not label else label
        bases = [question.total, *(question.base[place] for place in range(self._groups))]
        lines = []
        for choice in question.all_choices:
            counts = [question.count(choice.name)]
            counts += [question.count(choice.name, place) for place in range(self._groups)]
            name = self._frame.definition.words(choice.label) or choice.name
            lines.append(self._line(name, counts, bases, [0]))
        plan = self._plan(asked.title, [0]) if chart and question.total else None
        about = question.base_words(tally.counted)
        self._write_table(f"{asked.code}  {title}".strip(), about, lines, plan)
        self._gap()

    def _write_matrix(self, group: Group, rows: Sequence[QuestionTally]) -> None:
        """All rows of a matrix against its options, in one table and one chart."""
        definition = self._frame.definition
        choices = rows[0].choices
        span = 3 * (1 + self._groups) // (1 + len(choices))
        if span == 0:
            return
        starts = [2 + span * place for place in range(1 + len(choices))]
        merge = [(start, start + span - 1) for start in starts] if span > 1 else []
        code = rows[0].asked.code
        title = definition.words(group.short_label) or definition.words(group.label)
        names = tuple(definition.words(choice.label) or choice.name for choice in choices)
        head = _Line("", _spread("", ["base", *names], span, Look.TOTAL))
        lines = []
        for row in rows:
            name = definition.words(row.asked.question.label) or row.asked.question.name
            counts = tuple(row.count(choice.name) for choice in choices)
            cells = _spread(name, [row.total, *counts], span, Look.NUMBER)
            lines.append(_Line(name, cells, counts))
        # Parts of a bar add up to the base only where each row takes one answer.
        stacked = all(row.asked.question.type not in SEVERAL for row in rows)
        about = "Counts over all groups"
        if not stacked:
            about += (
                ". Several answers are possible in a row, so they can add up to more than its base"
            )
        plan = None
        if any(row.total for row in rows):
            head_row = self._sheet.rows + 3
            plan = _Plan(title, tuple(starts[1:]), names, head_row, stacked=stacked)
        self._write_table(
            f"{code}  {title}: all rows".strip(), about, lines, plan, head=head, merge=merge
        )
        self._gap()

    def _line(
        self, name: str, counts: Sequence[int], bases: Sequence[int], shown: Sequence[int]
    ) -> _Line:
        """Count, base and share of an option in all and in each group; some are in the chart."""
        cells: Cells = [name]
        for count, base in zip(counts, bases, strict=True):
            share = round(count / base, 6) if base else Styled("–", Look.MARK)
            cells += [count, base, share]
        return _Line(name, cells, tuple(counts[place] for place in shown))

    def _plan(self, title: str, shown: Sequence[int], *, stacked: bool = False) -> _Plan:
        """A chart of the counts of some groups; 0 is all of them together."""
        names = self._group_names()
        return _Plan(
            title,
            tuple(2 + 3 * place for place in shown),
            tuple(names[place] for place in shown),
            self._group_row,
            stacked=stacked and len(shown) > 1,
        )

    def _write_table(
        self,
        title: str,
        about: str,
        lines: Sequence[_Line],
        plan: _Plan | None,
        *,
        head: _Line | None = None,
        merge: Sequence[tuple[int, int]] = (),
    ) -> None:
        """A table with its chart beside it; of many lines in pieces that a page can show."""
        pieces = _pieces(lines, plan)
        above = (head.height if head is not None else 0.0) + 3 * _LINE
        for number, piece in enumerate(pieces, 1):
            part = f" ({number} of {len(pieces)})" if len(pieces) > 1 else ""
            begins = number == 1
            self._sheet.make_room(_height(piece, plan, above if begins else 0.0) + _LINE)
            top = self._sheet.rows + 1
            if begins:
                self._title(title, about)
                if head is not None:
                    self._sheet.append(head.cells, merge=merge, fixed=True, with_next=True)
            first = self._sheet.rows + 1
            for line in piece:
                self._sheet.append(line.cells, merge=merge, fixed=True)
            if plan is not None:
                chart = plan.chart(piece, first, (top, self._chart_column), part=part)
                self._add_chart(chart, piece, lines, above if begins else 0.0)

    def _add_chart(
        self, chart: BarChart, piece: Sequence[_Line], lines: Sequence[_Line], above: float
    ) -> None:
        """A chart beside the piece just written; rows are added when it needs the room."""
        if len(piece) < len(lines):
            ends = [sum(line.values) if chart.stacked else max(line.values) for line in lines]
            chart = replace(chart, most=max(1, *ends))
        height = layout_of(chart).height + _AIR
        room = above - _LINE + sum(line.height for line in piece)
        while room < height:
            self._gap()
            room += _LINE
        self._sheet.add_chart(chart)

    def _title(self, title: str, about: str) -> None:
        last = self._chart_column - 1
        self._sheet.append([title], look=Look.TOTAL, merge=[(1, last)], with_next=True)
        self._sheet.append([about], look=Look.SMALL, merge=[(1, last)], with_next=True)

    def _gap(self) -> None:
        self._sheet.append([], height=_LINE)

    def _say(self, words: str) -> None:
        self._gap()
        self._sheet.append([words], look=Look.PROSE, merge=[(1, self._chart_column - 1)])
        self._gap()

    def _group_names(self) -> list[str]:
        return ["All", *(band.label for band in self._frame.bands)]

    def _by_group(self) -> list[tuple[Invited, ...]]:
        return [self._frame.snapshot.invited, *(band.members for band in self._frame.bands)]

    def _sizes(self) -> list[int]:
        return [len(members) for members in self._by_group()]


def _spread(label: str, contents: Sequence[str | int], span: int, look: Look) -> Cells:
    """A row whose contents take ``span`` columns each."""
    cells: Cells = [label]
    for content in contents:
        cells += [Styled(content, look), *([""] * (span - 1))]
    return cells


def _pieces(lines: Sequence[_Line], plan: _Plan | None) -> list[Sequence[_Line]]:
    """The lines in pieces whose charts a page can show, as even as may be."""
    if plan is None or not lines:
        return [lines]
    pages = ceil(len(lines) / most_bars(plan.chart(lines, 1, (1, 1)), _HIGHEST_CHART))
    size = ceil(len(lines) / pages)
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def _height(piece: Sequence[_Line], plan: _Plan | None, above: float) -> float:
    """The points that a piece needs with its chart."""
    rows = above + sum(line.height for line in piece)
    if plan is None:
        return rows
    return max(rows, layout_of(plan.chart(piece, 1, (1, 1))).height + _AIR + _LINE)
