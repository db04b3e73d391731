"""The mailer for real: one conversation with an SMTP server for each message."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from app.errors import AppError
from app.mail.mailer import MailRefused

TIMEOUT_SECONDS = 30.0
PERMANENT = range(500, 600)


class UnusableMailServer(AppError):
    """The settings name a mail server in a way that cannot be read."""

    status = 503
    code = "unusable-mail-server"
    title = "The mail server cannot be used"


@dataclass(frozen=True)
class SmtpAddress:
    """Where the mail server is and how it is entered."""

    host: str
    port: int
    tls: bool
    """TLS from the first byte (``smtps``); otherwise STARTTLS wherever the server offers it."""
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_this_machine(self) -> bool:
        """Whether what is said to the server never leaves the machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_smtp_address(url: str) -> SmtpAddress:
    """Read ``smtp://user:password@host:port``; the port depends on the rest when it is left out."""
    mend = "Set RAPPORTEUR_SMTP_URL to smtp://user:password@host:port, or smtps:// for TLS."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        # The address holds a password, so it isn't repeated.
        raise UnusableMailServer("The mail server's address cannot be read.", mend=mend) from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise UnusableMailServer("The mail server's address cannot be read.", mend=mend)
    tls = parts.scheme == "smtps"
    usual = 465 if tls else 587 if parts.username else 25
    return SmtpAddress(
        host=parts.hostname,
        port=port or usual,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpMailer:
    """Hands messages to an SMTP server; returns when the server has taken the message over."""

    def __init__(self, address: SmtpAddress, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self.address = address
        self._timeout = timeout

    def send(self, message: EmailMessage) -> None:
        """Send one message to its one recipient."""
        _, recipient = parseaddr(str(message["To"]))
        with _refusals(recipient), self._connect() as server:
            self._enter(server)
            server.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        if self.address.tls:
            return smtplib.SMTP_SSL(
                self.address.host,
                self.address.port,
                timeout=self._timeout,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(self.address.host, self.address.port, timeout=self._timeout)

    def _enter(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        secure = self.address.tls
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            secure = True
        if not self.address.user:
            return
        if not secure and not self.address.is_this_machine:
            reason = "The mail server offers no encryption, so the password was not sent to it."
            raise MailRefused(reason, permanent=False)
        server.login(self.address.user, self.address.password)


@contextmanager
def _refusals(recipient: str) -> Iterator[None]:
    """Turn what the library raises into what happened to this message.

    Servers like to repeat the recipient's address; it is taken out, since what happened is kept
    and logged where no personal data belong.

    Only what the server says of the recipient or of the message itself can be final. A refused
    sender or sign-in is a fault of the settings: it concerns every message, and can be mended.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        reason = _words(code, answer, recipient)
        raise MailRefused(reason, permanent=code in PERMANENT) from error
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
        reason = _words(code, error.smtp_error, recipient)
        raise MailRefused(reason, permanent=code in PERMANENT) from error
    except smtplib.SMTPResponseException as error:
        reason = _words(error.smtp_code, error.smtp_error, recipient)
        raise MailRefused(reason, permanent=False) from error
    except (smtplib.SMTPException, OSError) as error:
        reason = f"The mail server could not be used: {error}"
        raise MailRefused(reason, permanent=False) from error


def _words(code: int, answer: bytes | str, recipient: str) -> str:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if recipient:
        words = re.sub(re.escape(recipient), "the address", words, flags=re.IGNORECASE)
    return f"The mail server said: {code} {' '.join(words.split())}"
