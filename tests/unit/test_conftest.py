"""Unit tests cannot reach the world outside."""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import create_engine


@pytest.mark.parametrize(
    "reach_out",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: sqlite3.connect(":memory:"),
        lambda: create_engine("sqlite://").connect(),
        lambda: psycopg.connect("host=127.0.0.1"),
        lambda: create_engine("postgresql+psycopg://127.0.0.1/x").connect(),
        lambda: subprocess.run([sys.executable, "-V"], check=True),
    ],
    ids=["socket", "sqlite", "sqlite-engine", "postgresql", "postgresql-engine", "program"],
)
def test_unit_test_reaching_out_fails(reach_out: Callable[[], object]) -> None:
    with pytest.raises(pytest.fail.Exception, match="A unit test reached for"):
        reach_out()
