"""Questionnaires, rounds, invitations, sessions, and the analysts' work."""

from hashlib import sha256

import pytest

from app.accounts.models import Role
from app.sample.loaded import Loaded
from questionnaires.canonical import from_canonical
from tests.fixtures.organiser import Answering
from tests.integration.api.conftest import API, IGC, ByRole, Program

GFMD = f"{API}/rounds/gfmd-2007"
DEFINITION = f"{API}/questionnaires/rcp-migration-development/versions/2007"


def test_definition_is_what_its_checksum_says(respondent: Program) -> None:
    answer = respondent.get(DEFINITION)

    assert answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()}"'
    assert len(from_canonical(answer.content).items) == 34
    again = respondent.get(DEFINITION, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("place", ["rcp-migration-development/versions/1066", "x/versions/2007"])
def test_definition_unknown_is_not_found(respondent: Program, place: str) -> None:
    assert respondent.get(f"{API}/questionnaires/{place}").status_code == 404


def test_versions_are_listed_with_the_rounds_that_used_them(
    program: ByRole, respondent: Program
) -> None:
    listed = program(Role.OBSERVER).all(f"{API}/questionnaires")

    assert {one["version"]: (one["questions"], one["rounds"]) for one in listed} == {
        "2007": (34, ["gfmd-2007", "rcp-demo"]),
        "2026": (36, []),
    }
    assert [respondent.get(str(one["definition"])).status_code for one in listed] == [200, 200]
    seen = respondent.all(f"{API}/questionnaires/rcp-migration-development/versions")
    assert [one["rounds"] for one in seen] == [[], []]
    assert respondent.get(f"{API}/questionnaires/none/versions").status_code == 404


def test_rounds_are_listed_with_their_returns(program: ByRole) -> None:
    listed = program(Role.OBSERVER).all(f"{API}/rounds?limit=1")

    assert {(one["slug"], one["returned"], one["invited"]) for one in listed} == {
        ("gfmd-2007", 11, 12),
        ("rcp-demo", 0, 12),
    }


def test_round_of_2007_has_its_rates(program: ByRole) -> None:
    round_ = program(Role.OBSERVER).get(GFMD).json()

    assert (round_["answers_public"], round_["opened_at"]) == (False, None)
    rates = round_["rates"]
    assert rates["questionnaire"] == {"n": 9, "of": 12, "share": 0.75}
    assert rates["any_response"]["n"] == 11
    assert rates["silent"]["n"] == 1
    assert rates["by_group"].endswith("3 of 6 completed there, 6 of 6 elsewhere.")
    assert sum(rates["outcomes"].values()) + rates["open"] == rates["invited"] == 12


def test_open_round_counts_what_is_open_apart(program: ByRole, answering: Answering) -> None:
    rates = program(Role.OBSERVER).get(f"{API}/rounds/rcp-demo").json()["rates"]

    assert (rates["open"], rates["outcomes"]["no_response"], rates["silent"]) == (12, 0, None)


def test_invitations_are_filtered_by_outcome(program: ByRole) -> None:
    observer = program(Role.OBSERVER)

    silent = observer.all(f"{GFMD}/invitations?outcome=no_response")
    two = observer.all(f"{GFMD}/invitations?outcome=no_response&outcome=materials_only&limit=2")

    assert [one["respondent"] for one in silent] == ["5p5"]
    assert [one["respondent"] for one in two] == ["rcm", "midwa", "5p5"]
    assert observer.get(f"{GFMD}/invitations?outcome=odd").status_code == 422


def test_invitation_shows_its_group_to_users_alone(
    program: ByRole, respondent: Program, answering: Answering
) -> None:
    program(Role.ANALYST).post(
        f"{IGC}/codings", json={"category": "ad_hoc", "rationale": "One workshop."}
    )

    seen = [caller.get(IGC).json() for caller in (program(Role.OBSERVER), respondent)]

    assert [one["group"] for one in seen] == ["ad_hoc", None]
    assert [one["suggested_group"] for one in seen] == ["thematic", None]


def test_respondent_is_told_where_its_invitation_is(respondent: Program) -> None:
    me = respondent.get(f"{API}/me").json()

    assert (me["kind"], me["name"], me["invitation"]) == ("respondent", "focal point", IGC)


def test_user_is_told_its_roles(program: ByRole) -> None:
    me = program(Role.ANALYST).get(f"{API}/me").json()

    assert me["grants"] == [{"role": "analyst", "survey_id": None}]
    assert me["scopes"] == ["read", "tokens", "write"]


def test_session_ends_when_it_is_deleted(respondent: Program, program: ByRole) -> None:
    assert respondent.delete(f"{API}/sessions/current").status_code == 204

    assert respondent.get(f"{API}/me").status_code == 401
    assert program(Role.ANALYST).delete(f"{API}/sessions/current").status_code == 409


def test_session_from_a_forged_link_is_refused_and_guessing_stopped(
    nobody: Program, loaded: Loaded
) -> None:
    answers = [
        nobody.post(f"{API}/sessions", json={"token": f"forged-{number}"}) for number in range(21)
    ]

    assert [answer.status_code for answer in answers] == [410] * 20 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 15 * 60


def test_group_that_a_document_gives_has_no_day(program: ByRole, loaded: Loaded) -> None:
    (coding,) = program(Role.ANALYST).all(f"{GFMD}/invitations/mtm/codings")

    assert (coding["coder"], coding["coded_at"]) == (
        "From the 2007 background paper, in the lines named",
        None,
    )


def test_codings_are_kept_and_the_newest_comes_first(program: ByRole, answering: Answering) -> None:
    analyst = program(Role.ANALYST)
    analyst.post(f"{IGC}/codings", json={"category": "thematic", "rationale": "As answered."})

    made = analyst.post(f"{IGC}/codings", json={"category": "ad_hoc", "rationale": "In fact."})

    assert made.status_code == 201
    assert (made.json()["suggested"], made.json()["override"]) == ("thematic", True)
    listed = analyst.all(f"{IGC}/codings?limit=1")
    assert [one["category"] for one in listed] == ["ad_hoc", "thematic"]


def test_coding_without_reason_is_refused(program: ByRole) -> None:
    answer = program(Role.ANALYST).post(
        f"{IGC}/codings", json={"category": "ad_hoc", "rationale": " "}
    )

    assert answer.status_code == 422


def test_statement_rests_on_a_material(program: ByRole, answering: Answering) -> None:
    analyst = program(Role.ANALYST)
    material = analyst.all(f"{IGC}/materials")[0]

    made = analyst.post(
        f"{IGC}/statements",
        json={
            "dimension": "B4",
            "text": "The statutes are being revised.",
            "basis": "M",
            "material": material["key"],
            "locator": "whole note",
        },
    )

    assert made.status_code == 201
    assert made.json()["material"] == "On the statutes"
    assert analyst.all(f"{IGC}/statements?limit=1") == [made.json()]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"basis": "Q"}, 409),
        ({"basis": "Z"}, 422),
        ({"material": "none"}, 404),
        ({"dimension": "B99"}, 422),
        ({"text": ""}, 422),
    ],
)
def test_statement_without_sound_evidence_is_refused(
    program: ByRole, changed: dict[str, str], status: int
) -> None:
    sound = {"dimension": "B4", "text": "So.", "basis": "P", "document": "Statutes"}

    answer = program(Role.ANALYST).post(f"{IGC}/statements", json=sound | changed)

    assert answer.status_code == status


def test_statements_of_2007_are_all_there(program: ByRole) -> None:
    analyst = program(Role.ANALYST)
    keys = [one["respondent"] for one in analyst.all(f"{GFMD}/invitations")]

    counts = [len(analyst.all(f"{GFMD}/invitations/{key}/statements")) for key in keys]

    assert sum(counts) == 76
