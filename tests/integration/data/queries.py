"""Count the statements that reach a database."""

from sqlalchemy import Engine, event


class QueryCounter:
    """Counts what an engine executes."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.count += 1

    def reset(self) -> int:
        """How many there were since the last time."""
        counted, self.count = self.count, 0
        return counted
