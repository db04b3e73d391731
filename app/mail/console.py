"""The mailer for trying things out: it prints each message so that its link can be copied."""

import sys
from email.message import EmailMessage, MIMEPart
from typing import TextIO

RULE = "-" * 78


class ConsoleMailer:
    """Prints messages; nothing leaves the machine."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, message: EmailMessage) -> None:
        """Print who it is for, what it is about and its text."""
        text = message.get_body(("plain",))
        words = text.get_content() if isinstance(text, MIMEPart) else ""
        # Looked up at each message: who runs the service may have put another stream in its place.
        stream = self._stream or sys.stdout
        stream.write(
            f"{RULE}\nTo: {message['To']}\nSubject: {message['Subject']}\n\n"
            f"{words.rstrip()}\n{RULE}\n"
            "No mail server is set, so this message was printed instead of sent."
            " Set RAPPORTEUR_SMTP_URL to send.\n"
        )
        stream.flush()
