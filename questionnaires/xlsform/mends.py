"""How faults are mended in a workbook, where the words for YAML would not help."""

from collections.abc import Mapping

from questionnaires.problems import Problem
from questionnaires.xlsform.layout import PREFIX

_OPTIONS = (
    "Add the options to the sheet «choices», with the name of the list in the column «list_name»."
)

MENDS: Mapping[str, str] = {
    "core-without-number": f"Move the «{PREFIX}::core» to the numbered question or group.",
    "empty-group": "Put questions between its «begin_group» and «end_group», or take it out.",
    "empty-list": _OPTIONS,
    "half-a-band": f"Give both, on the sheet «{PREFIX}».",
    "long-list": "Write «minimal» into the column «appearance», which folds the options into a "
    "list to open, or shorten the list.",
    "missing-key": "Write it into the column of that name.",
    "no-calculation": "Write an expression into the column «calculation».",
    "no-label": "Write it into the column «label» of that language.",
    "no-list": "Write the name of the list behind the type, such as «select_one name_of_list».",
    "no-number": f"Write a number, such as C3, into the column «{PREFIX}::code», here or at the "
    "group around it.",
    "no-sections": "Add questions between a row «begin_group» and a row «end_group» to the sheet "
    "«survey».",
    "no-type": "Write a type into the column «type», such as «text»; for a group, «begin_group».",
    "number-within-number": f"Take one of the two out of the column «{PREFIX}::code».",
    "panel-not-a-group": "Put a row «begin_group» above it and a row «end_group» below.",
    "question-outside-section": "Put it between a row «begin_group» and a row «end_group».",
    "table-without-columns": "Put a question for each column between its «begin_repeat» and "
    "«end_repeat».",
    "type-takes-no-list": "Write the type alone.",
    "unknown-language": f"Add the language to «languages» on the sheet «{PREFIX}», or take the "
    "text out.",
    "wrong-shape": "Look at what the cell says.",
}
"""By the code of the fault."""

_NEAREST = "Did you mean"
_OTHERWISE: Mapping[str, str] = {
    "unknown-dimension": "Add it to the sheet «dimensions».",
    "unknown-list": _OPTIONS,
}
"""Where no name is near that could be meant."""
_TRUTH = "Write true or false."
"""What a mapping says of truths; in sheets, people write yes and no."""
_NO_SURVEY = "Add a sheet «survey» with the columns «type», «name» and «label»."


def in_sheets(problem: Problem) -> str:
    """What to do about a problem, for somebody who works in a spreadsheet."""
    if problem.code in _OTHERWISE and not problem.mend.startswith(_NEAREST):
        return _OTHERWISE[problem.code]
    if (problem.code, problem.place) == ("missing-key", "survey"):
        return _NO_SURVEY
    if problem.mend == _TRUTH:
        return "Write yes or no."
    return MENDS.get(problem.code, problem.mend)
