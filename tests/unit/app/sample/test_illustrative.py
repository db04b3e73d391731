"""The invented world: no process twice, no outcome lost, no name of the real world."""

from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sample.illustrative.documents import MAKERS
from app.sample.illustrative.names import MOST_PROCESSES, processes
from app.sample.illustrative.plan import ROUNDS, plan_fates, share_out
from app.sample.illustrative.profile import GROUPS, in_next_round, profile_of
from questionnaires.outcomes import Outcome


@given(st.integers())
@settings(max_examples=10)
def test_processes_never_repeat(seed: int) -> None:
    made = list(processes(seed))

    assert len(made) == MOST_PROCESSES
    assert len({one.key for one in made}) == MOST_PROCESSES
    assert len({one.short_name for one in made}) == MOST_PROCESSES


@given(st.integers())
@settings(max_examples=10)
def test_keys_are_as_the_registry_wants_them(seed: int) -> None:
    for one in islice(processes(seed), 50):
        assert one.key.startswith("ill-")
        assert len(one.key) <= 64
        assert one.key == one.key.lower()


@given(st.integers(0, 400))
def test_outcomes_are_shared_out_without_a_rest(count: int) -> None:
    outcomes = share_out(count)

    assert len(outcomes) == count
    assert count < 18 or set(outcomes) == set(Outcome)


@given(st.integers(), st.integers(1, 40))
@settings(max_examples=25)
def test_dates_of_a_fate_follow_each_other(seed: int, count: int) -> None:
    profiles = [profile_of(one, seed) for one in islice(processes(seed), count)]

    for round_ in ROUNDS:
        fates = plan_fates(round_, profiles, seed=seed, before={})
        assert len(fates) == count
        for fate in fates.values():
            moments = [fate.opened_at, *fate.sittings, fate.returned_at]
            known = [moment for moment in moments if moment is not None]
            assert known == sorted(known)
            assert all(moment >= round_.opened_at for moment in known)
            late = fate.returned_at is not None and fate.returned_at > round_.closed_at
            assert late == (fate.outcome is Outcome.LATE)


@given(st.integers())
def test_profile_lasts_but_for_its_group(seed: int) -> None:
    before = profile_of(next(processes(seed)), seed)

    after = in_next_round(before)

    assert after.group in GROUPS
    assert (after.founded, after.resources, after.process) == (
        before.founded,
        before.resources,
        before.process,
    )


def test_documents_say_that_they_are_invented() -> None:
    for make in MAKERS.values():
        document = make("Process of the Seven (7) Lanterns", 2024)

        assert b"invented for a demonstration" in document.content
        assert "2024" in document.file_name
