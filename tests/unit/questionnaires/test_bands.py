"""The suggested group, against the processes that the paper of 2007 sorts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.answers import Answer
from questionnaires.bands import band_suggestion, bands
from questionnaires.models import Definition, MissingCode
from tests.unit.questionnaires.strategies import TODAY, answers


def _suggestion(definition: Definition, **values: str) -> str | None:
    given_answers = {name: Answer(value=value) for name, value in values.items()}
    return band_suggestion(definition, given_answers, today=TODAY)


def _said(founding: str, treatment: str, frequency: str | None) -> dict[str, str]:
    said = {"md_founding": founding, "md_treatment": treatment}
    return said if frequency is None else {**said, "md_frequency": frequency}


def test_groups_are_in_the_order_of_the_synthesis(rcp: Definition) -> None:
    assert [band.name for band in bands(rcp)] == ["thematic", "ad_hoc", "none"]


SEED: dict[str, tuple[dict[str, str], str, str]] = {
    # Not in the founding documents, yet frequently on the agenda (paper, lines 61-63, 69-71).
    "MIDSA": (_said("not_mentioned", "ad_hoc", "most"), "thematic", "thematic"),
    "MIDWA": (_said("not_mentioned", "ad_hoc", "every"), "thematic", "thematic"),
    # An explicit goal (lines 79-80).
    "Colombo": (_said("priority", "thematic", "every"), "thematic", "thematic"),
    # One event (lines 97-99; 95-97).
    "IGC": (_said("not_mentioned", "ad_hoc", "one"), "ad_hoc", "ad_hoc"),
    "Söderköping": (_said("not_mentioned", "ad_hoc", "one"), "ad_hoc", "ad_hoc"),
    # Not even ad hoc (lines 107-119).
    "Bali": (_said("not_mentioned", "not_addressed", None), "none", "none"),
    # Push factors are «a regular theme» (lines 103-105), yet the paper says ad hoc (88-90).
    "MTM": (_said("not_mentioned", "ad_hoc", "most"), "thematic", "ad_hoc"),
}
"""By process: what its answers would be, the group they suggest, and the paper's group."""


@pytest.mark.parametrize("process", SEED)
def test_suggestion_for_the_processes_of_2007(rcp: Definition, process: str) -> None:
    said, suggested, in_the_paper = SEED[process]

    suggestion = _suggestion(rcp, **said)

    assert suggestion == suggested
    # Only MTM needs an analyst to override what its answers suggest.
    assert (suggestion != in_the_paper) is (process == "MTM")


def test_founding_document_alone_makes_no_priority(rcp: Definition) -> None:
    assert _suggestion(rcp, md_founding="priority") is None
    assert _suggestion(rcp, md_founding="priority", md_frequency="some") == "ad_hoc"
    assert _suggestion(rcp, md_founding="referred_to", md_frequency="most") == "thematic"


def test_nothing_is_suggested_without_answers(rcp: Definition, nested: Definition) -> None:
    unknown = {"md_treatment": Answer(missing=MissingCode.DONT_KNOW)}

    assert _suggestion(rcp) is None
    assert band_suggestion(rcp, unknown, today=TODAY) is None
    assert _suggestion(nested) is None
    assert bands(nested) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_suggestion_is_a_group_or_nothing(rcp: Definition, data: st.DataObject) -> None:
    suggestion = band_suggestion(rcp, data.draw(answers(rcp)), today=TODAY)

    assert suggestion in {None, *(band.name for band in bands(rcp))}
