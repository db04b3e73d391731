"""Returns an invitation in tests, each time in a transaction of its own."""

from collections.abc import Mapping

from sqlmodel import col, select

from app.bootstrap import Services
from app.responses.clearance import Clearance
from app.responses.drafts import Editor
from app.responses.models import Response, Submission
from app.responses.service.materials import add_note
from app.responses.service.reopen import reopen
from app.responses.service.save import save_answer
from app.responses.service.submit import decline, submit_materials, submit_questionnaire
from questionnaires.models import Definition

REQUIRED = {
    "resp_role": "secretariat",
    "attribution": "publish",
    "md_founding": "referred_to",
    "md_treatment": "ad_hoc",
}
CLEARED = Clearance(name="The Executive Secretary", title="Executive Secretary", declared=True)


class Return:
    """Returns one invitation, each time in a transaction of its own."""

    def __init__(self, services: Services, response: Response, definition: Definition) -> None:
        self.services = services
        self.response = response
        self.definition = definition

    def fill(self, answers: Mapping[str, object] = REQUIRED, *, based_on: int = 0) -> None:
        for question, value in answers.items():
            with self.services.database.write() as session:
                save_answer(
                    session,
                    response=self.response,
                    definition=self.definition,
                    question=question,
                    value=value,
                    based_on=based_on,
                    editor="focal point",
                    clock=self.services.clock,
                )

    def submit(self, clearance: Clearance = CLEARED, minutes: int | None = None) -> Submission:
        with self.services.database.write() as session:
            return submit_questionnaire(
                session,
                response=self.response,
                definition=self.definition,
                clearance=clearance,
                minutes_spent=minutes,
                clock=self.services.clock,
            )

    def note(self) -> None:
        with self.services.database.write() as session:
            add_note(
                session,
                invitation_id=self.response.invitation_id,
                definition=self.definition,
                note="See the annual report.",
                editor=Editor("focal point"),
                clock=self.services.clock,
            )

    def send_materials(self, clearance: Clearance = CLEARED) -> Submission:
        with self.services.database.write() as session:
            return submit_materials(
                session,
                invitation_id=self.response.invitation_id,
                definition=self.definition,
                clearance=clearance,
                clock=self.services.clock,
            )

    def decline(self, reason: str = "No capacity this year.") -> Submission:
        with self.services.database.write() as session:
            return decline(
                session,
                invitation_id=self.response.invitation_id,
                reason=reason,
                clock=self.services.clock,
            )

    def reopen(self) -> Submission:
        with self.services.database.write() as session:
            return reopen(
                session,
                invitation_id=self.response.invitation_id,
                by="organiser",
                reason="The table is empty.",
                clock=self.services.clock,
            )

    def stored(self) -> list[Submission]:
        with self.services.database.read() as session:
            return list(session.exec(select(Submission).order_by(col(Submission.position))))
