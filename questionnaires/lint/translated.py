"""Translations that don't say the same as their source."""

from collections.abc import Iterator, Mapping

from questionnaires.lint.codes import FAULTS
from questionnaires.lint.findings import Findings
from questionnaires.lint.texts import languages_instead_of_the_default, texts_of, worded
from questionnaires.models import Choice, Frozen
from questionnaires.translation import FormText, check_text


def check_translated(findings: Findings) -> None:
    """Refuse other placeholders than in the source; warn of what else a program can compare.

    A translator's file is looked at more sternly when it comes back, and also for texts that are
    long or the same as their source: see ``questionnaires.translation``.
    """
    settings = findings.definition.settings
    others = [tag for tag in settings.languages if tag != settings.default_language]
    if not others or languages_instead_of_the_default(findings):
        # Without a source there is nothing that a translation could differ from.
        return
    for node, place, _ in worded(findings):
        for key, words in texts_of(node):
            text = FormText(place, place, words.get(settings.default_language, ""), words)
            for language in others:
                _check(findings, node, key, text, language)
    for name, choices in findings.definition.choices.items():
        for language in others:
            _check_list(findings, name, choices, language)


def _check(findings: Findings, node: Frozen, key: str, text: FormText, language: str) -> None:
    for problem in check_text(text, language):
        if problem.code in FAULTS:
            findings.add(
                problem.code,
                f"In «{language}»: {problem.message}",
                problem.mend,
                at=node,
                key=key,
                place=text.place,
            )


def _check_list(findings: Findings, name: str, choices: tuple[Choice, ...], language: str) -> None:
    default = findings.definition.settings.default_language
    seen: dict[str, Choice] = {}
    for choice, words in _labels(choices, language):
        first = seen.setdefault(words, choice)
        if first is not choice and first.label.get(default) != choice.label.get(default):
            findings.add(
                "same-options",
                f"In «{language}» the options «{first.name}» and «{choice.name}» read the same.",
                "Translate the two so that they can be told apart.",
                at=choice,
                key="label",
                place=f"choices/{name}/{choice.name}",
            )


def _labels(choices: tuple[Choice, ...], language: str) -> Iterator[tuple[Choice, str]]:
    for choice in choices:
        label: Mapping[str, str] = choice.label
        if language in label:
            yield choice, " ".join(label[language].split()).casefold()
