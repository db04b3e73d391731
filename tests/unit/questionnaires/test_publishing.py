"""What keeps a version from being published; patches correct words alone."""

from collections.abc import Callable, Mapping

import pytest

from questionnaires.models import Choice, Definition, Group, Question, QuestionType, Settings
from questionnaires.patches import check_patch
from questionnaires.publishing import check_publishing

YES = Choice(name="yes", label={"en": "Yes"})
NO = Choice(name="no", label={"en": "No"})
ASKED = Question(
    name="asked",
    type=QuestionType.SELECT_ONE,
    list_name="answers",
    label={"en": "Is it askd?"},
    constraint=". != 'no'",
)
TABLE = Question(
    name="table",
    type=QuestionType.REPEAT,
    label={"en": "Which?"},
    columns=(Question(name="column", type=QuestionType.TEXT, label={"en": "Column"}),),
)


def version(
    number: str,
    *questions: Question,
    settings: Mapping[str, object] | None = None,
    choices: tuple[Choice, ...] = (YES, NO),
) -> Definition:
    return Definition(
        settings=Settings.model_validate(
            {"form_id": "tiny", "version": number, "form_title": {"en": "Tiny"}, **(settings or {})}
        ),
        choices={"answers": choices},
        survey=(Group(name="one", label={"en": "One"}, children=questions or (ASKED, TABLE)),),
    )


def patch(*questions: Question, **given: object) -> Definition:
    settings: Mapping[str, object] = {"corrects": "1", **given}
    return version("1.1", *questions, settings=settings)


def codes(new: Definition, *published: Definition) -> list[str]:
    return [problem.code for problem in check_publishing(new, published)]


def test_first_and_next_versions_may_be_published() -> None:
    assert codes(version("1")) == []
    assert codes(version("3"), version("1"), version("2")) == []


@pytest.mark.parametrize(
    ("number", "code"), [("2", "version-published"), ("1.9", "version-not-newer")]
)
def test_version_is_new_and_comes_later(number: str, code: str) -> None:
    assert codes(version(number), version("2"), version("1")) == [code]


def test_name_keeps_its_type_through_all_versions() -> None:
    text = Question(name="asked", type=QuestionType.TEXT, label={"en": "Asked"})
    number = Question(name="asked", type=QuestionType.INTEGER, label={"en": "Asked"})
    gone = version("2", TABLE)

    assert codes(version("3", text), version("1"), gone) == []
    assert codes(version("3", number), version("1"), gone) == ["retyped"]


def test_retyped_question_is_told_once_against_its_newest_version() -> None:
    number = Question(name="asked", type=QuestionType.INTEGER, label={"en": "Asked"})

    (problem,) = check_publishing(version("3", number), [version("1"), version("2")])

    assert "than in version 2" in problem.message


@pytest.mark.parametrize(
    ("update", "code"),
    [
        ({"replaces": ("nothing",), "replaces_because": "So."}, "replaces-unknown"),
        ({"replaces": ("table",), "replaces_because": "So."}, "replaced-and-asked"),
        ({"replaces": ("asked",)}, "replaces-without-reason"),
    ],
)
def test_replacement_is_of_an_earlier_question_and_says_why(
    update: dict[str, object], code: str
) -> None:
    new = ASKED.model_copy(update={"name": "other", **update})

    assert codes(version("2", new, TABLE), version("1")) == [code]


def test_replacement_of_a_question_that_only_an_older_version_asked_may_stay() -> None:
    new = ASKED.model_copy(
        update={"name": "other", "replaces": ("asked",), "replaces_because": "So."}
    )

    assert codes(version("3", new), version("1"), version("2", new)) == []


def test_patch_corrects_words_of_every_kind() -> None:
    words = ASKED.model_copy(
        update={"label": {"en": "Is it asked?", "fr": "Demandé ?"}, "hint": {"en": "Say so."}}
    )
    column = TABLE.columns[0].model_copy(update={"label": {"en": "The column"}})
    table = TABLE.model_copy(update={"columns": (column,)})
    corrected = patch(words, table, form_title={"en": "Tiny form"}, languages=["en", "fr"])

    assert codes(corrected, version("1")) == []
    assert codes(corrected, version("1"), version("2")) == []


CHANGES: dict[str, tuple[Callable[[], Definition], str]] = {
    "a question is dropped": (lambda: patch(ASKED), "survey/one/table"),
    "a question is new": (
        lambda: patch(ASKED, TABLE, ASKED.model_copy(update={"name": "new"})),
        "survey/one/new",
    ),
    "the order": (lambda: patch(TABLE, ASKED), "survey"),
    "a type": (
        lambda: patch(ASKED.model_copy(update={"type": QuestionType.SELECT_MULTIPLE}), TABLE),
        "survey/one/asked/type",
    ),
    "a condition": (
        lambda: patch(ASKED.model_copy(update={"relevant": "true()"}), TABLE),
        "survey/one/asked/relevant",
    ),
    "a constraint": (
        lambda: patch(ASKED.model_copy(update={"constraint": None}), TABLE),
        "survey/one/asked/constraint",
    ),
    "a column": (lambda: patch(ASKED, TABLE.model_copy(update={"columns": ()})), "column"),
    "a column's type": (
        lambda: patch(
            ASKED,
            TABLE.model_copy(
                update={
                    "columns": (TABLE.columns[0].model_copy(update={"type": QuestionType.DATE}),)
                }
            ),
        ),
        "survey/one/table/column/type",
    ),
    "a band": (lambda: patch(band_list="answers"), "settings/band_list"),
    "a language is gone": (lambda: patch(languages=["fr"]), "settings/languages"),
    "an option is gone": (
        lambda: version("1.1", settings={"corrects": "1"}, choices=(YES,)),
        "choices/answers",
    ),
    "an option excludes": (
        lambda: version(
            "1.1",
            settings={"corrects": "1"},
            choices=(YES, NO.model_copy(update={"exclusive": True})),
        ),
        "choices/answers/no/exclusive",
    ),
    "the order of options": (
        lambda: version("1.1", settings={"corrects": "1"}, choices=(NO, YES)),
        "choices/answers",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_patch_changes_nothing_that_has_a_meaning(what: str) -> None:
    make, place = CHANGES[what]

    problems = check_publishing(make(), [version("1")])

    assert [problem.code for problem in problems if problem.code != "retyped"] == ["not-a-patch"]
    assert problems[0].place.endswith(place)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (patch(), "corrects-unknown"),
        (version("0.9", settings={"corrects": "1"}), "version-not-newer"),
        (version("1.1", settings={"corrects": "1.1"}), "corrects-unknown"),
    ],
)
def test_patch_names_the_version_that_it_corrects(new: Definition, code: str) -> None:
    published = [] if code == "corrects-unknown" else [version("1")]

    assert codes(new, *published) == [code]


def test_patch_of_the_shipped_questionnaire_is_checked_whole(rcp: Definition) -> None:
    settings = rcp.settings.model_copy(update={"version": "2007.1", "corrects": "2007"})

    assert check_patch(rcp, rcp.with_settings(settings)) == []
