"""Build a message: headers that nobody's name can break, a plain text and the same as HTML."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.mail.mailer import MailRefused
from app.mailbox import mailbox, one_line, read_mailbox

_EXAMPLES = frozenset({"example.com", "example.net", "example.org", "localhost"})
_NOBODYS = (".example", ".invalid", ".localhost", ".test")


@dataclass(frozen=True)
class Words:
    """What a message says."""

    subject: str
    text: str
    html: str
    language: str = "en"


@dataclass(frozen=True)
class Envelope:
    """From whom, to whom, and by which mark a repeat is recognised."""

    sender: str
    """``Name <address>``, as in the settings."""
    recipient_name: str
    recipient_address: str
    message_id: str
    reply_to: str = ""
    """Where answers go: an address, or ``Name <address>``; empty: to the sender."""


def compose(envelope: Envelope, words: Words, *, at: datetime) -> EmailMessage:
    """The message, ready to send. Raises ``MailRefused`` when an address cannot be used.

    For good only where it is the recipient's: the others are settings, which can be mended.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(words.subject)
    message["From"] = _of_the_settings("The sender", envelope.sender)
    message["To"] = _recipient(envelope)
    if envelope.reply_to:
        message["Reply-To"] = _of_the_settings("The address for answers", envelope.reply_to)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = envelope.message_id
    # Tells mail programs not to answer by themselves (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text, cte="quoted-printable")
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    # After the content: setting that takes off what was said of any content before.
    message["Content-Language"] = words.language
    return message


def domain_of(sender: str) -> str:
    """The domain of a sender, for Message-IDs."""
    try:
        return read_mailbox(sender).domain
    except ValueError:
        return "localhost"


def takes_replies(sender: str) -> bool:
    """Whether a sender's address can be one that somebody reads: examples are nobody's (RFC 2606).

    The setting's default is an example, so that a trial writes in nobody's name.
    """
    domain = domain_of(sender).lower()
    return not domain.endswith(_NOBODYS) and domain not in _EXAMPLES


def _recipient(envelope: Envelope) -> Address:
    try:
        return mailbox(envelope.recipient_name, envelope.recipient_address)
    except ValueError as error:
        # What is kept of it holds no personal data, so the address is not repeated.
        reason = "The contact's address is not an address that mail can be sent to."
        raise MailRefused(reason, permanent=True) from error


def _of_the_settings(which: str, text: str) -> Address:
    try:
        return read_mailbox(text)
    except ValueError as error:
        raise MailRefused(f"{which} in the settings: {error}.", permanent=False) from error
