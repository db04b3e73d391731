"""Rounds for the tests of exporters: the real one of 2007, and invented ones with every answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from app.sample.gfmd_rows import read_paper
from exports.records import (
    AnswerRecord,
    Attribution,
    Basis,
    Channel,
    CodingRecord,
    Invited,
    OtherName,
    ResponseRecord,
    RoundRecord,
    RoundSnapshot,
    SourceRecord,
    StatementRecord,
)
from questionnaires.answers import Answer, Entry, Point, Value
from questionnaires.kinds.acknowledged import OK
from questionnaires.kinds.ranges import scale_of
from questionnaires.models import (
    Choice,
    Definition,
    Dimension,
    Group,
    MissingCode,
    Question,
    QuestionType,
    Settings,
)
from questionnaires.outcomes import Outcome, Progress
from tests.fixtures.shipped import SHIPPED

CLOSED_AT = datetime(2007, 7, 9, tzinfo=UTC)
OPENED_AT = datetime(2031, 3, 3, 8, tzinfo=UTC)
AS_OF = datetime(2031, 6, 30, 21, 59, tzinfo=UTC)
FICTION = "Invented: every process, answer and date in this workbook is made up to show it."


@cache
def definition_2007() -> Definition:
    return SHIPPED.get("rcp-migration-development", "2007")


def small_definition(version: str = "1") -> Definition:
    """A short questionnaire with a question of every kind, in four columns of Annex B."""
    yes_no = (
        Choice(name="yes", label={"en": "Yes"}),
        Choice(name="no", label={"en": "No"}),
        Choice(name="none", label={"en": "None of these"}, exclusive=True),
    )
    return Definition(
        settings=Settings(
            form_id="small",
            version=version,
            form_title={"en": "Small questionnaire"},
            band="band",
            band_list="band",
        ),
        dimensions=tuple(
            Dimension(name=name, label={"en": f"Column {name}"})
            for name in ("band", "B1", "B2", "B3", "B10", "B14")
        ),
        choices={
            "answers": yes_no,
            "band": tuple(Choice(name=name, label={"en": f"Group {name}"}) for name in GROUPS),
        },
        survey=(
            Group(
                name="section_a",
                label={"en": "A. Everything"},
                children=(
                    _question("words", QuestionType.TEXT, "A1", "B3"),
                    _question("contact", QuestionType.TEXT, "A2", None, personal=True),
                    _question("year", QuestionType.INTEGER, "A3", "B3"),
                    _question("staff", QuestionType.DECIMAL, "A4", "B3"),
                    _question("started_on", QuestionType.DATE, "A5", "B3"),
                    _question("one", QuestionType.SELECT_ONE, "A6", "B10"),
                    _question("several", QuestionType.SELECT_MULTIPLE, "A7", "B10"),
                    _question("top", QuestionType.RANK, "A8", "B10"),
                    _question("document", QuestionType.FILE, "A9", "B14"),
                    _question("hidden", QuestionType.TEXT, "A10", "B10", relevant="${one} = 'yes'"),
                    _question(
                        "rows",
                        QuestionType.REPEAT,
                        "A11",
                        "B3",
                        columns=(
                            Question(name="title", type=QuestionType.TEXT, label={"en": "Title"}),
                            Question(
                                name="kind",
                                type=QuestionType.SELECT_ONE,
                                list_name="answers",
                                label={"en": "Kind"},
                            ),
                            Question(
                                name="person",
                                type=QuestionType.TEXT,
                                label={"en": "Person"},
                                personal=True,
                            ),
                        ),
                    ),
                    Group(
                        name="matrix",
                        label={"en": "Matrix"},
                        appearance="table-list",
                        code="A12",
                        dimension="B10",
                        children=(
                            _question("matrix_first", QuestionType.SELECT_ONE, None, None),
                            _question("matrix_second", QuestionType.SELECT_ONE, None, None),
                        ),
                    ),
                    Question(
                        name="band",
                        type=QuestionType.CALCULATE,
                        calculation="if(${one} = 'yes', 'thematic', '')",
                    ),
                ),
            ),
        ),
    )


_LISTS = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK}


def _question(
    name: str,
    kind: QuestionType,
    code: str | None,
    dimension: str | None,
    *,
    personal: bool = False,
    relevant: str | None = None,
    columns: tuple[Question, ...] = (),
) -> Question:
    return Question(
        name=name,
        type=kind,
        list_name="answers" if kind in _LISTS else None,
        label={"en": f"Question {name}?"},
        short_label={"en": name.capitalize().replace("_", " ")},
        code=code,
        dimension=dimension,
        personal=personal,
        relevant=relevant,
        columns=columns,
    )


def small_round(
    answers: Sequence[Mapping[str, Answer]],
    *,
    attributions: Sequence[Attribution] = (),
    outcomes: Sequence[Outcome] = (),
    definition: Definition | None = None,
    previous: RoundSnapshot | None = None,
) -> RoundSnapshot:
    """A round of the short questionnaire, in which each respondent gave some answers."""
    definition = definition or small_definition()
    whole = invented_round(len(answers), definition=definition, previous=previous)
    invited = tuple(
        one.model_copy(
            update={
                "attribution": attributions[place] if attributions else Attribution.PUBLISH,
                "outcome": outcomes[place] if outcomes else Outcome.COMPLETED,
            }
        )
        for place, one in enumerate(whole.invited)
    )
    records = [
        ResponseRecord(
            respondent=one.key,
            definition=definition,
            submitted=one.outcome in {Outcome.COMPLETED, Outcome.LATE},
            answers={name: stored_answer(name, said, definition) for name, said in given.items()},
        )
        for one, given in zip(invited, answers, strict=True)
        if one.outcome in ANSWERING
    ]
    return whole.model_copy(
        update={"invited": invited, "responses": lambda: iter(records), "statements": ()}
    )


def stored_answer(name: str, answer: Answer, definition: Definition) -> AnswerRecord:
    """An answer as it is stored."""
    return AnswerRecord(
        question=name,
        answer=answer,
        version=definition.version,
        revision=2,
        editor="Focal point",
        edited_at=OPENED_AT,
    )


def paper_round() -> RoundSnapshot:
    """The round behind the 2007 paper: twelve invited, 76 statements, no answers."""
    paper = read_paper()
    return RoundSnapshot(
        round=RoundRecord(
            slug="gfmd-2007",
            title="RCPs, development and policy coherence, 2007",
            survey_title="GFMD survey of regional consultative processes on migration",
            organiser="International Organization for Migration",
            opened_at=None,
            due_at=None,
            time_zone="Europe/Brussels",
            closed_at=CLOSED_AT,
            known_from_documents=True,
            disclaimer="Prepared to inform discussion, from open sources; not exhaustive.",
            selection_note="Twelve of more than a dozen processes were chosen by judgment.",
        ),
        definition=definition_2007(),
        as_of=CLOSED_AT,
        invited=tuple(
            Invited(
                key=row.key,
                short_name=row.short_name,
                official_name=row.official_name,
                other_names=row.other_names,
                region=row.region,
                outcome=row.outcome,
                progress=Progress.RETURNED,
                outcome_note="Answers not public" if row.outcome is Outcome.COMPLETED else "",
                answers_public=False,
            )
            for row in paper.registry
        ),
        statements=tuple(
            StatementRecord(
                respondent=fact.key,
                dimension=fact.dimension,
                text=fact.text,
                basis=fact.basis,
                locator=fact.locator,
                source=1,
                concept=fact.concept,
            )
            for fact in paper.facts
        ),
        codings=tuple(
            CodingRecord(
                respondent=row.key,
                category=row.category,
                rationale=paper.rationales[row.key].rationale,
                coder="From the paper",
                coded_at=None,
                suggested=paper.rationales[row.key].suggested,
                override=paper.rationales[row.key].suggested is not None,
            )
            for row in paper.registry
        ),
        sources=(
            SourceRecord(
                number=1,
                basis=Basis.PAPER_TEXT,
                title="GFMD background paper for Roundtable 3.4, 2007",
                note="L with a number is a line of the paper's text.",
            ),
        ),
        responses=lambda: iter(()),
    )


SENTENCES = (
    "The ministries concerned meet before every session and report afterwards. "
    "Remittances and diaspora were discussed in two workshops, with experts from the region. "
    "A plan of action was adopted; its follow-up depends on funding that is not yet secured. "
)
WORDS = [word for word in SENTENCES.split(" ") if word]
NAMES = (
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Harbour",
    "Islet",
    "Juniper",
)
KINDS = ("Dialogue", "Process", "Conference", "Forum")


def prose(random: Random, letters: int) -> str:
    """Plausible words, about so many letters of them."""
    said: list[str] = []
    while sum(map(len, said)) + len(said) < letters:
        said.append(random.choice(WORDS))
    return " ".join(said).capitalize()


def invented_day(random: Random) -> str:
    """A date as a definition stores it."""
    return f"20{random.randint(10, 30)}-0{random.randint(1, 9)}-1{random.randint(0, 9)}"


def invented_value(  # noqa: C901, PLR0912 - a case for each kind
    random: Random, definition: Definition, question: Question
) -> Value | None:
    """A value of the question's kind."""
    options = [choice.name for choice in definition.options(question)]
    match question.type:
        case QuestionType.TEXT:
            return prose(random, random.choice((20, 60, 220)))
        case QuestionType.INTEGER:
            return random.randint(1985, 2030)
        case QuestionType.DECIMAL:
            return random.randint(1, 40) / 2
        case QuestionType.DATE:
            return invented_day(random)
        case QuestionType.TIME:
            return f"{random.randint(10, 19)}:{random.choice(('00', '30'))}"
        case QuestionType.DATETIME:
            return f"{invented_day(random)}T{random.randint(10, 19)}:00+00:00"
        case QuestionType.RANGE:
            scale = scale_of(question)
            return None if scale is None else float(scale.start + random.randint(0, 2) * scale.step)
        case QuestionType.ACKNOWLEDGE:
            return OK
        case QuestionType.GEOPOINT:
            return Point(random.randint(-60, 60), random.randint(-170, 170))
        case QuestionType.SELECT_ONE:
            return random.choice(options)
        case QuestionType.SELECT_MULTIPLE:
            alone = [one.name for one in definition.options(question) if one.exclusive]
            if alone and random.random() < 0.15:
                return (random.choice(alone),)
            free = [name for name in options if name not in alone]
            chosen = random.sample(free, random.randint(1, min(4, len(free))))
            return tuple(name for name in options if name in chosen)
        case QuestionType.RANK:
            return tuple(random.sample(options, min(3, len(options))))
        case QuestionType.REPEAT:
            rows = random.randint(1, 4)
            return tuple(invented_row(random, definition, question) for _ in range(rows))
        case QuestionType.FILE | QuestionType.IMAGE | QuestionType.AUDIO | QuestionType.VIDEO:
            return f"material-{random.randint(1, 99)}"
        case QuestionType.NOTE | QuestionType.CALCULATE | QuestionType.HIDDEN:
            return None


def invented_row(random: Random, definition: Definition, table: Question) -> Mapping[str, Entry]:
    row: dict[str, Entry] = {}
    for column in table.columns:
        value = invented_value(random, definition, column)
        if isinstance(value, str | int | float):
            row[column.name] = value[:40] if isinstance(value, str) else value
    return row


def invented_answers(
    random: Random, definition: Definition, *, share: float = 0.9
) -> Mapping[str, AnswerRecord]:
    """Answers of every kind to about that share of the questions, with codes and comments."""
    answers = {}
    for question in definition.fields:
        if question.personal or random.random() > share:
            continue
        answer = Answer(value=invented_value(random, definition, question))
        lot = random.random()
        if lot < 0.08 and question.type is not QuestionType.FILE:
            answer = Answer(missing=random.choice(list(MissingCode)))
        elif lot < 0.12:
            answer = answer.model_copy(update={"comment": prose(random, 60), "source": "Minutes"})
        answers[question.name] = AnswerRecord(
            question=question.name,
            answer=answer,
            version=definition.version,
            revision=random.randint(1, 5),
            editor="Focal point",
            edited_at=OPENED_AT + timedelta(minutes=random.randint(1, 90_000)),
            channel=random.choice(list(Channel)),
        )
    return answers


OUTCOMES: Sequence[Outcome] = (
    Outcome.COMPLETED,
    Outcome.COMPLETED,
    Outcome.PARTIAL,
    Outcome.MATERIALS_ONLY,
    Outcome.NO_RESPONSE,
    Outcome.COMPLETED,
    Outcome.DECLINED,
    Outcome.LATE,
    Outcome.BROKEN_OFF,
    Outcome.UNDELIVERED,
    Outcome.INELIGIBLE,
    Outcome.NO_RESPONSE,
)
ANSWERING = {Outcome.COMPLETED, Outcome.PARTIAL, Outcome.LATE, Outcome.BROKEN_OFF}
GROUPS = ("thematic", "ad_hoc", "none")


def invented_invited(random: Random, count: int) -> tuple[Invited, ...]:
    invited = []
    for place in range(count):
        outcome = OUTCOMES[place % len(OUTCOMES)]
        short = f"{NAMES[place % len(NAMES)]} {KINDS[place // len(NAMES) % len(KINDS)]}"
        submitted = outcome in {Outcome.COMPLETED, Outcome.LATE}
        invited.append(
            Invited(
                key=f"r{place:03}",
                short_name=short,
                official_name=f"Invented Regional {short} on Migration, number {place + 1}",
                other_names=(OtherName(text=f"{short} inventé", language="fr"),),
                region=random.choice(("Northern Isles", "Southern Coast", "Inland")),
                outcome=outcome,
                progress=Progress.RETURNED if submitted else Progress.INVITED,
                invited_at=OPENED_AT,
                opened_at=OPENED_AT + timedelta(days=2) if submitted else None,
                submitted_at=OPENED_AT + timedelta(days=30 + place) if submitted else None,
                due_at=OPENED_AT + timedelta(days=56),
                channel=Channel.WEB if submitted else None,
                reminders_sent=random.randint(0, 2),
                cleared=submitted,
                refusal_reason="No staff for it." if outcome is Outcome.DECLINED else "",
                minutes_spent=random.randint(30, 240) if submitted else None,
                answered_items=random.randint(25, 34) if outcome in ANSWERING else 0,
                asked_items=34 if outcome in ANSWERING else 0,
            )
        )
    return tuple(invited)


def invented_round(
    count: int = 12,
    *,
    seed: int = 7,
    definition: Definition | None = None,
    previous: RoundSnapshot | None = None,
    year: int = 2031,
    attributions: Mapping[str, Attribution] | None = None,
) -> RoundSnapshot:
    """A round with every outcome, answers of every kind, statements, codings and sources."""
    random = Random(seed)
    definition = definition or definition_2007()
    invited = tuple(
        one.model_copy(update={"attribution": (attributions or {})[one.key]})
        if one.key in (attributions or {})
        else one
        for one in invented_invited(random, count)
    )
    records = [
        ResponseRecord(
            respondent=one.key,
            definition=definition,
            submitted=one.outcome in {Outcome.COMPLETED, Outcome.LATE},
            answers=invented_answers(
                random, definition, share=0.5 if one.outcome is Outcome.BROKEN_OFF else 0.92
            ),
        )
        for one in invited
        if one.outcome in ANSWERING
    ]

    def responses() -> Iterator[ResponseRecord]:
        return iter(records)

    silent = [one for one in invited if one.outcome is Outcome.NO_RESPONSE]
    materials = [one for one in invited if one.outcome is Outcome.MATERIALS_ONLY]
    statements = [
        *(
            StatementRecord(
                respondent=one.key,
                dimension=dimension,
                text=prose(random, 80),
                basis=Basis.MATERIALS,
                locator="p. 3",
                source=1,
                by_analyst=True,
            )
            for one in materials
            for dimension in ("B4", "B6", "B9")
        ),
        *(
            StatementRecord(
                respondent=one.key,
                dimension="B5",
                text=prose(random, 60),
                basis=Basis.LITERATURE,
                source=2,
                by_analyst=True,
            )
            for one in silent[:1]
        ),
        StatementRecord(
            respondent=invited[0].key,
            dimension="B6",
            text="Two outputs stand out, says the analyst.",
            basis=Basis.QUESTIONNAIRE,
            question="outputs",
            by_analyst=True,
        ),
    ]
    return RoundSnapshot(
        round=RoundRecord(
            slug=f"invented-{year}",
            title=f"Round {year}",
            survey_title="Invented survey of consultative processes",
            organiser="Secretariat of an invented forum",
            opened_at=OPENED_AT,
            due_at=OPENED_AT + timedelta(days=56),
            time_zone="Europe/Brussels",
            closed_at=AS_OF - timedelta(days=30),
            notice=FICTION,
            disclaimer="Nothing here is true.",
            selection_note="All that the inventor could think of.",
        ),
        definition=definition,
        as_of=AS_OF,
        invited=invited,
        statements=tuple(statements),
        codings=tuple(
            CodingRecord(
                respondent=one.key,
                category=GROUPS[place % 3],
                rationale=prose(random, 90),
                coder="Analyst",
                coded_at=AS_OF - timedelta(days=3),
                suggested=GROUPS[(place + (place % 5 == 0)) % 3],
                override=place % 5 == 0,
            )
            for place, one in enumerate(invited[:-2])
        ),
        sources=(
            SourceRecord(
                number=1,
                basis=Basis.MATERIALS,
                title="Report of the annual meeting",
                respondent=materials[0].key if materials else None,
                url="https://example.org/report?year=2031&lang=en",
                note="link; for D2",
            ),
            SourceRecord(number=2, basis=Basis.LITERATURE, title="A study of processes"),
        ),
        responses=responses,
        previous=previous,
    )
