"""Definitions that are kept parsed: by what they take in memory."""

import gc
import tracemalloc

import pytest

from app.rounds.definitions import weight_of
from questionnaires.canonical import canonical_json, from_canonical
from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings

TEXT, ONE = QuestionType.TEXT, QuestionType.SELECT_ONE


def form(*sections: Group, options: int = 0, words: str = "A") -> Definition:
    choices = tuple(Choice(name=f"c{n}", label={"en": words}) for n in range(options))
    return Definition(
        settings=Settings(form_id="form", version="1", form_title={"en": "Form"}),
        choices={"options": choices},
        survey=sections,
    )


def questions(count: int, **more: object) -> tuple[Question, ...]:
    return tuple(
        Question.model_validate({"name": f"q{n}", "type": TEXT} | more) for n in range(count)
    )


WIDE = "\N{GRINNING FACE}" + "A" * 1_000
FORMS = {
    "questions": form(Group(name="s", children=questions(500))),
    "labels": form(Group(name="s", children=questions(500, label={"en": "A"}))),
    "texts": form(Group(name="s", children=questions(100, label={"en": "A" * 1_000}))),
    "wide texts": form(Group(name="s", children=questions(100, label={"en": WIDE}))),
    "options": form(Group(name="s", children=questions(1)), options=1_000),
    "groups": form(
        *(Group(name=f"g{n}", children=(Question(name=f"q{n}", type=TEXT),)) for n in range(300))
    ),
    "columns": form(
        Group(name="s", children=questions(1, type=QuestionType.REPEAT, columns=questions(500)))
    ),
}


@pytest.mark.parametrize("shape", FORMS)
def test_definition_never_takes_more_than_it_weighs(shape: str) -> None:
    canonical = canonical_json(FORMS[shape])
    from_canonical(canonical)
    gc.collect()
    tracemalloc.start()

    definition = from_canonical(canonical)
    # What is worked out from it when it is asked for is kept with it.
    assert definition.items is not None
    assert definition.item_of.keys() <= definition.by_name.keys()
    assert definition.ancestors.keys() == definition.by_name.keys()
    taken, _ = tracemalloc.get_traced_memory()

    tracemalloc.stop()
    assert taken < weight_of(canonical.decode())
