"""Answers condensed for the cells of a synthesis."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer, Point, Row, Value
from questionnaires.condense import MAX_WORDS, statements
from questionnaires.models import Definition, MissingCode
from questionnaires.routing import route
from tests.unit.questionnaires.strategies import TODAY, answers


def _said(definition: Definition, **values: Value) -> dict[str, list[str]]:
    given_answers = {name: Answer(value=value) for name, value in values.items()}
    path = route(definition, given_answers, today=TODAY)
    found = statements(definition, given_answers, path)
    return {name: [statement.text for statement in said] for name, said in found.items()}


def test_choice_is_shown_with_its_short_label(rcp: Definition) -> None:
    assert _said(rcp, md_founding="priority") == {
        "B4": ["In founding documents: Yes, as a priority or an explicit goal"]
    }


def test_text_beside_other_explains_the_choice(rcp: Definition) -> None:
    said = _said(rcp, themes=("smuggling", "other"), themes_other="Seasonal\n work")

    assert said == {"B5": ["Main themes: Smuggling of migrants; Another theme (Seasonal work)"]}


def test_text_beside_other_is_not_shown_once_other_is_taken_back(rcp: Definition) -> None:
    said = _said(rcp, themes=("smuggling",), themes_other="Seasonal work")

    assert said == {"B5": ["Main themes: Smuggling of migrants"]}


def test_ranking_is_shown_in_its_order(rcp: Definition) -> None:
    said = _said(rcp, themes=("smuggling", "health"), themes_top=("health", "smuggling"))

    assert said["B5"][1] == (
        "Most important themes: 1. Migration and health; 2. Smuggling of migrants"
    )


def test_matrix_is_shown_by_option(rcp: Definition) -> None:
    said = _said(
        rcp,
        ministries_interior=("founding", "regular"),
        ministries_justice=("regular",),
        ministries_health=("ad_hoc",),
        ministries_other=("ad_hoc",),
        ministries_other_name="Tourism",
        ministries_gender=("never",),
    )

    assert said == {
        "B7": [
            "Ministries invited – At the founding meeting: Interior",
            "Ministries invited – Regularly: Interior, Justice",
            (
                "Ministries invited – Ad hoc, when the theme calls for it: "
                "Health, Another ministry or agency (Tourism)"
            ),
            "Ministries invited – Never: Gender or Women's Affairs",
        ]
    }


def test_table_is_shown_row_by_row(rcp: Definition) -> None:
    said = _said(
        rcp,
        output_types=("workshop",),
        outputs=(
            {"output_title": "Remittances", "output_place": "Mexico", "output_status": "done"},
            {"output_title": " "},
            {"output_title": "Diasporas"},
        ),
    )

    assert said["B6"] == [
        "Kinds of output: Workshop or seminar",
        "Outputs: Remittances (Mexico, Done); Diasporas",
    ]


def test_table_can_be_grouped_by_a_column(rcp: Definition) -> None:
    rows: tuple[Row, ...] = (
        {"member_state": "Atlantis", "member_role": "member", "member_since": 1996},
        {"member_state": "Laputa", "member_role": "observer"},
        {"member_state": "Lilliput", "member_role": "member"},
        {"member_state": "Utopia"},
    )

    line = _said(rcp, members=rows)["B3"][0]

    assert line == (
        "Participation: Participating State: Atlantis (1996), Lilliput; Observer: Laputa; Utopia"
    )


def test_row_that_only_says_its_group_is_not_lost(rcp: Definition) -> None:
    said = _said(rcp, rcp_links=({"link_kind": "joint_workshop"},))

    assert said == {"B11": ["Exchanges with other RCPs: Joint workshop: –"]}


@pytest.mark.parametrize("consent", ["anonymous", "no", None])
def test_practice_is_not_shown_without_the_consent_to_publish_it(
    rcp: Definition, consent: str | None
) -> None:
    values: dict[str, Value] = {"good_practice": "A regional training centre"}
    if consent is not None:
        values["good_practice_consent"] = consent

    assert _said(rcp, **values) == {}


def test_statement_stands_in_every_dimension_of_its_question(rcp: Definition) -> None:
    said = _said(rcp, md_treatment="not_addressed", md_not_reason=("resources",))

    line = "Not addressed because: Resources are lacking"
    assert said == {"band": ["Treatment today: It is not addressed"], "B5": [line], "B13": [line]}


def test_long_text_is_shortened_visibly(rcp: Definition) -> None:
    said = _said(rcp, good_practice="word " * 200, good_practice_consent="publish")

    text = said["B6"][0]
    assert text.endswith("…")
    assert len(text) <= MAX_WORDS + len("Good practice: ")


def test_personal_data_hidden_answers_and_missing_codes_are_not_shown(rcp: Definition) -> None:
    given_answers = {
        "resp_name": Answer(value="A person"),
        "resp_email": Answer(value="office@example.org"),
        "md_frequency": Answer(value="every"),
        "md_treatment": Answer(value="not_addressed"),
        "composition": Answer(missing=MissingCode.DONT_KNOW),
        "md_founding_file": Answer(value="key"),
    }
    path = route(rcp, given_answers, today=TODAY)

    found = statements(rcp, given_answers, path)

    assert set(found) == {"band"}


def test_statement_is_in_the_language_asked_for(rcp: Definition) -> None:
    given_answers = {"md_founding": Answer(value="priority")}
    path = route(rcp, given_answers, today=TODAY)

    fallback = statements(rcp, given_answers, path, language="fr")

    assert fallback == statements(rcp, given_answers, path, language="en")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_statements_come_from_asked_questions_and_fit_one_line(
    rcp: Definition, data: st.DataObject
) -> None:
    given_answers = data.draw(answers(rcp))
    path = route(rcp, given_answers, today=TODAY)
    dimensions = {dimension.name for dimension in rcp.dimensions}

    for dimension, said in statements(rcp, given_answers, path).items():
        assert dimension in dimensions
        assert said
        for statement in said:
            assert statement.question in path.asked
            assert not rcp.by_name[statement.question].personal
            assert "\n" not in statement.text


def test_every_kind_is_said_in_one_line(every_kind: Definition) -> None:
    section = every_kind.survey[0].model_copy(update={"dimension": "P1"})
    form = Definition(settings=every_kind.settings, choices=every_kind.choices, survey=(section,))

    said = _said(
        form,
        agreement=4.5,
        opens_at="09:30",
        meeting="2026-07-15T10:00+02:00",
        read_it="OK",
        seat=Point(-1.2921, 36),
        emblem="key1",
        anthem="key2",
        film="key3",
    )

    assert said == {
        "P1": [
            "Agreement: 4.5",
            "It opens at: 09:30",
            "The next meeting: 2026-07-15 10:00 (UTC+02:00)",
            "I have read this: OK",
            "The seat: -1.2921, 36",
        ]
    }


def test_readonly_question_is_said_with_what_it_comes_to(ways: Definition) -> None:
    section = ways.section("section_b").model_copy(update={"dimension": "P1"})
    form = Definition(settings=ways.settings, choices=ways.choices, survey=(section,))

    assert "Reference of this return: spring-2026" in _said(form, year=2026)["P1"]
