"""Load the illustrative sample: invented processes, two closed rounds, and all that is in them."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from app.audit.queries import list_entries
from app.audit.service import record
from app.errors import Conflict
from app.rounds.definitions import store_definition
from app.rounds.models import Round, Survey
from app.sample.illustrative.chance import chance
from app.sample.illustrative.imagination import ImaginedRound, imagine_round
from app.sample.illustrative.materials import stored_files
from app.sample.illustrative.plan import ROUNDS, ZONE
from app.sample.illustrative.round_rows import RoundWriter
from app.sample.illustrative.world import enter_world, imagine_world
from app.sample.loaded import ACTOR, Loaded, SampleServices

SAMPLE = "illustrative"
SUBJECT = f"sample:{SAMPLE}"
QUESTIONNAIRE = "rcp-migration-development"
VERSION = "2007"
NOTICE = (
    "Fictional: every process, person, answer and document in this survey was invented to show "
    "what the service does. Nothing in it is about the real world."
)
SELECTION_NOTE = "All processes of an invented world were invited."


def load_illustrative(services: SampleServices, *, respondents: int = 40, seed: int = 7) -> Loaded:
    """Load two closed rounds of invented processes, the same for the same seed.

    All of it or, on any fault, nothing. Loading the same again changes nothing; ``Conflict`` says
    so where another number or seed was loaded before.
    """
    asked = {"respondents": str(respondents), "seed": str(seed)}
    slugs = tuple(plan.slug for plan in ROUNDS)
    with services.database.read() as session:
        if _is_loaded(session, asked):
            return Loaded(sample=SAMPLE, rounds=slugs, already=True)
    world = imagine_world(respondents=respondents, seed=seed)
    catalogue = services.catalogue
    newest = catalogue.newest_published(QUESTIONNAIRE)
    first = imagine_round(
        ROUNDS[0], world.first, catalogue.get(QUESTIONNAIRE, VERSION), seed=seed, before={}
    )
    second = imagine_round(ROUNDS[1], world.second, newest, seed=seed, before=first.outcomes)
    planned = {
        f"{round_.plan.number}/{one.key}": one.materials
        for round_ in (first, second)
        for one in round_.returns
    }
    with stored_files(services.storage, planned) as files, services.database.write() as session:
        # If somebody else loads it meanwhile, the files just stored belong to nobody.
        if _has_survey(session):
            for stored in files.values():
                services.storage.delete(stored.key)
        if _is_loaded(session, asked):
            return Loaded(sample=SAMPLE, rounds=slugs, already=True)
        ids = enter_world(session, world, clock=services.clock)
        survey = _add_survey(session, services)
        writers = []
        previous: Round | None = None
        for imagined in (first, second):
            round_ = _add_round(session, survey, imagined, previous, services)
            writer = RoundWriter(session, imagined, round_, chance(seed, round_.slug))
            writer.write(ids, files)
            writers.append(writer)
            previous = round_
        loaded = Loaded(
            sample=SAMPLE,
            rounds=slugs,
            already=False,
            respondents=len(world.processes),
            answers=sum(writer.answers for writer in writers),
            statements=sum(writer.statements for writer in writers),
            codings=sum(writer.codings for writer in writers),
            materials=sum(writer.materials for writer in writers),
        )
        record(
            session,
            clock=services.clock,
            actor=ACTOR,
            action="sample.loaded",
            subject=SUBJECT,
            details=asked,
        )
    return loaded


def _has_survey(session: Session) -> bool:
    return session.exec(select(Survey.id).where(col(Survey.slug) == SAMPLE)).first() is not None


def _is_loaded(session: Session, asked: Mapping[str, str]) -> bool:
    """Whether the sample is there as it is asked for; raises ``Conflict`` if it is another."""
    if not _has_survey(session):
        return False
    loaded = next((entry.details for entry in list_entries(session, subject=SUBJECT)), asked)
    if loaded == asked:
        return True
    raise Conflict(
        f"The sample {SAMPLE} is already loaded, with {loaded['respondents']} respondents and seed "
        f"{loaded['seed']}.",
        mend="Load another one into an empty database.",
    )


def _add_survey(session: Session, services: SampleServices) -> Survey:
    survey = Survey(
        slug=SAMPLE,
        title="Illustrative survey of invented processes",
        organiser="Nobody: this survey is fictional",
        questionnaire=QUESTIONNAIRE,
        time_zone=ZONE.key,
        disclaimer=NOTICE,
        selection_note=SELECTION_NOTE,
        fictional=True,
        created_at=services.clock.now(),
    )
    session.add(survey)
    session.flush()
    return survey


def _add_round(
    session: Session,
    survey: Survey,
    imagined: ImaginedRound,
    previous: Round | None,
    services: SampleServices,
) -> Round:
    version = store_definition(session, imagined.definition, clock=services.clock)
    plan = imagined.plan
    round_ = Round(
        survey_id=survey.id or 0,
        version_id=version.id or 0,
        previous_id=previous.id if previous is not None else None,
        slug=plan.slug,
        title=plan.title,
        notice=NOTICE,
        time_zone=ZONE.key,
        opened_at=plan.opened_at,
        due_at=plan.due_at,
        closed_at=plan.closed_at,
        created_at=services.clock.now(),
    )
    session.add(round_)
    session.flush()
    return round_
