"""Who may do what: one table of roles and actions, and the question whether somebody may."""

from collections.abc import Mapping
from enum import StrEnum

from app.accounts.models import Role
from exports.records import Record


class Action(StrEnum):
    """What people do in a survey."""

    VIEW_BOARD = "view the board"
    READ_ANSWERS = "read answers and materials"
    READ_CONTACTS = "read contacts"
    RUN_ROUNDS = "run rounds"
    WRITE_QUESTIONNAIRES = "write questionnaires"
    MANAGE_INVITATIONS = "manage invitations"
    ANSWER_ON_BEHALF = "answer on behalf"
    CODE = "code and write statements"
    DOWNLOAD = "download exports"


MEANINGS: Mapping[Action, str] = {
    Action.VIEW_BOARD: "See the rounds, who was invited, outcomes, rates and questionnaires",
    Action.READ_ANSWERS: "Read answers with their history, materials, statements and codings",
    Action.READ_CONTACTS: "See the names and addresses of contacts",
    Action.RUN_ROUNDS: (
        "Open a round, set when rounds open by themselves, move a round to a patch, close a round"
    ),
    Action.WRITE_QUESTIONNAIRES: (
        "Upload drafts of questionnaires and their pictures, try them, and publish them where it "
        "is so in every survey that uses the questionnaire"
    ),
    Action.MANAGE_INVITATIONS: (
        "Issue and revoke personal links, extend deadlines, reopen returns, note what became of "
        "an invitation"
    ),
    Action.ANSWER_ON_BEHALF: "Enter answers, materials and returns received by other channels",
    Action.CODE: "Put respondents into groups, write statements for the synthesis",
    Action.DOWNLOAD: "Ask for exports and download them; a workbook holds every answer",
}

PERMISSIONS: Mapping[Action, frozenset[Role]] = {
    Action.VIEW_BOARD: frozenset(Role),
    Action.READ_ANSWERS: frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.ANALYST}),
    Action.READ_CONTACTS: frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    Action.RUN_ROUNDS: frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    Action.WRITE_QUESTIONNAIRES: frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    Action.MANAGE_INVITATIONS: frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    Action.ANSWER_ON_BEHALF: frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    Action.CODE: frozenset({Role.ADMINISTRATOR, Role.ANALYST}),
    Action.DOWNLOAD: frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.ANALYST}),
}


class Granted(Record):
    """A role in one survey, or in all of them when ``survey_id`` is ``None``."""

    role: Role
    survey_id: int | None = None


class Identity(Record):
    """Somebody who is known, and what was granted to them."""

    user_id: int
    name: str
    email: str
    grants: tuple[Granted, ...] = ()

    @property
    def actor(self) -> str:
        """How the audit log names them."""
        return f"user:{self.user_id}"


def can(identity: Identity, action: Action, survey_id: int) -> bool:
    """Whether a role that somebody has in a survey allows an action there."""
    return any(
        granted.role in PERMISSIONS[action] and granted.survey_id in {None, survey_id}
        for granted in identity.grants
    )


def surveys_where(identity: Identity, action: Action) -> frozenset[int] | None:
    """The surveys in which somebody may do something; ``None`` for all of them."""
    allowing = [granted for granted in identity.grants if granted.role in PERMISSIONS[action]]
    if any(granted.survey_id is None for granted in allowing):
        return None
    return frozenset(g.survey_id for g in allowing if g.survey_id is not None)


def permission_table() -> str:
    """The table of roles and actions as Markdown, as ``docs/permissions.md`` shows it."""
    roles = list(Role)
    lines = [
        "| action | what it covers | " + " | ".join(role.value for role in roles) + " |",
        "|---|---|" + "---|" * len(roles),
    ]
    for action in Action:
        cells = ("yes" if role in PERMISSIONS[action] else "no" for role in roles)
        lines.append(f"| {action.value} | {MEANINGS[action]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
