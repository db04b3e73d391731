"""The thematic-priority group that a respondent's own answers suggest. The analyst decides."""

from datetime import date

from questionnaires.answers import Answers
from questionnaires.models import Choice, Definition
from questionnaires.routing import Route, route


def bands(definition: Definition) -> tuple[Choice, ...]:
    """The groups in the order of the synthesis; empty when the definition has none."""
    name = definition.settings.band_list
    return definition.choices.get(name, ()) if name is not None else ()


def band_suggestion(
    definition: Definition, answers: Answers, *, today: date, path: Route | None = None
) -> str | None:
    """Name of the suggested group; ``None`` when the answers don't say enough.

    Who has the route of these answers already can give it as ``path``.
    """
    name = definition.settings.band
    if name is None:
        return None
    path = path or route(definition, answers, today=today)
    suggested = path.calculated.get(name)
    known = {choice.name for choice in bands(definition)}
    return suggested if isinstance(suggested, str) and suggested in known else None
