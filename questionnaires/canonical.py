"""The canonical form of a definition, by which two are the same and a published one is guarded."""

import hashlib
import json

from questionnaires.models import Definition


def canonical_json(definition: Definition) -> bytes:
    """The definition as UTF-8 JSON with sorted keys and without what is at its default.

    Leaving defaults out keeps the checksums of published versions when the models gain a field.
    """
    data = definition.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def checksum(definition: Definition) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(definition)).hexdigest()


def from_canonical(data: bytes) -> Definition:
    """Read a definition from its canonical form; ``pydantic.ValidationError`` if it isn't one."""
    return Definition.model_validate_json(data)
