"""A questionnaire's languages: how far each is, the workbook for a translator, what came back."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from fastapi.responses import StreamingResponse
from sqlmodel import Session

from app.errors import Conflict, Invalid, NotFound
from app.questionnaires.published import version_before
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES, Uploaded, read_upload
from app.web.attachments import attachment
from exports.translation_workbook import write_translation
from questionnaires.catalogue import Catalogue
from questionnaires.languages import direction_of, english_name, is_language, own_name
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity
from questionnaires.translation import (
    Coverage,
    ReturnedTranslation,
    check_language,
    coverage,
    read_translation,
)
from questionnaires.writing import to_yaml

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TAG = 35


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far a questionnaire is translated into one language."""

    language: str
    name: str
    own_name: str
    direction: str
    coverage: Coverage
    problems: tuple[Problem, ...]
    """What is wrong with what is translated."""


@dataclass(frozen=True, slots=True)
class TakenTranslation:
    """A translator's workbook, read against a questionnaire."""

    returned: ReturnedTranslation
    uploaded: Uploaded | None
    """The questionnaire with what was taken, as a file; ``None`` when nothing of it is new."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Why rows were not taken."""
        return tuple(one for one in self.returned.problems if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at in rows that were taken."""
        return tuple(one for one in self.returned.problems if one.severity is Severity.WARNING)


def language_states(definition: Definition, since: Definition | None) -> tuple[LanguageState, ...]:
    """Each language that a questionnaire is translated into, compared with an earlier version."""
    settings = definition.settings
    return tuple(
        LanguageState(
            language=language,
            name=english_name(language),
            own_name=own_name(language),
            direction=direction_of(language),
            coverage=coverage(definition, language, since=since),
            problems=tuple(check_language(definition, language)),
        )
        for language in settings.languages
        if language != settings.default_language
    )


def earlier_version(
    session: Session, catalogue: Catalogue, definition: Definition
) -> Definition | None:
    """The version published before, by which changed texts are known; ``None`` for the first."""
    try:
        return version_before(session, catalogue, definition)
    except NotFound:
        return None


def translation_file(
    definition: Definition, language: str, *, since: Definition | None, as_of: datetime
) -> StreamingResponse:
    """The workbook for a translator. Raises ``Invalid`` for what is no language to translate to."""
    check_target(definition, language)
    stream = BytesIO()
    write_translation(definition, language, stream, as_of=as_of, since=since)
    size = stream.tell()
    stream.seek(0)
    name = f"{definition.slug}-{definition.version}-{language}.xlsx"
    return attachment(stream, file_name=name, media_type=WORKBOOK, size=size)


def check_target(definition: Definition, language: str) -> None:
    """Refuse what is no language tag, and the language that the form is written in."""
    if len(language) > LONGEST_TAG or not is_language(language):
        message = f"«{language[:LONGEST_TAG]}» is not the tag of a language."
    elif language == definition.settings.default_language:
        message = f"The questionnaire is written in {english_name(language)}."
    else:
        return
    mend = "Give the tag of the language to translate into, such as fr, ar or pt-BR."
    raise Invalid([Problem(code="language", place="language", message=message, mend=mend)])


def take_translation(definition: Definition, name: str, content: bytes) -> TakenTranslation:
    """Read a translator's workbook: everything without a fault, put into the questionnaire.

    Raises ``Invalid`` for a file beyond what any translation can need, and ``Conflict`` when the
    questionnaire would have faults with the texts in it.
    """
    if len(content) > MOST_BYTES:
        problem = Problem(
            code="file-too-large",
            message=f"The file is larger than {MOST_BYTES // MEGABYTE} MB.",
            mend="Send the workbook that was made for the translation, without pictures.",
            place="file",
        )
        raise Invalid([problem])
    returned = read_translation(definition, name, content)
    if not returned.texts:
        return TakenTranslation(returned, None)
    translated = to_yaml(returned.applied(definition)).encode()
    uploaded = read_upload(f"{definition.slug}-{definition.version}.yaml", translated)
    if uploaded.definition is None:
        first = next(one for one in uploaded.problems if one.severity is Severity.ERROR)
        raise Conflict(
            f"With these texts the questionnaire would have a fault: {first.message}",
            mend=first.mend,
        )
    return TakenTranslation(returned, uploaded)
