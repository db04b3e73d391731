"""The next round is opened by hand: what it means is said first, and it opens once."""

import re

from sqlmodel import col, select

from app.accounts.models import Role
from app.audit.queries import list_entries
from app.bootstrap import Services
from app.rounds.models import MailState, OutgoingMail, Round, Survey
from app.sample.loaded import Loaded
from tests.fixtures.rounds import SteppedClock
from tests.integration.organiser.conftest import SignIn
from tests.integration.organiser.test_board import words

SURVEY = "/organiser/surveys/rcp-demo"


def rounds_of(services: Services) -> list[Round]:
    with services.database.read() as session:
        rows = session.exec(
            select(Round)
            .join(Survey, col(Survey.id) == col(Round.survey_id))
            .where(Survey.slug == "rcp-demo")
            .order_by(col(Round.id))
        )
        return list(rows)


def test_opening_is_announced_with_all_that_follows(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)

    assert f"{SURVEY}/open" in organiser.get(SURVEY).text
    page = words(organiser.get(f"{SURVEY}/open").text)

    assert "rcp-migration-development, version 2026, the newest that is published" in page
    assert "Invited 12 respondents, those of the round" in page
    assert re.search(r"Mails \d+ contacts get an invitation with a personal link", page)
    assert re.search(r"Deadline end of \d+ \w+ 2027 \(Europe/Brussels\)", page)
    assert "It stays open until it is closed" in page
    assert "Please note." in page
    assert len(rounds_of(services)) == 1


def test_round_opens_with_its_mails_and_a_second_click_opens_no_other(
    signed_in: SignIn,
    loaded: Loaded,
    services: Services,
    *,
    users: dict[Role, int],
    clock: SteppedClock,
) -> None:
    clock.move(days=7)
    organiser = signed_in(Role.ORGANISER)

    first = organiser.post(f"{SURVEY}/open", after="rcp-demo")
    second = organiser.post(f"{SURVEY}/open", after="rcp-demo")

    before, opened = rounds_of(services)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == f"/organiser/rounds/{opened.slug}?done=opened"
    assert second.headers["location"] == f"/organiser/rounds/{opened.slug}?done=before"
    assert (opened.previous_id, opened.scheduled_for) == (before.id, None)
    assert opened.notice == before.notice
    assert "no other was opened" in organiser.get(second.headers["location"]).text
    with services.database.read() as session:
        mails = session.exec(select(OutgoingMail)).all()
        newest = list_entries(session, subject=f"round:{opened.slug}")[0]
    assert {mail.state for mail in mails} == {MailState.WAITING}
    assert newest.details["mails"] == str(len(mails))
    assert (newest.actor, newest.action) == (f"user:{users[Role.ORGANISER]}", "round.opened")


def test_another_round_so_soon_is_warned_of_and_opens_only_for_who_is_sure(
    signed_in: SignIn, loaded: Loaded, services: Services, clock: SteppedClock
) -> None:
    clock.move(days=7)
    organiser = signed_in(Role.ORGANISER)
    before = organiser.get(f"{SURVEY}/open").text
    organiser.post(f"{SURVEY}/open", after="rcp-demo")
    (_, first) = rounds_of(services)

    shown = words(organiser.get(f"{SURVEY}/open").text)
    unsure = organiser.post(f"{SURVEY}/open", after=first.slug)
    clock.move(hours=11.5)
    later = words(organiser.get(f"{SURVEY}/open").text)
    sure = organiser.post(f"{SURVEY}/open", after=first.slug, sure="yes")

    third = rounds_of(services)[-1]
    assert "A round was opened" not in before
    assert f"A round was opened today: {first.title} , on 17 March 2027, 13:00" in shown
    assert f"Round {first.title} (2)" in shown
    assert "They stay open until they are closed" in shown
    assert unsure.status_code == 422
    assert "no round was opened. Tick it" in words(unsure.text)
    assert 'aria-describedby="sure-fault"' in unsure.text
    assert "A round was opened yesterday" in later
    assert sure.headers["location"] == f"/organiser/rounds/{third.slug}?done=opened"


def test_survey_without_a_round_or_a_published_version_is_refused_in_words(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)
    with services.database.write() as session:
        session.add(
            Survey(slug="new", title="New", questionnaire="x", created_at=services.clock.now())
        )
        demo = session.exec(select(Survey).where(Survey.slug == "rcp-demo")).one()
        demo.questionnaire = "unwritten"

    new = organiser.get("/organiser/surveys/new/open")
    unwritten = organiser.get(f"{SURVEY}/open")
    tried = organiser.post(f"{SURVEY}/open", after="rcp-demo")

    assert "has no round yet, so there is no list to repeat" in new.text
    assert "«unwritten» has no published version" in unwritten.text
    assert tried.text.count("It cannot be opened.") == 1
    assert {new.status_code, unwritten.status_code, tried.status_code} == {409}
    assert 'class="masthead-nav"' in tried.text
    assert len(rounds_of(services)) == 1


def test_survey_page_carries_the_notice_and_the_name_of_the_survey(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    html = signed_in(Role.OBSERVER).get(SURVEY).text

    [round_] = rounds_of(services)
    assert round_.notice in words(html)
    assert f"{SURVEY}/open" not in html
    assert "› rcp-demo" not in words(html)
