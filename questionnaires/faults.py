"""The faults met while a definition is read: keys, values and shapes that its models refuse."""

import difflib

from pydantic import ValidationError

from questionnaires.documents import Mapped
from questionnaires.models import Frozen
from questionnaires.problems import Problem
from questionnaires.readable import MENDS, reason, short
from questionnaires.refused_keys import instead_of


class Faults:
    """Collects them as problems with place and line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def refused(
        self, error: ValidationError, tree: Mapped, model: type[Frozen], place: str
    ) -> None:
        """Add what pydantic refused, at the lines of the keys."""
        for fault in error.errors():
            key = str(fault["loc"][0]) if fault["loc"] else ""
            if fault["type"] == "missing":
                self.missing(tree, key, place)
                continue
            if key == "name" and fault["type"] == "string_pattern_mismatch":
                self._bad_name(tree, place, fault["input"])
                continue
            self.add(
                "bad-value",
                f"«{key}» cannot be «{short(fault['input'])}»: {reason(fault['type'])}.",
                MENDS.get(key, f"Correct «{key}»."),
                place=place,
                line=tree.line_of(key),
            )

    def _bad_name(self, tree: Mapped, place: str, given: object) -> None:
        self.add(
            "invalid-name",
            f"«{short(given)}» cannot be a name.",
            "Use lower-case letters, digits and underscores, at most 64, not starting with a digit."
            if not place.startswith("choices/")
            else "Use letters, digits and _ . + - without spaces, at most 64.",
            place=place,
            line=tree.line_of("name"),
        )

    def known_keys(self, tree: Mapped, model: type[Frozen], place: str) -> None:
        """Add the keys that a model does not have, with the nearest it has."""
        known = [key for key in model.model_fields if key != "list_name"]
        for key in tree.entries:
            if key in model.model_fields:
                continue
            near = difflib.get_close_matches(key, known, n=1)
            otherwise = f"Did you mean «{near[0]}»?" if near else f"Known are: {', '.join(known)}."
            self.add(
                "unknown-key",
                f"There is no key «{key}» here.",
                instead_of(key) or otherwise,
                place=place,
                line=tree.line_of(key),
            )

    def wrong_shape(self, place: str, expected: str, line: int) -> None:
        """Add that something else is expected here."""
        self.add(
            "wrong-shape",
            f"This should be {expected}.",
            "Check the indentation, and begin each item of a list with a hyphen.",
            place=place,
            line=line,
        )

    def missing(self, tree: Mapped, key: str, place: str) -> None:
        """Add that a key is missing."""
        self.add(
            "missing-key", f"«{key}» is missing.", f"Add «{key}:».", place=place, line=tree.line
        )

    def add(self, code: str, message: str, mend: str, *, place: str, line: int | None) -> None:
        """Add a fault."""
        self.problems.append(Problem(code=code, message=message, mend=mend, place=place, line=line))
