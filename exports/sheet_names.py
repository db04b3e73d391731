"""Names of sheets that Excel accepts: short, without forbidden signs, unique."""

import re
from collections.abc import Collection

from exports.cell_text import parts, visible

MAX_UNITS = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\r\n\t]")
_RESERVED = {"history"}


def sheet_name(wanted: str, taken: Collection[str] = ()) -> str:
    r"""A name for a sheet as near as may be to ``wanted`` that none of ``taken`` has.

    Excel refuses more than 31 UTF-16 units, the signs ``[ ] : * ? / \``, an apostrophe at either
    end, the word History, and names that differ in case alone.
    """
    used = {name.casefold() for name in taken} | _RESERVED
    base = _FORBIDDEN.sub("-", visible(wanted)).strip().strip("'").strip() or "Sheet"
    name = parts(base, MAX_UNITS)[0].rstrip("' ")
    number = 2
    while name.casefold() in used:
        suffix = f" ({number})"
        name = parts(base, MAX_UNITS - len(suffix))[0].rstrip("' ") + suffix
        number += 1
    return name
