"""Refuse text that PostgreSQL cannot keep, on SQLite too: what is taken, both can hold."""

import json
import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, event

from app.errors import Invalid
from questionnaires.problems import Problem

NUL = "\x00"
NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class JsonText(str):
    """JSON as it goes to the database; unlike other text it writes NUL with an escape."""

    __slots__ = ()


def to_json(value: object) -> JsonText:
    """JSON as it is stored: text as it is written, so that Arabic takes no more room than it must.

    Raises ``ValueError`` for numbers that JSON does not know.
    """
    return JsonText(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def guard(engine: Engine) -> None:
    """Check the parameters of every statement before it is sent."""

    @event.listens_for(engine, "before_cursor_execute")
    def check(*arguments: object) -> None:
        # The event hands over: connection, cursor, statement, parameters, context, executemany.
        for value in _values(arguments[3]):
            if not is_storable(value):
                raise Invalid([_problem()])


def is_storable(value: object) -> bool:
    """Whether both databases can keep a value: no NUL, no half of a character."""
    match value:
        case JsonText():
            # The plain look comes first: it is a hundred times faster than the pattern.
            has_nul = r"\u0000" in value and NUL_IN_JSON.search(value) is not None
            return not has_nul and _is_whole(value)
        case str():
            return NUL not in value and _is_whole(value)
        case _ if isinstance(getattr(value, "obj", None), bytes):
            return True  # a file, in the driver's wrapper
        case _ if hasattr(value, "obj"):
            # The driver's wrapper around a value that it writes as JSON itself.
            return is_storable(to_json(value.obj))
        case _:
            return True


def _is_whole(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _values(parameters: object) -> Iterator[object]:
    match parameters:
        case Mapping():
            yield from parameters.values()
        case list() | tuple():
            for part in parameters:
                yield from _values(part) if isinstance(part, Mapping | tuple | list) else (part,)
        case _:
            return


def _problem() -> Problem:
    return Problem(
        code="unstorable-text",
        message="The text holds a character that cannot be kept: a zero byte, or half of one.",
        mend="Delete it; it often comes along when text is copied out of another program.",
    )
