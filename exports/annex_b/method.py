"""What was done to the answers on their way into the workbook, in words for the Cover."""

from collections.abc import Sequence

from exports.annex_b.frame import Frame
from exports.annex_b.unattributed import FEWEST
from exports.records import Attribution, Invited
from exports.sheet_content import Escapes


def method(frame: Frame, escapes: Escapes, overflowing: int) -> list[str]:
    """One sentence or two for each thing done, and for what did not need doing."""
    told = [*_attribution(frame.snapshot.invited), *_materials(frame)]
    return [*told, *_escaped(escapes), _overflowing(overflowing)]


def _attribution(invited: Sequence[Invited]) -> list[str]:
    unnamed = sum(one.attribution is Attribution.NOT_ATTRIBUTED for one in invited)
    background = sum(one.attribution is Attribution.BACKGROUND for one in invited)
    told = ["Personal data of contacts and personal questions are in no sheet."]
    if unnamed:
        told.append(
            f"Answers of {unnamed} may not be attributed, as they asked or have not said of an "
            "unsubmitted draft: they are shown as (c) in the row, counted in totals where the "
            "questionnaire was returned, and listed without a name at the end of Answers; where "
            f"fewer than {FEWEST} have answers, without their words."
        )
    if background:
        told.append(
            f"{background} answered for background only: these answers are shown and counted "
            "nowhere; (c) stands in the row."
        )
    return told


def _materials(frame: Frame) -> list[str]:
    withheld = sum(frame.withholds(source) for source in frame.snapshot.sources)
    if not withheld:
        return []
    what = "1 material was" if withheld == 1 else f"{withheld} materials were"
    words = (
        f"{what} sent by respondents that are not to be named with what they gave: Sources tells "
        "neither title nor address, and statements that rest on it are shown as (c)."
    )
    return [words]


def _escaped(escapes: Escapes) -> list[str]:
    if not escapes.cells:
        return ["No text holds a control character."]
    words = (
        f"{escapes.characters} control characters in {escapes.cells} cells cannot be shown by a "
        "cell, or would make it show its letters in another order. Each is written as its code, "
        "U+001B for instance, between the signs ‹ and ›; put back, the text is equal to what was "
        "stored. "
    )
    more = escapes.cells > len(escapes.listed)
    which = f"The first {len(escapes.listed)} of these cells" if more else "These cells"
    return [f"{words}{which} are listed below."]


def _overflowing(overflowing: int) -> str:
    if not overflowing:
        return "No text is longer than its row can be."
    texts = "text is" if overflowing == 1 else "texts are"
    return (
        f"{overflowing} {texts} longer than a row or a cell can be. Each begins in its own cell, "
        "says so, and stands whole on the sheet Overflow."
    )
