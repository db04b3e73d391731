"""How many options are chosen, or rows filled, in words."""

from elementpath import XPathToken

from questionnaires.operand_words import Speaker
from questionnaires.phrasebooks.book import Phrasebook
from questionnaires.phrases import Phrase, filled


def counted(speaker: Speaker, left: XPathToken, symbol: str, right: XPathToken) -> Phrase | None:
    """``at least two options are chosen in C3``; a count is a number whatever is answered."""
    book, value = speaker.book, right.value
    if not isinstance(value, int) or isinstance(value, bool) or len(left) == 0:
        return None
    patterns = {
        "count-selected": (book.option_count, book.options_count),
        "count": (book.row_count, book.rows_count),
        "string-length": (book.character_count, book.characters_count),
    }.get(str(left.symbol))
    if patterns is None:
        return None
    found = _quantity(book, symbol, value)
    if found is None:
        return None
    quantity, number = found
    return filled(
        patterns[number != 1],
        quantity=quantity,
        question=speaker.question(left[0]),
        place=speaker.place(left[0]),
    )


def _quantity(book: Phrasebook, symbol: str, value: int) -> tuple[Phrase, int] | None:
    """How many, in words, and the number that decides between one and several."""
    if symbol in (">", "<"):
        symbol, value = (">=", value + 1) if symbol == ">" else ("<=", value - 1)
    if (symbol, value) == ("!=", 0):
        symbol, value = ">=", 1
    if symbol in ("<=", "=") and value == 0:
        return (book.no_quantity,), 1
    patterns = {
        ">=": (book.at_least_one, book.at_least_many),
        "<=": (book.at_most_one, book.at_most_many),
        "=": (book.exactly_one, book.exactly_many),
    }.get(symbol)
    if patterns is None or value < 1:
        return None
    return filled(patterns[value > 1], number=str(value)), value
