"""Functions of ODK that have no meaning here, each with what to write instead."""

from collections.abc import Mapping

_NO_PLACES = "Ask for the figure itself, with a question of the type decimal."
_NO_NODES = "Refer to a question as ${name}."
_NO_FILES = "Put the list into «choices» with further columns, and use a choice_filter."

REFUSED: Mapping[str, str] = {
    "area": _NO_PLACES,
    "distance": _NO_PLACES,
    "enclosed-area": _NO_PLACES,
    "geofence": _NO_PLACES,
    "intersects": _NO_PLACES,
    "current": _NO_NODES,
    "id": "A question is referred to by its name, ${name}; uuid() gives an identifier.",
    "lang": "Nothing depends on the language that is read: words are translated in place.",
    "local-name": _NO_NODES,
    "name": _NO_NODES,
    "namespace-uri": _NO_NODES,
    "instance": _NO_FILES,
    "pulldata": _NO_FILES,
    "randomize": "The order of options is the same for all respondents.",
    "jr:itext": "Labels are translated in place, one for each language.",
    "property": "Nothing about the respondent's device is collected.",
    "version": "The version stands in «settings» and is kept with every response.",
    "is-selected": "Write selected(${question}, 'option').",
}
