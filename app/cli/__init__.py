"""The command ``rapporteur``: a module for each noun, loaded fast, errors in one line."""

import sys

from app.cli.failure import complain
from app.cli.program import program


def main() -> None:
    """Run the command line; what cannot be done is said in a line, and the exit code is not 0."""
    try:
        program()
    except Exception as error:  # noqa: BLE001 - the last one who can tell a person what went wrong
        complain(error)
        sys.exit(1)
