"""The topics of a gathering tell of many companies together and of none by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.cohort.topics import MAX_TOPICS, MIN_GROUP, OwnerGaps, Topic, Topics, shared_topics


def owners(count: int, *topics: str, first: int = 0) -> list[OwnerGaps]:
    return [OwnerGaps(f"o{number}", frozenset(topics)) for number in range(first, first + count)]


def test_the_most_shared_gap_comes_first_and_alike_ones_by_id() -> None:
    # 14 owners: a and b with 6 each, c with 8, which is 14 - 6 and so told as "or more"
    present = [*owners(6, "a", "c"), *owners(6, "b", first=6), *owners(2, "c", first=12)]

    assert shared_topics(present) == Topics(
        14, (Topic("c", 8, or_more=True), Topic("a", 6, or_more=False), Topic("b", 6, or_more=False))
    )


def test_a_gap_of_five_is_not_told_since_each_of_them_would_know_of_four() -> None:
    present = [*owners(5, "few", "x"), *owners(6, "many", "x", first=5), *owners(5, "x", first=11)]

    # 16 owners: many has 6; few has 5; x has all, told as 10 or more; 5 are left over with few: so many
    # goes too, or the rest would be known to be 5
    assert shared_topics(present).topics == (Topic("x", 10, or_more=True),)


def test_that_nearly_all_have_a_gap_is_told_without_telling_who_has_not() -> None:
    told = {
        shared_topics([*owners(count, "x"), *owners(12 - count, first=count)]).topics
        for count in range(7, 13)
    }

    assert told == {(Topic("x", 6, or_more=True),)}


def test_topics_that_nearly_all_have_stand_by_id_and_not_by_how_many() -> None:
    present = [*owners(11, "b", "a"), *owners(1, "b", first=11)]

    assert [topic.topic for topic in shared_topics(present).topics] == ["a", "b"]


@pytest.mark.parametrize("count", range(12))
def test_of_fewer_than_twelve_owners_nothing_is_told(count: int) -> None:
    assert shared_topics(owners(count, "x")) == Topics(count, ())


def test_people_of_one_owner_count_once_with_all_their_gaps() -> None:
    present = [*owners(12, "x"), *owners(12, "y"), *owners(12, "x")]

    assert shared_topics(present) == Topics(12, (Topic("x", 6, or_more=True), Topic("y", 6, or_more=True)))


def test_at_most_ten_topics_are_told() -> None:
    topics = [f"t{number:02}" for number in range(14)]

    found = shared_topics([*owners(6, *topics), *owners(6, first=6)])

    assert [topic.topic for topic in found.topics] == topics[:MAX_TOPICS]


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=3), max_size=30))
def test_no_cell_of_one_to_five_is_told_or_left_over(held: list[frozenset[str]]) -> None:
    found = shared_topics(OwnerGaps(f"o{at}", topics) for at, topics in enumerate(held))

    told = {topic.topic for topic in found.topics}
    rest = sum(len(topics - told) for topics in held)
    assert all(MIN_GROUP <= topic.owners <= len(held) - MIN_GROUP for topic in found.topics)
    assert not told or rest == 0 or rest >= MIN_GROUP
    assert found == shared_topics(OwnerGaps(f"o{at}", topics) for at, topics in reversed([*enumerate(held)]))
