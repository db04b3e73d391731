"""The numbers of the sources."""

from datetime import UTC, datetime

from app.responses.models import Material, MaterialKind
from app.synthesis.concepts import CONCEPTS, SHARED_CELLS, introduced
from app.synthesis.models import Statement
from app.synthesis.sources import number_sources
from exports.records import Basis
from questionnaires.models import Definition, Group, Question, QuestionType, Settings

FORM = Definition(
    settings=Settings(form_id="short", version="1", form_title={"en": "Short"}),
    survey=(
        Group(
            name="section_a",
            label={"en": "A"},
            children=(
                Question(name="outputs", type=QuestionType.TEXT, label={"en": "Which?"}, code="D2"),
                Question(name="practice", type=QuestionType.FILE, label={"en": "Practice"}),
            ),
        ),
    ),
)
AT = datetime(2027, 3, 10, tzinfo=UTC)


def statement(basis: Basis, document: str = "", material_id: int | None = None) -> Statement:
    return Statement(
        invitation_id=1,
        dimension="B6",
        position=1,
        text="Issues recommendations",
        basis=basis,
        document=document,
        material_id=material_id,
        author="analyst",
        written_at=AT,
    )


def material(id_: int) -> Material:
    return Material(
        id=id_,
        key=f"key-{id_}",
        invitation_id=1,
        kind=MaterialKind.LINK,
        title=f"Material {id_}",
        url="https://north.example.org",
        added_by="focal point",
        added_at=AT,
    )


def test_document_cited_often_has_one_number() -> None:
    cited = [statement(Basis.LITERATURE, "Yearbook") for _ in range(3)]

    sources = number_sources(cited, [], FORM)

    assert [(one.number, one.title) for one in sources.entries] == [(1, "Yearbook")]
    assert {sources.number_of(one) for one in cited} == {1}


def test_statement_without_a_source_has_no_number() -> None:
    sources = number_sources([], [(material(4), "north")], FORM)

    assert sources.number_of(statement(Basis.IOM_EXPERIENCE)) is None


def test_material_goes_before_the_document_it_was_found_with() -> None:
    cited = statement(Basis.MATERIALS, "Yearbook", material_id=4)

    sources = number_sources([cited], [(material(4), "north")], FORM)

    assert sources.number_of(cited) == 2


def test_document_is_of_the_kind_most_statements_say() -> None:
    cited = [
        statement(Basis.OFFICIAL_NAME, "Paper"),
        statement(Basis.PAPER_TEXT, "Paper"),
        statement(Basis.PAPER_TEXT, "Paper"),
    ]

    (paper,) = number_sources(cited, [], FORM).entries

    assert paper.basis is Basis.PAPER_TEXT
    assert paper.note == "L with a number is a line of the paper's text."


def test_file_is_described_so_that_it_can_be_recognised() -> None:
    file = material(4)
    file.kind, file.url = MaterialKind.FILE, ""
    file.file_name, file.size, file.sha256 = "plan.pdf", 12345, "ab" * 32
    file.questions = ["outputs", "practice", "left"]
    file.note = "As agreed."

    (entry,) = number_sources([], [(file, "north")], FORM).entries

    assert entry.note == (
        f"file plan.pdf; 12,345 bytes; sha256 {'ab' * 32}; for question D2, «Practice», "
        "a question that is no longer asked (left); sent by the respondent; "
        "added 2027-03-10. As agreed."
    )
    assert (entry.basis, entry.respondent) == (Basis.MATERIALS, "north")


def test_statement_says_what_it_is_about_where_cells_are_shared() -> None:
    assert introduced("level", "ministerial") == "Level: ministerial"
    assert introduced("output", "Plan of action") == "Plan of action"
    assert introduced("", "Anything") == "Anything"
    assert set(CONCEPTS) >= SHARED_CELLS
