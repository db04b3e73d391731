"""The rows of a translation workbook, each read against the text that it translates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from questionnaires.languages import english_name
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity
from questionnaires.translation.checking import check_language, check_text
from questionnaires.translation.odd_cells import Kept, refused_rows
from questionnaires.translation.sheet import Head, is_heading, language_in
from questionnaires.translation.texts import FormText, texts_of, with_texts
from questionnaires.xlsform.cells import Cell, Row, Sheet, Table, letters, place_of, table_of

_SHOWN = 80
_KEEP_IDS = "Leave the ids as they were, and add no rows."
_OF_THE_ID = frozenset({"no-id", "unknown-id", "duplicate-id"})


@dataclass(frozen=True, slots=True)
class Remark:
    """What a translator remarked on a text."""

    id: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedTranslation:
    """A workbook that came back. Nothing of a row with an error is taken; all else is."""

    language: str | None = None
    """``None`` when the file could not be read as a translation at all."""
    texts: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The translations that are new or other than before, by id."""
    unchanged: int = 0
    """Rows that say what the form says already."""
    empty: int = 0
    """Rows that are not translated yet."""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def applied(self, definition: Definition) -> Definition:
        """The form with what was taken."""
        if self.language is None:
            return definition
        return with_texts(definition, self.language, self.texts)


class Rows:
    """Reads the rows of one sheet against one form."""

    def __init__(self, definition: Definition, sheet: Sheet, odd: tuple[Problem, ...]) -> None:
        self._definition = definition
        self._table: Table = table_of(sheet)
        self._sheet = sheet.name
        self._odd = odd
        self._texts = {text.id: text for text in texts_of(definition) if text.source}
        self._problems: list[Problem] = []
        self._row_of: dict[str, Row] = {}
        self._taken: dict[str, str] = {}
        self._unchanged = 0
        self._empty = 0
        self._remarks: list[Remark] = []

    def read(self) -> ReturnedTranslation:
        """What can be taken of the rows, and what is wrong with the others."""
        self._translation = self._head(Head.TRANSLATION)
        language = language_in(self._translation.text)
        if language is None or language == self._definition.settings.default_language:
            return self._without_language(language)
        self._language = language
        # What is odd about other cells does no harm; what is odd about the whole file stays told.
        self._problems += [each for each in self._odd if not each.place]
        self._problems += self._table.problems
        numbers = {row.number for row in self._table.rows}
        kept = Kept(self._sheet, self._translation.column, numbers)
        self._refused = refused_rows(self._odd, kept)
        for row in self._unique_rows():
            self._read_row(row)
        self._check_lists()
        return ReturnedTranslation(
            language=language,
            texts=self._taken,
            unchanged=self._unchanged,
            empty=self._empty,
            problems=tuple(self._problems),
            remarks=tuple(self._remarks),
        )

    def _without_language(self, language: str | None) -> ReturnedTranslation:
        head = self._translation
        told = (
            f"The column is in {english_name(language)}, which the form is written in."
            if language is not None
            else f"The heading «{head.text}» does not name a language."
        )
        problem = Problem(
            code="no-language",
            message=told,
            mend=f"Name the language at its end, such as «{Head.TRANSLATION}: French (fr)».",
            place=place_of(self._sheet, head.row, head.column),
        )
        return ReturnedTranslation(problems=(problem,))

    def _head(self, wanted: Head) -> Cell:
        return next(head for head in self._table.heads if is_heading(head.text, wanted))

    def _said(self, row: Row, wanted: Head) -> str:
        for head in self._table.heads:
            if is_heading(head.text, wanted):
                return row.text(head.text).replace("\r\n", "\n").replace("\r", "\n")
        return ""

    def _unique_rows(self) -> Iterator[Row]:
        """The rows of texts that the form has; the others are told of."""
        by_id: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._table.rows:
            by_id[self._said(row, Head.ID)].append(row)
        for row in self._table.rows:
            id_ = self._said(row, Head.ID)
            if not id_:
                if self._said(row, Head.TRANSLATION):
                    self._fault(row, "no-id", "The row has no id.", _KEEP_IDS)
            elif id_ not in self._texts:
                self._fault(row, "unknown-id", f"The form has no text «{id_[:_SHOWN]}».", _KEEP_IDS)
            elif len(by_id[id_]) > 1:
                others = ", ".join(str(each.number) for each in by_id[id_] if each is not row)
                message = f"The id «{id_}» stands also in row {others}; none of them is taken."
                self._fault(row, "duplicate-id", message, "Keep one row for each id.")
            else:
                self._row_of[id_] = row
                yield row

    def _read_row(self, row: Row) -> None:
        text = self._texts[self._said(row, Head.ID)]
        if remark := self._said(row, Head.REMARKS):
            place = place_of(self._sheet, row.number, self._letter(Head.REMARKS))
            self._remarks.append(Remark(text.id, place, remark))
        given = self._said(row, Head.TRANSLATION)
        if row.number in self._refused:
            self._problems.append(self._refused[row.number])
        elif not given:
            self._leave_empty(row, text)
        elif self._has_other_source(row, text):
            self._fault(
                row,
                "changed-source",
                "The source has changed since this workbook was made. It is now: "
                f"«{_short(text.source)}»",
                "Translate the new source, in a new workbook.",
            )
        elif given == _plain(text.words.get(self._language, "")):
            self._unchanged += 1
        else:
            self._take(row, text, given)

    def _leave_empty(self, row: Row, text: FormText) -> None:
        self._empty += 1
        if self._language in text.words:
            self._fault(
                row,
                "emptied",
                "The cell is empty, but the form has a translation already; that one is kept.",
                "Fill it in if the translation is to be another.",
                Severity.WARNING,
            )

    def _take(self, row: Row, text: FormText, given: str) -> None:
        # An empty cell says «not yet», so this one is compared with nothing but its source.
        tried = FormText(text.id, text.place, text.source, {self._language: given})
        problems = check_text(tried, self._language)
        self._problems += [self._at(row, problem) for problem in problems]
        if all(problem.severity is not Severity.ERROR for problem in problems):
            self._taken[text.id] = given

    def _has_other_source(self, row: Row, text: FormText) -> bool:
        mark = self._said(row, Head.MARK)
        if mark:
            return mark != text.mark
        return self._said(row, Head.SOURCE) != _plain(text.source)

    def _check_lists(self) -> None:
        """Take no two options that read alike; say where a list is in two languages."""
        tried = with_texts(self._definition, self._language, self._taken)
        for problem in check_language(tried, self._language):
            row = self._row_of.get(problem.place)
            if problem.code == "same-options" and problem.place in self._taken and row is not None:
                del self._taken[problem.place]
                self._problems.append(self._at(row, problem))
            elif (
                problem.code == "half-translated-list"
                and row is not None
                and (_list_of(problem.place) in {_list_of(id_) for id_ in self._taken})
            ):
                self._problems.append(self._at(row, problem))

    def _letter(self, wanted: Head) -> str:
        found = (head.column for head in self._table.heads if is_heading(head.text, wanted))
        return letters(next(found, 1))

    def _at(self, row: Row, problem: Problem) -> Problem:
        place = place_of(self._sheet, row.number, self._letter(Head.TRANSLATION))
        return problem.model_copy(update={"place": place})

    def _fault(
        self, row: Row, code: str, message: str, mend: str, severity: Severity = Severity.ERROR
    ) -> None:
        column = Head.ID if code in _OF_THE_ID else Head.TRANSLATION
        place = place_of(self._sheet, row.number, self._letter(column))
        self._problems.append(
            Problem(code=code, message=message, mend=mend, place=place, severity=severity)
        )


def _list_of(id_: str) -> str:
    """What ids of all options of a list begin with."""
    return ".".join(id_.split(".")[:2])


def _plain(text: str) -> str:
    """A text as a cell gives it back: without blanks around it, with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
