"""The routes of versions: their list, one of them, two compared, and a round's move to a patch."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.accounts.access import ViewsABoard
from app.accounts.policy import Action
from app.questionnaires.changed import compare_versions
from app.questionnaires.form_files import FormFormat, form_file
from app.questionnaires.forms import MoveInput
from app.questionnaires.pages.lists import list_page
from app.questionnaires.pages.version import comparison_page, version_page
from app.questionnaires.published import any_version, version_before
from app.rounds.access import RoundAccess, may
from app.rounds.definitions import definition_of
from app.rounds.models import Round
from app.rounds.service.move import move_to_patch
from app.web.csrf import check_csrf
from app.web.transactions import ReadSession, ServicesDep, WriteSession
from questionnaires.problems import Problem

router = APIRouter(prefix="/organiser")
Done = Annotated[str, Query(max_length=32)]
ONE = "/questionnaires/versions/{questionnaire}/{version}"


@router.get("/questionnaires")
def questionnaires(
    request: Request, session: ReadSession, identity: ViewsABoard, *, done: Done = ""
) -> Response:
    return list_page(request, session, identity, done=done)


@router.get(ONE)
def version_(
    request: Request,
    questionnaire: str,
    version: str,
    session: ReadSession,
    identity: ViewsABoard,
    *,
    done: Done = "",
) -> Response:
    return version_page(request, session, identity, questionnaire, version, done=done)


@router.get(ONE + "/file")
def version_file(
    questionnaire: str,
    version: str,
    session: ReadSession,
    identity: ViewsABoard,
    services: ServicesDep,
    *,
    kind: Annotated[FormFormat, Query(alias="format")] = FormFormat.YAML,
) -> Response:
    del identity  # who views a board may read what is asked
    found = any_version(session, services.catalogue, questionnaire, version)
    return form_file(found, kind)


@router.get(ONE + "/comparison")
def version_comparison(
    request: Request,
    questionnaire: str,
    version: str,
    session: ReadSession,
    identity: ViewsABoard,
    *,
    services: ServicesDep,
    to: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    del identity  # as above
    new = any_version(session, services.catalogue, questionnaire, version)
    old = version_before(session, services.catalogue, new, named=to)
    return comparison_page(request, session, compare_versions(old, new))


@router.post("/rounds/{slug}/patch", dependencies=[Depends(check_csrf)])
def move_round(
    request: Request,
    form: MoveInput,
    services: ServicesDep,
    access: Annotated[RoundAccess, may(Action.RUN_ROUNDS)],
    *,
    session: WriteSession,
) -> Response:
    slug = definition_of(session, access.round.version_id).slug
    if not form.sure:
        problem = Problem(
            code="not-sure",
            place="sure",
            message="The box that says you are sure was not ticked, so the round stays as it is.",
            mend="Tick it and press the button again.",
        )
        return version_page(
            request,
            session,
            access.identity,
            slug,
            form.version,
            unmoved=access.round.slug,
            unsure=[problem],
        )
    move_to_patch(
        session,
        round_=session.get_one(Round, access.round_id, with_for_update=True),
        version=form.version,
        catalogue=services.catalogue,
        actor=access.identity.actor,
        clock=services.clock,
    )
    return RedirectResponse(
        f"/organiser/questionnaires/versions/{slug}/{form.version}?done=moved", status_code=303
    )
