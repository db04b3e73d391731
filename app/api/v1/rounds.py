"""Rounds: their list, and one with its rates."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.accounts.policy import Action
from app.api.v1.callers import AnyUser, surveys_visible
from app.api.v1.doors import round_for
from app.api.v1.models import ApiModel, Page
from app.api.v1.paging import Paging
from app.api.v1.problems import refusals
from app.rounds.access import RoundAccess
from app.rounds.board import build_board
from app.rounds.definitions import definition_of
from app.rounds.queries import RoundEntry, SurveyEntry, surveys_with_rounds
from app.rounds.standing import standings
from app.web.transactions import ReadSession, ServicesDep
from questionnaires.outcomes import Outcome, rates

router = APIRouter(prefix="/rounds", tags=["rounds"])


class RoundOut(ApiModel):
    """One wave of a survey."""

    slug: str = Field(examples=["gfmd-2007"])
    title: str
    survey: str = Field(description="Slug of the survey.", examples=["gfmd-rcp-survey"])
    questionnaire_version: str = Field(examples=["2007"])
    notice: str = Field(description="What every reader must know: a demonstration, fictional.")
    time_zone: str = Field(description="IANA zone of the deadline.", examples=["Europe/Brussels"])
    opened_at: datetime | None
    due_at: datetime | None = Field(description="The first moment after the last day to answer.")
    closed_at: datetime | None = Field(
        description="Of a round known from documents alone: when what they say was known."
    )
    answers_public: bool = Field(
        description="False where a round is known from documents alone, without its answers."
    )
    invited: int
    returned: int = Field(description="Returns of any kind, refusals too.")


class RateOut(ApiModel):
    """A count of a base; the share is null when the base is nought."""

    n: int = Field(examples=[9])
    of: int = Field(examples=[12])
    share: float | None = Field(examples=[0.75])


class RatesOut(ApiModel):
    """What the invitations of a round add up to; while it is open, so far."""

    invited: int
    eligible: int
    questionnaire: RateOut = Field(description="Completed questionnaires of the eligible (RR1).")
    any_response: RateOut = Field(description="With partial ones and materials alone.")
    silent: RateOut | None = Field(description="No response at all; null while it is open.")
    late: int = Field(description="Returned after the round was closed: in no rate.")
    outcomes: dict[Outcome, int] = Field(description="Every outcome; what is open is in none.")
    open: int = Field(description="Invitations of which nothing final is known yet.")
    by_group: str = Field(description="Where the non-completion sits, in words.")


class RoundWithRates(RoundOut):
    """A round with what its invitations add up to."""

    questionnaire: str = Field(examples=["rcp-migration-development"])
    rates: RatesOut


@router.get("", summary="List the rounds", responses=refusals())
def list_rounds(user: AnyUser, paging: Paging, session: ReadSession) -> Page[RoundOut]:
    """The rounds of the surveys that the user has a role in."""
    found = [
        (survey, round_)
        for survey in surveys_with_rounds(session, surveys_visible(user))
        for round_ in survey.rounds
    ]
    return paging.page(found, key=lambda pair: pair[1].slug, show=lambda pair: _show(*pair))


@router.get("/{slug}", summary="Read a round with its rates", responses=refusals(404))
def get_round(
    access: Annotated[RoundAccess, round_for(Action.VIEW_BOARD)],
    session: ReadSession,
    services: ServicesDep,
) -> RoundWithRates:
    """A round with its rates, each as n of N, and the bias by group in words."""
    now = services.clock.now()
    round_ = access.round
    (survey,) = surveys_with_rounds(session, {round_.survey_id})
    (entry,) = [one for one in survey.rounds if one.slug == round_.slug]
    found = [one.outcome for one in standings(session, round_, now=now)]
    counted = rates(outcome or Outcome.NO_RESPONSE for outcome in found)
    is_open = round_.closed_at is None
    undecided = sum(outcome is None for outcome in found)
    return RoundWithRates(
        **_show(survey, entry).model_dump(),
        questionnaire=definition_of(session, round_.version_id).slug,
        rates=RatesOut(
            invited=counted.invited,
            eligible=counted.eligible,
            questionnaire=_rate(counted.completed, counted.eligible),
            any_response=_rate(counted.any_response, counted.eligible),
            silent=None if is_open else _rate(counted.silent, counted.eligible),
            late=counted.late,
            outcomes={
                outcome: count - (undecided if outcome is Outcome.NO_RESPONSE else 0)
                for outcome, count in counted.counts.items()
            },
            open=undecided,
            by_group=build_board(session, round_, now=now).by_group,
        ),
    )


def _rate(n: int, of: int) -> RateOut:
    return RateOut(n=n, of=of, share=n / of if of else None)


def _show(survey: SurveyEntry, entry: RoundEntry) -> RoundOut:
    return RoundOut(
        **entry.model_dump(exclude={"version"}),
        survey=survey.slug,
        questionnaire_version=entry.version,
    )
