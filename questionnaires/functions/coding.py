"""Functions of codes: digests of texts, and texts written as base64."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence

from questionnaires.datum import Datum
from questionnaires.functions.registry import Argument, Call, CallInvalid, function

_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_ENCODINGS = ("base64", "hex")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _knows_its_words(arguments: Sequence[Argument]) -> None:
    for argument, known, what in zip(
        arguments[1:], (tuple(_ALGORITHMS), _ENCODINGS), ("algorithm", "encoding"), strict=False
    ):
        if argument.literal is not None and argument.literal not in known:
            raise CallInvalid(
                f"digest() has no {what} '{argument.literal[:40]}'.",
                f"Use one of: {', '.join(known)}.",
            )


@function(
    "digest(text, text, text?) → text",
    "The digest of a text by MD5, SHA-1, SHA-256, SHA-384 or SHA-512, in base64 or hex.",
    check=_knows_its_words,
)
def _digest(call: Call) -> Datum:
    algorithm = _ALGORITHMS.get(call.text(1))
    encoding = call.text(2) if call.has(2) else "base64"
    if algorithm is None or encoding not in _ENCODINGS:
        return ""
    data = call.text(0).encode("utf-8", "replace")
    found = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return found.hex() if encoding == "hex" else base64.b64encode(found).decode("ascii")


@function(
    "base64-decode(text) → text", "The text that is written in base64; empty when it is none."
)
def _base64_decode(call: Call) -> Datum:
    packed = "".join(call.text(0).split())
    try:
        text = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
    # No database and no workbook takes control characters.
    return "" if _CONTROL.search(text) else text
