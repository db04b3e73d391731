"""Re-surveys open and are mailed once, whatever crashes in between."""

import re
import signal
import time
from collections import Counter

from app.rounds.models import MailState
from app.rounds.service.link import follow_link
from tests.fixtures.mail import SmtpServer
from tests.integration.jobs.processes import wait_until, worker
from tests.integration.jobs.world import (
    ADDRESSES,
    FIRST_CYCLE,
    SECOND_CYCLE,
    World,
)

LINK = re.compile(r"https://survey\.example\.org/r/(\S+)")
TWO_SWEEPS = 2.5


def recipients(smtp_server: SmtpServer) -> list[str]:
    return sorted(address for mail in smtp_server.received for address in mail.recipients)


def tokens(smtp_server: SmtpServer) -> list[str]:
    return [token for mail in smtp_server.received for token in LINK.findall(mail.text)]


def open_round_of(world: World, token: str) -> str:
    """The slug of the round that a link leads to."""
    with world.services.database.read() as session:
        return follow_link(session, token)[2].slug


def test_two_cycles_with_a_worker_killed_between_opening_and_mailing(
    world: World, smtp_server: SmtpServer
) -> None:
    # The first cycle: the process dies with the round open and no mail asked for.
    world.clock.set(FIRST_CYCLE)
    with worker(world, dies="after opening") as doomed:
        assert doomed.wait(25) == -signal.SIGKILL
    assert [round_.slug for round_ in world.rounds()] == ["processes-2027-03-01"]
    assert len(world.mails(MailState.WAITING)) == len(ADDRESSES)
    assert smtp_server.received == []

    with worker(world):
        wait_until(lambda: len(world.mails(MailState.SENT)) == len(ADDRESSES))
        assert recipients(smtp_server) == ADDRESSES

        # The second cycle, in a newer version: killed while the mail server is slow to answer.
        world.publish("2")
        smtp_server.hold()
        world.clock.set(SECOND_CYCLE)
        wait_until(lambda: smtp_server.held_back > 0)
    assert len(world.rounds()) == 2
    assert len(world.mails(MailState.WAITING)) == len(ADDRESSES)
    assert recipients(smtp_server) == ADDRESSES
    smtp_server.release()

    with worker(world):
        wait_until(lambda: len(world.mails(MailState.SENT)) == 2 * len(ADDRESSES))
        time.sleep(TWO_SWEEPS)

    assert [round_.slug for round_ in world.rounds()] == [
        "processes-2027-03-01",
        "processes-2028-03-01",
    ]
    assert recipients(smtp_server) == sorted(ADDRESSES * 2)
    assert len(set(tokens(smtp_server))) == 2 * len(ADDRESSES)
    rounds = [open_round_of(world, token) for token in tokens(smtp_server)]
    assert rounds == ["processes-2027-03-01"] * 4 + ["processes-2028-03-01"] * 4
    assert len({str(mail.message["Message-ID"]) for mail in smtp_server.received}) == 8


def test_worker_killed_after_the_server_took_a_mail_repeats_it_recognisably(
    world: World, smtp_server: SmtpServer
) -> None:
    world.clock.set(FIRST_CYCLE)
    with worker(world, dies="after sending") as doomed:
        assert doomed.wait(25) == -signal.SIGKILL

    with worker(world):
        wait_until(lambda: len(world.mails(MailState.SENT)) == len(ADDRESSES))

    # SMTP has no way to ask whether a message arrived, so it is sent again: as the same message.
    times = Counter(str(mail.message["Message-ID"]) for mail in smtp_server.received)
    assert len(times) == len(ADDRESSES)
    assert max(times.values()) == 2
    assert len(set(tokens(smtp_server))) == len(ADDRESSES)


def test_two_workers_at_once_open_one_round_and_send_each_mail_once(
    world: World, smtp_server: SmtpServer
) -> None:
    with worker(world, worker_id="worker-0"), worker(world, worker_id="worker-1"):
        world.clock.set(FIRST_CYCLE)
        wait_until(lambda: len(world.mails(MailState.SENT)) == len(ADDRESSES))
        time.sleep(TWO_SWEEPS)

    assert len(world.rounds()) == 1
    assert recipients(smtp_server) == ADDRESSES
