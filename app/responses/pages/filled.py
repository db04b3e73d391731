"""A respondent's form as it stands: definition, answers, route, progress, in a few queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from app.responses.access import RespondentIdentity, definition_for
from app.responses.drafts import Kept
from app.responses.language import as_said, problem_said, words_said
from app.responses.models import Material, Submission
from app.responses.pages.from_registry import FromRegistry, from_registry
from app.responses.pages.views import Document
from app.responses.queries import answers_of, kept_answers, materials_of, standing_return
from questionnaires.answers import Answers
from questionnaires.completeness import FormProgress, progress
from questionnaires.languages import form_language
from questionnaires.models import Definition, Group, Question
from questionnaires.placeholders import filled_in
from questionnaires.problems import Problem
from questionnaires.routing import Route, route
from questionnaires.validation import check_submission

MEDIA = "/form/media"


@dataclass(frozen=True, slots=True)
class Filled:
    """What the pages of a form are made of."""

    identity: RespondentIdentity
    definition: Definition
    language: str
    """The one of the form's languages that its texts are shown in, as far as it has them."""
    kept: dict[str, Kept]
    answers: Answers
    route: Route
    progress: FormProgress
    problems: tuple[Problem, ...]
    """What stands in the way of submitting."""
    materials: tuple[Material, ...]
    returned: Submission | None
    registry: FromRegistry = field(default_factory=FromRegistry)
    """What can be suggested from the registry."""
    media: str = MEDIA
    """Below which address its pictures are."""

    @property
    def saved_at(self) -> datetime | None:
        """When something was saved last."""
        return max((kept.at for kept in self.kept.values()), default=None)

    @property
    def sections(self) -> tuple[Group, ...]:
        """The sections that are asked, in order."""
        return asked_sections(self.definition, self.route)

    @property
    def to_correct(self) -> Mapping[str, Sequence[Problem]]:
        """What is wrong with an answer, by its question; a gap is not among it."""
        found: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            if not is_gap(problem):
                found[problem.place.partition(".")[0]].append(problem)
        return found

    def documents(self, questions: Sequence[Question]) -> tuple[Document, ...]:
        """The materials that are tagged with some of these questions."""
        names = {question.name for question in questions}
        return tuple(
            Document(
                key=row.key,
                title=row.title,
                kind=row.kind.value,
                url=row.url,
                is_picture=row.media_type.startswith("image/"),
            )
            for row in self.materials
            if names & set(row.questions)
        )

    def picture(self, question: Question) -> str:
        """The address of the picture beside a label; empty without one."""
        name = self.words(question.image)
        return f"{self.media}/{name}" if name else ""

    def words(self, text: Mapping[str, str]) -> str:
        """A text in the respondent's language, where the questionnaire has it."""
        return with_answers(
            words_said(self.definition, text, self.language),
            self.definition,
            self.route,
            self.language,
        )


def is_gap(problem: Problem) -> bool:
    """Whether a question has no answer, rather than one that must be corrected."""
    return problem.code == "required" and "." not in problem.place


def with_answers(words: str, definition: Definition, path: Route, language: str) -> str:
    """Words with answers in place of references to them."""
    return as_said(words, filled_in(words, definition, path.values, language))


def _problem_said(definition: Definition, problem: Problem, path: Route, language: str) -> Problem:
    said = problem_said(definition, problem, language)
    message = with_answers(said.message, definition, path, language)
    return said if message == said.message else said.model_copy(update={"message": message})


def asked_sections(definition: Definition, path: Route) -> tuple[Group, ...]:
    """The sections that are asked, in order."""
    return tuple(section for section in definition.survey if section.name in path.groups)


def read_form(session: Session, identity: RespondentIdentity) -> Filled:
    """The form of a respondent."""
    definition = definition_for(session, identity)
    return filled_form(
        identity,
        definition,
        kept_answers(session, identity.response.id),
        materials=materials_of(session, identity.invitation_id),
        returned=standing_return(session, identity.invitation_id),
        registry=from_registry(session, identity, definition),
    )


def filled_form(
    identity: RespondentIdentity,
    definition: Definition,
    kept: dict[str, Kept],
    *,
    materials: tuple[Material, ...] = (),
    returned: Submission | None = None,
    registry: FromRegistry | None = None,
    media: str = MEDIA,
) -> Filled:
    """A form with answers in it, wherever they come from."""
    answers = answers_of(definition, kept)
    language = form_language(definition, identity.chosen_language, identity.language)
    today = identity.today
    path = route(definition, answers, today=today, now=identity.moment, seed=identity.seed)
    return Filled(
        identity=identity,
        definition=definition,
        language=language,
        kept=kept,
        answers=answers,
        route=path,
        progress=progress(definition, answers, today=today, path=path),
        problems=tuple(
            _problem_said(definition, problem, path, language)
            for problem in check_submission(definition, answers, today=today, path=path)
        ),
        materials=materials,
        returned=returned,
        registry=registry or FromRegistry(),
        media=media,
    )
