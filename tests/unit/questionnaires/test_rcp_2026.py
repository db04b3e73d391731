"""The questionnaire's version of 2026: in five languages, comparable with that of 2007."""

import pytest

from questionnaires.comparison import Change, compare
from questionnaires.models import Definition
from tests.fixtures.shipped import SHIPPED

FORM = "rcp-migration-development"
LANGUAGES = ("en", "fr", "es", "ar", "ru")


@pytest.fixture(scope="module")
def rcp_2026() -> Definition:
    return SHIPPED.get(FORM, "2026")


def test_it_has_every_text_in_every_language(rcp_2026: Definition) -> None:
    settings = rcp_2026.settings
    texts = [settings.form_title, settings.introduction, settings.notes]
    texts += [text for one in rcp_2026.dimensions for text in (one.label, one.hint)]
    texts += [option.label for options in rcp_2026.choices.values() for option in options]
    groups = [*rcp_2026.survey, *(group for path in rcp_2026.ancestors.values() for group in path)]
    asked = [*rcp_2026.questions, *rcp_2026.panel_by_name.values()]
    columns = [column for question in asked for column in question.columns]
    for group in groups:
        texts += [group.label, group.short_label, group.hint]
    for question in [*asked, *columns]:
        texts += [question.label, question.short_label, question.hint, question.guidance_hint]
        texts += [question.required_message, question.constraint_message]

    assert settings.languages == LANGUAGES
    assert {tuple(sorted(text)) for text in texts if text} == {tuple(sorted(LANGUAGES))}


def test_it_asks_two_items_more_and_keeps_the_short_form(rcp_2026: Definition) -> None:
    codes = [item.code for item in rcp_2026.items]

    assert len(codes) == 36
    assert {"C8", "E5"} <= set(codes)
    assert sum(item.core for item in rcp_2026.items) == 17


def test_each_change_since_2007_is_told_apart(rcp: Definition, rcp_2026: Definition) -> None:
    kinds = {one.name: one.kind for one in compare(rcp, rcp_2026)}

    assert kinds["founding_meeting"] is Change.SPLIT
    assert kinds["founding_cause"] is Change.SPLIT
    assert kinds["rcp_names_in_use"] is Change.MERGED
    assert kinds["members"] is Change.RELABELLED
    assert kinds["md_change"] is Change.NEW
    assert kinds["md_entry_on"] is Change.DROPPED
    assert kinds["coord_mech"] is Change.OPTIONS_CHANGED
    assert kinds["participants_total"] is Change.NEW
