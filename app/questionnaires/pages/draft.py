"""The page of a draft: what is to be mended, what can be tried; and the one that publishes it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from fastapi import Request, Response
from sqlmodel import Session, col, func, select

from app.errors import Conflict
from app.questionnaires.access import DraftAccess
from app.questionnaires.changed import compare_versions
from app.questionnaires.form_files import NAMES
from app.questionnaires.models import Publication, QuestionnaireDraft, TestAnswer
from app.questionnaires.pictures import MOST_BYTES as MOST_OF_A_PICTURE
from app.questionnaires.pictures import Picture, draft_pictures
from app.questionnaires.published import published_definitions
from app.questionnaires.queries import (
    definition_of_draft,
    not_kept_of_draft,
    problems_of_draft,
)
from app.questionnaires.service.publish import MOST_NOTES
from app.questionnaires.standing import in_the_way
from app.questionnaires.translations import TRANSLATED_SINCE
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES, endings
from app.rounds.models import QuestionnaireVersion, Survey
from app.web.pages import page
from questionnaires.models import Definition, Question
from questionnaires.patches import parts_of
from questionnaires.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture that a form shows, and the file of it, if there is one."""

    name: str
    labels: tuple[str, ...]
    """What it stands beside."""
    there: Picture | None

    @property
    def ending(self) -> str:
        """How its name ends, and so the name of a file that can be chosen for it."""
        return PurePath(self.name).suffix


def draft_page(
    request: Request,
    session: Session,
    access: DraftAccess,
    *,
    done: str = "",
    problems: Sequence[Problem] = (),
    existing: QuestionnaireDraft | None = None,
    unillustrated: Sequence[Problem] = (),
    unsure: Sequence[Problem] = (),
    status: int = 200,
) -> Response:
    """What a draft's file says and what is wrong with it.

    ``problems`` are of the last upload, ``existing`` is another draft that was in its way;
    ``unillustrated`` says why a picture was not taken, ``unsure`` why the draft is still there.
    """
    draft = access.draft
    catalogue = request.app.state.services.catalogue
    found = problems_of_draft(draft)
    definition = definition_of_draft(draft)
    published: tuple[Definition, ...] = ()
    standing: list[Problem] = []
    pictures: list[ShownPicture] = []
    if definition is not None:
        published = published_definitions(session, catalogue, draft.slug)
        there = draft_pictures(session, catalogue, access.draft_id, definition)
        standing = in_the_way(draft, definition, published, there)
        pictures = shown_pictures(definition, there)
    context = {
        "draft": draft,
        "definition": definition,
        "errors": [one for one in found if one.severity is Severity.ERROR],
        "warnings": [one for one in found if one.severity is Severity.WARNING],
        "not_kept": not_kept_of_draft(draft),
        "translated_since": any(one.code == TRANSLATED_SINCE for one in found),
        "standing": standing,
        "pictures": pictures,
        "published": list(reversed(published)),
        "tests": _tests(session, access),
        "may_publish": access.may_publish,
        "formats": NAMES,
        "endings": endings(),
        "megabytes": MOST_BYTES // MEGABYTE,
        "picture_megabytes": MOST_OF_A_PICTURE // MEGABYTE,
        "upload_problems": problems,
        "existing": existing,
        "unillustrated": unillustrated,
        "unsure": unsure,
        "done": done,
    }
    return page(request, "questionnaires/draft.html", context, status=status)


def publish_page(
    request: Request,
    session: Session,
    access: DraftAccess,
    *,
    notes: str | None = None,
    problems: Sequence[Problem] = (),
) -> Response:
    """Everything that follows from publishing, before it is done."""
    draft = access.draft
    definition = definition_of_draft(draft)
    if definition is None:
        raise Conflict(
            "This draft still has faults, so it cannot be published.",
            mend="Mend the file and upload it again.",
        )
    catalogue = request.app.state.services.catalogue
    published = published_definitions(session, catalogue, draft.slug)
    pictures = draft_pictures(session, catalogue, access.draft_id, definition)
    corrected = definition.settings.corrects
    before = next((one for one in published if one.version == corrected), None)
    if before is None and published:
        before = published[-1]
    surveys = session.exec(
        select(Survey).where(Survey.questionnaire == draft.slug).order_by(col(Survey.title))
    ).all()
    context = {
        "draft": draft,
        "definition": definition,
        "is_patch": corrected is not None,
        "before": before,
        "compared": compare_versions(before, definition) if before is not None else None,
        "surveys": surveys,
        "tests": _tests(session, access),
        "standing": in_the_way(draft, definition, published, pictures),
        "pictures": len(pictures),
        "not_kept": not_kept_of_draft(draft),
        "may_publish": access.may_publish,
        "notes": _suggested_notes(session, definition, published) if notes is None else notes,
        "problems": problems,
        "notes_problems": [problem for problem in problems if problem.place == "notes"],
        "longest_notes": MOST_NOTES,
    }
    return page(request, "questionnaires/publish.html", context, status=422 if problems else 200)


def _suggested_notes(
    session: Session, definition: Definition, published: Sequence[Definition]
) -> str:
    """The notes in a draft's file, unless they were left standing from an earlier version."""
    own = definition.words(definition.settings.notes)
    said = session.exec(
        select(Publication.notes)
        .join(QuestionnaireVersion, col(QuestionnaireVersion.id) == col(Publication.version_id))
        .where(QuestionnaireVersion.slug == definition.slug)
    )
    return "" if own in {*said, *(one.words(one.settings.notes) for one in published)} else own


def shown_pictures(definition: Definition, there: Mapping[str, Picture]) -> list[ShownPicture]:
    """Every picture that a form shows, in the order of the form, with what it stands beside."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for _, part in parts_of(definition):
        if isinstance(part, Question):
            for name in dict.fromkeys(part.image.values()):
                beside[name].append(definition.words(part.label) or part.name)
    return [ShownPicture(name, tuple(labels), there.get(name)) for name, labels in beside.items()]


def _tests(session: Session, access: DraftAccess) -> int:
    """How many test answers hang on a draft, of everybody."""
    return session.exec(
        select(func.count()).where(col(TestAnswer.draft_id) == access.draft_id)
    ).one()
