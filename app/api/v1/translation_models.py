"""Languages of questionnaires, and translations that came back, as they go out."""

from pydantic import Field

from app.api.v1.draft_models import show_faults
from app.api.v1.models import ApiModel, Fault
from app.questionnaires.translations import LanguageState, TakenTranslation
from questionnaires.problems import Problem


class TranslationOut(ApiModel):
    """How far a questionnaire is translated into a language."""

    language: str = Field(description="Its tag.", examples=["fr"])
    name: str = Field(examples=["French"])
    direction: str = Field(description="ltr or rtl.", examples=["ltr"])
    translated: int
    total: int = Field(description="Texts that there are to translate.")
    missing: list[str] = Field(
        description="Ids of texts that are not translated.", examples=[["year_founded.hint"]]
    )
    outdated: list[str] = Field(
        description="Ids of texts whose source has changed since the version before, and whose "
        "translation has not."
    )
    problems: list[Fault] = Field(description="What differs from the source, by the text’s id.")


class RemarkOut(ApiModel):
    """What a translator remarked on a text."""

    id: str
    place: str
    text: str


class ReturnedOut(ApiModel):
    """What became of a translator's workbook."""

    language: str | None = Field(description="null where the file is no translation of this form.")
    taken: list[str] = Field(description="Ids of texts that are new or other than before.")
    unchanged: int
    empty: int = Field(description="Rows that are not translated yet.")
    problems: list[Fault] = Field(
        description="By sheet, row and column. Nothing of a row with an error is taken."
    )
    remarks: list[RemarkOut]
    revision: int = Field(description="Of the draft now; also the ETag.")


def show_language(state: LanguageState) -> TranslationOut:
    """A language as programs read it."""
    done = state.coverage
    return TranslationOut(
        language=state.language,
        name=state.name,
        direction=state.direction,
        translated=done.translated,
        total=done.total,
        missing=[text.id for text in done.missing],
        outdated=[text.id for text in done.outdated],
        problems=show_faults(list[Problem](state.problems)),
    )


def show_returned(taken: TakenTranslation, revision: int) -> ReturnedOut:
    """What became of a workbook as programs read it."""
    returned = taken.returned
    return ReturnedOut(
        language=returned.language,
        taken=list(returned.texts),
        unchanged=returned.unchanged,
        empty=returned.empty,
        problems=show_faults(returned.problems),
        remarks=[
            RemarkOut(id=each.id, place=each.place, text=each.text) for each in returned.remarks
        ],
        revision=revision,
    )
