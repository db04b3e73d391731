"""The one place where the parts of the service are put together."""

import app.tables  # noqa: F401 - a table that is not loaded cannot be referred to
from app.clock import Clock, SystemClock
from app.database import Database
from app.jobs.address import workflow_database_url
from app.jobs.queue import JobQueue
from app.mail.choice import choose_mailer
from app.mail.mailer import Mailer
from app.secret import load_secret
from app.services import Services
from app.settings import Settings
from app.storage.storage import FolderStorage, Storage
from questionnaires.catalogue import Catalogue

__all__ = ["Services", "build"]


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    storage: Storage | None = None,
    catalogue: Catalogue | None = None,
    mailer: Mailer | None = None,
    jobs: JobQueue | None = None,
) -> Services:
    """The services that the settings ask for; what is given replaces what would be made."""
    return Services(
        settings=settings,
        clock=clock or SystemClock(),
        database=Database(settings.database_url),
        storage=storage or FolderStorage(settings.data_dir / "uploads"),
        catalogue=catalogue or Catalogue(),
        mailer=mailer or choose_mailer(settings),
        jobs=jobs or JobQueue(workflow_database_url(settings)),
        secret=load_secret(settings),
    )
