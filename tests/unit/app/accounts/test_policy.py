"""Who may do what."""

from pathlib import Path

import pytest

from app.accounts.models import Role
from app.accounts.policy import (
    MEANINGS,
    PERMISSIONS,
    Action,
    Granted,
    Identity,
    can,
    permission_table,
    surveys_where,
)

DOCUMENT = Path(__file__).parents[4] / "docs" / "permissions.md"


def somebody(*granted: Granted) -> Identity:
    return Identity(user_id=1, name="Somebody", email="somebody@example.org", grants=granted)


def test_every_action_is_in_the_table_and_explained() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert set(MEANINGS) == set(Action)


def test_administrator_may_do_everything() -> None:
    assert [action for action in Action if Role.ADMINISTRATOR not in PERMISSIONS[action]] == []


def test_documentation_shows_the_table() -> None:
    assert permission_table() in DOCUMENT.read_text()


def test_can_without_a_role_nothing() -> None:
    assert [action for action in Action if can(somebody(), action, 7)] == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_can_role_in_one_survey_counts_there_alone(role: Role, action: Action) -> None:
    identity = somebody(Granted(role=role, survey_id=7))

    assert can(identity, action, 7) == (role in PERMISSIONS[action])
    assert not can(identity, action, 8)


def test_can_role_everywhere_counts_in_any_survey() -> None:
    assert can(somebody(Granted(role=Role.ANALYST)), Action.CODE, 12345)


def test_can_roles_add_up() -> None:
    both = somebody(
        Granted(role=Role.ORGANISER, survey_id=7), Granted(role=Role.ANALYST, survey_id=7)
    )

    assert can(both, Action.CODE, 7)
    assert can(both, Action.MANAGE_INVITATIONS, 7)


def test_surveys_where_names_those_of_the_roles_that_allow_it() -> None:
    identity = somebody(
        Granted(role=Role.OBSERVER, survey_id=7), Granted(role=Role.ANALYST, survey_id=8)
    )

    assert surveys_where(identity, Action.VIEW_BOARD) == frozenset({7, 8})
    assert surveys_where(identity, Action.READ_ANSWERS) == frozenset({8})


def test_surveys_where_everywhere_is_none() -> None:
    identity = somebody(Granted(role=Role.OBSERVER), Granted(role=Role.ANALYST, survey_id=8))

    assert surveys_where(identity, Action.VIEW_BOARD) is None
