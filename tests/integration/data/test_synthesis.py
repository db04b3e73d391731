"""Statements with their evidence, and codings beside what the answers suggest."""

import pytest

from app.bootstrap import Services
from app.errors import Conflict, Invalid, NotFound
from app.synthesis.queries import codings_of, statements_of
from app.synthesis.service import code_respondent, write_statement
from exports.records import Basis
from tests.fixtures.rounds import SteppedClock, open_a_round
from tests.integration.data.acting import REQUIRED, Acting


@pytest.fixture
def acting(services: Services) -> Acting:
    """One invited institution in an open round."""
    (only,) = open_a_round(services)
    return Acting(services, only)


def write(
    acting: Acting,
    text: str = "Issues recommendations",
    *,
    dimension: str = "B6",
    basis: Basis = Basis.LITERATURE,
    material_id: int | None = None,
    invitation_id: int | None = None,
) -> None:
    with acting.services.database.write() as session:
        write_statement(
            session,
            invitation_id=invitation_id or acting.asked.invitation_id,
            dimension=dimension,
            text=text,
            basis=basis,
            material_id=material_id,
            locator="p. 3",
            author="analyst",
            clock=acting.services.clock,
        )


def code(acting: Acting, category: str, rationale: str = "Documents") -> None:
    with acting.services.database.write() as session:
        code_respondent(
            session,
            invitation_id=acting.asked.invitation_id,
            category=category,
            rationale=rationale,
            coder="analyst",
            clock=acting.services.clock,
        )


def test_statements_are_kept_in_order_within_their_cell(acting: Acting) -> None:
    write(acting, "First")
    write(acting, "Elsewhere", dimension="B8")
    write(acting, "Second")

    with acting.services.database.read() as session:
        found = statements_of(session, acting.asked.invitation_id)

    assert [(one.dimension, one.position, one.text) for one in found] == [
        ("B6", 1, "First"),
        ("B6", 2, "Second"),
        ("B8", 1, "Elsewhere"),
    ]


def test_statement_on_a_material_shows_its_title(acting: Acting) -> None:
    material = acting.send_link()

    write(acting, basis=Basis.MATERIALS, material_id=material.id)

    with acting.services.database.read() as session:
        (found,) = statements_of(session, acting.asked.invitation_id)
    assert (found.material_title, found.basis) == ("Plan of action", Basis.MATERIALS)


@pytest.mark.parametrize(
    ("text", "dimension", "code"),
    [
        ("", "B6", "empty"),
        (" \u200b\n", "B6", "empty"),
        ("x" * 20_001, "B6", "too-long"),
        ("Text", "B99", "unknown-dimension"),
    ],
)
def test_statement_that_cannot_stand_is_refused(
    acting: Acting, text: str, dimension: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        write(acting, text, dimension=dimension)

    assert [problem.code for problem in caught.value.problems] == [code]


def test_silent_respondent_is_never_quoted_from_a_questionnaire(acting: Acting) -> None:
    acting.send_link()
    acting.submit_materials()

    with pytest.raises(Conflict, match="North Process returned no questionnaire"):
        write(acting, basis=Basis.QUESTIONNAIRE)


def test_returned_questionnaire_can_be_quoted(acting: Acting) -> None:
    acting.answer(**REQUIRED)
    acting.submit()

    write(acting, basis=Basis.QUESTIONNAIRE)

    with acting.services.database.read() as session:
        (found,) = statements_of(session, acting.asked.invitation_id)
    assert found.basis is Basis.QUESTIONNAIRE


def test_material_of_another_respondent_is_refused(services: Services) -> None:
    north, south = (
        Acting(services, one) for one in open_a_round(services, keys=("north", "south"))
    )
    material = south.send_link()

    with pytest.raises(NotFound):
        write(north, basis=Basis.MATERIALS, material_id=material.id)


def test_material_that_was_taken_back_is_refused(acting: Acting) -> None:
    material = acting.send_link()
    acting.take_back(material)

    with pytest.raises(Conflict, match="was taken back"):
        write(acting, basis=Basis.MATERIALS, material_id=material.id)


def test_statement_on_an_unknown_invitation_is_not_found(acting: Acting) -> None:
    with pytest.raises(NotFound):
        write(acting, invitation_id=9999)


def test_coding_stands_beside_what_the_answers_suggest(acting: Acting, clock: SteppedClock) -> None:
    acting.answer(md_treatment="thematic")

    code(acting, "ad_hoc", "Named so by the documents")
    standing = acting.stand()

    assert (standing.category, standing.suggested) == ("ad_hoc", "thematic")
    with acting.services.database.read() as session:
        (coding,) = codings_of(session, acting.asked.invitation_id)
    assert (coding.category, coding.suggested, coding.override) == ("ad_hoc", "thematic", True)
    assert coding.coded_at == clock.now()


def test_agreement_and_absence_are_no_override(services: Services) -> None:
    agreed, silent = (
        Acting(services, one) for one in open_a_round(services, keys=("north", "south"))
    )
    agreed.answer(md_treatment="thematic")

    code(agreed, "thematic")
    code(silent, "none")

    with services.database.read() as session:
        (agreeing,) = codings_of(session, agreed.asked.invitation_id)
        (absent,) = codings_of(session, silent.asked.invitation_id)
    assert (agreeing.override, agreeing.suggested) == (False, "thematic")
    assert (absent.override, absent.suggested) == (False, None)


def test_earlier_coding_is_kept_and_the_newest_counts(acting: Acting, clock: SteppedClock) -> None:
    code(acting, "none")
    clock.move(days=1)
    code(acting, "thematic")

    with acting.services.database.read() as session:
        found = codings_of(session, acting.asked.invitation_id)

    assert [one.category for one in found] == ["thematic", "none"]
    assert acting.stand().category == "thematic"


@pytest.mark.parametrize(
    ("category", "rationale", "code_"),
    [("important", "Documents", "unknown-category"), ("none", " ", "empty")],
)
def test_coding_without_group_or_reason_is_refused(
    acting: Acting, category: str, rationale: str, code_: str
) -> None:
    with pytest.raises(Invalid) as caught:
        code(acting, category, rationale)

    assert [problem.code for problem in caught.value.problems] == [code_]
