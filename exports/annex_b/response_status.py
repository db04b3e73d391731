"""The sheet Response status: who was invited, what came of it and when."""

from collections.abc import Mapping
from datetime import datetime

from exports.annex_b.frame import Frame
from exports.annex_b.heads import head_rows, new_sheet, write_head
from exports.annex_b.vocabulary import (
    CHANNEL_WORDS,
    SILENT_SOURCES,
    outcome_legend,
    response_words,
)
from exports.records import Invited
from exports.safe_openpyxl import Book
from exports.sheet_content import Column, Content, Look, Place, Styled
from questionnaires.deadlines import ends_a_day, last_day
from questionnaires.outcomes import MEANINGS

COLUMNS = (
    ("No.", Column(22, Look.CENTRE)),
    ("Respondent", Column(88, Look.STRONG)),
    ("Official name", Column(120)),
    ("Group", Column(84)),
    ("Response", Column(88)),
    ("AAPOR", Column(36, Look.CENTRE)),
    ("In questionnaire rate", Column(60, Look.CENTRE)),
    ("In any-response rate", Column(46, Look.CENTRE)),
    ("Invited", Column(71, Look.TIME)),
    ("Opened", Column(71, Look.TIME)),
    ("Returned", Column(71, Look.TIME)),
    ("Due", Column(71, Look.TIME)),
    ("Extended until", Column(71, Look.TIME)),
    ("Came by", Column(50)),
    ("Reminders", Column(46, Look.CENTRE)),
    ("Answered of asked", Column(46, Look.CENTRE)),
    ("Cleared", Column(38, Look.CENTRE)),
    ("Minutes", Column(38, Look.CENTRE)),
    ("Remark", Column(96)),
)
_TIMES = frozenset({"Invited", "Opened", "Returned", "Due", "Extended until"})
_NOTHING = "none"
_NOT_KNOWN = SILENT_SOURCES
_ON_FACTS = f"Dates and numbers:  {_NOTHING}  there is none  |  {_NOT_KNOWN}  not known"


class ResponseStatusSheet:
    """A row for each respondent, in the order of Annex B."""

    def __init__(self, book: Book, frame: Frame) -> None:
        self._frame = frame
        above = head_rows(frame)
        self._sheet = new_sheet(
            book,
            frame,
            "Response status",
            [column for _, column in COLUMNS],
            head_rows=above + 1,
            repeated=(above + 1, above + 1),
            frozen_columns=2,
        )

    def write(self) -> Mapping[str, Place]:
        """Write the table; answers the place of each respondent's row."""
        legend = f"Response: {outcome_legend()}.  {_ON_FACTS}"
        write_head(self._sheet, self._frame, "Response status", len(COLUMNS), legend)
        zone = self._frame.round.time_zone
        heads = [f"{head} ({zone})" if head in _TIMES else head for head, _ in COLUMNS]
        head = self._sheet.append(heads, look=Look.HEAD, filtered=True)
        places = {}
        for number, one in enumerate(self._frame.in_order(), 1):
            places[one.key] = self._sheet.place(self._sheet.append(self._cells(number, one)))
        self._sheet.filter_rows(head)
        return places

    def _cells(self, number: int, one: Invited) -> list[Content | Styled | None]:
        sign, word, look = response_words(one)
        band = self._frame.bands[self._frame.band_index(one.key)]
        meaning = MEANINGS[one.outcome] if one.outcome is not None else None
        return [
            number,
            one.short_name,
            one.official_name,
            band.label,
            Styled(f"{sign} {word}", look),
            meaning.aapor if meaning is not None else _NOTHING,
            _yes(meaning is not None and meaning.in_questionnaire_rate),
            _yes(meaning is not None and meaning.in_any_response_rate),
            self._time(one.invited_at),
            self._time(one.opened_at),
            self._time(one.submitted_at),
            self._deadline(one.due_at),
            self._deadline(one.extended_until),
            CHANNEL_WORDS[one.channel] if one.channel is not None else self._absent,
            one.reminders_sent or self._unless_recorded(0),
            f"{one.answered_items}/{one.asked_items}" if one.asked_items else self._absent,
            _yes(one.cleared) if one.cleared else self._unless_recorded(_yes(one.cleared)),
            one.minutes_spent if one.minutes_spent is not None else self._minutes(one),
            _remark(one),
        ]

    def _deadline(self, moment: datetime | None) -> Content | Styled:
        """Until when: the last day where it is a whole one, else the moment."""
        if moment is None or not ends_a_day(moment, self._frame.zone):
            return self._time(moment)
        return Styled(f"end of {last_day(moment, self._frame.zone)}", Look.CENTRE)

    def _time(self, moment: datetime | None) -> Content | Styled:
        return moment if moment is not None else self._absent

    @property
    def _absent(self) -> Styled:
        """For what is not there: it did not happen, or documents don't tell of it."""
        return Styled(self._unless_recorded(_NOTHING), Look.MARK)

    def _unless_recorded(self, nothing: str | int) -> str | int:
        """What it means that nothing is recorded: little where nobody recorded anything."""
        return _NOT_KNOWN if self._frame.round.known_from_documents else nothing

    def _minutes(self, one: Invited) -> Styled:
        """Whoever returned something need not say how long it took."""
        return self._absent if one.submitted_at is None else Styled(_NOT_KNOWN, Look.MARK)


def _yes(holds: bool) -> str:  # noqa: FBT001  # it is the whole of what is said
    return "yes" if holds else "no"


def _remark(one: Invited) -> str:
    refusal = f"Reason given: {one.refusal_reason}" if one.refusal_reason else ""
    return ". ".join(part for part in (one.outcome_note, refusal) if part)
