"""Reviewing, submitting and declining in a browser."""

import re
from textwrap import dedent

import pytest
from sqlmodel import col, select

from app.audit.models import AuditEntry
from app.bootstrap import Services
from app.responses.models import Submission, SubmissionKind
from questionnaires.loading import read_definition
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round
from tests.integration.responses.browsing import Browser

CLEARANCE = {
    "clearance_name": "The Executive Secretary",
    "clearance_title": "Head of the secretariat",
    "clearance_on": "2027-03-10",
    "declaration": "1",
    "minutes_spent": "95",
}


def fill_required(browser: Browser) -> None:
    for section, fields in {
        "a": {"resp_role": "secretariat", "attribution": "publish"},
        "c": {"md_founding": "priority", "md_treatment": "thematic"},
    }.items():
        revisions = {f"{name}:revision": "0" for name in fields}
        browser.post(f"/form/section_{section}", {**revisions, **fields})


def submissions(services: Services) -> list[Submission]:
    with services.database.read() as session:
        return list(session.exec(select(Submission).order_by(col(Submission.position))))


def test_review_lists_what_is_missing_with_links(started: Browser) -> None:
    page = started.get("/form/review")

    assert "4 things stand in the way of submitting" in page.text
    for link in (
        "/form/section_a#q-resp_role",
        "/form/section_a#q-attribution",
        "/form/section_c#q-md_founding",
        "/form/section_c#q-md_treatment",
    ):
        assert f'href="{link}"' in page.text


def test_review_shows_answers_in_words(started: Browser) -> None:
    fill_required(started)
    started.post(
        "/form/section_b",
        {
            "members:revision": "0",
            "members.0.member_state": "Arcadia",
            "members.0.member_role": "observer",
            "year_founded:revision": "0",
            "year_founded": "1066",
            "year_founded:comment": "According to legend.",
            "composition:revision": "0",
            "composition": ":declined",
        },
    )

    page = started.get("/form/review")
    for words in (
        "The secretariat of the process",
        "<td>Arcadia</td><td>Observer</td><td>–</td>",
        "According to legend.",
        "Prefer not to answer",
        "This answer must be corrected",
    ):
        assert words in page.text


def test_review_shows_what_is_worked_out_and_files_that_were_not_sent(
    browser: Browser, services: Services
) -> None:
    form = """
    settings: {form_id: shown, version: "1", form_title: Shown}
    survey:
      - name: only
        label: Only section
        children:
          - {name: whole, type: integer, label: A whole number, code: W1}
          - name: doubled
            type: integer
            label: Twice as much
            code: W2
            readonly: true
            calculation: ${whole} * 2
          - {name: paper, type: file, label: A paper, code: W3}
    """
    definition, problems = read_definition(dedent(form), source="shown")
    assert definition is not None, problems
    (asked,) = open_a_round(services, definition=definition, slug="shown")
    browser.start(asked.focal_point)
    browser.post("/form/only", {"whole:revision": "0", "whole": "21"})

    page = browser.get("/form/review").text

    _, whole, doubled, paper = page.split('<div class="answer-item">')
    assert "the answer to W1" in whole
    assert '<p class="said">42</p>' in doubled
    assert "the answer to W2" not in doubled
    assert "Not answered" in paper
    assert "the answer to W3" in paper


def test_review_shows_a_comment_to_any_part_of_a_question(started: Browser) -> None:
    started.post(
        "/form/section_a",
        {"resp_title:revision": "0", "resp_title": "Head", "resp_title:comment": "Since May."},
    )

    page = started.get("/form/review").text

    assert "Comment: Title or function" in page
    assert "Since May." in page


def test_submit_gives_receipt_and_ends_editing(
    started: Browser, services: Services, clock: SteppedClock
) -> None:
    fill_required(started)
    started.get("/form/submit")

    reply = started.post("/form/submit", CLEARANCE)

    assert reply.headers["location"] == "/form/done"
    (submission,) = submissions(services)
    assert (submission.kind, submission.minutes_spent, submission.at) == (
        SubmissionKind.QUESTIONNAIRE,
        95,
        clock.now(),
    )
    page = started.get("/form/done")
    for words in (
        submission.receipt,
        "10 March 2027, 13:00 (Europe/Brussels)",
        "The Executive Secretary, Head of the secretariat",
        "4 of 30 questions answered",
    ):
        assert words in page.text
    assert (
        started.get(
            "/form/submit",
        ).url.path
        == "/form/done"
    )
    copy = started.get("/form/review").text
    assert submission.receipt in copy
    assert "Go on to submit" not in copy
    assert submission.receipt in started.get("/form").text


def test_submit_incomplete_lists_everything_and_keeps_what_was_typed(
    started: Browser, services: Services
) -> None:
    page = started.post(
        "/form/submit",
        {"clearance_title": "Head", "clearance_on": "2027-05-01", "minutes_spent": "long"},
    )

    assert page.status_code == 422
    for words in (
        'href="/form/section_c#q-md_founding"',
        'href="#q-clearance_name"',
        'href="#q-declaration"',
        'href="#q-clearance_on"',
        'href="#q-minutes_spent"',
        'value="Head"',
        'value="2027-05-01"',
        'value="long"',
    ):
        assert words in page.text
    assert submissions(services) == []


def test_submit_twice_tells_the_first_receipt(
    started: Browser, services: Services, clock: SteppedClock
) -> None:
    fill_required(started)
    started.post("/form/submit", CLEARANCE)
    clock.move(hours=3)

    page = started.post("/form/submit", CLEARANCE)

    (submission,) = submissions(services)
    assert page.status_code == 409
    assert f"10 March 2027, 13:00 (Europe/Brussels), receipt {submission.receipt}" in page.text
    assert "It was not submitted a second time." in page.text


def test_submit_after_deadline_says_so_on_the_receipt(
    browser: Browser, asked: Asked, clock: SteppedClock
) -> None:
    clock.move(days=31)
    browser.start(asked.focal_point)
    fill_required(browser)

    assert "The deadline has passed." in browser.get("/form/submit").text
    browser.post("/form/submit", {**CLEARANCE, "clearance_on": "2027-04-10"})

    assert "after the deadline, and accepted" in browser.get("/form/done").text


def test_decline_records_reason(started: Browser, services: Services) -> None:
    assert "Regional Consultative Process of the North" in started.get("/form/decline").text

    refused = started.post("/form/decline", {"decline_reason": " ", "clearance_name": "A name"})
    accepted = started.post("/form/decline", {"decline_reason": "No capacity <this> year."})

    assert refused.status_code == 422
    assert 'value="A name"' in refused.text
    assert accepted.headers["location"] == "/form/done"
    (submission,) = submissions(services)
    assert (submission.kind, submission.refusal_reason) == (
        SubmissionKind.REFUSAL,
        "No capacity <this> year.",
    )
    assert "No capacity &lt;this&gt; year." in started.get("/form/done").text


def test_after_a_return_nothing_is_said_to_be_missing(started: Browser) -> None:
    before = [started.get(path).text for path in ("/form", "/form/section_c")]

    started.post("/form/decline", {"decline_reason": "No capacity."})

    overview, section = (started.get(path).text for path in ("/form", "/form/section_c"))
    assert "2 missing" in before[0]
    assert "Needed to submit" not in overview
    assert "Review and submit" not in overview
    assert ">Your answers</span>" in overview
    assert "depending on your answers" in before[1]
    assert "depending on your answers" not in section


def test_all_places_count_numbered_questions(started: Browser) -> None:
    overview, section = started.get("/form").text, started.get("/form/section_c").text

    assert "<strong>0 of 29</strong> numbered questions; up to 5 more may be asked" in overview
    assert re.findall(r"(none of \d+ answered)</span></a>", section)[2] == "none of 4 answered"
    assert "3 further numbered questions appear in this section" in section


def test_follow_up_left_empty_is_told_beside_the_count(started: Browser) -> None:
    section = "/form/section_a"
    names = {"resp_role": "other", "resp_name": "A name", "attribution": "publish"}
    revisions = {f"{name}:revision": "0" for name in names}
    table = {"contributors:revision": "0", "contributors.0.contributor_entity": "A ministry"}
    started.post(section, {**names, **revisions, **table})

    before = started.get("/form").text
    started.post(section, {"resp_role_other": "A friend", "resp_role_other:revision": "0"})

    assert "<td>all 4 answered, 1 follow-up empty</td>" in before
    assert "✓ </span>all 4 answered</td>" in started.get("/form").text


def test_done_before_any_return_is_not_found(started: Browser) -> None:
    assert started.get("/form/done").status_code == 404


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/form/submit", CLEARANCE),
        ("/form/decline", {"decline_reason": "No capacity."}),
    ],
)
def test_return_is_written_into_the_audit_log(
    started: Browser, services: Services, asked: Asked, *, path: str, fields: dict[str, str]
) -> None:
    fill_required(started)

    started.post(path, fields)

    with services.database.read() as session:
        entries = session.exec(
            select(AuditEntry).where(AuditEntry.action == "response.returned")
        ).all()
    (submission,) = submissions(services)
    assert [(entry.actor, entry.subject, entry.details["receipt"]) for entry in entries] == [
        (
            f"contact:{asked.focal_point.contact_id}",
            f"invitation:{asked.invitation_id}",
            submission.receipt,
        )
    ]
