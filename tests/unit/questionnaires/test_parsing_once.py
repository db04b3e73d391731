"""Expressions are read once for a version in a process: counted at the door of the parser."""

import tracemalloc
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


def longest(number: int) -> str:
    """As many parts as an expression may have, in ever new ones."""
    begin = f"concat('{number}'"
    return begin + ",1" * ((MAX_LENGTH - len(begin) - 1) // 2) + ")"


def test_weight_of_an_expression_is_what_it_takes_in_memory() -> None:
    parse.cache_clear()
    parse(longest(0))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()

    weights = sum(weight_of(parse(longest(number))) for number in range(1, 6))

    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    parse.cache_clear()
    assert weights * 0.8 < taken < weights


def test_expressions_that_are_kept_ready_never_weigh_more_than_they_may() -> None:
    parse.cache_clear()
    usual = parse("${a} = 'yes'")
    enough = MAX_KEPT // weight_of(parse(longest(0))) + 5

    for number in range(1, enough):
        parse(longest(number))
        assert parse("${a} = 'yes'") is usual  # what is in use stays
    info = parse.cache_info()
    again = parse(longest(0))

    assert MAX_KEPT * 0.9 < info.currsize <= MAX_KEPT
    assert parse.cache_info().misses == info.misses + 1
    assert again.parts > MAX_LENGTH // 3
    parse.cache_clear()
