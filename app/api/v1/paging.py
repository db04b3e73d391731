"""Cut a list into pages that stay where they are while somebody reads on."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request, Response

from app.api.v1.models import Page
from app.errors import Invalid
from questionnaires.problems import Problem

MOST = 500
USUAL = 50
Row = TypeVar("Row")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cut:
    """Which part of a list is asked for."""

    request: Request
    response: Response
    limit: int
    after: str | None
    """The key of the last row that the caller has seen."""

    def page(
        self,
        rows: Sequence[Row],
        *,
        key: Callable[[Row], str],
        show: Callable[[Row], Item],
    ) -> Page[Item]:
        """The rows after the cursor; the header Link leads to the next ones.

        Rows are in an order that does not change; ``key`` tells one from the other for good. A row
        added meanwhile appears where its key puts it, and none is shown twice.
        """
        start = 0
        if self.after is not None:
            known = [key(row) for row in rows]
            if self.after not in known:
                raise _unknown_cursor()
            start = known.index(self.after) + 1
        shown = rows[start : start + self.limit]
        following = None
        if start + len(shown) < len(rows):
            url = self.request.url.include_query_params(
                limit=self.limit, cursor=_encode(key(shown[-1]))
            )
            following = f"{url.path}?{url.query}"
            self.response.headers["Link"] = f'<{following}>; rel="next"'
        return Page[Item](items=[show(row) for row in shown], next=following)


def cut_of(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most so many items.")] = USUAL,
    cursor: Annotated[
        str | None, Query(max_length=200, description="From the address of the next page.")
    ] = None,
) -> Cut:
    """The part of a list that a request asks for."""
    return Cut(request, response, limit, None if cursor is None else _decode(cursor))


Paging = Annotated[Cut, Depends(cut_of)]


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise _unknown_cursor() from error


def _unknown_cursor() -> Invalid:
    return Invalid(
        [
            Problem(
                code="unknown-cursor",
                place="query/cursor",
                message="This cursor belongs to no list, or its row is not there any more.",
                mend="Follow the address of the next page as it was given, or begin again.",
            )
        ]
    )
