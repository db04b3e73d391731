"""What can be asked and answered at all: found by trying the answers that matter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from questionnaires.expressions import Expression, ExpressionInvalid, parse, tokens_of
from questionnaires.functions import FUNCTIONS
from questionnaires.lint.domains import Uses, domain_of, uses_in
from questionnaires.lint.findings import Findings, Part
from questionnaires.lint.search import Bound, Condition, Found, Unknown, search
from questionnaires.models import Group, Question

STEPS_OF_ONE = 6_000
"""What looking at one question may cost; what is not known by then is not reported."""
STEPS_OF_ALL = 150_000
"""What looking at a form may cost: half a second or so."""
_MOST_UNKNOWNS = 12


class Reach:
    """Answers whether conditions of a form can be true."""

    def __init__(self, findings: Findings, *, in_panel: bool) -> None:
        self._findings = findings
        self._definition = findings.definition
        self._parts = {
            part.node.name: part
            for part in reversed(findings.parts)
            if part.in_panel is in_panel and part.table is None
        }
        self._needs: dict[str, _Need] = {}
        self.bound = Bound(STEPS_OF_ALL, STEPS_OF_ONE)
        self._known: dict[tuple[tuple[str, ...], bool], Found] = {}

    def conditions_of(self, part: Part) -> tuple[str, ...]:
        """The conditions under which a part is asked, from the section inwards.

        Without those that have a fault of their own: what follows from it is not reported too.
        """
        nodes: list[Question | Group] = [*part.above, part.node]
        if part.table is not None:
            nodes.insert(-1, part.table)
        found: list[str] = []
        for node in nodes:
            at = self._parts.get(node.name)
            if node.relevant is None or at is None:
                continue
            if not self._findings.has_fault(at.place, "relevant"):
                found.append(node.relevant)
        return tuple(found)

    def question(self, name: str) -> Question | None:
        """The question of that name, if it is none of a table."""
        need = self._need(name)
        return None if need is None else need.question

    def _need(self, name: str) -> "_Need | None":
        part = self._parts.get(name)
        if part is None or not isinstance(part.node, Question):
            return None
        if name not in self._needs:
            self._needs[name] = _Need(part.node, self.conditions_of(part))
        return self._needs[name]

    def of(self, texts: Sequence[str], *, negated: bool = False) -> Found:
        """Whether all of these conditions can be true at once (or, negated, the one can be false).

        A question that they refer to is empty when it is not asked itself.
        """
        key = (tuple(texts), negated)
        if key not in self._known:
            found = [
                Condition(part, names_in(part), negated=negated)
                for part in parts_of(texts, whole=negated)
            ]
            self._known[key] = self.search(found, {})
        return self._known[key]

    def search(self, conditions: list[Condition], given: dict[str, Unknown]) -> Found:
        """Look for answers, with some unknowns given; conditions that look at others are left out.

        Leaving one out can only make something seem possible: nothing is reported without proof.
        """
        if self.bound.left <= 0:
            return Found.UNKNOWN
        uses = uses_in(condition.expression.root for condition in conditions)
        order: dict[str, _Need] = {}
        for name in list(uses):
            self._follow(name, uses, order)
        unknowns = dict(given)
        for name, need in order.items():
            if (
                name not in unknowns
                and (unknown := self._unknown(need, uses, unknowns)) is not None
            ):
                unknowns[name] = unknown
        guards = [
            Condition(part, names_in(part) | {name}, unless_empty=name)
            for name, need in order.items()
            if not need.is_worked_out
            for part in need.asked_if
        ]
        if any(c.negated and not c.names <= unknowns.keys() for c in conditions):
            return Found.UNKNOWN
        kept = [c for c in (*conditions, *guards) if c.names <= unknowns.keys()]
        return search(list(unknowns.values()), kept, self.bound) if kept else Found.POSSIBLE

    def _follow(self, name: str, uses: dict[str, Uses], order: "dict[str, _Need]") -> None:
        """Put what a question depends on before it, and note how each is used."""
        waiting = [(name, False)]
        open_names: set[str] = set()
        while waiting:
            name, is_followed = waiting.pop()
            need = self._need(name)
            if need is None or name in order:
                continue
            if is_followed:
                order[name] = need
                continue
            if name in open_names:
                continue
            if len(open_names) >= _MOST_UNKNOWNS:
                return
            open_names.add(name)
            waiting.append((name, True))
            for other, use in need.uses.items():
                _join(uses.setdefault(other, Uses()), use)
                waiting.append((other, False))

    def _unknown(
        self, need: "_Need", uses: dict[str, Uses], before: dict[str, Unknown]
    ) -> Unknown | None:
        name = need.question.name
        if need.is_worked_out:
            if need.calculation is None or not need.names <= before.keys():
                return None
            return Unknown(name, calculation=need.calculation, asked_if=need.asked_if)
        if need.question.is_derived:
            default = need.question.default
            return None if default is None else Unknown(name, ("", default))
        domain = domain_of(need.question, self._definition, uses[name])
        return None if domain is None else Unknown(name, domain)


class _Need:
    """What a question depends on."""

    def __init__(self, question: Question, conditions: tuple[str, ...]) -> None:
        self.question = question
        self.asked_if = tuple(parts_of(conditions))
        text = question.calculation
        if text is None and question.default_is_expression:
            text = question.default
        self.is_worked_out = question.is_derived and text is not None
        self.calculation: Expression | None = None
        if self.is_worked_out:
            found = _read(text or "")
            whole = len(list(parts_of(conditions, whole=True))) == len(conditions)
            self.calculation = found if found is not None and whole and not moves(found) else None
        needed = [*self.asked_if, *filter(None, [self.calculation])]
        self.uses = uses_in(expression.root for expression in needed)
        self.names = frozenset(self.uses)


def _join(uses: Uses, further: Uses) -> None:
    uses.literals |= further.literals
    uses.is_closed = uses.is_closed and further.is_closed
    uses.counts = uses.counts or further.counts


def _read(text: str) -> Expression | None:
    try:
        return parse(text)
    except ExpressionInvalid:
        return None


def _split(text: str) -> tuple[Expression, ...]:
    """A condition as the parts that all must hold; without those that look at the day or a draw."""
    expression = _read(text)
    if expression is None:
        return ()
    parts: list[Expression] = []
    waiting = [expression.root]
    while waiting:
        token = waiting.pop()
        if token.symbol == "and":
            waiting += [token[1], token[0]]
        elif token.symbol == "(":
            waiting.append(token[0])
        else:
            parts.append(replace(expression, root=token))
    return tuple(part for part in parts if not moves(part))


def parts_of(texts: Iterable[str], *, whole: bool = False) -> Iterator[Expression]:
    """Conditions in parts that all must hold (or whole), without those that cannot be tried."""
    for text in texts:
        if not whole:
            yield from _split(text)
        elif (expression := _read(text)) is not None and not moves(expression):
            yield expression


def moves(expression: Expression) -> bool:
    """Whether it looks at the day, the row or the choice, or draws: then nothing is tried."""
    return any(
        token.symbol in ("(name)", "..")
        or (token.label == "function" and FUNCTIONS[str(token.symbol)].moves)
        for token in tokens_of(expression.root)
    )


def names_in(expression: Expression) -> frozenset[str]:
    """The questions that a part of an expression refers to; a full stop for the value itself."""
    return frozenset(
        "." if token.symbol == "." else str(token.value)
        for token in tokens_of(expression.root)
        if token.symbol in ("${", ".")
    )
