"""The ways on from a page that refuses: to what the person came from, and to their own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a page that helps."""

    address: str
    label: str


Door = Callable[[Request], Way | None]
"""A feature's way to its first page, for a browser in which somebody has entered by it."""
START = Way("/", "To the start page")


def open_doors(request: Request) -> tuple[Way, ...]:
    """The first pages of those who have a session in this browser, that of this page foremost."""
    doors: tuple[Door, ...] = getattr(request.app.state, "doors", ())
    ways = [way for door in doors if (way := door(request)) is not None]
    return tuple(sorted(ways, key=lambda way: not _is_below(request, way)))


def ways_on(request: Request, *, shut_out: bool = False) -> tuple[Way, ...]:
    """Where one who is refused can go on; the start page if nowhere else.

    ``shut_out``: the pages that this one belongs to all refuse alike, so none of them helps.
    """
    here = request.url.path
    ways = [
        way
        for way in open_doors(request)
        if way.address != here and not (shut_out and _is_below(request, way))
    ]
    sent_from = _sent_from(request)
    if sent_from and not shut_out and all(way.address != sent_from for way in ways):
        ways.insert(0, Way(sent_from, "Back to the page you came from"))
    return tuple(ways) or (START,)


def _is_below(request: Request, way: Way) -> bool:
    return f"{request.url.path}/".startswith(f"{way.address}/")


def _sent_from(request: Request) -> str:
    """The page of ours whose form was sent; empty where there is none."""
    sent_from = urlsplit(request.headers.get("referer", ""))
    is_ours = sent_from.netloc == request.url.netloc and sent_from.path.startswith("/")
    return sent_from.path if request.method == "POST" and is_ours else ""
