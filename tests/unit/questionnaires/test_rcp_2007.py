"""The questionnaire of 2007 holds what the service and the synthesis build on."""

from questionnaires.catalogue import Catalogue
from questionnaires.marks import Mark
from questionnaires.models import Definition, Question, QuestionType


def test_it_has_34_questions_in_eight_sections(rcp: Definition) -> None:
    counts: dict[str, int] = {}
    for item in rcp.items:
        counts[item.code[0]] = counts.get(item.code[0], 0) + 1

    assert counts == {"A": 4, "B": 5, "C": 7, "D": 4, "E": 4, "F": 4, "G": 4, "H": 2}
    assert [item.code for item in rcp.items] == [
        f"{letter}{number}" for letter, count in counts.items() for number in range(1, count + 1)
    ]
    assert [section.name[-1].upper() for section in rcp.survey] == list(counts)


def test_core_is_17_questions_and_the_clearance(rcp: Definition) -> None:
    core = [item.code for item in rcp.items if item.core]
    in_panel = [question.name for question in rcp.panel_by_name.values() if question.core]

    assert " ".join(core) == "A1 A2 B5 C1 C3 C4 C5 D1 D2 E1 E2 E4 F1 F3 F4 G1 G3"
    assert in_panel == ["clearance_name"]


def test_dimensions_are_those_of_annex_b(rcp: Definition) -> None:
    names = [dimension.name for dimension in rcp.dimensions]

    assert names == ["band", *(f"B{number}" for number in range(1, 15))]


def test_every_question_says_where_it_comes_from(rcp: Definition) -> None:
    assert all(item.node.source for item in rcp.items)


def test_questions_feed_the_columns_that_the_table_gives(rcp: Definition) -> None:
    expected = {
        "A1": {"B14"}, "A2": set(), "A3": {"B14"}, "A4": set(),
        "B1": {"B1"}, "B2": {"B3"}, "B3": {"B3"}, "B4": {"B3"}, "B5": {"B5"},
        "C1": {"B4"}, "C2": {"B4", "B14"}, "C3": {"band"}, "C4": {"B5"}, "C5": {"B5"},
        "C6": {"B5"}, "C7": {"B5", "B13"},
        "D1": {"B6"}, "D2": {"B6"}, "D3": {"B6"}, "D4": {"B13"},
        "E1": {"B9"}, "E2": {"B9"}, "E3": {"B9"}, "E4": {"B10"},
        "F1": {"B7"}, "F2": {"B7"}, "F3": {"B8"}, "F4": {"B8"},
        "G1": {"B11"}, "G2": {"B11"}, "G3": {"B12"}, "G4": {"B12"},
        "H1": {"B13"}, "H2": {"B6"},
    }  # fmt: skip

    found = {
        item.code: {
            dimension
            for question in item.questions
            for dimension in rcp.dimensions_of(question.name)
        }
        for item in rcp.items
    }

    assert found == expected


def test_annex_a_knows_its_columns_by_concept(rcp: Definition) -> None:
    nodes = [*rcp.questions, *(item.node for item in rcp.items)]
    concepts = {
        node.concept for node in nodes if node.concept and node.concept.startswith("annex_a.")
    }

    assert concepts == {
        f"annex_a.{column}"
        for column in ("names", "year", "members", "secretariat", "themes", "priorities")
    }


def test_submission_panel_has_the_fields_that_the_service_expects(rcp: Definition) -> None:
    assert rcp.panel is not None
    assert rcp.panel.name == "submission"
    assert {name: question.type for name, question in rcp.panel_by_name.items()} == {
        "materials": QuestionType.FILE,
        "clearance_name": QuestionType.TEXT,
        "clearance_title": QuestionType.TEXT,
        "clearance_on": QuestionType.DATE,
        "declaration": QuestionType.SELECT_ONE,
        "decline_reason": QuestionType.TEXT,
        "minutes_spent": QuestionType.INTEGER,
    }
    assert len(rcp.options(rcp.panel_by_name["declaration"])) == 1


def test_attribution_has_the_three_answers_that_exports_know(rcp: Definition) -> None:
    names = [choice.name for choice in rcp.options(rcp.by_name["attribution"])]

    assert names == ["publish", "not_attributed", "background"]


def test_personal_data_is_the_contact_and_the_clearance(rcp: Definition) -> None:
    personal = [question.name for question in rcp.questions if question.personal]

    assert personal == ["resp_name", "resp_title", "resp_organisation", "resp_email"]
    assert rcp.panel_by_name["clearance_name"].personal


def test_option_other_has_its_text_and_only_then(rcp: Definition) -> None:
    choosing = [
        question
        for question in rcp.fields
        if any(choice.name == "other" for choice in rcp.options(question))
        and question.type is not QuestionType.RANK
    ]

    assert len(choosing) == 7
    for question in choosing:
        companion = rcp.by_name[f"{question.name}_other"]
        assert companion.type is QuestionType.TEXT
        assert companion.relevant is not None
        assert question.name in companion.relevant
        assert rcp.item_of[companion.name] is rcp.item_of[question.name]


def test_names_of_questions_are_no_marks(rcp: Definition) -> None:
    assert not {question.name for question in rcp.questions} & {str(mark) for mark in Mark}


def test_all_kinds_of_the_questionnaire_are_used(rcp: Definition) -> None:
    used = {question.type for question in rcp.questions}

    assert used >= {
        QuestionType.TEXT,
        QuestionType.INTEGER,
        QuestionType.DECIMAL,
        QuestionType.DATE,
        QuestionType.SELECT_ONE,
        QuestionType.SELECT_MULTIPLE,
        QuestionType.RANK,
        QuestionType.REPEAT,
        QuestionType.FILE,
        QuestionType.CALCULATE,
    }
    matrices = [item.node for item in rcp.items if not isinstance(item.node, Question)]
    assert any(group.is_matrix for group in matrices)


def test_labels_are_questions_or_titles_without_loose_ends(rcp: Definition) -> None:
    for question in [*rcp.questions, *rcp.panel_by_name.values()]:
        label = rcp.words(question.label)
        assert label == label.strip()
        assert "  " not in label
        assert not label.endswith((".", ","))


def test_catalogue_gives_the_same_definition_each_time(rcp: Definition) -> None:
    assert Catalogue().get("rcp-migration-development", "2007") == rcp
