"""Names and numbers that must be unique, and names that a form needs for itself."""

from questionnaires.lint.findings import Findings
from questionnaires.models import Frozen

PAGES = frozenset(
    {"decline", "done", "language", "leave", "materials", "media", "review", "submit"}
)
"""A section is a page under its own name, and beside it stand these."""
CONTROLS = frozenset({"add_row", "csrf", "do", "remove_row"})
"""A question is a field under its own name, and beside it stand these."""


def check_names(findings: Findings) -> None:
    """Refuse two things of one name: questions, groups, columns, numbers, dimensions."""
    _check_nodes(findings)
    _check_similar(findings)
    _check_reserved(findings)
    _check_columns(findings)
    _check_codes(findings)
    dimensions: dict[str, Frozen] = {}
    for dimension in findings.definition.dimensions:
        if dimension.name in dimensions:
            findings.add(
                "duplicate-dimension",
                f"The dimension «{dimension.name}» stands twice.",
                "Keep one of them.",
                at=dimension,
                key="name",
                place=f"dimensions/{dimension.name}",
            )
        dimensions.setdefault(dimension.name, dimension)


def _first_line(findings: Findings, node: Frozen) -> str:
    line = findings.lines.of(node, "name")
    return "" if line is None else f" (line {line})"


def _check_nodes(findings: Findings) -> None:
    seen: dict[str, tuple[Frozen, str]] = {}
    for part in findings.parts:
        if part.table is not None:
            continue
        name = part.node.name
        if name in seen:
            first, place = seen[name]
            findings.add(
                "duplicate-name",
                f"The name «{name}» is taken by {place}{_first_line(findings, first)}.",
                "Names are unique in the whole form, panel and groups too: choose another.",
                at=part.node,
                key="name",
                place=part.place,
            )
        seen.setdefault(name, (part.node, part.place))


def _check_similar(findings: Findings) -> None:
    """A series such as ``step_1``, ``step_2`` is no mistake; ``step`` beside ``step2`` may be."""
    without_lines: dict[str, str] = {}
    without_digits: dict[str, str] = {}
    names = dict.fromkeys(part.node.name for part in findings.parts)
    for name in names:
        short = name.replace("_", "")
        bare = short.rstrip("0123456789")
        without_lines.setdefault(short, name)
        if bare == short:
            without_digits.setdefault(short, name)
    reported: set[str] = set()
    for part in findings.parts:
        name = part.node.name
        short = name.replace("_", "")
        other = without_lines[short]
        if other == name:
            other = without_digits.get(short.rstrip("0123456789"), name)
        if other == name or name in reported:
            continue
        reported.add(name)
        findings.add(
            "similar-names",
            f"«{name}» and «{other}» are easily taken for one another.",
            "Give one of them a name that says what it asks.",
            at=part.node,
            key="name",
            place=part.place,
        )


def _check_reserved(findings: Findings) -> None:
    for section in findings.definition.survey:
        if section.name in PAGES:
            findings.add(
                "reserved-name",
                f"The form has a page «{section.name}» already, so this section would have none.",
                f"Give the section another name, such as «section_{section.name}».",
                at=section,
                key="name",
                place=f"survey/{section.name}",
            )
    for question, part in findings.questions():
        if question.name in CONTROLS:
            findings.add(
                "reserved-name",
                f"The form sends something else as «{question.name}», so answers would be lost.",
                f"Give the question another name, such as «{question.name}_answer».",
                at=question,
                key="name",
                place=part.place,
            )


def _check_columns(findings: Findings) -> None:
    taken = {part.node.name for part in findings.parts if part.table is None}
    for question, part in findings.questions():
        columns: set[str] = set()
        for column in question.columns:
            if column.name in columns or column.name in taken:
                whose = "another column" if column.name in columns else "a question or group"
                findings.add(
                    "duplicate-column",
                    f"The column «{column.name}» has the name of {whose}.",
                    "Choose another name for it.",
                    at=column,
                    key="name",
                    place=f"{part.place}/{column.name}",
                )
            columns.add(column.name)


def _check_codes(findings: Findings) -> None:
    seen: dict[str, str] = {}
    for part in findings.parts:
        code = part.node.code
        if code is None:
            continue
        if code in seen:
            findings.add(
                "duplicate-code",
                f"The number {code} is already that of {seen[code]}.",
                "Number each question once.",
                at=part.node,
                key="code",
                place=part.place,
            )
        seen.setdefault(code, part.place)
