"""Entity tags: the revision of an answer, the checksum of a definition."""

import re
from typing import Annotated

from fastapi import Header

from app.errors import Invalid, PreconditionRequired
from questionnaires.problems import Problem

REVISION = re.compile(r'"([0-9]{1,9})"')

IfMatch = Annotated[
    str | None,
    Header(description='The revision that was read, as its ETag says: `"3"`; `"0"` for none.'),
]
IfNoneMatch = Annotated[str | None, Header(description="ETags that the caller has already.")]


def etag_of(value: object) -> str:
    """A strong entity tag."""
    return f'"{value}"'


def revision_in(if_match: str | None) -> int:
    """The revision that a change is based on.

    Raises ``PreconditionRequired`` without one: a change that names none could overwrite another.
    """
    if if_match is None:
        raise PreconditionRequired(
            "A change of an answer must say which revision it is based on.",
            mend="Read the answer, and send its ETag back in the header If-Match.",
        )
    found = REVISION.fullmatch(if_match.strip())
    if found is None:
        raise Invalid(
            [
                Problem(
                    code="not-a-revision",
                    place="header/if-match",
                    message="If-Match names one revision, not several, none or any.",
                    mend='Send the ETag of the answer as it was read, such as "3".',
                )
            ]
        )
    return int(found[1])


def is_known(etag: str, if_none_match: str | None) -> bool:
    """Whether the caller has what an entity tag stands for."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags
