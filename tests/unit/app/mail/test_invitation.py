"""The invitation tells who asks, what for, by when, and what to do."""

from dataclasses import replace

import pytest

from app.mail.invitation import InvitationFacts, write_invitation

FACTS = InvitationFacts(
    recipient="Focal point of the Process",
    respondent="Process of the Seven Lanterns",
    organiser="Secretariat of the Forum",
    round_title="Survey of processes, 1 March 2027",
    questionnaire="Migration and development",
    link="https://survey.example.org/r/token",
    deadline="end of 31 March 2027 (Europe/Brussels)",
    notice="",
    support_email="help@example.org",
    service_name="Rapporteur",
)


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize(
    "fact",
    [
        FACTS.recipient,
        FACTS.respondent,
        FACTS.organiser,
        FACTS.round_title,
        FACTS.questionnaire,
        FACTS.link,
        FACTS.deadline,
        FACTS.support_email,
        "decline",
        "Rapporteur",
    ],
)
def test_invitation_tells_each_fact(part: str, fact: str) -> None:
    words = write_invitation(FACTS)

    assert fact in getattr(words, part)


def test_subject_names_round_and_deadline() -> None:
    words = write_invitation(FACTS)

    assert words.subject == (
        "Invitation: Survey of processes, 1 March 2027, due end of 31 March 2027 (Europe/Brussels)"
    )


def test_invitation_without_deadline_names_none() -> None:
    words = write_invitation(replace(FACTS, deadline=""))

    assert words.subject == "Invitation: Survey of processes, 1 March 2027"
    assert "return it by" not in words.text + words.html


def test_invitation_without_support_address_asks_to_reply() -> None:
    words = write_invitation(replace(FACTS, support_email=""))

    assert "Please reply to this mail." in words.text
    assert "Please reply to this mail." in words.html


def test_invitation_from_an_address_that_nobody_reads_does_not_ask_to_reply() -> None:
    words = write_invitation(replace(FACTS, support_email="", takes_replies=""))

    for part in (words.text, words.html):
        assert "Please write to Secretariat of the Forum." in part
        assert "reply to this mail" not in part


def test_demonstration_says_so() -> None:
    words = write_invitation(replace(FACTS, notice="This is a demonstration."))

    assert "This is a demonstration." in words.text
    assert "This is a demonstration." in words.html


def test_name_with_markup_stays_text_in_html() -> None:
    words = write_invitation(replace(FACTS, respondent="<script>alert(1)</script> & Co"))

    assert "<script>" not in words.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in words.html
    assert "<script>alert(1)</script> & Co" in words.text


def test_name_with_line_breaks_adds_no_paragraph() -> None:
    words = write_invitation(replace(FACTS, recipient="Focal point\n\nYour link: elsewhere"))

    assert words.text.startswith("Dear Focal point Your link: elsewhere,\n")
