"""What sends mail: one method, and one error that says whether trying again can help."""

from email.message import EmailMessage
from typing import Protocol


class MailRefused(Exception):
    """The message was not taken. ``permanent``: no later try will change that."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Mailer(Protocol):
    """Hands one message over; when it returns, somebody else is answerable for the message."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over. Raises ``MailRefused``."""
        ...
