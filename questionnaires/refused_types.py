"""Types of XLSForm that a form on the web does not ask, each with what to use instead."""

from collections.abc import Mapping

_MAP = "Ask for places with «geopoint» in turn, or for a file with a map."
_LIST = "Put the options into «choices», and use select_one or select_multiple."
_KNOWN = "Take it out; who answered is known from the personal link."

REFUSED: Mapping[str, str] = {
    "acknowledgement": "Write «acknowledge».",
    "audit": "Take it out; every change of an answer is in its history.",
    "background-audio": "Take it out, or ask for a recording with «audio».",
    "background-geopoint": "Ask for the place with «geopoint», so that it is given knowingly.",
    "barcode": "Ask for the number with «text».",
    "begin": "Rows nest here: give a group its «children», a repeat its «columns».",
    "begin_group": "Give the group its «children»; groups have no type.",
    "begin_repeat": "Write «type: repeat», and its questions as «columns».",
    "csv-external": _LIST,
    "deviceid": "Take it out; nothing about the respondent's device is collected.",
    "email": "Ask for it with «text», and mark it as «personal».",
    "end": "Take it out; when a respondent submitted is stored with the submission.",
    "geoshape": _MAP,
    "geotrace": _MAP,
    "osm": _MAP,
    "phonenumber": "Ask for it with «text», and mark it as «personal».",
    "select_multiple_from_file": _LIST,
    "select_one_external": _LIST,
    "select_one_from_file": _LIST,
    "simserial": "Take it out; nothing about the respondent's device is collected.",
    "start": "Take it out; when a respondent began is in the history of the answers.",
    "start-geopoint": "Ask for the place with «geopoint», so that it is given knowingly.",
    "subscriberid": "Take it out; nothing about the respondent's device is collected.",
    "today": "Use the function today() where the day is needed.",
    "username": _KNOWN,
    "xml-external": _LIST,
}
