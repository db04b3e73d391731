"""What was chosen, how much of it, and how it is called."""

from tests.unit.questionnaires.functions.scene import Case, disagreements

CASES: list[Case] = [
    ("selected(${several}, 'red')", True),
    ("selected(${several}, ' blue ')", True),
    ("selected(${several}, 're')", False),
    ("selected(${several}, 'red blue')", False),
    ("selected(${several}, 'RED')", False),
    ("selected(${empty}, '')", False),
    ("selected('1 2 3', 2)", True),
    ("selected(${colour}, 'red')", True),
    # Places are counted from 0; there is nothing at a place that does not exist.
    ("selected-at(${several}, 0)", "red"),
    ("selected-at(${several}, 1)", "blue"),
    ("selected-at(${several}, 1.9)", "blue"),
    ("selected-at(${several}, 2)", ""),
    ("selected-at(${several}, -1)", ""),
    ("selected-at(${several}, 'x')", ""),
    ("selected-at(${several}, 1 div 0)", ""),
    ("selected-at(${empty}, 0)", ""),
    ("count-selected(${several})", 2),
    ("count-selected('  red   blue ')", 2),
    ("count-selected(${empty})", 0),
    ("count-selected(${nobody})", 0),
    ("jr:choice-name(${colour}, '${colour}')", "Rouge"),
    ("jr:choice-name('blue', '${colour}')", "Bleu"),
    ("jr:choice-name('blue', ${colour})", "Bleu"),
    ("jr:choice-name(selected-at(${several}, 1), '${colour}')", "Bleu"),
    ("jr:choice-name(${several}, '${colour}')", ""),
    ("jr:choice-name('mauve', '${colour}')", ""),
    ("jr:choice-name(${empty}, '${colour}')", ""),
    ("jr:choice-name('red', '${word}')", ""),
]


def test_choices() -> None:
    assert disagreements(CASES) == []
