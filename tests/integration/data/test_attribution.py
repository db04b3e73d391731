"""Whose answers and materials may stand beside its name: what it said, and what it sent off."""

import pytest

from app.bootstrap import Services
from app.synthesis.snapshot import build_snapshot
from exports.records import Attribution, Invited
from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings
from tests.fixtures.rounds import SLUG, open_a_round
from tests.integration.data.acting import REQUIRED, Acting

NAMED, UNNAMED = Attribution.PUBLISH, Attribution.NOT_ATTRIBUTED


@pytest.fixture
def acting(services: Services) -> Acting:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return Acting(services, only)


def terms(services: Services) -> tuple[Attribution, Attribution | None]:
    """On what terms its answers and its materials were given."""
    one = invited(services)
    return one.attribution, one.materials_attribution


def invited(services: Services) -> Invited:
    snapshot = build_snapshot(services.database, SLUG, as_of=services.clock.now())
    (one,) = snapshot.invited
    return one


def test_draft_whose_author_has_not_chosen_is_not_attributed(acting: Acting) -> None:
    acting.send_link()
    acting.answer(year_founded=1996)

    assert terms(acting.services) == (UNNAMED, UNNAMED)


@pytest.mark.parametrize("chosen", list(Attribution))
def test_choice_counts_in_a_draft_too(acting: Acting, chosen: Attribution) -> None:
    acting.answer(year_founded=1996, attribution=chosen.value)

    assert terms(acting.services) == (chosen, chosen)


def test_what_was_submitted_is_for_publication_until_it_is_given_back(acting: Acting) -> None:
    acting.answer(**REQUIRED)
    acting.submit()
    published = terms(acting.services)
    acting.reopen()
    acting.answer(attribution=None)

    assert published == (NAMED, NAMED)
    assert terms(acting.services) == (UNNAMED, UNNAMED)


def test_who_began_and_then_declined_is_not_attributed(acting: Acting) -> None:
    acting.answer(year_founded=1996)
    acting.decline()

    assert terms(acting.services)[0] is UNNAMED


def test_materials_returned_beside_a_draft_are_for_publication(acting: Acting) -> None:
    acting.answer(year_founded=1996)
    acting.send_link()
    acting.submit_materials()

    assert terms(acting.services) == (UNNAMED, NAMED)


def test_where_nothing_was_saved_nothing_is_withheld(acting: Acting) -> None:
    acting.start()

    assert terms(acting.services)[0] is NAMED


def test_draft_of_a_questionnaire_that_does_not_ask_is_for_publication(services: Services) -> None:
    (only,) = open_a_round(services, definition=WITHOUT_THE_QUESTION)
    asked = Acting(services, only, WITHOUT_THE_QUESTION)
    asked.send_link()
    asked.answer(open="no")

    assert terms(services) == (NAMED, NAMED)


WITHOUT_THE_QUESTION = Definition(
    settings=Settings(form_id="short", version="1", form_title={"en": "Short"}),
    choices={"answers": (Choice(name="no", label={"en": "No"}),)},
    survey=(
        Group(
            name="section_a",
            label={"en": "A"},
            children=(
                Question(
                    name="open",
                    type=QuestionType.SELECT_ONE,
                    list_name="answers",
                    label={"en": "Open?"},
                ),
            ),
        ),
    ),
)
