"""Functions of selections: what was chosen, how much of it, and how it is called."""

import math
from collections.abc import Sequence

from questionnaires.datum import Datum
from questionnaires.functions.registry import Argument, Call, CallInvalid, function


def _chosen(call: Call) -> list[str]:
    return call.text(0).split()


@function("selected(text, text) → boolean", "Whether an option is among those chosen.")
def _selected(call: Call) -> Datum:
    return call.text(1).strip() in _chosen(call)


@function("selected-at(text, number) → text", "The chosen option at a place, counted from 0.")
def _selected_at(call: Call) -> Datum:
    chosen, position = _chosen(call), call.number(1)
    if math.isnan(position) or not 0 <= position < len(chosen):
        return ""
    return chosen[int(position)]


@function("count-selected(text) → number", "How many options are chosen.")
def _count_selected(call: Call) -> Datum:
    return len(_chosen(call))


def _names_a_question(arguments: Sequence[Argument]) -> None:
    if not (arguments[1].reference or arguments[1].quoted):
        raise CallInvalid(
            "jr:choice-name() does not say which question's options are meant.",
            "Write the option first, then the question in quotes: "
            "jr:choice-name(${kind}, '${kind}')",
        )


@function(
    "jr:choice-name(text, any) → text",
    "The label of an option, in the language of the form; the question stands in quotes.",
    check=_names_a_question,
    moves=True,
)
def _choice_name(call: Call) -> Datum:
    return call.scope.label_of(call.reference(1), call.text(0).strip())
