"""The invitation to a round: who asks whom for what, by when, and the personal link."""

from dataclasses import asdict, dataclass

from app.mail.message import Words
from app.mail.words import fill_in


@dataclass(frozen=True)
class InvitationFacts:
    """What an invitation tells. Empty text: not known, and left out."""

    recipient: str
    """Name of the contact."""
    respondent: str
    """Name of the institution."""
    organiser: str
    """Who asks."""
    round_title: str
    questionnaire: str
    link: str
    deadline: str
    """In words, with its zone."""
    notice: str
    """That the data are a demonstration, where they are."""
    support_email: str
    service_name: str
    takes_replies: str = "yes"
    """Empty where a reply to the sender reaches nobody."""


def write_invitation(facts: InvitationFacts) -> Words:
    """The words of an invitation."""
    return fill_in("invitation", asdict(facts))
