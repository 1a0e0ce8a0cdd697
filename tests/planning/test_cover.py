"""The smallest group that covers what is needed, held against trying everything."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.planning.cover import Answer, Cover, Option, Task

NEEDS = 5
PATIENCE = 5.0
"""Seconds, on a busy machine; alone it is a tenth of that (`python -m tests.bench crew`)."""
PRICES = st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(0, 3))


def options(number: int) -> st.SearchStrategy[Option]:
    return st.builds(Option, st.just(number), st.integers(0, 2**NEEDS - 1), PRICES)


def people(most: int) -> st.SearchStrategy[tuple[Option, ...]]:
    return st.integers(0, most).flatmap(lambda count: st.tuples(*[options(number) for number in range(count)]))


def tasks(most: int) -> st.SearchStrategy[Task]:
    weights = st.tuples(*[st.integers(1, 3)] * NEEDS)
    return st.builds(Task, people(most), weights, st.integers(0, 2), st.integers(2, 4))


def every_group(task: Task) -> Iterator[Answer]:
    for size in range(task.most + 1):
        for group in combinations(task.options, size):
            covered = 0
            for one in group:
                covered |= one.covers
            missed = sum(weight for need, weight in enumerate(task.weights) if not covered >> need & 1)
            price = tuple(sum(one.price[term] for one in group) for term in range(3))
            numbers = tuple(one.number for one in group)
            yield Answer(missed, max(0, task.least - size), numbers, price)  # type: ignore[arg-type]


@given(tasks(7), st.none() | st.integers(0, 12))
@settings(max_examples=400, deadline=None)
def test_one_team_is_as_good_as_the_best_of_all_groups(task: Task, cap: int | None) -> None:
    found = Cover(task, cap).answer()
    affordable = (one for one in every_group(task) if cap is None or one.price[0] <= cap)
    assert found.worth == min(one.worth for one in affordable)
    assert found in list(every_group(task))
    assert found.proven


def test_nobody_to_choose_from_is_an_empty_team() -> None:
    assert Cover(Task((), (1, 1), 2)).answer() == Answer(2, 2, (), (0, 0, 0))


def test_the_answer_does_not_hang_on_the_order_in_which_people_are_listed() -> None:
    everybody = [Option(number, 1 << number % 4 | 1, (5, 0, number % 3)) for number in range(20)]
    turned = Task(tuple(reversed(everybody)), (1,) * 4, 2)
    assert Cover(turned).answer() == Cover(Task(tuple(everybody), (1,) * 4, 2)).answer()


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2, 0.35])
def test_two_hundred_people_and_twenty_needs_are_solved_within_a_few_seconds(share: float) -> None:
    dice = random.Random(share)
    everybody = tuple(
        Option(
            number,
            sum(1 << need for need in range(20) if dice.random() < share),
            (dice.choice((0, 900, 1200)), dice.random() < 0.2, dice.randint(0, 30)),
        )
        for number in range(200)
    )
    start = time.perf_counter()
    found = Cover(Task(everybody, tuple(dice.randint(1, 6) for _ in range(20)), 2, 5)).answer()
    took = time.perf_counter() - start
    assert found.proven
    assert took < PATIENCE
