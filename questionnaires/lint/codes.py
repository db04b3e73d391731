"""Every fault that a definition can have: its code, how grave it is, and what it means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.problems import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault, as the table in the README has it."""

    code: str
    severity: Severity
    meaning: str
    mend: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Faults of one matter."""

    title: str
    faults: tuple[Fault, ...]


def _chapter(title: str, *faults: tuple[str, Severity, str, str]) -> Chapter:
    return Chapter(title, tuple(Fault(*fault) for fault in faults))


READING = _chapter(
    "The file",
    ("not-utf-8", _ERROR, "The file is not UTF-8 text.", "Save it as UTF-8."),
    ("too-large", _ERROR, "The file has more characters than are read.", "Split the form."),
    ("empty-file", _ERROR, "The file has no content.", "Start with `settings:` and `survey:`."),
    ("not-yaml", _ERROR, "It is not YAML from some line on.", "Look at indentation and quotes."),
    ("several-documents", _ERROR, "A line `---` parts the file.", "Keep one document."),
    ("not-a-definition", _ERROR, "It holds something else.", "Start with `settings:`."),
    ("alias", _ERROR, "There is an anchor or an alias.", "Write the content out."),
    ("tag", _ERROR, "There is a tag of YAML.", "Take it out, or quote the text."),
    ("bad-key", _ERROR, "A key is not a word.", "Write a word before the colon."),
    ("duplicate-key", _ERROR, "A key stands twice.", "Keep one of them."),
    ("unknown-key", _ERROR, "There is no such key here.", "Take the nearest that is suggested."),
    ("missing-key", _ERROR, "A key that is needed is missing.", "Add it."),
    ("bad-value", _ERROR, "A key cannot have this value.", "Follow what the message says of it."),
    ("wrong-shape", _ERROR, "A list, mapping or text is expected.", "Check the hyphens."),
    ("invalid-name", _ERROR, "A name has letters it cannot have.", "Use a to z, 0 to 9 and _."),
    ("no-type", _ERROR, "There is neither a type nor children.", "Add one of them."),
    ("refused-type", _ERROR, "A form on the web does not ask this.", "Use what is named."),
    ("unknown-type", _ERROR, "There is no such type.", "Take one of those listed."),
    ("type-takes-no-list", _ERROR, "A list follows a type without options.", "Take it out."),
    ("question-outside-section", _ERROR, "It is on no page.", "Put it into a section."),
    ("panel-not-a-group", _ERROR, "The panel is one question.", "Make it a group."),
)

NAMES = _chapter(
    "Names and numbers",
    ("duplicate-name", _ERROR, "Two questions or groups have one name.", "Rename one."),
    ("duplicate-column", _ERROR, "A column has a name that is taken.", "Rename it."),
    ("duplicate-code", _ERROR, "Two questions have one number.", "Number each once."),
    ("duplicate-dimension", _ERROR, "A dimension stands twice.", "Keep one of them."),
    ("reserved-name", _ERROR, "The form uses this name itself.", "Choose another."),
    (
        "similar-names",
        _WARNING,
        "Two names differ by underscores alone, or by digits that only one of them has.",
        "Give them names that nobody can mix up in an expression.",
    ),
)

STRUCTURE = _chapter(
    "Groups, tables and types",
    ("no-sections", _ERROR, "The form has no section.", "Add one under `survey:`."),
    ("empty-group", _ERROR, "A group holds nothing.", "Add children, or take it out."),
    ("matrix-row", _ERROR, "A row of a matrix is no choice.", "Put it below the matrix."),
    ("matrix-lists-differ", _ERROR, "Rows of a matrix differ.", "Give them one type and list."),
    ("table-without-columns", _ERROR, "A table has no columns.", "Add `columns:`."),
    ("columns-without-table", _ERROR, "No table, but columns or rows.", "Make it a repeat."),
    ("bad-max-rows", _ERROR, "A table cannot have so many rows.", "Choose fewer or more."),
    ("rows-out-of-order", _ERROR, "`min_rows` is above `max_rows`.", "Swap or correct them."),
    ("column-type", _ERROR, "A column cannot be of that type.", "Take one of those listed."),
    ("column-key", _ERROR, "A column cannot have that key.", "Set it on the table, if at all."),
    ("unknown-group-by", _ERROR, "`group_by` names no column.", "Name a column of the table."),
    ("no-number", _ERROR, "A question has no number.", "Add `code:` to it or its group."),
    ("number-within-number", _ERROR, "Two numbers lie one in the other.", "Keep one of them."),
    ("core-without-number", _ERROR, "`core` is set where nothing is counted.", "Move it."),
    (
        "long-form",
        _WARNING,
        "The form has more numbered questions, or takes more minutes, than people give it.",
        "Cut what no table or decision needs; mark the rest `core`, and send that.",
    ),
)

SILENT = _chapter(
    "What nobody types",
    ("required-silent", _ERROR, "Required, but nobody can answer it.", "Drop `required`."),
    ("no-calculation", _ERROR, "A calculate has nothing to work out.", "Add `calculation:`."),
    ("calculation-elsewhere", _ERROR, "Only a calculate is worked out.", "Make it one."),
    ("calculation-in-panel", _ERROR, "Nothing is worked out there.", "Move it to a section."),
    (
        "readonly-without-value",
        _WARNING,
        "It is readonly or hidden, and neither a default nor a calculation gives it a value.",
        "Add one of them, or let people answer.",
    ),
    (
        "once-keeps-nothing",
        _WARNING,
        "`once()` stands in a calculation, which is worked out anew each time.",
        "Take it out, or make it a `default` of a question.",
    ),
    ("unknown-trigger", _ERROR, "`trigger` names no question.", "Write `${name}` of one."),
    ("trigger-ahead", _ERROR, "The trigger is only asked further down.", "Move it up."),
    (
        "trigger-without-default",
        _ERROR,
        "`trigger` says when to suggest the default anew, and there is no default.",
        "Add `default:` with an expression, or take the trigger out.",
    ),
)

CHOICES = _chapter(
    "Choices, defaults and parameters",
    ("no-list", _ERROR, "The type does not name its list.", "Write `select_one list`."),
    ("unknown-list", _ERROR, "There is no such list.", "Add it under `choices:`."),
    ("empty-list", _ERROR, "A list has no options.", "Add options."),
    ("unused-list", _WARNING, "No question uses the list.", "Take it out, or use it."),
    ("duplicate-choice", _ERROR, "Two options have one name.", "Rename one."),
    ("repeated-option", _WARNING, "Two options read the same.", "Reword or drop one."),
    ("list-without-choice", _ERROR, "No choice, but a list or filter.", "Take it out."),
    (
        "long-list",
        _WARNING,
        "More options than fit a screen stand open below one another.",
        "Add `appearance: minimal`, or shorten the list.",
    ),
    ("bad-top", _ERROR, "So many places cannot be ranked.", "Use 1 to the number of options."),
    ("bad-range", _ERROR, "A range cannot run like that.", "Give start, end and a step."),
    ("unknown-parameter", _WARNING, "The type has no such parameter.", "Take it out."),
    ("bad-default", _ERROR, "Nobody could give this answer.", "Give one that is possible."),
    ("default-breaks-constraint", _ERROR, "The default is refused.", "Correct one of them."),
    ("no-options-ever", _ERROR, "The filter leaves no option.", "Correct `choice_filter`."),
    (
        "no-options-for-some",
        _WARNING,
        "For some answers to an earlier question, the filter leaves no option.",
        "Give them options, or do not ask then.",
    ),
)

EXPRESSIONS = _chapter(
    "Expressions",
    ("bad-expression", _ERROR, "It cannot be read or called so.", "Follow the message."),
    ("unknown-reference", _ERROR, "It refers to nothing with an answer.", "Correct the name."),
    ("column-outside-table", _ERROR, "A column is many values.", "Use sum(), count(), join()."),
    ("not-its-column", _ERROR, "indexed-repeat() mixes up tables and columns.", "Swap or correct."),
    (
        "row-outside-table",
        _WARNING,
        "`position(..)` or `last()` asks for a row where there is none: it is always 1.",
        "Ask it in a table, or write `count(${table})`.",
    ),
    ("forward-reference", _ERROR, "It looks at a later question.", "Move that one up."),
    ("cycle", _ERROR, "Questions depend on one another in a circle.", "Break the circle."),
    ("bare-word", _ERROR, "A word has neither quotes nor braces.", "Add what is meant."),
    ("no-current-value", _ERROR, "`.` has no value there.", "Name the question."),
    (
        "type-clash",
        _ERROR,
        "Things of different types are compared, counted or joined as if they were alike.",
        "Follow the message: it says what either side is.",
    ),
    (
        "text-as-number",
        _WARNING,
        "A question of the type text is treated as a number, and people will write words.",
        "Make it an integer or a decimal.",
    ),
    (
        "option-as-truth",
        _WARNING,
        "A condition is nothing but a question with options: any answer makes it true.",
        "Compare it with the answer that is meant.",
    ),
    ("unknown-option", _ERROR, "A value is none of the options.", "Take one that exists."),
    ("use-selected", _ERROR, "Several can be chosen, one is compared.", "Use selected()."),
    ("never-asked", _ERROR, "No answers make the condition true.", "Correct `relevant`."),
    ("required-never-asked", _ERROR, "The same, and required.", "Correct `relevant`."),
    ("always-asked", _WARNING, "No answers make it false.", "Correct or drop `relevant`."),
    ("impossible-constraint", _ERROR, "No answer is accepted.", "Correct `constraint`."),
)

WORDS = _chapter(
    "Words",
    ("no-label", _ERROR, "There is no label in the default language.", "Add one."),
    (
        "default-language",
        _ERROR,
        "It is not among `languages`, or no label is in it.",
        "Add it there, or name the language of the labels.",
    ),
    ("bad-language", _ERROR, "It is no tag of a language.", "Write en, fr, pt-BR."),
    ("unknown-language", _ERROR, "A text is in no declared language.", "Declare it."),
    ("no-translation", _WARNING, "A text lacks a language.", "Translate it."),
    ("placeholder-mismatch", _ERROR, "A translation has other `${…}`.", "Use the same."),
    (
        "idle-placeholder",
        _WARNING,
        "A text has `${…}`, and no answer is put there: people see the braces.",
        "Write `${name}` of a question, into labels and hints of questions alone.",
    ),
    ("number-mismatch", _WARNING, "A translation has other numbers.", "Use the same, in digits."),
    ("same-options", _WARNING, "A translation makes two options one.", "Tell them apart."),
    ("markup", _WARNING, "A translation has markup its source has not.", "Write plain text."),
    ("unbalanced-direction", _WARNING, "An invisible mark is left open.", "Type it again."),
    ("control-character", _WARNING, "A text has invisible characters.", "Type it again."),
    ("no-constraint-message", _WARNING, "Nothing says why.", "Add `constraint_message`."),
    ("long-label", _WARNING, "Label and hint fill a telephone's screen.", "Shorten them."),
    ("long-hint", _WARNING, "A hint is long, and longer than its label.", "Use guidance."),
    ("repeated-label", _WARNING, "Two questions of a group read the same.", "Reword one."),
    ("double-barrelled", _WARNING, "Two questions ask for one answer.", "Ask them apart."),
    ("unknown-appearance", _WARNING, "There is no such appearance.", "Correct or drop it."),
    ("bad-picture-name", _ERROR, "No picture can be called so.", "Use letters and an ending."),
    ("picture-in-table", _ERROR, "A column shows no picture.", "Put it beside the table's label."),
    ("idle-appearance", _WARNING, "An appearance changes nothing here.", "Take it out."),
)

SYNTHESIS = _chapter(
    "The synthesis",
    ("unknown-dimension", _ERROR, "There is no such dimension.", "Add or correct it."),
    ("unknown-band", _ERROR, "No calculate suggests the group.", "Add one, or drop `band`."),
    ("half-a-band", _ERROR, "Of `band` and `band_list`, one is missing.", "Give both."),
    (
        "personal-dimension",
        _WARNING,
        "Personal data has a dimension, and yet never enters a synthesis.",
        "Take `dimension` out, or `personal`.",
    ),
    (
        "dimension-passed-over",
        _WARNING,
        "A `note`, `calculate` or `hidden` has a dimension, and is shown in no column.",
        "Take `dimension` out, or make it `readonly` with the `calculation`.",
    ),
)

CHAPTERS = (READING, NAMES, STRUCTURE, SILENT, CHOICES, EXPRESSIONS, WORDS, SYNTHESIS)

FAULTS: Mapping[str, Fault] = {
    fault.code: fault for chapter in CHAPTERS for fault in chapter.faults
}


def table(chapter: Chapter) -> Iterator[str]:
    """A chapter as the README shows it, line by line."""
    yield "| code | severity | what it means | what to do |"
    yield "|---|---|---|---|"
    for fault in chapter.faults:
        yield f"| `{fault.code}` | {fault.severity} | {fault.meaning} | {fault.mend} |"
