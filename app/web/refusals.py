"""Errors as people and programs read them: a page, or problem details (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.database.storable import NUL
from app.errors import AppError, Invalid
from app.web.pages import page
from app.web.ways import ways_on
from questionnaires.problems import Problem

log = logging.getLogger(__name__)
API_PREFIX = "/api/"
PROBLEM_JSON = "application/problem+json"
CHECK_ADDRESS = "Check the address, or go back to where you came from."


def problem_details(
    *,
    status: int,
    code: str,
    title: str,
    detail: str = "",
    mend: str = "",
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
    **members: Any,  # noqa: ANN401 - RFC 9457 lets a problem type define its own members
) -> JSONResponse:
    """A body of type application/problem+json."""
    body: dict[str, Any] = {"type": f"urn:rapporteur:problem:{code}", "title": title}
    body |= {"status": status, "code": code}
    if detail:
        body["detail"] = detail
    if mend:
        body["mend"] = mend
    if problems:
        body["problems"] = [problem.model_dump(exclude_none=True) for problem in problems]
    body |= jsonable_encoder(members)
    told = dict(headers or {})
    if status == HTTPStatus.UNAUTHORIZED:
        told["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status_code=status, media_type=PROBLEM_JSON, headers=told)


def wants_json(request: Request) -> bool:
    """Whether a program is asking."""
    if request.scope["path"].startswith(API_PREFIX):
        return True
    return request.headers.get("accept", "").startswith("application/json")


def refuse(
    request: Request,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    mend: str = "",
    problems: Sequence[Problem] = (),
    headers: Mapping[str, str] | None = None,
    shut_out: bool = False,
) -> Response:
    """The refusal as a page, or as problem details where a program asks.

    The page leads on; ``shut_out`` where all pages around this one refuse alike.
    """
    if wants_json(request):
        return problem_details(
            status=status,
            code=code,
            title=title,
            detail=detail,
            mend=mend,
            problems=problems,
            headers=headers,
        )
    if detail == Invalid(list(problems)).message:
        # The page lists the problems, each with how to mend it; programs get both.
        detail = ""
    context = {
        "status": status,
        "title": title,
        "detail": detail,
        "mend": mend,
        "problems": problems,
        "ways": ways_on(request, shut_out=shut_out),
    }
    told = dict(headers or {})
    return page(request, "web/refusal.html", context, status=status, headers=told)


def install(app: FastAPI) -> None:
    """Answer every error of the application in one voice."""

    @app.exception_handler(AppError)
    def app_error(request: Request, error: AppError) -> Response:
        if NUL in request.scope["path"]:
            # No name holds a zero byte, so whatever was looked for by this one is not there.
            return nothing_here(request)
        problems = error.problems if isinstance(error, Invalid) else []
        return refuse(
            request,
            status=error.status,
            code=error.code,
            title=error.title,
            detail=error.message,
            mend=error.mend,
            problems=problems,
            headers=error.headers,
            shut_out=error.shuts_out,
        )

    @app.exception_handler(RequestValidationError)
    def request_error(request: Request, error: RequestValidationError) -> Response:
        problems = [_problem_of(fault) for fault in error.errors()]
        return refuse(
            request,
            status=422,
            code="invalid",
            title=Invalid.title,
            detail="The request has faults; each is listed.",
            problems=problems,
        )

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        path = request.url.path
        if error.status_code == HTTPStatus.NOT_FOUND and path.endswith("/") and path.strip("/"):
            # Within this site, whatever the request calls it: a host can be made up.
            right = request.url.replace(scheme="", netloc="", path="/" + path.strip("/"))
            return RedirectResponse(str(right), status_code=HTTPStatus.TEMPORARY_REDIRECT)
        match error.status_code:
            case HTTPStatus.NOT_FOUND:
                return nothing_here(request)
            case HTTPStatus.BAD_REQUEST:
                return _unreadable(request, error)
            case HTTPStatus.METHOD_NOT_ALLOWED:
                return refuse(
                    request,
                    status=error.status_code,
                    code="method-not-allowed",
                    title="Not possible here",
                    detail="This address exists, but not for this kind of request.",
                    mend=CHECK_ADDRESS,
                    headers={"Allow": ", ".join(sorted(_methods_at(request)))},
                )
            case _:
                return refuse(
                    request,
                    status=error.status_code,
                    code="error",
                    title="Not possible",
                    detail=str(error.detail),
                    headers=error.headers,
                )

    @app.exception_handler(ClientDisconnect)
    def lost(_: Request, __: ClientDisconnect) -> Response:
        # Nobody is there to read it, and nothing was done.
        return Response(status_code=HTTPStatus.BAD_REQUEST)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        # The route, not the address: that of a personal link holds its token.
        where = getattr(request.scope.get("route"), "path", "an address of no route")
        log.error("Unexpected error at %s %s", request.method, where, exc_info=error)
        return refuse(
            request,
            status=500,
            code="error",
            title="Something went wrong",
            detail="The service made a mistake. What you had saved before is safe.",
            mend="Try again; if it happens again, tell the organiser what you were doing.",
        )


def nothing_here(request: Request) -> Response:
    """What is said of an address that leads nowhere."""
    return refuse(
        request,
        status=HTTPStatus.NOT_FOUND,
        code="not-found",
        title="Not found",
        detail="There is no page at this address.",
        mend=CHECK_ADDRESS,
    )


def _methods_at(request: Request) -> set[str]:
    """What the address of a request takes: each of its routes knows but its own methods."""
    found: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        pattern = getattr(route, "path_regex", None)
        if pattern is not None and pattern.match(request.scope["path"]):
            # The folder of static files names none: it is only read.
            found |= route.methods or {"GET"}
    return found | {"HEAD"} if "GET" in found else found


def _problem_of(fault: Mapping[str, Any]) -> Problem:
    """One fault that was found in a request, in our words where theirs would not help."""
    place = "/".join(str(part) for part in fault["loc"])
    if fault["type"] == "json_invalid":
        return Problem(
            code="json-invalid",
            message=f"The body is no valid JSON: {fault['ctx']['error']} at character "
            f"{fault['loc'][-1]}.",
            mend="Send JSON, in UTF-8.",
            place="body",
        )
    return Problem(
        code=str(fault["type"]).replace("_", "-"),
        message=f"{fault['msg']}.",
        mend="Send a value of the kind that the documentation names.",
        place=place,
    )


def _unreadable(request: Request, error: HTTPException) -> Response:
    """What is said of a body that is not what its headers announce."""
    match error.__cause__:
        case UnicodeDecodeError():
            reason = "It is not in UTF-8."
        case RecursionError():
            reason = "It is nested too deeply."
        case _:
            reason = str(error.detail)
    problem = Problem(
        code="unreadable-body",
        message=f"The body cannot be read. {reason}",
        mend="Send JSON in UTF-8 to the interface for programs, and forms as a browser sends them.",
        place="body",
    )
    return refuse(
        request,
        status=Invalid.status,
        code=Invalid.code,
        title="The request cannot be read",
        detail="What was sent is not of the kind that was announced. Nothing was changed.",
        problems=[problem],
    )
