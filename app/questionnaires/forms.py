"""The forms about drafts, as browsers send them."""

from typing import Annotated

from fastapi import Depends, Form, Request
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from app.errors import AppError, Invalid
from app.questionnaires.access import Writes
from app.questionnaires.pictures import Picture, receive_picture
from app.questionnaires.uploads import MOST_BYTES, Uploaded, read_upload
from app.responses.forms import PostedForm, file_of, text_of
from app.storage.storage import Storage
from app.web.csrf import check_csrf
from app.web.typed import Typed
from questionnaires.problems import Problem

Seen = Annotated[int, Field(ge=0, le=1_000_000)]


class SeenForm(BaseModel):
    """The revision of the draft that was on the screen."""

    revision: Seen = 0
    sure: Typed = ""


class PublishForm(BaseModel):
    """What is published, and what is said of it."""

    revision: Seen = 0
    notes: Typed = ""


class PictureForm(BaseModel):
    """Which picture of a draft, and the revision of the draft that was on the screen."""

    revision: Seen = 0
    name: Typed = ""


class MoveForm(BaseModel):
    """The patch that a round is to go on with."""

    version: Typed = ""
    sure: Typed = ""


SeenInput = Annotated[SeenForm, Form()]
PublishInput = Annotated[PublishForm, Form()]
PictureInput = Annotated[PictureForm, Form()]
MoveInput = Annotated[MoveForm, Form()]


async def checked_form(request: Request, form: PostedForm) -> FormData:
    """A form that may be long, and was sent from a page of ours; raises ``Forbidden``."""
    await check_csrf(request)
    return form


CheckedForm = Annotated[FormData, Depends(checked_form)]


def upload_of(form: FormData) -> Uploaded:
    """The questionnaire in a form; raises ``Invalid`` without a file, and as ``read_upload``."""
    file = file_of(form, "file")
    if file is None or file.filename is None:
        raise Invalid(
            [
                Problem(
                    code="no-file",
                    message="No file was chosen.",
                    mend="Choose the file of the questionnaire, then upload it.",
                    place="file",
                )
            ]
        )
    return read_upload(file.filename, file.file.read(MOST_BYTES + 1))


def picture_of(form: FormData, storage: Storage, *, name: str) -> Picture:
    """The picture in a form, checked and kept; raises ``Invalid``, and as ``receive_picture``."""
    file = file_of(form, "file")
    if file is None:
        problem = Problem(
            code="no-file",
            message="No picture was chosen.",
            mend="Choose the file of the picture, then upload it.",
            place="file",
        )
        raise Invalid([problem])
    return receive_picture(storage, name=name, stream=file.file)


def tried_upload(form: CheckedForm, identity: Writes) -> Uploaded | AppError:
    """The questionnaire in a form, or why there is none, for a page that says so.

    Reading a large workbook takes a while, so it is done before anybody waits for the database.
    """
    del identity  # whoever sends is known and may
    try:
        return upload_of(form)
    except AppError as error:
        return error


TriedUpload = Annotated[Uploaded | AppError, Depends(tried_upload)]


def seen_of(form: FormData) -> int:
    """The revision of the draft that was on the screen."""
    text = text_of(form, "revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0  # noqa: PLR2004 - fits
