"""Read what a browser posts, with limits on its size."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from app.errors import TooLarge
from app.responses.clearance import Clearance
from app.web.body_limit import too_much

MAX_FIELDS = 20_000
"""A table of 200 rows and many columns has thousands of fields."""
MAX_FORM_BYTES = 12 * 1024 * 1024
MEGABYTE = 1024 * 1024


@asynccontextmanager
async def opened_form(request: Request) -> AsyncIterator[FormData]:
    """The fields of a posted form; raises ``TooLarge`` before anything is read.

    Routes ask for it before their transaction begins: a slow connection holds nobody up.
    """
    settings = request.app.state.services.settings
    most = MAX_FORM_BYTES
    with_file = request.headers.get("content-type", "").startswith("multipart/")
    if with_file:
        most = max(most, (settings.max_upload_mb + 1) * MEGABYTE)
    announced = request.headers.get("content-length", "")
    if not announced.isdecimal() or int(announced) > most:
        detail, mend = too_much(
            with_file=with_file, most_bytes=most, most_file_megabytes=settings.max_upload_mb
        )
        raise TooLarge(detail, mend=mend)
    async with request.form(
        max_fields=MAX_FIELDS, max_files=4, max_part_size=MAX_FORM_BYTES
    ) as form:
        yield form


async def posted_form(request: Request) -> AsyncIterator[FormData]:
    """``opened_form`` as a dependency."""
    async with opened_form(request) as form:
        yield form


PostedForm = Annotated[FormData, Depends(posted_form)]


def texts_of(form: FormData) -> Mapping[str, Sequence[str]]:
    """The text fields of a form by name, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def text_of(form: FormData, name: str) -> str:
    """One text field; empty when it is missing."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def file_of(form: FormData, name: str) -> UploadFile | None:
    """An uploaded file; ``None`` when none was chosen."""
    value = form.get(name)
    if not isinstance(value, UploadFile) or not value.filename:
        return None
    # So browsers write this sign, which would end the name.
    value.filename = value.filename.replace("%22", '"')
    return value


def clearance_of(form: FormData) -> tuple[Clearance, int | None]:
    """The clearance that a form gives, and the minutes spent; -1 for what is no number."""
    minutes = text_of(form, "minutes_spent").strip()
    return (
        Clearance(
            name=text_of(form, "clearance_name"),
            title=text_of(form, "clearance_title"),
            on=_date(text_of(form, "clearance_on")),
            declared=bool(text_of(form, "declaration")),
        ),
        None if not minutes else int(minutes) if _is_number(minutes) else -1,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 - fits an integer


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
