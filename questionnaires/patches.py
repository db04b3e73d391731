"""Patch versions: corrections of words, checked to change nothing that has a meaning."""

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.models import Choice, Definition, Dimension, Group, Question
from questionnaires.problems import Problem

WORDS = frozenset(
    {
        *("label", "short_label", "hint", "guidance_hint", "required_message"),
        *("constraint_message", "source", "appearance", "image", "replaces_because"),
    }
)
"""What a patch may correct of a question, a group, a choice or a dimension: words and looks."""
SETTINGS = frozenset({"default_language", "partial_share", "band", "band_list"})
"""What of the settings must stay."""
Named = Choice | Dimension | Group | Question
MEND = (
    "Leave it as it was; or make this a version of its own: take «corrects» out, and give it a "
    "«version» that comes later."
)


def check_patch(old: Definition, new: Definition) -> list[Problem]:
    """What keeps ``new`` from being a patch of ``old``; nothing when it corrects words alone.

    Names, types, options and their order, conditions, constraints, calculations, numbers and the
    columns of the synthesis are the same, and no language is lost. Whether a word was corrected or
    its meaning changed, only a reader can tell: the comparison shows both wordings.
    """
    return [
        *_settings(old, new),
        *_order("dimensions", old.dimensions, new.dimensions),
        *_shared("dimensions", _by_name(old.dimensions), _by_name(new.dimensions)),
        *_lists(old, new),
        *_nodes(old, new),
    ]


def _settings(old: Definition, new: Definition) -> Iterator[Problem]:
    for name in sorted(SETTINGS):
        if getattr(old.settings, name) != getattr(new.settings, name):
            yield _not_the_same(f"settings/{name}", name)
    for language in old.settings.languages:
        if language not in new.settings.languages:
            yield _problem(
                "settings/languages", f"The language «{language}» of the corrected version is gone."
            )


def _lists(old: Definition, new: Definition) -> Iterator[Problem]:
    for name in sorted({*old.choices, *new.choices}):
        place = f"choices/{name}"
        had, has = old.choices.get(name, ()), new.choices.get(name, ())
        yield from _order(place, had, has)
        yield from _shared(place, _by_name(had), _by_name(has))


def _nodes(old: Definition, new: Definition) -> Iterator[Problem]:
    had, has = dict(parts_of(old)), dict(parts_of(new))
    # What stood within something that is gone is gone with it, and need not be said.
    for path in _roots(had, has):
        yield _problem(path, "A question or group of the corrected version is not here.")
    for path in _roots(has, had):
        yield _problem(path, "The corrected version has no such question or group here.")
    yield from _shared("", had, has)
    if list(had) != list(has) and set(had) == set(has):
        yield _problem("survey", "The questions stand in another order.")


def _roots(these: Mapping[str, Named], others: Mapping[str, Named]) -> Iterator[str]:
    for path in these:
        above = path.rpartition("/")[0]
        if path not in others and (above not in these or above in others):
            yield path


def parts_of(definition: Definition) -> Iterator[tuple[str, Group | Question]]:
    """Groups, questions and columns by their places, such as ``survey/members/year``."""
    panel = () if definition.panel is None else (definition.panel,)
    for root, groups in (("survey", definition.survey), ("panel", panel)):
        for group in groups:
            yield from _within(group, root)


def _within(node: Group | Question, above: str) -> Iterator[tuple[str, Group | Question]]:
    path = f"{above}/{node.name}"
    yield path, node
    for child in node.children if isinstance(node, Group) else node.columns:
        yield from _within(child, path)


def _shared(above: str, had: Mapping[str, Named], has: Mapping[str, Named]) -> Iterator[Problem]:
    for name in had:
        if name not in has:
            continue
        place = f"{above}/{name}" if above else name
        if type(had[name]) is not type(has[name]):
            yield _problem(place, "What was a group is a question here, or the other way round.")
            continue
        before, after = _meaning(had[name]), _meaning(has[name])
        for field in before:
            if before[field] != after[field]:
                yield _not_the_same(place, field)


def _meaning(one: Named) -> dict[str, object]:
    # What stands inside a group or a table is looked at by itself.
    inside = {Group: {"children"}, Question: {"columns"}}.get(type(one), set())
    return one.model_dump(exclude={*WORDS, *inside})


def _order(place: str, before: Sequence[Named], after: Sequence[Named]) -> Iterator[Problem]:
    had, has = list(_by_name(before)), list(_by_name(after))
    if had == has:
        return
    gone = [f"«{name}»" for name in had if name not in has]
    new = [f"«{name}»" for name in has if name not in had]
    if gone:
        yield _problem(place, f"The corrected version has {', '.join(gone)} here, this one not.")
    if new:
        yield _problem(place, f"The corrected version has no {', '.join(new)} here, this one has.")
    if not gone and not new:
        yield _problem(place, "What stands here is in another order than in the corrected version.")


def _by_name(named: Sequence[Named]) -> dict[str, Named]:
    return {one.name: one for one in named}


def _not_the_same(place: str, field: str) -> Problem:
    if not place.endswith(f"/{field}"):
        place = f"{place}/{field}"
    return _problem(place, f"«{field}» is not what it is in the version that this one corrects.")


def _problem(place: str, message: str) -> Problem:
    return Problem(code="not-a-patch", message=message, mend=MEND, place=place)
