"""The sheet Tabulations: count, base and share of every closed question, by group, with charts."""

from collections.abc import Iterator, Sequence

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.annex_b.sentences import out_of, round_rates, waiting
from exports.annex_b.tally import QuestionTally, Tally
from exports.annex_b.vocabulary import mark_legend
from exports.records import Invited
from exports.row_height import Lines, height_of
from exports.safe_openpyxl import Book
from exports.sheet_content import BarChart, Column, Content, Look, Series, Styled
from exports.sheet_styles import CHART_COLOURS, LOOKS
from questionnaires.models import Group
from questionnaires.outcomes import MEANINGS as OUTCOMES
from questionnaires.outcomes import Outcome

LABEL_WIDTH = 230.0
NUMBER_WIDTH = 33.0
CHART_WIDTH = 360.0
_LINE = height_of(Lines(1), LOOKS[Look.BODY].size).fixed
_LEAST_CHART = 96.0
_CHART_FRAME = 40.0
_HEADS = ("count", "base", "%")

Cells = list[Content | Styled | None]


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
                self._make_room(len(found))
                self._write_matrix(title, found)
            for question in found:
                self._make_room(len(question.choices))
                self._write_question(question, tally, chart=not isinstance(title, Group))

    def _write_heads(self) -> None:
        labels = ["All", *(band.label for band in self._frame.bands)]
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
        self._title("Responses", "Base: everyone who was invited, silent ones too")
        first = self._sheet.rows + 1
        for outcome in Outcome:
            meaning = OUTCOMES[outcome]
            counts = [
                sum(one.outcome is outcome for one in members) for members in self._by_group()
            ]
            self._counts(f"{meaning.symbol} {meaning.word}", counts, self._sizes())
        if waiting(invited):
            counts = [waiting(members) for members in self._by_group()]
            self._counts("No outcome yet", counts, self._sizes())
        series = tuple(
            Series(2 + 3 * (1 + place), CHART_COLOURS[place % len(CHART_COLOURS)])
            for place, band in enumerate(self._frame.bands)
            if band.members
        )
        self._chart("Responses by group", first, series, stacked=True)
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
        if tally.background:
            words += f" {tally.background} given for background only are left out."
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

    def _write_question(self, question: QuestionTally, tally: Tally, *, chart: bool) -> None:
        asked = question.asked
        label = self._frame.definition.words(asked.question.label)
        title = asked.title if not chart or not label else label
        self._title(f"{asked.code}  {title}".strip(), question.base_words(tally.counted))
        first = self._sheet.rows + 1
        bases = [question.total, *(question.base[place] for place in range(self._groups))]
        for choice in question.all_choices:
            counts = [question.count(choice.name)]
            counts += [question.count(choice.name, place) for place in range(self._groups)]
            self._counts(self._frame.definition.words(choice.label) or choice.name, counts, bases)
        if chart and question.total:
            self._chart(asked.title, first, (Series(2, CHART_COLOURS[0]),))
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
        self._title(f"{code}  {title}: all rows".strip(), "Counts over all groups")
        heads = ["base", *(definition.words(choice.label) for choice in choices)]
        cells = _spread("", heads, span, Look.TOTAL)
        head_row = self._sheet.append(cells, merge=merge, fixed=True)
        first = self._sheet.rows + 1
        for row in rows:
            label = definition.words(row.asked.question.label) or row.asked.question.name
            counts = [row.total, *(row.count(choice.name) for choice in choices)]
            cells = _spread(label, counts, span, Look.NUMBER)
            self._sheet.append(cells, merge=merge, fixed=True)
        series = tuple(
            Series(start, CHART_COLOURS[place % len(CHART_COLOURS)])
            for place, start in enumerate(starts[1:])
        )
        if any(row.total for row in rows):
            self._chart(title, first, series, stacked=True, head_row=head_row)
        self._gap()

    def _make_room(self, rows: int) -> None:
        """Begin a new page when a block of so many rows does not fit on this one."""
        self._sheet.make_room(max((rows + 4) * _LINE, _LEAST_CHART + 2 * _LINE) + _LINE)

    def _title(self, title: str, about: str) -> None:
        last = self._chart_column - 1
        self._sheet.append([title], look=Look.TOTAL, merge=[(1, last)], with_next=True)
        self._sheet.append([about], look=Look.SMALL, merge=[(1, last)], with_next=True)

    def _counts(self, label: str, counts: Sequence[int], bases: Sequence[int]) -> None:
        cells: Cells = [label]
        for count, base in zip(counts, bases, strict=True):
            share = round(count / base, 6) if base else Styled("–", Look.MARK)
            cells += [count, base, share]
        self._sheet.append(cells, fixed=True)

    def _chart(
        self,
        title: str,
        first: int,
        series: tuple[Series, ...],
        *,
        stacked: bool = False,
        head_row: int | None = None,
    ) -> None:
        """A chart beside the block just written; rows are added when it needs the room."""
        last = self._sheet.rows
        rows = last - first + 1
        legend = _LINE * 2 if len(series) > 1 else 0.0
        height = max(_LEAST_CHART, rows * _LINE + _CHART_FRAME + legend)
        room = (rows + 2) * _LINE
        while room < height:
            self._gap()
            room += _LINE
        self._sheet.add_chart(
            BarChart(
                title=title,
                first_row=first,
                last_row=last,
                labels_column=1,
                series=series,
                at=(first - 2, self._chart_column),
                width=CHART_WIDTH - 12,
                height=height,
                stacked=stacked,
                head_row=head_row if head_row is not None else self._group_row,
            )
        )

    def _gap(self) -> None:
        self._sheet.append([], height=_LINE)

    def _say(self, words: str) -> None:
        self._gap()
        self._sheet.append([words], look=Look.PROSE, merge=[(1, self._chart_column - 1)])
        self._gap()

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
