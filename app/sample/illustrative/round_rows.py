"""Write one imagined round into the database, table by table."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from sqlmodel import Session

from app.responses.models import AnswerRevision, Material, Response, StoredAnswer, Submission
from app.rounds.models import Invitation, InvitationEvent, Round
from app.sample.illustrative.evidence import Evidence, coding_row, statement_rows
from app.sample.illustrative.history import answer_rows
from app.sample.illustrative.imagination import ImaginedRound
from app.sample.illustrative.insertion import insert_rows, insert_with_ids
from app.sample.illustrative.materials import PlannedMaterial, material_row
from app.sample.illustrative.returns import event_rows, submission_rows
from app.storage.storage import Stored
from app.synthesis.models import Coding, Statement

Sent = tuple[int, PlannedMaterial]
"""The row of a material, and what it is."""


class RoundWriter:
    """Writes a round and counts what it wrote."""

    def __init__(
        self, session: Session, imagined: ImaginedRound, round_: Round, rng: Random
    ) -> None:
        self._session = session
        self._imagined = imagined
        self._round = round_
        self._rng = rng
        self.answers = 0
        self.statements = 0
        self.codings = 0
        self.materials = 0

    def write(self, respondents: Mapping[str, int], files: Mapping[str, Stored]) -> None:
        """Write all of it; ``respondents`` and ``files`` are the rows and files by key."""
        invitations = self._invitations(respondents)
        responses = self._responses(invitations)
        materials = self._materials(invitations, files)
        self._returns(invitations, responses)
        self._answers(responses)
        self._evidence(invitations, materials)

    def _invitations(self, respondents: Mapping[str, int]) -> Mapping[str, int]:
        plan, returns = self._imagined.plan, self._imagined.returns
        ids = insert_with_ids(
            self._session,
            Invitation,
            [
                {
                    "round_id": self._round.id,
                    "respondent_id": respondents[one.key],
                    "position": position,
                    "invited_at": plan.opened_at,
                    "extended_until": one.fate.extended_until,
                    "recorded_outcome": None,
                    "outcome_note": "",
                }
                for position, one in enumerate(returns, start=1)
            ],
        )
        return {one.key: id_ for one, id_ in zip(returns, ids, strict=True)}

    def _responses(self, invitations: Mapping[str, int]) -> Mapping[str, int]:
        begun = [one for one in self._imagined.returns if one.answers]
        ids = insert_with_ids(
            self._session,
            Response,
            [
                {
                    "invitation_id": invitations[one.key],
                    "version_id": self._round.version_id,
                    "number": 1,
                    "official": True,
                    "started_at": one.fate.sittings[0] - timedelta(minutes=2),
                }
                for one in begun
            ],
        )
        return {one.key: id_ for one, id_ in zip(begun, ids, strict=True)}

    def _materials(
        self, invitations: Mapping[str, int], files: Mapping[str, Stored]
    ) -> Mapping[str, tuple[Sent, ...]]:
        sent = [(one.key, each) for one in self._imagined.returns for each in one.materials]
        ids = insert_with_ids(
            self._session,
            Material,
            [
                material_row(each, files.get(each.key), invitation_id=invitations[key])
                for key, each in sent
            ],
        )
        self.materials = len(ids)
        found: dict[str, tuple[Sent, ...]] = {}
        for (key, each), id_ in zip(sent, ids, strict=True):
            found[key] = (*found.get(key, ()), (id_, each))
        return found

    def _returns(self, invitations: Mapping[str, int], responses: Mapping[str, int]) -> None:
        plan, returns = self._imagined.plan, self._imagined.returns
        insert_rows(
            self._session,
            InvitationEvent,
            [
                row
                for one in returns
                for row in event_rows(plan, one.fate, invitation_id=invitations[one.key])
            ],
        )
        insert_rows(
            self._session,
            Submission,
            [
                row
                for one in returns
                for row in submission_rows(
                    plan,
                    one.fate,
                    self._rng,
                    invitation_id=invitations[one.key],
                    response_id=responses.get(one.key),
                )
            ],
        )

    def _answers(self, responses: Mapping[str, int]) -> None:
        present: list[dict[str, object]] = []
        history: list[dict[str, object]] = []
        for one in self._imagined.returns:
            if one.answers:
                rows = answer_rows(responses[one.key], one.answers, one.fate, self._rng)
                present += rows[0]
                history += rows[1]
        # Each history in its order; the database adds the present state between these two.
        insert_rows(self._session, AnswerRevision, [row for row in history if row["accepted"]])
        insert_rows(self._session, StoredAnswer, present)
        insert_rows(self._session, AnswerRevision, [row for row in history if not row["accepted"]])
        self.answers = len(present)

    def _evidence(
        self, invitations: Mapping[str, int], materials: Mapping[str, tuple[Sent, ...]]
    ) -> None:
        plan = self._imagined.plan
        statements: list[dict[str, object]] = []
        codings: list[dict[str, object]] = []
        for one in self._imagined.returns:
            evidence = Evidence(
                invitation_id=invitations[one.key],
                profile=one.profile,
                fate=one.fate,
                answers=one.answers,
                materials=materials.get(one.key, ()),
                definition=self._imagined.definition,
                rng=self._rng,
            )
            statements += statement_rows(plan, evidence)
            coding = coding_row(plan, evidence)
            codings += [coding] if coding is not None else []
        insert_rows(self._session, Statement, statements)
        insert_rows(self._session, Coding, codings)
        self.statements, self.codings = len(statements), len(codings)
