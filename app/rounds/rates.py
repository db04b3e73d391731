"""What the invitations of several rounds add up to, by the rule of the board."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app.responses.models import SubmissionKind
from app.rounds.definitions import definition_of
from app.rounds.facts import (
    Events,
    Mailed,
    Returns,
    events_of,
    mails_of,
    official_responses,
    returns_of,
)
from app.rounds.fill import Fill, fills
from app.rounds.models import Invitation, Round
from app.rounds.outcome import outcome_of, return_facts
from app.rounds.standing import fill_question, past
from questionnaires.outcomes import Outcome, Rates, rates


def rates_of_rounds(
    session: Session, survey_ids: Collection[int] | None, *, now: datetime
) -> Mapping[str, Rates]:
    """The rates of every round of some surveys, by slug; ``None`` for every survey.

    The number of queries depends on how many versions the rounds use, not on how many rounds or
    invited there are. Those of whom nothing final is known count as silent so far.
    """
    statement = select(Invitation, Round).where(Invitation.round_id == col(Round.id))
    if survey_ids is not None:
        statement = statement.where(col(Round.survey_id).in_(survey_ids))
    rows = session.exec(statement).all()
    ids = [invitation.id or 0 for invitation, _ in rows]
    round_of = {invitation.id or 0: round_ for invitation, round_ in rows}
    events = events_of(session, ids, at=now)
    mails = mails_of(session, ids, at=now)
    returns = returns_of(session, ids, at=now)
    # How far a form was filled decides nothing once it was returned.
    unreturned = [
        id_
        for id_ in ids
        if returns.get(id_, Returns()).newest_of(SubmissionKind.QUESTIONNAIRE) is None
    ]
    responses = official_responses(session, unreturned, at=now)
    filled = fills(
        session,
        [
            fill_question(
                response,
                round_of[id_],
                returned=returns.get(id_, Returns()).newest,
                now=now,
            )
            for id_, response in responses.items()
        ],
        at=now,
    )
    shares = {
        version_id: definition_of(session, version_id).settings.partial_share
        for version_id in sorted({round_.version_id for round_ in round_of.values()})
    }
    outcomes: defaultdict[str, list[Outcome]] = defaultdict(list)
    for invitation, round_ in rows:
        id_ = invitation.id or 0
        response = responses.get(id_)
        facts = return_facts(
            events=events.get(id_, Events()),
            mailed=mails.get(id_, Mailed()),
            returns=returns.get(id_, Returns()),
            fill=Fill() if response is None else filled[response.id or 0],
            frozen_at=past(round_.closed_at, now),
            partial_share=shares[round_.version_id],
        )
        found = outcome_of(facts, recorded=invitation.recorded_outcome)
        outcomes[round_.slug].append(found or Outcome.NO_RESPONSE)
    return {slug: rates(found) for slug, found in outcomes.items()}
