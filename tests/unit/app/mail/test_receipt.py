"""The receipt tells what was received, when, by which number, and how to correct it."""

from dataclasses import replace

import pytest

from app.mail.receipt import ReceiptFacts, write_receipt

FACTS = ReceiptFacts(
    recipient="Focal point of the Process",
    respondent="Process of the Seven Lanterns",
    organiser="Secretariat of the Forum",
    round_title="Survey of processes, 1 March 2027",
    declined="",
    what="25 of 30 questions answered, with 2 documents",
    received="30 March 2027, 14:05 (Europe/Brussels)",
    late="",
    receipt="7K3M-QW9P-X2RT",
    notice="",
    support_email="help@example.org",
    service_name="Rapporteur",
)
PARTS = pytest.mark.parametrize("part", ["text", "html"])


@PARTS
@pytest.mark.parametrize(
    "fact",
    [
        FACTS.recipient,
        FACTS.respondent,
        FACTS.organiser,
        FACTS.round_title,
        FACTS.what,
        FACTS.received,
        FACTS.receipt,
        FACTS.support_email,
        "Rapporteur",
    ],
)
def test_receipt_tells_each_fact(part: str, fact: str) -> None:
    words = write_receipt(FACTS)

    assert fact in getattr(words, part)


def test_subject_names_number_and_round() -> None:
    assert write_receipt(FACTS).subject == (
        "Receipt 7K3M-QW9P-X2RT: Survey of processes, 1 March 2027"
    )


@PARTS
def test_receipt_says_how_to_correct(part: str) -> None:
    words = " ".join(getattr(write_receipt(FACTS), part).split())

    assert "ask us to reopen it while the round is open" in words
    assert "will not answer" not in words


@PARTS
def test_receipt_of_a_refusal_says_how_to_answer_after_all(part: str) -> None:
    refused = write_receipt(replace(FACTS, declined="yes"))
    words = " ".join(getattr(refused, part).split())

    assert "Process of the Seven Lanterns will not answer" in words
    assert "Until the round is closed you can still answer" in words
    assert "has received" not in words


@PARTS
@pytest.mark.parametrize("late", ["", "yes"])
def test_receipt_says_whether_it_was_late(part: str, late: str) -> None:
    words = getattr(write_receipt(replace(FACTS, late=late)), part)

    assert ("after the deadline, and accepted" in words) == bool(late)


@PARTS
def test_demonstration_says_so(part: str) -> None:
    words = write_receipt(replace(FACTS, notice="This is a demonstration."))

    assert "This is a demonstration." in getattr(words, part)


@PARTS
def test_receipt_without_support_address_asks_to_reply(part: str) -> None:
    words = write_receipt(replace(FACTS, support_email=""))

    assert "Please reply to this mail." in getattr(words, part)


def test_name_with_markup_stays_text_in_html() -> None:
    words = write_receipt(replace(FACTS, respondent="<script>alert(1)</script> & Co"))

    assert "<script>" not in words.html
    assert "<script>alert(1)</script> & Co" in words.text
