"""What keeps a version from being published, given those that were published before."""

from collections.abc import Iterator, Sequence

from questionnaires.comparison import compare
from questionnaires.models import Definition
from questionnaires.patches import check_patch, parts_of
from questionnaires.problems import Problem
from questionnaires.versions import age, is_newer


def check_publishing(new: Definition, published: Sequence[Definition]) -> list[Problem]:
    """What stands in the way of publishing a version of a questionnaire; nothing when it may be.

    ``published`` are the published versions of the same questionnaire, in any order. That the
    definition has no faults in itself is for lint.
    """
    by_age = sorted(published, key=lambda one: (age(one.version), one.version))
    return [
        *_version(new, by_age),
        *_patch(new, by_age),
        *_types(new, by_age),
        *_replacements(new, by_age),
    ]


def _version(new: Definition, published: Sequence[Definition]) -> Iterator[Problem]:
    known = [one.version for one in published]
    if new.version in known:
        yield Problem(
            code="version-published",
            message=f"Version {new.version} of {new.slug} is published already, and never changes.",
            mend="Give this one another «version» in its settings.",
            place="settings/version",
        )
    elif known and new.settings.corrects is None and not is_newer(new.version, than=known[-1]):
        yield Problem(
            code="version-not-newer",
            message=f"Version {new.version} would come before {known[-1]}, which is published.",
            mend="Give it a «version» that comes later, such as the year of the survey; for a "
            "correction of words alone, name the version in «corrects».",
            place="settings/version",
        )


def _patch(new: Definition, published: Sequence[Definition]) -> list[Problem]:
    corrected = new.settings.corrects
    if corrected is None:
        return []
    before = next((one for one in published if one.version == corrected), None)
    if before is None:
        known = ", ".join(one.version for one in published) or "none"
        return [
            Problem(
                code="corrects-unknown",
                message=f"«corrects» names version {corrected}, which is not published.",
                mend=f"Name the version that this one corrects. Published are: {known}.",
                place="settings/corrects",
            )
        ]
    if not is_newer(new.version, than=corrected):
        return [
            Problem(
                code="version-not-newer",
                message=f"Version {new.version} would come before {corrected}, which it corrects.",
                mend=f"Give it a «version» that comes after it, such as {corrected}.1.",
                place="settings/version",
            )
        ]
    return check_patch(before, new)


def _types(new: Definition, published: Sequence[Definition]) -> Iterator[Problem]:
    said: set[str] = set()
    places = _places(new)
    for old in reversed(published):
        for found in compare(old, new):
            if found.refused and found.name not in said:
                said.add(found.name)
                yield Problem(
                    code="retyped",
                    message=f"{found.name} has another type than in version {old.version}. "
                    f"{found.sentence}",
                    mend="Give the question another name: its answers are something else now.",
                    place=f"{places[found.name]}/type",
                )


def _replacements(new: Definition, published: Sequence[Definition]) -> Iterator[Problem]:
    places = _places(new)
    asked = {question.name for question in new.fields}
    ever = {question.name for old in published for question in old.fields}
    for question in new.fields:
        place = f"{places[question.name]}/replaces"
        for name in question.replaces:
            if name in asked:
                yield Problem(
                    code="replaced-and-asked",
                    message=f"{question.name} says that it replaces {name}, which is still asked.",
                    mend=f"Leave {name} out of «replaces», or stop asking it.",
                    place=place,
                )
            elif published and name not in ever:
                yield Problem(
                    code="replaces-unknown",
                    message=f"{question.name} says that it replaces {name}, which no published "
                    "version asks.",
                    mend="Write the name of a question of an earlier version.",
                    place=place,
                )
        if question.replaces and not question.replaces_because.strip():
            yield Problem(
                code="replaces-without-reason",
                message=f"{question.name} does not say why it replaces another question.",
                mend="Write a sentence in «replaces_because»: readers of the comparison see it.",
                place=place,
            )


def _places(definition: Definition) -> dict[str, str]:
    """Where each question stands, by its name."""
    return {part.name: place for place, part in parts_of(definition)}
