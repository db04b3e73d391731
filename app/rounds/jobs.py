"""The jobs of rounds: open those whose moment has come, and send the mails that wait."""

import logging
from dataclasses import dataclass
from email.message import EmailMessage
from typing import assert_never

from sqlmodel import col, or_, select

from app.clock import Clock
from app.database import Database
from app.jobs.job import Fate, Job, Kind
from app.jobs.queue import JobQueue
from app.mail.mailer import Mailer, MailRefused
from app.mail.message import domain_of
from app.rounds.models import MailState, OutgoingMail
from app.rounds.service.letter import Letterhead, Withheld, letter_of
from app.rounds.service.post import Attempt, Result, note_attempt
from app.rounds.service.schedule import Opened, open_due_round, surveys_due
from questionnaires.catalogue import Catalogue

SEND_MAIL = "send_mail"
AT_ONCE = 4
PER_MINUTE = 120
"""What a usual mail server takes from one sender without slowing it down."""
LOOKED_AT_ONCE = 5000
"""So many waiting mails are looked at in one sweep; the rest follow in the next ones."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailRoom:
    """Sends the mails that wait."""

    database: Database
    mailer: Mailer
    clock: Clock
    head: Letterhead

    def kind(self) -> Kind:
        """How mails are sent."""
        return Kind(
            name=SEND_MAIL,
            act=self.send,
            record=self.note,
            at_once=AT_ONCE,
            per_minute=PER_MINUTE,
        )

    def send(self, mail_id: int, number: int) -> str:
        """Try to send a mail, if it is still to be sent; no transaction is held meanwhile."""
        return self._attempt(mail_id, number).model_dump_json()

    def note(self, mail_id: int, number: int, told: str) -> None:
        """Write down what came of it, and log what an operator may have to mend."""
        attempt = Attempt.model_validate_json(told)
        with self.database.write() as session:
            noted = note_attempt(session, mail_id=mail_id, number=number, attempt=attempt)
        if noted is None:
            return  # another worker was first
        match noted.state:
            case MailState.WAITING:
                logger.warning(
                    "Mail %s could not be sent, and is tried again: %s", mail_id, noted.last_error
                )
            case MailState.REFUSED:
                logger.warning(
                    "Mail %s could not be delivered, and is given up: %s."
                    " Once the cause is mended, send it again: rapporteur mail retry",
                    mail_id,
                    noted.last_error.rstrip("."),
                )
            case MailState.CANCELLED:
                logger.info("Mail %s is not sent any more: %s", mail_id, noted.last_error)
            case MailState.SENT:
                logger.debug("Mail %s was sent.", mail_id)
            case _:
                assert_never(noted.state)

    def _attempt(self, mail_id: int, number: int) -> Attempt:
        now = self.clock.now()
        try:
            with self.database.read() as session:
                mail = session.get(OutgoingMail, mail_id)
                if mail is None or mail.attempts != number:
                    return Attempt(result=Result.NOTHING, at=now)
                letter = letter_of(session, mail_id=mail_id, head=self.head, now=now)
            match letter:
                case None:
                    return Attempt(result=Result.NOTHING, at=now)
                case Withheld(reason=reason, unreached=unreached):
                    outcome = Result.UNREACHED if unreached else Result.WITHHELD
                    return Attempt(result=outcome, at=now, reason=reason)
                case EmailMessage():
                    self.mailer.send(letter)
        except MailRefused as refusal:
            outcome = Result.UNREACHED if refusal.permanent else Result.FAILED
            return Attempt(result=outcome, at=now, reason=refusal.reason)
        return Attempt(result=Result.SENT, at=self.clock.now())

    def enqueue_waiting(self, queue: JobQueue) -> int:
        """Ask for the mails that wait and that nothing works on; returns how many."""
        now = self.clock.now()
        with self.database.read() as session:
            mails = session.exec(
                select(OutgoingMail)
                .where(col(OutgoingMail.state) == MailState.WAITING)
                .where(
                    or_(col(OutgoingMail.not_before).is_(None), col(OutgoingMail.not_before) <= now)
                )
                .order_by(col(OutgoingMail.not_before).nulls_first(), col(OutgoingMail.id))
                .limit(LOOKED_AT_ONCE)
            ).all()
        jobs = [job_of(mail) for mail in mails]
        fates = queue.fates([job.workflow_id for job in jobs])
        for job in jobs:
            if fates[job.workflow_id] in {Fate.FAILED, Fate.ENDED}:
                self._note_lost(job)
        asked = [job for job in jobs if fates[job.workflow_id] is Fate.UNKNOWN]
        queue.enqueue(asked)
        return len(asked)

    def _note_lost(self, job: Job) -> None:
        """The work on a mail ended without a word; whether it went is not known, so it goes again.

        It carries the same Message-ID and link as before.
        """
        attempt = Attempt(
            result=Result.FAILED,
            at=self.clock.now(),
            reason="The service failed while sending it.",
        )
        self.note(job.row_id, job.attempt, attempt.model_dump_json())


def job_of(mail: OutgoingMail) -> Job:
    """The job that sends a mail: one for each attempt."""
    if mail.id is None:
        message = "The mail is not in the database yet."
        raise ValueError(message)
    token = mail.message_id.strip("<>").partition("@")[0]
    suffix = f"-{mail.attempts}" if mail.attempts else ""
    return Job(f"mail-{token}{suffix}", SEND_MAIL, mail.id, mail.attempts)


@dataclass(frozen=True)
class Opener:
    """Opens the rounds whose moment has come."""

    database: Database
    catalogue: Catalogue
    clock: Clock
    head: Letterhead

    def open_due_rounds(self) -> list[Opened]:
        """Open them, each in a transaction of its own: one that cannot open stops no other."""
        with self.database.read() as session:
            due = surveys_due(session, now=self.clock.now())
        opened = []
        for survey_id in due:
            try:
                with self.database.write() as session:
                    opening = open_due_round(
                        session,
                        survey_id=survey_id,
                        catalogue=self.catalogue,
                        clock=self.clock,
                        secret=self.head.secret,
                        mail_domain=domain_of(self.head.sender),
                    )
            except Exception:
                # Its moment stays due, so it opens, late, once the cause is mended.
                logger.exception("The next round of survey %s could not be opened.", survey_id)
                continue
            if opening is not None:
                logger.info("The round %s was opened.", opening.round.slug)
                opened.append(opening)
        return opened
