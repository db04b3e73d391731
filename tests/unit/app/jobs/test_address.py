"""Workflows are kept beside the database unless the settings say where."""

from pathlib import Path

import pytest

from app.jobs.address import workflow_database_url
from app.settings import Settings


@pytest.mark.parametrize(
    ("database", "workflows", "expected"),
    [
        ("sqlite:////srv/db.sqlite3", "", "sqlite:////data/workflows.sqlite3"),
        ("sqlite:////srv/db.sqlite3", "sqlite:////srv/w.sqlite3", "sqlite:////srv/w.sqlite3"),
        ("postgresql://u:p%40@h/name", "", "postgresql://u:p%40@h/name"),
        ("postgres://u@h/name", "", "postgresql://u@h/name"),
        ("postgresql://u@h/a", "postgresql+psycopg://u@h/b", "postgresql://u@h/b"),
        ("postgresql://u@h/a", "sqlite:////srv/w.sqlite3", "sqlite:////srv/w.sqlite3"),
    ],
)
def test_address_of_workflows(database: str, workflows: str, expected: str) -> None:
    settings = Settings(
        _env_file=None,
        database_url=database,
        workflow_database_url=workflows,
        data_dir=Path("/data"),
    )

    assert workflow_database_url(settings) == expected
