"""Expressions are read once for a version in a process: counted at the door of the parser."""

import gc
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from questionnaires.catalogue import Catalogue
from questionnaires.expressions import MAX_KEPT, MAX_LENGTH, parse, weight_of
from questionnaires.models import Definition
from questionnaires.routing import offered_choices, route
from questionnaires.routing_words import asked_if
from questionnaires.validation import check_submission
from tests.bench.questionnaires import filled, large_definition

TODAY = date(2026, 3, 1)
WIDE = "\N{GRINNING FACE}"
"""A character that makes a text four times as large."""


def read_so_far() -> int:
    return parse.cache_info().misses


def answer_the_form(definition: Definition) -> None:
    """What a respondent's changes make necessary, and what the blank form asks for."""
    answers = filled(definition)
    path = route(definition, answers, today=TODAY)
    check_submission(definition, answers, today=TODAY, path=path)
    for question in definition.questions:
        offered_choices(definition, question, path)
        asked_if(definition, question, "en")


@pytest.mark.parametrize("version", Catalogue().published("rcp-migration-development"))
def test_version_is_read_when_it_is_loaded_and_never_again(version: str) -> None:
    parse.cache_clear()
    catalogue = Catalogue()

    definition = catalogue.get_published("rcp-migration-development", version)
    loaded = read_so_far()
    for _ in range(3):
        answer_the_form(catalogue.get_published("rcp-migration-development", version))

    assert loaded > 20
    assert read_so_far() == loaded
    assert catalogue.get_published("rcp-migration-development", version) is definition


def test_form_of_many_conditions_reads_each_of_them_once() -> None:
    parse.cache_clear()
    definition = large_definition(questions=200)
    written = {
        expression
        for question in definition.questions
        for expression in (question.relevant, question.constraint)
        if expression is not None
    }

    for _ in range(2):
        answer_the_form(definition)

    assert read_so_far() == len(written) == 101


def longest(number: int, piece: Callable[[int], str] = ",1".format) -> str:
    """As many parts as an expression may have, in ever new ones."""
    written, parts = f"concat('{number}'", 0
    while len(written) + len(piece(parts)) < MAX_LENGTH:
        written += piece(parts)
        parts += 1
    return written + ")"


SHAPES: Mapping[str, Callable[[int], str]] = {
    "numbers": ",1".format,
    "fractions": ",.{}".format,
    "values": ",.".format,
    "calls": ",pi()".format,
    "sums": ",1+1".format,
    "signs": f",({'-' * 60}1)".format,
    "wide letters": f",'{WIDE}'".format,
    "a wide text": f",'{WIDE * 1_900}'".format,
    "names": ",a{:x}".format,
    "wide names": lambda part: f",{chr(0x4E00 + part)}",
    "references": ",${{a{:x}}}".format,
    # As many as make the table of them grow, and no more.
    "some references": lambda part: f",${{a{part:x}}}" if part < 155 else " " * MAX_LENGTH,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_expression_never_takes_more_than_it_weighs(shape: str) -> None:
    piece = SHAPES[shape]
    parse.cache_clear()
    parse(longest(0, piece))
    texts = [longest(number, piece) for number in range(1, 3)]
    gc.collect()
    tracemalloc.start()

    weights = sum(weight_of(parse(text)) for text in texts)
    gc.collect()  # what was needed for reading alone is gone
    taken, _ = tracemalloc.get_traced_memory()

    tracemalloc.stop()
    parse.cache_clear()
    assert weights * 0.4 < taken < weights


def test_expressions_kept_ready_never_weigh_more_than_they_may_and_are_read_again() -> None:
    parse.cache_clear()
    definition = large_definition(questions=100)
    answers = filled(definition)
    before = route(definition, answers, today=TODAY)
    told = check_submission(definition, answers, today=TODAY)
    usual = parse("${a} = 'yes'")

    for number in range(MAX_KEPT // weight_of(parse(longest(0, SHAPES["sums"]))) + 5):
        parse(longest(number, SHAPES["sums"]))
        assert parse("${a} = 'yes'") is usual  # what is in use stays
    crowded = parse.cache_info()
    after = route(definition, answers, today=TODAY)

    assert MAX_KEPT * 0.9 < crowded.currsize <= MAX_KEPT
    assert read_so_far() > crowded.misses
    assert after == before
    assert check_submission(definition, answers, today=TODAY) == told
    parse.cache_clear()
