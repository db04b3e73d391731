"""Build the view of one question: from what is stored, or from what was posted and not saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.responses.drafts import Content, Kept, Refused, Result, Stale
from app.responses.fields import MINE, THEIRS, Posted, posted_of
from app.responses.pages.filled import Filled
from app.responses.pages.views import (
    Cell,
    Column,
    Conflict,
    Field,
    Guidance,
    Option,
    TableRow,
)
from app.responses.words import MISSING, content_in_words, repeats
from questionnaires.kinds import MAX_ROWS, MAX_TEXT
from questionnaires.kinds.choices import top_of
from questionnaires.models import Choice, Question, QuestionType
from questionnaires.problems import Problem
from questionnaires.routing import offered_choices
from questionnaires.validation import accepted_missing

KINDS = {
    QuestionType.TEXT: "text",
    QuestionType.INTEGER: "integer",
    QuestionType.DECIMAL: "decimal",
    QuestionType.RANGE: "decimal",
    QuestionType.DATE: "date",
    QuestionType.TIME: "text",
    QuestionType.DATETIME: "text",
    QuestionType.SELECT_ONE: "select_one",
    QuestionType.SELECT_MULTIPLE: "select_multiple",
    QuestionType.RANK: "rank",
    QuestionType.ACKNOWLEDGE: "text",
    QuestionType.GEOPOINT: "text",
    QuestionType.FILE: "file",
    QuestionType.IMAGE: "file",
    QuestionType.AUDIO: "file",
    QuestionType.VIDEO: "file",
    QuestionType.REPEAT: "table",
}
EMPTY_ROWS = 1


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was posted for a question and what became of it."""

    posted: Posted
    result: Result


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

    def field(self, question: Question, *, heading: str = "") -> Field:
        """The view of one question."""
        name = question.name
        kept = self.filled.kept.get(name)
        attempt = self.attempts.get(name)
        posted, problems, conflict = self._shown(question, kept, attempt)
        raw = posted.fields.get(name, ())
        choices = self._choices(question)
        label = self.words(question.label)
        columns = tuple(self._column(column) for column in question.columns)
        rows = self._rows(question, columns, posted) if columns else ()
        return Field(
            name=name,
            kind=self._kind(question),
            label=label,
            label_repeats=bool(heading) and repeats(heading, label),
            hint=self.words(question.hint),
            guidance=self.guidance(question, *question.columns),
            required=question.required,
            revision=posted.seen,
            text=raw[0] if raw else "",
            options=_options(self, choices, raw) if question.type is not QuestionType.RANK else (),
            places=self._places(question, choices, raw),
            columns=columns,
            rows=rows,
            blank_row=self._row(question, columns, {}, -1) if columns else None,
            can_grow=len(rows) < (question.max_rows or MAX_ROWS),
            missing=posted.missing,
            missing_options=self._missing(question, posted.missing),
            problems=tuple(problem for problem in problems if ":" not in problem.place),
            remarks=() if problems or conflict else tuple(self.remarks.get(name, ())),
            conflict=conflict,
            documents=self.filled.documents((question,)),
            limit=MAX_TEXT,
        )

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
        if question.type is QuestionType.TEXT and "multiline" in (question.appearance or ""):
            return "long_text"
        return KINDS[question.type]

    def _shown(
        self, question: Question, kept: Kept | None, attempt: Attempt | None
    ) -> tuple[Posted, tuple[Problem, ...], Conflict | None]:
        stored = posted_of(
            question,
            kept.content if kept is not None else Content(),
            revision=kept.revision if kept is not None else 0,
        )
        match attempt:
            case Attempt(posted, Refused(_, problems)):
                return posted, problems, None
            case Attempt(posted, Stale() as stale):
                return posted, (), self._conflict(question, stale)
            case _:
                return stored, (), None

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

    def _places(
        self, question: Question, choices: Sequence[Choice], raw: Sequence[str]
    ) -> tuple[tuple[Option, ...], ...]:
        if question.type is not QuestionType.RANK:
            return ()
        places = min(top_of(question) or len(choices), len(choices))
        chosen = [*raw, *[""] * max(0, places - len(raw))]
        return tuple(_options(self, choices, (name,)) for name in chosen)

    def _missing(self, question: Question, chosen: str) -> tuple[Option, ...]:
        accepted = accepted_missing(question)
        return tuple(
            Option(code.value, words, chosen=code.value == chosen)
            for code, words in MISSING.items()
            if code in accepted
        )

    def _column(self, column: Question) -> Column:
        return Column(
            name=column.name,
            label=self.words(column.label),
            hint=self.words(column.hint),
            kind=KINDS[column.type],
            required=column.required,
        )

    def _rows(
        self, question: Question, columns: Sequence[Column], posted: Posted
    ) -> tuple[TableRow, ...]:
        found: dict[int, dict[str, Sequence[str]]] = {}
        for name, raw in posted.fields.items():
            _, number, column = name.split(".", 2)
            found.setdefault(int(number), {})[column] = raw
        filled = [cells for _, cells in sorted(found.items())]
        most = question.max_rows or MAX_ROWS
        count = max(len(filled) + EMPTY_ROWS, self.rows.get(question.name, 0))
        filled += [{} for _ in range(min(count, most) - len(filled))]
        return tuple(
            self._row(question, columns, cells, number) for number, cells in enumerate(filled)
        )

    def _row(
        self,
        question: Question,
        columns: Sequence[Column],
        cells: Mapping[str, Sequence[str]],
        number: int,
    ) -> TableRow:
        at = number if number >= 0 else "__ROW__"
        return TableRow(
            number=number,
            cells=tuple(
                Cell(
                    column=column,
                    field=f"{question.name}.{at}.{column.name}",
                    text=next(iter(cells.get(column.name, ())), ""),
                    options=_options(
                        self,
                        self.definition.options(question.column(column.name)),
                        cells.get(column.name, ()),
                    ),
                )
                for column in columns
            ),
        )


def _options(
    builder: FieldBuilder, choices: Sequence[Choice], raw: Sequence[str]
) -> tuple[Option, ...]:
    chosen = set(raw)
    return tuple(
        Option(
            choice.name,
            builder.words(choice.label) or choice.name,
            chosen=choice.name in chosen,
            exclusive=choice.exclusive,
        )
        for choice in choices
    )
