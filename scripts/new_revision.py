"""Write the next revision from what the models say: `python scripts/new_revision.py "Add …"`."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.database import schema

FOLDER = Path(__file__).parents[1] / "migrations" / "versions"


def main() -> None:
    """Compare the models with a database at the newest revision, and write the difference."""
    (message,) = sys.argv[1:]
    number = f"{int(schema.newest_revision()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/newest.sqlite3"
        schema.migrate(url)
        with schema.alone_with_the_database(url) as connection:
            config = schema.configuration(connection)
            command.revision(config, message=message, autogenerate=True, rev_id=number)
    (written,) = FOLDER.glob(f"{number}_*.py")
    print(f"Wrote {written}. Read it, format it, and write what autogenerate does not see:")
    print("CHECK constraints, conditions of indexes, and triggers of tables that are made anew.")


if __name__ == "__main__":
    main()
