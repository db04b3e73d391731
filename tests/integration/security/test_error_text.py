"""What an error of the database says goes into a log, so it repeats nothing that people wrote."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.bootstrap import Services

WRITTEN = "What a ministry wrote in confidence"


def test_error_of_the_database_does_not_repeat_what_was_written(services: Services) -> None:
    statement = text("INSERT INTO there_is_no_such_table VALUES (:written)")

    with services.database.read() as session, pytest.raises(SQLAlchemyError) as reading:
        session.execute(statement, {"written": WRITTEN})
    with pytest.raises(SQLAlchemyError) as writing, services.database.write() as session:
        session.execute(statement, {"written": WRITTEN})

    assert "there_is_no_such_table" in str(reading.value)
    assert WRITTEN not in str(reading.value)
    assert WRITTEN not in str(writing.value)
