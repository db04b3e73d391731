"""What happened to an invitation, in words and in order."""

from datetime import UTC, datetime, timedelta

import pytest

from app.responses.models import Response, Submission, SubmissionKind
from app.rounds.models import (
    EventKind,
    Invitation,
    InvitationEvent,
    MailKind,
    MailState,
    OutgoingMail,
    PersonalLink,
)
from app.rounds.timeline import Moment, timeline

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def tell(*, shows_people: bool = True, **facts: object) -> list[tuple[datetime, str, str]]:
    """A timeline of these facts and no others."""
    invitation = Invitation(id=1, round_id=1, respondent_id=1, position=1, invited_at=START)
    found: tuple[Moment, ...] = timeline(
        **{  # type: ignore[arg-type]
            "invitation": invitation,
            "events": (),
            "mails": (),
            "links": (),
            "responses": (),
            "submissions": (),
            **facts,
        },
        shows_people=shows_people,
    )
    return [(moment.at, moment.what, moment.note) for moment in found]


def mail(state: MailState, sent_at: datetime | None = None) -> OutgoingMail:
    return OutgoingMail(
        invitation_id=1,
        contact_id=1,
        link_id=1,
        kind=MailKind.INVITATION,
        state=state,
        message_id="<1@example.org>",
        created_at=at(1),
        sent_at=sent_at,
    )


def submission(kind: SubmissionKind) -> Submission:
    return Submission(
        invitation_id=1,
        kind=kind,
        receipt="AB-12",
        at=at(5),
        clearance_name="Clearing officer",
        clearance_title="Head",
        refusal_reason="No capacity" if kind is SubmissionKind.REFUSAL else "",
    )


def test_timeline_is_in_the_order_in_which_things_happened() -> None:
    returned = submission(SubmissionKind.QUESTIONNAIRE)
    returned.reopened_at = at(6)

    found = tell(
        events=[InvitationEvent(invitation_id=1, kind=EventKind.LINK_OPENED, at=at(3))],
        mails=[mail(MailState.SENT, sent_at=at(2))],
        responses=[Response(invitation_id=1, version_id=1, started_at=at(4))],
        submissions=[returned],
    )

    assert [what for _, what, _ in found] == [
        "Invited",
        "Invitation mailed",
        "Link opened for the first time",
        "Form started",
        "Questionnaire submitted",
        "Reopened for correction",
    ]
    assert [moment for moment, _, _ in found] == [at(0), at(2), at(3), at(4), at(5), at(6)]


@pytest.mark.parametrize("kind", list(EventKind))
def test_timeline_has_words_for_every_event(kind: EventKind) -> None:
    event = InvitationEvent(invitation_id=1, kind=kind, at=at(1), note="As it was")

    (_, (_, what, note)) = tell(events=[event])

    assert what[0].isupper()
    assert note == "As it was"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MailState.WAITING, "Invitation waiting to be mailed"),
        (MailState.SENT, "Invitation mailed"),
        (MailState.REFUSED, "Invitation could not be delivered"),
        (MailState.CANCELLED, "Invitation not sent any more"),
    ],
)
def test_timeline_has_words_for_every_fate_of_a_mail(state: MailState, words: str) -> None:
    assert tell(mails=[mail(state)])[1][1] == words


def test_timeline_link_that_went_out_by_mail_is_not_told_twice() -> None:
    links = [
        PersonalLink(id=1, invitation_id=1, nonce="a", token_hash="a", created_at=at(1)),
        PersonalLink(id=2, invitation_id=1, nonce="b", token_hash="b", created_at=at(2)),
    ]
    links[1].revoked_at = at(3)

    found = tell(links=links, mails=[mail(MailState.SENT, sent_at=at(1))])

    assert [what for _, what, _ in found[1:]] == [
        "Invitation mailed",
        "Personal link issued",
        "Personal link revoked",
    ]


@pytest.mark.parametrize("kind", [SubmissionKind.QUESTIONNAIRE, SubmissionKind.MATERIALS])
def test_timeline_clearing_officer_is_named_to_who_may_see_people(kind: SubmissionKind) -> None:
    named = tell(submissions=[submission(kind)])[1][2]
    unnamed = tell(submissions=[submission(kind)], shows_people=False)[1][2]

    assert named == "Cleared by Clearing officer, Head. Receipt AB-12."
    assert unnamed == "Receipt AB-12."


def test_timeline_refusal_tells_its_reason() -> None:
    assert tell(submissions=[submission(SubmissionKind.REFUSAL)])[1][2] == "No capacity"
