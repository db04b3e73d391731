"""The settings, and the file that lists them for the person who runs the service."""

from pathlib import Path

from dotenv import dotenv_values

from app.settings import Settings

EXAMPLE = Path(__file__).parents[3] / ".env.example"


def test_env_example_lists_every_setting_and_no_other() -> None:
    listed = set(dotenv_values(EXAMPLE))

    assert listed == {f"RAPPORTEUR_{name.upper()}" for name in Settings.model_fields}


def test_env_example_gives_the_defaults() -> None:
    defaults = Settings(_env_file=None)

    assert Settings(_env_file=EXAMPLE) == defaults
