"""Pages that are made once: however many there are, they take no more memory than they may."""

import tracemalloc
from types import SimpleNamespace

from fastapi import FastAPI, Request
from jinja2 import DictLoader, Environment

from app.questionnaires.papers import MAX_KEPT, paper_page
from app.settings import Settings
from questionnaires.catalogue import Catalogue


def asked(templates: dict[str, str]) -> Request:
    app = FastAPI()
    app.state.services = SimpleNamespace(settings=Settings())
    app.state.templates = Environment(loader=DictLoader(templates), autoescape=True)
    return Request({"type": "http", "app": app, "headers": []})


def test_pages_kept_are_bounded_by_their_size() -> None:
    definition = Catalogue().get("rcp-migration-development", "2007")
    large = 4 * 2**20
    text = "x" * large
    names = [f"page {number}" for number in range(MAX_KEPT // large + 2)]
    request = asked(dict.fromkeys(names, "{{ text }}"))
    made: list[str] = []

    def ask(name: str) -> None:
        def context() -> dict[str, object]:
            made.append(name)
            return {"text": text}

        page = paper_page(request, name, context, definition=definition, language="en")
        assert len(page.body) == large

    tracemalloc.start()

    for name in [*names, names[-1], names[0]]:
        ask(name)
    taken, _ = tracemalloc.get_traced_memory()

    tracemalloc.stop()
    # The last one was still there; the first had to be made again.
    assert made == [*names, names[0]]
    assert taken < MAX_KEPT + large
