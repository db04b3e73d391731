"""The receipt of a return: what was received, when, its number, and how to correct it."""

from dataclasses import asdict, dataclass

from app.mail.message import Words
from app.mail.words import fill_in


@dataclass(frozen=True)
class ReceiptFacts:
    """What a receipt tells. Empty text: not known, and left out."""

    recipient: str
    """Name of the contact."""
    respondent: str
    """Name of the institution."""
    organiser: str
    """Who received it."""
    round_title: str
    declined: str
    """Not empty where nothing was sent but a refusal."""
    what: str
    received: str
    """When, in words, with its zone."""
    late: str
    """Not empty where the deadline had passed."""
    receipt: str
    notice: str
    """That the data are a demonstration, where they are."""
    support_email: str
    service_name: str
    takes_replies: str = "yes"
    """Empty where a reply to the sender reaches nobody."""


def write_receipt(facts: ReceiptFacts) -> Words:
    """The words of a receipt. No link is among them: the contact has one, and this may be filed."""
    return fill_in("receipt", asdict(facts))
