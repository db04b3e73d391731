"""The functions that expressions may call: ODK's names, one small function each, one registry.

To add one, write a function that takes a ``Call`` into the module of its family, and register it
with its signature and a line that says what it gives; that line stands in the README too.
"""

from questionnaires.functions import chance, choices, coding, dates, logic, nodes, numbers, texts
from questionnaires.functions.refused import REFUSED
from questionnaires.functions.registry import FUNCTIONS, Argument, Call, CallInvalid, Function
from questionnaires.functions.signatures import Kind, Signature
from questionnaires.scope import Scope

FAMILIES = (logic, choices, texts, numbers, nodes, dates, chance, coding)
"""The modules that the functions are in, in the order of the README."""

__all__ = [
    "FAMILIES",
    "FUNCTIONS",
    "REFUSED",
    "Argument",
    "Call",
    "CallInvalid",
    "Function",
    "Kind",
    "Scope",
    "Signature",
]
