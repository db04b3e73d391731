"""The limit the service is held against: a FastAPI route that does one INSERT or one SELECT.

Run as a program: ``python -m tests.bench.bare URL PORT``. Written as anybody would: plain ``def``
routes, SQLAlchemy's own pool, on SQLite the same journal and the same durability as the service.
"""

import sys

import uvicorn
from fastapi import FastAPI, Request
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from app.database import normalised_url

metadata = MetaData()
note = Table(
    "bench_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String, nullable=False),
)


def create_bare_app(url: str) -> FastAPI:
    """The bare application over its own table, which it makes."""
    engine = create_engine(normalised_url(url), pool_size=32, max_overflow=32)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def set_up(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
            del entry
            cursor = connection.cursor()
            for pragma in ("busy_timeout = 15000", "journal_mode = WAL", "synchronous = FULL"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(note).values(text="The first."))
    app = FastAPI()

    @app.post("/note")
    def add(request: Request) -> dict[str, str]:
        del request
        with engine.begin() as connection:
            connection.execute(insert(note).values(text="A sentence of usual length, no more."))
        return {"status": "saved"}

    @app.get("/note")
    def show() -> dict[str, str]:
        with engine.connect() as connection:
            text = connection.execute(select(note.c.text).where(note.c.id == 1)).scalar_one()
        return {"text": text}

    return app


if __name__ == "__main__":
    uvicorn.run(
        create_bare_app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning"
    )
