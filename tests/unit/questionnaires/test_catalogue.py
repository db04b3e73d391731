"""The catalogue finds versions, and notices when a published one changed."""

import shutil
from pathlib import Path

import pytest

from questionnaires.canonical import checksum
from questionnaires.catalogue import CHECKSUMS, DEFINITIONS, Catalogue, UnknownQuestionnaire
from questionnaires.loading import DefinitionInvalid
from tests.unit.questionnaires.files import valid

SMALLEST = valid("smallest")


def _publish(root: Path, *versions: str) -> Catalogue:
    folder = root / "tiny"
    folder.mkdir()
    for version in versions:
        text = SMALLEST.read_text("utf-8").replace('version: "1"', f'version: "{version}"')
        (folder / f"{version}.yaml").write_text(text, "utf-8")
    catalogue = Catalogue(root)
    lines = [
        f"{checksum(catalogue.get('tiny', version))}  tiny/{version}\n" for version in versions
    ]
    (root / CHECKSUMS).write_text("".join(lines), "utf-8")
    return Catalogue(root)


def test_shipped_questionnaires_are_as_they_were_published() -> None:
    catalogue = Catalogue()

    assert catalogue.verify() == []
    assert catalogue.slugs() == ("rcp-migration-development",)
    assert catalogue.versions("rcp-migration-development") == ("2007", "2026")
    assert catalogue.newest_published("rcp-migration-development").version == "2026"


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    catalogue = _publish(tmp_path, "2.10", "2.9", "2007", "2.9-draft", "3")

    assert catalogue.versions("tiny") == ("2.9", "2.9-draft", "2.10", "3", "2007")
    assert catalogue.newest_published("tiny").version == "2007"


@pytest.mark.parametrize("fault", ["", "\nsurvey: [half of a thought"], ids=["sound", "unfinished"])
def test_draft_is_never_the_newest_published(tmp_path: Path, fault: str) -> None:
    catalogue = _publish(tmp_path, "1", "2")
    draft = SMALLEST.read_text("utf-8").replace('version: "1"', 'version: "3"')
    (tmp_path / "tiny" / "3.yaml").write_text(draft + fault, "utf-8")

    assert catalogue.versions("tiny") == ("1", "2", "3")
    assert catalogue.newest_published("tiny").version == "2"


@pytest.mark.parametrize("version", ["1", "2"])
def test_version_changed_since_it_was_published_is_refused(tmp_path: Path, version: str) -> None:
    _publish(tmp_path, "1", "2")
    path = tmp_path / "tiny" / f"{version}.yaml"
    path.write_text(path.read_text("utf-8").replace("How large", "How big"), "utf-8")
    catalogue = Catalogue(tmp_path)

    with pytest.raises(DefinitionInvalid, match="was published and has changed since"):
        catalogue.get_published("tiny", version)
    if version == "2":
        with pytest.raises(DefinitionInvalid, match="has changed since"):
            catalogue.newest_published("tiny")
    else:
        assert catalogue.newest_published("tiny").version == "2"


def test_draft_among_the_files_is_not_published(tmp_path: Path) -> None:
    catalogue = _publish(tmp_path, "1")
    draft = SMALLEST.read_text("utf-8").replace('version: "1"', 'version: "2"')
    (tmp_path / "tiny" / "2.yaml").write_text(draft, "utf-8")

    assert catalogue.published("tiny") == ("1",)
    with pytest.raises(UnknownQuestionnaire, match="no published version 2"):
        catalogue.get_published("tiny", "2")


def test_questionnaire_of_drafts_alone_has_no_published_version(tmp_path: Path) -> None:
    _publish(tmp_path, "1")
    (tmp_path / CHECKSUMS).unlink()

    with pytest.raises(UnknownQuestionnaire, match="no published version"):
        Catalogue(tmp_path).newest_published("tiny")


def test_version_is_parsed_once(tmp_path: Path) -> None:
    catalogue = _publish(tmp_path, "1")

    assert catalogue.get("tiny", "1") is catalogue.get("tiny", "1")


@pytest.mark.parametrize(
    ("slug", "version"), [("tiny", "2"), ("huge", "1"), ("..", "1"), ("tiny", "../tiny/1")]
)
def test_unknown_questionnaire_or_version_is_an_error(
    tmp_path: Path, slug: str, version: str
) -> None:
    catalogue = _publish(tmp_path, "1")

    with pytest.raises(UnknownQuestionnaire, match="There is no questionnaire"):
        catalogue.get(slug, version)
    with pytest.raises(UnknownQuestionnaire):
        catalogue.newest_published("huge")
    assert catalogue.versions("..") == ()


def test_changed_version_is_noticed_and_a_comment_is_not(tmp_path: Path) -> None:
    _publish(tmp_path, "1", "2")
    path = tmp_path / "tiny" / "1.yaml"

    path.write_text("# A remark.\n" + path.read_text("utf-8"), "utf-8")
    assert Catalogue(tmp_path).verify() == []

    path.write_text(path.read_text("utf-8").replace("How large", "How big"), "utf-8")
    problems = Catalogue(tmp_path).verify()
    assert [(problem.code, problem.place) for problem in problems] == [
        ("version-changed", "tiny/1")
    ]


def test_missing_unlisted_and_unreadable_versions_are_noticed(tmp_path: Path) -> None:
    _publish(tmp_path, "1", "2", "3")
    folder = tmp_path / "tiny"
    (folder / "1.yaml").unlink()
    (folder / "2.yaml").write_text("settings: [", "utf-8")
    shutil.copy(folder / "3.yaml", folder / "4.yaml")
    with (tmp_path / CHECKSUMS).open("a", encoding="utf-8") as stream:
        stream.write("not a checksum\n")

    problems = Catalogue(tmp_path).verify()

    assert [problem.code for problem in problems] == [
        "bad-checksum-line",
        "not-yaml",
        "misplaced-file",
        "version-gone",
    ]


def test_new_version_is_told_its_checksum(tmp_path: Path) -> None:
    _publish(tmp_path, "1")
    (tmp_path / CHECKSUMS).write_text("", "utf-8")

    problems = Catalogue(tmp_path).verify()

    assert [problem.code for problem in problems] == ["not-listed"]
    assert checksum(Catalogue(tmp_path).get("tiny", "1")) in problems[0].mend


def test_name_keeps_its_type_from_version_to_version(tmp_path: Path) -> None:
    _publish(tmp_path, "1", "2", "3")
    for version, kind in (("2", "decimal"), ("3", "text")):
        path = tmp_path / "tiny" / f"{version}.yaml"
        path.write_text(path.read_text("utf-8").replace("integer", kind), "utf-8")

    retyped = [problem for problem in Catalogue(tmp_path).verify() if problem.code == "retyped"]

    # Integer to decimal is refused; decimal to text is only a widening.
    assert [problem.place for problem in retyped] == ["tiny/2/size"]


def test_file_in_the_wrong_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(SMALLEST, tmp_path / "other" / "1.yaml")

    with pytest.raises(DefinitionInvalid, match="tiny 1"):
        Catalogue(tmp_path).get("other", "1")


def test_definitions_ship_with_the_package() -> None:
    assert DEFINITIONS.is_dir()
    assert DEFINITIONS.parent.name == "questionnaires"
