"""Conditions, constraints and calculations: what they refer to, and what they compare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from elementpath import XPathToken

from questionnaires.datum import number_of
from questionnaires.expressions import Expression, ExpressionInvalid, parse, tokens_of
from questionnaires.lint.cycles import find_cycles
from questionnaires.lint.findings import Findings, Part, nearest
from questionnaires.models import Group, Question, QuestionType

_ORDERED = frozenset({"<", "<=", ">", ">="})
_COMPARISONS = _ORDERED | {"=", "!="}
_LOOKS_BACK = ("relevant", "calculation", "choice_filter")


@dataclass(frozen=True, slots=True)
class _Written:
    """An expression where it is written."""

    part: Part
    key: str
    expression: Expression


def check_expressions(findings: Findings) -> None:
    """Refuse what cannot be read, refers to nothing or looks ahead, or compares badly."""
    written = list(_readable(findings))
    form = _Names(findings, in_panel=False)
    panel = _Names(findings, in_panel=True)
    in_cycle = _check_cycles(findings, written)
    for item in written:
        names = panel if item.part.in_panel else form
        _check_references(findings, item, names, in_cycle)
        _check_bare_names(findings, item)
        _check_current(findings, item)
        _check_comparisons(findings, item, names)


class _Names:
    """The questions that expressions of the form (or of the panel) may refer to, with order."""

    def __init__(self, findings: Findings, *, in_panel: bool) -> None:
        self.questions: dict[str, Question] = {}
        self.groups: set[str] = set()
        self.columns: dict[str, Question] = {}
        self.position: dict[int, int] = {}
        """By identity of the part's node: how many parts stand before it."""
        self.first: dict[str, int] = {}
        for position, part in enumerate(findings.parts):
            self.position[id(part.node)] = position
            if part.in_panel is not in_panel:
                continue
            name = part.node.name
            match part.node:
                case Group():
                    self.groups.add(name)
                case Question() if part.table is not None:
                    self.columns.setdefault(name, part.node)
                case Question():
                    self.questions.setdefault(name, part.node)
                    self.first.setdefault(name, position)


def _readable(findings: Findings) -> Iterator[_Written]:
    for part in findings.parts:
        for key in ("relevant", "constraint", "calculation", "choice_filter"):
            text = getattr(part.node, key, None)
            if text is None:
                continue
            try:
                yield _Written(part, key, parse(text))
            except ExpressionInvalid as error:
                findings.add(
                    "bad-expression",
                    f"«{key}» cannot be used: {text[:80]}. {error.message}",
                    error.mend,
                    at=part.node,
                    key=key,
                    place=part.place,
                )


def _check_cycles(findings: Findings, written: list[_Written]) -> frozenset[tuple[str, str]]:
    """Report each cycle once; gives the references that are part of one."""
    needs: dict[str, set[str]] = {}
    for item in written:
        if item.key == "constraint" or item.part.table is not None:
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
            if item.key != "constraint"
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
    findings: Findings, item: _Written, names: _Names, in_cycle: frozenset[tuple[str, str]]
) -> None:
    table = item.part.table
    own = {column.name for column in table.columns} if table is not None else set()
    for name in sorted(item.expression.references):
        if name in own or (name, name) in in_cycle:
            continue
        if name not in names.questions:
            _add_unknown(findings, item, name, names)
            continue
        ahead = names.first[name] >= names.position[id(item.part.node)]
        if ahead and item.key in _LOOKS_BACK and not _in_one_cycle(item, name, in_cycle):
            findings.add(
                "forward-reference",
                f"«{item.key}» refers to ${{{name}}}, which is only asked further down.",
                "Move that question up, or make this depend on an earlier one.",
                at=item.part.node,
                key=item.key,
                place=item.part.place,
            )


def _in_one_cycle(item: _Written, name: str, in_cycle: frozenset[tuple[str, str]]) -> bool:
    match item.part.node:
        case Question():
            return (item.part.node.name, name) in in_cycle
        case Group():
            return any((question.name, name) in in_cycle for question in item.part.node.questions())


def _add_unknown(findings: Findings, item: _Written, name: str, names: _Names) -> None:
    if name in names.groups:
        message = f"«{item.key}» refers to ${{{name}}}, which is a group and has no answer."
        mend = "Refer to a question in it."
    elif name in names.columns:
        message = f"«{item.key}» refers to ${{{name}}}, which is a column of a table."
        mend = "A column can be referred to in its own table only."
    else:
        message = f"«{item.key}» refers to ${{{name}}}, which does not exist."
        where = "panel" if item.part.in_panel else "form"
        mend = nearest(name, names.questions, f"Use the name of a question of this {where}.")
    findings.add(
        "unknown-reference",
        message,
        mend,
        at=item.part.node,
        key=item.key,
        place=item.part.place,
    )


def _check_bare_names(findings: Findings, item: _Written) -> None:
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


def _check_current(findings: Findings, item: _Written) -> None:
    uses = any(token.symbol == "." for token in tokens_of(item.expression.root))
    if uses and item.key != "constraint":
        findings.add(
            "no-current-value",
            f"«{item.key}» uses «.», but there is no answer yet when it is worked out.",
            "Only a constraint can use «.»; name the question: ${name}.",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )


def _check_comparisons(findings: Findings, item: _Written, names: _Names) -> None:
    """Refuse comparisons that can never be true: with an option that is not in the list."""
    columns: Mapping[str, Question] = (
        {column.name: column for column in item.part.table.columns} if item.part.table else {}
    )
    for token in tokens_of(item.expression.root):
        if len(token) != 2:
            continue
        left, right = token[0], token[1]
        if token.symbol in _COMPARISONS and left.symbol == "(string)":
            left, right = right, left
        if right.symbol != "(string)":
            continue
        literal = str(right.value)
        question = _question_of(left, item, names, columns)
        if token.symbol in _ORDERED and number_of(literal) != number_of(literal):
            findings.add(
                "type-clash",
                f"«{item.key}» asks whether something is larger or smaller than the text "
                f"'{literal}'.",
                "Compare with a number, or a date such as '2007-05-31'.",
                at=item.part.node,
                key=item.key,
                place=item.part.place,
            )
        elif question is not None and token.symbol in {"=", "!=", "selected"}:
            _check_option(findings, item, token.symbol, question, literal)


def _question_of(
    token: XPathToken, item: _Written, names: _Names, columns: Mapping[str, Question]
) -> Question | None:
    if token.symbol == "${":
        name = str(token.value)
        return columns.get(name) or names.questions.get(name)
    if token.symbol == "." and isinstance(item.part.node, Question):
        return item.part.node
    return None


def _check_option(
    findings: Findings, item: _Written, symbol: str, question: Question, literal: str
) -> None:
    several = question.type in (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
    if not several and question.type is not QuestionType.SELECT_ONE:
        return
    options = {choice.name for choice in findings.definition.options(question)}
    if literal and options and literal not in options:
        findings.add(
            "unknown-option",
            f"«{item.key}» compares {question.name} with '{literal}', which is none of its "
            "options.",
            nearest(literal, options, f"Options are: {', '.join(sorted(options))}."),
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
    elif literal and several and symbol != "selected":
        findings.add(
            "use-selected",
            f"«{item.key}» compares {question.name} with one option, but several can be chosen.",
            f"Write selected(${{{question.name}}}, '{literal}').",
            at=item.part.node,
            key=item.key,
            place=item.part.place,
        )
