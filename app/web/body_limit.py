"""Refuse bodies that are too large, or in an odd encoding, before anything reads them."""

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.refusals import refuse, wants_json

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
FORM_BYTES = 12 * MEGABYTE
"""A section of a form, or an answer, can hold some very long texts."""
OTHER_BYTES = MEGABYTE // 4
LARGE = ("/form", "/api/", "/organiser/questionnaires/")
UTF_8 = frozenset({"", "utf-8", "utf8"})


class BodyLimit:
    """Looks at what a request announces. Bodies of unknown length are not taken."""

    def __init__(self, app: ASGIApp, *, upload_megabytes: int) -> None:
        self.app = app
        # A form around a file takes some room too.
        self.upload_megabytes = upload_megabytes
        self.upload_bytes = (upload_megabytes + 1) * MEGABYTE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        most = self._most(request)
        announced = request.headers.get("content-length", "0")
        if "transfer-encoding" in request.headers:
            answer = refuse(
                request,
                status=411,
                code="length-required",
                title="Length missing",
                detail="The request does not say how long its body is.",
                mend="Send the header Content-Length.",
            )
            await answer(scope, receive, send)
        elif not announced.isdecimal() or int(announced) > most:
            detail, mend = too_much(
                with_file=self._with_file(request),
                most_bytes=most,
                most_file_megabytes=self.upload_megabytes,
            )
            if self._with_file(request) and not wants_json(request):
                mend += " Your browser’s own way back may still show what you had typed beside it."
            answer = refuse(
                request, status=413, code="too-large", title="Too large", detail=detail, mend=mend
            )
            await answer(scope, receive, send)
        elif _charset(request) not in UTF_8:
            answer = refuse(
                request,
                status=415,
                code="unknown-encoding",
                title="Encoding not accepted",
                detail="The form was sent in another encoding than UTF-8.",
                mend="Send it in UTF-8, as every browser does.",
            )
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @staticmethod
    def _with_file(request: Request) -> bool:
        return request.headers.get("content-type", "").startswith("multipart/")

    def _most(self, request: Request) -> int:
        if not request.url.path.startswith(LARGE):
            return OTHER_BYTES
        if self._with_file(request):
            return max(FORM_BYTES, self.upload_bytes)
        return FORM_BYTES


def _in_words(most: int) -> str:
    return f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // KILOBYTE} kB"


def too_much(*, with_file: bool, most_bytes: int, most_file_megabytes: int) -> tuple[str, str]:
    """What is said of a body that is too large, and what to do about it."""
    if with_file:
        detail = (
            f"A file can have at most {most_file_megabytes} MB, and what was sent is larger. "
            "None of it was kept."
        )
        return detail, "Give a smaller file, or the address of a place where it can be read."
    return (
        f"More than {_in_words(most_bytes)} cannot be sent here at once.",
        "Shorten very long texts, or attach them as a document.",
    )


def _charset(request: Request) -> str:
    """The encoding that a form with files names; Python knows some that break what reads it."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        return ""
    return options.get(b"charset", b"").decode("latin-1").lower()
