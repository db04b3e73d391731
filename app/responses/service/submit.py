"""Return an invitation: the questionnaire, materials alone, or a refusal."""

from sqlalchemy import func, select
from sqlmodel import Session, col

from app.clock import Clock
from app.errors import Invalid
from app.responses.clearance import Clearance, clearance_problems, refusal_problems
from app.responses.drafts import ResponseKey
from app.responses.models import Response, Submission, SubmissionKind
from app.responses.queries import answers_of, kept_answers, materials_of
from app.responses.receipts import new_receipt
from app.responses.rules import seed_of
from app.responses.service.hold import Held, hold_open
from exports.records import Channel
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.routing import route
from questionnaires.validation import check_submission

SUBMITTED_NOT = "It was not submitted a second time."


def submit_questionnaire(
    session: Session,
    *,
    response: Response | ResponseKey,
    definition: Definition,
    clearance: Clearance,
    minutes_spent: int | None = None,
    channel: Channel = Channel.WEB,
    clock: Clock,
) -> Submission:
    """Return the questionnaire. After the deadline too, as long as the round is open.

    Raises ``Invalid`` with everything that stands in the way: in the answers (place: the question's
    name) and in the panel (place: ``clearance_name`` …); ``AlreadyReturned``; ``RoundClosed``.
    """
    held = hold_open(
        session,
        invitation_id=response.invitation_id,
        clock=clock,
        alone=True,
        done=SUBMITTED_NOT,
    )
    answers = answers_of(definition, kept_answers(session, response.id or 0))
    path = route(
        definition, answers, today=held.today, now=held.moment, seed=seed_of(response.id or 0)
    )
    problems = check_submission(definition, answers, today=held.today, path=path)
    problems += clearance_problems(
        definition, clearance, minutes_spent, now=held.moment, whole=True
    )
    if problems:
        raise Invalid(problems)
    submission = _new(session, held, SubmissionKind.QUESTIONNAIRE, channel)
    submission.response_id = response.id
    return _enter(session, submission, clearance, minutes_spent, held)


def submit_materials(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    clearance: Clearance,
    minutes_spent: int | None = None,
    channel: Channel = Channel.WEB,
    clock: Clock,
) -> Submission:
    """Return the materials alone, without the questionnaire; there must be at least one."""
    held = hold_open(
        session, invitation_id=invitation_id, clock=clock, alone=True, done=SUBMITTED_NOT
    )
    problems = clearance_problems(
        definition, clearance, minutes_spent, now=held.moment, whole=False
    )
    if not materials_of(session, invitation_id):
        problems.insert(
            0,
            Problem(
                code="no-material",
                message="There is no file, link or note to send yet.",
                mend="Add at least one, then send.",
                place="materials",
            ),
        )
    if problems:
        raise Invalid(problems)
    submission = _new(session, held, SubmissionKind.MATERIALS, channel)
    return _enter(session, submission, clearance, minutes_spent, held)


def decline(
    session: Session,
    *,
    invitation_id: int,
    reason: str,
    clearance: Clearance | None = None,
    channel: Channel = Channel.WEB,
    clock: Clock,
) -> Submission:
    """Decline the invitation with a reason; the name of who declines may be left out."""
    held = hold_open(
        session, invitation_id=invitation_id, clock=clock, alone=True, done=SUBMITTED_NOT
    )
    named = clearance or Clearance(name="")
    problems = refusal_problems(reason, named)
    if problems:
        raise Invalid(problems)
    submission = _new(session, held, SubmissionKind.REFUSAL, channel)
    submission.refusal_reason = reason.replace("\r\n", "\n").strip()
    return _enter(session, submission, named, None, held)


def _new(session: Session, held: Held, kind: SubmissionKind, channel: Channel) -> Submission:
    earlier = session.execute(
        select(func.max(col(Submission.position))).where(
            col(Submission.invitation_id) == held.invitation_id
        )
    ).scalar_one()
    return Submission(
        invitation_id=held.invitation_id,
        position=(earlier or 0) + 1,
        kind=kind,
        receipt=new_receipt(),
        at=held.now,
        channel=channel,
    )


def _enter(
    session: Session,
    submission: Submission,
    clearance: Clearance,
    minutes_spent: int | None,
    held: Held,
) -> Submission:
    submission.clearance_name = clearance.name.strip()
    submission.clearance_title = clearance.title.strip()
    if submission.clearance_name:
        submission.clearance_on = clearance.on or held.today
    submission.minutes_spent = minutes_spent
    session.add(submission)
    session.flush()
    return submission
