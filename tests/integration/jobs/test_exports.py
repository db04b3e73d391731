"""A file that was asked for is built once, whole or not at all, and deleted at its time."""

import hashlib
import signal
import stat
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from app.downloads.jobs import Workshop, job_of
from app.downloads.models import Export, ExportState
from app.downloads.queries import export_by_key, exports_of
from app.downloads.service import file_of, open_file, request_export
from app.errors import AppError, Conflict, Gone, Invalid, NotFound
from app.jobs.job import Fate
from app.rounds.models import Round
from app.worker import sweep
from tests.integration.jobs.builders import CONTENT, Writing, ask, workshop
from tests.integration.jobs.processes import wait_until, worker
from tests.integration.jobs.world import PaperQueue, World


def asked(world: World, *, key: str = "key") -> Export:
    with world.services.database.write() as session:
        return ask(session, world.services, key=key)


def export_of(world: World, key: str = "key") -> Export:
    with world.services.database.read() as session:
        return export_by_key(session, key)


def folder(world: World) -> list[str]:
    """What lies in the folder of exports."""
    place = world.settings.data_dir / "exports"
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


def do(room: Workshop, export: Export) -> None:
    job = job_of(export)
    room.note(job.row_id, job.attempt, room.build(job.row_id, job.attempt))


def queue_of(world: World) -> PaperQueue:
    assert isinstance(world.services.jobs, PaperQueue)
    return world.services.jobs


def test_file_is_built_and_described(paper_world: World) -> None:
    export = asked(paper_world)

    do(workshop(paper_world.services, Writing()), export)

    built = export_of(paper_world)
    now = paper_world.clock.now()
    assert built.state is ExportState.READY
    assert (built.size, built.sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    assert (built.finished_at, built.expires_at) == (now, now + timedelta(days=30))
    path = open_file(built, data_dir=paper_world.settings.data_dir, clock=paper_world.clock)
    assert path.read_bytes() == CONTENT
    assert folder(paper_world) == ["key"]


def test_file_is_readable_by_its_owner_alone(paper_world: World) -> None:
    do(workshop(paper_world.services, Writing()), asked(paper_world))

    file = file_of(export_of(paper_world), data_dir=paper_world.settings.data_dir)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_progress_can_be_read_while_the_file_is_built(paper_world: World) -> None:
    export = asked(paper_world)
    seen: list[Export] = []

    do(
        workshop(paper_world.services, Writing(lambda: seen.append(export_of(paper_world)))),
        export,
    )

    [midway] = seen
    assert midway.state is ExportState.BUILDING
    assert (midway.done, midway.total, midway.step) == (1, 2, "Writing by-hand")


def _raises(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            AppError("The round has no definition.", mend="Restore it."),
            "The round has no definition. Restore it.",
        ),
        (RuntimeError("secret"), "The service failed while building it; its log tells more."),
    ],
)
def test_failure_is_told_in_plain_words_and_leaves_no_file(
    paper_world: World, error: Exception, words: str
) -> None:
    export = asked(paper_world)

    do(workshop(paper_world.services, Writing(_raises(error))), export)

    failed = export_of(paper_world)
    assert (failed.state, failed.error) == (ExportState.FAILED, words)
    assert folder(paper_world) == []
    with pytest.raises(Conflict, match=words):
        open_file(failed, data_dir=paper_world.settings.data_dir, clock=paper_world.clock)


def test_file_that_is_ready_is_not_built_again(paper_world: World) -> None:
    export = asked(paper_world)
    do(workshop(paper_world.services, Writing()), export)
    before = export_of(paper_world)
    paper_world.clock.set(paper_world.clock.now() + timedelta(days=1))

    do(workshop(paper_world.services, Writing(_raises(RuntimeError("built again")))), export)

    assert export_of(paper_world) == before


def test_what_a_crash_left_behind_is_overwritten(paper_world: World) -> None:
    export = asked(paper_world)
    part = paper_world.settings.data_dir / "exports" / "key.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 1000)

    do(workshop(paper_world.services, Writing()), export)

    assert export_of(paper_world).size == len(CONTENT)
    assert folder(paper_world) == ["key"]


def test_worker_killed_while_building_builds_it_after_its_restart(world: World) -> None:
    asked(world)
    with worker(world, program="builder", dies="while building") as doomed:
        assert doomed.wait(25) == -signal.SIGKILL
    assert export_of(world).state is ExportState.BUILDING

    with worker(world, program="builder"):
        wait_until(lambda: export_of(world).state is ExportState.READY)

    assert folder(world) == ["key"]


def test_file_that_kills_every_worker_is_given_up(world: World) -> None:
    asked(world)
    for _ in range(4):
        with worker(world, program="builder", dies="while building") as doomed:
            assert doomed.wait(25) == -signal.SIGKILL

    with worker(world, program="builder", dies="while building"):
        wait_until(lambda: export_of(world).state is ExportState.FAILED)

    assert export_of(world).error == "The service stopped several times while building it."


def test_sweep_asks_for_a_waiting_file_once(paper_world: World) -> None:
    export = asked(paper_world)

    first, second = sweep(paper_world.services), sweep(paper_world.services)

    assert (first.exports_asked_for, second.exports_asked_for) == (1, 0)
    assert queue_of(paper_world).asked == [job_of(export)]


def test_job_that_ran_before_its_row_was_there_runs_again(paper_world: World) -> None:
    export = asked(paper_world)
    queue_of(paper_world).came_to[job_of(export).workflow_id] = Fate.ENDED

    sweep(paper_world.services)

    [job] = queue_of(paper_world).asked
    assert job.workflow_id == f"{job_of(export).workflow_id}-again"


def test_job_that_is_lost_fails_its_file(paper_world: World) -> None:
    export = asked(paper_world)
    queue_of(paper_world).came_to[job_of(export).workflow_id] = Fate.FAILED

    sweep(paper_world.services)

    assert export_of(paper_world).state is ExportState.FAILED


def test_file_is_deleted_at_its_time_and_its_row_stays(paper_world: World) -> None:
    do(workshop(paper_world.services, Writing()), asked(paper_world))
    data_dir = paper_world.settings.data_dir
    paper_world.clock.set(paper_world.clock.now() + timedelta(days=30, seconds=-1))
    assert sweep(paper_world.services).exports_expired == 0
    paper_world.clock.set(paper_world.clock.now() + timedelta(seconds=1))

    # The time counts, whether or not a sweep has come by.
    with pytest.raises(Gone):
        open_file(export_of(paper_world), data_dir=data_dir, clock=paper_world.clock)
    assert sweep(paper_world.services).exports_expired == 1

    assert folder(paper_world) == []
    expired = export_of(paper_world)
    assert expired.state is ExportState.EXPIRED
    assert expired.sha256 == hashlib.sha256(CONTENT).hexdigest()
    with pytest.raises(Gone, match="deleted at the end of its time"):
        open_file(expired, data_dir=data_dir, clock=paper_world.clock)


def test_file_that_is_not_built_yet_cannot_be_opened(paper_world: World) -> None:
    export = asked(paper_world)

    with pytest.raises(Conflict, match="still being built"):
        open_file(export, data_dir=paper_world.settings.data_dir, clock=paper_world.clock)


def test_file_that_somebody_removed_is_gone(paper_world: World) -> None:
    do(workshop(paper_world.services, Writing()), asked(paper_world))
    built = export_of(paper_world)
    file_of(built, data_dir=paper_world.settings.data_dir).unlink()

    with pytest.raises(Gone):
        open_file(built, data_dir=paper_world.settings.data_dir, clock=paper_world.clock)


def request(world: World, **changes: object) -> Export:
    with world.services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == "by-hand")).one()
        arguments: dict[str, object] = {
            "exporter": "annex-b",
            "round_": round_,
            "as_of": world.clock.now(),
            "user_id": None,
            "clock": world.clock,
            **changes,
        }
        return request_export(session, **arguments)  # type: ignore[arg-type]


def test_asking_for_a_file_makes_a_row_that_waits(paper_world: World) -> None:
    export = request(paper_world)

    assert export.state is ExportState.WAITING
    assert export.file_name == "by-hand-annex-b-2027-02-20.xlsx"
    assert export.media_type.startswith("application/vnd.openxmlformats")
    with paper_world.services.database.read() as session:
        assert [each.key for each in exports_of(session, export.round_id)] == [export.key]


def test_asking_twice_gives_two_keys(paper_world: World) -> None:
    assert request(paper_world).key != request(paper_world).key


def test_asking_for_what_no_exporter_makes_names_those_there_are(paper_world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        request(paper_world, exporter="fax")

    assert "annex-b" in refusal.value.mend


def test_asking_for_the_future_is_refused(paper_world: World) -> None:
    with pytest.raises(Invalid, match="lies in the future"):
        request(paper_world, as_of=paper_world.clock.now() + timedelta(seconds=1))


def test_key_that_is_none_finds_nothing(paper_world: World) -> None:
    with pytest.raises(NotFound), paper_world.services.database.read() as session:
        export_by_key(session, "nothing")


def test_state_before_the_round_opened_cannot_be_built(paper_world: World) -> None:
    with paper_world.services.database.write() as session:
        export = ask(session, paper_world.services)
        export.as_of -= timedelta(days=1)

    do(workshop(paper_world.services, Writing()), export)

    assert "Choose a later moment." in export_of(paper_world).error
