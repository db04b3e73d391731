"""A questionnaire's languages: how far each is, the workbook for a translator, what came back."""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from fastapi.responses import StreamingResponse
from sqlmodel import Session

from app.errors import Conflict, Invalid, NotFound
from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.published import version_before
from app.questionnaires.uploads import MEGABYTE, MOST_BYTES, Uploaded, read_upload
from app.web.attachments import attachment
from exports.translation_workbook import write_translation
from questionnaires.catalogue import Catalogue
from questionnaires.languages import direction_of, english_name, is_language, own_name
from questionnaires.lint.codes import FAULTS
from questionnaires.models import Definition
from questionnaires.problems import Problem, Severity
from questionnaires.translation import (
    Coverage,
    ReturnedTranslation,
    check_language,
    coverage,
    read_translation,
)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TAG = 35
TRANSLATED_SINCE = "translated-since-uploaded"


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

    @property
    def is_unfinished(self) -> bool:
        """Whether there is something left to do."""
        return bool(self.coverage.missing or self.coverage.outdated or self.problems)


@dataclass(frozen=True, slots=True)
class TakenTranslation:
    """A translator's workbook, read against a questionnaire."""

    returned: ReturnedTranslation
    uploaded: Uploaded | None
    """The draft's file, and what it asks with what was taken; ``None`` when nothing is new."""

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


def take_translation(
    draft: QuestionnaireDraft, definition: Definition, name: str, content: bytes
) -> TakenTranslation:
    """Read a translator's workbook: everything without a fault, put into what the draft asks.

    The author's file stays the draft's file, and its places those of what is to be mended.

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
    translated = returned.applied(definition)
    file = read_upload(draft.file_name, draft.content)
    found = file.whereabouts.lint(translated)
    first = next((one for one in found if one.severity is Severity.ERROR), None)
    if first is not None:
        raise Conflict(
            f"With these texts the questionnaire would have a fault: {first.message}",
            mend=first.mend,
        )
    # What lint found in the file, it has looked for anew; the rest is about the file itself.
    of_file = [one for one in file.problems if one.code not in FAULTS]
    problems = (_translated_since(draft.file_name), *of_file, *found)
    return TakenTranslation(returned, replace(file, definition=translated, problems=problems))


def _translated_since(name: str) -> Problem:
    return Problem(
        code=TRANSLATED_SINCE,
        message=f"Translations were taken back after «{name}» was uploaded; they are in the draft "
        "and not in that file.",
        mend="Take the questionnaire away as XLSForm or YAML before you go on writing it.",
        severity=Severity.WARNING,
    )
