"""Where in its file each part of a definition stands."""

from questionnaires.documents import Mapped
from questionnaires.models import Frozen


class Lines:
    """The lines of models that were read from a file; a definition from elsewhere has none."""

    def __init__(self) -> None:
        # The model is kept beside its lines, so that its identity stays its own.
        self._trees: dict[int, tuple[Frozen, Mapped]] = {}
        self._places: dict[str, int] = {}
        self._parts: dict[str, Mapped] = {}

    def remember(self, model: Frozen, tree: Mapped, place: str) -> None:
        """Keep where a model was read from, which is at this place of the definition."""
        self._trees[id(model)] = (model, tree)
        self._parts.setdefault(place, tree)

    def note(self, place: str, line: int) -> None:
        """Keep the line of something that is no model, such as a choice list."""
        self._places[place] = line

    def of(self, model: Frozen, key: str | None = None) -> int | None:
        """The line of one key of a model, else where the model begins; ``None`` if unknown."""
        found = self._trees.get(id(model))
        if found is None:
            return None
        tree = found[1]
        return tree.line if key is None else tree.line_of(key)

    def at(self, place: str) -> int | None:
        """The line of a place such as ``survey/members``, or of a key: ``settings/version``."""
        if place in self._places:
            return self._places[place]
        if place in self._parts:
            return self._parts[place].line
        above, _, key = place.rpartition("/")
        return self._parts[above].line_of(key) if above in self._parts else None
