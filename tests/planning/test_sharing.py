"""Several teams at once, held against trying everything, and answered in time when many want the same few."""

from __future__ import annotations

import random
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.test_cover import every_group, people
from zhaoshang_desktop.planning.cover import Answer, Option, Task
from zhaoshang_desktop.planning.sharing import share_out

PATIENCE = 20.0
"""Seconds, on a busy machine; alone it is a tenth of that."""


def total(answers: tuple[Answer, ...]) -> tuple[int, ...]:
    sums = [(one.missed, one.short, len(one.people), *one.price) for one in answers]
    return tuple(map(sum, zip(*sums, strict=True)))


def is_parted(answers: tuple[Answer, ...]) -> bool:
    everybody = [number for answer in answers for number in answer.people]
    return len(everybody) == len(set(everybody))


@given(people(5), people(5), st.none() | st.integers(0, 14), st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_two_teams_are_as_good_as_the_best_of_all_pairs(
    first: tuple[Option, ...], second: tuple[Option, ...], limit: int | None, least: int
) -> None:
    both = [Task(first, (1, 2, 1, 3, 1), least, 3), Task(second, (2, 1, 1, 1, 1), least, 3)]
    found = share_out(both, limit)
    apart = [
        pair
        for pair in product(*map(every_group, both))
        if not set(pair[0].people) & set(pair[1].people)
        and (limit is None or pair[0].price[0] + pair[1].price[0] <= limit)
    ]
    assert total(found) == min(map(total, apart))
    assert is_parted(found)


@given(st.lists(people(3), min_size=3, max_size=3), st.none() | st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_three_teams_are_as_good_as_the_best_of_all_threes(
    everybody: list[tuple[Option, ...]], limit: int | None
) -> None:
    tasks = [Task(options, (1, 2, 1, 3, 1), 1, 2) for options in everybody]
    found = share_out(tasks, limit)
    threes = [
        three
        for three in product(*map(every_group, tasks))
        if is_parted(three) and (limit is None or sum(one.price[0] for one in three) <= limit)
    ]
    assert total(found) == min(map(total, threes))
    assert is_parted(found)


def test_no_team_at_all_is_no_answer() -> None:
    assert share_out([]) == ()


@pytest.mark.parametrize("limit", [None, 2000])
def test_eight_teams_that_all_want_the_same_few_are_answered_soon(limit: int | None) -> None:
    dice = random.Random(8)
    everybody = tuple(
        Option(
            number,
            sum(1 << need for need in range(10) if dice.random() < 0.3),
            (dice.choice((100, 120, 150)), int(dice.random() < 0.2), dice.randint(0, 9)),
        )
        for number in range(60)
    )
    start = time.perf_counter()
    found = share_out([Task(everybody, (1, 2, 3, 1, 2) * 2, 2, 5)] * 8, limit)
    assert time.perf_counter() - start < PATIENCE
    assert is_parted(found)
    assert not any(one.proven for one in found)
    assert limit is None or sum(one.price[0] for one in found) <= limit
    if limit is None:
        assert all(one.missed == 0 for one in found)


def test_who_waits_hears_how_far_it_is_and_may_stop_it() -> None:
    heard: list[int] = []

    def enough(tried: int) -> None:
        heard.append(tried)
        if tried == 3:
            raise TimeoutError

    task = Task(tuple(Option(number, 1 << number % 4, (100, 0, 0)) for number in range(8)), (1, 1, 1, 1), 2, 5)
    with pytest.raises(TimeoutError):
        share_out([task] * 6, told=enough)
    assert heard == [0, 1, 2, 3]
