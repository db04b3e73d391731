"""The settings, and the file that lists them for the person who runs the service."""

from ipaddress import ip_address
from pathlib import Path

import pytest
from dotenv import dotenv_values

from app.settings import Settings

EVERY_ADDRESS = str(ip_address(0))
EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_env_example_lists_every_setting_and_no_other() -> None:
    listed = set(dotenv_values(EXAMPLE))

    assert listed == {f"RAPPORTEUR_{name.upper()}" for name in Settings.model_fields}


def test_env_example_gives_the_defaults() -> None:
    defaults = Settings(_env_file=None)

    assert Settings(_env_file=EXAMPLE) == defaults


@pytest.mark.parametrize(
    ("host", "base_url", "public_url", "lacks"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:8000", False),
        ("survey.local", "", "http://survey.local:8000", False),
        (EVERY_ADDRESS, "", "http://127.0.0.1:8000", True),
        ("::", "", "http://127.0.0.1:8000", True),
        ("::1", "", "http://[::1]:8000", False),
        (EVERY_ADDRESS, "https://surveys.example.org/", "https://surveys.example.org", False),
    ],
)
def test_public_url_is_one_that_a_browser_can_open(
    host: str, base_url: str, public_url: str, lacks: bool
) -> None:
    settings = Settings(_env_file=None, host=host, base_url=base_url)

    assert (settings.public_url, settings.lacks_public_url) == (public_url, lacks)
