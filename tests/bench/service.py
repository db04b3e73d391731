"""What people wait for: saves, pages, the board, a whole return; on both databases."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.accounts.models import Role
from app.accounts.service.users import add_user
from app.bootstrap import Services, build
from app.database import migrate
from app.sample import load_gfmd_2007
from questionnaires.models import Definition
from tests.bench.load import Connection, Timing, run
from tests.bench.people import Drafting, Visitor, whole_response
from tests.bench.servers import HOST, bare_server, service_server
from tests.fixtures.postgresql import PostgresqlServer
from tests.fixtures.rounds import FORM, open_a_round
from tests.fixtures.service import make_settings

CONNECTIONS = (1, 8, 32)
SECONDS = 4.0
"""How long each number of connections is measured, after a warm-up."""
RESPONSES = {1: 12, 8: 40, 32: 64}
"""Whole returns measured at each number of connections: each uses up an invitation."""
SLUG = "measured"
EMAIL, PASSWORD = "organiser@example.org", "correct horse battery staple"
BOARD = "/organiser/rounds/gfmd-2007"
SECTION, SAVED_QUESTION = "section_b", "founding_event"
PAGE_SECTION = "section_c"

Table = dict[str, dict[int, Timing]]


def measure_service() -> dict[str, Table]:
    """Timings by database, by what was done, by number of connections."""
    results: dict[str, Table] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        results["sqlite"] = _measure(
            f"sqlite:///{path}/service.sqlite3", f"sqlite:///{path}/bare.sqlite3", path / "data"
        )
    with PostgresqlServer(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        results["postgresql"] = _measure(
            server.create_database("service"), server.create_database("bare"), Path(folder)
        )
    return results


def _measure(service_url: str, bare_url: str, data_dir: Path) -> Table:
    table: Table = {}
    with bare_server(bare_url) as port:
        for name, method in (("bare INSERT", "POST"), ("bare SELECT", "GET")):
            table[name] = {many: asyncio.run(_bare(port, method, many)) for many in CONNECTIONS}
    with (
        _prepared(service_url, data_dir) as (tokens, definition),
        service_server(service_url, data_dir) as port,
    ):
        taken = iter(tokens)
        savers = [next(taken) for _ in range(max(CONNECTIONS))]
        table["save an answer"] = {
            many: asyncio.run(_saves(port, savers[:many])) for many in CONNECTIONS
        }
        table["form section page"] = {
            many: asyncio.run(_sections(port, savers[:many])) for many in CONNECTIONS
        }
        table["board of twelve"] = {many: asyncio.run(_boards(port, many)) for many in CONNECTIONS}
        table["whole response"] = {
            many: asyncio.run(
                _responses(port, [next(taken) for _ in range(RESPONSES[many])], many, definition)
            )
            for many in CONNECTIONS
        }
    return table


@contextmanager
def _prepared(url: str, data_dir: Path) -> Iterator[tuple[list[str], Definition]]:
    """A database with the sample, a round of many invited, and an organiser."""
    migrate(url)
    settings = make_settings(url, data_dir)
    services = build(settings)
    try:
        load_gfmd_2007(services)
        _add_organiser(services)
        count = max(CONNECTIONS) + sum(RESPONSES.values())
        asked = open_a_round(services, keys=[f"m{n:03d}" for n in range(count)], slug=SLUG)
        yield [each.focal_point.token for each in asked], services.catalogue.get(FORM, "2007")
    finally:
        services.close()


def _add_organiser(services: Services) -> None:
    with services.database.write() as session:
        add_user(
            session,
            email=EMAIL,
            name="Organiser",
            password=PASSWORD,
            role=Role.ADMINISTRATOR,
            clock=services.clock,
        )


async def _bare(port: int, method: str, many: int) -> Timing:
    async def step(connection: Connection, number: int) -> str | None:
        del number
        reply = await connection.request(method, "/note")
        return None if reply.status == 200 else str(reply.status)

    return await run(step, [Connection(HOST, port) for _ in range(many)], seconds=SECONDS)


async def _saves(port: int, tokens: list[str]) -> Timing:
    connections = [Connection(HOST, port) for _ in tokens]
    drafting: list[Drafting] = []
    for connection, token in zip(connections, tokens, strict=True):
        visitor = Visitor(connection)
        await visitor.start(token)
        page = await visitor.look(f"/form/{SECTION}")
        each = Drafting(visitor, section=SECTION, question=SAVED_QUESTION)
        each.revision = _revision_on(page.body, SAVED_QUESTION)
        drafting.append(each)

    async def step(connection: Connection, number: int) -> str | None:
        del connection
        return await drafting[number].save()

    return await run(step, connections, seconds=SECONDS)


def _revision_on(page: bytes, question: str) -> int:
    marker = f'name="{question}:revision" value="'.encode()
    _, found, rest = page.partition(marker)
    return int(rest.split(b'"', 1)[0]) if found else 0


async def _sections(port: int, tokens: list[str]) -> Timing:
    connections = [Connection(HOST, port) for _ in tokens]
    for connection, token in zip(connections, tokens, strict=True):
        await Visitor(connection).start(token)

    async def step(connection: Connection, number: int) -> str | None:
        del number
        reply = await connection.request("GET", f"/form/{PAGE_SECTION}")
        return None if reply.status == 200 else str(reply.status)

    return await run(step, connections, seconds=SECONDS)


async def _boards(port: int, many: int) -> Timing:
    first = Visitor(Connection(HOST, port))
    await first.sign_in(EMAIL, PASSWORD)
    connections = [Connection(HOST, port) for _ in range(many)]
    for connection in connections:
        connection.cookies = dict(first.connection.cookies)

    async def step(connection: Connection, number: int) -> str | None:
        del number
        reply = await connection.request("GET", BOARD)
        return None if reply.status == 200 else str(reply.status)

    return await run(step, connections, seconds=SECONDS)


async def _responses(port: int, tokens: list[str], many: int, definition: Definition) -> Timing:
    left = iter(tokens)

    async def step(connection: Connection, number: int) -> str | None:
        del number
        connection.cookies.clear()
        return await whole_response(Visitor(connection), next(left), definition)

    connections = [Connection(HOST, port) for _ in range(many)]
    return await run(
        step,
        connections,
        seconds=timedelta(minutes=5).total_seconds(),
        warm_up=0.0,
        at_most=len(tokens),
    )
