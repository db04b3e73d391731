"""Where the papers of a published version are: documents for people, at public addresses."""

from collections.abc import Iterable

from pydantic import Field

from app.api.v1.models import ApiModel


class BlankFormOut(ApiModel):
    """The blank form in a language, with its routing in words: HTML, to read or print."""

    language: str = Field(examples=["en"])
    address: str = Field(examples=["/questionnaires/rcp-migration-development/2007/form/en"])


def blank_forms(slug: str, version: str, languages: Iterable[str]) -> list[BlankFormOut]:
    """The blank form of a version in each of its languages."""
    return [
        BlankFormOut(language=tag, address=f"/questionnaires/{slug}/{version}/form/{tag}")
        for tag in languages
    ]


def codebook_address(slug: str, version: str) -> str:
    """Where the codebook of a version is."""
    return f"/questionnaires/{slug}/{version}/codebook"
