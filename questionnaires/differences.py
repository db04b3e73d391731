"""What is different about a question that two versions ask under the same name."""

from collections.abc import Iterator, Mapping
from itertools import chain

from questionnaires.changes import Change, Difference
from questionnaires.models import Choice, Definition, Question, QuestionType
from questionnaires.routing import conditions_of

SCALES = frozenset({"start", "end", "step", "top"})
"""The parameters on which the meaning of an answer depends; others are about its look."""


def differences(old: Definition, new: Definition, name: str) -> tuple[Difference, ...]:
    """Everything that is different about one question, the gravest not necessarily first."""
    before, after = old.by_name[name], new.by_name[name]
    return tuple(
        chain(
            _types(before, after),
            _scales(before, after),
            _options(old, new, before, after),
            _columns(old, new, before, after),
            _wording(old, new, before, after),
            _conditions(old, new, name),
            _limits(before, after),
            _places(old, new, name),
        )
    )


def _types(before: Question, after: Question) -> Iterator[Difference]:
    if before.type is after.type:
        return
    was, now = _type_in_words(before), _type_in_words(after)
    if after.type is QuestionType.TEXT:
        words = f"Was {was} and is free text now; compare as text only."
        yield Difference(Change.RETYPED, words)
    else:
        yield Difference(Change.RETYPED, f"Was {was} and is {now} now.", refused=True)


def _scales(before: Question, after: Question) -> Iterator[Difference]:
    if before.type is not after.type:
        return
    changed = [
        f"{name} {after.parameters.get(name, 'none')}, before {before.parameters.get(name, 'none')}"
        for name in sorted(SCALES)
        if before.parameters.get(name) != after.parameters.get(name)
    ]
    if changed:
        yield Difference(Change.RESCALED, f"Its scale is another ({'; '.join(changed)}).")


def _options(
    old: Definition, new: Definition, before: Question, after: Question
) -> Iterator[Difference]:
    had, has = _choices(old, before), _choices(new, after)
    if not had or not has:
        return
    parts = [
        *_listed("new", new, [has[name] for name in has if name not in had]),
        *_listed("gone", old, [had[name] for name in had if name not in has]),
        *_listed(
            "excludes the others now",
            new,
            [has[name] for name in has if name in had and _excludes(has[name], had[name])],
        ),
        *_listed(
            "no longer excludes the others",
            new,
            [has[name] for name in has if name in had and _excludes(had[name], has[name])],
        ),
    ]
    if parts:
        yield Difference(Change.OPTIONS_CHANGED, f"Options changed ({'; '.join(parts)}).")
    reworded = [
        f"{_label(new, has[name])}, before {_label(old, had[name])}"
        for name in has
        if name in had and _said(old, new, had[name].label) != _said(new, new, has[name].label)
    ]
    if reworded:
        words = f"Options are worded differently ({'; '.join(reworded)})."
        yield Difference(Change.RELABELLED, words)
    elif any(name in had and had[name].label != has[name].label for name in has):
        yield Difference(Change.TRANSLATED, "Translations of its options changed.")


def _columns(
    old: Definition, new: Definition, before: Question, after: Question
) -> Iterator[Difference]:
    had = {column.name: column for column in before.columns}
    has = {column.name: column for column in after.columns}
    parts = [
        *_quoted("new", [new.words(has[name].label) or name for name in has if name not in had]),
        *_quoted("gone", [old.words(had[name].label) or name for name in had if name not in has]),
    ]
    if parts:
        yield Difference(Change.OPTIONS_CHANGED, f"Columns changed ({'; '.join(parts)}).")
    for name in (name for name in has if name in had):
        found = chain(
            _types(had[name], has[name]),
            _scales(had[name], has[name]),
            _options(old, new, had[name], has[name]),
            _wording(old, new, had[name], has[name]),
            _limits(had[name], has[name]),
        )
        title = new.words(has[name].label) or name
        for one in found:
            yield Difference(one.change, f"Column «{title}»: {_inside(one.words)}", one.refused)


def _wording(
    old: Definition, new: Definition, before: Question, after: Question
) -> Iterator[Difference]:
    was, now = _said(old, new, before.label), _said(new, new, after.label)
    if was != now:
        yield Difference(Change.RELABELLED, f"Worded differently; it was «{was}».")
    elif before.label != after.label:
        tags = sorted(
            tag
            for tag in {*before.label, *after.label}
            if before.label.get(tag) != after.label.get(tag)
        )
        yield Difference(Change.TRANSLATED, f"Only translations changed ({', '.join(tags)}).")
    if _said(old, new, before.hint) != _said(new, new, after.hint):
        yield Difference(Change.SAME, "Its hint is another.")


def _conditions(old: Definition, new: Definition, name: str) -> Iterator[Difference]:
    was, now = tuple(conditions_of(old, name)), tuple(conditions_of(new, name))
    if was != now:
        words = f"Asked {_condition(now)}; before {_condition(was)}."
        yield Difference(Change.ASKED_OF_OTHERS, words)


def _limits(before: Question, after: Question) -> Iterator[Difference]:
    parts = [
        f"{what} {_expression(now)}, before {_expression(was)}"
        for what, was, now in (
            ("what is accepted:", before.constraint, after.constraint),
            ("which options are offered:", before.choice_filter, after.choice_filter),
            ("most rows:", _count(before.max_rows), _count(after.max_rows)),
            ("fewest rows:", _count(before.min_rows), _count(after.min_rows)),
        )
        if was != now
    ]
    if before.required is not after.required:
        parts.append("must be answered now" if after.required else "may be left empty now")
    if parts:
        yield Difference(Change.LIMITS_CHANGED, f"Its limits changed ({'; '.join(parts)}).")


def _places(old: Definition, new: Definition, name: str) -> Iterator[Difference]:
    was, now = old.ancestors[name][0], new.ancestors[name][0]
    if was.name != now.name:
        words = (
            f"Asked in the section «{new.words(now.label) or now.name}»; "
            f"before in «{old.words(was.label) or was.name}»."
        )
        yield Difference(Change.MOVED, words)


def _choices(definition: Definition, question: Question) -> Mapping[str, Choice]:
    return {choice.name: choice for choice in definition.options(question)}


def _excludes(one: Choice, other: Choice) -> bool:
    return one.exclusive and not other.exclusive


def _listed(what: str, definition: Definition, choices: list[Choice]) -> list[str]:
    return _quoted(what, [definition.words(choice.label) or choice.name for choice in choices])


def _quoted(what: str, labels: list[str]) -> list[str]:
    return [f"{what}: {', '.join(f'«{label}»' for label in labels)}"] if labels else []


def _label(definition: Definition, choice: Choice) -> str:
    return f"«{definition.words(choice.label) or choice.name}»"


def _said(definition: Definition, new: Definition, text: Mapping[str, str]) -> str:
    """A text in the language that both versions are written in."""
    return definition.words(text, new.settings.default_language)


def _inside(words: str) -> str:
    return words[:1].lower() + words[1:]


def _type_in_words(question: Question) -> str:
    return f"«{question.type}»"


def _condition(conditions: tuple[str, ...]) -> str:
    return f"if {' and '.join(f'«{one}»' for one in conditions)}" if conditions else "of everybody"


def _expression(text: str | None) -> str:
    return "none" if text is None else f"«{text}»"


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)
