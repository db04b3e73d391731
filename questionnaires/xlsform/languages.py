"""Languages as headings name them: ``French (fr)``."""

import re
from collections.abc import Iterable

from questionnaires.languages import is_language

_NAMES = {
    "am": "Amharic",
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mn": "Mongolian",
    "ms": "Malay",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "tg": "Tajik",
    "th": "Thai",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")


def heading_of(tag: str) -> str:
    """How a language is named in headings: ``French (fr)``, ``Portuguese, BR (pt)``."""
    first, *others = tag.split("-")
    name = _NAMES.get(first, first)
    return f"{', '.join([name, *others])} ({first})"


def tag_of(words: str, declared: Iterable[str]) -> str | None:
    """The language that a heading names; ``None`` if it cannot be told.

    One of the ``declared`` is preferred, as headings don't tell all languages of a region apart.
    """
    known = tuple(declared)
    for tag in known:
        if words.casefold() in (heading_of(tag).casefold(), tag.casefold()):
            return tag
    if found := _IN_BRACKETS.search(words):
        given = found[1].strip()
        return given if is_language(given) else None
    for tag, name in _NAMES.items():
        if words.casefold() == name.casefold():
            return tag
    first, hyphen, region = words.partition("-")
    known_tag = is_language(words) and first.lower() in _NAMES
    return first.lower() + hyphen + region if known_tag else None
