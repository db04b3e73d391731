"""Every table, imported in one place so that migrations and the engine see all of them."""

from app.accounts.models import ApiToken, Grant, User, UserSession
from app.audit.models import AuditEntry
from app.columns import Table
from app.downloads.models import Export
from app.questionnaires.models import (
    DraftPicture,
    Publication,
    QuestionnaireDraft,
    TestAnswer,
    VersionPicture,
)
from app.registry.models import Contact, Respondent, RespondentName
from app.responses.models import AnswerRevision, Material, Response, StoredAnswer, Submission
from app.rounds.models import (
    Invitation,
    InvitationEvent,
    OutgoingMail,
    PersonalLink,
    QuestionnaireVersion,
    RespondentSession,
    Round,
    Survey,
    VersionMove,
)
from app.synthesis.models import Coding, Statement

metadata = Table.metadata

__all__ = [
    "AnswerRevision",
    "ApiToken",
    "AuditEntry",
    "Coding",
    "Contact",
    "DraftPicture",
    "Export",
    "Grant",
    "Invitation",
    "InvitationEvent",
    "Material",
    "OutgoingMail",
    "PersonalLink",
    "Publication",
    "QuestionnaireDraft",
    "QuestionnaireVersion",
    "Respondent",
    "RespondentName",
    "RespondentSession",
    "Response",
    "Round",
    "Statement",
    "StoredAnswer",
    "Submission",
    "Survey",
    "TestAnswer",
    "User",
    "UserSession",
    "VersionMove",
    "VersionPicture",
    "metadata",
]
