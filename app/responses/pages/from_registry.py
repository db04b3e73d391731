"""What a form suggests from the registry: the respondent's own names, and those of the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sqlmodel import Session, col, select

from app.registry.queries import respondent_names
from app.responses.access import RespondentIdentity
from app.rounds.models import Invitation
from questionnaires.models import Definition, Question

PREFIX = "registry."
OFFICIAL_NAME = "registry.official_name"
SHORT_NAME = "registry.short_name"
OTHER_NAMES = "registry.other_names"
NAMES_IN_USE = "registry.names_in_use"
RESPONDENTS = "registry.respondents"


@dataclass(frozen=True, slots=True)
class FromRegistry:
    """What the registry holds for the questions of a form, by their concept."""

    texts: Mapping[str, str] = field(default_factory=dict)
    others: Callable[[], tuple[str, ...]] = tuple
    """Reads the short names of the others that are invited to the round, in the order of its list:
    there may be hundreds, and few pages show them."""

    def text_for(self, question: Question) -> str | None:
        """What to suggest for a question; ``None`` for one that is about something else."""
        return self.texts.get(question.concept or "") or None

    def names_for(self, question: Question) -> tuple[str, ...]:
        """Names to pick one from, or to write another."""
        return self.others() if question.concept == RESPONDENTS else ()


def from_registry(
    session: Session, identity: RespondentIdentity, definition: Definition
) -> FromRegistry:
    """What the registry says on the round's day; nothing is asked of it for other forms."""
    if not any(one.startswith(PREFIX) for one in _concepts(definition)):
        return FromRegistry()
    own = respondent_names(session, [identity.respondent_id], on=identity.today)
    names = own[identity.respondent_id]
    others = [name.text for name in names.others]
    return FromRegistry(
        texts={
            OFFICIAL_NAME: names.official,
            SHORT_NAME: names.short,
            OTHER_NAMES: "\n".join(others),
            NAMES_IN_USE: "\n".join((names.short, *others)),
        },
        others=cache(lambda: _others(session, identity)),
    )


def _others(session: Session, identity: RespondentIdentity) -> tuple[str, ...]:
    invitation = select(Invitation.round_id).where(Invitation.id == identity.invitation_id)
    invited = session.exec(
        select(Invitation.respondent_id)
        .where(col(Invitation.round_id) == invitation.scalar_subquery())
        .where(col(Invitation.respondent_id) != identity.respondent_id)
        .order_by(col(Invitation.position))
    ).all()
    names = respondent_names(session, invited, on=identity.today)
    return tuple(names[one].short for one in invited)


def _concepts(definition: Definition) -> set[str]:
    questions = [one for field in definition.fields for one in (field, *field.columns)]
    return {one.concept for one in questions if one.concept is not None}
