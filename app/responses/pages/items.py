"""Build the views of a section: numbered questions, with their fields, tables and notes."""

from collections.abc import Iterator, Mapping, Sequence

from app.responses.drafts import Refused, Stale
from app.responses.fields import has_field
from app.responses.pages.fields import Attempt, FieldBuilder
from app.responses.pages.filled import Filled
from app.responses.pages.views import (
    Field,
    Inner,
    Item,
    Matrix,
    Node,
    Note,
    Option,
    Remarks,
    Summary,
)
from app.responses.words import repeats
from questionnaires.models import Group, Question, QuestionType
from questionnaires.routing import Route


def items_of_section(
    filled: Filled,
    section: Group,
    attempts: Mapping[str, Attempt],
    *,
    rows: Mapping[str, int] | None = None,
) -> tuple[Item | Node, ...]:
    """What a section asks, given the answers so far, in order."""
    return tuple(_SectionBuilder(filled, attempts, rows=rows).section(section))


def hidden_items(filled: Filled, section: Group) -> int:
    """How many numbered questions of a section wait for an answer that would make them appear."""
    asked = next(each.asked for each in filled.progress.sections if each.name == section.name)
    return sum(item.section == section.name for item in filled.definition.items) - asked


def hidden_fields(route: Route, section: Group) -> int:
    """How many fields of a section wait for an answer that would make them appear."""
    return sum(
        question.takes_answer and question.name not in route.asked
        for question in section.questions()
    )


def remarks_field(item: Group | Question) -> str | None:
    """The field that keeps a numbered question's comment and source: its first one."""
    questions = (item,) if isinstance(item, Question) else item.questions()
    return next((question.name for question in questions if has_field(question)), None)


def faults(filled: Filled, attempts: Mapping[str, Attempt]) -> tuple[Summary, ...]:
    """What was not saved, for the top of the page."""
    found: list[Summary] = []
    for name, attempt in attempts.items():
        label = filled.words(filled.definition.by_name[name].label)
        match attempt.result:
            case Refused(_, problems):
                found += [
                    Summary(name, label, problem.message, problem.mend) for problem in problems
                ]
            case Stale(_, _, theirs):
                found.append(
                    Summary(
                        name,
                        label,
                        f"The {theirs.editor or 'other person'} changed this answer meanwhile.",
                        "Choose which text to keep.",
                    )
                )
            case _:
                pass
    return tuple(found)


def to_correct(filled: Filled, section: Group) -> tuple[Summary, ...]:
    """What is saved in a section and must be corrected before submitting, for its top."""
    return tuple(
        Summary(question.name, filled.words(question.label), problem.message, problem.mend)
        for question in section.questions()
        for problem in filled.to_correct.get(question.name, ())
    )


class _SectionBuilder:
    def __init__(
        self,
        filled: Filled,
        attempts: Mapping[str, Attempt],
        *,
        rows: Mapping[str, int] | None,
    ) -> None:
        self.filled = filled
        self.attempts = attempts
        self.fields = FieldBuilder(filled, attempts, rows=rows)

    def section(self, section: Group) -> Iterator[Item | Node]:
        for child in section.children:
            if not self._is_asked(child):
                continue
            if child.code is not None:
                yield self._item(child)
            else:
                yield from self._nodes((child,), heading="")

    def _is_asked(self, node: Group | Question) -> bool:
        route = self.filled.route
        return node.name in (route.groups if isinstance(node, Group) else route.asked)

    def _item(self, node: Group | Question) -> Item:
        label = self.fields.words(node.label)
        if isinstance(node, Question):
            nodes = tuple(self._nodes((node,), heading=""))
        elif node.is_matrix:
            nodes = tuple(self._nodes((node,), heading=label))
        else:
            nodes = tuple(self._nodes(node.children, heading=label))
        return Item(
            name=node.name,
            code=node.code or "",
            core=node.core,
            label=label,
            hint="" if isinstance(node, Question) or node.is_matrix else self._hint(node),
            alone=isinstance(node, Question),
            needed=any(
                one.required and one.label_repeats for one in nodes if isinstance(one, Field)
            ),
            nodes=nodes,
            remarks=self._remarks(node),
            ours=self.fields.ours,
        )

    def _hint(self, group: Group) -> str:
        return self.fields.words(group.hint)

    def _nodes(self, children: Sequence[Group | Question], *, heading: str) -> Iterator[Node]:
        for child in children:
            if not self._is_asked(child):
                continue
            match child:
                case Question(type=QuestionType.CALCULATE | QuestionType.HIDDEN):
                    continue
                case Question(type=QuestionType.NOTE):
                    yield Note(
                        child.name,
                        self.fields.words(child.label),
                        self.fields.words(child.hint),
                        self.fields.guidance(child),
                        self.fields.ours,
                        self.filled.picture(child),
                    )
                case Question():
                    yield self.fields.field(child, heading=heading)
                case Group() if child.is_matrix:
                    yield self._matrix(child, heading)
                case Group():
                    yield Inner(
                        child.name,
                        self.fields.words(child.label),
                        self._hint(child),
                        tuple(self._nodes(child.children, heading="")),
                    )

    def _matrix(self, group: Group, heading: str) -> Matrix:
        questions = [question for question in group.questions() if self._is_asked(question)]
        label = self.fields.words(group.label)
        first = next(group.questions())
        return Matrix(
            name=group.name,
            label=label,
            label_repeats=bool(heading) and repeats(heading, label),
            hint=self._hint(group),
            guidance=self.fields.guidance(None, *questions),
            several=first.type is QuestionType.SELECT_MULTIPLE,
            options=tuple(
                Option(
                    choice.name,
                    self.fields.words(choice.label),
                    chosen=False,
                    exclusive=choice.exclusive,
                )
                for choice in self.filled.definition.options(first)
            ),
            rows=tuple(self.fields.field(question) for question in questions),
            ours=self.fields.ours,
        )

    def _remarks(self, node: Group | Question) -> Remarks | None:
        name = remarks_field(node)
        if name is None or name not in self.filled.route.asked:
            return None
        kept = self.filled.kept.get(name)
        attempt = self.attempts.get(name)
        unsaved = attempt is not None and isinstance(attempt.result, Refused | Stale)
        posted = attempt.posted if attempt is not None and unsaved else None
        comment = (kept.content.comment if kept else "") if posted is None else posted.comment or ""
        source = (kept.content.source if kept else "") if posted is None else posted.source or ""
        problems = (
            [problem for problem in attempt.result.problems if ":" in problem.place]
            if attempt is not None and isinstance(attempt.result, Refused)
            else []
        )
        questions = (node,) if isinstance(node, Question) else tuple(node.questions())
        documents = self.filled.documents(questions)
        return Remarks(
            field=name,
            comment=comment,
            source=source,
            documents=documents,
            problems=tuple(problems),
            count=bool(comment) + bool(source) + len(documents),
        )
