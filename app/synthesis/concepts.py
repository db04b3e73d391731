"""What kinds of statement there are, and how each is introduced where several share a cell."""

from collections.abc import Mapping

CONCEPTS: Mapping[str, str] = {
    "category": "Group",
    "members": "Membership",
    "md_founding": "Founding documents or goals",
    "md_frequency": "On the agenda",
    "topics": "Topics",
    "output": "Output",
    "coherence_theme": "Policy coherence as a theme",
    "coord_mech": "Coordination",
    "level": "Level",
    "secretariat": "Secretariat",
    "structure": "Structure",
    "resources": "Resources",
    "rcp_link": "Link",
    "regional_body": "Regional body",
}
"""By the name of the concept. A statement of no concept speaks for itself."""

SHARED_CELLS = frozenset(
    {"md_frequency", "topics", "coherence_theme", "coord_mech", "level", "secretariat", "structure"}
)
"""Concepts whose statements share a cell of Annex B with those of another concept."""


def introduced(concept: str, text: str) -> str:
    """A statement as it can stand in a cell beside others: «Level: ministerial»."""
    return f"{CONCEPTS[concept]}: {text}" if concept in SHARED_CELLS else text
