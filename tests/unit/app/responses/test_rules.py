"""The pure rules of returning a questionnaire."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registry.models import ContactRole
from app.responses.drafts import Content
from app.responses.receipts import ALPHABET, new_receipt
from app.responses.rules import (
    editor_name,
    effective_due,
    is_late,
    link_problems,
    moment_in,
    seed_of,
    today_in,
    too_long,
)

DUE = datetime(2027, 3, 31, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "late"), [(-1, False), (0, True), (1, True)], ids=["before", "at", "after"]
)
def test_is_late_counts_from_the_first_moment_after_the_day(seconds: int, late: bool) -> None:
    assert is_late(DUE + timedelta(seconds=seconds), DUE) is late


def test_is_late_without_deadline_never() -> None:
    assert not is_late(DUE, None)


def test_effective_due_extension_counts() -> None:
    later = DUE + timedelta(days=14)

    assert (effective_due(DUE, None), effective_due(DUE, later)) == (DUE, later)


def test_today_in_zone_may_be_tomorrow() -> None:
    assert today_in("Pacific/Auckland", DUE).isoformat() == "2027-04-01"


def test_moment_in_zone_is_the_same_moment_on_another_clock() -> None:
    there = moment_in("Pacific/Auckland", DUE)

    assert there == DUE
    assert there.isoformat() == "2027-04-01T11:00:00+13:00"


def test_seed_of_a_response_is_its_own() -> None:
    assert seed_of(7) == seed_of(7)
    assert len({seed_of(number) for number in range(50)}) == 50


def test_editor_name_says_role_and_no_name() -> None:
    assert [editor_name(role) for role in (None, ContactRole.FOCAL_POINT)] == [
        "respondent",
        "focal point",
    ]


@given(st.text())
def test_link_problems_accepts_web_addresses_alone(text: str) -> None:
    accepted = link_problems(text) == []

    assert not accepted or text.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/a b",
        "https://example.org:port/",
        "www.example.org",
        "https://example.org/" + "a" * 2000,
        "https://example.org/\0",
    ],
)
def test_link_problems_of_what_is_no_web_page(url: str) -> None:
    assert [problem.place for problem in link_problems(url)] == ["url"]


def test_link_problems_of_a_web_page_are_none() -> None:
    assert link_problems("https://www.example.org:8443/report?year=2006#page=3") == []


@given(st.integers(0, 50), st.integers(0, 50))
def test_too_long_is_about_length_alone(length: int, most: int) -> None:
    problems = too_long("ä" * length, most=most, what="The note", place="note")

    assert bool(problems) == (length > most)


def test_receipts_differ_and_can_be_read_out() -> None:
    receipts = {new_receipt() for _ in range(1000)}

    assert len(receipts) == 1000
    assert all(set(receipt) <= {*ALPHABET, "-"} for receipt in receipts)


def test_content_is_empty_only_when_nothing_is_said() -> None:
    assert Content().is_empty
    assert not Content(comment="A remark").is_empty
