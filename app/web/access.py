"""How a route names the permission it asks for, so that a test can find one that doesn't."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from fastapi import Depends
from fastapi.dependencies.models import Dependant

Check = TypeVar("Check", bound=Callable[..., Any])

ATTRIBUTE = "rapporteur_permission"


def permission(name: str) -> Callable[[Check], Check]:
    """Mark a dependency as the check of a permission."""

    def mark(check: Check) -> Check:
        setattr(check, ATTRIBUTE, name)
        return check

    return mark


def public(reason: str) -> Any:  # noqa: ANN401 - what FastAPI's Depends returns
    """A route that anybody may call, and why."""

    @permission(f"public: {reason}")
    async def anybody() -> None:
        pass

    return Depends(anybody)


def permissions_of(dependant: Dependant) -> Iterator[str]:
    """The permissions that a route's tree of dependencies names."""
    name = getattr(dependant.call, ATTRIBUTE, None)
    if name is not None:
        yield name
    for below in dependant.dependencies:
        yield from permissions_of(below)
