"""A message says what it should, and nobody's name can break its headers."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.mailer import MailRefused
from app.mail.message import Envelope, Words, compose, domain_of, takes_replies

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
HEADERS = {
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}


def sent(name: str, address: str = "focal-point@example.org", subject: str = "A") -> EmailMessage:
    """The message as a mail program reads it after its journey."""
    envelope = Envelope("Rapporteur <r@example.org>", name, address, "<1@example.org>")
    message = compose(envelope, Words(subject, "text ü", "<p>html ü</p>"), at=AT)
    read = message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


@given(name=st.text(max_size=60), subject=st.text(max_size=120))
def test_headers_whatever_the_names_say_stay_the_same_few(name: str, subject: str) -> None:
    message = sent(name, subject=subject)

    assert set(message.keys()) == HEADERS
    assert [address.addr_spec for address in message["To"].addresses] == ["focal-point@example.org"]


def test_recipient_with_line_break_in_name_adds_no_header() -> None:
    message = sent("Focal point\r\nBcc: other@example.org")

    assert message["Bcc"] is None
    assert message["To"].addresses[0].display_name == "Focal point Bcc: other@example.org"


def test_recipient_with_arabic_name_arrives_unchanged() -> None:
    message = sent("جهة الاتصال، الأمانة")

    assert message["To"].addresses[0].display_name == "جهة الاتصال، الأمانة"


def test_domain_beyond_ascii_is_spelled_as_the_mail_system_does() -> None:
    message = sent("Focal point", "focal-point@bücher.example.org")

    assert message["To"].addresses[0].addr_spec == "focal-point@xn--bcher-kva.example.org"


@pytest.mark.parametrize(
    "address", ["", "nobody", "@example.org", "a@", "a b@example.org", "a@b@c d", "ü@example.org"]
)
def test_address_that_is_none_is_refused_for_good(address: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        sent("Focal point", address)

    assert refusal.value.permanent


def test_message_says_when_it_was_written_and_that_a_machine_wrote_it() -> None:
    message = sent("Focal point")

    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<1@example.org>"


def test_message_holds_the_text_and_the_same_as_html() -> None:
    message = sent("Focal point")

    parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}

    assert parts == {"text/plain": "text ü\r\n", "text/html": "<p>html ü</p>\r\n"}


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("Rapporteur <rapporteur@example.org>", False),
        ("survey@mail.example", False),
        ("survey@", False),
        ("Secretariat <survey@secretariat.int>", True),
    ],
)
def test_example_addresses_take_no_replies(sender: str, *, expected: bool) -> None:
    assert takes_replies(sender) is expected


def test_reply_to_names_who_helps() -> None:
    envelope = Envelope("r@example.org", "A", "a@example.org", "<1@x>", reply_to="h@example.org")

    message = compose(envelope, Words("s", "t", "h"), at=AT)

    assert str(message["Reply-To"]) == "h@example.org"


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("Rapporteur <r@mail.example.org>", "mail.example.org"),
        ("r@bücher.example.org", "xn--bcher-kva.example.org"),
        ("", "localhost"),
    ],
)
def test_domain_of_sender(sender: str, domain: str) -> None:
    assert domain_of(sender) == domain


@pytest.mark.parametrize(
    ("sender", "reply_to"),
    [("Rapporteur", ""), ("Rapporteur <r@example.org>", "Help desk"), ("a@b.org, c@d.org", "")],
)
def test_address_of_the_settings_that_is_none_can_be_mended(sender: str, reply_to: str) -> None:
    envelope = Envelope(sender, "A", "a@example.org", "<1@example.org>", reply_to)

    with pytest.raises(MailRefused, match="in the settings") as refusal:
        compose(envelope, Words("A", "text", "<p>html</p>"), at=AT)

    assert not refusal.value.permanent


def test_answers_go_to_a_desk_with_a_name() -> None:
    envelope = Envelope(
        "r@example.org", "A", "a@example.org", "<1@example.org>", "Help desk <help@example.org>"
    )

    message = compose(envelope, Words("A", "text", "<p>html</p>"), at=AT)

    assert message["Reply-To"] == "Help desk <help@example.org>"
