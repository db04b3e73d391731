"""What invited institutions and organisers do, in one line each."""

from dataclasses import dataclass

from sqlmodel import Session, select

from app.bootstrap import Services
from app.responses.clearance import Clearance
from app.responses.drafts import Editor
from app.responses.models import Material, Response, Submission
from app.responses.queries import kept_answers
from app.responses.service.materials import add_link, remove_material
from app.responses.service.reopen import reopen
from app.responses.service.save import save_answer
from app.responses.service.submit import decline, submit_materials, submit_questionnaire
from app.rounds.models import EventKind, InvitationEvent, Round
from app.rounds.standing import Standing, standings
from questionnaires.models import Definition, MissingCode
from tests.fixtures.rounds import SLUG, Asked, start

REQUIRED = {
    "resp_role": "secretariat",
    "attribution": "publish",
    "md_founding": "priority",
    "md_treatment": "thematic",
}
"""Answers without which nothing can be submitted."""
MORE_CORE = {
    "resp_name": "The focal point",
    "themes": ["labour_migration"],
    "md_frequency": "every",
    "md_topics": ["remittances"],
    "output_types": ["dialogue"],
    "levels_technical": "yearly",
    "secretariat": "own",
    "funding": ["assessed"],
    "coherence_theme": "no",
}
"""With ``REQUIRED``, 12 of the core questions that are asked."""


@dataclass(frozen=True)
class Acting:
    """One invited institution of the test's round, and the organiser who looks at it."""

    services: Services
    asked: Asked
    another: Definition | None = None
    """What the round asks, where that is not the questionnaire of 2007."""

    @property
    def definition(self) -> Definition:
        return self.another or self.services.catalogue.get("rcp-migration-development", "2007")

    def start(self) -> Response:
        """Follow the link and press the button."""
        return start(self.services, self.asked.focal_point)

    def answer(self, **values: object) -> None:
        """Save some answers, each on top of what is there; a missing code stands for none."""
        response = self.start()
        for question, value in values.items():
            missing = value if isinstance(value, MissingCode) else None
            with self.services.database.write() as session:
                save_answer(
                    session,
                    response=response,
                    definition=self.definition,
                    question=question,
                    value=None if missing else value,
                    missing=missing,
                    based_on=_revision(session, response, question),
                    editor="focal point",
                    clock=self.services.clock,
                )

    def submit(self) -> Submission:
        """Return the questionnaire, with a clearance."""
        response = self.start()
        with self.services.database.write() as session:
            return submit_questionnaire(
                session,
                response=response,
                definition=self.definition,
                clearance=CLEARANCE,
                minutes_spent=90,
                clock=self.services.clock,
            )

    def send_link(self, *, by_analyst: bool = False) -> Material:
        """Add a link to what is sent."""
        with self.services.database.write() as session:
            return add_link(
                session,
                invitation_id=self.asked.invitation_id,
                definition=self.definition,
                url="https://north.example.org/plan",
                title="Plan of action",
                editor=Editor("focal point"),
                by_analyst=by_analyst,
                clock=self.services.clock,
            )

    def take_back(self, material: Material) -> None:
        """Remove what was sent."""
        with self.services.database.write() as session:
            remove_material(
                session,
                invitation_id=self.asked.invitation_id,
                definition=self.definition,
                key=material.key,
                editor=Editor("focal point"),
                clock=self.services.clock,
            )

    def submit_materials(self) -> Submission:
        """Say that what was sent is the whole return."""
        with self.services.database.write() as session:
            return submit_materials(
                session,
                invitation_id=self.asked.invitation_id,
                definition=self.definition,
                clearance=CLEARANCE,
                clock=self.services.clock,
            )

    def decline(self) -> Submission:
        """Refuse, with a reason."""
        with self.services.database.write() as session:
            return decline(
                session,
                invitation_id=self.asked.invitation_id,
                reason="No staff to answer.",
                clock=self.services.clock,
            )

    def reopen(self) -> None:
        """Give the return back for correction."""
        with self.services.database.write() as session:
            reopen(
                session,
                invitation_id=self.asked.invitation_id,
                by="organiser",
                clock=self.services.clock,
            )

    def note(self, kind: EventKind, note: str = "") -> None:
        """Note that something happened to the invitation."""
        with self.services.database.write() as session:
            session.add(
                InvitationEvent(
                    invitation_id=self.asked.invitation_id,
                    kind=kind,
                    at=self.services.clock.now(),
                    note=note,
                )
            )

    def stand(self) -> Standing:
        """Where the invitation stands now."""
        board = look(self.services)
        return next(one for one in board if one.invitation_id == self.asked.invitation_id)


CLEARANCE = Clearance(name="Head of the secretariat", title="Executive secretary", declared=True)


def look(services: Services, *, slug: str = SLUG) -> tuple[Standing, ...]:
    """The board of a round now."""
    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == slug)).one()
        return standings(session, round_, now=services.clock.now())


def _revision(session: Session, response: Response, question: str) -> int:
    kept = kept_answers(session, response.id or 0)
    return kept[question].revision if question in kept else 0
