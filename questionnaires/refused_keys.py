"""Columns and settings of XLSForm that have no place here, each with what to use instead."""

from collections.abc import Mapping

_DEVICE = "Take it out; it is for an app on a telephone, and this form is a page."
_PICTURE = "Take it out; a picture beside a label is «image», on questions outside of tables."
_ENTITIES = "Take it out; no lists of entities are kept, and every answer is in its response."
_WORDS = "Write one key with a mapping of languages: «{key}: {{en: …, fr: …}}»."

_REFUSED: Mapping[str, str] = {
    "allow_choice_duplicates": "Take it out; an option stands once in its list.",
    "audio": "Take it out; write out what is said, as «guidance_hint».",
    "auto_delete": _DEVICE,
    "auto_send": _DEVICE,
    "big-image": _PICTURE,
    "calculate": "Write «calculation».",
    "caption": "Write «label».",
    "client_editable": _DEVICE,
    "count": "Write «min_rows» and «max_rows» on the repeat.",
    "entity": _ENTITIES,
    "id_string": "Write «form_id».",
    "instance_id": _DEVICE,
    "instance_name": "Take it out; a response is called after its respondent.",
    "namespaces": _DEVICE,
    "prefix": _DEVICE,
    "public_key": "Take it out; answers are not encrypted on a device, but kept on the server.",
    "read_only": "Write «readonly».",
    "relevance": "Write «relevant».",
    "repeat_count": "Write «min_rows» and «max_rows» on the repeat.",
    "save_to": _ENTITIES,
    "sms_field": _DEVICE,
    "sms_keyword": _DEVICE,
    "style": "Take it out; a section is a page, and the form looks the same everywhere.",
    "submission_url": "Take it out; answers are kept where the form is filled.",
    "title": "Write «form_title».",
    "video": "Take it out; write out what is shown, as «guidance_hint».",
}
_BY_FIRST: Mapping[str, str] = {
    "body": "Take it out; what a question looks like is said by «type» and «appearance».",
    "bind": "Write the key itself, such as «required» or «relevant».",
    "control": "Write the key itself, such as «appearance».",
    "instance": "Take it out; nothing but answers is kept.",
}
"""What begins a heading in two parts."""
_OF_WORDS = frozenset(
    {
        *("label", "hint", "guidance_hint", "required_message", "constraint_message", "image"),
        *("short_label", "form_title", "introduction"),
    }
)


def instead_of(key: str) -> str | None:
    """What to do instead of writing a key; ``None`` for a key that XLSForm has not either.

    Headings are taken as XLSForm has them, in two parts too: ``media::audio``, ``label::fr``.
    """
    first, parted, rest = key.partition(":")
    rest = rest.lstrip(":")
    if not parted:
        return _REFUSED.get(key)
    if first == "media":
        return _REFUSED.get(rest) or ("Write «image»." if rest == "image" else None)
    if first in _OF_WORDS:
        return _WORDS.format(key=first)
    return _BY_FIRST.get(first)
