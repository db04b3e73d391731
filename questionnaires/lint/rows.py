"""Rows of tables that an expression asks for: by their number, or by where it stands."""

from elementpath import XPathToken

from questionnaires.lint.findings import Findings
from questionnaires.lint.written import Names, Written

_OF_A_ROW = frozenset({"position", "last"})


def check_rows(findings: Findings, item: Written, names: Names) -> None:
    """Refuse cells that are in no table; warn where a row is asked for outside of any."""
    for token in item.tokens:
        if token.symbol == "indexed-repeat":
            _check_cell(findings, item, names, token)
        elif token.symbol in _OF_A_ROW and token.label == "function" and item.part.table is None:
            _add_no_row(findings, item, str(token.symbol))


def _add_no_row(findings: Findings, item: Written, name: str) -> None:
    findings.add(
        "row-outside-table",
        f"«{item.key}» asks {name}() for a row, and stands in no table: it is always 1.",
        "Ask it in a constraint of a column, or count rows: count(${table}).",
        at=item.part.node,
        key=item.key,
        place=item.part.place,
    )


def _check_cell(findings: Findings, item: Written, names: Names, token: XPathToken) -> None:
    column, table = (str(argument.value) for argument in (token[0], token[1]))
    if not {column, table} <= (names.questions.keys() | names.columns.keys()):
        return  # what does not exist is told elsewhere
    holder = names.table_of.get(column)
    if holder is not None and holder.name == table:
        return
    turned = names.table_of.get(table)
    if turned is not None and turned.name == column:
        trouble = f"names the table {column} before its column {table}."
        mend = f"Write: indexed-repeat(${{{table}}}, ${{{column}}}, 1)"
    elif holder is not None:
        trouble = f"looks for {column} in {table}, and it is a column of {holder.name}."
        mend = f"Write: indexed-repeat(${{{column}}}, ${{{holder.name}}}, 1)"
    else:
        trouble = f"looks for a cell of {column}, which is no column of a table."
        mend = f"Write the name of a column, or ${{{column}}} alone for its answer."
    findings.add(
        "not-its-column",
        f"«{item.key}» {trouble}",
        mend,
        at=item.part.node,
        key=item.key,
        place=item.part.place,
    )
