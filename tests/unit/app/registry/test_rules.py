"""Which names hold on a day, and what can be a key or an address."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registry.models import NameKind, RespondentName
from app.registry.rules import check_email, check_key, names_on

DAY = date(2027, 3, 10)
kinds = st.sampled_from(NameKind)
days = st.none() | st.integers(-900, 900).map(lambda count: DAY + timedelta(days=count))
names = st.builds(
    RespondentName,
    respondent_id=st.just(1),
    kind=kinds,
    text=st.text("abc", min_size=1, max_size=4),
    position=st.integers(0, 3),
    valid_from=days,
    valid_until=days,
)


def name(
    text: str,
    *,
    position: int = 0,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RespondentName:
    return RespondentName(
        respondent_id=1,
        kind=NameKind.OFFICIAL,
        text=text,
        position=position,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def test_names_without_any_fall_back_to_the_key() -> None:
    assert names_on([], DAY, key="north").short == "north"


def test_official_name_stands_in_for_a_missing_short_one() -> None:
    assert names_on([name("Northern Process")], DAY, key="north").short == "Northern Process"


def test_name_holds_on_both_ends_of_its_period() -> None:
    held = name("Held", valid_from=DAY, valid_until=DAY)
    standing = name("Standing", position=1)

    assert names_on([held, standing], DAY, key="north").official == "Held"
    assert names_on([held, standing], DAY + timedelta(days=1), key="north").official == "Standing"


def test_last_name_is_kept_when_none_holds() -> None:
    first = name("First", valid_until=date(2000, 1, 1))
    last = name("Last", valid_from=date(2001, 1, 1), valid_until=date(2010, 1, 1))

    assert names_on([first, last], DAY, key="north").official == "Last"


@given(st.lists(names, max_size=6))
def test_names_of_a_day_are_always_two_and_never_repeated(
    given_names: list[RespondentName],
) -> None:
    found = names_on(given_names, DAY, key="key")

    shown = [found.short, found.official]
    others = [other.text for other in found.others]
    assert all(shown)
    assert len(set(others)) == len(others)
    assert not set(others) & set(shown)


@given(st.lists(names, max_size=6))
def test_name_that_is_still_to_come_is_no_other_name(given_names: list[RespondentName]) -> None:
    found = names_on(given_names, DAY, key="key")

    to_come = {
        one.text
        for one in given_names
        if all(
            each.valid_from is not None and each.valid_from > DAY
            for each in given_names
            if each.text == one.text
        )
    }
    assert not to_come & {other.text for other in found.others}


@pytest.mark.parametrize("key", ["igc", "5p5", "a-b-c", "x" * 64])
def test_key_is_accepted(key: str) -> None:
    assert check_key(key) == []


@pytest.mark.parametrize("email", ["office@example.org", "focal-point@5p5.example.org"])
def test_address_is_accepted(email: str) -> None:
    assert check_email(email) == []


@pytest.mark.parametrize("email", ["office@example.org ", "a@b@c.org", "a@.org", "a,b@c.org"])
def test_address_is_refused_with_a_mend(email: str) -> None:
    (problem,) = check_email(email)

    assert (problem.code, problem.place) == ("invalid-email", "email")
    assert "focal-point@example.org" in problem.mend
