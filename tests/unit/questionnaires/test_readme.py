"""What questionnaires/README.md shows is true."""

import re

from questionnaires.loading import read_definition
from questionnaires.models import QuestionType
from tests.unit.questionnaires.files import ROOT

QUESTIONNAIRES = ROOT / "questionnaires"
README = (QUESTIONNAIRES / "README.md").read_text("utf-8")


def test_example_is_a_sound_definition() -> None:
    found = re.search(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    assert found is not None

    definition, problems = read_definition(found[1], source="README.md")

    assert problems == []
    assert definition is not None
    assert [item.code for item in definition.items] == ["A1", "A2"]


def test_every_type_is_named() -> None:
    assert all(f"`{kind}" in README for kind in QuestionType)


def test_every_module_it_names_is_there() -> None:
    table = README[: README.index("## Writing")]
    names = re.findall(
        r"`([a-z_]+)`", "\n".join(re.findall(r"^\|.*\|(.*)\|$", table, re.MULTILINE))
    )

    assert names
    for name in names:
        path = QUESTIONNAIRES / name
        assert path.is_dir() or path.with_suffix(".py").is_file()
