"""Comparisons of versions in words."""

from app.questionnaires.changed import compare_versions
from tests.fixtures.questionnaires import definition

FERRIES = """
settings: {form_id: ferries, version: "1", form_title: Ferries}
choices:
  boats:
    - {name: ferry, label: Ferry}
    - {name: raft, label: Raft}
survey:
  - name: section_a
    label: Traffic
    children:
      - {name: boat, type: select_one boats, label: Which boat?, code: A1}
"""


def test_counts_read_as_english_for_one_question_and_for_many() -> None:
    old, new = (
        definition(FERRIES),
        definition(FERRIES.replace("raft, label: R", "kraft, label: Kr")),
    )

    assert compare_versions(old, new).counts == (("with other options", 1),)
