"""The console shows a mail so that its link can be copied."""

from datetime import UTC, datetime
from io import StringIO

from app.mail.console import ConsoleMailer
from app.mail.message import Envelope, Words, compose


def test_console_shows_recipient_subject_and_text() -> None:
    stream = StringIO()
    link = f"https://survey.example.org/r/{'x' * 43}"
    envelope = Envelope("r@example.org", "Focal point", "a@example.org", "<1@x>")
    words = Words("Invitation", f"Your link:\n  {link}\n", "<p>html</p>")

    ConsoleMailer(stream).send(compose(envelope, words, at=datetime(2027, 3, 1, tzinfo=UTC)))

    shown = stream.getvalue()
    assert "To: Focal point <a@example.org>\nSubject: Invitation\n" in shown
    assert f"\n  {link}\n" in shown
    assert "RAPPORTEUR_SMTP_URL" in shown
    assert "<p>" not in shown
