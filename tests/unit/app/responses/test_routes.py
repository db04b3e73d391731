"""Every page beside the sections of a form is a name that no section may have."""

from fastapi.routing import iter_route_contexts

from app.responses.routes import router
from questionnaires.lint.names import PAGES


def test_pages_of_the_form_are_names_that_lint_refuses_for_sections() -> None:
    paths = [context.path or "" for context in iter_route_contexts(router.routes)]

    below = {path.split("/")[2] for path in paths if path.startswith("/form/")}
    assert below - {"{name}"} == PAGES
