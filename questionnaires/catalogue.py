"""The questionnaires that ship with the service: found, parsed once, and guarded."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Lock

from questionnaires.canonical import checksum
from questionnaires.comparison import compare
from questionnaires.loading import DefinitionInvalid, load_definition
from questionnaires.media import FOLDER, picture_names, picture_path
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.versions import age

DEFINITIONS = Path(__file__).parent / "definitions"
CHECKSUMS = "CHECKSUMS.txt"

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<slug>[a-z0-9-]+)/(?P<version>[0-9A-Za-z.-]+)")


class UnknownQuestionnaire(LookupError):
    """There is no questionnaire of that slug, or no such version of it."""


class Catalogue:
    """The published versions under a folder: ``<slug>/<version>.yaml``."""

    def __init__(self, root: Path = DEFINITIONS) -> None:
        self._root = root
        self._parsed: dict[tuple[str, str], Definition] = {}
        self._verified: set[tuple[str, str, str]] = set()
        self._lock = Lock()

    def slugs(self) -> tuple[str, ...]:
        """Slugs of the questionnaires, sorted."""
        return tuple(sorted({path.parent.name for path in self._root.glob("*/*.yaml")}))

    def versions(self, slug: str) -> tuple[str, ...]:
        """Versions of a questionnaire, oldest first; none when there is no such questionnaire."""
        if slug not in self.slugs():
            return ()
        found = [path.stem for path in (self._root / slug).glob("*.yaml")]
        return tuple(sorted(found, key=age))

    def get(self, slug: str, version: str) -> Definition:
        """One version; ``UnknownQuestionnaire`` if it isn't there, ``DefinitionInvalid`` if bad."""
        with self._lock:
            if (slug, version) not in self._parsed:
                if version not in self.versions(slug):
                    raise UnknownQuestionnaire(f"There is no questionnaire {slug} {version}.")
                path = self._root / slug / f"{version}.yaml"
                definition = load_definition(path)
                _check_identity(definition, slug, version, path)
                self._parsed[slug, version] = definition
            return self._parsed[slug, version]

    def published(self, slug: str) -> tuple[str, ...]:
        """The versions that were published by their line in ``CHECKSUMS.txt``, oldest first."""
        listed, _ = self._listed()
        return tuple(version for version in self.versions(slug) if (slug, version) in listed)

    def get_published(self, slug: str, version: str) -> Definition:
        """A published version; ``DefinitionInvalid`` if its file has changed since.

        ``UnknownQuestionnaire`` if there is none, or if it is a draft.
        """
        listed, _ = self._listed()
        expected = listed.get((slug, version))
        if expected is None or version not in self.versions(slug):
            raise UnknownQuestionnaire(f"There is no published version {version} of {slug}.")
        # What was read once is not read again, so it need not be checked again.
        if (slug, version, expected) not in self._verified:
            problems = self._verify_one(slug, version, expected)
            if problems:
                raise DefinitionInvalid(problems, f"{slug}/{version}")
            self._verified.add((slug, version, expected))
        return self.get(slug, version)

    def newest_published(self, slug: str) -> Definition:
        """The newest version that is published; a draft is never taken.

        ``UnknownQuestionnaire`` if there is none. ``DefinitionInvalid`` if its file has changed
        since: to go back to an older version would be noticed by nobody.
        """
        versions = self.published(slug)
        if not versions:
            raise UnknownQuestionnaire(f"There is no published version of a questionnaire {slug}.")
        return self.get_published(slug, versions[-1])

    def picture(self, definition: Definition, name: str) -> Path | None:
        """The file of a picture that a definition shows; ``None`` when there is none."""
        return picture_path(self._root, definition, name)

    def verify(self) -> list[Problem]:
        """Compare every version with ``CHECKSUMS.txt``, and with the version before it.

        A published version never changes. The checksum is that of the canonical form, so that
        comments and layout of a file may be improved and its meaning may not. And a name keeps its
        type from version to version, or is widened to text.
        """
        listed, problems = self._listed()
        for slug in self.slugs():
            for version in self.versions(slug):
                expected = listed.pop((slug, version), None)
                problems += self._verify_one(slug, version, expected)
                problems += self._verify_pictures(slug, version)
            problems += self._verify_types(slug)
        for slug, version in listed:
            problems.append(
                Problem(
                    code="version-gone",
                    message=f"{slug} {version} was published, and its file is gone.",
                    mend="Put the file back: returns were given to that version.",
                    place=f"{slug}/{version}",
                )
            )
        return problems

    def _listed(self) -> tuple[dict[tuple[str, str], str], list[Problem]]:
        listed: dict[tuple[str, str], str] = {}
        problems: list[Problem] = []
        path = self._root / CHECKSUMS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for number, line in enumerate(lines, start=1):
            match = _LINE.fullmatch(line)
            if match is None:
                problem = Problem(
                    code="bad-checksum-line",
                    message="The line is not «sha256  slug/version».",
                    mend="Restore the line from the repository.",
                    place=CHECKSUMS,
                    line=number,
                )
                problems.append(problem)
            else:
                listed[match["slug"], match["version"]] = match["digest"]
        return listed, problems

    def _verify_one(self, slug: str, version: str, expected: str | None) -> list[Problem]:
        place = f"{slug}/{version}"
        try:
            actual = checksum(self.get(slug, version))
        except DefinitionInvalid as error:
            return error.problems
        if expected is None:
            return [
                Problem(
                    code="not-listed",
                    message=f"{slug} {version} is not listed in {CHECKSUMS}.",
                    mend=f"When it is ready to be published, add the line: {actual}  {place}",
                    place=place,
                )
            ]
        if actual != expected:
            return [
                Problem(
                    code="version-changed",
                    message=f"{slug} {version} was published and has changed since.",
                    mend="Undo the change, and publish it as a new version.",
                    place=place,
                )
            ]
        return []

    def _verify_pictures(self, slug: str, version: str) -> Iterator[Problem]:
        try:
            definition = self.get(slug, version)
        except DefinitionInvalid:
            return  # said already
        for name in sorted(picture_names(definition)):
            if self.picture(definition, name) is None:
                yield Problem(
                    code="picture-gone",
                    message=f"{slug} {version} shows the picture {name}, which is not there.",
                    mend=f"Put it into the folder {slug}/{FOLDER}.",
                    place=f"{slug}/{version}",
                )

    def _verify_types(self, slug: str) -> Iterator[Problem]:
        versions = self.versions(slug)
        for before, after in pairwise(versions):
            try:
                old, new = self.get(slug, before), self.get(slug, after)
            except DefinitionInvalid:
                continue  # said already
            for found in compare(old, new):
                if found.refused:
                    yield Problem(
                        code="retyped",
                        message=f"{found.name} has another type than in version {before}.",
                        mend="Give the question another name: its answers are something else now.",
                        place=f"{slug}/{after}/{found.name}",
                    )


def _check_identity(definition: Definition, slug: str, version: str, path: Path) -> None:
    if (definition.slug, definition.version) == (slug, version):
        return
    problem = Problem(
        code="misplaced-file",
        message=f"The file says it is {definition.slug} {definition.version}.",
        mend=f"Correct «form_id» and «version», or move it to "
        f"{definition.slug}/{definition.version}.yaml.",
        place="settings",
    )
    raise DefinitionInvalid([problem], str(path))
