"""The invented world of the illustrative sample: processes, States, places, bodies.

Everything here must be impossible to take for real: no name of an existing State, region,
organisation or process.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from app.sample.illustrative.chance import chance

FORMS = (
    ("Process", "Process"),
    ("Dialogue", "Dialogue"),
    ("Consultations", "Intergovernmental Consultations"),
    ("Forum", "Ministerial Forum"),
    ("Conference", "Regional Conference"),
    ("Round Table", "Senior Officials' Round Table"),
)
NUMBERS = (
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
)
THINGS = (
    "Lanterns",
    "Paper Boats",
    "Clockwork Owls",
    "Copper Kettles",
    "Glass Umbrellas",
    "Patient Tortoises",
    "Silver Teaspoons",
    "Velvet Curtains",
    "Marzipan Towers",
    "Wandering Clouds",
    "Brass Compasses",
    "Sleeping Dragons",
    "Borrowed Hats",
    "Talking Gates",
    "Feather Pens",
    "Moonlit Ladders",
    "Woollen Bridges",
    "Singing Anchors",
)
REGIONS = (
    "the Teapot Basin",
    "Upper Marzipan",
    "the Isles of Quill",
    "the Velvet Archipelago",
    "the Clockwork Highlands",
    "the Paper Coast",
)
STATES = (
    "Marzipania",
    "Lanternia",
    "Quillmark",
    "Teaspoonia",
    "Velvetland",
    "Brassonia",
    "Thimble Islands",
    "Kettlestan",
    "Umbrellia",
    "Feathergard",
    "Clockhaven",
    "Gingerbread Republic",
    "Upper Button",
    "Lower Button",
    "Inkwell Federation",
    "Paperclip Isles",
    "Cobblemere",
    "Sundialia",
)
CITIES = (
    "Port Nutmeg",
    "Old Samovar",
    "Candlewick",
    "Button-on-Sea",
    "Great Inkpot",
    "Saint Thimble",
    "New Parasol",
    "Kettlebridge",
)
BODIES = (
    "Union of the Long Table",
    "Teapot Basin Customs Arrangement",
    "Community of the Painted Boats",
    "Velvet Trade Area",
    "Clockwork Free Movement Pact",
)
ORGANISATIONS = (
    "World Bureau of Lighthouses",
    "Institute of Imaginary Statistics",
    "Academy of the Paper Moon",
    "Centre for Invisible Borders",
)
ARABIC_NAME = "عملية الفوانيس المتخيلة"
"""«Process of the imagined lanterns»: a further name in a script that runs from right to left."""


@dataclass(frozen=True, slots=True)
class Process:
    """One invented process."""

    key: str
    short_name: str
    official_name: str
    region: str


def processes(seed: int) -> Iterator[Process]:
    """Invented processes without a repetition, the same for the same seed."""
    rng = chance(seed, "processes")
    pairs = list(product(NUMBERS, THINGS))
    rng.shuffle(pairs)
    for round_ in range(len(FORMS)):
        for at, (number, thing) in enumerate(pairs):
            short_form, long_form = FORMS[(at + round_) % len(FORMS)]
            region = rng.choice(REGIONS)
            yield Process(
                key=f"ill {short_form} {number} {thing}".lower().replace(" ", "-"),
                short_name=f"{number} {thing} {short_form}",
                official_name=f"{long_form} of the {number} {thing} on Migration in {region}",
                region=region.removeprefix("the "),
            )


MOST_PROCESSES = len(FORMS) * len(NUMBERS) * len(THINGS)
