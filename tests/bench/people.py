"""What respondents and organisers do, step by step, over one connection."""

import itertools
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from questionnaires.models import Definition, Group, Question, QuestionType
from tests.bench.load import Connection, Reply

FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
SENTENCE = "The process meets once a year at senior officials' level, in one of its States."
CSRF = re.compile(rb'name="csrf" content="([0-9a-f]+)"')


class Unexpected(Exception):
    """The service answered something else than what the step is about."""

    def __init__(self, doing: str, reply: Reply) -> None:
        super().__init__(f"{doing}: {reply.status} {reply.body[:300]!r}")


class Visitor:
    """A browser: a connection, its cookies, and the proof that its forms carry."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.csrf = ""

    async def look(self, path: str) -> Reply:
        """A page, in full."""
        reply = await self.connection.request("GET", path)
        if reply.status != 200:
            raise Unexpected(f"GET {path}", reply)
        found = CSRF.search(reply.body)
        if found:
            self.csrf = found[1].decode()
        return reply

    async def send(
        self, path: str, fields: Mapping[str, str | list[str]], *, accept: str = "text/html"
    ) -> Reply:
        """A form with its proof."""
        body = urlencode({"csrf": self.csrf, **fields}, doseq=True).encode()
        headers = {**FORM_TYPE, "Accept": accept, "X-CSRF-Token": self.csrf}
        return await self.connection.request("POST", path, body=body, headers=headers)

    async def start(self, token: str) -> None:
        """Open a personal link and press its button."""
        await self.look(f"/r/{token}")
        reply = await self.send(f"/r/{token}", {})
        if reply.status != 303:
            raise Unexpected("start", reply)

    async def sign_in(self, email: str, password: str) -> None:
        """Sign in as an organiser."""
        await self.look("/organiser/sign-in")
        reply = await self.send(
            "/organiser/sign-in", {"email": email, "password": password, "next": ""}
        )
        if reply.status != 303:
            raise Unexpected("sign in", reply)


class Drafting:
    """A respondent who changes one answer again and again, as the form's script saves it."""

    def __init__(self, visitor: Visitor, *, section: str, question: str) -> None:
        self.visitor = visitor
        self.path = f"/form/{section}"
        self.question = question
        self.revision = 0
        self._numbers = itertools.count()

    async def save(self) -> str | None:
        """Save a new wording, based on the revision before."""
        fields = {
            self.question: f"{SENTENCE} {next(self._numbers)}",
            f"{self.question}:revision": str(self.revision),
        }
        reply = await self.visitor.send(self.path, fields, accept="application/json")
        if reply.status != 200:
            return str(reply.status)
        self.revision += 1
        return None


def filled_sections(definition: Definition) -> Iterator[tuple[str, dict[str, str | list[str]]]]:
    """For each section the fields of a plausible return: every closed question and every text."""
    for section in definition.survey:
        fields: dict[str, str | list[str]] = {}
        for question in section.questions():
            posted = _posted(definition, question)
            if posted is not None:
                fields[question.name] = posted
                fields[f"{question.name}:revision"] = "0"
        yield section.name, fields


def _posted(definition: Definition, question: Question) -> str | list[str] | None:
    options = [choice.name for choice in definition.options(question) if not choice.exclusive]
    match question.type:
        case QuestionType.SELECT_ONE:
            return options[0]
        case QuestionType.SELECT_MULTIPLE:
            return options[:1]
        case QuestionType.TEXT if not question.name.endswith("_other"):
            return "focal-point@north.example.org" if "email" in question.name else SENTENCE
        case _:
            return None


async def whole_response(visitor: Visitor, token: str, definition: Definition) -> str | None:
    """A return from the first click to the receipt: every page seen, every section sent."""
    await visitor.start(token)
    await visitor.look("/form")
    for name, fields in filled_sections(definition):
        await visitor.look(f"/form/{name}")
        reply = await visitor.send(f"/form/{name}", {**fields, "do": "save"})
        if reply.status != 303:
            raise Unexpected(f"section {name}", reply)
    await visitor.look("/form/review")
    await visitor.look("/form/submit")
    clearance = {
        "clearance_name": "Head of Secretariat",
        "clearance_title": "Coordinator",
        "clearance_on": "2026-01-31",
        "declaration": _declaration(definition),
        "minutes_spent": "45",
    }
    reply = await visitor.send("/form/submit", clearance)
    if reply.status != 303:
        raise Unexpected("submit", reply)
    await visitor.look("/form/done")
    return None


def _declaration(definition: Definition) -> str:
    panel: Group | None = definition.panel
    for question in panel.questions() if panel else ():
        if question.name == "declaration":
            return definition.options(question)[0].name
    message = "The questionnaire asks for no declaration."
    raise LookupError(message)
