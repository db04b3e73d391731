"""The dependency of routes about drafts: the draft, and somebody who may write it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from sqlmodel import Session

from app.accounts.access import SignedIn
from app.accounts.policy import Action, Identity, surveys_where
from app.errors import Forbidden
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.policy import may_publish, may_write
from app.questionnaires.queries import draft_by_key, surveys_using, unknown_draft
from app.web.access import permission
from app.web.transactions import ReadSession


@dataclass(frozen=True, slots=True)
class DraftAccess:
    """A draft, and who was let in."""

    identity: Identity
    draft: QuestionnaireDraft
    surveys: Collection[int]
    """The surveys that use the questionnaire."""

    @property
    def draft_id(self) -> int:
        """The draft's number."""
        return self.draft.id or 0

    @property
    def may_publish(self) -> bool:
        """Whether they may publish it, too."""
        return may_publish(
            self.identity, surveys=self.surveys, uploaded_by=self.draft.uploaded_by_id
        )


def enter_questionnaires(identity: Identity) -> Identity:
    """Let in who may write questionnaires in some survey; raises ``Forbidden``."""
    if surveys_where(identity, Action.WRITE_QUESTIONNAIRES) == frozenset():
        raise Forbidden(
            f"Your roles do not allow you to {Action.WRITE_QUESTIONNAIRES.value}.",
            mend="Ask an administrator of this service if you need to.",
        )
    return identity


def enter_draft(session: Session, key: str, identity: Identity) -> DraftAccess:
    """Let somebody into a draft.

    Raises ``Forbidden`` for who writes no questionnaire, ``NotFound`` for one of others.
    """
    enter_questionnaires(identity)
    draft = draft_by_key(session, key)
    surveys = surveys_using(session, draft.slug)
    if not may_write(identity, surveys=surveys, uploaded_by=draft.uploaded_by_id):
        raise unknown_draft()
    return DraftAccess(identity, draft, surveys)


def check_slug(session: Session, slug: str, identity: Identity) -> None:
    """Refuse a draft of a questionnaire that only surveys of others use; raises ``Forbidden``."""
    surveys = surveys_using(session, slug) if slug else frozenset()
    if not may_write(identity, surveys=surveys, uploaded_by=identity.user_id):
        raise Forbidden(
            f"The questionnaire «{slug}» belongs to surveys in which you have no such role.",
            mend="Give yours another «form_id», or ask an administrator of this service.",
        )


def check_may_publish(access: DraftAccess) -> None:
    """Refuse who may write a questionnaire and not publish it; raises ``Forbidden``."""
    if not access.may_publish:
        raise Forbidden(
            "Other surveys use this questionnaire too, and you have no such role in all of them.",
            mend="Ask an administrator of this service to publish it.",
        )


@permission(f"{Action.WRITE_QUESTIONNAIRES} somewhere")
def writes_questionnaires(identity: SignedIn) -> Identity:
    """Somebody who may write questionnaires in some survey; raises ``Forbidden``."""
    return enter_questionnaires(identity)


@permission(Action.WRITE_QUESTIONNAIRES.value)
def writes_draft(draft_key: str, identity: SignedIn, session: ReadSession) -> DraftAccess:
    """The draft that the address names; raises ``Forbidden`` or ``NotFound``."""
    return enter_draft(session, draft_key, identity)


Writes = Annotated[Identity, Depends(writes_questionnaires)]
WritesDraft = Annotated[DraftAccess, Depends(writes_draft)]
