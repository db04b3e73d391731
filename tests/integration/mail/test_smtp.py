"""Messages reach a real SMTP server, encrypted where it can be, and refusals are understood."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from app.mail.mailer import MailRefused
from app.mail.message import Envelope as Letter
from app.mail.message import Words, compose
from app.mail.smtp import SmtpAddress, SmtpMailer, read_smtp_address
from tests.fixtures.mail import SmtpServer

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of a server named localhost, signed by itself; its key opens nothing."""
TO = "focal-point@example.org"


class Demanding:
    """Keeps what it is given, answers as told, and remembers how it was spoken to."""

    def __init__(self, *, to_sender: str = "250 OK", to_data: str = "250 OK") -> None:
        self.taken: list[bytes] = []
        self.signed_in: list[bytes] = []
        self.encrypted: list[bool] = []
        self._to_sender = to_sender
        self._to_data = to_data

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login)
        return AuthResult(success=data.password == b"right", handled=False)

    async def handle_MAIL(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.encrypted.append(session.ssl is not None)
        envelope.mail_from = address
        return self._to_sender

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return self._to_data


class _Controller(Controller):
    """Listens on a port that the system picks."""

    def __init__(self, listener: socket.socket, handler: Demanding, **options: Any) -> None:  # noqa: ANN401 - whatever aiosmtpd takes
        host, port = listener.getsockname()
        super().__init__(handler, hostname=host, port=port, **options)
        self._listener = listener

    def _create_server(self) -> Coroutine[None, None, asyncio.Server]:
        return self.loop.create_server(
            self._factory_invoker, sock=self._listener, ssl=self.ssl_context
        )


Start = Callable[..., int]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a server for a handler; returns its port."""
    running: list[_Controller] = []

    def start(handler: Demanding, **options: object) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        controller = _Controller(listener, handler, **options)
        running.append(controller)
        controller.start()
        return int(listener.getsockname()[1])

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def tls(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server needs for TLS; the machine trusts its certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    return server_context()


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def message() -> EmailMessage:
    letter = Letter("Rapporteur <r@example.org>", "Focal point", TO, "<1@example.org>")
    words = Words("Invitation", "Überblick", "<p>Überblick</p>")
    return compose(letter, words, at=datetime(2027, 3, 1, tzinfo=UTC))


def test_message_arrives_as_it_was_written(smtp_server: SmtpServer) -> None:
    SmtpMailer(read_smtp_address(smtp_server.url)).send(message())

    [mail] = smtp_server.received
    assert (mail.sender, mail.recipients) == ("r@example.org", (TO,))
    assert mail.text.splitlines() == ["Überblick"]
    assert mail.message["Message-ID"] == "<1@example.org>"


@pytest.mark.parametrize(("code", "permanent"), [(450, False), (550, True), (552, True)])
def test_refused_recipient(smtp_server: SmtpServer, code: int, permanent: bool) -> None:
    smtp_server.refuse(TO, code, "because")

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(read_smtp_address(smtp_server.url)).send(message())

    assert refusal.value.permanent is permanent
    assert refusal.value.reason == f"The mail server said: {code} because"


@pytest.mark.parametrize(("answer", "permanent"), [("451 later", False), ("554 spam", True)])
def test_refused_content(start: Start, answer: str, permanent: bool) -> None:
    port = start(Demanding(to_data=answer))

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(SmtpAddress("127.0.0.1", port, tls=False)).send(message())

    assert refusal.value.permanent is permanent


def test_refused_sender_is_a_fault_of_the_settings_and_can_be_mended(start: Start) -> None:
    port = start(Demanding(to_sender="550 not you"))

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(SmtpAddress("127.0.0.1", port, tls=False)).send(message())

    assert not refusal.value.permanent
    assert "not you" in refusal.value.reason


def test_server_that_is_not_there_may_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(SmtpAddress("127.0.0.1", port, tls=False)).send(message())

    assert not refusal.value.permanent


def test_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = SmtpAddress("127.0.0.1", listener.getsockname()[1], tls=False)

        with pytest.raises(MailRefused) as refusal:
            SmtpMailer(address, timeout=0.2).send(message())

    assert not refusal.value.permanent


def test_encryption_is_used_where_the_server_offers_it(start: Start, tls: ssl.SSLContext) -> None:
    server = Demanding()
    port = start(server, tls_context=tls, authenticator=server)

    SmtpMailer(SmtpAddress("localhost", port, False, "user", "right")).send(message())

    assert (server.encrypted, server.signed_in, len(server.taken)) == ([True], [b"user"], 1)


def test_encryption_from_the_first_byte(start: Start, tls: ssl.SSLContext) -> None:
    server = Demanding()
    port = start(server, ssl_context=tls)

    SmtpMailer(SmtpAddress("localhost", port, tls=True)).send(message())

    assert len(server.taken) == 1


def test_certificate_that_nobody_vouches_for_is_not_trusted(start: Start) -> None:
    server = Demanding()
    port = start(server, tls_context=server_context(), authenticator=server)

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(SmtpAddress("localhost", port, False, "user", "right")).send(message())

    assert not refusal.value.permanent
    assert "certificate" in refusal.value.reason
    assert (server.signed_in, server.taken) == ([], [])


def test_wrong_password_can_be_mended(start: Start, tls: ssl.SSLContext) -> None:
    server = Demanding()
    port = start(server, tls_context=tls, authenticator=server)

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(SmtpAddress("localhost", port, False, "user", "wrong")).send(message())

    assert not refusal.value.permanent
    assert "wrong" not in refusal.value.reason


class _Elsewhere(SmtpAddress):
    """An address that counts as that of another machine."""

    is_this_machine = False


def test_password_is_not_sent_over_an_open_line(start: Start) -> None:
    server = Demanding()
    port = start(server, authenticator=server, auth_require_tls=False)

    with pytest.raises(MailRefused) as refusal:
        SmtpMailer(_Elsewhere("127.0.0.1", port, False, "user", "right")).send(message())

    assert refusal.value.reason == (
        "The mail server offers no encryption, so the password was not sent to it."
    )
    assert (server.signed_in, server.taken) == ([], [])
