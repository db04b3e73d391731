"""Files are handed out to be saved, by any name, in a header that cannot be broken out of."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.attachments import disposition


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf"),
        ("é.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%C3%A9.pdf"),
        ('a"b.pdf', "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"),
    ],
)
def test_disposition_names_the_file_twice(name: str, header: str) -> None:
    assert disposition(name) == header


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_disposition_of_any_name_is_one_header_that_says_the_name(name: str) -> None:
    header = disposition(name)

    assert header.isascii()
    assert header.isprintable()
    found = re.fullmatch(r"""attachment; filename="([^"\\%]*)"; filename\*=UTF-8''(\S*)""", header)
    assert found is not None
    assert len(found[1]) == len(name)
    assert unquote(found[2]) == name
