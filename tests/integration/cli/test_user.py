"""``rapporteur user`` lets people in, and tells their password once."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from app.accounts.models import Grant, Role, User
from app.accounts.service.sign_in import check_credentials
from app.audit.queries import list_entries
from app.cli.program import program
from app.cli.user import RoleWord
from app.database import Database
from tests.integration.cli.conftest import Ran, Run

ADD = ("user", "add", "--email", "Analyst@Example.org", "--name", "An Analyst")


def password_of(ran: Ran) -> str:
    (password,) = re.findall(r"^Password \(shown only now\): (\S+)$", ran.out, re.MULTILINE)
    return str(password)


def can_sign_in(database_url: str, email: str, password: str) -> bool:
    database = Database(database_url)
    with database.read() as session:
        user = check_credentials(session, email=email, password=password)
    database.dispose()
    return user is not None


def grants(database_url: str) -> list[tuple[str, Role, int | None]]:
    database = Database(database_url)
    with database.read() as session:
        rows = _grants(session)
    database.dispose()
    return rows


def _grants(session: Session) -> list[tuple[str, Role, int | None]]:
    return [
        (user.email, grant.role, grant.survey_id)
        for user, grant in session.exec(select(User, Grant).where(Grant.user_id == User.id))
    ]


def test_added_user_can_sign_in_with_the_printed_password(
    rapporteur: Run, database_url: str
) -> None:
    ran = rapporteur(*ADD, "--role", "analyst")

    assert ran.code == 0
    assert ran.lines[0] == (
        "An Analyst can now sign in as analyst@example.org: analyst in all surveys."
    )
    assert can_sign_in(database_url, "analyst@example.org", password_of(ran))
    assert grants(database_url) == [("analyst@example.org", Role.ANALYST, None)]


def test_added_user_has_a_role_in_one_survey(rapporteur_2007: Run, database_url: str) -> None:
    ran = rapporteur_2007(*ADD, "--role", "observer", "--survey", "gfmd-rcp-survey")

    assert ran.lines[0].endswith("observer in the survey gfmd-rcp-survey.")
    assert grants(database_url) == [("analyst@example.org", Role.OBSERVER, 1)]


def test_user_cannot_be_added_twice(rapporteur: Run, database_url: str) -> None:
    rapporteur(*ADD, "--role", "analyst")

    ran = rapporteur(*ADD, "--role", "observer")

    assert ran.code == 1
    assert ran.err.startswith("There is already an account for analyst@example.org.")
    assert [role for _, role, _ in grants(database_url)] == [Role.ANALYST]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--role", "analyst", "--survey", "nowhere"), 1, "There is no survey «nowhere»."),
        (("--role", "minister"), 2, "minister"),
        (("--role", "analyst", "--email", "no address"), 1, "email"),
    ],
)
def test_user_who_cannot_be_added_is_refused(
    rapporteur: Run, database_url: str, options: tuple[str, ...], code: int, said: str
) -> None:
    ran = rapporteur(*ADD, *options)

    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""
    assert grants(database_url) == []


def test_new_password_replaces_the_old_one(rapporteur: Run, database_url: str) -> None:
    old = password_of(rapporteur(*ADD, "--role", "analyst"))

    ran = rapporteur("user", "password", "--email", "ANALYST@example.org")

    assert ran.lines[0].startswith("analyst@example.org has a new password")
    assert "API tokens of the account stay valid" in ran.lines[1]
    assert can_sign_in(database_url, "analyst@example.org", password_of(ran))
    assert not can_sign_in(database_url, "analyst@example.org", old)


def test_new_password_of_nobody_is_refused(rapporteur: Run) -> None:
    ran = rapporteur("user", "password", "--email", "nobody@example.org")

    assert ran.code == 1
    assert ran.err.startswith("Nobody signs in as nobody@example.org.")


@pytest.mark.parametrize(
    "command", [(*ADD, "--role", "analyst"), ("user", "password", "--email", "a@example.org")]
)
def test_password_can_be_asked_for(
    rapporteur: Run, database_url: str, command: tuple[str, ...]
) -> None:
    rapporteur("user", "add", "--email", "a@example.org", "--name", "A", "--role", "analyst")
    chosen = "a few words of my own"

    # Only Typer's own runner can answer a hidden question.
    ran = CliRunner().invoke(program, [*command, "--ask-password"], input=f"{chosen}\n{chosen}\n")

    email = "analyst@example.org" if "add" in command else "a@example.org"
    assert ran.exit_code == 0
    assert chosen not in ran.output
    assert "shown only now" not in ran.output
    assert can_sign_in(database_url, email, chosen)


def test_roles_of_the_command_are_those_of_the_service() -> None:
    assert sorted(get_args(RoleWord)) == sorted(Role)


def test_name_that_is_too_long_is_told(rapporteur: Run, database_url: str) -> None:
    ran = rapporteur(
        "user", "add", "--email", "a@example.org", "--name", "x" * 400, "--role", "analyst"
    )

    assert ran.code == 1
    assert ran.err == "name [too-long] The name has 400 characters; 200 fit. Shorten it.\n"
    assert grants(database_url) == []


def test_role_is_given_and_taken_away(rapporteur: Run, database_url: str) -> None:
    rapporteur(*ADD, "--role", "analyst")
    role = ("user", "role", "--email", "Analyst@example.org", "--role", "organiser")

    given = [rapporteur(*role), rapporteur(*role)]
    with_both = grants(database_url)
    taken = rapporteur(*role, "--remove")

    assert {ran.out for ran in given} == {"analyst@example.org is organiser in all surveys.\n"}
    assert [each[1] for each in with_both] == [Role.ANALYST, Role.ORGANISER]
    assert taken.out == "analyst@example.org is not organiser in all surveys any more.\n"
    assert grants(database_url) == [("analyst@example.org", Role.ANALYST, None)]
    assert newest_entry(database_url) == (
        "command",
        "user.role-removed",
        {"role": "organiser", "survey": "all"},
    )


def test_role_in_one_survey_is_not_that_in_all(rapporteur_2007: Run, database_url: str) -> None:
    rapporteur_2007(*ADD, "--role", "analyst")
    role = ("user", "role", "--email", "analyst@example.org", "--role", "analyst")

    given = rapporteur_2007(*role, "--survey", "rcp-demo")
    rapporteur_2007(*role, "--remove")
    again = rapporteur_2007(*role, "--remove")

    assert given.out == "analyst@example.org is analyst in the survey rcp-demo.\n"
    assert again.code == 1
    assert again.err == (
        "analyst@example.org is not analyst in all surveys."
        " The account is: analyst in the survey rcp-demo.\n"
    )
    [(_, _, survey_id)] = grants(database_url)
    assert survey_id is not None


def test_role_of_nobody_is_refused(rapporteur: Run) -> None:
    ran = rapporteur("user", "role", "--email", "a@example.org", "--role", "analyst")

    assert ran.code == 1
    assert ran.err == "Nobody signs in as a@example.org. Run: rapporteur user add\n"


def test_password_that_is_piped_in_is_the_first_line(sqlite_url: str, tmp_path: Path) -> None:
    chosen = "a few words of my own"

    ran = subprocess.run(
        [sys.executable, "-m", "app.cli", *ADD, "--role", "analyst", "--ask-password"],
        input=f"{chosen}\n",
        capture_output=True,
        check=False,
        text=True,
        env=os.environ
        | {"RAPPORTEUR_DATABASE_URL": sqlite_url, "RAPPORTEUR_DATA_DIR": str(tmp_path)},
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert can_sign_in(sqlite_url, "analyst@example.org", chosen)


def newest_entry(database_url: str) -> tuple[str, str, dict[str, str]]:
    database = Database(database_url)
    with database.read() as session:
        newest = list_entries(session, limit=1)[0]
    database.dispose()
    return newest.actor, newest.action, newest.details
