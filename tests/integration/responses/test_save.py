"""Saving answers, one at a time, side by side and too late."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import col, select

from app.bootstrap import Services
from app.errors import Conflict, Invalid
from app.responses.drafts import Saved, Stale
from app.responses.models import AnswerRevision, Response, StoredAnswer
from app.responses.service.save import save_answer
from questionnaires.models import Definition, MissingCode
from tests.fixtures.rounds import SteppedClock, close_the_round


class Desk:
    """Saves answers of one response, each in a transaction of its own."""

    def __init__(self, services: Services, response: Response, definition: Definition) -> None:
        self.services = services
        self.response = response
        self.definition = definition

    def save(
        self,
        question: str,
        value: object = None,
        *,
        based_on: int = 0,
        missing: MissingCode | None = None,
        comment: str | None = None,
        source: str | None = None,
        editor: str = "focal point",
    ) -> Saved | Stale:
        with self.services.database.write() as session:
            return save_answer(
                session,
                response=self.response,
                definition=self.definition,
                question=question,
                value=value,
                missing=missing,
                comment=comment,
                source=source,
                based_on=based_on,
                editor=editor,
                clock=self.services.clock,
            )

    def answer(self, question: str) -> StoredAnswer | None:
        with self.services.database.read() as session:
            return session.get(StoredAnswer, (self.response.id, question))

    def history(self, question: str) -> list[tuple[int, bool, object]]:
        with self.services.database.read() as session:
            rows = session.exec(
                select(AnswerRevision)
                .where(AnswerRevision.question == question)
                .order_by(col(AnswerRevision.id))
            )
            return [(row.revision, row.accepted, row.value) for row in rows]


@pytest.fixture
def desk(services: Services, response: Response, definition: Definition) -> Desk:
    return Desk(services, response, definition)


def test_save_answer_first_is_revision_one(desk: Desk) -> None:
    result = desk.save("founding_event", "A conference in the region, تجربة 🌍")

    stored = desk.answer("founding_event")
    assert isinstance(result, Saved)
    assert (result.revision, result.changed) == (1, True)
    assert stored is not None
    assert (stored.value, stored.revision, stored.editor) == (
        "A conference in the region, تجربة 🌍",
        1,
        "focal point",
    )
    assert desk.history("founding_event") == [(1, True, stored.value)]


def test_save_answer_equal_content_makes_no_revision(desk: Desk) -> None:
    rows = [{"member_state": "Arcadia", "member_role": "member", "member_since": 1996}]
    desk.save("members", rows)

    again = desk.save("members", rows, based_on=1)

    assert isinstance(again, Saved)
    assert (again.revision, again.changed) == (1, False)
    assert len(desk.history("members")) == 1


def test_save_answer_stale_keeps_both_texts(desk: Desk, clock: SteppedClock) -> None:
    desk.save("founding_event", "Ours")
    clock.move(minutes=5)

    result = desk.save("founding_event", "Mine", editor="alternate")

    assert isinstance(result, Stale)
    assert result.mine.value == "Mine"
    assert (result.theirs.content.value, result.theirs.editor, result.theirs.revision) == (
        "Ours",
        "focal point",
        1,
    )
    stored = desk.answer("founding_event")
    assert stored is not None
    assert stored.value == "Ours"
    assert desk.history("founding_event") == [(1, True, "Ours"), (0, False, "Mine")]


def test_save_answer_stale_twice_is_remembered_once(desk: Desk) -> None:
    desk.save("founding_event", "Ours")

    for _ in range(2):
        desk.save("founding_event", "Mine", editor="alternate")

    assert len(desk.history("founding_event")) == 2


def test_save_answer_stale_but_same_text_is_saved(desk: Desk) -> None:
    desk.save("founding_event", "Both of us")

    result = desk.save("founding_event", "Both of us", editor="alternate")

    assert isinstance(result, Saved)
    assert not result.changed


def test_save_answer_emptied_keeps_history(desk: Desk) -> None:
    desk.save("md_founding", "priority")

    desk.save("md_founding", None, based_on=1)

    stored = desk.answer("md_founding")
    assert stored is not None
    assert (stored.value, stored.revision) == (None, 2)
    assert desk.history("md_founding") == [(1, True, "priority"), (2, True, None)]


def test_save_answer_missing_code_replaces_value(desk: Desk) -> None:
    desk.save("md_founding", "priority", comment="See article 2", source="Charter")

    desk.save("md_founding", missing=MissingCode.DONT_KNOW, based_on=1)

    stored = desk.answer("md_founding")
    assert stored is not None
    assert (stored.value, stored.missing, stored.comment, stored.source) == (
        None,
        MissingCode.DONT_KNOW,
        "See article 2",
        "Charter",
    )


def test_save_answer_blank_characters_are_no_answer(desk: Desk) -> None:
    result = desk.save("founding_event", " \u200b\t")

    assert isinstance(result, Saved)
    assert (result.changed, desk.answer("founding_event")) == (False, None)


def test_save_answer_of_wrong_kind_is_refused_and_nothing_stored(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.save("year_founded", "soon")

    assert [problem.code for problem in refused.value.problems] == ["wrong-type"]
    assert (desk.answer("year_founded"), desk.history("year_founded")) == (None, [])


def test_save_answer_against_constraint_is_saved(desk: Desk) -> None:
    result = desk.save("year_founded", 1066)

    assert isinstance(result, Saved)
    assert result.revision == 1


def test_save_answer_after_closing_is_refused_kindly(services: Services, desk: Desk) -> None:
    close_the_round(services)

    with pytest.raises(Conflict, match=r"closed on 10 March 2027 .* Everything saved before"):
        desk.save("md_founding", "priority")


def test_save_answer_by_two_at_once_loses_nothing(desk: Desk) -> None:
    """Races for a first and for a second answer: one wins, and the other's text is kept too."""
    names = [
        "founding_event",
        "rcp_acronym",
        "rcp_official_name",
        "rcp_other_names",
        "good_practice",
    ]

    for based_on, name in [(0, name) for name in names] + [(1, name) for name in names]:
        start = Barrier(2)
        with ThreadPoolExecutor(2) as people:
            both = [
                people.submit(_save_together, start, desk, name, based_on, editor)
                for editor in ("focal point", "alternate")
            ]
        results = [each.result() for each in both]

        (winner,) = [result for result in results if isinstance(result, Saved)]
        (loser,) = [result for result in results if isinstance(result, Stale)]
        stored = desk.answer(name)
        assert stored is not None
        assert (stored.value, stored.revision) == (winner.content.value, based_on + 1)
        assert loser.theirs.content == winner.content
        assert desk.history(name)[-2:] == [
            (based_on + 1, True, winner.content.value),
            (based_on, False, loser.mine.value),
        ]


def _save_together(
    start: Barrier, desk: Desk, name: str, based_on: int, editor: str
) -> Saved | Stale:
    start.wait(10)
    return desk.save(name, f"{editor} on {based_on}", based_on=based_on, editor=editor)
