"""Where durable workflows keep their state: beside the database unless the settings say where."""

from pathlib import Path
from sqlite3 import connect as connect_sqlite

from sqlalchemy.engine import make_url

from app.database import normalised_url
from app.private_files import make_private_file
from app.settings import Settings

FILE_NAME = "workflows.sqlite3"


def workflow_database_url(settings: Settings) -> str:
    """The address in the form that DBOS takes.

    On PostgreSQL it is the database of the service itself, in which DBOS has a schema of its own.
    On SQLite it is a file of its own, since the two would wait for each other's writes.
    """
    if settings.workflow_database_url:
        setting = "RAPPORTEUR_WORKFLOW_DATABASE_URL"
        own = normalised_url(settings.workflow_database_url, setting=setting)
    else:
        own = normalised_url(settings.database_url)
    if own.get_backend_name() == "postgresql":
        return own.set(drivername="postgresql").render_as_string(hide_password=False)
    if not settings.workflow_database_url:
        own = own.set(database=str(Path(settings.data_dir).absolute() / FILE_NAME))
    return own.render_as_string(hide_password=False)


def prepare_workflow_file(url: str) -> None:
    """Make the file of workflows before DBOS does: ours alone, and with a write-ahead log.

    Readers and writers then do not wait for each other. On PostgreSQL there is no file.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return
    make_private_file(Path(address.database))
    connection = connect_sqlite(address.database, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
