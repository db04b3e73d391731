"""Functions that draw: numbers and identifiers that look random, and are the same every time.

A form is worked out again at each request, in each process, and once more for the workbook. So
nothing is drawn anew: what comes out depends on the seed (the response), on the question and its
row, and on where in the expression the call is written. It is no secret and protects nothing.
"""

import hashlib
import math
import uuid

from questionnaires.datum import Datum
from questionnaires.functions.registry import Call, function

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_CHARACTERS = 255
"""The longest identifier that is made; who asks for more gets so many."""


def _drawn(call: Call) -> int:
    scope = call.scope
    chosen = scope.choice.get("name", "")
    parts = (scope.seed, scope.question, str(scope.row), chosen, call.place)
    # Each part with its length, so that no two lists of parts are written alike.
    written = "".join(f"{len(part)}:{part}" for part in parts)
    return int.from_bytes(hashlib.sha512(written.encode("utf-8", "replace")).digest())


@function(
    "random() → number",
    "A number from 0 to 1, without 1; the same for this response at all times.",
    moves=True,
)
def _random(call: Call) -> Datum:
    return (_drawn(call) >> 459) / (1 << 53)


@function(
    "uuid(number?) → text",
    "An identifier, or so many letters and digits; the same for this response at all times.",
    moves=True,
)
def _uuid(call: Call) -> Datum:
    drawn = _drawn(call)
    if not len(call):
        return str(uuid.UUID(int=drawn >> 384, version=4))
    wanted = call.number(0)
    if math.isnan(wanted) or wanted < 1:
        return ""
    length = math.trunc(min(wanted, MOST_CHARACTERS))
    call.meter.spend(length)
    stream = hashlib.shake_256(str(drawn).encode()).digest(length)
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in stream)
