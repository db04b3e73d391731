"""What questionnaires cost by themselves: reading, linting, comparing, and working out a form.

Milliseconds of CPU of this process, the median of several runs. An answer that a respondent
changes is worked out with all that depends on it: the whole route, and every constraint.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date

from questionnaires.answers import Answer, Answers
from questionnaires.catalogue import Catalogue
from questionnaires.comparison import compare
from questionnaires.expressions import parse
from questionnaires.lint import lint
from questionnaires.loading import read_definition
from questionnaires.models import (
    Choice,
    Definition,
    Group,
    Node,
    Question,
    QuestionType,
    Settings,
)
from questionnaires.routing import route
from questionnaires.validation import check_submission
from questionnaires.writing import to_yaml

Figures = Mapping[str, float]

TODAY = date(2026, 1, 31)
RCP = "rcp-migration-development"
QUESTIONS, PER_SECTION = 1000, 50
RUNS = 7
CHANGES = 100
MILLI = 1000
OPTIONS = ("yes", "partly", "no", "other")
ADJECTIVES = ("national", "regional", "joint", "annual", "written", "public", "formal", "shared")
NOUNS = ("plan", "strategy", "meeting", "report", "fund", "register", "agreement", "survey", "body")


def large_definition(version: str = "1", *, questions: int = QUESTIONS) -> Definition:
    """So many questions in two languages; every second has a condition, every fourth a constraint.

    A condition looks at the question before it, and at one of the four before that.
    """
    sections = []
    for start in range(0, questions, PER_SECTION):
        children: tuple[Node, ...] = tuple(
            _question(number) for number in range(start, min(start + PER_SECTION, questions))
        )
        name = f"section_{start // PER_SECTION + 1}"
        label = {
            "en": f"Part {start // PER_SECTION + 1}",
            "fr": f"Volet {start // PER_SECTION + 1}",
        }
        sections.append(Group(name=name, label=label, children=children))
    return Definition(
        settings=Settings(
            form_id="measurement",
            version=version,
            form_title={"en": "Measurement", "fr": "Mesure"},
            languages=("en", "fr"),
        ),
        choices={
            "extent": tuple(
                Choice(name=name, label={"en": name.title(), "fr": f"{name.title()} (fr)"})
                for name in OPTIONS
            )
        },
        survey=tuple(sections),
    )


def _question(number: int) -> Question:
    """One of four types in turn: a choice, a number, several choices, a text."""
    types = (
        QuestionType.SELECT_ONE,
        QuestionType.INTEGER,
        QuestionType.SELECT_MULTIPLE,
        QuestionType.TEXT,
    )
    type_ = types[number % len(types)]
    about = f"{ADJECTIVES[number % len(ADJECTIVES)]} {NOUNS[number % len(NOUNS)]} {number + 1}"
    return Question(
        name=_name(number),
        type=type_,
        list_name="extent" if type_.value.startswith("select") else None,
        label={"en": f"What is known of {about}?", "fr": f"Que sait-on de {about} ?"},
        code=f"M{number + 1}",
        relevant=_condition(number),
        constraint=". >= 0 and . <= 5000" if type_ is QuestionType.INTEGER else None,
        constraint_message={"en": "Give 0 to 5000.", "fr": "Donnez de 0 à 5000."}
        if type_ is QuestionType.INTEGER
        else {},
    )


def _condition(number: int) -> str | None:
    """A condition for every second question, on choices and numbers before it."""
    if number % 2 == 0:
        return None
    block = number - number % 4
    earlier = max(block - 4, 0)
    if number % 4 == 1:
        return f"${{{_name(block)}}} = 'yes' or ${{{_name(earlier)}}} = 'partly'"
    return f"selected(${{{_name(block + 2)}}}, 'other') or ${{{_name(earlier + 1)}}} > 10"


def _name(number: int) -> str:
    return f"q{number + 1:04d}"


def changed(definition: Definition) -> Definition:
    """The next version: of ten questions one is relabelled, one moved and one dropped."""
    sections = []
    for section in definition.survey:
        children: list[Node] = []
        for place, child in enumerate(section.children):
            if place % 10 == 3:
                children.append(child.model_copy(update={"label": {"en": "Said otherwise?"}}))
            elif place % 10 == 5:
                children.insert(0, child)
            elif place % 10 != 7:
                children.append(child)
        sections.append(section.model_copy(update={"children": tuple(children)}))
    settings = definition.settings.model_copy(update={"version": "2"})
    return definition.model_copy(update={"survey": tuple(sections), "settings": settings})


def filled(definition: Definition) -> dict[str, Answer]:
    """An answer to every question, so that each constraint has something to look at."""
    return {question.name: _answer(definition, question) for question in definition.fields}


def _answer(definition: Definition, question: Question) -> Answer:
    names = [choice.name for choice in definition.options(question)]
    match question.type:
        case QuestionType.SELECT_ONE:
            return Answer(value=names[0])
        case QuestionType.SELECT_MULTIPLE | QuestionType.RANK:
            return Answer(value=tuple(names[:2]))
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return Answer(value=2000)
        case QuestionType.REPEAT:
            row = {column.name: _cell(definition, column) for column in question.columns}
            return Answer(value=(row,) * 5)
        case _:
            return Answer(value="An answer.")


def _cell(definition: Definition, column: Question) -> str | int:
    options = definition.options(column)
    if options:
        return options[0].name
    return 2000 if column.type is QuestionType.INTEGER else "A cell."


def _milliseconds(work: Callable[[], object], *, runs: int = RUNS) -> float:
    took = []
    for _ in range(runs):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return statistics.median(took) * MILLI


def work_out(definition: Definition, answers: Answers) -> None:
    """What one change makes necessary: what is asked now, and whether all of it is acceptable."""
    path = route(definition, answers, today=TODAY)
    check_submission(definition, answers, today=TODAY, path=path)


def _changes(definition: Definition) -> Callable[[], None]:
    """A hundred changes: a question with options takes one after the other."""
    answers = filled(definition)
    name = next(one.name for one in definition.fields if one.type is QuestionType.SELECT_ONE)
    options = [choice.name for choice in definition.options(definition.by_name[name])]

    def change() -> None:
        for number in range(CHANGES):
            answers[name] = Answer(value=options[number % len(options)])
            work_out(definition, answers)

    return change


def measure_change(definition: Definition) -> Figures:
    """A change with all that depends on it, and how often an expression was read meanwhile."""
    parse.cache_clear()
    work_out(definition, filled(definition))
    first = parse.cache_info().misses
    change = _changes(definition)
    change()
    milliseconds = _milliseconds(change) / CHANGES
    answers = filled(definition)
    return {
        "questions": len(definition.questions),
        "conditions": _conditions(definition),
        "change_ms": milliseconds,
        "route_alone_ms": _milliseconds(lambda: route(definition, answers, today=TODAY)),
        "expressions_read": first,
        "read_again": parse.cache_info().misses - first,
    }


def _conditions(definition: Definition) -> int:
    """How many questions and groups are asked of some respondents only."""
    groups = {group.name: group for path in definition.ancestors.values() for group in path}
    nodes: list[Node] = [*definition.questions, *groups.values()]
    return sum(node.relevant is not None for node in nodes)


def measure_definition() -> Figures:
    """Reading, linting and comparing a thousand questions."""
    definition = large_definition()
    text = to_yaml(definition)

    def load() -> None:
        parse.cache_clear()
        read, problems = read_definition(text, source="measurement")
        if read is None:
            raise RuntimeError(problems)

    def lint_again() -> None:
        parse.cache_clear()
        lint(definition)

    newer = changed(definition)
    return {
        "questions": len(definition.questions),
        "yaml_kib": len(text.encode()) / 1024,
        "load_and_lint_ms": _milliseconds(load, runs=3),
        "lint_ms": _milliseconds(lint_again, runs=3),
        "diff_ms": _milliseconds(lambda: compare(definition, newer), runs=3),
        "write_yaml_ms": _milliseconds(lambda: to_yaml(definition), runs=3),
    }


def measure_catalogue() -> Figures:
    """Asking for a version again and again: the file is read and its expressions parsed once."""
    catalogue = Catalogue()
    version = catalogue.published(RCP)[-1]
    parse.cache_clear()
    started = time.process_time()
    first = catalogue.get_published(RCP, version)
    once = (time.process_time() - started) * MILLI
    read = parse.cache_info().misses
    again = _milliseconds(lambda: catalogue.get_published(RCP, version), runs=CHANGES)
    return {
        "first_ms": once,
        "again_ms": again,
        "expressions_read": read,
        "read_again": parse.cache_info().misses - read,
        "same": float(catalogue.get_published(RCP, version) is first),
    }


def measure_questionnaires() -> dict[str, Figures]:
    """Every figure, by what was measured."""
    catalogue = Catalogue()
    rcp = catalogue.newest_published(RCP)
    return {
        "definition_1000": measure_definition(),
        "catalogue": measure_catalogue(),
        f"change_rcp_{rcp.version}": measure_change(rcp),
        "change_1000": measure_change(large_definition()),
    }
