"""What is different about a question that two versions ask under the same name."""

from collections.abc import Iterator, Mapping
from itertools import chain

from questionnaires.changes import Change, Difference
from questionnaires.models import Choice, Definition, Group, Question, QuestionType
from questionnaires.phrases import plain
from questionnaires.routing import conditions_of
from questionnaires.routing_words import InWords, allowed_if, asked_if, offered_if

OURS = "en"
"""The language of these sentences."""
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
            _limits(old, new, before, after),
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
    added = [has[name] for name in has if name not in had]
    gone = [had[name] for name in had if name not in has]
    parts = [
        *_told_apart("new", new, added, {old.words(one.label) for one in gone}),
        *_told_apart("gone", old, gone, {new.words(one.label) for one in added}),
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
            _limits(old, new, had[name], has[name]),
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
        here, there = _asked(new, name), _asked(old, name)
        if here == there:  # there are no words for what is different
            here, there = _condition(now), _condition(was)
        words = f"Asked {here}{_numbers(new, now)}; before {there}{_numbers(old, was)}."
        yield Difference(Change.ASKED_OF_OTHERS, words)


def _limits(
    old: Definition, new: Definition, before: Question, after: Question
) -> Iterator[Difference]:
    parts = [
        *_rules("what is accepted:", allowed_if(old, before, OURS), allowed_if(new, after, OURS)),
        *_rules(
            "which options are offered:",
            offered_if(old, before, OURS),
            offered_if(new, after, OURS),
        ),
        *(
            f"{what} {_expression(now)}, before {_expression(was)}"
            for what, was, now in (
                ("most rows:", _count(before.max_rows), _count(after.max_rows)),
                ("fewest rows:", _count(before.min_rows), _count(after.min_rows)),
            )
            if was != now
        ),
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


def _told_apart(
    what: str, definition: Definition, choices: list[Choice], others: set[str]
) -> list[str]:
    """Options by their labels, with the name where one of the other version has the same label."""
    labels = [
        f"«{words}» ({choice.name})" if words in others else f"«{words or choice.name}»"
        for choice in choices
        for words in [definition.words(choice.label)]
    ]
    return [f"{what}: {', '.join(labels)}"] if labels else []


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


def _asked(definition: Definition, name: str) -> str:
    """When a question is asked, with the conditions of the groups around it, in our words."""
    nodes: list[Group | Question] = [*definition.ancestors[name], definition.by_name[name]]
    found = [asked_if(definition, node, OURS) for node in nodes]
    told = [_inside(plain(one.phrase)).removeprefix("asked ") for one in found if one is not None]
    return " and ".join(told) if told else "of everybody"


def _numbers(definition: Definition, conditions: tuple[str, ...]) -> str:
    return f" (numbers as in version {definition.version})" if conditions else ""


def _rules(what: str, was: InWords | None, now: InWords | None) -> Iterator[str]:
    """A rule that is another now, in our words; in its own where those do not tell it apart."""
    if (was.expression if was else None) == (now.expression if now else None):
        return
    told = [_rule_words(one) for one in (now, was)]
    if told[0] == told[1]:
        told = [_expression(one.expression if one else None) for one in (now, was)]
    yield f"{what} {told[0]}, before {told[1]}"


def _rule_words(rule: InWords | None) -> str:
    if rule is None:
        return "everything"
    return _inside(plain(rule.phrase)).removeprefix("accepted ")


def _condition(conditions: tuple[str, ...]) -> str:
    return f"if {' and '.join(f'«{one}»' for one in conditions)}" if conditions else "of everybody"


def _expression(text: str | None) -> str:
    return "none" if text is None else f"«{text}»"


def _count(number: int | None) -> str | None:
    return None if number is None else str(number)
