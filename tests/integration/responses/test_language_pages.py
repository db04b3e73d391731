"""A form is read in the language that its reader chooses, from right to left if need be."""

import re

import pytest

from app.bootstrap import Services
from app.registry.models import Contact
from app.responses.form_words import ENGLISH, LANGUAGES, form_words
from tests.fixtures.languages import ferries_in_three_languages
from tests.fixtures.rounds import FORM, Asked, open_a_round
from tests.integration.responses.browsing import Browser, every_row


@pytest.fixture
def ferries(services: Services) -> Asked:
    (only,) = open_a_round(services, definition=ferries_in_three_languages())
    return only


def speak(services: Services, asked: Asked, language: str) -> None:
    with services.database.write() as session:
        session.get_one(Contact, asked.focal_point.contact_id).language = language


def choose(browser: Browser, language: str, back: str = "/form") -> str:
    reply = browser.post("/form/language", {"language": language, "back": back})
    assert reply.status_code == 303
    return reply.headers["location"]


def html_tag(page: str) -> str:
    found = re.search(r"<html[^>]*>", page)
    assert found
    return found[0]


def test_language_of_the_contact_comes_first(
    browser: Browser, services: Services, ferries: Asked
) -> None:
    speak(services, ferries, "fr-CA")
    browser.start(ferries.focal_point)

    page = browser.get("/form/section_a").text

    assert html_tag(page) == '<html lang="en" dir="ltr">'
    assert '<span lang="fr">Combien de bateaux ?</span>' in page
    assert "How many boats?" not in page


def test_language_that_the_form_lacks_falls_back_to_its_own(
    browser: Browser, services: Services, ferries: Asked
) -> None:
    speak(services, ferries, "es")
    browser.start(ferries.focal_point)

    page = browser.get("/form/section_a").text

    assert "How many boats?" in page
    assert '<span lang="' not in page


def test_chosen_language_is_kept_on_every_page(browser: Browser, ferries: Asked) -> None:
    browser.start(ferries.focal_point)

    assert choose(browser, "fr", "/form/section_a") == "/form/section_a"

    overview, section = browser.get("/form").text, browser.get("/form/section_a").text
    review, materials = browser.get("/form/review").text, browser.get("/form/materials").text
    assert '<p class="lead"><span lang="fr">Traversiers</span></p>' in overview
    assert '<h1><span lang="fr">A. Trafic</span></h1>' in section
    assert '<span class="code">A3</span> <span lang="fr">Combien de bateaux ?</span>' in review
    assert '<span lang="fr">A1 Qu&#39;est-ce qui traverse ?</span>' in materials


def test_language_chosen_on_the_start_page_goes_with_the_start(
    browser: Browser, ferries: Asked
) -> None:
    link = f"/r/{ferries.focal_point.token}"
    page = browser.get(f"{link}?language=ar").text
    again = browser.get(link).text

    browser.post(link, {"language": "ar"})

    assert html_tag(page) == '<html lang="en" dir="rtl">'
    assert '<dd><span lang="ar" dir="rtl">العبّارات</span></dd>' in page
    assert '<input type="hidden" name="language" value="ar">' in page
    notice = form_words("ar").pages_in_english
    assert f'<p class="soft small" lang="ar" dir="rtl">{notice}</p>' in page
    assert notice not in again
    assert html_tag(again) == '<html lang="en" dir="ltr">'
    assert html_tag(browser.get("/form").text) == '<html lang="en" dir="rtl">'


def test_page_from_right_to_left_names_the_language_of_each_text(
    browser: Browser, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "ar")

    page = browser.get("/form/section_a").text

    assert html_tag(page) == '<html lang="en" dir="rtl">'
    assert '<span lang="ar" dir="rtl">كم عدد القوارب؟</span>' in page
    assert '<span lang="en" dir="ltr">Only by ferry.</span>' in page
    assert '<span lang="en" dir="ltr">Bicycles</span>' in page
    assert '<option value="cars" lang="ar" dir="rtl">سيارات</option>' in page


def test_what_is_answered_and_pressed_is_in_the_language_of_the_form(
    browser: Browser, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "fr")
    browser.post("/form/section_a", {"boats:missing": "na", "boats:revision": "0", "do": "save"})

    section, review = browser.get("/form/section_a").text, browser.get("/form/review").text

    for words in ("Ne sait pas", "Sans objet", "Préfère ne pas répondre", "Commentaire"):
        assert f'<span lang="fr">{words}</span>' in section
    for words in ("Don’t know", "Does not apply", "If you cannot answer", "Comment, source"):
        assert words not in section
    assert '<p class="said"><span lang="fr">Sans objet</span></p>' in review


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru"])
def test_that_menus_are_in_english_is_said_in_the_language_of_the_form(
    browser: Browser, services: Services, language: str
) -> None:
    (asked,) = open_a_round(services, definition=services.catalogue.get(FORM, "2026"))

    page = browser.get(f"/r/{asked.focal_point.token}?language={language}").text

    assert LANGUAGES[language].pages_in_english in page
    assert ENGLISH.pages_in_english not in page


@pytest.mark.parametrize("page", ["submit", "decline", "materials"])
def test_what_a_return_needs_is_said_in_the_language_of_the_form(
    browser: Browser, ferries: Asked, page: str
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "fr")

    html = browser.get(f"/form/{page}").text

    assert f'<span class="needed"><span lang="fr">{LANGUAGES["fr"].needed}</span></span>' in html
    assert ">needed<" not in html


def test_colon_in_french_follows_a_space(browser: Browser, services: Services) -> None:
    (asked,) = open_a_round(services, definition=services.catalogue.get(FORM, "2026"))
    browser.start(asked.focal_point)
    choose(browser, "fr")

    section = browser.get("/form/section_b").text

    assert "Si vous ne pouvez pas répondre\u00a0:" in section
    assert "répondre:" not in section


def test_what_is_answered_is_read_from_the_right_in_arabic(
    browser: Browser, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "ar")

    section = browser.get("/form/section_a").text

    assert '<span lang="ar" dir="rtl">لا ينطبق</span>' in section
    assert "Does not apply" not in section


def test_messages_of_the_questionnaire_are_in_the_chosen_language(
    browser: Browser, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "fr")
    browser.post("/form/section_a", {"boats": "0", "boats:revision": "0", "do": "save"})

    section, review = browser.get("/form/section_a").text, browser.get("/form/review").text

    for page in (section, review):
        assert '<span lang="fr">Un au moins.</span>' in page


def test_saved_section_is_told_to_the_script_in_the_chosen_language(
    browser: Browser, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, "fr")

    reply = browser.autosave("/form/section_a", {"boats": "0", "boats:revision": "0"})

    assert '<span lang="fr">Un au moins.</span>' in reply.json()["fields"]["boats"]["messages"]


def test_choosing_a_language_changes_nothing_that_is_stored(
    browser: Browser, services: Services, ferries: Asked
) -> None:
    browser.start(ferries.focal_point)
    before = every_row(services)

    choose(browser, "ar")
    browser.get("/form/section_a")

    assert every_row(services) == before


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/organiser", ""])
def test_choosing_a_language_leads_back_into_the_form_alone(
    browser: Browser, ferries: Asked, back: str
) -> None:
    browser.start(ferries.focal_point)

    assert choose(browser, "fr", back) == "/form"


@pytest.mark.parametrize("language", ['fr"><script>', "x" * 40, "", "zz"])
def test_language_that_is_none_is_passed_over(
    browser: Browser, ferries: Asked, language: str
) -> None:
    browser.start(ferries.focal_point)
    choose(browser, language)

    assert "How many boats?" in browser.get("/form/section_a").text


def test_form_in_one_language_has_none_to_choose_from(started: Browser) -> None:
    assert "Language of the questionnaire" not in started.get("/form").text


def test_languages_are_offered_by_their_own_names(browser: Browser, ferries: Asked) -> None:
    browser.start(ferries.focal_point)

    page = browser.get("/form").text

    assert re.findall(r'name="language" value="\w+" ([^>]+)>([^<]+)</button>', page) == [
        ('lang="en" dir="ltr" aria-current="true"', "English"),
        ('lang="fr" dir="ltr"', "français"),
        ('lang="ar" dir="rtl"', "العربية"),
    ]
