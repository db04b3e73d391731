"""Each route names its permission, and each role gets exactly what its row of the table says."""

import re
from collections.abc import Iterator

import pytest
from fastapi import Depends, FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from sqlalchemy import select as select_from
from sqlmodel import select

from app.accounts.models import Grant, Role
from app.accounts.policy import PERMISSIONS, Action
from app.accounts.service import add_user
from app.bootstrap import Services
from app.main import create_app, include_features
from app.rounds.models import Survey
from app.sample.loaded import Loaded
from app.tables import metadata
from app.web.access import permissions_of
from tests.fixtures.organiser import PASSWORD, Answering
from tests.integration.organiser.conftest import SignIn, Visitor

PAGES: dict[tuple[str, str], Action] = {
    ("GET", "/organiser"): Action.VIEW_BOARD,
    ("GET", "/organiser/questionnaires"): Action.VIEW_BOARD,
    ("GET", "/organiser/questionnaires/versions/{questionnaire}/{version}"): Action.VIEW_BOARD,
    ("GET", "/organiser/questionnaires/versions/{questionnaire}/{version}/file"): Action.VIEW_BOARD,
    (
        "GET",
        "/organiser/questionnaires/versions/{questionnaire}/{version}/comparison",
    ): Action.VIEW_BOARD,
    (
        "GET",
        "/organiser/questionnaires/versions/{questionnaire}/{version}/translations",
    ): Action.VIEW_BOARD,
    (
        "GET",
        "/organiser/questionnaires/versions/{questionnaire}/{version}/translations/file",
    ): Action.VIEW_BOARD,
    (
        "GET",
        "/organiser/questionnaires/drafts/{draft_key}/translations",
    ): Action.WRITE_QUESTIONNAIRES,
    (
        "GET",
        "/organiser/questionnaires/drafts/{draft_key}/translations/file",
    ): Action.WRITE_QUESTIONNAIRES,
    (
        "POST",
        "/organiser/questionnaires/drafts/{draft_key}/translations",
    ): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/new"): Action.WRITE_QUESTIONNAIRES,
    ("POST", "/organiser/questionnaires/drafts"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}"): Action.WRITE_QUESTIONNAIRES,
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/file"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/file"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/upload"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/comparison"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/publish"): Action.WRITE_QUESTIONNAIRES,
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/publish"): Action.WRITE_QUESTIONNAIRES,
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/discard"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/preview"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/preview/submit"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/preview/submit"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/preview/decline"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/preview/decline"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    (
        "GET",
        "/organiser/questionnaires/drafts/{draft_key}/preview/{section}",
    ): Action.WRITE_QUESTIONNAIRES,
    (
        "POST",
        "/organiser/questionnaires/drafts/{draft_key}/preview/{section}",
    ): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/questionnaires/drafts/{draft_key}/media/{name}"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/pictures"): Action.WRITE_QUESTIONNAIRES,
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/pictures/remove"): (
        Action.WRITE_QUESTIONNAIRES
    ),
    ("POST", "/organiser/questionnaires/drafts/{draft_key}/wipe"): Action.WRITE_QUESTIONNAIRES,
    ("GET", "/organiser/surveys/{slug}"): Action.VIEW_BOARD,
    ("POST", "/organiser/surveys/{slug}/cadence"): Action.RUN_ROUNDS,
    ("GET", "/organiser/surveys/{slug}/open"): Action.RUN_ROUNDS,
    ("POST", "/organiser/surveys/{slug}/open"): Action.RUN_ROUNDS,
    ("GET", "/organiser/rounds/{slug}"): Action.VIEW_BOARD,
    ("POST", "/organiser/rounds/{slug}/close"): Action.RUN_ROUNDS,
    ("POST", "/organiser/rounds/{slug}/patch"): Action.RUN_ROUNDS,
    ("GET", "/organiser/rounds/{slug}/respondents/{key}"): Action.READ_ANSWERS,
    (
        "GET",
        "/organiser/rounds/{slug}/respondents/{key}/materials/{material_key}",
    ): Action.READ_ANSWERS,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/link"): Action.MANAGE_INVITATIONS,
    (
        "POST",
        "/organiser/rounds/{slug}/respondents/{key}/links/{number}/revoke",
    ): Action.MANAGE_INVITATIONS,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/reopen"): Action.MANAGE_INVITATIONS,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/extend"): Action.MANAGE_INVITATIONS,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/undelivered"): (Action.MANAGE_INVITATIONS),
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/ineligible"): Action.MANAGE_INVITATIONS,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/coding"): Action.CODE,
    ("POST", "/organiser/rounds/{slug}/respondents/{key}/statements"): Action.CODE,
    ("GET", "/organiser/rounds/{slug}/downloads"): Action.DOWNLOAD,
    ("POST", "/organiser/rounds/{slug}/downloads"): Action.DOWNLOAD,
    ("GET", "/organiser/rounds/{slug}/downloads/{export_key}"): Action.DOWNLOAD,
}
OWN_OR_PUBLIC = {
    ("GET", "/organiser/sign-in"),
    ("POST", "/organiser/sign-in"),
    ("POST", "/organiser/sign-out"),
    ("GET", "/organiser/tokens"),
    ("POST", "/organiser/tokens"),
    ("POST", "/organiser/tokens/{token_id}/revoke"),
}
NAMES = {
    "{slug}": "rcp-demo",
    "{key}": "igc",
    "{material_key}": "none",
    "{export_key}": "none",
    "{number}": "0",
    "{questionnaire}": "rcp-migration-development",
    "{version}": "2007",
    "{draft_key}": "none",
    "{section}": "section_a",
    "{name}": "map.png",
}


def routes_of(app: FastAPI) -> Iterator[RouteContext]:
    """Every route of our own: not the folder of static files, nor what FastAPI adds."""
    for context in iter_route_contexts(app.routes):
        if hasattr(context, "dependant"):
            yield context


def nameless(app: FastAPI) -> list[str]:
    """The routes that name no permission."""
    return [
        f"{context.methods} {context.path}"
        for context in routes_of(app)
        if not list(permissions_of(context.dependant))
    ]


def test_every_route_names_its_permission(services: Services) -> None:
    app = create_app(services=services)

    assert len(list(routes_of(app))) > 20
    assert nameless(app) == []


def test_route_without_a_permission_is_found() -> None:
    app = FastAPI()
    include_features(app)

    @app.get("/open-door", dependencies=[Depends(lambda: None)])
    def open_door() -> None:
        pass

    assert nameless(app) == ["{'GET'} /open-door"]


def test_every_organisers_page_stands_in_the_table(services: Services) -> None:
    found = {
        (method, context.path)
        for context in routes_of(create_app(services=services))
        for method in context.methods or ()
        if (context.path or "").startswith("/organiser")
    }

    assert found == {*PAGES, *OWN_OR_PUBLIC}


def call(visitor: Visitor, method: str, path: str) -> int:
    for name, value in NAMES.items():
        path = path.replace(name, value)
    return (visitor.get if method == "GET" else visitor.post)(path).status_code


@pytest.mark.parametrize("role", list(Role))
def test_role_reaches_what_its_row_says_and_nothing_else(
    role: Role, signed_in: SignIn, answering: Answering
) -> None:
    visitor = signed_in(role)

    refused = {page for page in PAGES if call(visitor, *page) == 403}

    assert refused == {page for page, action in PAGES.items() if role not in PERMISSIONS[action]}


def test_visitor_who_is_not_signed_in_reaches_nothing(
    visitor: Visitor, answering: Answering
) -> None:
    answers = {page: call(visitor, *page) for page in PAGES}

    assert {code for (method, _), code in answers.items() if method == "GET"} == {303}
    assert {code for (method, _), code in answers.items() if method == "POST"} == {401}


def test_role_in_another_survey_makes_a_round_unknown(
    new_visitor: object, loaded: Loaded, services: Services
) -> None:
    assert callable(new_visitor)
    with services.database.write() as session:
        demo = session.exec(select(Survey).where(Survey.slug != "gfmd-rcp-survey")).one()
        add_user(
            session,
            email="new@example.org",
            name="Administrator of the demonstration",
            password=PASSWORD,
            role=Role.ADMINISTRATOR,
            survey_id=demo.id,
            clock=services.clock,
        )
    visitor: Visitor = new_visitor()
    visitor.post("/organiser/sign-in", email="new@example.org", password=PASSWORD)

    assert visitor.get("/organiser/rounds/rcp-demo").status_code == 200
    assert {
        call(visitor, method, path.replace("{slug}", "gfmd-2007"))
        for method, path in PAGES
        if "{slug}" in path
    } == {404}
    listed = visitor.get("/organiser").text
    assert re.findall(r'href="/organiser/rounds/([\w-]+)"', listed) == ["rcp-demo"]
    versions = visitor.get("/organiser/questionnaires").text
    assert re.findall(r'href="/organiser/rounds/([\w-]+)"', versions) == ["rcp-demo"]


def test_user_without_a_role_is_told_so(
    visitor: Visitor, users: dict[Role, int], services: Services
) -> None:
    with services.database.write() as session:
        for grant in session.exec(select(Grant).where(Grant.user_id == users[Role.OBSERVER])):
            session.delete(grant)
    visitor.sign_in(Role.OBSERVER)

    answer = visitor.get("/organiser")

    assert answer.status_code == 403
    assert "no role in any survey" in answer.text


@pytest.mark.parametrize("path", [path for method, path in PAGES if method == "POST"])
def test_form_without_the_browsers_proof_is_refused(
    path: str, signed_in: SignIn, answering: Answering
) -> None:
    visitor = signed_in(Role.ADMINISTRATOR)
    for name, value in NAMES.items():
        path = path.replace(name, value)

    answer = visitor.client.post(path, data={"csrf": "0" * 64})

    assert answer.status_code == 403
    assert "not sent from a page of this service" in answer.text


def every_row(services: Services) -> dict[str, list[tuple[object, ...]]]:
    with services.database.read() as session:
        return {
            name: sorted(map(tuple, session.execute(select_from(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def test_reading_pages_changes_nothing(
    signed_in: SignIn, answering: Answering, services: Services
) -> None:
    visitor = signed_in(Role.ADMINISTRATOR)
    before = every_row(services)

    answers = {
        path: call(visitor, method, path)
        for method, path in [*PAGES, *OWN_OR_PUBLIC]
        if method == "GET"
    }

    assert list(answers.values()).count(200) == 13
    assert every_row(services) == before
