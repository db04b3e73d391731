"""The texts of a form in its languages: which there are, what is missing, what came back."""

from questionnaires.translation.checking import check_language, check_text
from questionnaires.translation.coverage import Coverage, coverage
from questionnaires.translation.returned import ReturnedTranslation, read_translation
from questionnaires.translation.texts import FormText, fingerprint, texts_of, with_texts

__all__ = [
    "Coverage",
    "FormText",
    "ReturnedTranslation",
    "check_language",
    "check_text",
    "coverage",
    "fingerprint",
    "read_translation",
    "texts_of",
    "with_texts",
]
