"""What an organiser is told beside each answer: its mark, and every save that led to it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.responses.drafts import Content
from app.responses.models import AnswerRevision
from app.responses.reading import Reader
from exports.records import Channel
from questionnaires.answers import Answers
from questionnaires.marking import mark_of
from questionnaires.marks import MEANINGS, Mark, MarkMeaning
from questionnaires.models import Question
from questionnaires.routing import Route


@dataclass(frozen=True, slots=True)
class Change:
    """One save of an answer: what was there before, and what came."""

    at: datetime
    editor: str
    channel: Channel
    accepted: bool
    """False for a save that was refused because somebody else had saved meanwhile."""
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is known of one answer besides its words."""

    mark: Mark
    meaning: MarkMeaning
    history: tuple[Change, ...]
    """Empty where the answer is withheld from the reader."""


def annotate(
    session: Session,
    response_id: int,
    answers: Answers,
    path: Route,
    *,
    reader: Reader,
    submitted: bool,
    attribution_withheld: bool,
) -> Mapping[str, Annotation]:
    """The annotations of a response's fields by their names, in one query."""
    definition = reader.definition
    revisions = _revisions(session, response_id)
    found: dict[str, Annotation] = {}
    for question in definition.fields:
        mark = mark_of(
            definition,
            question.name,
            answers,
            path,
            submitted=submitted,
            attribution_withheld=attribution_withheld,
        )
        history = _history(reader, question, revisions.get(question.name, ()))
        found[question.name] = Annotation(mark, MEANINGS[mark], history)
    return found


def _revisions(session: Session, response_id: int) -> Mapping[str, Sequence[AnswerRevision]]:
    found: defaultdict[str, list[AnswerRevision]] = defaultdict(list)
    rows = session.exec(
        select(AnswerRevision)
        .where(AnswerRevision.response_id == response_id)
        .order_by(col(AnswerRevision.id))
    )
    for row in rows:
        found[row.question].append(row)
    return found


def _history(
    reader: Reader, question: Question, revisions: Sequence[AnswerRevision]
) -> tuple[Change, ...]:
    if reader.hides(question):
        return ()
    words: dict[int, str] = {0: ""}
    changes: list[Change] = []
    for one in revisions:
        new = reader.text(question, Content(one.value, one.missing, one.comment, one.source))
        before = one.revision - 1 if one.accepted else one.revision
        changes.append(
            Change(
                at=one.at,
                editor=one.editor,
                channel=one.channel,
                accepted=one.accepted,
                old=words.get(before, ""),
                new=new + (f" (comment: {one.comment})" if one.comment else ""),
            )
        )
        if one.accepted:
            words[one.revision] = changes[-1].new
    return tuple(changes)
