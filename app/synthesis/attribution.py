"""What a respondent allows to be done with what it gave."""

from collections.abc import Mapping

from app.responses.models import SubmissionKind
from app.rounds.fill import ATTRIBUTION
from app.rounds.standing import Standing
from exports.records import Attribution
from questionnaires.models import Definition
from questionnaires.outcomes import Outcome

ATTRIBUTIONS: Mapping[str, Attribution] = {
    "publish": Attribution.PUBLISH,
    "not_attributed": Attribution.NOT_ATTRIBUTED,
    "background": Attribution.BACKGROUND,
}
"""What each choice of the question ``attribution`` allows."""


def attribution_of(chosen: object, *, definition: Definition, submitted: bool) -> Attribution:
    """What a respondent allows that chose this at the question on attribution of its version.

    What was submitted without a choice was given for the report, and so was what a questionnaire
    asked for that has no such question. An unsubmitted draft was given for nothing yet: it is not
    attributed. A choice that a later questionnaire words in another way is taken for the narrowest.
    """
    if isinstance(chosen, str):
        return ATTRIBUTIONS.get(chosen, Attribution.BACKGROUND)
    if submitted or ATTRIBUTION not in definition.by_name:
        return Attribution.PUBLISH
    return Attribution.NOT_ATTRIBUTED


def attribution_of_answers(standing: Standing, definition: Definition | None) -> Attribution:
    """For the answers of a response to that version; where nothing was saved there are none."""
    if definition is None or not standing.saves:
        return Attribution.PUBLISH
    return attribution_of(
        standing.attribution,
        definition=definition,
        submitted=standing.submission_kind is SubmissionKind.QUESTIONNAIRE,
    )


def attribution_of_materials(standing: Standing, definition: Definition | None) -> Attribution:
    """For what it sent besides: returned in its own right, also beside a draft."""
    if definition is None:
        return Attribution.PUBLISH
    returned = standing.submission_kind in {SubmissionKind.QUESTIONNAIRE, SubmissionKind.MATERIALS}
    return attribution_of(
        standing.attribution,
        definition=definition,
        submitted=returned or standing.outcome is Outcome.MATERIALS_ONLY,
    )
