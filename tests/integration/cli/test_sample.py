"""``rapporteur sample load`` loads a sample once, and says what it did."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from app.database import Database
from app.registry.models import Respondent
from app.responses.models import StoredAnswer
from app.rounds.models import Round
from tests.integration.cli.conftest import Run

LOAD = ("sample", "load")


def rounds(database_url: str) -> list[str]:
    database = Database(database_url)
    with database.read() as session:
        slugs = sorted(session.exec(select(Round.slug)))
    database.dispose()
    return slugs


def answers(database_url: str) -> list[tuple[int, str, object]]:
    database = Database(database_url)
    with database.read() as session:
        found = [
            (answer.response_id, answer.question, answer.value)
            for answer in session.exec(select(StoredAnswer))
        ]
    database.dispose()
    return found


def test_sample_of_2007_is_loaded_once(rapporteur: Run, database_url: str) -> None:
    first = rapporteur(*LOAD, "gfmd-2007")
    second = rapporteur(*LOAD, "gfmd-2007")

    assert (first.code, second.code) == (0, 0)
    assert first.lines[0].startswith("Loaded the sample gfmd-2007: rounds gfmd-2007 and rcp-demo")
    assert first.lines[1].startswith("igc answers the round rcp-demo at http://127.0.0.1:8000/r/")
    assert second.lines == [
        "The sample gfmd-2007 is already loaded (rounds gfmd-2007 and rcp-demo); nothing changed."
    ]
    assert rounds(database_url) == ["gfmd-2007", "rcp-demo"]


def test_sample_is_not_loaded_beside_a_survey_if_empty_is_asked(
    rapporteur_2007: Run, database_url: str
) -> None:
    before = rounds(database_url)

    ran = rapporteur_2007(*LOAD, "illustrative", "--if-empty")

    assert ran.code == 0
    assert ran.lines == ["The database holds a survey already; no sample was loaded."]
    assert rounds(database_url) == before


def test_sample_is_loaded_if_empty_is_asked_and_true(rapporteur: Run, database_url: str) -> None:
    ran = rapporteur(*LOAD, "gfmd-2007", "--if-empty")

    assert ran.code == 0
    assert rounds(database_url) == ["gfmd-2007", "rcp-demo"]


def test_illustrative_sample_has_as_many_respondents_as_asked(
    rapporteur: Run, database_url: str
) -> None:
    ran = rapporteur(*LOAD, "illustrative", "--respondents", "5", "--seed", "3")

    database = Database(database_url)
    with database.read() as session:
        respondents = session.exec(select(Respondent)).all()
    database.dispose()
    assert ran.code == 0
    assert ran.lines[0].startswith("Loaded the sample illustrative: rounds ")
    assert len(respondents) == 5
    assert all(respondent.fictional for respondent in respondents)
    assert len(rounds(database_url)) == 2


def test_illustrative_sample_follows_its_seed(
    run: Run, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = []
    for number, seed in enumerate(("1", "1", "2")):
        file = tmp_path / f"{number}.sqlite3"
        shutil.copyfile(sqlite_template, file)
        monkeypatch.setenv("RAPPORTEUR_DATABASE_URL", f"sqlite:///{file}")
        run(*LOAD, "illustrative", "--respondents", "4", "--seed", seed)
        loaded.append(answers(f"sqlite:///{file}"))

    assert len(loaded[0]) > 50
    assert loaded[0] == loaded[1]
    assert loaded[0] != loaded[2]


def test_options_of_the_illustrative_sample_are_refused_for_another(
    rapporteur: Run, database_url: str
) -> None:
    ran = rapporteur(*LOAD, "gfmd-2007", "--seed", "3")

    assert ran.code == 2
    assert "leave --respondents and --seed out" in " ".join(ran.err.split())
    assert rounds(database_url) == []


def test_unknown_sample_is_refused(rapporteur: Run) -> None:
    ran = rapporteur(*LOAD, "gfmd-2011")

    assert ran.code == 2
    assert "gfmd-2011" in ran.err
