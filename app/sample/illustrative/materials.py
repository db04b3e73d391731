"""What invented processes send in: real small files, links and notes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from app.responses.models import MaterialKind
from app.sample.illustrative.chance import chance
from app.sample.illustrative.documents import MAKERS, Document
from app.sample.illustrative.plan import Fate, RoundPlan
from app.sample.illustrative.profile import Profile
from app.storage.storage import Storage, Stored
from questionnaires.outcomes import Outcome

SENDS_SOMETHING = 0.3
LARGEST = 1024 * 1024
FILE_QUESTIONS = ("md_founding_file", "good_practice_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMaterial:
    """A material before it is stored."""

    key: str
    kind: MaterialKind
    title: str
    added_at: datetime
    note: str = ""
    url: str = ""
    document: Document | None = None
    questions: tuple[str, ...] = ()
    by_analyst: bool = False

    @property
    def file_title(self) -> str:
        """The title without its year."""
        return self.title.rpartition(",")[0]


def plan_materials(
    round_: RoundPlan, profile: Profile, fate: Fate, *, seed: int
) -> tuple[PlannedMaterial, ...]:
    """What one process sends, or what an analyst finds on it."""
    rng = chance(seed, profile.process.key, "materials", round_.number)
    match fate.outcome:
        case Outcome.MATERIALS_ONLY:
            at = fate.returned_at or round_.opened_at
            return (
                _file(rng, profile, at, title="Minutes of the plenary meeting"),
                rng.choice((_link, _note, _file))(rng, profile, at),
            )
        case Outcome.COMPLETED if rng.random() < SENDS_SOMETHING:
            at = fate.sittings[0] + timedelta(minutes=20)
            tagged = _link(rng, profile, at, questions=(rng.choice(FILE_QUESTIONS),))
            return (
                (tagged, _file(rng, profile, at)) if rng.random() < SENDS_SOMETHING else (tagged,)
            )
        case Outcome.NO_RESPONSE if rng.random() < SENDS_SOMETHING:
            return (_link(rng, profile, round_.closed_at + timedelta(days=2), by_analyst=True),)
        case _:
            return ()


def _file(
    rng: Random, profile: Profile, at: datetime, *, title: str | None = None
) -> PlannedMaterial:
    title = title or rng.choice(list(MAKERS))
    return PlannedMaterial(
        key=_key(rng),
        kind=MaterialKind.FILE,
        title=f"{title}, {at.year - 1}",
        document=MAKERS[title](profile.process.short_name, at.year - 1),
        added_at=at + timedelta(minutes=rng.randint(1, 9)),
    )


def _link(
    rng: Random,
    profile: Profile,
    at: datetime,
    *,
    questions: tuple[str, ...] = (),
    by_analyst: bool = False,
) -> PlannedMaterial:
    return PlannedMaterial(
        key=_key(rng),
        kind=MaterialKind.LINK,
        title="Page of the process about itself",
        url=f"https://{profile.process.key}.example.org/about",
        questions=questions,
        by_analyst=by_analyst,
        added_at=at + timedelta(minutes=rng.randint(10, 19)),
    )


def _note(rng: Random, profile: Profile, at: datetime) -> PlannedMaterial:
    return PlannedMaterial(
        key=_key(rng),
        kind=MaterialKind.NOTE,
        title="Covering note",
        note=f"The secretariat of the {profile.process.short_name} sends what it has at hand; the "
        "questionnaire itself cannot be completed before the next plenary meeting.",
        added_at=at + timedelta(minutes=rng.randint(20, 29)),
    )


def _key(rng: Random) -> str:
    return f"{rng.getrandbits(128):032x}"


@contextmanager
def stored_files(
    storage: Storage, planned: Mapping[str, tuple[PlannedMaterial, ...]]
) -> Iterator[Mapping[str, Stored]]:
    """Keep the files while the block runs, and for good unless it fails; by key of the material."""
    kept: dict[str, Stored] = {}
    try:
        for materials in planned.values():
            for material in materials:
                if material.document is not None:
                    stream = BytesIO(material.document.content)
                    kept[material.key] = storage.put(stream, max_bytes=LARGEST)
        yield kept
    except BaseException:
        for stored in kept.values():
            storage.delete(stored.key)
        raise


def material_row(
    material: PlannedMaterial, stored: Stored | None, *, invitation_id: int
) -> dict[str, object]:
    """The row of a material."""
    document = material.document
    return {
        "key": material.key,
        "invitation_id": invitation_id,
        "kind": material.kind,
        "title": material.title,
        "note": material.note,
        "url": material.url,
        "file_name": document.file_name if document else "",
        "media_type": document.media_type if document else "",
        "size": stored.size if stored else 0,
        "sha256": stored.sha256 if stored else None,
        "storage_key": stored.key if stored else None,
        "questions": list(material.questions),
        "added_by": "analyst" if material.by_analyst else "focal point",
        "by_analyst": material.by_analyst,
        "added_at": material.added_at,
        "removed_at": None,
    }
