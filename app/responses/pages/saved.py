"""What became of the fields that were posted, and what it may have changed in the form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.responses.desk import Desk
from app.responses.drafts import Content, Kept, Refused, Saved, Stale
from app.responses.pages.dependents import dependents_of, limited_by
from app.responses.pages.fields import Attempt
from app.responses.pages.filled import is_gap
from app.responses.pages.items import hidden_fields
from app.responses.queries import answers_of
from app.responses.rules import seed_of
from questionnaires.answers import Answers
from questionnaires.models import Definition, Group, QuestionType
from questionnaires.routing import Route, route
from questionnaires.validation import check_submission


@dataclass(frozen=True)
class SavedFields:
    """What became of a post of some questions of a section."""

    desk: Desk
    definition: Definition
    section: Group
    attempts: Mapping[str, Attempt]
    noticed: Collection[tuple[str, int]] = ()
    """Answers, with their revision, of which the page said that they must be corrected."""

    @cached_property
    def changed(self) -> Mapping[str, Saved]:
        """The questions whose answer is another than before."""
        return {
            name: attempt.result
            for name, attempt in self.attempts.items()
            if isinstance(attempt.result, Saved) and attempt.result.changed
        }

    @cached_property
    def dependents(self) -> set[str]:
        """The questions and groups, of the whole form, that what has changed may change."""
        return dependents_of(self.definition, self.changed)

    @cached_property
    def limited(self) -> set[str]:
        """The questions whose constraints look at what has changed, or at what follows from it."""
        return limited_by(self.definition, self.dependents | set(self.changed))

    @cached_property
    def emptied(self) -> set[str]:
        """Questions whose answer gave way to a reason for none, or to somebody else's answer."""
        return {
            name
            for name, attempt in self.attempts.items()
            if isinstance(attempt.result, Saved)
            and (
                (attempt.result.content.missing is not None and bool(attempt.posted.fields))
                or attempt.posted.keep
            )
        }

    def route(self, answers: Answers) -> Route:
        """The way through the form that some answers make, at the moment of this post."""
        held = self.desk.held
        return route(
            self.definition,
            answers,
            today=held.today,
            now=held.moment,
            seed=seed_of(self.desk.response.id),
        )

    @property
    def is_plain(self) -> bool:
        """Whether there is no more to say than «saved», of these questions and of all others."""
        return not (
            self.dependents
            or self.limited
            or self.emptied
            or any(_needs_a_look(self.definition, attempt) for attempt in self.attempts.values())
        )

    @property
    def status_code(self) -> int:
        """409 when something had been changed meanwhile, 422 when something cannot be saved."""
        kinds = {type(attempt.result) for attempt in self.attempts.values()}
        if Stale in kinds:
            return 409
        return 422 if Refused in kinds else 200

    def unnoticed(self, kept: Mapping[str, Kept], answers: Answers, path: Route) -> set[str]:
        """The questions of the section that must be corrected, and nobody was told so before."""
        own = {question.name for question in self.section.questions()}
        problems = check_submission(self.definition, answers, today=self.desk.held.today, path=path)
        wrong = {problem.place.partition(".")[0] for problem in problems if not is_gap(problem)}
        return {name for name in wrong & own if (name, kept[name].revision) not in self.noticed}

    def appeared(self, kept: Mapping[str, Kept], path: Route) -> int:
        """How many more fields of the section are asked than before, on the way they lie now."""
        earlier = {
            name: Kept(saved.previous, saved.revision, "", saved.at)
            for name, saved in self.changed.items()
        }
        answers = answers_of(self.definition, {**kept, **earlier})
        before = self.route(answers)
        return hidden_fields(before, self.section) - hidden_fields(path, self.section)


def _needs_a_look(definition: Definition, attempt: Attempt) -> bool:
    """Whether there may be more to say than «saved»: messages, or how far the section is."""
    result = attempt.result
    if not isinstance(result, Saved):
        return True
    question = definition.by_name[attempt.posted.question]
    bounded = question.constraint is not None or question.choice_filter is not None
    settled = _is_settled(result.content) is not _is_settled(result.previous)
    return bounded or question.type is QuestionType.REPEAT or (result.changed and settled)


def _is_settled(content: Content) -> bool:
    return content.missing is not None or content.value is not None
