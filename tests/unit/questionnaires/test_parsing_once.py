"""Expressions are read once for a version in a process: counted at the door of the parser."""

from datetime import date

import pytest

from questionnaires.catalogue import Catalogue
from questionnaires.expressions import parse
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
