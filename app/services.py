"""What features are handed: the parts of the service, each made once in a process."""

from dataclasses import dataclass

from app.clock import Clock
from app.database import Database
from app.jobs.queue import JobQueue
from app.mail.mailer import Mailer
from app.settings import Settings
from app.storage.storage import Storage
from questionnaires.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Services:
    """What bootstrap has put together; nothing in it is made twice in a process."""

    settings: Settings
    clock: Clock
    database: Database
    storage: Storage
    catalogue: Catalogue
    mailer: Mailer
    jobs: JobQueue
    secret: bytes

    def close(self) -> None:
        """Let go of the database and of the queue of jobs."""
        self.jobs.close()
        self.database.dispose()
