"""The kinds of evidence as people read them."""

from collections.abc import Mapping

from exports.records import Basis

BASIS_WORDS: Mapping[Basis, str] = {
    Basis.QUESTIONNAIRE: "Questionnaire",
    Basis.MATERIALS: "Responsive materials",
    Basis.COMMUNICATIONS: "Communications outside the questionnaire",
    Basis.PRIMARY_DOCUMENTS: "Primary documents",
    Basis.IOM_EXPERIENCE: "IOM’s experience",
    Basis.LITERATURE: "Literature",
    Basis.PAPER_TEXT: "Paper text, source unspecified",
    Basis.PAPER_ANNEX_B: "Paper, citing its Annex B",
    Basis.OFFICIAL_NAME: "Implied by the official name",
}

OFFERED = (
    Basis.QUESTIONNAIRE,
    Basis.MATERIALS,
    Basis.COMMUNICATIONS,
    Basis.PRIMARY_DOCUMENTS,
    Basis.IOM_EXPERIENCE,
    Basis.LITERATURE,
)
"""What an analyst can name as evidence; the others say how the paper of 2007 is cited."""
