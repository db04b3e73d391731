"""Choose how mail leaves: through the SMTP server of the settings, or onto the console."""

from app.mail.console import ConsoleMailer
from app.mail.mailer import Mailer
from app.mail.smtp import SmtpMailer, read_smtp_address
from app.settings import Settings


def choose_mailer(settings: Settings) -> Mailer:
    """The mailer that the settings ask for."""
    address = settings.smtp_url.get_secret_value().strip()
    return SmtpMailer(read_smtp_address(address)) if address else ConsoleMailer()
