"""``rapporteur export``."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from app.cli.output_file import replaced
from app.cli.terminal import ACTOR, opened_services, progress_bar, say

if TYPE_CHECKING:
    from exports.contract import Exporter
    from exports.records import ExportProgress

AS_OF = "--as-of"


def export(
    exporter: Annotated[str, typer.Argument(help="Which export, such as annex-b.")],
    round_slug: Annotated[str, typer.Option("--round", help="Slug of the round.")],
    output: Annotated[Path, typer.Option(help="File to write; replaced when it is there.")],
    as_of: Annotated[
        str | None,
        typer.Option(
            AS_OF,
            metavar="MOMENT",
            help="The state at this moment, as 2007-07-09T00:00:00Z; without: now.",
        ),
    ] = None,
) -> None:
    """Write a file of a round, as it is or as it was. The same moment gives the same bytes."""
    from app.audit.service import record
    from app.synthesis.snapshot import build_snapshot

    chosen = _find(exporter)
    with opened_services() as services, progress_bar(f"Writing {output.name}") as tell:
        now = services.clock.now()
        moment = now if as_of is None else _moment(as_of, now=now)

        def show(progress: "ExportProgress") -> None:
            tell(progress.done, progress.total, progress.step)

        snapshot = build_snapshot(services.database, round_slug, as_of=moment)
        with replaced(output) as stream:
            chosen.write(snapshot, stream, progress=show)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            # Before the file is there: none leaves the service that the log does not know of.
            with services.database.write() as session:
                record(
                    session,
                    clock=services.clock,
                    actor=ACTOR,
                    action="export.written",
                    subject=f"round:{round_slug}",
                    details={
                        "exporter": exporter,
                        "as_of": moment.astimezone(UTC).isoformat(),
                        "sha256": digest,
                    },
                )
    say(
        f"Wrote {output}: {chosen.title} of the round {round_slug}"
        f" as of {moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC.",
        f"{output.stat().st_size:,} bytes, sha256 {digest}",
    )


def _find(name: str) -> "Exporter":
    from app.errors import NotFound
    from exports.registry import EXPORTERS

    chosen = EXPORTERS.get(name)
    if chosen is None:
        raise NotFound(
            f"There is no export «{name}».", mend=f"The exports are: {', '.join(EXPORTERS)}."
        )
    return chosen


def _moment(text: str, *, now: datetime) -> datetime:
    from app.synthesis.as_of import check_as_of, read_as_of

    moment = read_as_of(text, zone=ZoneInfo("UTC"), place=AS_OF)
    check_as_of(moment, now=now, place=AS_OF)
    return moment
