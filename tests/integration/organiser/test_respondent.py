"""The page of one respondent: what its reader sees, and what an organiser can do."""

import re
from io import BytesIO

import pytest
from sqlmodel import col, select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.audit.service import hash_of
from app.bootstrap import Services
from app.responses.drafts import Editor
from app.responses.models import Submission
from app.responses.service.materials import add_file
from app.responses.service.receive import receive_file
from app.rounds.models import EventKind, Invitation, InvitationEvent, PersonalLink
from app.rounds.service.link import hash_of as hash_of_link
from app.sample.loaded import Loaded
from app.synthesis.models import Coding, Statement
from tests.fixtures.organiser import Answering, save, submit
from tests.fixtures.rounds import SteppedClock
from tests.integration.organiser.conftest import SignIn
from tests.integration.organiser.test_board import queries, words

IGC = "/organiser/rounds/rcp-demo/respondents/igc"
MTM = "/organiser/rounds/gfmd-2007/respondents/mtm"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BALI = "/organiser/rounds/rcp-demo/respondents/bali"


def test_respondent_answers_are_read_with_labels_marks_and_codes(
    signed_in: SignIn, answering: Answering
) -> None:
    page = words(signed_in(Role.ANALYST).get(IGC).text)

    assert "A1 ★ core question In what capacity do you answer?" in page
    assert "The secretariat of the process" in page
    assert "Labour migration; Migration and development" in page
    assert "1. Migration and development; 2. Labour migration" in page
    assert "Don’t know dk Respondent does not know" in page
    assert "C6 Through which themes did migration and development come up? n/a" in page
    assert "A yearly table of remittance costs. =1+1" in page
    assert "13 of 30 questions answered so far" in page
    assert "Country A Participating State 1996" in page


def test_respondent_history_shows_every_save_and_the_refused_one(
    signed_in: SignIn, answering: Answering
) -> None:
    page = words(signed_in(Role.ANALYST).get(IGC).text)

    history = page[page.index("History (3 saves)") :]
    assert re.search(
        r"focal point empty 1996 .*? alternate 1996 1997 .*? "
        r"contributor 1996 Refused, kept here only: 1995",
        history,
    )


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ANALYST])
def test_respondent_personal_data_are_for_organisers(
    signed_in: SignIn, answering: Answering, services: Services, role: Role
) -> None:
    submit(services, answering)

    html = signed_in(role).get(IGC).text

    is_organiser = role is Role.ORGANISER
    assert ("focal-point@igc.example.org" in html) == is_organiser
    assert ("focal-point@example.org" in html) == is_organiser
    assert ("Cleared by Clearing officer, Head." in html) == is_organiser
    assert ("Personal data, shown to organisers only." in html) != is_organiser


def test_respondent_of_2007_shows_statements_and_the_override(
    signed_in: SignIn, loaded: Loaded
) -> None:
    page = words(signed_in(Role.ANALYST).get(MTM).text)

    assert "The answers of this round were never published" in page
    assert "Override" in page
    assert "By the rule it would be: Migration and development as a thematic priority" in page
    assert "Paper text, source unspecified, L88-90" in page


def test_respondent_materials_are_listed(signed_in: SignIn, answering: Answering) -> None:
    html = signed_in(Role.ANALYST).get(IGC).text

    assert "On the statutes" in html
    assert 'href="https://www.example.org/statutes"' in html


def test_respondent_file_is_named_by_its_title_and_given_as_an_attachment(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    with services.database.write() as session:
        added = add_file(
            session,
            invitation_id=answering.started.invitation_id,
            definition=answering.definition,
            file=receive_file(
                services.storage,
                file_name="statutes.pdf",
                stream=BytesIO(PDF),
                max_bytes=1000,
            ),
            title="The statutes",
            questions=["md_founding_file"],
            editor=Editor("focal point"),
            clock=services.clock,
        )
    analyst = signed_in(Role.ANALYST)

    page = words(analyst.get(IGC).text)
    file = analyst.get(f"{IGC}/materials/{added.key}")

    assert "The document, as a file or a link The statutes" in page
    assert "· for C2" in page
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment; ")
    elsewhere = analyst.get(f"{BALI}/materials/{added.key}")
    assert elsewhere.status_code == 404


def test_respondent_not_invited_is_not_found(signed_in: SignIn, loaded: Loaded) -> None:
    answer = signed_in(Role.ANALYST).get("/organiser/rounds/rcp-demo/respondents/nobody")

    assert answer.status_code == 404
    assert "«nobody»" in answer.text


def test_respondent_answers_not_to_be_attributed_are_announced(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    save(services, answering, {"attribution": "not_attributed"}, based_on=1)

    page = words(signed_in(Role.ANALYST).get(IGC).text)

    assert "used and counted, but not attributed to it" in page
    assert "(c) Not to be attributed" in page


def newest_audit(services: Services) -> AuditEntry:
    with services.database.read() as session:
        newest = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert newest is not None
    return newest


def test_link_is_shown_once_works_and_is_audited(
    signed_in: SignIn, loaded: Loaded, services: Services, users: dict[Role, int]
) -> None:
    organiser = signed_in(Role.ORGANISER)

    html = organiser.post(f"{IGC}/link", contact="").text

    found = re.search(r"http://testserver/r/([\w-]{43})", html)
    assert found is not None
    with services.database.read() as session:
        link = session.exec(
            select(PersonalLink).where(PersonalLink.token_hash == hash_of_link(found[1]))
        ).one()
    assert link.contact_id is None
    noted = newest_audit(services)
    assert (noted.actor, noted.action) == (f"user:{users[Role.ORGANISER]}", "link.issued")
    assert noted.hash == hash_of(noted)
    assert found[1] not in organiser.get(IGC).text


def test_link_for_anothers_contact_is_refused(signed_in: SignIn, loaded: Loaded) -> None:
    organiser = signed_in(Role.ORGANISER)
    own = re.search(r'<option value="(\d+)">Focal point, IGC', organiser.get(IGC).text)
    assert own is not None

    answer = organiser.post(f"{BALI}/link", contact=own[1])

    assert answer.status_code == 404


def test_link_into_a_closed_round_is_refused(signed_in: SignIn, loaded: Loaded) -> None:
    answer = signed_in(Role.ORGANISER).post(f"{MTM}/link")

    assert answer.status_code == 409
    assert "lead nowhere" in answer.text


def test_extension_holds_until_the_end_of_the_day_in_the_zone(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)

    answer = organiser.post(f"{IGC}/extend", last_day="2027-07-31", reason="Change of Chair")

    assert answer.headers["location"] == f"{IGC}?done=extended"
    page = words(organiser.get(answer.headers["location"]).text)
    assert "The deadline was extended." in page
    assert "end of 31 July 2027 (Europe/Brussels), extended" in page
    assert "to the end of 31 July 2027 (Europe/Brussels): Change of Chair" in page
    with services.database.read() as session:
        until = session.exec(
            select(Invitation.extended_until).where(col(Invitation.extended_until).is_not(None))
        ).one()
    assert until is not None
    assert until.isoformat() == "2027-07-31T22:00:00+00:00"


@pytest.mark.parametrize(
    ("last_day", "said"),
    [
        ("2027-03-11", "This day would give no more time. It is now the end of 5 May 2027"),
        ("2026-01-01", "This day would give no more time."),
        ("9999-12-31", "The year 9999 is outside the calendar of this service."),
        ("0001-01-01", "The year 0001 is outside the calendar of this service."),
        ("soon", "This is not a day of the calendar."),
        ("", "This is not a day of the calendar."),
    ],
)
def test_extension_without_more_time_is_refused_and_keeps_what_was_typed(
    signed_in: SignIn, loaded: Loaded, last_day: str, said: str
) -> None:
    answer = signed_in(Role.ORGANISER).post(
        f"{IGC}/extend", last_day=last_day, reason="Change of Chair"
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Change of Chair"' in answer.text


def test_extension_of_a_closed_round_is_refused(signed_in: SignIn, loaded: Loaded) -> None:
    assert signed_in(Role.ORGANISER).post(f"{MTM}/extend", last_day="2030-01-01").status_code == 409


def test_reopened_return_stays_in_the_history_and_can_be_sent_again(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    first = submit(services, answering)
    organiser = signed_in(Role.ORGANISER)

    answer = organiser.post(f"{IGC}/reopen", reason="A table is missing")

    assert answer.headers["location"] == f"{IGC}?done=reopened"
    second = submit(services, answering)
    page = words(organiser.get(IGC).text)
    assert first != second
    assert f"Receipt {first}" in page
    assert f"Receipt {second}" in page
    assert "A table is missing" in page
    with services.database.read() as session:
        kept = session.exec(select(Submission).order_by(col(Submission.position))).all()
    assert [one.reopened_at is None for one in kept] == [False, True]


def test_reopen_without_a_return_is_refused(signed_in: SignIn, loaded: Loaded) -> None:
    answer = signed_in(Role.ORGANISER).post(f"{IGC}/reopen", reason="None there")

    assert answer.status_code == 409


def test_reopen_without_a_reason_is_refused(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    submit(services, answering)

    answer = signed_in(Role.ORGANISER).post(f"{IGC}/reopen", reason="  ")

    assert answer.status_code == 422
    assert "A reason is missing." in answer.text


def test_undelivered_with_a_reason_becomes_the_state(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    organiser = signed_in(Role.ORGANISER)

    answer = organiser.post(f"{BALI}/undelivered", reason="The address does not exist any more.")

    assert answer.status_code == 303
    with services.database.read() as session:
        event = session.exec(select(InvitationEvent)).one()
    assert event.kind is EventKind.UNDELIVERED
    assert event.note == "The address does not exist any more."
    html = organiser.get(BALI).text
    page = words(html)
    assert "⚠ Did not arrive" in page
    assert '<a href="#contact">Issue a new personal link</a>' in html
    assert 'class="columns bare"' in html
    assert "No file or link has been sent." in page
    assert "Issue a new personal link and send it by other means." in page
    board = words(organiser.get("/organiser/rounds/rcp-demo").text)
    assert "All 12 ⚠ Did not arrive 1 ▫ Invited 11" in board
    assert board.count("⚠ Did not arrive") == 3


def test_ineligible_leaves_every_rate(signed_in: SignIn, loaded: Loaded) -> None:
    organiser = signed_in(Role.ORGANISER)

    answer = organiser.post(f"{BALI}/ineligible", reason="Merged in 2026", sure="yes")

    assert answer.status_code == 303
    board = words(organiser.get("/organiser/rounds/rcp-demo").text)
    assert "0/11 = 0.0 %" in board
    assert "– Not eligible 1" in board


def test_closed_round_takes_no_undelivered_but_an_ineligible_found_later(
    signed_in: SignIn, loaded: Loaded
) -> None:
    organiser = signed_in(Role.ORGANISER)
    organiser.post("/organiser/rounds/rcp-demo/close", sure="yes")

    undelivered = organiser.post(f"{BALI}/undelivered", reason="It came back.")
    page = organiser.get(BALI).text
    ineligible = organiser.post(f"{BALI}/ineligible", reason="Merged in 2026", sure="yes")

    assert undelivered.status_code == 409
    assert "action-undelivered" not in page
    assert "its rates change from now on" in words(page)
    assert ineligible.status_code == 303
    assert "0/11 = 0.0 %" in words(organiser.get("/organiser/rounds/rcp-demo").text)


@pytest.mark.parametrize("verb", ["undelivered", "ineligible"])
def test_outcome_taken_from_a_document_is_not_noted_otherwise(
    signed_in: SignIn, loaded: Loaded, verb: str
) -> None:
    organiser = signed_in(Role.ORGANISER)

    answer = organiser.post(f"{MTM}/{verb}", reason="So it seems.", sure="yes")

    assert answer.status_code == 409
    assert "taken from a document" in answer.text
    assert f"action-{verb}" not in organiser.get(MTM).text


def test_ineligible_unsure_changes_nothing(
    signed_in: SignIn, loaded: Loaded, services: Services
) -> None:
    answer = signed_in(Role.ORGANISER).post(f"{BALI}/ineligible", reason="Merged in 2026")

    assert answer.status_code == 422
    assert "Merged in 2026" in answer.text
    with services.database.read() as session:
        assert session.exec(select(InvitationEvent)).all() == []


def test_coding_beside_the_answers_is_an_override_and_keeps_the_earlier_one(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    analyst = signed_in(Role.ANALYST)

    analyst.post(f"{IGC}/coding", category="thematic", rationale="As the answers say.")
    answer = analyst.post(f"{IGC}/coding", category="ad_hoc", rationale="One workshop only.")

    assert answer.headers["location"] == f"{IGC}?done=coded#group"
    page = words(analyst.get(IGC).text)
    assert "≠ Override" in page
    assert "Earlier codings (1)" in page
    with services.database.read() as session:
        codings = session.exec(
            select(Coding).where(Coding.invitation_id == answering.started.invitation_id)
        ).all()
    assert [(one.category, one.suggested, one.override, one.coder) for one in codings] == [
        ("thematic", "thematic", False, "The analyst"),
        ("ad_hoc", "thematic", True, "The analyst"),
    ]


def test_coding_without_a_rationale_is_refused_and_keeps_the_choice(
    signed_in: SignIn, loaded: Loaded
) -> None:
    answer = signed_in(Role.ANALYST).post(f"{IGC}/coding", category="ad_hoc", rationale=" ")

    assert answer.status_code == 422
    assert re.search(r'value="ad_hoc" required checked', answer.text)


def test_coding_into_no_known_group_is_refused(signed_in: SignIn, loaded: Loaded) -> None:
    answer = signed_in(Role.ANALYST).post(f"{IGC}/coding", category="best", rationale="So it is.")

    assert answer.status_code == 422
    assert "«best» is no group" in answer.text


def test_statement_is_written_with_its_evidence(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    analyst = signed_in(Role.ANALYST)
    material = re.search(r'<option value="(\d+)">On the statutes', analyst.get(IGC).text)
    assert material is not None

    answer = analyst.post(
        f"{IGC}/statements",
        dimension="B4",
        text="The statutes are being revised.",
        basis="M",
        material=material[1],
        locator="whole note",
    )

    assert answer.headers["location"] == f"{IGC}?done=written#synthesis"
    page = words(analyst.get(IGC).text)
    assert "The statutes are being revised. – Responsive materials, whole note · On the" in page
    with services.database.read() as session:
        kept = session.exec(select(Statement).order_by(col(Statement.id).desc())).first()
    assert kept is not None
    assert (kept.author, kept.dimension) == ("The analyst", "B4")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"dimension": "B4", "text": "So.", "basis": ""}, "Choose the kind of evidence."),
        ({"dimension": "B99", "text": "So.", "basis": "M"}, "no column «B99»"),
        ({"dimension": "B4", "text": "", "basis": "M"}, "There is no text."),
        ({"dimension": "B4", "text": "So.", "basis": "Q"}, "returned no questionnaire"),
        ({"dimension": "B4", "text": "So.", "basis": "M", "material": "99999"}, "no such material"),
    ],
)
def test_statement_without_sound_evidence_is_refused(
    signed_in: SignIn, loaded: Loaded, fields: dict[str, str], said: str
) -> None:
    answer = signed_in(Role.ANALYST).post(f"{BALI}/statements", **fields)

    assert answer.status_code == 422
    assert said in answer.text


def test_respondent_text_of_others_is_shown_as_text(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    save(services, answering, {"good_practice": "<script>alert(1)</script>"}, based_on=1)

    html = signed_in(Role.ANALYST).get(IGC).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html


def test_respondent_page_costs_the_same_queries_whatever_was_answered(
    signed_in: SignIn, answering: Answering, services: Services, clock: SteppedClock
) -> None:
    analyst = signed_in(Role.ANALYST)

    assert queries(services, analyst, IGC) <= queries(services, analyst, BALI) + 4
