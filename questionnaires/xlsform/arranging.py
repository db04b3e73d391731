"""What a definition asks for and many an XLSForm lacks: sections, numbers, «other» spelled out."""

from collections.abc import Iterator, Mapping, Sequence

from questionnaires.documents import Mapped, Scalar, Tree
from questionnaires.models import UNASKED
from questionnaires.xlsform.cells import letters
from questionnaires.xlsform.columns import Entries
from questionnaires.xlsform.report import Report
from questionnaires.xlsform.survey import Node

OTHER = "other"
_OTHER_LABEL = "Other"
_ASK_OTHER = "Please specify"
_LISTED = 12
_SILENT = frozenset(map(str, UNASKED))


def with_sections(nodes: Sequence[Node], title: Tree, report: Report) -> list[Node]:
    """The nodes with those in groups of their own that stand outside of any."""
    taken = {node.entry.said("name") for node in _all(nodes)}
    sections: list[Node] = []
    gathered: Node | None = None
    for node in nodes:
        if node.is_group:
            gathered = None
            sections.append(node)
            continue
        if gathered is None:
            name = _free("questions", taken)
            taken.add(name)
            entry = Entries(node.entry.line)
            entry.put("name", Scalar(name, node.entry.line))
            entry.put("label", _at(title, report.made_up(node.entry.line)))
            gathered = Node(entry, is_group=True)
            sections.append(gathered)
            report.odd(
                "put-into-a-section",
                f"Questions stand outside of any group; they are put into a section «{name}».",
                "Put «begin group» and «end group» around the questions of a page, and give the "
                "group a label in each language.",
                node.entry.line,
            )
        gathered.children.append(node)
    return sections


def with_others(
    nodes: Sequence[Node], choices: Mapping[str, list[Tree]], language: str, report: Report
) -> list[Node]:
    """The nodes, each «or other» as an option and a text beside its question."""
    arranged: list[Node] = []
    for node in nodes:
        node.children = with_others(node.children, choices, language, report)
        if node.with_other is None:
            arranged.append(node)
        else:
            arranged += _spelled_out(node, choices, language, report)
    return arranged


def _spelled_out(
    node: Node, choices: Mapping[str, list[Tree]], language: str, report: Report
) -> Iterator[Node]:
    said = node.with_other or node.entry.line
    line = report.made_up(said)
    name = node.entry.said("name")
    options = choices.get(node.entry.said("type").partition(" ")[2])
    if options is not None and not any(_name_of(option) == OTHER for option in options):
        option = Entries(line)
        option.put("name", Scalar(OTHER, line))
        option.put("label", Mapped({language: Scalar(_OTHER_LABEL, line)}, {language: line}, line))
        options.append(option.tree())
    text = Entries(line)
    text.put("name", Scalar(f"{name}_{OTHER}", line))
    text.put("type", Scalar("text", line))
    text.put("label", Mapped({language: Scalar(_ASK_OTHER, line)}, {language: line}, line))
    text.put("relevant", Scalar(f"selected(${{{name}}}, '{OTHER}')", line))
    report.odd(
        "or-other",
        f"«or other» becomes an option «{OTHER}» and a question «{name}_{OTHER}».",
        "Translate their labels.",
        said,
    )
    yield node
    yield Node(text)


def _at(words: Tree, line: int) -> Tree:
    """Words as if they stood at another cell."""
    if not isinstance(words, Mapped):
        return words
    entries: dict[str, Tree] = {
        key: Scalar(part.text, line) if isinstance(part, Scalar) else part
        for key, part in words.entries.items()
    }
    return Mapped(entries, dict.fromkeys(entries, line), line)


def _name_of(tree: Tree) -> str:
    name = tree.entries.get("name") if isinstance(tree, Mapped) else None
    return name.text or "" if isinstance(name, Scalar) else ""


def numbered(sections: Sequence[Node]) -> str:
    """Number the questions A1, A2, … B1 by their sections; what was done, in words.

    What has a number, or is in a group that has one, keeps it, and no number is given twice.
    """
    had = any(node.entry.said("code") for node in _all(sections))
    given = _number(sections)
    if not given:
        return ""
    if not had:
        return (
            f"The form gives its questions no numbers; they are numbered {given[0]} to {given[-1]}."
        )
    count = "1 question has" if len(given) == 1 else f"{len(given)} questions have"
    shown = ", ".join(given[:_LISTED]) + (" …" if len(given) > _LISTED else "")
    return f"{count} no number, unlike others; numbered {shown}."


def _number(sections: Sequence[Node]) -> list[str]:
    taken = {node.entry.said("code") for node in _all(sections)}
    given: list[str] = []
    for place, section in enumerate(sections, 1):
        count = 0
        for node in _to_be_numbered(section):
            count += 1
            if node.entry.said("code"):
                continue
            while (code := f"{letters(place)}{count}") in taken:
                count += 1
            node.entry.put("code", Scalar(code, node.entry.line))
            given.append(code)
    return given


def _to_be_numbered(node: Node) -> Iterator[Node]:
    """The questions and matrices of a group that count, whether they have a number or not."""
    if node.entry.said("code"):
        return
    for child in node.children:
        if child.is_group and child.entry.said("code"):
            yield child
        elif child.is_group and "table-list" not in child.entry.said("appearance").split():
            yield from _to_be_numbered(child)
        elif child.entry.said("type") not in _SILENT:
            yield child


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _free(wanted: str, taken: set[str]) -> str:
    number_ = 1
    while f"{wanted}_{number_}" in taken:
        number_ += 1
    return f"{wanted}_{number_}"
