"""Files, links and notes that a respondent sends."""

from io import BytesIO

import pytest

from app.bootstrap import Services
from app.errors import Invalid, NotFound, TooLarge, UnsupportedFile
from app.responses.drafts import Editor
from app.responses.models import Material, MaterialKind, Response, StoredAnswer
from app.responses.queries import material_by_key, materials_of
from app.responses.service.materials import add_file, add_link, add_note, remove_material
from app.responses.service.receive import receive_file
from questionnaires.models import Definition
from tests.fixtures.rounds import Asked, SteppedClock, open_a_round

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"
EDITOR = Editor("focal point")


def put_file(
    services: Services, asked: Asked, definition: Definition, *, questions: tuple[str, ...] = ()
) -> Material:
    file = receive_file(
        services.storage, file_name="../charter.pdf", stream=BytesIO(PDF), max_bytes=1000
    )
    with services.database.write() as session:
        return add_file(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            file=file,
            questions=questions,
            editor=EDITOR,
            clock=services.clock,
        )


def test_add_file_keeps_content_and_names_question(
    services: Services, asked: Asked, response: Response, definition: Definition
) -> None:
    first = put_file(services, asked, definition, questions=("md_founding_file", "md_founding"))
    second = put_file(services, asked, definition, questions=("md_founding_file",))

    with services.database.read() as session:
        answer = session.get_one(StoredAnswer, (response.id, "md_founding_file"))
        assert answer.value == f"{first.key},{second.key}"
        assert session.get(StoredAnswer, (response.id, "md_founding")) is None
    assert (first.title, first.file_name, first.media_type, first.size) == (
        "charter.pdf",
        "charter.pdf",
        "application/pdf",
        len(PDF),
    )
    with services.storage.open(first.storage_key or "") as stored:
        assert stored.read() == PDF


def test_remove_material_keeps_row_and_empties_answer(
    services: Services,
    asked: Asked,
    response: Response,
    definition: Definition,
    clock: SteppedClock,
) -> None:
    material = put_file(services, asked, definition, questions=("md_founding_file",))
    clock.move(minutes=1)

    with services.database.write() as session:
        remove_material(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            key=material.key,
            editor=EDITOR,
            clock=clock,
        )

    with services.database.read() as session:
        row = session.get_one(Material, material.id)
        assert row.removed_at == clock.now()
        assert materials_of(session, asked.invitation_id) == ()
        assert session.get_one(StoredAnswer, (response.id, "md_founding_file")).value is None
        assert material_by_key(session, invitation_id=asked.invitation_id, key=row.key) is None


def test_remove_material_of_another_invitation_is_not_found(
    services: Services, definition: Definition
) -> None:
    mine, theirs = open_a_round(services, keys=("mine", "theirs"))
    material = put_file(services, mine, definition)

    with services.database.write() as session, pytest.raises(NotFound):
        remove_material(
            session,
            invitation_id=theirs.invitation_id,
            definition=definition,
            key=material.key,
            editor=EDITOR,
            clock=services.clock,
        )


def test_receive_file_of_refused_type_names_what_is_taken(services: Services) -> None:
    with pytest.raises(UnsupportedFile) as refused:
        receive_file(services.storage, file_name="run.exe", stream=BytesIO(b"MZ"), max_bytes=1000)

    assert "pdf" in refused.value.mend


def test_receive_file_too_large_is_refused(services: Services) -> None:
    with pytest.raises(TooLarge):
        receive_file(
            services.storage, file_name="a.pdf", stream=BytesIO(PDF + b"x" * 1000), max_bytes=1000
        )


def test_add_link_not_of_a_web_page_is_refused(
    services: Services, asked: Asked, definition: Definition
) -> None:
    with services.database.write() as session, pytest.raises(Invalid) as refused:
        add_link(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            url="javascript:alert(1)",
            editor=EDITOR,
            clock=services.clock,
        )

    assert [problem.place for problem in refused.value.problems] == ["url"]


def test_add_link_and_note_are_listed_in_order(
    services: Services, asked: Asked, definition: Definition
) -> None:
    with services.database.write() as session:
        add_link(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            url=" https://www.example.org/report?year=2006 ",
            editor=EDITOR,
            clock=services.clock,
        )
        add_note(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            note="The annual report answers section D.",
            title="Where to look",
            questions=["outputs"],
            editor=EDITOR,
            clock=services.clock,
        )

    with services.database.read() as session:
        link, note = materials_of(session, asked.invitation_id)
    assert (link.kind, link.url, link.title) == (
        MaterialKind.LINK,
        "https://www.example.org/report?year=2006",
        "https://www.example.org/report?year=2006",
    )
    assert (note.kind, note.title, note.questions) == (
        MaterialKind.NOTE,
        "Where to look",
        ["outputs"],
    )


def test_add_note_with_faults_lists_each(
    services: Services, asked: Asked, definition: Definition
) -> None:
    with services.database.write() as session, pytest.raises(Invalid) as refused:
        add_note(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            note="x" * 100_001,
            title="x" * 301,
            questions=["no_such_question"],
            editor=EDITOR,
            clock=services.clock,
        )

    assert [problem.place for problem in refused.value.problems] == ["title", "note", "questions"]


def test_add_note_without_text_is_refused(
    services: Services, asked: Asked, definition: Definition
) -> None:
    with services.database.write() as session, pytest.raises(Invalid) as refused:
        add_note(
            session,
            invitation_id=asked.invitation_id,
            definition=definition,
            note=" \u200b\n",
            editor=EDITOR,
            clock=services.clock,
        )

    assert [problem.place for problem in refused.value.problems] == ["note"]
