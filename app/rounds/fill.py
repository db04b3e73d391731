"""How far responses are filled, remembered while nobody saves."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app.responses.rules import seed_of
from app.rounds.answers_at import HistoryState, answer_of, answer_states, history_states
from app.rounds.definitions import definition_of
from questionnaires.answers import Answers
from questionnaires.bands import band_suggestion
from questionnaires.completeness import core_share, is_settled, progress
from questionnaires.models import Definition
from questionnaires.routing import route

MOST_KEPT = 20_000
"""Responses remembered for each database: some megabytes."""
ATTRIBUTION = "attribution"
"""The question that says whether answers may be attributed."""
_LONGEST_CHOICE = 64
"""Characters kept of what was chosen there: more than the choices that mean something have, and
of a form that asks for a text there, no more."""


@dataclass(frozen=True, slots=True)
class Fill:
    """What is known of a response's answers at a moment."""

    saves: int = 0
    last_saved_at: datetime | None = None
    answered_any: bool = False
    answered_items: int = 0
    asked_items: int = 0
    core_share: float = 0.0
    suggested: str | None = None
    """The group that the answers suggest."""
    attribution: str | None = None
    """What the respondent chose at ``attribution``."""


@dataclass(frozen=True, slots=True)
class FillQuestion:
    """A response whose fill is asked for, at the moment that counts for it."""

    response_id: int
    version_id: int
    started_at: datetime
    moment: datetime
    """In the round's zone. While the response lies open it is the beginning of the day, so that
    what was worked out once holds until midnight."""


_Key = tuple[FillQuestion, HistoryState]
_remembered: WeakKeyDictionary[Engine, OrderedDict[_Key, Fill]] = WeakKeyDictionary()
_lock = Lock()


def fills(session: Session, asked: Iterable[FillQuestion], *, at: datetime) -> Mapping[int, Fill]:
    """How far each response was filled at a moment, by response.

    Two queries, however many there are, and one for each version of the questionnaire. Working
    out a route takes milliseconds, so it is done once for each state of a response.
    """
    by_id = {question.response_id: question for question in asked}
    states = history_states(session, by_id, at=at)
    found: dict[int, Fill] = {}
    stale: dict[int, _Key] = {}
    memory = _memory(session)
    with _lock:
        for response_id, question in by_id.items():
            state = states.get(response_id)
            if state is None:
                found[response_id] = Fill()
                continue
            key = (question, state)
            known = memory.get(key)
            if known is None:
                stale[response_id] = key
            else:
                memory.move_to_end(key)
                found[response_id] = known
    definitions = {
        version_id: definition_of(session, version_id)
        for version_id in sorted({key[0].version_id for key in stale.values()})
    }
    for response_id, answers in answer_states(session, stale, at=at):
        question, state = stale[response_id]
        definition = definitions[question.version_id]
        fill = fill_of(
            definition,
            {answer.question: answer_of(answer, definition) for answer in answers},
            moment=question.moment,
            seed=seed_of(response_id),
            state=state,
        )
        found[response_id] = fill
        with _lock:
            memory[question, state] = fill
            while len(memory) > MOST_KEPT:
                memory.popitem(last=False)
    return found


def fill_of(
    definition: Definition, answers: Answers, *, moment: datetime, seed: str, state: HistoryState
) -> Fill:
    """How far a response with these answers is filled."""
    today = moment.date()
    path = route(definition, answers, today=today, now=moment, seed=seed)
    form = progress(definition, answers, today=today, path=path)
    attribution = answers.get(ATTRIBUTION)
    chosen = attribution.value if attribution is not None else None
    return Fill(
        saves=state.saves,
        last_saved_at=state.last_at,
        answered_any=any(is_settled(answer) for answer in answers.values()),
        answered_items=form.answered,
        asked_items=form.asked,
        core_share=core_share(definition, answers, today=today, path=path),
        suggested=band_suggestion(definition, answers, today=today, path=path),
        attribution=chosen[:_LONGEST_CHOICE] if isinstance(chosen, str) else None,
    )


def _memory(session: Session) -> OrderedDict[_Key, Fill]:
    bind = session.get_bind()
    engine = bind.engine if isinstance(bind, Connection) else bind
    with _lock:
        return _remembered.setdefault(engine, OrderedDict())
