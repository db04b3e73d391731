"""The rows of made-up answers: how each came to be, save by save."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from random import Random

from app.sample.illustrative.plan import Fate
from exports.records import Channel
from questionnaires.answers import Answer
from questionnaires.kinds import value_to_json

EDITED_AGAIN = 0.3
"""How often an answer that can be shortened was shorter at first."""
REFUSED = 0.01
"""How often somebody else's save came too late and was refused: kept in the history alone."""
SHORT_TEXT = 20


def answer_rows(
    response_id: int, answers: Mapping[str, Answer], fate: Fate, rng: Random
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows of ``answer`` for one response, and of ``answer_revision`` before and beside them.

    The last state of each answer is written to the history by the database.
    """
    present: list[dict[str, object]] = []
    history: list[dict[str, object]] = []
    write = partial(_row, response_id=response_id, channel=fate.channel)
    times = _times(fate, len(answers), rng)
    for (question, answer), at in zip(answers.items(), times, strict=True):
        states = [*_earlier(answer, rng), answer]
        for revision, state in enumerate(states, start=1):
            row = write(question, state, revision)
            saved_at = at - timedelta(seconds=40 * (len(states) - revision))
            if revision == len(states):
                present.append({**row, "edited_at": saved_at})
            else:
                history.append({**row, "accepted": True, "at": saved_at})
        if rng.random() < REFUSED:
            stale = write(question, states[0], len(states) - 1)
            refused_at = at + timedelta(seconds=5)
            history.append({**stale, "accepted": False, "at": refused_at})
    return present, history


def _row(
    question: str, answer: Answer, revision: int, *, response_id: int, channel: Channel
) -> dict[str, object]:
    return {
        "response_id": response_id,
        "question": question,
        "value": None if answer.value is None else value_to_json(answer.value),
        "missing": answer.missing,
        "comment": answer.comment,
        "source": answer.source,
        "revision": revision,
        "editor": "focal point" if channel is Channel.WEB else "organiser, on behalf",
        "contact_id": None,
        "user_id": None,
        "channel": channel,
    }


def _earlier(answer: Answer, rng: Random) -> list[Answer]:
    """A state that the answer went through before, if it has one that makes sense."""
    value = answer.value
    if rng.random() >= EDITED_AGAIN:
        return []
    if isinstance(value, str) and (cut := value.rfind(" ", 0, len(value) // 2)) > SHORT_TEXT:
        return [Answer(value=value[:cut])]
    if isinstance(value, tuple) and len(value) > 1:
        return [Answer(value=value[:1])]
    return []


def _times(fate: Fate, count: int, rng: Random) -> Iterator[datetime]:
    """When each answer was saved: in the order of the form, over the sittings."""
    for number in range(count):
        sitting = fate.sittings[number * len(fate.sittings) // count]
        yield sitting + timedelta(seconds=3 * number + rng.randint(0, 2))
