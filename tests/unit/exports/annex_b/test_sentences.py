"""Sentences written from outcomes: their grammar for none, one, two and many."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.annex_b.frame import Band, Frame
from exports.annex_b.sentences import bias, joined, out_of, received, round_rates, with_article
from exports.records import Invited
from questionnaires.outcomes import Outcome, Progress
from tests.unit.exports.rounds import paper_round


def invited(*outcomes: Outcome | None, names: Sequence[str] = "ABCDEFGHIJ") -> list[Invited]:
    return [
        Invited(
            key=name,
            short_name=name,
            official_name=name,
            outcome=outcome,
            progress=Progress.INVITED,
        )
        for name, outcome in zip(names, outcomes, strict=False)
    ]


def test_the_sentence_of_endnote_ii_is_that_of_the_paper() -> None:
    assert received(paper_round().invited) == (
        "Completed questionnaires were received from IGC, MIDSA, the Colombo Process, the Bali "
        "Process, the Söderköping Process, the Budapest Process, MTM, SACM and APC; responsive "
        "materials (but not questionnaires) were received from RCM and MIDWA; and no response was "
        "received from the 5+5 Dialogue."
    )


DONE, NONE = Outcome.COMPLETED, Outcome.NO_RESPONSE


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ((), "Nobody was invited."),
        ((DONE,), "A completed questionnaire was received from A."),
        ((DONE, DONE), "Completed questionnaires were received from A and B."),
        ((DONE, DONE, DONE), "Completed questionnaires were received from A, B and C."),
        (
            (NONE,),
            "No completed questionnaire was received; and no response was received from A.",
        ),
        (
            (DONE, Outcome.MATERIALS_ONLY, NONE, NONE),
            (
                "A completed questionnaire was received from A; responsive materials (but not a "
                "questionnaire) were received from B; and no response was received from C and D."
            ),
        ),
        (
            (Outcome.PARTIAL, Outcome.LATE, Outcome.BROKEN_OFF),
            (
                "No completed questionnaire was received; a partial questionnaire was received "
                "from A; a questionnaire came after the freeze from B; and a questionnaire was "
                "begun but not returned by C."
            ),
        ),
        (
            (DONE, Outcome.DECLINED, Outcome.DECLINED, Outcome.UNDELIVERED),
            (
                "A completed questionnaire was received from A; B and C declined to answer; and "
                "the invitation could not be delivered to D."
            ),
        ),
        (
            (DONE, None, None),
            (
                "A completed questionnaire was received from A; and no return has been received "
                "so far from B and C."
            ),
        ),
        (
            (DONE, Outcome.INELIGIBLE),
            (
                "A completed questionnaire was received from A. B was not eligible and left out of "
                "the rates."
            ),
        ),
        (
            (DONE, Outcome.INELIGIBLE, Outcome.INELIGIBLE),
            (
                "A completed questionnaire was received from A. B and C were not eligible and left "
                "out of the rates."
            ),
        ),
    ],
)
def test_the_sentence_reads_well(outcomes: tuple[Outcome | None, ...], sentence: str) -> None:
    assert received(invited(*outcomes)) == sentence


@given(st.lists(st.sampled_from([*Outcome, None]), min_size=1, max_size=10))
def test_everyone_invited_is_named_once(outcomes: list[Outcome | None]) -> None:
    sentence = received(invited(*outcomes))

    words = sentence.replace(",", " ").replace(";", " ").replace(".", " ").split()
    named = sum(words.count(name) for name in "ABCDEFGHIJ"[: len(outcomes)])
    articles = words.count("A") - (
        outcomes[0] is not None and words[0] == "A" and words[1] != "was"
    )
    begins_with_article = words[0] == "A" and words[1] == "completed"
    assert named - begins_with_article == len(outcomes)
    assert articles >= 1
    assert ";;" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Bali Process", "the Bali Process"),
        ("5+5 Dialogue", "the 5+5 Dialogue"),
        ("Ministry of Labour", "the Ministry of Labour"),
        ("The Hague Process", "The Hague Process"),
        ("MIDSA", "MIDSA"),
        ("", ""),
    ],
)
def test_names_take_the_article_where_english_does(name: str, written: str) -> None:
    assert with_article(name) == written


def test_lists_are_joined_as_in_a_sentence() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_rate_is_always_told_with_its_base() -> None:
    assert out_of(9, 12) == "9/12 = 75.0 %"
    assert out_of(0, 0) == "0/0 = –"


def test_the_bias_of_the_paper_sits_in_one_group() -> None:
    words = bias(Frame(paper_round()).bands)

    assert "Migration and development as a thematic priority: 3/6 = 50.0 %" in words
    assert "All the non-completion (3 of 12) sits in the group «Migration and development" in words


def bands(*groups: tuple[Outcome | None, ...]) -> list[Band]:
    return [
        Band(str(place), f"Group {place}", tuple(invited(*outcomes)))
        for place, outcomes in enumerate(groups)
    ]


@pytest.mark.parametrize(
    ("groups", "ending"),
    [
        (
            ((DONE, DONE), (DONE,)),
            "Everyone eligible completed the questionnaire, so no group is missing.",
        ),
        (((DONE, NONE), (DONE, NONE)), "Completion is the same in every group."),
        (((DONE, NONE), ()), "There is one group only, so a bias between groups cannot be seen."),
        (((Outcome.INELIGIBLE,),), "Nobody is eligible, so nothing can be said of a bias."),
        (
            ((DONE, NONE), (NONE, NONE), (DONE, DONE, NONE)),
            (
                "Completion is lowest in the group «Group 1» and highest in «Group 2»: totals over "
                "all groups lean towards the latter."
            ),
        ),
    ],
)
def test_the_bias_is_told_in_words(
    groups: tuple[tuple[Outcome | None, ...], ...], ending: str
) -> None:
    assert bias(bands(*groups)).endswith(ending)


def test_who_has_no_outcome_yet_is_in_the_base_of_the_rates() -> None:
    rated = round_rates(invited(DONE, None, Outcome.INELIGIBLE))

    assert (rated.completed, rated.eligible, rated.invited) == (1, 2, 3)
