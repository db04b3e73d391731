"""The sheet Codebook: every question, its options and its routing, in each version."""

from collections.abc import Sequence
from dataclasses import replace

from exports.annex_b.annex_b import PAPER_WIDTH
from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.line_breaks import width_for
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Look, Styled
from exports.sheet_styles import setting_of
from questionnaires.canonical import checksum
from questionnaires.column_order import newest_first, unite, unite_questions
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import UNASKED, Choice, Definition, Item, Question, QuestionType

COLUMNS = (
    ("No.", Column(30, Look.CENTRE)),
    ("Name", Column(110, Look.CODE)),
    ("Question", Column(0)),
    ("Hint", Column(150)),
    ("Type", Column(82)),
    ("Core", Column(28, Look.CENTRE)),
    ("Required", Column(42, Look.CENTRE)),
    ("Columns", Column(46, Look.CENTRE)),
    ("Asked if", Column(150, Look.CODE)),
    ("Must hold", Column(124, Look.CODE)),
    ("Where it comes from", Column(140)),
)
"""Names get the room that those of the questionnaire need; questions get what is left."""
_LAST = len(COLUMNS)
_CORE = "★"
_NAME, _QUESTION = 1, 2
_WIDEST_NAME = 170.0

Cells = list[Content | Styled | None]


class CodebookSheet:
    """Can be written as soon as it is opened, but for the versions of the responses."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        above = head_rows(frame)
        self._sheet = new_sheet(
            book,
            frame,
            "Codebook",
            _columns(frame.definition),
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
            frozen_columns=2,
            by_hand=True,
        )

    def write(self, versions: dict[str, tuple[Definition, int]]) -> None:
        """Write versions, questions and options; ``versions`` counts the responses to each."""
        legend = (
            f"{_CORE} core question  ·  Columns: those of Annex B in which the answer is shown  ·  "
            "Names never change from one version to the next; answers are stored under them."
        )
        write_head(self._sheet, self._frame, "Codebook", _LAST, legend)
        self._sheet.append([head for head, _ in COLUMNS], look=Look.HEAD)
        own = self._frame.definition
        counted = {own.version: (own, 0), **versions}
        united = newest_first(definition for definition, _ in counted.values())
        self._write_questions(united)
        self._write_options(united)
        self._title("Versions of the questionnaire, and how many responses were given to each")
        for definition, count in counted.values():
            self._write_version(definition, count)

    def _write_questions(self, versions: Sequence[Definition]) -> None:
        """Write each question once, and once more where another version has it otherwise."""
        self._title(f"Questions of {_versions_in_words(versions)}")
        section = ""
        for united in unite_questions(versions, with_unasked=True):
            if united.section != section:
                section = united.section
                self._sheet.append(
                    [_words_of_section(versions, section)],
                    look=Look.TOTAL,
                    merge=[(1, _LAST)],
                    with_next=True,
                )
            asking = [one for one in versions if united.name in one.by_name]
            told = [(one, _rows_of(one, one.by_name[united.name])) for one in asking]
            self._write_told(versions, told)

    def _write_options(self, versions: Sequence[Definition]) -> None:
        words = _versions_in_words(versions)
        self._title(f"Options of {words}, each with its list under «Type»")
        for list_name in unite([list(one.choices) for one in versions]):
            lists = [(one, one.choices.get(list_name, ())) for one in versions]
            for name in unite([[choice.name for choice in choices] for _, choices in lists]):
                told = [
                    (one, [_option_cells(one, choice, list_name)])
                    for one, choices in lists
                    for choice in choices
                    if choice.name == name
                ]
                self._write_told(versions, told)

    def _write_told(
        self, versions: Sequence[Definition], told: Sequence[tuple[Definition, list[Cells]]]
    ) -> None:
        """Write what versions say of one thing: what is alike once, with the versions it is of."""
        alike: list[tuple[list[Definition], list[Cells]]] = []
        for definition, rows in told:
            same = next((of for of, known in alike if known == rows), None)
            if same is None:
                alike.append(([definition], rows))
            else:
                same.append(definition)
        for of, rows in alike:
            for cells in rows:
                if len(of) < len(versions):
                    cells[_QUESTION] = f"{cells[_QUESTION]}\n({_versions_in_words(of)})"
                self._sheet.append(cells)

    def _write_version(self, definition: Definition, count: int) -> None:
        title = definition.words(definition.settings.form_title)
        name = f"{definition.slug} {definition.version}"
        digest = f"sha256 {checksum(definition)}"
        given = f"{count} response{'' if count == 1 else 's'}"
        row: Cells = ["", name, title, given, "", "", "", "", digest, "", ""]
        self._sheet.append(row, merge=[(9, _LAST)])

    def _title(self, words: str) -> None:
        self._sheet.append([words], look=Look.BAND, merge=[(1, _LAST)], height=17)


def _columns(definition: Definition) -> list[Column]:
    columns = [column for _, column in COLUMNS]
    given = columns[_NAME]
    names = [question.name for question in definition.questions]
    names += [f"{one.name}.{column.name}" for one in definition.questions for column in one.columns]
    names += [choice.name for choices in definition.choices.values() for choice in choices]
    setting = setting_of(given.look)
    width = width_for(names, setting, least=given.width, most=_WIDEST_NAME)
    columns[_NAME] = replace(given, width=width)
    left = PAPER_WIDTH - sum(column.width for column in columns)
    columns[_QUESTION] = replace(columns[_QUESTION], width=left)
    return columns


def _versions_in_words(versions: Sequence[Definition]) -> str:
    names = [one.version for one in versions]
    return f"version{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _words_of_section(versions: Sequence[Definition], name: str) -> str:
    """A section as the newest version that has it calls it."""
    return next(
        one.words(section.label)
        for one in versions
        for section in one.survey
        if section.name == name
    )


def _option_cells(definition: Definition, choice: Choice, list_name: str) -> Cells:
    alone = "only by itself" if choice.exclusive else ""
    return ["", choice.name, definition.words(choice.label), alone, list_name]


def _rows_of(definition: Definition, question: Question) -> list[Cells]:
    """A question, and below it the columns of its table."""
    columns = [_column_cells(definition, question, column) for column in question.columns]
    return [_question_cells(definition, question), *columns]


def _question_cells(definition: Definition, question: Question) -> Cells:
    item = definition.item_of.get(question.name)
    groups = definition.ancestors[question.name]
    conditions = [group.relevant for group in groups if group.relevant]
    conditions += [question.relevant] if question.relevant else []
    label = definition.words(question.label) or question.name
    if question.personal:
        label += " (personal data: never exported)"
    return [
        item.code if item is not None else "",
        question.name,
        _within(definition, item, question, label),
        definition.words(question.hint),
        _type(question),
        _CORE if question.core or (item is not None and item.core) else "",
        "yes" if question.required else "",
        " ".join(() if question.type in UNASKED else definition.dimensions_of(question.name)),
        " and ".join(f"({condition})" for condition in conditions)
        if len(conditions) > 1
        else "".join(conditions),
        _rule(question),
        question.source or next((group.source for group in reversed(groups) if group.source), ""),
    ]


def _type(question: Question) -> str:
    """The type with its list, its scale or how many rows it has."""
    words = f"{question.type} {question.list_name or ''}".strip()
    scale = scale_of(question) if question.type is QuestionType.RANGE else None
    if scale is not None:
        words += f"\n{scale}"
    fewest, most = question.min_rows, question.max_rows
    if fewest is not None:
        words += f"\nat least {fewest} rows"
    return words + (f"\nat most {most} rows" if most is not None else "")


def _rule(question: Question) -> str:
    """What it is worked out from or held to, and what is suggested."""
    rules = [question.calculation or "", question.constraint or ""]
    if question.default is not None:
        rules.append(f"{'always' if question.is_derived else 'suggested'}: {question.default}")
    return "\n".join(rule for rule in rules if rule)


def _within(definition: Definition, item: Item | None, question: Question, label: str) -> str:
    """The question's words, after those of the numbered question it is a part of."""
    if item is None or item.node is question:
        return label
    around = definition.words(item.node.label)
    return label if not around or around == label else f"{around}\n{label}"


def _column_cells(definition: Definition, table: Question, column: Question) -> Cells:
    label = definition.words(column.label) or column.name
    if column.personal:
        label += " (personal data: never exported)"
    return [
        "",
        f"{table.name}.{column.name}",
        f"Column: {label}",
        definition.words(column.hint),
        _type(column),
        "",
        "yes" if column.required else "",
        "",
        column.relevant or "",
        column.constraint or "",
        "",
    ]
