"""The address of the mail server is read as people write it."""

import pytest

from app.mail.choice import choose_mailer
from app.mail.console import ConsoleMailer
from app.mail.smtp import SmtpAddress, SmtpMailer, UnusableMailServer, read_smtp_address
from app.settings import Settings


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example.org", SmtpAddress("mail.example.org", 25, tls=False)),
        ("smtp://mail.example.org:2525", SmtpAddress("mail.example.org", 2525, tls=False)),
        ("smtps://mail.example.org", SmtpAddress("mail.example.org", 465, tls=True)),
        (
            "smtp://r%40example.org:p%3Aw%2F@mail.example.org",
            SmtpAddress("mail.example.org", 587, False, "r@example.org", "p:w/"),
        ),
        ("smtp://[::1]:2525", SmtpAddress("::1", 2525, tls=False)),
    ],
)
def test_address_is_read(url: str, address: SmtpAddress) -> None:
    assert read_smtp_address(url) == address


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:secret@h:port"]
)
def test_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UnusableMailServer) as refusal:
        read_smtp_address(url)

    assert "secret" not in refusal.value.message + refusal.value.mend
    assert "smtp://user:password@host:port" in refusal.value.mend


def test_password_is_not_shown_with_the_address() -> None:
    address = read_smtp_address("smtp://user:secret@mail.example.org")

    assert "secret" not in repr(address)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("mail.example.org", False)],
)
def test_address_on_this_machine(host: str, expected: bool) -> None:
    assert SmtpAddress(host, 25, tls=False).is_this_machine is expected


def test_mailer_without_server_is_the_console() -> None:
    mailer = choose_mailer(Settings(_env_file=None))

    assert isinstance(mailer, ConsoleMailer)


def test_mailer_with_server_is_smtp() -> None:
    settings = Settings(_env_file=None, smtp_url="smtp://mail.example.org")

    mailer = choose_mailer(settings)

    assert isinstance(mailer, SmtpMailer)
    assert mailer.address.host == "mail.example.org"
