"""``rapporteur survey`` and ``rapporteur round`` set when rounds open, and close them."""

from datetime import UTC, datetime

from sqlmodel import select

from app.audit.queries import list_entries
from app.database import Database
from app.rounds.models import Round, Survey
from tests.integration.cli.conftest import Run

SURVEY = "gfmd-rcp-survey"
CADENCE = ("survey", "cadence", SURVEY, "--cron", "0 9 1 3 *", "--time-zone", "Europe/Brussels")


def survey_row(database_url: str) -> Survey:
    database = Database(database_url)
    with database.read() as session:
        survey = session.exec(select(Survey).where(Survey.slug == SURVEY)).one()
    database.dispose()
    return survey


def actions(database_url: str) -> list[str]:
    database = Database(database_url)
    with database.read() as session:
        found = [entry.action for entry in list_entries(session)]
    database.dispose()
    return found


def test_cadence_sets_the_next_round(rapporteur_2007: Run, database_url: str) -> None:
    ran = rapporteur_2007(*CADENCE)

    survey = survey_row(database_url)
    assert ran.code == 0
    assert survey.cadence == "0 9 1 3 *"
    assert survey.next_round_at is not None
    assert survey.next_round_at > datetime.now(UTC)
    assert (survey.next_round_at.month, survey.next_round_at.day) == (3, 1)
    assert survey.next_round_at.hour == 8
    assert "1 March" in ran.lines[0]
    assert "09:00 (Europe/Brussels)" in ran.lines[0]
    assert "survey.cadence-set" in actions(database_url)


def test_by_hand_takes_the_cadence_off(rapporteur_2007: Run, database_url: str) -> None:
    rapporteur_2007(*CADENCE)

    ran = rapporteur_2007("survey", "by-hand", SURVEY)

    survey = survey_row(database_url)
    assert ran.code == 0
    assert ran.lines == [f"{SURVEY}: Its rounds open by hand."]
    assert (survey.cadence, survey.next_round_at) == (None, None)


def test_unreadable_cadence_changes_nothing(rapporteur_2007: Run, database_url: str) -> None:
    ran = rapporteur_2007("survey", "cadence", SURVEY, "--cron", "every spring")

    assert ran.code == 1
    assert "five fields" in ran.err
    assert survey_row(database_url).cadence is None


def test_cadence_that_opens_rounds_on_top_of_each_other_changes_nothing(
    rapporteur_2007: Run, database_url: str
) -> None:
    ran = rapporteur_2007("survey", "cadence", SURVEY, "--cron", "* * * * *")

    assert ran.code == 1
    assert "would open a round 1 minute after another" in ran.err
    assert survey_row(database_url).cadence is None


def test_unknown_survey_is_named_beside_the_known(rapporteur_2007: Run) -> None:
    ran = rapporteur_2007("survey", "by-hand", "census")

    assert ran.code == 1
    assert "There is no survey «census»." in ran.err
    assert SURVEY in ran.err


def test_surveys_and_rounds_are_listed(rapporteur_2007: Run) -> None:
    surveys = rapporteur_2007("survey", "list")
    rounds = rapporteur_2007("round", "list")

    assert any(line.startswith(f"{SURVEY}: ") for line in surveys.lines)
    closed = next(line for line in rounds.lines if line.startswith("gfmd-2007: "))
    assert closed.endswith("(Europe/Brussels).")
    assert "Closed on 9 July 2007" in closed
    assert any(line.startswith("rcp-demo: ") and "Open; due" in line for line in rounds.lines)


def test_closed_round_stays_closed(rapporteur_2007: Run, database_url: str) -> None:
    first = rapporteur_2007("round", "close", "rcp-demo")
    second = rapporteur_2007("round", "close", "rcp-demo")

    database = Database(database_url)
    with database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == "rcp-demo")).one()
    database.dispose()
    assert first.code == 0
    assert round_.closed_at is not None
    assert second.code == 1
    assert "closed already" in second.err


def test_next_round_is_opened_after_saying_what_follows(
    rapporteur_2007: Run, database_url: str
) -> None:
    ran = rapporteur_2007("survey", "open", "rcp-demo", "--yes")

    assert ran.code == 0
    assert "version 2026." in ran.lines[0]
    assert "Invited: 12, as in rcp-demo" in ran.lines[1]
    assert ran.lines[-1].endswith(" is open. A worker sends its mails.")
    assert "round.opened" in actions(database_url)


def test_next_round_is_not_opened_unasked(rapporteur_2007: Run, database_url: str) -> None:
    ran = rapporteur_2007("survey", "open", "rcp-demo")

    assert ran.code == 1
    database = Database(database_url)
    with database.read() as session:
        rounds = session.exec(select(Round)).all()
    database.dispose()
    assert len(rounds) == 2
