"""Two offices whose files have the same name, and one folder for the backups of both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.encryption import decrypt, encrypt
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.repair import repair_file
from zhaoshang_desktop.domain import backup as rules
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.backup import is_sound
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import is_encrypted, new_vault

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=rules.WALL)
SECRET = "清水出芙蓉-2026"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "共享"
    made.mkdir()
    return made


def add(office: Office, name: str) -> None:
    with office.transaction(f"新建客商：{name}") as tx:
        tx.save(Investor(name=name))


@pytest.fixture(params=["plain", "encrypted"])
def two(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[tuple[Office, Office]]:
    """Offices of two PCs, 甲 and 乙."""
    offices = []
    for pc in "甲乙":
        new = new_vault(SECRET) if request.param == "encrypted" else None
        where = tmp_path / pc / "办公室.office"
        keys = {"key": new.key, "vault": new.vault} if new else {}
        offices.append(create_office(where, name=pc, clock=clock, **keys))  # type: ignore[arg-type]
        add(offices[-1], f"{pc}的青禾")
    first, second = offices
    yield first, second
    for office in offices:
        office.close()


def listed(office: Office, place: Path) -> list[Path]:
    """Those that are its own beyond doubt."""
    where, owner = Path(office.where), actions.whose(office)
    found = actions.backups(where, place, now=office.clock.now(), owner=owner, key=office.key)
    return [one.path for one in found if one.is_own]


def test_each_keeps_takes_and_thins_its_own_alone(two: tuple[Office, Office], share: Path, clock: FixedClock) -> None:
    made: dict[str, list[Path]] = {"甲": [], "乙": []}
    for _ in range(4):
        clock.advance(timedelta(hours=1))
        for office in two:
            add(office, f"{clock.now():%H}")
            path, is_new = actions.back_up_for_script(office, share)
            assert is_new
            made[office.name].append(path)
    assert len({path for paths in made.values() for path in paths}) == 8
    clock.advance(timedelta(days=40))
    first, second = two
    add(second, "云帆")
    newest, _ = actions.back_up_for_script(second, share)  # and thins: of the four of one week one is left
    assert [path.exists() for path in made["甲"]] == [True] * 4
    assert listed(first, share) == made["甲"][::-1]
    assert listed(second, share) == [newest, made["乙"][-1]]
    assert actions.back_up_for_script(first, share) == (made["甲"][-1], False)


def test_a_second_place_takes_the_backups_that_both_made_in_the_same_second(
    two: tuple[Office, Office], share: Path, clock: FixedClock
) -> None:
    copies = [actions.daily(office, share).second for office in two]
    assert None not in copies
    assert copies[0] != copies[1]
    for office, copy in zip(two, copies, strict=True):
        assert copy is not None
        assert actions.look(office, copy).holds.name == office.name
        assert actions.second_place(office, share).second is None  # it is there, if by another name
        near = actions.backups(Path(office.where), share, now=clock.now(), owner=actions.whose(office), key=office.key)
        assert [(one.second, one.twice) for one in near if one.is_own] == [(False, True)]


def test_who_encrypts_leaves_the_backups_of_the_other_as_they_are(
    tmp_path: Path, share: Path, clock: FixedClock
) -> None:
    made = {}
    for pc in "甲乙":
        office = new_office(tmp_path / pc / "办公室.office", name=pc, clock=clock)
        add(office, "青禾")
        made[pc], _ = actions.back_up_for_script(office, share)
        office.close()
    done = encrypt(tmp_path / "甲" / "办公室.office", new_vault(SECRET), second=share)
    assert (done.backups, done.left) == (1, ())
    assert (is_encrypted(made["甲"]), is_encrypted(made["乙"])) == (True, False)


def test_a_backup_that_proves_nothing_is_listed_last_and_never_thinned(tmp_path: Path, clock: FixedClock) -> None:
    where = tmp_path / "办公室.office"
    office = new_office(where, name="县", clock=clock)
    add(office, "青禾")
    old = actions.make(office)
    office.close()
    new = new_vault(SECRET)
    encrypt(where, new)
    decrypt(where, SECRET)  # the old backup has a key that the office has no more
    office = open_office(where, clock=clock)
    broken = old.with_name("办公室-2026-11-20-104300-手动.office")
    broken.write_bytes(bytes(50_000))
    clock.advance(timedelta(days=1000))
    add(office, "云帆")
    kept = actions.daily(office).made
    assert kept is not None
    found = actions.backups(where, now=clock.now(), owner=actions.whose(office))
    assert [(one.path, one.is_own) for one in found] == [(kept, True), (broken, False), (old, False)]
    office.close()


def test_a_damaged_office_is_repaired_from_its_own(tmp_path: Path, share: Path, clock: FixedClock) -> None:
    for pc in "甲乙":
        office = new_office(tmp_path / pc / "办公室.office", name=pc, clock=clock)
        with office.transaction("导入") as tx:
            tx.save_all([Investor(name=f"{pc}{n}", note="字" * 200) for n in range(200)])
        actions.back_up_for_script(office, share)
        clock.advance(timedelta(minutes=1))
        office.close()
    where = tmp_path / "甲" / "办公室.office"
    size = where.stat().st_size
    with where.open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(40_960))
    assert not is_sound(where)
    done = repair_file(where, second=share, clock=clock)
    assert done.base is not None
    again = open_office(where, clock=clock)
    assert again.name == "甲"
    again.close()


def test_an_office_that_was_put_in_the_place_of_another_does_not_take_its_backups(
    tmp_path: Path, clock: FixedClock
) -> None:
    where = tmp_path / "办公室.office"
    office = new_office(where, name="旧", clock=clock)
    add(office, "青禾")
    old = actions.make(office)
    office.close()
    shutil.move(where, tmp_path / "收起来.office")
    office = new_office(where, name="新", clock=clock)
    add(office, "云帆")
    clock.advance(timedelta(days=1000))
    made = actions.daily(office).made
    assert old.exists()
    assert [one.path for one in actions.backups(where, now=clock.now(), owner=actions.whose(office))] == [made]
    office.close()
