"""Build the view of one question: from what is stored, or from what was posted and not saved."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.responses.drafts import Content, Kept, Refused, Result, Stale
from app.responses.fields import MINE, THEIRS, Posted, posted_of
from app.responses.form_words import form_words
from app.responses.pages.filled import Filled
from app.responses.pages.macros import MACROS
from app.responses.pages.options import awaited_by, options_in_list, places_of
from app.responses.pages.scales import marks_of, scale_in_words
from app.responses.pages.suggestions import derived_words, suggested
from app.responses.pages.tables import TableBuilder
from app.responses.pages.views import (
    Conflict,
    Field,
    Guidance,
    Option,
    Suggestion,
)
from app.responses.words import content_in_words, repeats
from questionnaires.appearances import MINIMAL, MULTILINE, has, layout_of
from questionnaires.kinds import MAX_ROWS, MAX_TEXT
from questionnaires.kinds.places import PARTS
from questionnaires.models import UPLOADS, Choice, Question, QuestionType
from questionnaires.problems import Problem
from questionnaires.routing import offered_choices
from questionnaires.validation import accepted_missing

MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was posted for a question and what became of it."""

    posted: Posted
    result: Result


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a field is filled with: what is kept, suggested, or was posted and not taken."""

    posted: Posted
    problems: tuple[Problem, ...] = ()
    conflict: Conflict | None = None
    suggestion: Suggestion | None = None


class FieldBuilder:
    """Builds the views of a form's questions."""

    def __init__(
        self,
        filled: Filled,
        attempts: Mapping[str, Attempt],
        *,
        rows: Mapping[str, int] | None = None,
    ) -> None:
        self.filled = filled
        self.definition = filled.definition
        self.attempts = attempts
        self.rows = rows or {}
        """How many rows a table is to show at least."""
        self.remarks = filled.to_correct
        self.ours = form_words(filled.language)

    def field(self, question: Question, *, heading: str = "") -> Field:
        """The view of one question."""
        name = question.name
        kept = self.filled.kept.get(name)
        attempt = self.attempts.get(name)
        shown = self._shown(question, kept, attempt)
        posted, problems, conflict = shown.posted, shown.problems, shown.conflict
        raw = posted.fields.get(name, ())
        choices = self._choices(question)
        label = self.words(question.label)
        table = TableBuilder(self.definition, question, self.words, self.filled.registry.names_for)
        rows = table.rows(posted.fields, at_least=self.rows.get(name, 0))
        text = raw[0] if raw else ""
        marks = marks_of(question, text)
        return Field(
            name=name,
            kind="select_one" if marks else self._kind(question),
            label=label,
            label_repeats=bool(heading) and repeats(heading, label),
            hint=self.words(question.hint),
            guidance=self.guidance(question, *question.columns),
            required=question.required,
            revision=posted.seen,
            text=derived_words(self.filled, question) if question.readonly else text,
            options=marks or options_in_list(question, choices, raw, self.words),
            places=places_of(question, choices, raw, self.words),
            columns=table.columns,
            rows=rows,
            blank_row=table.blank_row,
            can_grow=len(rows) < (question.max_rows or MAX_ROWS),
            missing=posted.missing,
            missing_options=self._missing(question, posted.missing),
            problems=tuple(problem for problem in problems if ":" not in problem.place),
            remarks=() if problems or conflict else tuple(self.remarks.get(name, ())),
            conflict=conflict,
            documents=self.filled.documents((question,)),
            limit=MAX_TEXT,
            lines=_lines(question),
            look="row" if marks else layout_of(question),
            parts=self._parts(question, posted),
            scale=self._scale(question) if not marks else "",
            picture=self.filled.picture(question),
            names=self.filled.registry.names_for(question),
            upload=question.type.value if question.type in UPLOADS else "",
            awaited=awaited_by(self.filled, question) if question.list_name and not choices else (),
            suggestion=shown.suggestion,
            ours=self.ours,
        )

    def _scale(self, question: Question) -> str:
        if question.type is QuestionType.DATETIME:
            return f"In the time of {self.filled.identity.zone}"
        return scale_in_words(question)

    def _parts(self, question: Question, posted: Posted) -> tuple[tuple[str, str, str], ...]:
        if question.type is not QuestionType.GEOPOINT:
            return ()
        texts = {part: posted.fields.get(f"{question.name}.{part}", ()) for part in PARTS}
        named = {"latitude": self.ours.latitude, "longitude": self.ours.longitude}
        return tuple((part, named[part], next(iter(raw), "")) for part, raw in texts.items())

    def words(self, text: Mapping[str, str]) -> str:
        """A text in the respondent's language."""
        return self.filled.words(text)

    def guidance(self, question: Question | None, *parts: Question) -> tuple[Guidance, ...]:
        """More about a question, and about its columns or rows by their labels."""
        own = self.words(question.guidance_hint) if question is not None else ""
        about = [Guidance("", own)] if own else []
        for part in parts:
            text = self.words(part.guidance_hint)
            if text:
                about.append(Guidance(self.words(part.label), text))
        return tuple(about)

    def _kind(self, question: Question) -> str:
        if question.readonly:
            return "readonly"
        if question.type is QuestionType.TEXT and (has(question, MULTILINE) or _lines(question)):
            return "long_text"
        if question.type is QuestionType.SELECT_ONE and has(question, MINIMAL):
            return "select_list"
        return MACROS[question.type]

    def _shown(self, question: Question, kept: Kept | None, attempt: Attempt | None) -> _Shown:
        match attempt:
            case Attempt(posted, Refused(_, problems)):
                return _Shown(posted, problems)
            case Attempt(posted, Stale() as stale):
                return _Shown(posted, conflict=self._conflict(question, stale))
            case _:
                content = kept.content if kept is not None else Content()
                revision = kept.revision if kept is not None else 0
                offer = suggested(self.filled, question, kept)
                posted = posted_of(
                    question,
                    offer.content if offer is not None else content,
                    revision=revision,
                    zone=self.filled.identity.zone_info,
                )
                return _Shown(posted, suggestion=offer.words if offer is not None else None)

    def _conflict(self, question: Question, stale: Stale) -> Conflict:
        return Conflict(
            editor=stale.theirs.editor,
            at=stale.theirs.at,
            theirs=self._in_words(question, stale.theirs.content),
            mine=self._in_words(question, stale.mine),
            keep_mine=f"{MINE}{stale.theirs.revision}",
            keep_theirs=THEIRS,
        )

    def _in_words(self, question: Question, content: Content) -> str:
        return content_in_words(question, self.definition, content, language=self.filled.language)

    def _choices(self, question: Question) -> tuple[Choice, ...]:
        if question.list_name is None:
            return ()
        return offered_choices(self.definition, question, self.filled.route)

    def _missing(self, question: Question, chosen: str) -> tuple[Option, ...]:
        accepted = accepted_missing(question)
        return tuple(
            Option(code.value, words, chosen=code.value == chosen)
            for code, words in self.ours.reasons.items()
            if code in accepted
        )


def _lines(question: Question) -> int:
    """How many lines the questionnaire wants a text to have; 0 when it does not say."""
    wanted = question.parameters.get("rows", "") if question.type is QuestionType.TEXT else ""
    return min(int(wanted), MOST_LINES) if wanted.isdecimal() else 0
