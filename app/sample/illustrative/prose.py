"""Sentences as a secretariat would write them, put together from parts."""

from collections.abc import Mapping, Sequence
from random import Random

from app.sample.illustrative.names import BODIES, CITIES, ORGANISATIONS, STATES

FOUNDING = (
    (
        "The process goes back to a meeting of senior officials in {city} in {year}, called "
        "after a sudden rise in arrivals in the area of the {body}."
    ),
    (
        "It was founded in {city} in {year}, when {state} and {state2} found that their new "
        "rules on entry could not work without each other."
    ),
    (
        "A ministerial conference in {city} ({year}) asked for a standing exchange among "
        "participating States. The first technical meeting followed within the year."
    ),
)
CAUSES = (
    "A sudden rise in arrivals in the area of the {body}.",
    "{state} and {state2} found that their new rules on entry could not work without each other.",
    "A ministerial conference asked for a standing exchange among participating States.",
)
PASSAGES = (
    (
        "“Participating States recognise that orderly migration contributes to the development "
        "of countries of origin and of destination alike.” ({city} Declaration, {year}, "
        "paragraph 4)"
    ),
    (
        "“The process shall further the understanding of the links between migration and "
        "development and shall consider them at each plenary meeting.” (Terms of Reference, "
        "{year}, article 2)"
    ),
    (
        "“To maximise the benefits of labour mobility for development” is one of five objectives "
        "in the founding communiqué of {city} ({year})."
    ),
)
PRACTICES = (
    (
        "Each chair hands over a list of focal points in every ministry concerned, with the "
        "questions they deal with. {state} reported that this cut the time to prepare a meeting "
        "by half.\n\nThe list is checked twice a year by the secretariat and is open to all "
        "participating States."
    ),
    (
        "A joint help desk for migrants leaving for work abroad was tried in {state} and "
        "{state2}. It gives advice on contracts, on sending money home and on return. An "
        "evaluation by the {organisation} found that two in three users would not have known "
        "their rights otherwise."
    ),
    (
        "Before each plenary the ministries responsible for development meet their colleagues "
        "from the interior for half a day. What they agree on becomes the first item of the "
        "agenda."
    ),
    (
        "Small grants for associations of the diaspora, matched by local authorities in {state}. "
        "After three years 41 projects had been paid for, most of them wells, schools and "
        "clinics."
    ),
)
LINK_DETAILS = (
    (
        "The chair reported to the Global Forum on the results of the {city} workshop, and its "
        "conclusions were put on the work plan of the following year."
    ),
    (
        "A focal point was named in the secretariat; {state} and {state2} take part in the Forum "
        "themselves and report back to the process."
    ),
    "Follow-up of the inter-regional action plan is a standing item of the meetings of experts.",
)
OTHERS = (
    "Exchange of officials between border posts",
    "Registration of births among migrant families",
    "Recognition of skills of returning workers",
    "Seasonal work in fisheries",
    "Recruitment fees",
    "Consular cooperation",
)
EVENTS = (
    "Workshop on remittances in {city}",
    "Meeting of experts on return in {city}",
    "Plenary meeting in {city}",
    "Seminar on labour migration in {city}",
)
TOPICS = (
    "data collection",
    "setting up a secretariat",
    "return and reintegration",
    "remittances and the cost of sending them",
    "protection of migrant workers",
    "free movement of persons",
    "fighting trafficking in persons",
    "recognition of qualifications",
)
OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "declaration": ("{city} Declaration on migration and development", "{city} Communiqué"),
    "recommendation": (
        "Recommendations on the cost of remittances",
        "Recommendations on recruitment fees",
    ),
    "plan_of_action": ("Plan of action on labour mobility", "{city} Plan of Action"),
    "workshop": (
        "Workshop on diaspora investment, {city}",
        "Workshop on the portability of pensions, {city}",
        "Seminar on the return of skilled workers, {city}",
    ),
    "study": (
        "Study on the return of skilled workers",
        "Audit of migration in poverty-reduction strategies",
    ),
    "database": ("Database of bilateral labour agreements", "Statistics of seasonal work"),
    "training": ("Training of labour attachés", "Course for consular staff, {city}"),
    "pilot": ("Pilot project on portable pensions", "Pilot help desk in {city}"),
}
"""Titles by kind of output."""
COMMENTS = (
    "Agreed with the chair in office.",
    "Not all participating States hold the same view on this.",
    "This has changed since the last plenary; a written note can be sent.",
    "Figures are those of the end of last year.",
    "See also the documents attached.",
    "The answer covers the technical meetings only.",
)
SOURCES = (
    "Minutes of the plenary meeting",
    "Records of the secretariat",
    "Terms of Reference, article 3",
    "Annual report of the chair",
    "Communication from a participating State",
    "Evaluation by the {organisation}",
)
REASONS = (
    "The secretariat has one member of staff, who cannot answer before the plenary meeting.",
    "Participating States decided not to answer questionnaires in the name of the process.",
    "The mandate does not cover the subject of this survey.",
)
REMARKS = (
    "The process keeps the matter under review and reports on it at each plenary meeting.",
    "There is no common position. {state} has offered to prepare a paper.",
    "Work began after the meeting in {city} and continues in a group of experts.",
)


def written(rng: Random, templates: Sequence[str], *, year: int = 2000) -> str:
    """One of some templates with its gaps filled."""
    state, second = rng.sample(STATES, 2)
    return rng.choice(templates).format(
        city=rng.choice(CITIES),
        state=state,
        state2=second,
        body=rng.choice(BODIES),
        organisation=rng.choice(ORGANISATIONS),
        year=year,
    )
