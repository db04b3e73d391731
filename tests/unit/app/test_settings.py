"""The settings, and the file that lists them for the person who runs the service."""

from ipaddress import ip_address
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

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


@pytest.mark.parametrize("text", ["Rapporteur", "Rapporteur <>", "a@", "a@b.org, c@d.org"])
@pytest.mark.parametrize("name", ["mail_from", "support_email"])
def test_mailbox_that_is_none_is_refused(name: str, text: str) -> None:
    with pytest.raises(ValidationError, match="is not an address that mail can be sent to"):
        Settings.model_validate({name: text})


def test_support_can_be_given_with_a_name() -> None:
    settings = Settings(_env_file=None, support_email="Help desk <help@example.org>")

    assert settings.support_address == "help@example.org"


def test_support_that_is_not_set_has_no_address() -> None:
    assert Settings(_env_file=None).support_address == ""


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "surveys.example.org",
        "ftp://surveys.example.org",
        "https://",
        "https://surveys.example.org/forms",
        "https://surveys.example.org?a=b",
        "https://surveys.example.org/#a",
        "https://user:word@surveys.example.org",
        "https://surveys.example.org:99999",
    ],
)
def test_public_address_that_no_link_can_begin_with_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="is not the address of a site"):
        Settings(_env_file=None, base_url=url)


@pytest.mark.parametrize(
    "url", ["http://localhost:8000", "https://[::1]/", "https://a.example.org/"]
)
def test_public_address_of_a_site_is_taken(url: str) -> None:
    assert Settings(_env_file=None, base_url=url).public_url == url.rstrip("/")
