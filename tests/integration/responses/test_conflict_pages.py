"""Two people at one answer: nobody overwrites unseen, and every text is kept."""

import pytest
from sqlmodel import col, select

from app.bootstrap import Services
from app.responses.models import AnswerRevision
from questionnaires.models import MissingCode
from tests.fixtures.rounds import Asked
from tests.integration.responses.browsing import Answers, Browser

B = "/form/section_b"
C = "/form/section_c"


def test_save_stale_field_shows_both_texts(
    started: Browser, other_browser: Browser, asked: Asked, answers: Answers
) -> None:
    other_browser.start(asked.alternate)
    started.post(B, {"founding_event:revision": "0", "founding_event": "Theirs"})

    page = other_browser.post(
        B,
        {
            "founding_event:revision": "0",
            "founding_event": "Mine",
            "rcp_acronym:revision": "0",
            "rcp_acronym": "NP",
        },
    )

    assert page.status_code == 409
    for words in (
        "The focal point changed this answer on 10 March 2027, 13:00 (Europe/Brussels)",
        '<p class="said">Theirs</p>',
        '<p class="said">Mine</p>',
        "Mine</textarea>",
        'value="mine@1"',
    ):
        assert words in page.text
    assert answers() == {"founding_event": ("Theirs", 1), "rcp_acronym": ("NP", 1)}


@pytest.mark.parametrize(
    ("keep", "kept", "revision"), [("mine@1", "Mine", 2), ("theirs", "Theirs", 1)]
)
def test_save_after_conflict_keeps_the_chosen_text(
    started: Browser, answers: Answers, keep: str, kept: str, revision: int
) -> None:
    started.post(B, {"founding_event:revision": "0", "founding_event": "Theirs"})
    mine = {"founding_event:revision": "0", "founding_event": "Mine"}
    started.post(B, mine)

    reply = started.post(B, {**mine, "founding_event:keep": keep})

    assert reply.status_code == 303
    assert answers() == {"founding_event": (kept, revision)}


def test_save_conflict_moved_on_again_is_a_conflict_again(
    started: Browser, answers: Answers
) -> None:
    started.post(B, {"founding_event:revision": "0", "founding_event": "First"})
    started.post(B, {"founding_event:revision": "1", "founding_event": "Second"})

    page = started.post(
        B,
        {
            "founding_event:revision": "0",
            "founding_event": "Mine",
            "founding_event:keep": "mine@1",
        },
    )

    assert page.status_code == 409
    assert answers() == {"founding_event": ("Second", 2)}


def test_save_field_left_alone_is_no_conflict(
    started: Browser, other_browser: Browser, asked: Asked, answers: Answers
) -> None:
    started.post(B, {"founding_event:revision": "0", "founding_event": "First"})
    other_browser.start(asked.alternate)
    started.post(B, {"founding_event:revision": "1", "founding_event": "Second"})

    reply = other_browser.post(
        B,
        {
            "founding_event:revision": "1",
            "founding_event": "First",
            "rcp_acronym:revision": "0",
            "rcp_acronym": "NP",
        },
    )

    assert reply.status_code == 303
    assert answers() == {"founding_event": ("Second", 2), "rcp_acronym": ("NP", 1)}


def test_save_answer_after_reason_and_reason_after_answer(
    started: Browser, answers: Answers
) -> None:
    reason = {"founding_event:missing": "dk", "founding_event": ""}
    started.post(B, {"founding_event:revision": "0", **reason})
    assert answers()["founding_event"] == (MissingCode.DONT_KNOW, 1)

    both = {"founding_event:missing": "dk", "founding_event": "Now I know"}
    started.post(B, {"founding_event:revision": "1", **both})
    assert answers()["founding_event"] == ("Now I know", 2)

    started.post(B, {"founding_event:revision": "2", **both})
    assert answers()["founding_event"] == (MissingCode.DONT_KNOW, 3)


def test_history_keeps_every_text_that_was_sent(started: Browser, services: Services) -> None:
    for seen, text in enumerate(("First", "Second", "Third")):
        started.post(B, {"founding_event:revision": str(seen), "founding_event": text})
    started.post(B, {"founding_event:revision": "1", "founding_event": "Late"})

    with services.database.read() as session:
        rows = session.exec(select(AnswerRevision).order_by(col(AnswerRevision.id)))
        history = [(row.revision, row.value, row.accepted) for row in rows]
    assert history == [
        (1, "First", True),
        (2, "Second", True),
        (3, "Third", True),
        (1, "Late", False),
    ]
