"""Groups, tables, matrices and types that cannot work as written."""

from questionnaires.kinds.tables import MAX_ROWS
from questionnaires.lint.findings import Findings, Part
from questionnaires.models import UNASKED, Group, Question, QuestionType

_SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
_NOT_IN_TABLES = (
    *("relevant", "calculation", "choice_filter", "default", "dimension", "code"),
    *("published_when", "trigger"),
)
_OF_TABLES = ("columns", "min_rows", "max_rows")
_CELLS = _SELECTS | {
    QuestionType.TEXT,
    QuestionType.INTEGER,
    QuestionType.DECIMAL,
    QuestionType.RANGE,
    QuestionType.DATE,
    QuestionType.TIME,
    QuestionType.DATETIME,
    QuestionType.ACKNOWLEDGE,
}


def check_structure(findings: Findings) -> None:
    """Refuse what could never be asked, shown or stored."""
    if not findings.definition.survey:
        settings = findings.definition.settings
        findings.add(
            "no-sections",
            "The form has no section.",
            "Add a group under «survey:».",
            at=settings,
            place="survey",
        )
    for group, part in findings.groups():
        _check_group(findings, group, part)
    for question, part in findings.questions():
        _check_question(findings, question, part)
        _check_number(findings, question, part)
    for part in findings.parts:
        if part.table is not None and isinstance(part.node, Question):
            _check_column(findings, part.node, part)


def _check_group(findings: Findings, group: Group, part: Part) -> None:
    if not group.children:
        findings.add(
            "empty-group",
            "The group has no questions.",
            "Add «children», or take the group out.",
            at=group,
            place=part.place,
        )
    if group.is_matrix:
        _check_matrix(findings, group, part)
    if group.code is not None and any(above.code is not None for above in part.above):
        _add_nested_number(findings, group, part)
    if group.core and group.code is None and not part.in_panel:
        _add_core_without_number(findings, group, part)


def _check_matrix(findings: Findings, group: Group, part: Part) -> None:
    first: Question | None = None
    for row in group.children:
        place = f"{part.place}/{row.name}"
        if not isinstance(row, Question) or row.type not in _SELECTS:
            findings.add(
                "matrix-row",
                "A row of a matrix is not a choice from a list.",
                "Use select_one or select_multiple, and put other questions below the matrix.",
                at=row,
                key="type",
                place=place,
            )
            continue
        first = first or row
        if (row.list_name, row.type) != (first.list_name, first.type):
            findings.add(
                "matrix-lists-differ",
                f"This row is «{row.type} {row.list_name}», but the first row is "
                f"«{first.type} {first.list_name}».",
                "Give all rows of a matrix the same type and list.",
                at=row,
                key="type",
                place=place,
            )


def _check_question(findings: Findings, question: Question, part: Part) -> None:
    is_table = question.type is QuestionType.REPEAT
    if is_table and not question.columns:
        findings.add(
            "table-without-columns",
            "The table has no columns.",
            "Add «columns» with a question for each.",
            at=question,
            place=part.place,
        )
    rows = next((key for key in _OF_TABLES if getattr(question, key) not in (None, ())), None)
    if not is_table and rows is not None:
        findings.add(
            "columns-without-table",
            f"Only a repeat has columns and rows; this is «{question.type}».",
            "Make the type «repeat», or take them out.",
            at=question,
            key=rows,
            place=part.place,
        )
    if question.max_rows is not None and not 1 <= question.max_rows <= MAX_ROWS:
        findings.add(
            "bad-max-rows",
            f"A table can have 1 to {MAX_ROWS} rows, not {question.max_rows}.",
            "Choose a number in that range.",
            at=question,
            key="max_rows",
            place=part.place,
        )
    least, most = question.min_rows, question.max_rows
    if is_table and least is not None and least < 0:
        findings.add(
            "rows-out-of-order",
            f"A table cannot be asked for {least} rows at least.",
            "Write 1 or more, or take «min_rows» out.",
            at=question,
            key="min_rows",
            place=part.place,
        )
    elif is_table and least is not None and least > (most or MAX_ROWS):
        findings.add(
            "rows-out-of-order",
            f"At least {least} rows are asked for, and at most {most or MAX_ROWS} can be given.",
            "Make «min_rows» the smaller of the two.",
            at=question,
            key="min_rows",
            place=part.place,
        )


def _check_number(findings: Findings, question: Question, part: Part) -> None:
    if part.in_panel:
        return
    numbered = [group for group in part.above if group.code is not None]
    if question.code is None:
        if question.core:
            _add_core_without_number(findings, question, part)
        if not numbered and question.type not in UNASKED:
            findings.add(
                "no-number",
                "The question has no number of its own and is in no numbered group.",
                "Add «code:», such as C3, to it or to the group around it.",
                at=question,
                place=part.place,
            )
    elif numbered:
        _add_nested_number(findings, question, part)


def _add_nested_number(findings: Findings, node: Question | Group, part: Part) -> None:
    findings.add(
        "number-within-number",
        f"{node.code} stands inside a group that has a number itself.",
        "Number either the group or the questions in it.",
        at=node,
        key="code",
        place=part.place,
    )


def _add_core_without_number(findings: Findings, node: Question | Group, part: Part) -> None:
    findings.add(
        "core-without-number",
        "«core» is set on something that has no number, so it is not counted.",
        "Set it on the numbered question or group.",
        at=node,
        key="core",
        place=part.place,
    )


def _check_column(findings: Findings, column: Question, part: Part) -> None:
    if column.type not in _CELLS:
        findings.add(
            "column-type",
            f"A column of a table cannot be «{column.type}».",
            f"Use one of: {', '.join(sorted(_CELLS))}.",
            at=column,
            key="type",
            place=part.place,
        )
    for key in _NOT_IN_TABLES:
        if getattr(column, key) is not None:
            findings.add(
                "column-key",
                f"A column cannot have «{key}»: every row asks every column.",
                "Take it out; set it on the table if it holds for the whole table.",
                at=column,
                key=key,
                place=part.place,
            )
