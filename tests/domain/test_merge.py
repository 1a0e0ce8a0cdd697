"""What becomes of a field that two sides changed apart from each other."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.merge import Fate, joined, lists_of, raw_apart, raw_together, three_way
from zhaoshang_desktop.domain.visit import Visit

LISTS = frozenset({"tags"})


def tags(*names: str) -> str | None:
    return json.dumps(list(names), ensure_ascii=False, separators=(",", ":")) if names else None


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "fate", "value"),
    [
        ("旧", "新", "旧", Fate.TAKEN, "新"),
        ("旧", None, "旧", Fate.TAKEN, None),
        (None, "新", None, Fate.TAKEN, "新"),
        ("旧", "新", "新", Fate.SAME, "新"),
        ("旧", None, None, Fate.SAME, None),
        ("旧", "新", "另一个", Fate.CONFLICT, "另一个"),
        ("旧", None, "另一个", Fate.CONFLICT, "另一个"),
        ("旧", "新", None, Fate.CONFLICT, None),
        ([1, "CNY"], [2, "CNY"], [1, "USD"], Fate.CONFLICT, [1, "USD"]),
    ],
)
def test_a_field_is_taken_the_same_or_to_be_chosen(base: Any, theirs: Any, ours: Any, fate: Fate, value: Any) -> None:
    sides = [{"note": side} if side is not None else {} for side in (base, theirs, ours)]
    decision = three_way(*sides)["note"]
    assert (decision.fate, decision.value) == (fate, value)


def test_what_they_did_not_change_is_left_to_us() -> None:
    assert three_way({"note": "旧", "name": "青禾"}, {"note": "旧", "name": "青禾"}, {"note": "新"}) == {}


def test_lists_keep_what_either_side_put_in_and_lose_what_either_took_out() -> None:
    decision = three_way(
        {"tags": tags("重点", "外贸")}, {"tags": tags("重点", "外贸", "上市")}, {"tags": tags("重点", "苏商")}, LISTS
    )["tags"]
    assert decision.fate is Fate.JOINED
    assert decision.value == tags("重点", "上市", "苏商")
    assert joined(tags("甲"), None, tags("甲", "乙")) == tags("乙")
    assert joined(tags("甲"), None, tags("甲")) is None


def test_the_lists_of_a_record_are_what_holds_several_values() -> None:
    assert lists_of(Investor) == {"tags", "former_names", "honours"}
    assert lists_of(Visit) == {"contacts", "members", "apart"}


some_tags = st.lists(st.sampled_from("甲乙丙丁"), unique=True).map(lambda names: tags(*names))
some_fields = st.fixed_dictionaries(
    {"note": st.sampled_from([None, "一", "二", "三"]), "tags": some_tags, "name": st.sampled_from(["甲", "乙"])}
)


@given(base=some_fields, now=some_fields, sides=st.lists(some_fields, min_size=3, max_size=3))
def test_the_order_of_coming_home_makes_no_difference(
    base: dict[str, Any], now: dict[str, Any], sides: list[dict[str, Any]]
) -> None:
    """Where values contradict each other, always the same one is chosen: the greatest."""

    def home(order: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        ours = dict(now)
        for theirs in order:
            for decision in three_way(base, theirs, ours, LISTS).values():
                contradict = decision.fate is Fate.CONFLICT
                chosen = max(decision.theirs or "", decision.ours or "") or None
                ours[decision.name] = chosen if contradict else decision.value
        return ours

    results = [home(order) for order in itertools.permutations(sides)]
    assert all(sorted(one.items(), key=str) == sorted(results[0].items(), key=str) for one in results)


@given(base=some_fields, theirs=some_fields)
def test_what_came_home_once_is_nothing_new(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    once = base | {name: decision.value for name, decision in three_way(base, theirs, base, LISTS).items()}
    assert all(_said(once[name]) == _said(theirs[name]) for name in theirs)
    assert {decision.fate for decision in three_way(base, theirs, once, LISTS).values()} <= {Fate.SAME}


def _said(stored: Any) -> Any:
    """A list without its order."""
    return set(json.loads(stored)) if str(stored).startswith("[") else stored


def test_another_order_of_the_same_members_is_no_change() -> None:
    assert three_way({"tags": tags("甲", "乙")}, {"tags": tags("乙", "甲")}, {"tags": tags("丙")}, LISTS) == {}


def test_texts_nobody_understood_are_merged_field_for_field() -> None:
    stored = {"name": "青禾", "raw": '{"founded":"去年","staff":"约三百"}'}
    apart = raw_apart(stored)
    assert apart == {"name": "青禾", "raw.founded": "去年", "raw.staff": "约三百"}
    assert raw_together(apart) == stored
    assert raw_together({"name": "青禾", "raw.staff": None}) == {"name": "青禾"}
