"""The words, signs and looks that every sheet shares: outcomes, progress, sources, channels."""

from collections.abc import Iterable, Mapping

from exports.records import Attribution, Basis, Channel, Invited
from exports.sheet_content import Look
from questionnaires.marks import MEANINGS as MARKS
from questionnaires.marks import Mark
from questionnaires.outcomes import MEANINGS as OUTCOMES
from questionnaires.outcomes import PROGRESS_MEANINGS, Outcome

OUTCOME_LOOKS: Mapping[Outcome, Look] = {
    Outcome.COMPLETED: Look.FULL,
    Outcome.PARTIAL: Look.PART,
    Outcome.BROKEN_OFF: Look.REFUSED,
    Outcome.MATERIALS_ONLY: Look.OTHER_EVIDENCE,
    Outcome.DECLINED: Look.REFUSED,
    Outcome.NO_RESPONSE: Look.SILENT,
    Outcome.UNDELIVERED: Look.SILENT,
    Outcome.LATE: Look.PART,
    Outcome.INELIGIBLE: Look.OUTSIDE,
}

SOURCE_CODES: Mapping[Basis, tuple[str, str]] = {
    Basis.QUESTIONNAIRE: ("Q", "Answer to the questionnaire"),
    Basis.MATERIALS: ("M", "Responsive materials sent by the respondent"),
    Basis.COMMUNICATIONS: ("C", "Communication outside the questionnaire"),
    Basis.PRIMARY_DOCUMENTS: ("P", "Primary document of the respondent"),
    Basis.IOM_EXPERIENCE: ("I", "Experience of IOM"),
    Basis.LITERATURE: ("L", "Literature"),
    Basis.PAPER_TEXT: ("T", "Paper text, source unspecified"),
    Basis.PAPER_ANNEX_B: ("S", "Stated in the paper with reference to its Annex B"),
    Basis.OFFICIAL_NAME: ("N", "Implied by the official name only"),
}

CHANNEL_WORDS: Mapping[Channel, str] = {
    Channel.WEB: "Web form",
    Channel.WORKBOOK: "Workbook",
    Channel.EMAIL: "E-mail",
    Channel.DOCUMENT: "Document",
    Channel.TELEPHONE: "Telephone",
    Channel.ON_BEHALF: "Entered on behalf",
}

ATTRIBUTION_WORDS: Mapping[Attribution, str] = {
    Attribution.PUBLISH: "May be published",
    Attribution.NOT_ATTRIBUTED: "Not to be attributed",
    Attribution.BACKGROUND: "Background only",
}

SILENT_SOURCES = MARKS[Mark.BLANK].shown
"""Also shown where a row rests on other sources and these say nothing."""

REFERENCES = (
    "After the letter stands n3 for note 3 on the sheet Sources, or else the number of a question: "
    "[M n3] is note 3, which rests on materials; [Q C3] is the answer to question C3."
)
"""How the signs beside a statement are read."""

ALSO: Mapping[Mark, str] = {
    Mark.BLANK: "or the sources of the row say nothing",
    Mark.WITHHELD: "or sent in on such terms",
    Mark.NOT_REACHED: "or the question was not reached in one that was not finished",
}
"""What a sign of the synthesis can mean besides."""


def response_words(one: Invited) -> tuple[str, str, Look]:
    """Sign, word and look of a respondent's outcome, or of its progress while there is none."""
    if one.outcome is None:
        step = PROGRESS_MEANINGS[one.progress]
        return step.symbol, step.word, Look.WAITING
    meaning = OUTCOMES[one.outcome]
    return meaning.symbol, meaning.word, OUTCOME_LOOKS[one.outcome]


def document_code(number: int) -> str:
    """How a numbered document is called, so that it is not taken for a note: ``D3``."""
    return f"D{number}"


def note_code(number: int) -> str:
    """How a note is called, so that it is not taken for a question or a column: ``n3``."""
    return f"n{number}"


def mark_legend() -> str:
    """All signs of the cells in one line."""
    signs: dict[str, list[str]] = {}
    for mark in Mark:
        if MARKS[mark].shown:
            signs.setdefault(MARKS[mark].shown, []).append(_within(mark_meaning(mark)))
    return _listed((sign, " or ".join(words)) for sign, words in signs.items())


def mark_meaning(mark: Mark) -> str:
    """All that a mark means in the synthesis."""
    return ", ".join(filter(None, (MARKS[mark].meaning, ALSO.get(mark))))


def source_legend() -> str:
    """All source codes in one line."""
    return _listed((code, _within(words)) for code, words in SOURCE_CODES.values())


def outcome_legend() -> str:
    """All outcomes in one line, and the steps of progress that stand where there is none yet.

    They are the same whether the round is open: a legend is no function of the data.
    """
    outcomes = _listed((OUTCOMES[one].symbol, _within(OUTCOMES[one].word)) for one in Outcome)
    steps = _listed((one.symbol, _within(one.word)) for one in PROGRESS_MEANINGS.values())
    return f"{outcomes}  |  without outcome yet:  {steps}"


def _listed(entries: Iterable[tuple[str, str]]) -> str:
    return "  |  ".join(f"{sign}  {words}" for sign, words in entries)


def _within(words: str) -> str:
    """Words as they go on within a sentence."""
    return words[:1].lower() + words[1:]
