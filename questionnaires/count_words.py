"""How many options are chosen, or rows filled, in words."""

from elementpath import XPathToken

from questionnaires.operand_words import OWN, Speaker
from questionnaires.phrases import Phrase, phrase

_NOUNS = {"count-selected": "option", "count": "row", "string-length": "character"}


def counted(speaker: Speaker, left: XPathToken, symbol: str, right: XPathToken) -> Phrase | None:
    """``at least two options are chosen in C3``; a count is a number whatever is answered."""
    value = right.value
    if not isinstance(value, int) or isinstance(value, bool) or len(left) == 0:
        return None
    noun = _NOUNS.get(str(left.symbol))
    if noun is None:
        return None
    quantity, number = _quantity(symbol, value)
    if not quantity:
        return None
    many = f"{quantity} {noun}{'' if number == 1 else 's'}"
    subject = speaker.operand(left[0])
    if noun == "option":
        return phrase(f"{many} {'is' if number == 1 else 'are'}", chosen_in(subject))
    return phrase(subject, f" has {many}")


def _quantity(symbol: str, value: int) -> tuple[str, int]:
    """How many, in words, and the number that decides between one and several."""
    if symbol in (">", "<"):
        symbol, value = (">=", value + 1) if symbol == ">" else ("<=", value - 1)
    if (symbol, value) == ("!=", 0):
        symbol, value = ">=", 1
    match symbol:
        case "<=" | "=" if value == 0:
            return "no", 1
        case ">=" if value > 0:
            return ("at least one" if value == 1 else f"at least {value}"), value
        case "<=" if value > 0:
            return ("at most one" if value == 1 else f"at most {value}"), value
        case "=" if value > 0:
            return ("exactly one" if value == 1 else f"exactly {value}"), value
    return "", value


def chosen_in(subject: Phrase) -> Phrase:
    """``chosen in C3``; of the question itself only ``chosen``."""
    return phrase(" chosen") if subject == OWN else phrase(" chosen in ", subject)
