"""A text that is too long is told of at its field, on the page it was typed on, and kept there."""

import pytest

from app.accounts.models import Role
from app.bootstrap import Services
from app.sample.loaded import Loaded
from tests.fixtures.organiser import Answering, submit
from tests.fixtures.questionnaires import NEXT
from tests.integration.organiser.conftest import SignIn
from tests.integration.organiser.test_questionnaires import kept

IGC = "/organiser/rounds/rcp-demo/respondents/igc"
LONG = "Too long. " * 6000
STATEMENT = {"dimension": "B4", "text": "So.", "basis": "M"}


@pytest.fixture
def returned(services: Services, answering: Answering) -> str:
    """The receipt of a return that can be reopened."""
    return submit(services, answering)


@pytest.mark.parametrize(
    ("role", "verb", "fields"),
    [
        (Role.ANALYST, "coding", {"category": "ad_hoc", "rationale": LONG}),
        (Role.ANALYST, "statements", {**STATEMENT, "text": LONG}),
        (Role.ANALYST, "statements", {**STATEMENT, "document": LONG}),
        (Role.ANALYST, "statements", {**STATEMENT, "locator": LONG}),
        (Role.ORGANISER, "extend", {"last_day": "2027-07-31", "reason": LONG}),
        (Role.ORGANISER, "reopen", {"reason": LONG}),
        (Role.ORGANISER, "undelivered", {"reason": LONG}),
        (Role.ORGANISER, "ineligible", {"reason": LONG, "sure": "yes"}),
    ],
)
def test_long_text_about_a_respondent_is_kept_beside_what_is_wrong(
    signed_in: SignIn, returned: str, role: Role, verb: str, fields: dict[str, str]
) -> None:
    assert returned

    answer = signed_in(role).post(f"{IGC}/{verb}", **fields)

    assert answer.status_code == 422
    assert LONG.strip() in answer.text
    assert f"{len(LONG.strip()):,} characters" in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert 'class="masthead-nav"' in answer.text


@pytest.mark.parametrize("field", ["cadence", "time_zone"])
def test_long_text_about_a_survey_is_kept_beside_what_is_wrong(
    signed_in: SignIn, loaded: Loaded, field: str
) -> None:
    fields = {"cadence": "0 9 1 3 *", "time_zone": "UTC", field: LONG}

    answer = signed_in(Role.ORGANISER).post("/organiser/surveys/rcp-demo/cadence", **fields)

    assert answer.status_code == 422
    assert LONG.strip() in answer.text
    assert 'class="masthead-nav"' in answer.text


def test_long_notes_of_a_version_are_kept_beside_what_is_wrong(
    signed_in: SignIn, loaded: Loaded
) -> None:
    organiser = signed_in(Role.ORGANISER)
    draft = kept(organiser, NEXT)

    answer = organiser.post(f"{draft}/publish", notes=LONG, revision="1")

    assert answer.status_code == 422
    assert LONG.strip() in answer.text
    assert "5,000 are kept" in answer.text


def test_lines_of_a_text_end_as_they_are_counted(signed_in: SignIn, loaded: Loaded) -> None:
    analyst = signed_in(Role.ANALYST)
    lines = "line\r\n" * 3500

    answer = analyst.post(f"{IGC}/coding", category="ad_hoc", rationale=lines)

    assert len(lines) > 20_000
    assert answer.status_code == 303
