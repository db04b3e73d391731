"""A round as large as wanted, made up while it is read, so that it takes no memory itself."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from exports.records import (
    AnswerRecord,
    CodingRecord,
    Invited,
    ResponseRecord,
    RoundRecord,
    RoundSnapshot,
)
from questionnaires.answers import Answer
from questionnaires.models import (
    Choice,
    Definition,
    Dimension,
    Group,
    Question,
    QuestionType,
    Settings,
)
from questionnaires.outcomes import Outcome, Progress

AS_OF = datetime(2026, 1, 31, 12, tzinfo=UTC)
BANDS = ("thematic", "ad_hoc", "none")
SECTIONS = 20
DIMENSIONS = 14
CONDENSED = 28
"""So many of the questions reach a column of Annex B: two a column."""
WORDS = (
    "migration development policy process secretariat ministry region State meeting plan action "
    "labour remittances return dialogue cooperation capacity data border protection agency fund "
    "agreement workshop report national coordination representatives programme of the and for in "
    "with on under between within towards"
)


def synthetic_definition(questions: int) -> Definition:
    """A questionnaire of so many free-text questions in twenty sections."""
    per_section = -(-questions // SECTIONS)
    sections = []
    for section in range(SECTIONS):
        numbers = range(section * per_section, min((section + 1) * per_section, questions))
        children = tuple(
            Question(
                name=f"q{number:04d}",
                type=QuestionType.TEXT,
                label={"en": f"Question {number + 1} of the measurement?"},
                short_label={"en": f"Item {number + 1}"},
                code=f"M{number + 1}",
                dimension=f"B{number % DIMENSIONS + 1}" if number < CONDENSED else None,
            )
            for number in numbers
        )
        if children:
            label = {"en": f"Section {section + 1}"}
            sections.append(Group(name=f"section_{section + 1}", label=label, children=children))
    return Definition(
        settings=Settings(
            form_id="measurement",
            version="1",
            form_title={"en": "Measurement"},
            band_list="band",
        ),
        dimensions=tuple(
            Dimension(name=f"B{number + 1}", label={"en": f"Column {number + 1}"})
            for number in range(DIMENSIONS)
        ),
        choices={"band": tuple(Choice(name=band, label={"en": band}) for band in BANDS)},
        survey=tuple(sections),
    )


@dataclass
class SyntheticRound:
    """The snapshot, and the time that making its texts took, to be taken off a measurement."""

    respondents: int
    questions: int
    characters: int = 2000
    making_seconds: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Draw the words once; an answer is a slice of them."""
        draw = random.Random(2007)
        words = WORDS.split()
        self._text = " ".join(draw.choice(words) for _ in range(40_000))
        self._definition = synthetic_definition(self.questions)

    def snapshot(self) -> RoundSnapshot:
        """All respondents completed; a third in each band."""
        keys = [f"r{number:04d}" for number in range(self.respondents)]
        return RoundSnapshot(
            round=RoundRecord(
                slug="measurement",
                title="A round to measure with",
                survey_title="Measurement",
                opened_at=AS_OF,
                due_at=AS_OF,
                time_zone="UTC",
                closed_at=AS_OF,
                notice="Made-up text, to measure with.",
            ),
            definition=self._definition,
            as_of=AS_OF,
            invited=tuple(
                Invited(
                    key=key,
                    short_name=f"Process {key}",
                    official_name=f"Made-up Process {key}",
                    outcome=Outcome.COMPLETED,
                    progress=Progress.RETURNED,
                    submitted_at=AS_OF,
                    answered_items=self.questions,
                    asked_items=self.questions,
                )
                for key in keys
            ),
            codings=tuple(
                CodingRecord(
                    respondent=key,
                    category=BANDS[number % len(BANDS)],
                    rationale="Made up.",
                    coder="measurement",
                    coded_at=AS_OF,
                )
                for number, key in enumerate(keys)
            ),
            responses=lambda: self._responses(keys),
        )

    def _responses(self, keys: list[str]) -> Iterator[ResponseRecord]:
        for number, key in enumerate(keys):
            started = time.process_time()
            answers = {
                question.name: self._answer(question.name, number * self.questions + position)
                for position, question in enumerate(self._definition.questions)
            }
            record = ResponseRecord(
                respondent=key, definition=self._definition, submitted=True, answers=answers
            )
            self.making_seconds += time.process_time() - started
            yield record

    def _answer(self, name: str, seed: int) -> AnswerRecord:
        start = (seed * 7919) % (len(self._text) - self.characters)
        return AnswerRecord(
            question=name,
            answer=Answer(value=self._text[start : start + self.characters].strip()),
            version="1",
            revision=1,
            editor="focal point",
            edited_at=AS_OF,
        )
