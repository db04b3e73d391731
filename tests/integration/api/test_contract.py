"""What holds for every operation: who may call it, how it refuses, what its document says."""

import json
import re
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import select as select_from
from starlette.testclient import TestClient

from app.accounts.models import Role
from app.accounts.policy import PERMISSIONS, Action
from app.accounts.rules import Scope
from app.accounts.service.sign_in import open_session
from app.bootstrap import Services
from app.sample.loaded import Loaded
from app.tables import metadata
from tests.fixtures.organiser import Answering
from tests.fixtures.rounds import SteppedClock
from tests.fixtures.sample import Sample
from tests.integration.api.conftest import API, IGC, ByRole, Program, assert_problem

ANY = None
"""Anybody with a token."""
RESPONDENT_TOO = {
    "get_invitation",
    "get_introduction",
    "get_response",
    "list_answers",
    "get_answer",
    "put_answer",
    "list_revisions",
    "list_materials",
    "create_material",
    "get_material",
    "get_material_file",
    "delete_material",
    "list_submissions",
    "create_submission",
}
OPERATIONS: dict[str, Action | None] = {
    "delete_session": ANY,
    "get_me": ANY,
    "list_tokens": ANY,
    "create_token": ANY,
    "delete_token": ANY,
    "list_questionnaires": ANY,
    "list_versions": ANY,
    "get_definition": ANY,
    "get_version_file": ANY,
    "get_comparison": ANY,
    "get_picture": ANY,
    "list_drafts": Action.WRITE_QUESTIONNAIRES,
    "create_draft": Action.WRITE_QUESTIONNAIRES,
    "get_draft": Action.WRITE_QUESTIONNAIRES,
    "put_draft_file": Action.WRITE_QUESTIONNAIRES,
    "delete_draft": Action.WRITE_QUESTIONNAIRES,
    "get_draft_file": Action.WRITE_QUESTIONNAIRES,
    "get_draft_upload": Action.WRITE_QUESTIONNAIRES,
    "get_draft_comparison": Action.WRITE_QUESTIONNAIRES,
    "list_draft_pictures": Action.WRITE_QUESTIONNAIRES,
    "get_draft_picture": Action.WRITE_QUESTIONNAIRES,
    "put_draft_picture": Action.WRITE_QUESTIONNAIRES,
    "delete_draft_picture": Action.WRITE_QUESTIONNAIRES,
    "create_publication": Action.WRITE_QUESTIONNAIRES,
    "get_trial": Action.WRITE_QUESTIONNAIRES,
    "put_test_answer": Action.WRITE_QUESTIONNAIRES,
    "delete_test_answers": Action.WRITE_QUESTIONNAIRES,
    "list_translations": ANY,
    "get_translation_file": ANY,
    "list_draft_translations": Action.WRITE_QUESTIONNAIRES,
    "get_draft_translation_file": Action.WRITE_QUESTIONNAIRES,
    "create_draft_translation": Action.WRITE_QUESTIONNAIRES,
    "list_surveys": ANY,
    "get_survey": Action.VIEW_BOARD,
    "put_cadence": Action.RUN_ROUNDS,
    "create_round": Action.RUN_ROUNDS,
    "list_rounds": ANY,
    "get_round": Action.VIEW_BOARD,
    "create_closing": Action.RUN_ROUNDS,
    "create_move": Action.RUN_ROUNDS,
    "list_invitations": Action.VIEW_BOARD,
    "get_invitation": Action.VIEW_BOARD,
    "get_introduction": Action.VIEW_BOARD,
    "list_events": Action.READ_ANSWERS,
    "list_contacts": Action.READ_CONTACTS,
    "create_link": Action.MANAGE_INVITATIONS,
    "list_links": Action.MANAGE_INVITATIONS,
    "delete_link": Action.MANAGE_INVITATIONS,
    "create_extension": Action.MANAGE_INVITATIONS,
    "create_reopening": Action.MANAGE_INVITATIONS,
    "create_note": Action.MANAGE_INVITATIONS,
    "get_response": Action.READ_ANSWERS,
    "list_answers": Action.READ_ANSWERS,
    "get_answer": Action.READ_ANSWERS,
    "put_answer": Action.ANSWER_ON_BEHALF,
    "list_revisions": Action.READ_ANSWERS,
    "list_materials": Action.READ_ANSWERS,
    "create_material": Action.ANSWER_ON_BEHALF,
    "get_material": Action.READ_ANSWERS,
    "get_material_file": Action.READ_ANSWERS,
    "delete_material": Action.ANSWER_ON_BEHALF,
    "list_submissions": Action.READ_ANSWERS,
    "create_submission": Action.ANSWER_ON_BEHALF,
    "list_codings": Action.READ_ANSWERS,
    "create_coding": Action.CODE,
    "list_statements": Action.READ_ANSWERS,
    "create_statement": Action.CODE,
    "list_exports": Action.DOWNLOAD,
    "create_export": Action.DOWNLOAD,
    "get_export": Action.DOWNLOAD,
    "get_export_file": Action.DOWNLOAD,
}
OPEN = {"create_session"}
BODIES: dict[str, dict[str, object]] = {
    "create_token": {"name": ""},
    "create_move": {"version": "none"},
    "create_publication": {"notes": ""},
    "put_test_answer": {},
    "put_cadence": {"cadence": "", "time_zone": ""},
    "create_round": {"after": "none"},
    "create_link": {},
    "create_extension": {"last_day": "2000-01-01"},
    "create_reopening": {"reason": ""},
    "create_note": {"kind": "undelivered", "reason": ""},
    "put_answer": {},
    "create_submission": {"kind": "refusal"},
    "create_coding": {"category": "", "rationale": ""},
    "create_statement": {"dimension": "", "text": "", "basis": "M"},
    "create_export": {"exporter": "none"},
}
"""Bodies of the right shape with which nothing is done."""


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    """What services on either database have told: making it takes as long as the other requests."""
    return {}


@pytest.fixture
def document(
    client: TestClient, sample: Sample, documents: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    if sample.place not in documents:
        documents[sample.place] = client.get(f"{API}/openapi.json").json()
    return documents[sample.place]


def operations(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Method and path of every operation of the API, by its id."""
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if path.startswith(API)
    }


def call(program: Program, name: str, document: dict[str, Any], *, at: str = IGC) -> int:
    """Call an operation on the demonstration; the status that it answers."""
    method, path = operations(document)[name]
    path = path.replace(f"{API}/rounds/{{slug}}/invitations/{{key}}", at)
    values = {"version": "2007", "name": "good_practice", "slug": "rcp-demo"}
    if "/questionnaires/" in path:
        values["slug"] = "rcp-migration-development"
    path = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], "none"), path)
    given: dict[str, object] = {}
    if name in BODIES:
        given["json"] = BODIES[name]
    if name in {"create_draft", "put_draft_file", "put_draft_picture", "create_draft_translation"}:
        given["files"] = {"note": (None, "")}
    if name == "create_material":
        given["files"] = {"note": (None, "")}
    return program.call(method, path, **given).status_code


def test_every_operation_stands_in_the_table(document: dict[str, Any]) -> None:
    assert set(operations(document)) == {*OPERATIONS, *OPEN}


@pytest.mark.parametrize("role", list(Role))
def test_role_reaches_what_its_row_says_and_nothing_else(
    role: Role, program: ByRole, answering: Answering, document: dict[str, Any]
) -> None:
    caller = program(role)

    refused = {name for name in OPERATIONS if call(caller, name, document) == 403}

    assert refused == {
        name
        for name, action in OPERATIONS.items()
        if action is not None and role not in PERMISSIONS[action]
    }


def test_respondent_reaches_its_own_invitation_and_nothing_else(
    respondent: Program, answering: Answering, document: dict[str, Any]
) -> None:
    names = [name for name in OPERATIONS if name != "delete_session"]

    refused = {name for name in names if call(respondent, name, document) == 403}

    users_alone = {name for name, action in OPERATIONS.items() if action is not ANY}
    own_account = {"list_rounds", "list_surveys", "list_tokens", "create_token", "delete_token"}
    assert refused == {*users_alone, *own_account} - RESPONDENT_TOO


def test_respondent_is_told_of_no_other_invitation(
    respondent: Program, other_respondent: Program, document: dict[str, Any]
) -> None:
    about_one = [
        name for name, (_, path) in operations(document).items() if "invitations/{key}" in path
    ]
    assert len(about_one) > 20
    elsewhere = ["rcp-demo/invitations/bali", "rcp-demo/invitations/nobody"]
    elsewhere += ["gfmd-2007/invitations/igc", "nowhere/invitations/igc"]

    answers = {
        (name, place): call(respondent, name, document, at=f"{API}/rounds/{place}")
        for name in about_one
        for place in elsewhere
    }

    assert {pair: status for pair, status in answers.items() if status != 404} == {}
    assert call(other_respondent, "get_response", document, at=IGC) == 404


def test_nobody_reaches_anything(nobody: Program, document: dict[str, Any]) -> None:
    answers = {name: call(nobody, name, document) for name in OPERATIONS}

    assert set(answers.values()) == {401}


@pytest.mark.parametrize("token", ["", "rap_forged", "forged", "rap_" + "x" * 43])
def test_forged_token_is_refused(client: TestClient, loaded: Loaded, token: str) -> None:
    answer = Program(client, token).get(f"{API}/me")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_cookie_of_a_signed_in_browser_is_not_looked_at(
    client: TestClient, services: Services, users: dict[Role, int]
) -> None:
    with services.database.write() as session:
        token = open_session(
            session,
            user_id=users[Role.ADMINISTRATOR],
            password="",
            hours=1,
            clock=services.clock,
        )
    client.cookies.set("rapporteur_user", token or "")

    assert client.get(f"{API}/rounds").status_code == 401


def test_read_token_changes_nothing(
    program: ByRole, answering: Answering, document: dict[str, Any]
) -> None:
    reader = program(Role.ADMINISTRATOR, Scope.READ)

    answers = {
        name: call(reader, name, document)
        for name, (method, _) in operations(document).items()
        if name not in OPEN and method != "GET"
    }

    assert set(answers.values()) == {403}


def every_row(services: Services) -> dict[str, list[tuple[object, ...]]]:
    with services.database.read() as session:
        return {
            name: sorted(map(tuple, session.execute(select_from(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def test_get_changes_nothing(
    program: ByRole,
    respondent: Program,
    answering: Answering,
    document: dict[str, Any],
    services: Services,
) -> None:
    administrator = program(Role.ADMINISTRATOR)
    before = every_row(services)

    for name, (method, _) in operations(document).items():
        if method == "GET":
            call(administrator, name, document)
            call(respondent, name, document)
    administrator.client.get("/api/docs")

    assert every_row(services) == before


def test_unknown_address_and_method_are_problems(nobody: Program) -> None:
    assert nobody.get(f"{API}/nothing").status_code == 404
    assert nobody.delete(f"{API}/rounds").status_code == 405


def test_body_that_is_no_json_is_a_problem(program: ByRole, loaded: Loaded) -> None:
    answer = program(Role.ORGANISER).post(
        f"{IGC}/links", content=b"{", headers={"content-type": "application/json"}
    )

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "json-invalid"


def test_body_that_is_too_large_is_a_problem(program: ByRole, loaded: Loaded) -> None:
    answer = program(Role.ORGANISER).put(
        f"{IGC}/answers/good_practice",
        content=b" " * (13 * 1024 * 1024),
        headers={"content-type": "application/json"},
    )

    assert answer.status_code == 413


def test_body_of_unknown_length_is_a_problem(program: ByRole, loaded: Loaded) -> None:
    answer = program(Role.ORGANISER).post(f"{IGC}/links", content=iter([b"{", b"}"]))

    assert answer.status_code == 411


def test_unknown_member_is_a_problem(program: ByRole, loaded: Loaded) -> None:
    answer = program(Role.ORGANISER).post(f"{IGC}/links", json={"contcat": "x"})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == "body/contcat"


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "cursor=x", "cursor=%C3%A4"])
def test_page_that_cannot_be_is_a_problem(program: ByRole, loaded: Loaded, query: str) -> None:
    answer = program(Role.ORGANISER).get(f"{API}/rounds?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize("limit", [1, 5, 12, 500])
def test_pages_of_any_size_give_the_whole_list_once(
    program: ByRole, loaded: Loaded, limit: int
) -> None:
    whole = program(Role.ORGANISER).all(f"{API}/rounds/gfmd-2007/invitations?limit={limit}")

    assert [one["position"] for one in whole] == list(range(1, 13))


def test_session_ends_with_its_days(
    respondent: Program, clock: SteppedClock, loaded: Loaded
) -> None:
    assert respondent.get(f"{API}/me").status_code == 200

    clock.move(days=14)

    assert respondent.get(f"{API}/me").status_code == 401


def test_document_describes_every_operation(document: dict[str, Any]) -> None:
    lacking = []
    for path, methods in document["paths"].items():
        for operation in methods.values():
            if not path.startswith(API):
                continue
            name = operation["operationId"]
            if not operation.get("summary") or not operation.get("description"):
                lacking.append(f"{name}: no words")
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and set(answer["content"]) != {"application/problem+json"}:
                    lacking.append(f"{name}: {status} is no problem")
            if name not in OPEN and operation.get("security") != [{"bearer": []}]:
                lacking.append(f"{name}: no token")
            lacking += [
                f"{name}: {parameter['name']} is not described"
                for parameter in operation.get("parameters", ())
                if not parameter.get("description")
                and not parameter.get("example")
                and not parameter["schema"].get("examples")
                and not parameter.get("examples")
            ]

    assert lacking == []


def test_document_names_its_models_as_people_would_and_defines_each(
    document: dict[str, Any],
) -> None:
    models = set(document["components"]["schemas"])
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))

    assert {name for name in models if "__" in name} == set()
    assert referred <= models
    assert {"MaterialIn", "Channel"} <= referred


def test_every_list_comes_in_pages(document: dict[str, Any]) -> None:
    bare = [
        name
        for name, (method, path) in operations(document).items()
        if method == "GET"
        and "array" in str(document["paths"][path]["get"]["responses"]["200"].get("content"))
    ]

    assert bare == []


def test_document_can_be_read_by_people(client: TestClient, document: dict[str, Any]) -> None:
    page = client.get("/api/docs")

    assert page.status_code == 200
    for name, (_, path) in operations(document).items():
        assert f'id="operation-{name}"' in page.text
        assert path in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    ids = set(re.findall(r' id="([^"]*)"', page.text))
    led_to = re.findall(r'(?:href="#|aria-labelledby=")([^"]*)"', page.text)
    assert len(led_to) > 20
    assert set(led_to) <= ids
    assert not [one for one in ids if " " in one]


def test_every_route_below_api_is_documented_or_the_document(client: TestClient) -> None:
    app = client.app
    paths = {
        context.path or ""
        for context in iter_route_contexts(app.routes)  # type: ignore[attr-defined]
        if (context.path or "").startswith("/api")
    }

    assert {path for path in paths if not path.startswith(f"{API}/")} == {"/api/docs"}


def test_refusal_without_the_api_prefix_is_no_json(client: TestClient) -> None:
    answer = client.get("/nothing")

    assert answer.headers["content-type"].startswith("text/html")
    with pytest.raises(AssertionError):
        assert_problem(answer)
