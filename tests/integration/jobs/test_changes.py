"""The workbook of a re-survey compares it with the round before."""

from io import BytesIO

from openpyxl import Workbook, load_workbook
from sqlmodel import select

from app.downloads.models import Export
from app.downloads.queries import export_by_key
from app.downloads.service import open_file, request_export
from app.rounds.models import Round
from tests.integration.jobs.world import FIRST_CYCLE, SECOND_CYCLE, World


def workbook_of(world: World, slug: str) -> Workbook:
    """The workbook of a round, asked for and built as an organiser would have it."""
    with world.services.database.write() as session:
        round_ = session.exec(select(Round).where(Round.slug == slug)).one()
        export = request_export(
            session,
            exporter="annex-b",
            round_=round_,
            as_of=world.clock.now(),
            user_id=None,
            clock=world.clock,
        )
    world.sweep_and_work()
    path = open_file(_read(world, export.key), data_dir=world.settings.data_dir, clock=world.clock)
    return load_workbook(BytesIO(path.read_bytes()))


def _read(world: World, key: str) -> Export:
    with world.services.database.read() as session:
        return export_by_key(session, key)


def test_workbook_of_the_second_round_has_a_sheet_of_changes(paper_world: World) -> None:
    world = paper_world
    first = workbook_of(world, "by-hand")
    world.clock.set(FIRST_CYCLE)
    world.sweep_and_work()
    world.publish("2")
    world.clock.set(SECOND_CYCLE)
    world.sweep_and_work()

    second = workbook_of(world, "processes-2028-03-01")

    assert "Changes" not in first.sheetnames
    assert "Changes" in second.sheetnames
    words = {str(cell.value) for row in second["Changes"].iter_rows() for cell in row}
    assert {"North", "South", "West"} <= words
