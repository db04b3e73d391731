"""Choices from a list: one, several, or the most important ones in order."""

from collections.abc import Iterable, Sequence

from questionnaires.answers import Value
from questionnaires.kinds.kind import Kind, Parsed, wrong_type
from questionnaires.models import Choice, Definition, Question
from questionnaires.problems import Problem


def _unknown(question: Question, names: Iterable[str]) -> list[Problem]:
    return [
        Problem(
            code="unknown-choice",
            message=f"«{name[:60]}» is not an option of this question.",
            mend="Choose one of the options offered.",
            place=question.name,
        )
        for name in names
    ]


def _repeated(question: Question, names: Sequence[str]) -> list[Problem]:
    if len(set(names)) == len(names):
        return []
    return [
        Problem(
            code="chosen-twice",
            message="An option is chosen more than once.",
            mend="Choose each option at most once.",
            place=question.name,
        )
    ]


def _names(value: Value) -> tuple[str, ...] | None:
    if not isinstance(value, tuple):
        return None
    names = tuple(part for part in value if isinstance(part, str))
    return names if len(names) == len(value) else None


def _label(
    definition: Definition, choices: Iterable[Choice], name: str, language: str | None
) -> str:
    for choice in choices:
        if choice.name == name:
            return definition.words(choice.label, language) or name
    return name


def _names_from_json(question: Question, data: object) -> Parsed:
    if data is None:
        return None, []
    if isinstance(data, list) and all(isinstance(part, str) for part in data):
        return tuple(str(part) for part in data), []
    return None, [wrong_type(question, "a list of options")]


class SelectOneKind(Kind):
    """One option of a list."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        name = (raw[0] if raw else "").strip()
        return (name or None), []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        if not isinstance(value, str):
            return [wrong_type(question, "one of the options")]
        known = {choice.name for choice in definition.options(question)}
        return [] if value in known else _unknown(question, (value,))

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        return _label(definition, definition.options(question), str(value), language)

    def from_json(self, question: Question, data: object) -> Parsed:
        if data is None:
            return None, []
        if isinstance(data, str):
            return data, []
        return None, [wrong_type(question, "one of the options")]


class SelectMultipleKind(Kind):
    """Any number of options of a list; an exclusive one stands alone."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        """Options come back in the order of the list, whatever the order they were posted in."""
        chosen = dict.fromkeys(name for name in (part.strip() for part in raw) if name)
        order = {choice.name: at for at, choice in enumerate(definition.options(question))}
        return tuple(sorted(chosen, key=lambda name: order.get(name, len(order)))) or None, []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        names = _names(value)
        if names is None:
            return [wrong_type(question, "a choice of options")]
        choices = definition.options(question)
        known = {choice.name for choice in choices}
        problems = _unknown(question, (name for name in names if name not in known))
        problems += _repeated(question, names)
        alone = [choice for choice in choices if choice.exclusive and choice.name in names]
        if alone and len(names) > 1:
            label = definition.words(alone[0].label)
            problem = Problem(
                code="exclusive-choice",
                message=f"«{label}» is chosen together with other options.",
                mend=f"Keep either «{label}» or the other options.",
                place=question.name,
            )
            problems.append(problem)
        return problems

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        choices = definition.options(question)
        names = _names(value) or ()
        return "; ".join(_label(definition, choices, name, language) for name in names)

    def from_json(self, question: Question, data: object) -> Parsed:
        return _names_from_json(question, data)


class RankKind(Kind):
    """Options in order of importance; ``parameters: {top: 3}`` asks for the first three only."""

    def parse(self, question: Question, definition: Definition, raw: Sequence[str]) -> Parsed:
        """The first field posted is the first place; places left blank close up."""
        return tuple(name for name in (part.strip() for part in raw) if name) or None, []

    def check(self, question: Question, definition: Definition, value: Value) -> list[Problem]:
        names = _names(value)
        if names is None:
            return [wrong_type(question, "a ranking of options")]
        known = {choice.name for choice in definition.options(question)}
        problems = _unknown(question, (name for name in names if name not in known))
        problems += _repeated(question, names)
        top = top_of(question)
        if top is not None and len(names) > top:
            problem = Problem(
                code="too-many",
                message=f"{len(names)} options are ranked; at most {top} are asked for.",
                mend=f"Keep the {top} most important ones.",
                place=question.name,
            )
            problems.append(problem)
        return problems

    def display(
        self, question: Question, definition: Definition, value: Value, language: str | None
    ) -> str:
        choices = definition.options(question)
        names = _names(value) or ()
        return "; ".join(
            f"{place}. {_label(definition, choices, name, language)}"
            for place, name in enumerate(names, start=1)
        )

    def from_json(self, question: Question, data: object) -> Parsed:
        return _names_from_json(question, data)


def top_of(question: Question) -> int | None:
    """How many places a rank question asks for; ``None`` for all options."""
    top = question.parameters.get("top", "")
    return int(top) if top.isascii() and top.isdigit() and int(top) > 0 else None
