"""Returning an invitation, reopening it, and what an organiser does with it."""

import re

import pytest
from sqlmodel import select

from app.accounts.models import Role
from app.bootstrap import Services
from app.registry.models import Contact
from app.rounds.models import MailKind, OutgoingMail
from app.rounds.service.link import follow_link
from tests.fixtures.organiser import ANSWERS, Answering
from tests.integration.api.conftest import API, BALI, IGC, ByRole, Program
from tests.integration.api.test_answers import put

SUBMISSIONS = f"{IGC}/submissions"
CLEARED = {
    "kind": "questionnaire",
    "clearance_name": "Clearing officer",
    "clearance_title": "Head",
    "clearance_on": "2027-03-10",
    "declared": True,
    "minutes_spent": 45,
}


def test_whole_return_by_the_api_alone(respondent: Program, program: ByRole) -> None:
    for question, value in ANSWERS.items():
        put(respondent, f"{IGC}/answers/{question}", 0, value=value)

    answer = respondent.post(SUBMISSIONS, json=CLEARED)

    assert answer.status_code == 201
    returned = answer.json()
    assert (returned["kind"], returned["channel"], returned["minutes_spent"]) == (
        "questionnaire",
        "web",
        45,
    )
    assert re.fullmatch(r"[\w-]+", returned["receipt"])
    assert respondent.all(SUBMISSIONS) == [returned]
    invitation = program(Role.OBSERVER).get(IGC).json()
    assert (invitation["outcome"], invitation["progress"]) == ("completed", "returned")
    assert invitation["suggested_group"] == "thematic"
    rates = program(Role.OBSERVER).get(f"{API}/rounds/rcp-demo").json()["rates"]
    assert rates["questionnaire"] == {"n": 1, "of": 12, "share": 1 / 12}


def receipts(services: Services) -> list[OutgoingMail]:
    with services.database.read() as session:
        mails = session.exec(select(OutgoingMail)).all()
    return [mail for mail in mails if mail.kind is MailKind.RECEIPT]


def test_return_of_a_respondent_is_receipted_by_mail(
    respondent: Program, services: Services
) -> None:
    returned = respondent.post(SUBMISSIONS, json={"kind": "refusal", "reason": "No capacity."})

    (mail,) = receipts(services)
    with services.database.read() as session:
        contact = session.get_one(Contact, mail.contact_id)
    assert returned.status_code == 201
    assert contact.email == "focal-point@igc.example.org"


def test_return_entered_for_a_respondent_is_not_receipted_by_mail(
    program: ByRole, services: Services
) -> None:
    entered = program(Role.ORGANISER).post(
        f"{BALI}/submissions", json={"kind": "refusal", "reason": "By telephone."}
    )

    assert entered.status_code == 201
    assert receipts(services) == []


def test_return_lists_everything_that_stands_in_the_way(respondent: Program) -> None:
    answer = respondent.post(SUBMISSIONS, json={"kind": "questionnaire"})

    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert answer.json()["detail"] == f"{len(problems)} things are to be mended; each is listed."
    places = {problem["place"] for problem in problems}
    assert {"resp_role", "attribution", "md_founding", "clearance_name"} <= places


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_return_cleared_at_an_end_of_the_calendar_is_refused(
    respondent: Program, answering: Answering, on: str
) -> None:
    answer = respondent.post(SUBMISSIONS, json={**CLEARED, "clearance_on": on})

    assert answer.status_code == 422
    assert [problem["place"] for problem in answer.json()["problems"]] == ["clearance_on"]


def test_second_return_is_refused_with_the_first_receipt(
    respondent: Program, answering: Answering
) -> None:
    first = respondent.post(SUBMISSIONS, json=CLEARED).json()

    answer = respondent.post(SUBMISSIONS, json=CLEARED)

    assert answer.status_code == 409
    assert first["receipt"] in answer.json()["detail"]


def test_materials_alone_are_a_return(respondent: Program, program: ByRole) -> None:
    nothing = respondent.post(
        SUBMISSIONS, json={"kind": "materials", "clearance_name": "Clearing officer"}
    )
    assert nothing.status_code == 422
    respondent.post(f"{IGC}/materials", files={"note": (None, "See our report.")})

    answer = respondent.post(
        SUBMISSIONS, json={"kind": "materials", "clearance_name": "Clearing officer"}
    )

    assert answer.status_code == 201
    assert program(Role.OBSERVER).get(IGC).json()["outcome"] == "materials_only"


def test_refusal_needs_a_reason(respondent: Program, program: ByRole) -> None:
    assert respondent.post(SUBMISSIONS, json={"kind": "refusal"}).status_code == 422

    answer = respondent.post(
        SUBMISSIONS, json={"kind": "refusal", "reason": "No capacity this year"}
    )

    assert answer.json()["refusal_reason"] == "No capacity this year"
    assert program(Role.OBSERVER).get(IGC).json()["outcome"] == "declined"


def test_return_on_behalf_names_its_channel(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)

    answer = organiser.post(
        f"{BALI}/submissions",
        json={"kind": "refusal", "reason": "Said so by telephone", "channel": "telephone"},
    )

    assert answer.json()["channel"] == "telephone"
    assert organiser.get(BALI).json()["channel"] == "telephone"


def test_clearance_is_shown_to_the_respondent_and_to_organisers(
    respondent: Program, program: ByRole, answering: Answering
) -> None:
    respondent.post(SUBMISSIONS, json=CLEARED)

    names = [
        caller.all(SUBMISSIONS)[0]["clearance_name"]
        for caller in (respondent, program(Role.ORGANISER), program(Role.ANALYST))
    ]

    assert names == ["Clearing officer", "Clearing officer", ""]


def test_reopened_return_can_be_corrected_and_sent_again(
    respondent: Program, program: ByRole, answering: Answering
) -> None:
    organiser = program(Role.ORGANISER)
    first = respondent.post(SUBMISSIONS, json=CLEARED).json()

    reopened = organiser.post(f"{IGC}/reopenings", json={"reason": "A table is missing"})

    assert (reopened.status_code, reopened.json()["receipt"]) == (201, first["receipt"])
    put(respondent, f"{IGC}/answers/good_practice", 1, value="Corrected")
    second = respondent.post(SUBMISSIONS, json=CLEARED)
    assert second.status_code == 201
    returns = organiser.all(SUBMISSIONS)
    assert [one["reopened_at"] is None for one in returns] == [False, True]


def test_reopening_without_a_return_or_a_reason_is_refused(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)

    nothing = organiser.post(f"{IGC}/reopenings", json={"reason": "Why not"})
    unsaid = organiser.post(f"{IGC}/reopenings", json={"reason": " "})

    assert (nothing.status_code, unsaid.status_code) == (409, 422)


def test_link_for_a_contact_works(program: ByRole, nobody: Program, services: Services) -> None:
    organiser = program(Role.ORGANISER)
    (contact,) = organiser.all(f"{BALI}/contacts")

    made = organiser.post(f"{BALI}/links", json={"contact": contact["email"]})

    assert made.status_code == 201
    with services.database.read() as session:
        link, _, _ = follow_link(session, made.json()["url"].rpartition("/")[2])
    assert link.contact_id is not None
    session_of = nobody.post(f"{API}/sessions", json={"token": made.json()["url"]})
    assert session_of.json()["invitation"] == BALI


def test_link_for_a_stranger_or_into_a_closed_round_is_refused(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)
    closed = f"{API}/rounds/gfmd-2007/invitations/igc/links"

    stranger = organiser.post(f"{BALI}/links", json={"contact": "stranger@example.org"})

    assert stranger.status_code == 404
    assert organiser.post(closed, json={}).status_code == 409


def test_extension_moves_the_deadline_of_one(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)

    made = organiser.post(f"{IGC}/extensions", json={"last_day": "2027-07-31", "reason": "Chair"})

    assert made.status_code == 201
    assert made.json() == {"due_at": "2027-07-31T22:00:00Z", "time_zone": "Europe/Brussels"}
    assert organiser.get(IGC).json()["extended"] is True
    assert organiser.get(BALI).json()["extended"] is False
    events = organiser.all(f"{IGC}/events?limit=1")
    assert events[-1]["what"] == "Deadline extended"


@pytest.mark.parametrize(
    "last_day", ["2027-03-11", "yesterday", None, "9999-12-31", "0001-01-01", "3000-01-01"]
)
def test_extension_that_is_none_is_refused(program: ByRole, last_day: str | None) -> None:
    answer = program(Role.ORGANISER).post(f"{IGC}/extensions", json={"last_day": last_day})

    assert answer.status_code == 422


def test_note_of_a_silent_mailbox_and_of_one_not_concerned(program: ByRole) -> None:
    organiser = program(Role.ORGANISER)

    organiser.post(f"{IGC}/notes", json={"kind": "undelivered", "reason": "It bounced"})
    organiser.post(f"{BALI}/notes", json={"kind": "ineligible", "reason": "Merged"})

    assert organiser.get(IGC).json()["undelivered"] is True
    assert organiser.get(BALI).json()["outcome"] == "ineligible"
    assert organiser.get(f"{API}/rounds/rcp-demo").json()["rates"]["eligible"] == 11


@pytest.mark.parametrize("note", [{"kind": "undelivered", "reason": ""}, {"kind": "odd"}])
def test_note_without_a_reason_or_of_no_kind_is_refused(
    program: ByRole, note: dict[str, str]
) -> None:
    assert program(Role.ORGANISER).post(f"{IGC}/notes", json=note).status_code == 422
