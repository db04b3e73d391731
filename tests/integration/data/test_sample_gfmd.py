"""The survey of 2007 is loaded exactly as its files say, or not at all."""

import csv
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import SQLModel, col, func, select

from app.bootstrap import Services
from app.errors import Invalid
from app.registry.models import Contact, Respondent
from app.rounds.models import Invitation, OutgoingMail, Round, Survey
from app.rounds.service.link import follow_link
from app.rounds.standing import standings
from app.sample import load_gfmd_2007
from app.sample.demonstration import DEMO
from app.sample.gfmd import CLOSED_AT, ROUND
from app.sample.gfmd_rows import DIMENSIONS, FOLDER, WORDS
from app.synthesis.models import Coding, Statement
from app.synthesis.service import code_respondent
from app.synthesis.snapshot import build_snapshot
from questionnaires.outcomes import Outcome, Progress, rates


def rows_of(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def worded(fact: dict[str, str]) -> str:
    """A fact's value with its code, if it is one, in words."""
    code, colon, rest = fact["value"].partition(":")
    return WORDS.get(fact["column"], {}).get(code, code) + colon + rest


def count(services: Services, model: type[SQLModel]) -> int:
    with services.database.read() as session:
        return session.exec(select(func.count()).select_from(model)).one()


def test_round_has_the_twelve_in_the_order_of_the_paper(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    registry = rows_of("registry-2007.csv")

    assert [one.key for one in snapshot.invited] == [row["key"] for row in registry]
    assert [one.official_name for one in snapshot.invited] == [
        row["official_name"] for row in registry
    ]
    assert [one.short_name for one in snapshot.invited] == [row["short_name"] for row in registry]


def test_outcomes_are_those_of_the_endnote(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    outcomes = {one.key: one.outcome for one in snapshot.invited}
    counted = rates(outcome for outcome in outcomes.values() if outcome is not None)

    assert (counted.completed, counted.any_response, counted.silent) == (9, 11, 1)
    assert counted.eligible == counted.invited == 12
    assert outcomes["5p5"] is Outcome.NO_RESPONSE
    assert {key for key, one in outcomes.items() if one is Outcome.MATERIALS_ONLY} == {
        "rcm",
        "midwa",
    }


def test_completed_ones_have_no_invented_answers(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    completed = [one for one in snapshot.invited if one.outcome is Outcome.COMPLETED]

    assert list(snapshot.responses()) == []
    assert {one.outcome_note for one in completed} == {
        "Outcome taken from endnote ii (L388-402); completed, answers not public"
    }
    assert not any(one.answers_public for one in completed)
    assert {one.progress for one in completed} == {Progress.RETURNED}


def test_dates_the_paper_does_not_give_are_left_empty(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)

    assert snapshot.round.closed_at == CLOSED_AT
    assert (snapshot.round.opened_at, snapshot.round.due_at) == (None, None)
    assert {(one.invited_at, one.submitted_at, one.due_at) for one in snapshot.invited} == {
        (None, None, None)
    }


def test_each_statement_equals_its_row(services: Services) -> None:
    load_gfmd_2007(services)

    with services.database.read() as session:
        stored = session.exec(
            select(Statement, Respondent.key)
            .join(Invitation, col(Statement.invitation_id) == col(Invitation.id))
            .join(Respondent, col(Respondent.id) == col(Invitation.respondent_id))
        ).all()
    facts = rows_of("facts-2007.csv")

    assert len(facts) == 76
    assert sorted(
        (key, one.concept, one.dimension, one.text, one.locator, one.basis.value)
        for one, key in stored
    ) == sorted(
        (
            fact["key"],
            fact["column"],
            DIMENSIONS[fact["column"]],
            worded(fact),
            "; ".join(f"L{part.strip()}" for part in fact["lines"].split(";")),
            fact["basis"],
        )
        for fact in facts
    )


def test_statements_of_the_snapshot_name_the_paper_as_their_source(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    (paper,) = snapshot.sources

    assert paper.number == 1
    assert paper.title == "GFMD background paper for Roundtable 3.4, 2007"
    assert {one.source for one in snapshot.statements} == {1}
    assert not any(one.by_analyst for one in snapshot.statements)
    assert not any(one.basis.value == "Q" for one in snapshot.statements)


def test_statements_that_share_a_cell_say_what_they_are_about(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    told = [
        one.text
        for one in snapshot.statements
        if (one.respondent, one.dimension) == ("midsa", "B9")
    ]

    assert told == [
        (
            "Secretariat: IOM Pretoria Mission with Regional Functions + "
            "Southern African Migration Project"
        ),
        "Level: no ministerial level",
        "Structure: technical meetings; understaffed secretariat; no two-tier structure",
    ]


def test_categories_are_six_three_three_with_their_lines(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    lines = {
        row["key"]: row["category_lines"].split(";")[0] for row in rows_of("registry-2007.csv")
    }

    assert Counter(one.category for one in snapshot.codings) == {
        "thematic": 6,
        "ad_hoc": 3,
        "none": 3,
    }
    assert all(one.rationale.startswith(f"L{lines[one.respondent]}") for one in snapshot.codings)


def test_groups_are_the_papers_and_not_dated(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=services.clock.now())

    assert snapshot.round.known_from_documents
    assert {(one.coder, one.coded_at) for one in snapshot.codings} == {
        ("From the 2007 background paper, in the lines named", None)
    }


def test_group_that_an_analyst_gives_later_is_the_analysts(services: Services) -> None:
    load_gfmd_2007(services)
    with services.database.write() as session:
        first = session.exec(select(Invitation).order_by(col(Invitation.id))).first()
        code_respondent(
            session,
            invitation_id=first.id or 0 if first else 0,
            category="none",
            rationale="Read again",
            coder="Analyst",
            clock=services.clock,
        )

    snapshot = build_snapshot(services.database, ROUND, as_of=services.clock.now())

    (dated,) = [one for one in snapshot.codings if one.coded_at is not None]
    assert (dated.coder, dated.coded_at) == ("Analyst", services.clock.now())


def test_mtm_is_the_only_override(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, ROUND, as_of=CLOSED_AT)
    (override,) = [one for one in snapshot.codings if one.override]

    assert (override.respondent, override.suggested, override.category) == (
        "mtm",
        "thematic",
        "ad_hoc",
    )
    assert "L88-90" in override.rationale
    assert "L103-105" in override.rationale


def test_state_before_the_forum_is_refused_since_nothing_is_known_of_it(
    services: Services,
) -> None:
    load_gfmd_2007(services)

    with pytest.raises(Invalid, match=r"is known of since 9 July 2007, 02:00 \(Europe/Brussels\)"):
        build_snapshot(services.database, ROUND, as_of=CLOSED_AT - timedelta(seconds=1))


def test_demonstration_asks_the_same_twelve(services: Services) -> None:
    loaded = load_gfmd_2007(services)

    with services.database.read() as session:
        round_ = session.exec(select(Round).where(Round.slug == DEMO)).one()
        board = standings(session, round_, now=services.clock.now())

    assert [one.respondent for one in board] == [row["key"] for row in rows_of("registry-2007.csv")]
    assert {(one.outcome, one.progress) for one in board} == {(None, Progress.INVITED)}
    assert round_.due_at is not None
    assert round_.due_at > services.clock.now()
    assert round_.notice.startswith("Demonstration")
    assert loaded.open_round == DEMO


def test_demonstration_is_never_compared_with_the_paper(services: Services) -> None:
    load_gfmd_2007(services)

    snapshot = build_snapshot(services.database, DEMO, as_of=services.clock.now())

    assert snapshot.previous is None


def test_issued_link_leads_into_the_demonstration(services: Services) -> None:
    loaded = load_gfmd_2007(services)

    with services.database.read() as session:
        _, invitation, round_ = follow_link(session, loaded.token or "")
        respondent = session.get_one(Respondent, invitation.respondent_id)

    assert (round_.slug, respondent.key) == (DEMO, loaded.respondent)


def test_nobody_real_is_written_to(services: Services) -> None:
    load_gfmd_2007(services)

    with services.database.read() as session:
        contacts = session.exec(select(Contact)).all()

    assert len(contacts) == 12
    assert all(contact.email.endswith(".example.org") for contact in contacts)
    assert all(contact.name.startswith("Focal point, ") for contact in contacts)
    assert count(services, OutgoingMail) == 0


def test_second_load_changes_nothing_and_says_so(services: Services) -> None:
    load_gfmd_2007(services)
    before = {model: count(services, model) for model in (Respondent, Round, Statement, Coding)}

    again = load_gfmd_2007(services)

    assert again.already
    assert again.token is None
    assert "already loaded" in again.sentence
    assert {model: count(services, model) for model in before} == before


class Fault(NamedTuple):
    """A row made unreadable, and what is to be said of it."""

    file: str
    old: str
    new: str
    line: int
    said: str


@pytest.mark.parametrize(
    "fault",
    [
        Fault("facts-2007.csv", "igc,topics,", "igc,subjects,", 3, "«subjects» is not known"),
        Fault("facts-2007.csv", ",100,text", ",page 100,text", 3, "«page 100» are no line numbers"),
        Fault("facts-2007.csv", "igc,resources,well_", "igc,resources,rather_", 8, "a code nobody"),
        Fault("facts-2007.csv", "igc,category,ad_hoc", "igc,category,adhoc", 2, "«adhoc»"),
        Fault("facts-2007.csv", "colombo,level,", "colombo,level,vice_", 23, "there are none"),
        Fault("facts-2007.csv", "text\nigc,topics", "hearsay\nigc,topics", 2, "«hearsay»"),
        Fault("facts-2007.csv", "text\nigc,topics", "Q\nigc,topics", 2, "«Q» is not known"),
        Fault("facts-2007.csv", '"remittances; diaspora', "a, b", 3, "6 fields instead of 5"),
        Fault("registry-2007.csv", "completed,ad_hoc,88-90", "done,ad_hoc,88-90", 2, "«done»"),
        Fault("registry-2007.csv", "midsa,MIDSA", "midsa,", 3, "«short_name» is empty"),
        Fault("registry-2007.csv", "Process (64-65;", "Process 64-65;", 7, "told apart"),
        Fault("rationales-2007.csv", "mtm,thematic", "mtm,somewhat", 11, "«somewhat»"),
    ],
    ids=lambda fault: fault.said,
)
def test_unreadable_row_is_named_and_nothing_is_loaded(
    services: Services, tmp_path: Path, fault: Fault
) -> None:
    folder = tmp_path / "files"
    shutil.copytree(FOLDER, folder)
    text = (folder / fault.file).read_text(encoding="utf-8")
    assert fault.old in text
    (folder / fault.file).write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")

    with pytest.raises(Invalid) as caught:
        load_gfmd_2007(services, folder=folder)

    (problem,) = caught.value.problems
    assert problem.place.startswith(fault.file)
    assert problem.line == fault.line
    assert fault.said in problem.message
    assert problem.mend
    assert f"{fault.file}" in caught.value.message
    assert f"line {fault.line}" in caught.value.message
    assert count(services, Respondent) == count(services, Survey) == 0


def test_categories_that_differ_between_the_files_are_named(
    services: Services, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    shutil.copytree(FOLDER, folder)
    facts = (folder / "facts-2007.csv").read_text(encoding="utf-8")
    changed = facts.replace("igc,category,ad_hoc", "igc,category,none")
    (folder / "facts-2007.csv").write_text(changed, encoding="utf-8")

    with pytest.raises(Invalid) as caught:
        load_gfmd_2007(services, folder=folder)

    (problem,) = caught.value.problems
    assert problem.place == "facts-2007.csv"
    assert problem.message == (
        "The category of «igc» is «not addressed» here, and in registry-2007.csv «ad hoc»."
    )


def test_byte_that_is_no_text_is_named_with_its_line(services: Services, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    shutil.copytree(FOLDER, folder)
    registry = (folder / "registry-2007.csv").read_bytes()
    (folder / "registry-2007.csv").write_bytes(registry.replace("ö".encode(), b"\xf6", 1))

    with pytest.raises(Invalid) as caught:
        load_gfmd_2007(services, folder=folder)

    (problem,) = caught.value.problems
    line = registry[: registry.index("ö".encode())].count(b"\n") + 1
    assert (problem.place, problem.line) == ("registry-2007.csv", line)
    assert "0xf6" in problem.message


def test_fault_in_the_middle_of_loading_leaves_nothing(services: Services) -> None:
    with services.database.write() as session:
        session.add(Respondent(key="apc", created_at=services.clock.now()))

    with pytest.raises(Exception, match="apc"):
        load_gfmd_2007(services)

    assert count(services, Respondent) == 1
    assert count(services, Round) == count(services, Statement) == 0
