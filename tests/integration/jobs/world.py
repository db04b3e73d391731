"""A survey with institutions, contacts and a cadence, and what stands in for clock and queue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Executable
from sqlmodel import Session, col, select

from app.bootstrap import Services, build
from app.jobs.job import Fate, Job
from app.jobs.queue import JobQueue
from app.registry.service import add_contact, add_respondent
from app.rounds.models import (
    EventKind,
    InvitationEvent,
    MailState,
    OutgoingMail,
    Round,
    Survey,
)
from app.rounds.service.open import open_round
from app.rounds.service.schedule import set_cadence
from app.settings import Settings
from app.worker import kinds, sweep
from questionnaires.canonical import checksum
from questionnaires.catalogue import Catalogue
from questionnaires.loading import load_definition
from tests.fixtures.service import make_settings

SMALLEST = Path(__file__).parents[2] / "definitions" / "valid" / "smallest.yaml"
FORM = "tiny"
FIRST_OF_MARCH = "0 9 1 3 *"
BEFORE = datetime(2027, 2, 20, 12, tzinfo=UTC)
FIRST_CYCLE = datetime(2027, 3, 1, 8, tzinfo=UTC)
SECOND_CYCLE = datetime(2028, 3, 1, 8, tzinfo=UTC)
PEOPLE: Mapping[str, Sequence[str]] = {
    "north": ["focal-point@north.example.org", "alternate@north.example.org"],
    "south": ["focal-point@south.example.org"],
    "west": ["focal-point@west.example.org"],
}
ADDRESSES = sorted(address for addresses in PEOPLE.values() for address in addresses)


class FileClock:
    """A clock that several processes read and a test moves: the time stands in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        return datetime.fromisoformat(self._path.read_text())

    def set(self, now: datetime) -> None:
        part = self._path.with_suffix(".part")
        part.write_text(now.isoformat())
        part.replace(self._path)


class PaperQueue(JobQueue):
    """A queue that writes down what it is asked for, and lets a test say what came of it."""

    def __init__(self) -> None:
        super().__init__("sqlite:///never-opened")
        self.asked: list[Job] = []
        self.came_to: dict[str, Fate] = {}

    def enqueue(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self.asked.append(job)
            self.came_to.setdefault(job.workflow_id, Fate.UNDER_WAY)

    def fates(self, workflow_ids: Sequence[str]) -> Mapping[str, Fate]:
        return {each: self.came_to.get(each, Fate.UNKNOWN) for each in workflow_ids}

    def prune(self) -> int:
        return 0

    def work(self, services: Services) -> None:
        """Do the jobs that were asked for, as a worker would."""
        by_name = {kind.name: kind for kind in kinds(services)}
        while self.asked:
            job = self.asked.pop(0)
            kind = by_name[job.kind]
            kind.record(job.row_id, job.attempt, kind.act(job.row_id, job.attempt))
            self.came_to[job.workflow_id] = Fate.ENDED


@dataclass(frozen=True)
class World:
    """A survey that is due, and how to look at what became of it."""

    settings: Settings
    clock: FileClock
    catalogue: Path
    survey_id: int
    services: Services

    def sweep_and_work(self) -> None:
        """What a worker does in a minute, without one. The world's queue is a ``PaperQueue``."""
        assert isinstance(self.services.jobs, PaperQueue)
        sweep(self.services)
        self.services.jobs.work(self.services)

    def change(self, *statements: Executable) -> None:
        """Change rows behind the service's back."""
        with self.services.database.write() as session:
            for statement in statements:
                session.execute(statement)

    def publish(self, version: str) -> None:
        publish(self.catalogue, version)

    def rounds(self) -> list[Round]:
        """The rounds that were opened by the cadence, oldest first."""
        with self.services.database.read() as session:
            rows = session.exec(
                select(Round)
                .where(col(Round.scheduled_for).is_not(None))
                .order_by(col(Round.scheduled_for))
            )
            return list(rows)

    def events(self, kind: EventKind) -> list[InvitationEvent]:
        with self.services.database.read() as session:
            rows = session.exec(select(InvitationEvent).where(col(InvitationEvent.kind) == kind))
            return list(rows)

    def mails(self, state: MailState | None = None) -> list[OutgoingMail]:
        with self.services.database.read() as session:
            rows = session.exec(select(OutgoingMail).order_by(col(OutgoingMail.id)))
            return [mail for mail in rows if state is None or mail.state is state]


def publish(folder: Path, version: str) -> None:
    """Publish a version of the smallest questionnaire in a catalogue."""
    place = folder / FORM / f"{version}.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(SMALLEST.read_text().replace('version: "1"', f'version: "{version}"'))
    with (folder / "CHECKSUMS.txt").open("a") as sums:
        sums.write(f"{checksum(load_definition(place))}  {FORM}/{version}\n")


@contextmanager
def make_world(
    database_url: str,
    folder: Path,
    *,
    smtp_url: str = "",
    cadence: str | None = FIRST_OF_MARCH,
    time_zone: str = "Europe/Brussels",
    now: datetime = BEFORE,
    jobs: JobQueue | None = None,
) -> Iterator[World]:
    """Settings, clock and catalogue, with a survey whose first round was opened by hand."""
    settings = make_settings(database_url, folder / "data", base_url="https://survey.example.org")
    settings = settings.model_copy(
        update={"smtp_url": type(settings.smtp_url)(smtp_url), "support_email": "help@example.org"}
    )
    clock = FileClock(folder / "clock")
    clock.set(now)
    catalogue = folder / "definitions"
    publish(catalogue, "1")
    services = build(settings, clock=clock, catalogue=Catalogue(catalogue), jobs=jobs)
    survey_id = _fill(services, cadence=cadence, time_zone=time_zone)
    try:
        yield World(settings, clock, catalogue, survey_id, services)
    finally:
        services.close()


def _fill(services: Services, *, cadence: str | None, time_zone: str) -> int:
    """Enter the survey with its first round; returns its id."""
    clock = services.clock
    with services.database.write() as session:
        survey = Survey(
            slug="processes",
            title="Survey of processes",
            organiser="Secretariat of the Forum",
            questionnaire=FORM,
            time_zone=time_zone,
            answer_days=30,
            created_at=clock.now(),
        )
        session.add(survey)
        session.flush()
        ids = [add_people(session, services, key, mails) for key, mails in PEOPLE.items()]
        open_first_round(session, services, survey, ids)
        set_cadence(
            session,
            survey=survey,
            cadence=cadence,
            time_zone=time_zone,
            actor="command",
            clock=clock,
        )
        return survey.id or 0


def open_first_round(
    session: Session, services: Services, survey: Survey, invited: Sequence[int]
) -> Round:
    """The round that was opened by hand; its people were written to by other means."""
    return open_round(
        session,
        survey=survey,
        definition=services.catalogue.newest_published(FORM),
        slug="by-hand",
        title="Survey of processes, first round",
        due_at=None,
        invited=invited,
        write_to_contacts=False,
        actor="command",
        clock=services.clock,
        secret=services.secret,
        mail_domain="example.org",
    )


def add_people(session: Session, services: Services, key: str, mails: Sequence[str]) -> int:
    """An institution with contacts; returns its id."""
    respondent = add_respondent(
        session,
        key=key,
        short_name=key.title(),
        official_name=f"Process of the {key.title()}",
        fictional=True,
        clock=services.clock,
    )
    for mail in mails:
        name = mail.partition("@")[0].replace("-", " ").capitalize()
        add_contact(session, respondent=respondent, name=name, email=mail, clock=services.clock)
    return respondent.id or 0
