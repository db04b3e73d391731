"""The page of a survey sets when rounds open; the board closes one."""

import re

from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import Services
from app.rounds.models import Round, Survey
from app.sample.loaded import Loaded
from tests.integration.organiser.conftest import SignIn

SURVEY = "/organiser/surveys/rcp-demo"


def survey_row(services: Services) -> Survey:
    with services.database.read() as session:
        return session.exec(select(Survey).where(Survey.slug == "rcp-demo")).one()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_cadence_is_set_and_shown_with_its_zone(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    visitor = signed_in(Role.ORGANISER)

    answer = visitor.post(f"{SURVEY}/cadence", cadence="0 9 1 3 *", time_zone="Asia/Tokyo")

    survey = survey_row(services)
    page = words(visitor.get(SURVEY).text)
    assert answer.status_code == 303
    assert survey.cadence == "0 9 1 3 *"
    assert survey.next_round_at is not None
    assert (survey.next_round_at.month, survey.next_round_at.day) == (3, 1)
    assert survey.next_round_at.hour == 0
    assert "1 March" in page
    assert "09:00 (Asia/Tokyo)" in page
    assert "Cadence set" in page
    assert (
        "As it is saved, the next rounds open on 1 March 2028, 09:00 (Asia/Tokyo) and"
        " 1 March 2029, 09:00 (Asia/Tokyo) ."
    ) in page


def test_empty_cadence_lets_rounds_be_opened_by_hand(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    visitor = signed_in(Role.ORGANISER)
    visitor.post(f"{SURVEY}/cadence", cadence="0 9 1 3 *", time_zone="UTC")

    visitor.post(f"{SURVEY}/cadence", cadence=" ", time_zone="UTC")

    assert survey_row(services).cadence is None
    assert "Rounds are opened by hand." in words(visitor.get(SURVEY).text)


def test_unreadable_cadence_and_zone_are_both_named_and_kept_on_the_page(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    answer = signed_in(Role.ORGANISER).post(
        f"{SURVEY}/cadence", cadence="each spring", time_zone="Atlantis"
    )

    assert answer.status_code == 422
    assert "five fields" in answer.text
    assert "«Atlantis» is not a time zone." in answer.text
    assert 'value="each spring"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    assert 'aria-describedby="cadence-hint cadence-fault" aria-invalid="true"' in answer.text
    assert 'aria-describedby="zone-hint time_zone-fault" aria-invalid="true"' in answer.text
    assert "Both fields need a look" in answer.text
    assert survey_row(services).cadence is None


def test_observer_sees_the_survey_without_its_form(signed_in: SignIn, loaded: Loaded) -> None:
    page = signed_in(Role.OBSERVER).get(SURVEY).text

    assert "/organiser/rounds/rcp-demo" in page
    assert 'name="cadence"' not in page


def test_pages_of_a_survey_stand_under_rounds(signed_in: SignIn, loaded: Loaded) -> None:
    page = signed_in(Role.OBSERVER).get(SURVEY).text

    assert '<a href="/organiser" class="here">Rounds</a>' in page


def test_round_is_closed_only_by_who_is_sure(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    visitor = signed_in(Role.ORGANISER)

    unsure = visitor.post("/organiser/rounds/rcp-demo/close")
    sure = visitor.post("/organiser/rounds/rcp-demo/close", sure="yes")
    again = visitor.post("/organiser/rounds/rcp-demo/close", sure="yes")

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == "rcp-demo")).one()
    assert (unsure.status_code, sure.status_code, again.status_code) == (422, 303, 409)
    assert unsure.text.count("so the round is still open") == 1
    assert 'class="masthead-nav"' in unsure.text
    assert 'id="close-sure" name="sure" value="yes" required aria-invalid="true"' in unsure.text
    assert round_.closed_at is not None
    assert "Close this round" not in visitor.get("/organiser/rounds/rcp-demo").text


def test_cadence_that_opens_rounds_on_top_of_each_other_is_refused(
    signed_in: SignIn, loaded: Loaded
) -> None:
    answer = signed_in(Role.ORGANISER).post(
        f"{SURVEY}/cadence", cadence="* * * * *", time_zone="UTC"
    )

    assert answer.status_code == 422
    assert "«* * * * *» would open a round 1 minute after another" in answer.text
    assert 'value="* * * * *"' in answer.text
