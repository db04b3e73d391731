"""The options of a question as a page shows them, and what they wait for where there are none."""

from collections.abc import Callable, Mapping, Sequence

from app.responses.pages.filled import Filled
from app.responses.pages.views import Awaited, Option
from questionnaires.expressions import parse
from questionnaires.kinds.choices import top_of
from questionnaires.models import Choice, Question, QuestionType

Words = Callable[[Mapping[str, str]], str]
"""Gives a text in the reader's language."""


def options_of(choices: Sequence[Choice], raw: Sequence[str], words: Words) -> tuple[Option, ...]:
    """Choices as options, those that were posted chosen."""
    chosen = set(raw)
    return tuple(
        Option(
            choice.name,
            words(choice.label) or choice.name,
            chosen=choice.name in chosen,
            exclusive=choice.exclusive,
        )
        for choice in choices
    )


def options_in_list(
    question: Question, choices: Sequence[Choice], raw: Sequence[str], words: Words
) -> tuple[Option, ...]:
    """The options that stand in one list; none for a ranking, which has a list for each place."""
    return () if question.type is QuestionType.RANK else options_of(choices, raw, words)


def places_of(
    question: Question, choices: Sequence[Choice], raw: Sequence[str], words: Words
) -> tuple[tuple[Option, ...], ...]:
    """The options of each place of a ranking; none for other questions."""
    if question.type is not QuestionType.RANK:
        return ()
    places = min(top_of(question) or len(choices), len(choices))
    chosen = [*raw, *[""] * max(0, places - len(raw))]
    return tuple(options_of(choices, (name,), words) for name in chosen)


def awaited_by(filled: Filled, question: Question) -> tuple[Awaited, ...]:
    """The unanswered questions that a question's options depend on."""
    form = filled.definition
    names = parse(question.choice_filter).references if question.choice_filter else ()
    return tuple(
        Awaited(
            section=form.ancestors[each.name][0].name,
            name=each.name,
            code=form.item_of[each.name].code if each.name in form.item_of else "",
            label=filled.words(each.label),
        )
        for each in form.fields
        if each.name in names and filled.route.values.get(each.name, "") == ""
    )
