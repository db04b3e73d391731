"""Saving by the script of the form: what it is told."""

from tests.fixtures.rounds import Asked
from tests.integration.responses.browsing import Browser

B = "/form/section_b"
C = "/form/section_c"


def test_autosave_text_tells_revision_and_time(started: Browser) -> None:
    started.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "N"})

    reply = started.autosave(B, {"rcp_acronym:revision": "1", "rcp_acronym": "NP"})

    assert reply.status_code == 200
    assert reply.json() == {
        "fields": {"rcp_acronym": {"state": "saved", "revision": 2, "messages": ""}},
        "status": "All changes saved, 13:00 (Europe/Brussels)",
        "sections": [],
        "html": "",
        "also": {},
        "replace": [],
    }


def test_autosave_first_answer_tells_progress(started: Browser) -> None:
    reply = started.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})

    words = {section["name"]: section["words"] for section in reply.json()["sections"]}
    assert words["section_b"] == "1 of 5 answered"
    assert words["section_a"] == "none of 4 answered"


def test_autosave_that_changes_what_is_asked_gives_questions_anew(started: Browser) -> None:
    reply = started.autosave(C, {"md_founding:revision": "0", "md_founding": "priority"})

    assert 'data-field="md_founding_ref"' in reply.json()["html"]
    assert set(reply.json()["replace"]) >= {"md_founding_evidence", "md_founding_ref"}


def test_autosave_of_themes_replaces_their_ranking(started: Browser) -> None:
    reply = started.autosave(B, {"themes:revision": "0", "themes": ["data", "health"]})

    assert "themes_top" in reply.json()["replace"]
    assert reply.json()["html"].count('<option value="data">') == 2


def test_autosave_refused_tells_why(started: Browser) -> None:
    reply = started.autosave(B, {"year_founded:revision": "0", "year_founded": "soon"})

    field = reply.json()["fields"]["year_founded"]
    assert (reply.status_code, field["state"], field["revision"]) == (422, "refused", None)
    assert "«soon» is not a whole number." in field["messages"]


def test_autosave_stale_gives_both_texts(
    started: Browser, other_browser: Browser, asked: Asked
) -> None:
    other_browser.start(asked.alternate)
    started.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "Theirs"})

    reply = other_browser.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "Mine"})

    field = reply.json()["fields"]["rcp_acronym"]
    assert (reply.status_code, field["state"]) == (409, "stale")
    for words in ("The focal point changed this answer", "Theirs", "Mine", "mine@1"):
        assert words in field["messages"]


def test_autosave_reason_instead_of_answer_replaces_the_field(started: Browser) -> None:
    started.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})

    reply = started.autosave(
        B,
        {"rcp_acronym:revision": "1", "rcp_acronym": "NP", "rcp_acronym:missing": "na"},
    )

    assert reply.json()["replace"] == ["rcp_acronym"]
    assert 'name="rcp_acronym" value=""' in reply.json()["html"]


def test_autosave_without_session_is_a_problem_not_a_page(
    started: Browser, browser: Browser
) -> None:
    started.post("/form/leave")

    reply = browser.autosave(B, {"rcp_acronym:revision": "0", "rcp_acronym": "NP"})

    assert reply.status_code == 401
    assert reply.headers["content-type"] == "application/problem+json"
    assert "Everything that was saved is kept." in reply.json()["detail"]


def test_autosave_text_is_escaped_in_messages(started: Browser) -> None:
    reply = started.autosave(
        B, {"year_founded:revision": "0", "year_founded": "<script>alert(1)</script>"}
    )

    messages = reply.json()["fields"]["year_founded"]["messages"]
    assert "<script>" not in messages
    assert "&lt;script&gt;" in messages
