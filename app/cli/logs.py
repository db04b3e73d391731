"""What long-running commands write to their log."""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up_logs(settings: "Settings") -> None:
    """Write what is at least as grave as the settings ask for to standard error."""
    logging.basicConfig(level=settings.log_level.upper(), format=FORMAT)
    # They tell every step at the level at which we tell what matters.
    for talkative in ("alembic", "dbos", "sqlalchemy", "uvicorn.error"):
        logging.getLogger(talkative).setLevel(max(logging.WARNING, logging.root.level))
