"""Conditions, constraints and calculations: what they refer to, and in which order."""

from collections.abc import Iterator

from elementpath import XPathToken

from questionnaires.expressions import ExpressionInvalid, parse, tokens_of
from questionnaires.functions import FUNCTIONS, Kind
from questionnaires.lint.clashes import check_clashes
from questionnaires.lint.comparisons import check_comparisons
from questionnaires.lint.cycles import find_cycles
from questionnaires.lint.findings import Findings
from questionnaires.lint.rows import check_rows
from questionnaires.lint.written import Names, Written
from questionnaires.models import Group, Question, QuestionType

_LOOKS_BACK = ("relevant", "calculation", "choice_filter", "default")
"""They are worked out on the way through the form, and see only what stands before them."""
_LOOKS_ROUND = ("constraint", "published_when")
"""They are worked out with all answers known."""
_OF_MANY = frozenset({"min", "max", "join", "concat", "checklist", "weighted-checklist"})
"""Functions that look at all cells of a column, beside those that take nodes."""


def check_expressions(findings: Findings) -> None:
    """Refuse what cannot be read, refers to nothing or looks ahead, or compares badly."""
    written = list(_readable(findings))
    form = Names(findings, in_panel=False)
    panel = Names(findings, in_panel=True)
    in_cycle = _check_cycles(findings, written)
    for item in written:
        names = panel if item.part.in_panel else form
        _check_references(findings, item, names, in_cycle)
        _check_bare_names(findings, item)
        _check_current(findings, item)
        check_comparisons(findings, item, names)
        check_clashes(findings, item, names)
        check_rows(findings, item, names)


def _readable(findings: Findings) -> Iterator[Written]:
    for part in findings.parts:
        for key in (*_LOOKS_BACK, *_LOOKS_ROUND):
            text = _text(part.node, key)
            if text is None:
                continue
            try:
                expression = parse(text)
            except ExpressionInvalid as error:
                findings.add(
                    "bad-expression",
                    f"«{key}» cannot be used: «{text[:80]}». {error.message}",
                    error.mend,
                    at=part.node,
                    key=key,
                    place=part.place,
                )
            else:
                yield Written(part, key, expression, tuple(tokens_of(expression.root)))


def _text(node: Question | Group, key: str) -> str | None:
    if isinstance(node, Group):
        return node.relevant if key == "relevant" else None
    if key == "default" and not node.default_is_expression:
        return None
    text = getattr(node, key)
    return text if isinstance(text, str) else None


def _check_cycles(findings: Findings, written: list[Written]) -> frozenset[tuple[str, str]]:
    """Report each cycle once; gives the references that are part of one."""
    needs: dict[str, set[str]] = {}
    for item in written:
        if item.key in _LOOKS_ROUND or item.part.table is not None:
            continue
        targets = (
            [item.part.node.name]
            if isinstance(item.part.node, Question)
            else [question.name for question in item.part.node.questions()]
        )
        for target in targets:
            needs.setdefault(target, set()).update(item.expression.references)
    cycles = find_cycles(needs)
    for cycle in cycles:
        names = set(cycle)
        at = next(
            item
            for item in written
            if item.key in _LOOKS_BACK
            and item.expression.references & names
            and (
                item.part.node.name in names
                or (
                    isinstance(item.part.node, Group)
                    and names & {question.name for question in item.part.node.questions()}
                )
            )
        )
        findings.add(
            "cycle",
            "These depend on one another in a circle: " + " → ".join([*cycle, cycle[0]]) + ".",
            "Break the circle: let a question depend only on what stands before it.",
            at=at.part.node,
            key=at.key,
            place=at.part.place,
        )
    return frozenset((one, other) for cycle in cycles for one in cycle for other in cycle)


def _check_references(
    findings: Findings, item: Written, names: Names, in_cycle: frozenset[tuple[str, str]]
) -> None:
    table = item.part.table
    own = {column.name for column in table.columns} if table is not None else set()
    for name in sorted(item.expression.references):
        if name in own:
            continue
        if name in names.columns and name not in names.questions:
            _check_column(findings, item, name, names)
            continue
        question = names.questions.get(name)
        if question is None or question.type is QuestionType.NOTE:
            _add_unknown(findings, item, name, names)
            continue
        if not _in_one_cycle(item, name, in_cycle):
            _check_order(findings, item, name, names.first[name], names)


def _check_order(findings: Findings, item: Written, name: str, at: int, names: Names) -> None:
    if at >= names.position[id(item.part.node)] and item.key in _LOOKS_BACK:
        findings.add(
            "forward-reference",
            f"«{item.key}» refers to ${{{name}}}, which is only asked further down.",
            "Move that question up, or make this depend on an earlier one.",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )


def _check_column(findings: Findings, item: Written, name: str, names: Names) -> None:
    """Outside of its table a column is as many values as there are rows."""
    waiting: list[tuple[XPathToken, bool]] = [(item.expression.root, False)]
    while waiting:
        token, of_many = waiting.pop()
        if token.symbol == "${" and token.value == name and not of_many:
            findings.add(
                "column-outside-table",
                f"«{item.key}» refers to ${{{name}}}, which is a column of a table and has a value "
                "in each row.",
                f"Say what of them is meant: sum(${{{name}}}), max(), count() or join(', ', …).",
                at=item.part.node,
                key=item.key,
                place=item.part.place,
            )
            return
        waiting.extend(
            (child, _takes_many(token, index, within=of_many)) for index, child in enumerate(token)
        )
    _check_order(findings, item, name, names.first_column[name], names)


def _takes_many(token: XPathToken, index: int, *, within: bool) -> bool:
    if token.symbol in ("(", "|"):
        return within
    if token.label != "function":
        return False
    function = FUNCTIONS[str(token.symbol)]
    return function.name in _OF_MANY or function.signature.takes(index) is Kind.NODES


def _in_one_cycle(item: Written, name: str, in_cycle: frozenset[tuple[str, str]]) -> bool:
    match item.part.node:
        case Question():
            return (item.part.node.name, name) in in_cycle
        case Group():
            return any((question.name, name) in in_cycle for question in item.part.node.questions())


def _add_unknown(findings: Findings, item: Written, name: str, names: Names) -> None:
    if name in names.groups:
        message = f"«{item.key}» refers to ${{{name}}}, which is a group and has no answer."
        mend = "Refer to a question in it."
    elif name in names.questions:
        message = f"«{item.key}» refers to ${{{name}}}, which is a note and has no answer."
        mend = "Refer to a question, or to a calculate."
    else:
        message = f"«{item.key}» refers to ${{{name}}}, which does not exist."
        where = "panel" if item.part.in_panel else "form"
        lower = name.lower()
        mend = (
            f"Did you mean «{lower}»?"
            if lower in names.questions or lower in names.columns
            else findings.nearest(
                name, names.questions, f"Use the name of a question of this {where}."
            )
        )
    findings.add(
        "unknown-reference",
        message,
        mend,
        at=item.part.node,
        key=item.key,
        place=item.part.place,
    )


def _check_bare_names(findings: Findings, item: Written) -> None:
    known: set[str] = set()
    if item.key == "choice_filter" and isinstance(item.part.node, Question):
        known = {"name"}
        for choice in findings.definition.options(item.part.node):
            known.update(choice.columns)
    for name in sorted(item.expression.names - known):
        findings.add(
            "bare-word",
            f"«{item.key}» has the word «{name}» without quotes or braces.",
            f"Write '{name}' for an option or text, ${{{name}}} for a question"
            + ("; columns of the options are: " + ", ".join(sorted(known)) + "." if known else "."),
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )


def _check_current(findings: Findings, item: Written) -> None:
    uses = any(token.symbol == "." for token in item.tokens)
    if uses and item.key != "constraint":
        findings.add(
            "no-current-value",
            f"«{item.key}» uses «.», but there is no answer yet when it is worked out.",
            "Only a constraint can use «.»; name the question: ${name}.",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
