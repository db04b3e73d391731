"""Personal data in the columns of a table: for the respondent and for organisers alone."""

import pytest

from app.accounts.models import Role
from app.bootstrap import Services
from questionnaires.loading import read_definition
from tests.fixtures.organiser import save, start
from tests.fixtures.rounds import SLUG, Asked, open_a_round
from tests.integration.security.conftest import ByRole

NAME = "Somebody at the ministry"
BEFORE = "Somebody before"
STATE = "Country A"
DEFINITION = """\
settings: {form_id: with-people, version: "1", form_title: With people, languages: [en]}
survey:
  - name: section_a
    label: People
    children:
      - name: people
        type: repeat
        label: Who answered
        code: A1
        columns:
          - {name: state, type: text, label: State}
          - {name: person, type: text, label: Person, personal: true}
"""


@pytest.fixture
def asked(services: Services) -> Asked:
    """An institution that has named people in a table, and then others."""
    definition, problems = read_definition(DEFINITION, source="with-people.yaml")
    assert definition is not None, problems
    (only,) = open_a_round(services, definition=definition)
    answering = start(services, only.focal_point.token)
    for revision, person in enumerate((BEFORE, NAME)):
        value = [{"state": STATE, "person": person}]
        save(services, answering, {"people": value}, based_on=revision)
    return only


@pytest.mark.parametrize(("role", "sees"), [(Role.ANALYST, False), (Role.ORGANISER, True)])
def test_page_shows_personal_columns_to_who_may_see_people(
    asked: Asked, signed_in: ByRole, role: Role, sees: bool
) -> None:
    page = signed_in(role).get(f"/organiser/rounds/{SLUG}/respondents/{asked.key}").text

    assert STATE in page
    assert (NAME in page, BEFORE in page) == (sees, sees)


@pytest.mark.parametrize(("role", "sees"), [(Role.ANALYST, False), (Role.ORGANISER, True)])
@pytest.mark.parametrize("place", ["", "/people", "/people/revisions"])
def test_api_shows_personal_columns_to_who_may_see_people(
    asked: Asked, program: ByRole, role: Role, sees: bool, place: str
) -> None:
    answers = f"/api/v1/rounds/{SLUG}/invitations/{asked.key}/answers"

    said = program(role).get(answers + place).text

    assert STATE in said
    assert (NAME in said) == sees
    assert (BEFORE in said) == (sees and place == "/people/revisions")
