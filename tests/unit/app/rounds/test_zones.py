"""Which time zones a survey can keep."""

import pytest

from app.rounds.zones import zone_names


@pytest.mark.parametrize("name", ["Europe/Brussels", "Asia/Kolkata", "UTC"])
def test_place_is_a_zone(name: str) -> None:
    assert name in zone_names()


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "Mars", "europe/brussels"])
def test_what_each_machine_understands_differently_is_none(name: str) -> None:
    assert name not in zone_names()
