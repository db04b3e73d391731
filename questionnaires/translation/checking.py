"""Whether a translation says the same as its source, as far as a program can see."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from unicodedata import digit

from questionnaires.languages import english_name
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity
from questionnaires.translation.texts import FormText, texts_of

_PLACEHOLDER = re.compile(r"\$\{[^{}]*\}")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_THOUSANDS = "[.,'\u2019\u066c \u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:{_THOUSANDS}\d{{3}}(?!\d))+(?:[.,\u066b]\d+)?|\d+(?:[.,\u066b]\d+)?"
)
_GROUPING = re.compile(rf"(\d){_THOUSANDS}(?=\d{{3}}(?!\d))")
_MARK = re.compile("[,\u066b]")
_OPENED = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u202d": "\u202c",
    "\u202e": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
"""Marks that turn the direction of letters, and the mark that ends each."""
_ENDS = frozenset(_OPENED.values())
_DIRECTION = re.compile(f"[{''.join({*_OPENED, *_ENDS})}]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of characters; a tab and the end of a line can be seen."""
_SHORT = 20
"""Letters up to which a translation may well be twice as long."""
_FEW_LETTERS = 4
"""Up to so many letters a word is often the same in another language."""
_OPTION_PARTS = 4


def check_text(text: FormText, language: str) -> list[Problem]:
    """What is wrong with the translation of one text; nothing where there is none."""
    given = text.words.get(language)
    if given is None or not text.source:
        return []
    return list(_faults(text, given, english_name(language)))


def check_language(definition: Definition, language: str) -> list[Problem]:
    """What is wrong with a language of a form, but for what is missing altogether.

    Each text is compared with its source; in each list of options all or none must be translated,
    and options that differ must go on to differ.
    """
    if language == definition.settings.default_language:
        return []
    texts = texts_of(definition)
    problems = [problem for text in texts for problem in check_text(text, language)]
    return problems + list(_check_lists(texts, language))


def _faults(text: FormText, given: str, name: str) -> Iterator[Problem]:
    if not given.strip():
        yield _error(text, "empty-translation", f"The text in {name} is empty.", "Translate it.")
        return
    yield from _check_placeholders(text, given)
    yield from _check_numbers(text, given)
    yield from _check_signs(text, given)
    if len(given) > max(2 * len(text.source), _SHORT):
        yield _warning(
            text,
            "long-translation",
            f"The text in {name} is more than twice as long as its source: {len(given)} letters "
            f"for {len(text.source)}.",
            "Look whether it can be said in fewer words; it may not fit where it is shown.",
        )
    if given == text.source and sum(map(str.isalpha, given)) > _FEW_LETTERS:
        yield _warning(
            text,
            "untranslated",
            f"The text in {name} is the same as its source.",
            "Translate it, or leave it as it is if the words are the same in both languages.",
        )


def _check_placeholders(text: FormText, given: str) -> Iterator[Problem]:
    in_source, in_given = (_PLACEHOLDER.findall(each) for each in (text.source, given))
    if in_source == in_given:
        return  # at once for most texts: they hold none
    wanted, found = Counter(in_source), Counter(in_given)
    if wanted == found:
        return
    lacking = sorted((wanted - found).elements())
    added = sorted((found - wanted).elements())
    told = [f"lacks {', '.join(lacking)}"] if lacking else []
    told += [f"has {', '.join(added)}, which the source has not"] if added else []
    yield _error(
        text,
        "placeholder-mismatch",
        f"The translation {' and '.join(told)}.",
        "Keep each ${…} as it stands in the source: an answer is put there.",
    )


def _check_numbers(text: FormText, given: str) -> Iterator[Problem]:
    in_source, in_given = (_numbers(each) for each in (text.source, given))
    if in_source == in_given:
        return
    wanted, found = Counter(in_source), Counter(in_given)
    if wanted == found:
        return
    yield _error(
        text,
        "number-mismatch",
        f"The numbers differ: the source has {_listed(wanted)}, the translation {_listed(found)}.",
        "Keep the numbers of the source, in digits; they may stand in another order.",
    )


def _numbers(text: str) -> list[str]:
    """The numbers of a text in European digits, whatever parts their thousands and decimals."""
    found = _NUMBER.findall(_PLACEHOLDER.sub(" ", text))
    return [_MARK.sub(".", _GROUPING.sub(r"\1", _european(number))) for number in found]


def _european(number: str) -> str:
    return "".join(str(digit(sign)) if sign.isdecimal() else sign for sign in number)


def _listed(numbers: Counter[str]) -> str:
    return ", ".join(sorted(numbers.elements())) or "none"


def _check_signs(text: FormText, given: str) -> Iterator[Problem]:
    # In the order of the text, as its translator will look for it.
    markup = _MARKUP.findall(given)
    if markup:  # in few texts
        source = Counter(_MARKUP.findall(text.source))
        markup = [f"«{mark}»" for mark in Counter(markup) - source]
    if markup:
        yield _error(
            text,
            "markup",
            f"There is markup in the translation: {', '.join(markup)[:60]}.",
            "Write plain text; what looks like markup is shown as it stands.",
        )
    if not are_balanced(given):
        yield _error(
            text,
            "unbalanced-direction",
            "An invisible mark that turns the direction of letters is opened and not ended, or "
            "ended and not opened.",
            "Type the text again without such marks; the direction follows from the letters.",
        )
    hidden = sorted({f"U+{ord(sign):04X}" for sign in _CONTROL.findall(given)})
    if hidden:
        yield _error(
            text,
            "control-character",
            f"There are invisible control characters in the translation: {', '.join(hidden)}.",
            "Delete the text of the cell and type it again.",
        )


def are_balanced(text: str) -> bool:
    """Whether every mark of direction that is opened is ended, and the reverse."""
    waiting: list[str] = []
    for sign in _DIRECTION.findall(text):
        if sign in _OPENED:
            waiting.append(_OPENED[sign])
        elif not waiting or waiting.pop() != sign:
            return False
    return not waiting


def _check_lists(texts: tuple[FormText, ...], language: str) -> Iterator[Problem]:
    lists: defaultdict[str, list[FormText]] = defaultdict(list)
    for text in texts:
        parts = text.id.split(".")
        if parts[0] == "choices" and len(parts) >= _OPTION_PARTS:
            lists[parts[1]].append(text)
    name = english_name(language)
    for options in lists.values():
        translated = [option for option in options if language in option.words]
        if translated and len(translated) < len(options):
            lacking = next(option for option in options if language not in option.words)
            yield _warning(
                lacking,
                "half-translated-list",
                f"{len(translated)} of the {len(options)} options of this list "
                f"{'is' if len(translated) == 1 else 'are'} in {name}; "
                "readers would choose among two languages.",
                "Translate all options of the list.",
            )
        yield from _check_distinct(translated, language, name)


def _check_distinct(options: list[FormText], language: str, name: str) -> Iterator[Problem]:
    seen: dict[str, FormText] = {}
    for option in options:
        words = " ".join(option.words[language].split()).casefold()
        first = seen.setdefault(words, option)
        if first is not option and first.source != option.source:
            yield _error(
                option,
                "same-options",
                f"In {name} this option reads like another one of the list: «{first.source}» and "
                f"«{option.source}» are both «{option.words[language]}».",
                "Translate the two so that they can be told apart.",
            )


def _error(text: FormText, code: str, message: str, mend: str) -> Problem:
    return Problem(code=code, message=message, mend=mend, place=text.id)


def _warning(text: FormText, code: str, message: str, mend: str) -> Problem:
    return Problem(code=code, message=message, mend=mend, place=text.id, severity=Severity.WARNING)
