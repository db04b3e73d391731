"""The order of questions over several versions: the newest's, with removed ones near their home."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.models import Choice, Definition, Question
from questionnaires.versions import age


@dataclass(frozen=True, slots=True)
class UnitedQuestion:
    """One question in all the versions that ask it."""

    name: str
    section: str
    """The section it stands in, in the newest version that asks it."""
    question: Question
    """As the newest version that asks it has it."""
    versions: tuple[str, ...]
    """The versions that ask it, the newest first."""
    choices: tuple[Choice, ...]
    """Every option it ever had, as the newest version that offers it words it."""


def unite(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One order for the names of several lists, the most important list first.

    Each name stands once. The order of the first list is kept as it is; a name that only a later
    list has comes right after the name that it follows there, or before all others where it comes
    first. So a list that is added at the end never changes the order of what was there before.
    """
    united: list[str] = []
    for names in lists:
        known = set(united)
        after: str | None = None
        for name in names:
            if name not in known:
                united.insert(0 if after is None else united.index(after) + 1, name)
                known.add(name)
            after = name
    return tuple(united)


def united_questions(definitions: Iterable[Definition]) -> tuple[UnitedQuestion, ...]:
    """Every question that can be answered in some version of a questionnaire, each once.

    The order does not depend on the order in which the versions are given. Sections and questions
    stand as in the newest version; what it has dropped stands where it last stood.
    """
    return unite_questions(newest_first(definitions))


def newest_first(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Versions in the order in which they count for ``unite_questions``."""
    return tuple(sorted(definitions, key=lambda one: (age(one.version), one.version), reverse=True))


def unite_questions(
    versions: Sequence[Definition], *, with_unasked: bool = False
) -> tuple[UnitedQuestion, ...]:
    """The same for versions that are in order already, the one that counts most first.

    ``with_unasked`` unites what takes no answer, too: notes and calculations.
    """
    asked = [
        {question.name: question for question in (one.questions if with_unasked else one.fields)}
        for one in versions
    ]
    home: dict[str, str] = {}
    for definition, questions in zip(versions, asked, strict=True):
        for name in questions:
            home.setdefault(name, definition.ancestors[name][0].name)
    at_home: defaultdict[str, list[list[str]]] = defaultdict(lambda: [[] for _ in versions])
    for number, questions in enumerate(asked):
        for name in questions:
            at_home[home[name]][number].append(name)
    sections = unite([[section.name for section in one.survey] for one in versions])
    return tuple(
        _united(name, section, versions, asked)
        for section in sections
        for name in unite(at_home[section])
    )


def _united(
    name: str,
    section: str,
    versions: Sequence[Definition],
    asked: Sequence[Mapping[str, Question]],
) -> UnitedQuestion:
    asking = [
        (definition, questions[name])
        for definition, questions in zip(versions, asked, strict=True)
        if name in questions
    ]
    offered = [
        {choice.name: choice for choice in definition.options(question)}
        for definition, question in asking
    ]
    return UnitedQuestion(
        name=name,
        section=section,
        question=asking[0][1],
        versions=tuple(definition.version for definition, _ in asking),
        choices=tuple(
            next(choices[option] for choices in offered if option in choices)
            for option in unite([list(choices) for choices in offered])
        ),
    )
