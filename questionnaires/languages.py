"""Languages: their names, which way they are written, and which of a form's suits a person."""

import re
from collections.abc import Mapping, Sequence

from questionnaires.models import Definition

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language tag as far as we look at it (BCP 47): ``fr``, ``pt-BR``, ``zh-Hant``."""

_TWO_LETTERS = re.compile(
    "a[abefkmnrsvyz]|b[aeghimnors]|c[aehorsuvy]|d[aevz]|e[elnostu]|f[afijory]"
    "|g[adlnuv]|h[aeiortuyz]|i[adegiknostuw]|j[aivw]|k[agijklmnorsuvwy]|l[abginotuv]"
    "|m[ghiklnorsty]|n[abdeglnorvy]|o[cjmrs]|p[ailst]|q[u]|r[mnouw]"
    "|s[acdeghiklmnoqrstuvw]|t[aeghiklnorstwy]|u[gkrz]|v[eio]|w[ao]|x[h]|y[io]|z[ahu]"
)
"""The languages of ISO 639-1, and older names of some; of three letters there are thousands."""

LEFT_TO_RIGHT = "ltr"
RIGHT_TO_LEFT = "rtl"

_FROM_THE_RIGHT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS_FROM_THE_RIGHT = frozenset({"adlm", "arab", "hebr", "nkoo", "syrc", "thaa"})
_SCRIPT_LETTERS = 4
_SHORT = 2

NAMES: Mapping[str, tuple[str, str]] = {
    "am": ("Amharic", "አማርኛ"),
    "ar": ("Arabic", "العربية"),
    "bg": ("Bulgarian", "български"),
    "bn": ("Bengali", "বাংলা"),
    "bs": ("Bosnian", "bosanski"),
    "ca": ("Catalan", "català"),
    "cs": ("Czech", "čeština"),
    "da": ("Danish", "dansk"),
    "de": ("German", "Deutsch"),
    "el": ("Greek", "Ελληνικά"),
    "en": ("English", "English"),
    "es": ("Spanish", "español"),
    "et": ("Estonian", "eesti"),
    "fa": ("Persian", "فارسی"),
    "fi": ("Finnish", "suomi"),
    "fr": ("French", "français"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "hr": ("Croatian", "hrvatski"),
    "hu": ("Hungarian", "magyar"),
    "hy": ("Armenian", "հայերեն"),
    "id": ("Indonesian", "Bahasa Indonesia"),
    "it": ("Italian", "italiano"),
    "ja": ("Japanese", "日本語"),
    "ka": ("Georgian", "ქართული"),
    "kk": ("Kazakh", "қазақ тілі"),
    "km": ("Khmer", "ខ្មែរ"),
    "ko": ("Korean", "한국어"),
    "ky": ("Kyrgyz", "кыргызча"),
    "lo": ("Lao", "ລາວ"),
    "lt": ("Lithuanian", "lietuvių"),
    "lv": ("Latvian", "latviešu"),
    "mk": ("Macedonian", "македонски"),
    "mn": ("Mongolian", "монгол"),
    "ms": ("Malay", "Bahasa Melayu"),
    "my": ("Burmese", "မြန်မာ"),
    "ne": ("Nepali", "नेपाली"),
    "nl": ("Dutch", "Nederlands"),
    "no": ("Norwegian", "norsk"),
    "pl": ("Polish", "polski"),
    "ps": ("Pashto", "پښتو"),
    "pt": ("Portuguese", "português"),
    "ro": ("Romanian", "română"),
    "ru": ("Russian", "русский"),
    "si": ("Sinhala", "සිංහල"),
    "sk": ("Slovak", "slovenčina"),
    "sl": ("Slovenian", "slovenščina"),
    "so": ("Somali", "Soomaali"),
    "sq": ("Albanian", "shqip"),
    "sr": ("Serbian", "српски"),
    "sv": ("Swedish", "svenska"),
    "sw": ("Swahili", "Kiswahili"),
    "ta": ("Tamil", "தமிழ்"),
    "tg": ("Tajik", "тоҷикӣ"),
    "th": ("Thai", "ไทย"),
    "tk": ("Turkmen", "türkmen"),
    "tr": ("Turkish", "Türkçe"),
    "uk": ("Ukrainian", "українська"),
    "ur": ("Urdu", "اردو"),
    "uz": ("Uzbek", "oʻzbek"),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "zh": ("Chinese", "中文"),
}
"""Of each language its name in English, and what its readers call it."""


def is_language(tag: str) -> bool:
    """Whether a tag begins with a language that there is; what follows is not looked up."""
    first = tag.partition("-")[0].lower()
    return TAG.fullmatch(tag) is not None and (
        len(first) != _SHORT or _TWO_LETTERS.fullmatch(first) is not None
    )


def direction_of(language: str) -> str:
    """``rtl`` for a language that is written from right to left, ``ltr`` for any other.

    A script in the tag decides (``ku-Arab``, ``az-Latn``), else the language.
    """
    first, *others = language.casefold().split("-")
    script = next((part for part in others if len(part) == _SCRIPT_LETTERS), None)
    if script is not None and script.isalpha():
        return RIGHT_TO_LEFT if script in _SCRIPTS_FROM_THE_RIGHT else LEFT_TO_RIGHT
    return RIGHT_TO_LEFT if first in _FROM_THE_RIGHT else LEFT_TO_RIGHT


def english_name(language: str) -> str:
    """``French``; with what distinguishes it, ``Portuguese (pt-BR)``; else the tag itself."""
    return _named(language, 0)


def own_name(language: str) -> str:
    """What those who speak it call a language: ``français``; else the tag itself."""
    return _named(language, 1)


def _named(language: str, which: int) -> str:
    first, dash, _ = language.casefold().partition("-")
    if first not in NAMES:
        return language
    name = NAMES[first][which]
    return f"{name} ({language})" if dash else name


def closest(languages: Sequence[str], wished: str | None) -> str | None:
    """The one of some languages that suits a wish: the same tag, or the same language.

    ``fr-CA`` finds ``fr``, and ``pt`` finds ``pt-BR``; ``None`` when there is none.
    """
    if not wished:
        return None
    wanted = wished.casefold()
    for language in languages:
        if language.casefold() == wanted:
            return language
    first = wanted.partition("-")[0]
    for language in languages:
        if language.casefold().partition("-")[0] == first:
            return language
    return None


def form_language(definition: Definition, *wishes: str | None) -> str:
    """The language in which to show a form: that of the first wish it can meet, else its own."""
    settings = definition.settings
    met = (closest(settings.languages, wish) for wish in wishes)
    return next((found for found in met if found is not None), settings.default_language)


def language_of(definition: Definition, text: Mapping[str, str], wished: str) -> str:
    """The language in which ``Definition.words`` gives a text: the wished one, or another."""
    for language in (wished, definition.settings.default_language):
        if language in text:
            return language
    return next(iter(text), wished)
