"""Add what a respondent sends as evidence, tag it to questions, and take it back."""

import secrets
from collections.abc import Sequence

from sqlmodel import Session

from app.clock import Clock
from app.errors import Invalid, NotFound
from app.responses.drafts import Editor
from app.responses.models import Material, MaterialKind
from app.responses.queries import material_by_key, materials_of
from app.responses.rules import MAX_NOTE, MAX_TITLE, link_problems, too_long
from app.responses.service.attachments import name_attachments
from app.responses.service.hold import hold_open
from app.responses.service.receive import ReceivedFile
from app.storage.types import endings_of
from questionnaires.answered import is_answered
from questionnaires.models import Definition, Question, QuestionType
from questionnaires.problems import Problem

KINDS = {
    QuestionType.IMAGE: "a picture",
    QuestionType.AUDIO: "a recording",
    QuestionType.VIDEO: "a film",
}
"""What is asked for by questions that do not take every file."""
MAX_MATERIALS = 100
"""Materials that one invitation can hold."""


def add_file(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    file: ReceivedFile,
    title: str = "",
    note: str = "",
    questions: Sequence[str] = (),
    editor: Editor,
    by_analyst: bool = False,
    clock: Clock,
) -> Material:
    """Add a stored file. Raises ``Invalid``, ``AlreadyReturned`` or ``RoundClosed``.

    Whoever received the file deletes it from the storage when this fails.
    """
    return _add(
        session,
        Material(
            key=secrets.token_urlsafe(16),
            invitation_id=invitation_id,
            kind=MaterialKind.FILE,
            title=title.strip() or file.file_name,
            note=note,
            file_name=file.file_name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            storage_key=file.storage_key,
            questions=list(questions),
            added_by=editor.name,
            by_analyst=by_analyst,
            added_at=clock.now(),
        ),
        definition=definition,
        editor=editor,
        clock=clock,
    )


def add_link(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    url: str,
    title: str = "",
    note: str = "",
    questions: Sequence[str] = (),
    editor: Editor,
    by_analyst: bool = False,
    clock: Clock,
) -> Material:
    """Add the address of a web page. Raises ``Invalid``, ``AlreadyReturned``, ``RoundClosed``."""
    url = url.strip()
    problems = link_problems(url)
    if problems:
        raise Invalid(problems)
    return _add(
        session,
        Material(
            key=secrets.token_urlsafe(16),
            invitation_id=invitation_id,
            kind=MaterialKind.LINK,
            title=title.strip() or url[:MAX_TITLE],
            note=note,
            url=url,
            questions=list(questions),
            added_by=editor.name,
            by_analyst=by_analyst,
            added_at=clock.now(),
        ),
        definition=definition,
        editor=editor,
        clock=clock,
    )


def add_note(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    note: str,
    title: str = "",
    questions: Sequence[str] = (),
    editor: Editor,
    by_analyst: bool = False,
    clock: Clock,
) -> Material:
    """Add a text. Raises ``Invalid``, ``AlreadyReturned`` or ``RoundClosed``."""
    if not is_answered(note):
        raise Invalid(
            [
                _problem(
                    "empty-note",
                    "There is no file, no link and no text.",
                    "Give one of them.",
                    "note",
                )
            ]
        )
    return _add(
        session,
        Material(
            key=secrets.token_urlsafe(16),
            invitation_id=invitation_id,
            kind=MaterialKind.NOTE,
            title=title.strip() or "Note",
            note=note,
            questions=list(questions),
            added_by=editor.name,
            by_analyst=by_analyst,
            added_at=clock.now(),
        ),
        definition=definition,
        editor=editor,
        clock=clock,
    )


def remove_material(
    session: Session,
    *,
    invitation_id: int,
    definition: Definition,
    key: str,
    editor: Editor,
    clock: Clock,
) -> Material:
    """Take a material back. Its row and its file are kept; nobody is shown it any more."""
    hold_open(session, invitation_id=invitation_id, clock=clock, alone=True)
    material = material_by_key(session, invitation_id=invitation_id, key=key)
    if material is None:
        raise NotFound(
            "There is no such file, link or note in your return.", mend="Load the page again."
        )
    material.removed_at = clock.now()
    session.flush()
    name_attachments(
        session,
        invitation_id=invitation_id,
        definition=definition,
        questions=material.questions,
        editor=editor,
        clock=clock,
    )
    return material


def _add(
    session: Session, material: Material, *, definition: Definition, editor: Editor, clock: Clock
) -> Material:
    problems = _problems(material, definition)
    if problems:
        raise Invalid(problems)
    if not material.by_analyst:
        hold_open(session, invitation_id=material.invitation_id, clock=clock, alone=True)
        if len(materials_of(session, material.invitation_id)) >= MAX_MATERIALS:
            message = f"There are {MAX_MATERIALS} materials already; no more fit."
            raise Invalid([_problem("too-many", message, "Put several documents into one file.")])
    session.add(material)
    session.flush()
    if not material.by_analyst:
        name_attachments(
            session,
            invitation_id=material.invitation_id,
            definition=definition,
            questions=material.questions,
            editor=editor,
            clock=clock,
        )
    return material


def _problems(material: Material, definition: Definition) -> list[Problem]:
    problems = too_long(material.title, most=MAX_TITLE, what="The title", place="title")
    problems += too_long(material.note, most=MAX_NOTE, what="The note", place="note")
    known = {*definition.by_name, *definition.panel_by_name}
    unknown = [name for name in material.questions if name not in known]
    if unknown:
        message = f"The questionnaire has no question «{unknown[0][:64]}»."
        problems.append(_problem("unknown-question", message, "Load the page again.", "questions"))
    problems += [
        problem
        for name in material.questions
        if (problem := _of_another_kind(material, definition.by_name.get(name))) is not None
    ]
    return problems


def _of_another_kind(material: Material, question: Question | None) -> Problem | None:
    """A file that is no picture, where a picture is asked for; a link or note is taken on trust."""
    if question is None or question.type not in KINDS or material.kind is not MaterialKind.FILE:
        return None
    if material.media_type.startswith(f"{question.type}/"):
        return None
    taken = ", ".join(f".{ending}" for ending in endings_of(question.type))
    return _problem(
        "another-kind-of-file",
        f"«{material.file_name}» is not {KINDS[question.type]}, which a question it is for asks.",
        f"Give a file of one of the types {taken}, or take the question out.",
    )


def _problem(code: str, message: str, mend: str, place: str = "file") -> Problem:
    return Problem(code=code, message=message, mend=mend, place=place)
