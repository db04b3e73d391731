"""Say what went wrong on the command line: what happened, and what to do."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def complain(error: Exception) -> None:
    """Print an error for a person, in a line; faults that can be listed, a line each.

    A fault of the program itself is printed as one line too, and whole when the settings' log
    level is ``debug``.
    """
    for line in _lines(error):
        print(line, file=sys.stderr)  # noqa: T201 - the command line speaks to people


def _lines(error: Exception) -> list[str]:
    from pydantic import ValidationError

    from app.errors import AppError, Invalid
    from questionnaires.catalogue import UnknownQuestionnaire
    from questionnaires.loading import DefinitionInvalid

    match error:
        case Invalid() if error.problems:
            return [problem.sentence() for problem in error.problems]
        case AppError():
            return [f"{error.message} {error.mend}".strip()]
        case DefinitionInvalid():
            return [problem.sentence(error.source) for problem in error.problems]
        case UnknownQuestionnaire():
            return [f"{error} Run: rapporteur questionnaire list"]
        case ValidationError() if error.title == "Settings":
            return [
                f"The setting RAPPORTEUR_{_place(fault['loc']).upper()} cannot be used:"
                f" {_reason(fault)}."
                for fault in error.errors()
            ]
        case OSError() if error.filename is not None:
            return [f"{error.filename}: {error.strerror}."]
        case _:
            return _fault_of_ours(error)


def _reason(fault: "ErrorDetails") -> str:
    # Of what a check of ours says, pydantic would make «Value error, …».
    ours = fault.get("ctx", {}).get("error")
    return str(ours or fault["msg"])


def _place(path: tuple[int | str, ...]) -> str:
    return "_".join(str(part) for part in path)


def _fault_of_ours(error: Exception) -> list[str]:
    if _wants_all():
        raise error
    reason = " ".join(str(error).split())
    what = f"This should not have happened: {type(error).__name__}: {reason}"
    return [f"{what} Set RAPPORTEUR_LOG_LEVEL=debug to see where."]


def _wants_all() -> bool:
    from app.settings import read_settings

    try:
        return read_settings().log_level == "debug"
    except Exception:  # noqa: BLE001 - what is wrong with them is not what is to be told here
        return False
