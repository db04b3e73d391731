"""The synthesis workbook in the manner of the 2007 paper's Annex B, a module for each sheet."""

from exports.annex_b.exporter import AnnexB

__all__ = ["AnnexB"]
