"""Where pages of a sheet begin, so that no heading stands alone at the foot of one."""


class PageFlow:
    """Told of each row in turn; answers after which row a page must end.

    Every page is ended by hand before it is full, so that its rows are known whatever program
    prints them, as long as it makes none of them higher than it was said to be.
    """

    def __init__(self, room: float, repeated: tuple[int, int] | None) -> None:
        self._room = room
        self._first, self._last = repeated or (0, 0)
        self._head = 0.0
        """Height of the rows that come back at the top of every page."""
        self._used = 0.0
        self._bare = 0.0
        """What was used when the page began."""
        self._waiting = 0.0
        """Height of the headings that wait for the row below them."""
        self._waits_from: int | None = None

    @property
    def waits(self) -> bool:
        """Whether a heading waits for the row below it."""
        return self._waits_from is not None

    def add(self, row: int, height: float, *, with_next: bool) -> int | None:
        """Add a row; the answer is the last row of a page that must end, if one must.

        A row ``with_next`` is a heading: it goes to the page of the row below it.
        """
        if self._first <= row <= self._last:
            self._head += height
        if with_next:
            self._waits_from = self._waits_from or row
            self._waiting += height
            return None
        first = self._waits_from or row
        ends = self.end_before(first, self._waiting + height)
        self._used += self._waiting + height
        self._waiting = 0.0
        self._waits_from = None
        return ends

    def finish(self) -> int | None:
        """End the page before the last headings, if these have no row below and don't fit."""
        if self._waits_from is None:
            return None
        return self.end_before(self._waits_from, self._waiting)

    def end_before(self, row: int, needed: float) -> int | None:
        """End the page before a row that begins a block of so many points, unless it fits."""
        if self._used == self._bare or self._used + needed <= self._room:
            return None
        self._used = self._bare = self._head
        return row - 1
