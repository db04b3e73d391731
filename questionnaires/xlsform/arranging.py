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
            entry.put("label", title)
            gathered = Node(entry, is_group=True)
            sections.append(gathered)
            report.odd(
                "put-into-a-section",
                f"Questions stand outside of any group; they are put into a section «{name}».",
                "Put «begin group» and «end group» around the questions of a page.",
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
    line = node.with_other or node.entry.line
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
        line,
    )
    yield node
    yield Node(text)


def _name_of(tree: Tree) -> str:
    name = tree.entries.get("name") if isinstance(tree, Mapped) else None
    return name.text or "" if isinstance(name, Scalar) else ""


def number(sections: Sequence[Node]) -> str:
    """Number the questions A1, A2, … B1 by their sections; the range of the numbers given."""
    given: list[str] = []
    for place, section in enumerate(sections, 1):
        for count, node in enumerate(_to_be_numbered(section), 1):
            code = f"{letters(place)}{count}"
            node.entry.put("code", Scalar(code, node.entry.line))
            given.append(code)
    return f"{given[0]} to {given[-1]}" if given else ""


def _to_be_numbered(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.is_group and "table-list" not in child.entry.said("appearance").split():
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
