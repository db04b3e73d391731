"""The rows of the 2007 files: respondents, facts and rationales, in words that people read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.sample.csv_file import CsvRow, Unreadable, read_csv, refuse
from app.synthesis.sources import PAPER_BASES
from exports.records import Basis, OtherName
from questionnaires.outcomes import Outcome
from questionnaires.problems import Problem

FOLDER = Path(__file__).parent / "gfmd_2007"
REGISTRY = "registry-2007.csv"
FACTS = "facts-2007.csv"
RATIONALES = "rationales-2007.csv"

REGISTRY_COLUMNS = (
    "key",
    "short_name",
    "official_name",
    "name_lines",
    "other_names",
    "outcome",
    "category",
    "category_lines",
    "region",
)
FACT_COLUMNS = ("key", "column", "value", "lines", "basis")
RATIONALE_COLUMNS = ("key", "suggested", "rationale")

CATEGORIES = {"thematic": "thematic", "ad_hoc": "ad_hoc", "none": "none"}

DIMENSIONS: Mapping[str, str] = {
    "category": "band",
    "members": "B3",
    "md_founding": "B4",
    "md_frequency": "B5",
    "topics": "B5",
    "output": "B6",
    "coherence_theme": "B8",
    "coord_mech": "B8",
    "level": "B9",
    "secretariat": "B9",
    "structure": "B9",
    "resources": "B10",
    "rcp_link": "B11",
    "regional_body": "B12",
}
"""The column of Annex B in which each kind of fact stands."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "category": {"thematic": "thematic priority", "ad_hoc": "ad hoc", "none": "not addressed"},
    "md_founding": {
        "not_mentioned": "not mentioned",
        "priority_or_goal": "priority or explicit goal",
        "referred_to": "referred to",
    },
    "md_frequency": {"frequent": "frequent"},
    "resources": {"well_resourced": "well resourced"},
}
"""The codes of the fact file in words: for these kinds of fact every value begins with one. The
values of all other kinds are text already."""

_CODE = re.compile(r"(?P<code>[a-z]+(_[a-z]+)*)(?P<rest>: .+)?")
_OTHER_NAME = re.compile(r"(?P<text>[^()]+?) \((?P<lines>[0-9; -]+)\)(?:; |$)")


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """One of those who were sent the questionnaire."""

    key: str
    short_name: str
    official_name: str
    name_locator: str
    other_names: tuple[OtherName, ...]
    outcome: Outcome
    category: str
    category_locator: str
    region: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One thing the paper says of one of them."""

    key: str
    concept: str
    dimension: str
    text: str
    locator: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class RationaleRow:
    """Why the paper puts one of them in its group; ``suggested`` where the rule says otherwise."""

    key: str
    suggested: str | None
    rationale: str


@dataclass(frozen=True, slots=True)
class PaperData:
    """All that the files say."""

    registry: tuple[RegistryRow, ...]
    facts: tuple[FactRow, ...]
    rationales: Mapping[str, RationaleRow]


def read_paper(folder: Path = FOLDER) -> PaperData:
    """Read the three files; ``Invalid`` names every row that cannot be read."""
    registry, problems = read_csv(folder / REGISTRY, REGISTRY_COLUMNS, _registry_row)
    facts, fact_problems = read_csv(folder / FACTS, FACT_COLUMNS, _fact_row)
    rationales, rationale_problems = read_csv(
        folder / RATIONALES, RATIONALE_COLUMNS, _rationale_row
    )
    problems += fact_problems + rationale_problems
    problems += _disagreements(registry, facts, rationales) if not problems else []
    refuse(problems)
    return PaperData(
        registry=tuple(registry),
        facts=tuple(facts),
        rationales={row.key: row for row in rationales},
    )


def _registry_row(row: CsvRow) -> RegistryRow:
    return RegistryRow(
        key=row.text("key"),
        short_name=row.text("short_name"),
        official_name=row.text("official_name"),
        name_locator=row.locator("name_lines"),
        other_names=_other_names(row),
        outcome=row.one_of("outcome", {outcome.value: outcome for outcome in Outcome}),
        category=row.one_of("category", CATEGORIES),
        category_locator=row.locator("category_lines"),
        region=row.fields["region"].strip(),
    )


def _other_names(row: CsvRow) -> tuple[OtherName, ...]:
    written = row.fields["other_names"].strip()
    found: list[OtherName] = []
    end = 0
    while end < len(written):
        match = _OTHER_NAME.match(written, end)
        if match is None:
            raise Unreadable(
                f"The other names «{written}» cannot be told apart.",
                mend="Write them as: Name (89-90); Another name (66).",
                column="other_names",
            )
        locator = "; ".join(f"L{part.strip()}" for part in match["lines"].split(";"))
        found.append(OtherName(text=match["text"].strip(), language="en", locator=locator))
        end = match.end()
    return tuple(found)


def _fact_row(row: CsvRow) -> FactRow:
    dimension = row.one_of("column", DIMENSIONS)
    concept = row.text("column")
    return FactRow(
        key=row.text("key"),
        concept=concept,
        dimension=dimension,
        text=_in_words(concept, row),
        locator=row.locator("lines"),
        # What the paper says is never the respondent's own answer: Q, M … are for analysts.
        basis=row.one_of("basis", {basis.value: basis for basis in Basis if basis in PAPER_BASES}),
    )


def _in_words(concept: str, row: CsvRow) -> str:
    value = row.text("value")
    words = WORDS.get(concept, {})
    match = _CODE.fullmatch(value)
    if match is not None and match["code"] in words:
        return words[match["code"]] + (match["rest"] or "")
    if words:
        raise Unreadable(
            f"«{value}» is a code nobody knows in «{concept}».",
            mend=f"Use one of: {', '.join(words)}; a remark follows after a colon and a space.",
            column="value",
        )
    if match is not None and "_" in match["code"]:
        raise Unreadable(
            f"«{value}» is a code, and there are none in «{concept}».",
            mend="Write it in words.",
            column="value",
        )
    return value


def _rationale_row(row: CsvRow) -> RationaleRow:
    suggested = row.one_of("suggested", CATEGORIES) if row.fields["suggested"].strip() else None
    return RationaleRow(key=row.text("key"), suggested=suggested, rationale=row.text("rationale"))


def _disagreements(
    registry: list[RegistryRow], facts: list[FactRow], rationales: list[RationaleRow]
) -> list[Problem]:
    """Keys that one file has and another does not, or that stand twice; groups that differ."""
    keys = [row.key for row in registry]
    told = [row.key for row in rationales]
    wrong = [
        *((REGISTRY, key, "stands twice") for key in sorted(set(keys)) if keys.count(key) > 1),
        *((RATIONALES, key, "stands twice") for key in sorted(set(told)) if told.count(key) > 1),
        *((RATIONALES, key, "has no row") for key in keys if key not in told),
        *((RATIONALES, key, "is not in the registry") for key in told if key not in keys),
        *(
            (FACTS, key, "is not in the registry")
            for key in sorted({fact.key for fact in facts}.difference(keys))
        ),
    ]
    groups = {row.key: WORDS["category"][row.category] for row in registry}
    stated = [fact for fact in facts if fact.concept == "category"]
    differing = [
        Problem(
            code="groups-disagree",
            message=f"The category of «{fact.key}» is «{fact.text}» here, and in {REGISTRY} "
            f"«{groups[fact.key]}».",
            mend="Give both the category that the paper puts it in.",
            place=FACTS,
        )
        for fact in stated
        if groups.get(fact.key, fact.text) != fact.text
    ]
    return differing + [
        Problem(
            code="keys-disagree",
            message=f"The key «{key}» {what}.",
            mend=f"Give each process of {REGISTRY} one row, and the same key everywhere.",
            place=file,
        )
        for file, key, what in wrong
    ]
