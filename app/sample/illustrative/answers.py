"""Plausible answers of an invented process to a whole questionnaire."""

from collections.abc import Mapping
from datetime import date
from random import Random

from app.sample.illustrative.chance import chance
from app.sample.illustrative.entries import entry_of
from app.sample.illustrative.profile import Profile
from app.sample.illustrative.prose import COMMENTS, SOURCES, written
from app.sample.illustrative.question import Asked
from questionnaires.answers import Answer, Value
from questionnaires.models import Definition, MissingCode, Question
from questionnaires.routing import route
from questionnaires.validation import accepted_missing

MISSING = (
    (MissingCode.DONT_KNOW, 0.03),
    (MissingCode.NOT_APPLICABLE, 0.02),
    (MissingCode.DECLINED, 0.015),
)
BLANK = 0.05
COMMENTED = 0.06
SOURCED = 0.12
ALWAYS = frozenset({"attribution", "md_treatment", "themes", "output_types", "resp_role"})
"""Questions on which others depend, or that decide what may be shown: always answered."""


def make_answers(
    definition: Definition,
    profile: Profile,
    *,
    round_number: int,
    today: date,
    files: Mapping[str, str],
    sections: int | None = None,
) -> dict[str, Answer]:
    """The answers to the first ``sections`` of a form (``None``: all), in the order of the form.

    Only what is asked is answered: what an earlier answer rules out is left away.
    """
    reached = definition.survey[:sections]
    names = {question.name for section in reached for question in section.questions()}
    values: dict[str, Value] = {}
    answers: dict[str, Answer] = {}
    for question in definition.fields:
        if question.name not in names:
            continue
        asked = Asked(
            question=question,
            definition=definition,
            profile=profile,
            rng=profile.rng(round_number, question.name),
            today=today,
            values=values,
            files=files,
        )
        answer = _answer(asked)
        if answer is None:
            continue
        answers[question.name] = answer
        if answer.value is not None:
            values[question.name] = answer.value
    path = route(definition, answers, today=today)
    return {name: answer for name, answer in answers.items() if name in path.asked}


def _answer(asked: Asked) -> Answer | None:
    question, rng = asked.question, asked.rng
    # The same numbers are drawn whatever comes of them, so that an answer keeps its value when
    # only its remarks differ.
    remarks = chance(rng.random())
    missing = _missing(question, remarks)
    if missing is not None:
        return Answer(missing=missing, comment=_comment(remarks))
    if remarks.random() < BLANK and not question.required and question.name not in ALWAYS:
        return None
    value = entry_of(asked)
    if value is None:
        return None
    source = written(remarks, SOURCES) if remarks.random() < SOURCED else ""
    if question.personal:
        return Answer(value=value)
    return Answer(value=value, comment=_comment(remarks), source=source)


def _missing(question: Question, rng: Random) -> MissingCode | None:
    accepted = accepted_missing(question)
    drawn = rng.random()
    if question.name in ALWAYS:
        return None
    for code, share in MISSING:
        if drawn < share:
            return code if code in accepted else None
        drawn -= share
    return None


def _comment(rng: Random) -> str:
    return written(rng, COMMENTS) if rng.random() < COMMENTED else ""
