"""The list of rounds and the board of one."""

import re

import pytest
from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import Services
from app.rounds.models import Invitation, Round
from app.sample.loaded import Loaded
from questionnaires.outcomes import Outcome
from tests.fixtures.organiser import Answering, submit
from tests.fixtures.rounds import SteppedClock, open_a_round
from tests.integration.organiser.conftest import SignIn, Visitor, counted_queries

BOARD = "/organiser/rounds/gfmd-2007"
FROZEN = ["igc", "midsa", "colombo", "bali", "soder", "rcm"]
FROZEN += ["midwa", "5p5", "budapest", "mtm", "sacm", "apc"]
THEMATIC = ["midsa", "colombo", "rcm", "midwa", "5p5", "sacm"]
AD_HOC = ["igc", "soder", "mtm"]
NOT_ADDRESSED = ["bali", "budapest", "apc"]


def rows(html: str) -> list[str]:
    """The respondents on a board, in order."""
    return re.findall(r'/respondents/([\w-]+)"', html)


def words(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_rounds_are_listed_by_survey_with_their_returns(signed_in: SignIn, loaded: Loaded) -> None:
    page = words(signed_in(Role.OBSERVER).get("/organiser").text)

    assert "RCPs, development and policy coherence, 2007" in page
    assert "11 of 12" in page
    assert "0 of 12" in page


@pytest.mark.parametrize("outcome", list(Outcome))
def test_rounds_are_listed_with_the_rate_of_their_board(
    signed_in: SignIn, loaded: Loaded, services: Services, outcome: Outcome
) -> None:
    with services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == "gfmd-2007")).one()
        for invitation in session.exec(select(Invitation).where(Invitation.round_id == round_.id)):
            invitation.recorded_outcome = outcome
    visitor = signed_in(Role.ORGANISER)

    rate = re.search(r"Any-response rate (\d+)/(\d+)", words(visitor.get(BOARD).text))

    assert rate is not None
    listed = words(visitor.get("/organiser").text)
    survey = words(visitor.get("/organiser/surveys/gfmd-rcp-survey").text)
    assert f"{rate[1]} of {rate[2]}" in listed
    assert f"any response: {rate[1]} of {rate[2]} eligible" in survey


def test_rounds_count_what_was_filled_enough_when_they_were_closed(
    signed_in: SignIn, answering: Answering
) -> None:
    assert answering.response.official
    visitor = signed_in(Role.ORGANISER)
    visitor.post("/organiser/rounds/rcp-demo/close", sure="yes")

    board = words(visitor.get("/organiser/rounds/rcp-demo").text)

    assert "◐ Partial questionnaire 1" in board
    assert "Any-response rate 1/12" in board
    assert "1 of 12" in words(visitor.get("/organiser").text)


def test_board_of_2007_has_twelve_rows_by_group_in_the_frozen_order(
    signed_in: SignIn, loaded: Loaded
) -> None:
    page = signed_in(Role.ORGANISER).get(BOARD).text

    assert rows(page) == [*THEMATIC, *AD_HOC, *NOT_ADDRESSED]
    assert sorted(rows(page)) == sorted(FROZEN)
    for label, count in (
        ("as a thematic priority", "3 of 6 completed"),
        ("addressed ad hoc", "3 of 3 completed"),
        ("not addressed", "3 of 3 completed"),
    ):
        assert f"Migration and development {label} – {count}" in words(page)


def test_board_of_2007_prints_rates_and_bias(signed_in: SignIn, loaded: Loaded) -> None:
    page = words(signed_in(Role.ORGANISER).get(BOARD).text)

    assert "9/12 = 75.0 %" in page
    assert "11/12 = 91.7 %" in page
    assert "1/12 = 8.3 %" in page
    assert (
        "All the non-completion sits in the group «Migration and development as a thematic "
        "priority»: 3 of 6 completed there, 6 of 6 elsewhere." in page
    )


def test_board_of_2007_names_the_outcome_by_sign_and_word(
    signed_in: SignIn, loaded: Loaded
) -> None:
    page = words(signed_in(Role.ORGANISER).get(BOARD).text)

    table = page[page.index("Questions answered") : page.index("Not recorded")]
    assert table.count("● Completed questionnaire") == 9
    assert table.count("◇ Responsive materials only") == 2
    assert table.count("○ No response") == 1
    assert "Not recorded in this round: invited, link opened, last saved, returned, due." in page


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?show=no_response", ["5p5"]),
        ("?show=materials_only", ["rcm", "midwa"]),
        ("?show=materials_only&show=no_response", ["rcm", "midwa", "5p5"]),
        ("?show=declined", []),
        ("?show=nonsense", [*THEMATIC, *AD_HOC, *NOT_ADDRESSED]),
    ],
)
def test_board_filters_by_outcome_and_keeps_the_counts(
    signed_in: SignIn, loaded: Loaded, query: str, keys: list[str]
) -> None:
    page = signed_in(Role.ORGANISER).get(BOARD + query).text

    assert rows(page) == keys
    assert "9/12 = 75.0 %" in page
    if 0 < len(keys) < 12:
        assert f"{len(keys)} of 12 are shown." in page


def test_board_observer_reads_no_answers(signed_in: SignIn, loaded: Loaded) -> None:
    page = signed_in(Role.OBSERVER).get(BOARD).text

    assert "MIDSA" in page
    assert rows(page) == []
    assert "/downloads" not in page


def test_board_claims_no_closing_day_that_the_paper_does_not_give(
    signed_in: SignIn, loaded: Loaded
) -> None:
    page = words(signed_in(Role.ORGANISER).get(BOARD).text)

    known = "Known from documents alone, with what was known on 9 July 2007; they do not say"
    assert known in page
    assert "Closed on" not in page


def test_board_of_an_open_round_shows_progress_and_dates(
    signed_in: SignIn, answering: Answering, clock: SteppedClock
) -> None:
    page = words(signed_in(Role.ORGANISER).get("/organiser/rounds/rcp-demo").text)

    assert "Demonstration: whatever is answered here was made up" in page
    assert "▸ Under way" in page
    assert "13 of 30" in page
    assert "† group suggested by the answers" in page
    assert "0/12 = 0.0 %" in page
    assert "No analyst has put a respondent into a group yet" in page
    assert page.count("10 March 2027") >= 14


def test_board_an_invitation_is_not_activity(signed_in: SignIn, loaded: Loaded) -> None:
    page = words(signed_in(Role.ORGANISER).get("/organiser/rounds/rcp-demo").text)

    assert "All 12 ▫ Invited 12" in page
    assert page.count("none yet") == 12


def test_board_overdue_is_said(
    signed_in: SignIn, answering: Answering, clock: SteppedClock, services: Services
) -> None:
    clock.move(days=60)

    page = words(signed_in(Role.ORGANISER).get("/organiser/rounds/rcp-demo").text)

    assert "answers were due by the" in page
    assert page.count("overdue") == 12


def test_board_return_counts_at_once(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    submit(services, answering)

    page = words(signed_in(Role.ORGANISER).get("/organiser/rounds/rcp-demo").text)

    assert "● Completed questionnaire 1" in page
    assert "1/12 = 8.3 %" in page


def test_board_sums_to_the_invited_whatever_the_outcomes(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    with services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == "gfmd-2007")).one()
        invited = session.exec(select(Invitation).where(Invitation.round_id == round_.id)).all()
        for invitation, outcome in zip(invited, Outcome, strict=False):
            invitation.recorded_outcome = outcome

    page = words(signed_in(Role.ORGANISER).get(BOARD).text)

    counts = re.search(r"All 12 (.*?) Respondent Outcome", page)
    assert counts is not None
    assert sum(map(int, re.findall(r"\b(\d+)\b", counts[1]))) == 12


def test_board_unknown_round_is_not_found(signed_in: SignIn, loaded: Loaded) -> None:
    answer = signed_in(Role.ORGANISER).get("/organiser/rounds/nowhere")

    assert answer.status_code == 404
    assert "There is no round «nowhere»" in answer.text


def queries(services: Services, visitor: Visitor, path: str) -> int:
    """How many statements a page takes, once what is remembered is remembered."""
    visitor.get(path)
    with counted_queries(services) as statements:
        assert visitor.get(path).status_code == 200
    return len(statements)


@pytest.mark.parametrize("path", ["/organiser/rounds/{}", "/organiser"])
def test_pages_take_the_same_queries_for_one_row_and_for_thirty(
    signed_in: SignIn, services: Services, path: str
) -> None:
    open_a_round(services, keys=["alone"], slug="small")
    visitor = signed_in(Role.ORGANISER)
    one = queries(services, visitor, path.format("small"))

    open_a_round(services, keys=[f"k{number}" for number in range(30)], slug="large")
    thirty = queries(services, visitor, path.format("large"))

    assert one == thirty


def test_questionnaires_are_listed_with_their_checksum(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    client = signed_in(Role.OBSERVER)
    page = words(client.get("/organiser/questionnaires").text)
    version = words(
        client.get("/organiser/questionnaires/versions/rcp-migration-development/2007").text
    )

    assert "rcp-migration-development" in page
    assert "34" in page
    assert re.search(r"\b[0-9a-f]{64}\b", version)
    assert "gfmd-2007" in version
