"""The one doorway to Excel: text stays text, nothing is cut, same content means same bytes."""

from exports.safe_openpyxl.book import Book
from exports.safe_openpyxl.sheet import Sheet, Whole

__all__ = ["Book", "Sheet", "Whole"]
