"""Words for people: labels that are missing, languages that are not declared."""

from collections.abc import Iterator, Mapping
from functools import cache

from questionnaires.languages import is_language
from questionnaires.lint.findings import Findings, Part
from questionnaires.models import Frozen, Group, Question, QuestionType
from questionnaires.translation.checking import are_balanced

_KEYS = (
    "label",
    "short_label",
    "hint",
    "guidance_hint",
    "required_message",
    "constraint_message",
    "form_title",
    "introduction",
    "notes",
)


def check_texts(findings: Findings) -> None:
    """Refuse parts without a label and texts in undeclared languages; warn of missing ones."""
    settings = findings.definition.settings
    elsewhere = languages_instead_of_the_default(findings)
    if elsewhere:
        findings.add(
            "default-language",
            f"No label is in the default language «{settings.default_language}»; there are labels "
            f"in {', '.join(elsewhere)}.",
            f"Set «default_language» to {elsewhere[0]}, or write every label in "
            f"«{settings.default_language}» too.",
            at=settings,
            key="default_language",
            place="settings",
        )
    elif settings.default_language not in settings.languages:
        findings.add(
            "default-language",
            f"The default language «{settings.default_language}» is not among «languages».",
            "Add it to «languages».",
            at=settings,
            key="default_language",
            place="settings",
        )
    for tag in dict.fromkeys((settings.default_language, *settings.languages)):
        if not is_language(tag):
            findings.add(
                "bad-language",
                f"«{tag}» is no tag of a language.",
                "Write the short tag that browsers know, such as en, fr, ar or pt-BR.",
                at=settings,
                key="languages" if tag in settings.languages else "default_language",
                place="settings",
            )
    for node, place, needs_label in worded(findings):
        if needs_label and not (elsewhere and getattr(node, "label", {})):
            _check_label(findings, node, place)
        for key, text in texts_of(node):
            _check_direction(findings, node, place, key, text)
            _check_languages(findings, node, place, key, text)
            if not elsewhere:
                _check_translated(findings, node, place, key, text)
    for question, part in findings.questions(columns=True):
        if question.constraint is not None and not question.constraint_message:
            findings.add(
                "no-constraint-message",
                "The constraint does not tell the respondent what is wrong.",
                "Add «constraint_message».",
                at=question,
                key="constraint",
                place=part.place,
            )


def languages_instead_of_the_default(findings: Findings) -> tuple[str, ...]:
    """The languages of the labels where none is in the default one: then that is the one fault.

    The title may be in it all the same: a text that names no language is in the default one.
    """
    labels = [getattr(node, "label", {}) for node, _, needs in worded(findings) if needs]
    found = tuple(dict.fromkeys(tag for label in labels for tag in label))
    return () if findings.definition.settings.default_language in found else found


def worded(findings: Findings) -> Iterator[tuple[Frozen, str, bool]]:
    """Everything that has words for people, with its place and whether it needs a label."""
    yield findings.definition.settings, "settings", False
    for dimension in findings.definition.dimensions:
        yield dimension, f"dimensions/{dimension.name}", True
    for name, choices in findings.definition.choices.items():
        for choice in choices:
            yield choice, f"choices/{name}/{choice.name}", True
    for part in findings.parts:
        yield part.node, part.place, _needs_label(part)


def _needs_label(part: Part) -> bool:
    match part.node:
        case Question():
            return part.node.type not in (QuestionType.CALCULATE, QuestionType.HIDDEN)
        case Group():
            # A group that is neither a page nor numbered only holds others together.
            return not part.above or part.node.code is not None


def texts_of(node: Frozen) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The words of something by key."""
    for key in _keys_of(type(node)):
        text = getattr(node, key)
        if isinstance(text, Mapping) and text:
            yield key, text


@cache
def _keys_of(kind: type[Frozen]) -> tuple[str, ...]:
    """The keys of words that something of this kind has: to ask for others would take long."""
    return tuple(key for key in _KEYS if key in kind.model_fields)


def _check_label(findings: Findings, node: Frozen, place: str) -> None:
    language = findings.definition.settings.default_language
    label = getattr(node, "label", {})
    if not label.get(language):
        findings.add(
            "no-label",
            f"There is no label in the default language «{language}».",
            "Add «label:».",
            at=node,
            key="label",
            place=place,
        )


def _check_direction(
    findings: Findings, node: Frozen, place: str, key: str, text: Mapping[str, str]
) -> None:
    """Translations are looked at where they are compared with their source."""
    language = findings.definition.settings.default_language
    if not are_balanced(text.get(language, "")):
        findings.add(
            "unbalanced-direction",
            f"«{key}» holds an invisible mark that turns the direction of letters, and is opened "
            "and not ended, or ended and not opened.",
            "Type the text again without such marks; the direction follows from the letters.",
            at=node,
            key=key,
            place=place,
        )


def _check_languages(
    findings: Findings, node: Frozen, place: str, key: str, text: Mapping[str, str]
) -> None:
    settings = findings.definition.settings
    for language in text:
        # That the default language is not declared is a fault of the settings, told there.
        if language not in (*settings.languages, settings.default_language):
            findings.add(
                "unknown-language",
                f"«{key}» has text in «{language}», which is not among «languages».",
                "Add the language to «settings: languages», or take the text out.",
                at=node,
                key=key,
                place=place,
            )


def _check_translated(
    findings: Findings, node: Frozen, place: str, key: str, text: Mapping[str, str]
) -> None:
    settings = findings.definition.settings
    # A label that lacks the default language is a fault of its own.
    others = (tag for tag in settings.languages if tag != settings.default_language)
    missing = [tag for tag in others if tag not in text]
    if missing:
        findings.add(
            "no-translation",
            f"«{key}» has no text in {', '.join(missing)}.",
            "Translate it; until then the default language is shown.",
            at=node,
            key=key,
            place=place,
        )
