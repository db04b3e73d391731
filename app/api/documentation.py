"""The OpenAPI document, and a page that people can read it on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from app.api.v1.material_models import MaterialIn
from app.api.v1.models import REF
from app.web.access import public
from app.web.pages import page
from app.web.refusals import PROBLEM_JSON

DESCRIPTION = """\
Everything that the pages do, for programs. Send a bearer token: an API token of a user, or the
token of a respondent's session, made from a personal link. Cookies are not looked at.

Lists come in pages (`limit`, `cursor`); the header `Link` leads to the next one. An answer is saved
with the revision that it is based on (`If-Match`), so that nobody overwrites another unseen. Every
refusal is a problem (RFC 9457) that says what happened and what to do. `GET` changes nothing, and
`HEAD` is answered wherever `GET` is.
"""
FIRST_REFUSAL = 400
READ_BY_HAND: tuple[type[BaseModel], ...] = (MaterialIn,)
"""Bodies that come in several kinds, of which FastAPI knows nothing."""
METHODS = ("get", "put", "post", "delete")

router = APIRouter(include_in_schema=False)


def describe(app: FastAPI) -> None:
    """Let the application tell its own OpenAPI document."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def _document(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=f"{app.title} API",
        version=app.version,
        summary=app.summary,
        description=DESCRIPTION,
        routes=app.routes,
    )
    schemas = found["components"]["schemas"]
    for model in READ_BY_HAND:
        schemas[model.__name__] = model.model_json_schema(ref_template=REF)
        for name, schema in schemas[model.__name__].pop("$defs", {}).items():
            schemas.setdefault(name, schema)
    for _, _, operation in _operations(found):
        for status, answer in operation["responses"].items():
            if int(status) >= FIRST_REFUSAL and "application/json" in answer.get("content", {}):
                answer["content"] = {PROBLEM_JSON: answer["content"]["application/json"]}
    return found


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that an operation is told in its address or a header."""

    name: str
    place: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation can answer."""

    status: str
    description: str
    model: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a model."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Model:
    """A shape of what goes in or out."""

    name: str
    description: str
    members: tuple[Member, ...]


@router.get("/api/docs", dependencies=[public("says what the API can do")])
def read_documentation(request: Request) -> Response:
    document = request.app.openapi()
    resources: dict[str, list[Operation]] = {}
    for path, method, operation in _operations(document):
        tag = (operation.get("tags") or ["service"])[0]
        resources.setdefault(tag, []).append(_operation(path, method, operation))
    models = [
        _model(name, schema)
        for name, schema in sorted(document["components"]["schemas"].items())
        if schema.get("type") == "object"
    ]
    context = {"resources": resources, "models": models, "description": DESCRIPTION}
    return page(request, "api/documentation.html", context)


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(
            Parameter(
                name=one["name"],
                place=one["in"],
                required=one.get("required", False),
                description=one.get("description", ""),
            )
            for one in operation.get("parameters", ())
        ),
        body=", ".join(_kind(part.get("schema", {})) or media for media, part in body.items()),
        answers=tuple(
            Answer(
                status=status,
                description=one.get("description", ""),
                model=", ".join(
                    filter(
                        None,
                        (_kind(part.get("schema", {})) for part in one.get("content", {}).values()),
                    )
                ),
            )
            for status, one in operation["responses"].items()
        ),
    )


def _model(name: str, schema: Mapping[str, Any]) -> Model:
    required = set(schema.get("required", ()))
    return Model(
        name=name,
        description=schema.get("description", ""),
        members=tuple(
            Member(
                name=member,
                kind=_kind(details),
                required=member in required,
                description=details.get("description", ""),
            )
            for member, details in schema.get("properties", {}).items()
        ),
    )


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: ``list of Fault or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(filter(None, (_kind(one) for one in schema["anyOf"])))
    if "enum" in schema:
        return " or ".join(f"«{value}»" for value in schema["enum"])
    if "const" in schema:
        return f"«{schema['const']}»"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {})) or 'anything'}"
    if schema.get("format") in {"date", "date-time", "binary"}:
        return str(schema["format"])
    return str(schema.get("type", ""))
