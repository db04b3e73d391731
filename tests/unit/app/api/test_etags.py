"""Entity tags of answers and definitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.v1.etags import etag_of, is_known, revision_in
from app.errors import Invalid, PreconditionRequired


@given(st.integers(0, 999_999_999))
def test_revision_in_what_etag_of_wrote(revision: int) -> None:
    assert revision_in(etag_of(revision)) == revision


def test_revision_in_nothing_is_required() -> None:
    with pytest.raises(PreconditionRequired):
        revision_in(None)


@pytest.mark.parametrize("tag", ["", "*", "1", 'W/"1"', '"-1"', '"1","2"', '"१"', '"1'])
def test_revision_in_anything_else_is_refused(tag: str) -> None:
    with pytest.raises(Invalid):
        revision_in(tag)


@pytest.mark.parametrize(
    ("sent", "known"),
    [(None, False), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"ab"', False), ("", False)],
)
def test_is_known(sent: str | None, known: bool) -> None:
    assert is_known('"a"', sent) == known
