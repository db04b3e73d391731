"""One question put to an invented process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from app.sample.illustrative.profile import Profile
from questionnaires.answers import Value
from questionnaires.models import Definition, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is to go by when an answer is made up."""

    question: Question
    definition: Definition
    profile: Profile
    rng: Random
    today: date
    values: Mapping[str, Value]
    """The answers given so far."""
    files: Mapping[str, str]
    """Keys of the materials tagged with a question, by question."""

    @property
    def options(self) -> list[str]:
        """Names of the options that can stand beside each other."""
        choices = self.definition.options(self.question)
        return [choice.name for choice in choices if not choice.exclusive]

    @property
    def nothing(self) -> str | None:
        """Name of the option «none of these»."""
        choices = self.definition.options(self.question)
        return next((choice.name for choice in choices if choice.exclusive), None)
