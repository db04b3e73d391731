"""The numbered sources of a round: documents first, then what was sent in, in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.responses.models import Material, MaterialKind
from app.synthesis.models import Statement
from exports.records import Basis, SourceRecord
from questionnaires.models import Definition

PAPER_BASES = frozenset({Basis.PAPER_TEXT, Basis.PAPER_ANNEX_B, Basis.OFFICIAL_NAME})
"""What is said of evidence that a paper cites: the statement itself is the paper's."""

LINES_NOTE = "L with a number is a line of the paper's text."


@dataclass(frozen=True, slots=True)
class Sources:
    """The entries, and the number of each document and material."""

    entries: tuple[SourceRecord, ...]
    by_document: Mapping[str, int]
    by_material: Mapping[int, int]

    def number_of(self, statement: Statement) -> int | None:
        """The number of what a statement rests on; a material goes before a document."""
        if statement.material_id is not None:
            return self.by_material.get(statement.material_id)
        return self.by_document.get(statement.document)


def number_sources(
    statements: Iterable[Statement],
    materials: Iterable[tuple[Material, str]],
    definition: Definition,
) -> Sources:
    """Number every document that a statement names, then every material with its respondent.

    Both come in the order of the frozen list, so the numbers are the same each time. The questions
    that a material belongs to are called as people know them from ``definition``.
    """
    bases: dict[str, list[Basis]] = {}
    for statement in statements:
        if statement.document:
            bases.setdefault(statement.document, []).append(statement.basis)
    entries = [
        SourceRecord(
            number=number,
            basis=_basis_of(found),
            title=title,
            note=LINES_NOTE if PAPER_BASES.issuperset(found) else "",
        )
        for number, (title, found) in enumerate(bases.items(), start=1)
    ]
    by_material: dict[int, int] = {}
    for number, (material, respondent) in enumerate(materials, start=len(entries) + 1):
        by_material[material.id or 0] = number
        entries.append(
            SourceRecord(
                number=number,
                basis=Basis.PRIMARY_DOCUMENTS if material.by_analyst else Basis.MATERIALS,
                title=material.title,
                respondent=respondent,
                url=material.url,
                note=describe(material, definition),
            )
        )
    return Sources(
        entries=tuple(entries),
        by_document={title: number for number, title in enumerate(bases, start=1)},
        by_material=by_material,
    )


def _basis_of(found: list[Basis]) -> Basis:
    """The kind of evidence a document is: what most statements on it say, the first of equals."""
    return max(dict.fromkeys(found), key=found.count)


def describe(material: Material, definition: Definition) -> str:
    """What a reader needs to find a material and to know it again."""
    parts: list[str] = []
    match material.kind:
        case MaterialKind.FILE:
            parts += [f"file {material.file_name}", f"{material.size:,} bytes"]
            parts.append(f"sha256 {material.sha256}")
        case MaterialKind.LINK:
            parts.append("link")
        case MaterialKind.NOTE:
            parts.append("note")
    if material.questions:
        names = dict.fromkeys(_called(name, definition) for name in material.questions)
        parts.append(f"for {', '.join(names)}")
    parts.append("found by an analyst" if material.by_analyst else "sent by the respondent")
    parts.append(f"added {material.added_at:%Y-%m-%d}")
    return "; ".join(parts) + (f". {material.note}" if material.note else "")


def _called(name: str, definition: Definition) -> str:
    """A question by its number, or its title where it has none: «question C3»."""
    item = definition.item_of.get(name)
    if item is not None and item.code:
        return f"question {item.code}"
    question = definition.by_name.get(name)
    if question is None:
        return f"a question that is no longer asked ({name})"
    return f"«{definition.words(question.short_label) or definition.words(question.label) or name}»"
