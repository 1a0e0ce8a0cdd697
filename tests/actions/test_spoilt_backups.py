"""A backup on which something relies is sound, though a disk has spoilt one since it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.domain import backup as rules
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import end_of_backup, is_sound
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import new_vault

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=rules.WALL)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture(params=["plain", "encrypted"])
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    new = new_vault("清水出芙蓉-2026") if request.param == "encrypted" else None
    keys = {"key": new.key, "vault": new.vault} if new else {}
    made = create_office(tmp_path / "清岚县.office", name="清岚县", clock=clock, **keys)  # type: ignore[arg-type]
    add(made, 300)
    yield made
    made.close()


def add(office: Office, many: int) -> None:
    with office.transaction("导入") as tx:
        tx.save_all([Investor(name=f"公司{n}", note="字" * 300) for n in range(many)])


def spoil(backup: Path, key: bytes | None) -> None:
    """Pages in the middle, so that it still says whose it is and how far it goes."""
    sound = backup.read_bytes()
    end = end_of_backup(backup, key)
    for share in range(4, 16):
        at = len(sound) * share // 20 // 4096 * 4096
        backup.write_bytes(sound[:at] + bytes(12_288) + sound[at + 12_288 :])
        if end_of_backup(backup, key) == end and not is_sound(backup, key):
            return
    raise AssertionError("it is sound still")


def test_a_restore_finds_its_way_back_though_the_newest_backup_is_spoilt(office: Office, clock: FixedClock) -> None:
    older = actions.make(office)
    add(office, 1)
    clock.advance(timedelta(hours=1))
    newest = actions.make(office)
    spoil(newest, office.key)
    ready = actions.ready_to_restore(office, older)
    office.close()
    actions.restore(ready, clock)
    assert ready.before is not None
    assert ready.before != newest
    again = open_office(office.where, clock=clock, key=office.key)
    assert again.count(Query(Investor)) == 300
    back = actions.ready_to_restore(again, ready.before)
    again.close()
    actions.restore(back, clock)
    again = open_office(office.where, clock=clock, key=office.key)
    assert (again.count(Query(Investor)), check(again).wrong) == (301, [])
    again.close()


def test_what_is_risky_makes_its_own_when_the_newest_is_spoilt(office: Office, stick: Path) -> None:
    spoil(actions.make(office), office.key)
    made = actions.before(office, rules.MERGE)
    assert made is not None
    assert is_sound(made, office.key)
    first, _ = actions.back_up_for_script(office, stick)
    spoil(first, office.key)
    second, is_new = actions.back_up_for_script(office, stick)
    assert (is_new, is_sound(second, office.key)) == (True, True)
    assert actions.back_up_for_script(office, stick) == (second, False)


def test_an_office_without_changes_has_its_copy_in_the_second_place_checked_on_another_day(
    office: Office, stick: Path, clock: FixedClock
) -> None:
    copy = actions.daily(office, stick).second
    assert copy is not None
    spoil(copy, office.key)
    clock.advance(timedelta(days=1))
    kept = actions.daily(office, stick)
    assert kept.made is None
    assert kept.second is not None
    assert is_sound(kept.second, office.key)
    assert actions.daily(office, stick).second is None
