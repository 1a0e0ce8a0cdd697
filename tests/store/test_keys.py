"""Keys sort by creation and never collide."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhaoshang_desktop.store.keys import Keys, device_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@given(st.lists(st.integers(-3_600, 3_600), min_size=1, max_size=50))
def test_keys_grow_whatever_the_clock_does(jumps: list[int]) -> None:
    keys = Keys(device=513, last_key=0)
    drawn = [keys.draw(NOW + timedelta(seconds=jump)) for jump in jumps]
    assert drawn == sorted(set(drawn))
    assert {device_of(key) for key in drawn} == {513}
    assert all(0 < key < 1 << 63 for key in drawn)


def test_more_keys_than_a_second_holds_run_ahead_of_the_clock() -> None:
    keys = Keys(device=1, last_key=0)
    drawn = [keys.draw(NOW) for _ in range(70_000)]
    assert len(set(drawn)) == 70_000
    assert drawn == sorted(drawn)


def test_two_devices_draw_different_keys_in_the_same_second() -> None:
    one, other = Keys(1, 0), Keys(2, 0)
    assert not {one.draw(NOW) for _ in range(1_000)} & {other.draw(NOW) for _ in range(1_000)}


def test_a_device_that_goes_on_where_another_ended_draws_greater_keys() -> None:
    last = Keys(device=60_000, last_key=0).draw(NOW)
    keys = Keys(device=7, last_key=last)
    drawn = [keys.draw(NOW) for _ in range(3)]
    assert last < drawn[0] < drawn[1] < drawn[2]
    assert {device_of(key) for key in drawn} == {7}
