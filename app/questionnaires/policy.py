"""Who may write and publish a questionnaire, given the surveys that use it."""

from collections.abc import Collection

from app.accounts.policy import Action, Identity, surveys_where


def may_write(identity: Identity, *, surveys: Collection[int], uploaded_by: int | None) -> bool:
    """Whether somebody may upload, see and try drafts of a questionnaire.

    Who may do so in every survey may do so here; others where a survey of theirs uses the
    questionnaire, and what they have uploaded themselves.
    """
    theirs = surveys_where(identity, Action.WRITE_QUESTIONNAIRES)
    if theirs is None:
        return True
    own = uploaded_by == identity.user_id and not surveys
    return bool(theirs) and (own or not theirs.isdisjoint(surveys))


def may_publish(identity: Identity, *, surveys: Collection[int], uploaded_by: int | None) -> bool:
    """Whether somebody may publish a version: in every survey that uses the questionnaire.

    The next round of each of them opens with it.
    """
    theirs = surveys_where(identity, Action.WRITE_QUESTIONNAIRES)
    if theirs is None:
        return True
    if not surveys:
        return bool(theirs) and uploaded_by == identity.user_id
    return theirs.issuperset(surveys)
