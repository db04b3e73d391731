"""The sheet Annex A: the same answer has the same mark as in Annex B."""

from collections.abc import Mapping

import pytest
from openpyxl.workbook import Workbook

from exports.records import Attribution, Basis, Invited, ResponseRecord, StatementRecord
from questionnaires.answers import Answer
from questionnaires.marks import MEANINGS, Mark
from questionnaires.models import (
    Choice,
    Definition,
    Dimension,
    Group,
    MissingCode,
    Question,
    QuestionType,
    Settings,
)
from questionnaires.outcomes import Outcome
from tests.integration.exports.workbooks import annex_b, opened, opened_whole, table
from tests.unit.exports.rounds import small_round

YES_NO = tuple(Choice(name=name, label={"en": name.title()}) for name in ("yes", "no"))
NONE = Choice(name="none", label={"en": "None"}, exclusive=True)
HEAD = "Respondent"


def definition(*, with_year: bool = True) -> Definition:
    """A question that feeds one column of Annex A, and one of Annex B alone."""
    asked = [_question("asked"), _question("consent")]
    if with_year:
        condition = {"relevant": "${asked} = 'yes'", "published_when": "${consent} = 'yes'"}
        asked.append(
            _question("year", code="A3", concept="annex_a.year", dimension="B3", **condition)
        )
    return Definition(
        settings=Settings(form_id="short", version=f"{1 + with_year}", form_title={"en": "Short"}),
        dimensions=tuple(Dimension(name=name, label={"en": name}) for name in ("B1", "B2", "B3")),
        choices={"answers": (*YES_NO, NONE)},
        survey=(Group(name="section_a", label={"en": "A"}, children=tuple(asked)),),
    )


def _question(name: str, **more: str) -> Question:
    fixed = {"name": name, "label": {"en": f"{name.title()}?"}, "list_name": "answers"}
    return Question.model_validate({**fixed, "type": QuestionType.SELECT_ONE, **more})


def said(value: str, *, asked: str = "yes", consent: str = "yes") -> Mapping[str, Answer]:
    given = {"asked": asked, "consent": consent, "year": value}
    return {name: Answer(value=one) for name, one in given.items() if one}


def missing(code: MissingCode) -> Mapping[str, Answer]:
    return {**said(""), "year": Answer(missing=code)}


CASES: Mapping[Mark, tuple[Mapping[str, Answer], Outcome]] = {
    Mark.ANSWERED: (said("yes"), Outcome.COMPLETED),
    Mark.NIL: (said("none"), Outcome.COMPLETED),
    Mark.NA: (missing(MissingCode.NOT_APPLICABLE), Outcome.COMPLETED),
    Mark.ROUTED: (said("", asked="no"), Outcome.COMPLETED),
    Mark.NOT_IN_VERSION: ({"asked": Answer(value="yes")}, Outcome.COMPLETED),
    Mark.BLANK: (said(""), Outcome.COMPLETED),
    Mark.DK: (missing(MissingCode.DONT_KNOW), Outcome.COMPLETED),
    Mark.DECLINED: (missing(MissingCode.DECLINED), Outcome.COMPLETED),
    Mark.WITHHELD: (said("yes", consent="no"), Outcome.COMPLETED),
    Mark.NOT_REACHED: (said(""), Outcome.BROKEN_OFF),
}
"""Every mark that an answer can have, with what leads to it."""


@pytest.fixture(scope="module")
def marked() -> Workbook:
    """A round in which each respondent has another mark at the same question."""
    answers = [given for given, _ in CASES.values()]
    outcomes = [outcome for _, outcome in CASES.values()]
    snapshot = small_round(answers, outcomes=outcomes, definition=definition())
    records = [
        _without_the_question(one) if mark is Mark.NOT_IN_VERSION else one
        for mark, one in zip(CASES, snapshot.responses(), strict=True)
    ]
    return opened_whole(snapshot.model_copy(update={"responses": lambda: iter(records)}))


def _without_the_question(record: ResponseRecord) -> ResponseRecord:
    return record.model_copy(update={"definition": definition(with_year=False)})


def rows(workbook: Workbook) -> dict[str, Mapping[str, str]]:
    """Annex A by short name and by column."""
    return {
        str(line[HEAD]).split("\n")[0]: {head: str(cell) for head, cell in line.items()}
        for line in table(workbook, "Annex A", HEAD)
        if line["Year"] is not None
    }


def test_every_mark_an_answer_can_have_is_tried() -> None:
    assert set(Mark) - CASES.keys() == {Mark.CARRIED, Mark.UNCODED}


@pytest.mark.parametrize("place", range(len(CASES)), ids=[mark.value for mark in CASES])
def test_a_mark_is_shown_as_in_annex_b(marked: Workbook, place: int) -> None:
    name = list(annex_b(marked))[place]
    mark = list(CASES)[place]

    cell = rows(marked)[name]["Year"]

    # The heading of the column says what the title of the question says in Annex B.
    assert cell.replace("Year: ", "") == annex_b(marked)[name]["B3"].replace("Year: ", "")
    assert MEANINGS[mark].shown in cell


def test_who_began_and_then_declined_was_not_reached() -> None:
    snapshot = small_round([said("")], outcomes=[Outcome.BROKEN_OFF], definition=definition())
    declined = snapshot.invited[0].model_copy(update={"outcome": Outcome.DECLINED})

    workbook = opened(snapshot.model_copy(update={"invited": (declined,)}))

    name = declined.short_name
    assert rows(workbook)[name]["Year"] == annex_b(workbook)[name]["B3"] == "NR"


@pytest.mark.parametrize("mark", [Mark.ANSWERED, Mark.DK, Mark.BLANK])
def test_what_may_not_be_attributed_is_withheld_as_in_annex_b(mark: Mark) -> None:
    given, outcome = CASES[mark]
    snapshot = small_round(
        [given],
        outcomes=[outcome],
        attributions=[Attribution.NOT_ATTRIBUTED],
        definition=definition(),
    )

    workbook = opened(snapshot)

    name = snapshot.invited[0].short_name
    shown = ".." if mark is Mark.BLANK else "(c)"
    assert rows(workbook)[name]["Year"] == annex_b(workbook)[name]["B3"] == shown


def test_members_alone_leave_the_observers_open() -> None:
    table_ = Question(
        name="members",
        type=QuestionType.REPEAT,
        label={"en": "Members?"},
        concept="annex_a.members",
        columns=(Question(name="state", type=QuestionType.TEXT, label={"en": "State"}),),
    )
    section = Group(name="section_a", label={"en": "A"}, children=(table_,))
    asked = definition().model_copy(update={"survey": (section,)})
    given = {"members": Answer(value=({"state": "Amberland"},))}

    (row,) = rows(opened(small_round([given], definition=asked))).values()

    assert row["Participating States"].startswith("Amberland")
    assert row["Observers and partners"] == ".."


def test_equal_names_stand_once() -> None:
    snapshot = small_round([{}], definition=definition())
    equal: Invited = snapshot.invited[0].model_copy(
        update={"official_name": snapshot.invited[0].short_name, "other_names": ()}
    )

    workbook = opened(snapshot.model_copy(update={"invited": (equal,)}))

    (line,) = (one for one in table(workbook, "Annex A", HEAD) if one["Year"] is not None)
    assert str(line[HEAD]).split("\n") == [equal.short_name, equal.region]
    assert line["Other names"] == ".."


def test_a_statement_on_withheld_materials_is_masked() -> None:
    snapshot = small_round([{}], attributions=[Attribution.NOT_ATTRIBUTED], definition=definition())
    told = StatementRecord(
        respondent="r000",
        dimension="B3",
        text="Founded in Amberland",
        basis=Basis.MATERIALS,
        concept="year",
    )

    workbook = opened(snapshot.model_copy(update={"statements": (told,)}))

    assert rows(workbook)[snapshot.invited[0].short_name]["Year"] == "(c)\u00a0[M\u00a0n1]"
