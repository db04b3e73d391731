"""Languages have names and directions, and a wish is met as far as a form can."""

import pytest

from questionnaires.languages import (
    NAMES,
    TAG,
    closest,
    direction_of,
    english_name,
    is_language,
    language_of,
    own_name,
)
from questionnaires.models import Definition


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("fa", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("ku-Arab", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("ku", "ltr"),
        ("ar-Latn", "ltr"),
        ("fr", "ltr"),
        ("zh-Hant", "ltr"),
        ("de-1996", "ltr"),
    ],
)
def test_direction_follows_the_script_or_else_the_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize("tag", ["fr", "pt-BR", "zh-Hant", "kok", "FR"])
def test_language_is_known_by_its_code(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["xx", "xx-klingon", "français", "f", "fr_FR", ""])
def test_tag_of_no_language_is_none(tag: str) -> None:
    assert not is_language(tag)


def test_languages_are_called_in_english_and_in_their_own_words() -> None:
    assert (english_name("fr"), own_name("fr")) == ("French", "français")
    assert (english_name("pt-BR"), own_name("pt-BR")) == (
        "Portuguese (pt-BR)",
        "português (pt-BR)",
    )
    assert (english_name("qqq"), own_name("qqq")) == ("qqq", "qqq")
    assert all(TAG.fullmatch(tag) for tag in NAMES)


@pytest.mark.parametrize(
    ("wished", "found"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("fr-CA", "fr"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("es", None),
        ("", None),
        (None, None),
    ],
)
def test_closest_language_is_the_same_tag_or_the_same_language(
    wished: str | None, found: str | None
) -> None:
    assert closest(["en", "fr", "pt-BR"], wished) == found


def test_text_without_the_wished_language_names_the_one_it_falls_back_to(rcp: Definition) -> None:
    assert language_of(rcp, {"en": "Yes", "fr": "Oui"}, "fr") == "fr"
    assert language_of(rcp, {"en": "Yes"}, "fr") == "en"
    assert language_of(rcp, {"ar": "نعم"}, "fr") == "ar"
    assert language_of(rcp, {}, "fr") == "fr"
