"""Lists in pages: nothing left out, nothing twice, though rows come and go meanwhile."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import Request, Response
from hypothesis import given
from hypothesis import strategies as st

from app.api.v1.models import Page
from app.api.v1.paging import Cut, cut_of
from app.errors import Invalid

KEYS = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=12)


def cut(limit: int, following: str | None = None) -> Cut:
    """The part of the list that an address asks for."""
    query = urlsplit(following or "").query
    scope = {"type": "http", "method": "GET", "path": "/list", "query_string": query.encode()}
    request = Request({**scope, "headers": [(b"host", b"example.org")], "scheme": "http"})
    cursor = parse_qs(query).get("cursor", [None])[0]
    return cut_of(request, Response(), limit, cursor)


def page_of(keys: list[str], limit: int, following: str | None = None) -> Page[str]:
    return cut(limit, following).page(keys, key=str, show=str.upper)


@given(KEYS, st.integers(1, 15))
def test_pages_together_are_the_list(keys: list[str], limit: int) -> None:
    found: list[str] = []
    page = page_of(keys, limit)
    found += page.items
    while page.next is not None:
        assert len(page.items) == limit
        page = page_of(keys, limit, page.next)
        found += page.items

    assert found == [key.upper() for key in keys]


def test_page_goes_on_after_the_row_it_ended_with_though_others_were_added() -> None:
    first = page_of(["b", "d", "f"], 2)

    second = page_of(["a", "b", "c", "d", "e", "f"], 2, first.next)

    assert (first.items, second.items) == (["B", "D"], ["E", "F"])


def test_page_after_a_row_that_is_gone_is_refused() -> None:
    following = page_of(["a", "b", "c"], 1).next

    with pytest.raises(Invalid):
        page_of(["b", "c"], 1, following)


@pytest.mark.parametrize("cursor", ["!", "a", "é", "====", "_w"])
def test_page_after_nonsense_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        page_of(["a", "b"], 1, f"/list?cursor={cursor}")
