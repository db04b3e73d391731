"""Build a message: headers that nobody's name can break, a plain text and the same as HTML."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from app.mail.mailer import MailRefused


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


def one_line(text: str) -> str:
    """The text on one line, without control characters: fit for a header and a terminal."""
    # U+2028 and U+2029 are spaces to split(), and other controls are dropped.
    words = " ".join(text.split())
    return "".join(mark for mark in words if unicodedata.category(mark) not in {"Cc", "Cs"})


def compose(envelope: Envelope, words: Words, *, at: datetime) -> EmailMessage:
    """The message, ready to send. Raises ``MailRefused`` when an address cannot be written to."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(words.subject)
    message["From"] = _address(*parseaddr(envelope.sender))
    message["To"] = _address(envelope.recipient_name, envelope.recipient_address)
    if envelope.reply_to:
        message["Reply-To"] = _address("", envelope.reply_to)
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
    _, _, domain = parseaddr(sender)[1].rpartition("@")
    return _ascii(domain) or "localhost"


def _address(name: str, address: str) -> Address:
    mailbox, at, domain = one_line(address).rpartition("@")
    reason = "This is not an address that mail can be sent to."
    if not (mailbox and at and domain) or " " in address.strip():
        raise MailRefused(reason, permanent=True)
    try:
        return Address(display_name=one_line(name), addr_spec=f"{mailbox}@{_ascii(domain)}")
    except (ValueError, IndexError, MessageError) as error:
        raise MailRefused(reason, permanent=True) from error


def _ascii(domain: str) -> str:
    """The domain as the mail system spells it: ``xn--…`` where it has letters beyond ASCII."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
