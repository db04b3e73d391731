"""The web application, made from settings; importing this module does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from app.accounts.access import door as organisers_door
from app.accounts.routes import install as lead_to_sign_in
from app.accounts.routes import router as accounts
from app.api.documentation import describe
from app.api.documentation import router as documentation
from app.api.v1.router import router as api
from app.bootstrap import Services, build
from app.downloads.routes import router as downloads
from app.questionnaires.paper_routes import router as papers
from app.questionnaires.routes import router as questionnaires
from app.responses.access import door as respondents_door
from app.responses.routes import router as responses
from app.rounds.invitation_routes import router as invitations
from app.rounds.material_routes import router as materials
from app.rounds.routes import router as rounds
from app.rounds.survey_routes import router as surveys
from app.settings import Settings
from app.synthesis.routes import router as synthesis
from app.web import pages, refusals
from app.web.body_limit import BodyLimit
from app.web.head import HeadRequests
from app.web.headers import SecurityHeaders
from app.web.routes import router as web


def create_app(settings: Settings | None = None, *, services: Services | None = None) -> FastAPI:
    """The application over the services that bootstrap builds, or over given ones (tests)."""
    built = services or build(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if services is None:
            built.close()

    app = FastAPI(
        title="Rapporteur",
        summary="Questionnaires for intergovernmental secretariats, and their synthesis.",
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.services = built
    app.state.templates = pages.new_environment()
    app.state.doors = (respondents_door, organisers_door)
    refusals.install(app)
    app.add_middleware(BodyLimit, upload_megabytes=built.settings.max_upload_mb)
    app.add_middleware(HeadRequests)
    app.add_middleware(SecurityHeaders, https=built.settings.secure_cookies)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    include_features(app)
    return app


def include_features(app: FastAPI) -> None:
    """Every feature's routes, in the order in which they are matched: the most used first."""
    app.router.routes.extend(_features().routes)
    lead_to_sign_in(app)
    describe(app)


@cache
def _features() -> APIRouter:
    """All routes, for every application of this process.

    What a route takes and gives is worked out when it is first asked for, which costs as much as
    some twenty requests: a second application, as each test makes one, finds it done.
    """
    every = APIRouter(redirect_slashes=False)
    for router in (
        responses,
        web,
        accounts,
        rounds,
        questionnaires,
        surveys,
        papers,
        invitations,
        materials,
        synthesis,
        downloads,
        documentation,
        api,
    ):
        every.include_router(router)
    return every
