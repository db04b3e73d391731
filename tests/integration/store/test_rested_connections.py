"""A server that was started again while nobody asked is no error to who asks next."""

import time

from sqlalchemy import create_engine, text
from sqlmodel import select

from app.database import Database, normalised_url
from app.database.engines import REST_SECONDS
from app.registry.models import Respondent
from tests.integration.store.rows import MOMENT

END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def end_all_connections(url: str) -> int:
    engine = create_engine(normalised_url(url))
    with engine.connect() as connection:
        ended = len(connection.execute(text(END_OTHERS)).fetchall())
    engine.dispose()
    return ended


def test_connection_that_was_ended_while_it_rested_is_replaced(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with database.write() as session:
        session.add(Respondent(key="puebla", created_at=MOMENT))
    with database.read() as session:
        session.exec(select(Respondent.key)).all()
    ended = end_all_connections(postgresql_url)
    time.sleep(REST_SECONDS + 0.1)

    with database.write() as session:
        session.add(Respondent(key="bali", created_at=MOMENT))
    with database.read() as session:
        found = session.exec(select(Respondent.key).order_by(Respondent.key)).all()

    database.dispose()
    assert ended == 2
    assert found == ["bali", "puebla"]
