"""Which refusals an operation documents."""

from typing import Any

from app.api.v1.models import ProblemDetails

MEANINGS = {
    304: "Not changed: what the caller has is the newest.",
    401: "There is no bearer token, or it is not valid (any more).",
    403: "The token's owner or scopes do not allow this.",
    404: "There is no such thing, or none that this token may know of.",
    409: "It contradicts the present state; the body says which.",
    410: "It was valid once.",
    413: "More bytes than are taken.",
    415: "A file of a type that is not taken.",
    422: "What was sent has faults; each is listed.",
    428: "The revision that the change is based on is missing (header If-Match).",
    429: "Too many tries; wait as long as the header Retry-After says.",
}
TOO_MANY = 429


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of refusals; every operation can answer 401, 403 and 422."""
    documented: dict[int | str, dict[str, Any]] = {
        status: {"model": ProblemDetails, "description": MEANINGS[status]}
        for status in sorted({401, 403, 422, *statuses})
    }
    if TOO_MANY in documented:
        documented[TOO_MANY]["headers"] = {
            "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
        }
    return documented
