"""Two colleagues and one draft: nobody replaces or publishes a file that they have not seen."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest
from sqlmodel import select

from app.accounts.models import Role
from app.accounts.service import add_user
from app.bootstrap import Services
from app.errors import AppError, Conflict, NotFound
from app.questionnaires.models import Publication, QuestionnaireDraft
from app.questionnaires.service.keep import discard_draft, keep_draft, replace_draft
from app.questionnaires.service.publish import publish_draft
from app.questionnaires.uploads import read_upload
from tests.fixtures.organiser import PASSWORD
from tests.fixtures.questionnaires import NEXT

MINE = read_upload("mine.yaml", NEXT.encode())
THEIRS = read_upload("theirs.yaml", NEXT.encode())


@pytest.fixture
def draft_id(services: Services) -> int:
    with services.database.write() as session:
        user = add_user(
            session,
            email="author@example.org",
            name="Author",
            password=PASSWORD,
            role=Role.ORGANISER,
            survey_id=None,
            clock=services.clock,
        )
        draft = keep_draft(
            session,
            uploaded=MINE,
            user_id=user.id or 0,
            actor="user:1",
            clock=services.clock,
        )
        return draft.id or 0


def replace(services: Services, draft_id: int) -> AppError | None:
    """Upload a file in the place of the first; the refusal, if there is one."""
    try:
        with services.database.write() as session:
            replace_draft(
                session,
                draft_id=draft_id,
                uploaded=THEIRS,
                seen=1,
                actor="user:1",
                clock=services.clock,
            )
    except AppError as error:
        return error
    return None


def publish(services: Services, draft_id: int) -> AppError | None:
    """Publish the first file; the refusal, if there is one."""
    try:
        with services.database.write() as session:
            publish_draft(
                session,
                draft_id=draft_id,
                seen=1,
                notes="New.",
                catalogue=services.catalogue,
                user_id=1,
                actor="user:1",
                clock=services.clock,
                storage=services.storage,
            )
    except AppError as error:
        return error
    return None


@pytest.mark.parametrize("act", [replace, publish])
def test_file_that_is_replaced_at_the_same_moment_is_neither_replaced_nor_published(
    services: Services, draft_id: int, act: object
) -> None:
    assert callable(act)
    begun = Event()

    def second() -> AppError | None:
        begun.set()
        refused: AppError | None = act(services, draft_id)
        return refused

    with ThreadPoolExecutor() as pool:
        with services.database.write() as session:
            replace_draft(
                session,
                draft_id=draft_id,
                uploaded=THEIRS,
                seen=1,
                actor="user:1",
                clock=services.clock,
            )
            waiting = pool.submit(second)
            begun.wait()
            # Time to read the draft while it is held; what does not wait would act on that.
            wait([waiting], timeout=0.3)
        refusal = waiting.result()

    assert isinstance(refusal, Conflict)
    with services.database.read() as session:
        assert session.exec(select(QuestionnaireDraft.revision)).one() == 2
        assert session.exec(select(Publication)).first() is None


def test_draft_is_published_once(services: Services, draft_id: int) -> None:
    with ThreadPoolExecutor() as pool:
        outcomes = list(pool.map(lambda _: publish(services, draft_id), range(2)))

    assert [one for one in outcomes if one is None] == [None]
    assert any(isinstance(one, NotFound) for one in outcomes)


def test_draft_that_was_discarded_cannot_be_replaced(services: Services, draft_id: int) -> None:
    with services.database.write() as session:
        discard_draft(session, draft_id=draft_id, seen=1, actor="user:1", clock=services.clock)

    assert isinstance(replace(services, draft_id), NotFound)
