"""Backups: when one is made, where it lies, what it holds, and how it is put back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.looking import losses
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.domain import backup as rules
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime import process
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.vault import new_vault

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=rules.WALL)


ALONE = """
import sys
from pathlib import Path
from zhaoshang_desktop.store.engine import open_file
connection = open_file(Path(sys.argv[1]), alone=True)
connection.execute("BEGIN IMMEDIATE")
"""


class Stopped(Exception):
    """The clerk pressed 取消."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    made = new_office(tmp_path / "县 局" / "清岚县.office", name="清岚县投资促进局", actor="张敏", clock=clock)
    yield made
    made.close()


def add(office: Office, name: str = "青禾") -> None:
    with office.transaction(f"新建客商：{name}") as tx:
        tx.save(Investor(name=name))


def stems(office: Office, place: Path | None = None) -> list[str]:
    return [
        one.path.stem.removeprefix("清岚县-")
        for one in actions.backups(Path(office.where), place, now=office.clock.now())
    ]


def names(where: str, clock: FixedClock) -> list[str]:
    office = open_office(where, clock=clock)
    found = [one.name for one in office.find(Query(Investor, order=("id",)))]
    wrong = check(office).wrong
    office.close()
    assert wrong == []
    return found


def test_the_first_use_of_a_day_makes_one_and_the_second_none(office: Office, clock: FixedClock) -> None:
    assert actions.daily(office).made is None
    add(office)
    made = actions.daily(office).made
    assert made is not None
    assert made.parent == Path(office.where).parent / "清岚县-备份"
    add(office, "云帆")
    assert actions.daily(office).made is None
    clock.advance(timedelta(days=1))
    assert actions.daily(office).made is not None
    clock.advance(timedelta(days=1))
    assert actions.daily(office).made is None  # nothing has changed since
    assert stems(office) == ["2026-11-21-104200-每日", "2026-11-20-104200-每日"]


def test_a_clock_that_once_ran_a_year_ahead_stops_no_daily_backup(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    add(office)
    clock.advance(timedelta(days=365))
    assert actions.daily(office).made is not None
    clock.advance(timedelta(days=-365))
    stick = tmp_path / "U盘"
    stick.mkdir()
    for day in range(2):
        add(office, f"云帆{day}")
        kept = actions.daily(office, stick)
        assert kept.made is not None
        assert kept.second is not None
        assert kept.second.name == kept.made.name
        clock.advance(timedelta(days=1))
    assert check(office).wrong == []


def test_one_from_when_the_clock_ran_ahead_is_the_latest_only_as_long_as_it_holds_most(
    office: Office, clock: FixedClock
) -> None:
    add(office)
    today = actions.make(office)
    clock.advance(timedelta(days=365))
    add(office, "云帆")
    ahead = actions.make(office)
    clock.advance(timedelta(days=-364))
    where = Path(office.where)
    assert [one.path for one in actions.backups(where, now=clock.now())] == [ahead, today]
    add(office, "华澄")
    tomorrow = actions.make(office)
    assert [one.path for one in actions.backups(where, now=clock.now())] == [tomorrow, today, ahead]
    for _ in range(800):
        clock.advance(timedelta(days=1))
    assert [one.path for one in actions.backups(where, now=clock.now())] == [ahead, tomorrow, today]


def test_before_something_risky_one_is_made_unless_one_holds_all_there_is(office: Office, clock: FixedClock) -> None:
    assert actions.before(office, rules.IMPORT) is None  # nobody has done anything yet
    add(office)
    assert actions.before(office, rules.IMPORT) is not None
    assert actions.before(office, rules.MERGE) is None
    add(office, "云帆")
    assert actions.before(office, rules.IMPORT, records=3) is None  # there is one of today
    assert actions.before(office, rules.MERGE, records=3) is not None
    add(office, "华澄")
    assert actions.before(office, rules.MASS_EDIT, records=5000) is not None
    add(office, "江南")
    clock.advance(timedelta(days=1))
    assert actions.before(office, rules.IMPORT, records=3) is not None


def test_a_mass_edit_is_behind_a_backup(office: Office) -> None:
    with office.transaction("新建") as tx:
        tx.save_all([Investor(name=f"公司{n}") for n in range(30)])
    remove_records(office, Investor, office.ids(Query(Investor))[:5])
    assert stems(office) == []
    remove_records(office, Investor, office.ids(Query(Investor)))
    assert stems(office) == ["2026-11-20-104200-批量修改前"]


def test_several_in_one_second_do_not_replace_one_another(office: Office) -> None:
    for name in ("青禾", "云帆", "华澄"):
        add(office, name)
        actions.make(office)
    assert [path.path.name for path in actions.backups(Path(office.where), now=office.clock.now())] == [
        "清岚县-2026-11-20-104200-手动~3.office",
        "清岚县-2026-11-20-104200-手动~2.office",
        "清岚县-2026-11-20-104200-手动.office",
    ]


def test_a_stick_that_is_not_in_is_said_and_made_up_for(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    add(office)
    kept = actions.daily(office, stick)
    assert kept.made is not None
    assert "这次不在，下次补上" in kept.missing
    assert not stick.exists()
    stick.mkdir()
    kept = actions.daily(office, stick)
    assert (kept.made, kept.missing) == (None, "")
    assert kept.second is not None
    assert kept.second.parent == stick / "清岚县-备份"
    assert actions.daily(office, stick).second is None
    assert [one.second for one in actions.backups(Path(office.where), stick, now=office.clock.now())] == [False]
    shutil.rmtree(Path(office.where).parent / "清岚县-备份")
    assert [one.second for one in actions.backups(Path(office.where), stick, now=office.clock.now())] == [True]


def test_what_a_killed_backup_left_goes_with_the_next_use_though_no_backup_is_due(
    office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    add(office)
    actions.daily(office, stick)
    home = Path(office.where).parent
    folders = (home, home / "清岚县-备份", stick / "清岚县-备份")
    for folder in folders:
        (folder / f".{process.mark()}0.0123abcd.part").touch()  # of a process that began at another time
    assert actions.daily(office, stick).made is None
    assert [one.name for folder in folders for one in folder.glob(".*.part")] == []


def test_a_second_place_that_takes_nothing_is_named(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    (stick / "清岚县-备份").touch()
    add(office)
    with pytest.raises(KnownError, match=r"第二处“.*U盘”没有存成"):
        actions.daily(office, stick)
    assert stems(office) == ["2026-11-20-104200-每日"]


def test_old_backups_are_thinned_in_both_places(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    for day in range(100):
        add(office, f"第{day}天")
        actions.daily(office, stick)
        clock.advance(timedelta(days=1))
    for place in (None, stick):
        found = list(tmp_path.glob(f"{'县 局' if place is None else 'U盘'}/清岚县-备份/*"))
        assert 14 + 6 <= len(found) <= 14 + 8 + 3


def test_backups_of_the_first_version_are_found(office: Office) -> None:
    add(office)
    made = actions.make(office)
    made.rename(made.with_name("清岚县-20261101-024200-升级前.office"))
    (made.parent / "清岚县-说明.office").touch()
    (made.parent / "别的-2026-11-20-104200-每日.office").touch()
    found = actions.backups(Path(office.where), now=office.clock.now())
    assert [(one.name.why, one.name.at.astimezone(rules.WALL).hour) for one in found] == [("升级前", 10)]


def test_of_many_losses_the_latest_are_named_and_all_are_counted(office: Office, clock: FixedClock) -> None:
    made = actions.make(office)
    for name in ("海珥", "云帆", "华澄"):
        clock.advance(timedelta(minutes=5))
        with office.transaction(f"新建客商：{name}") as tx:
            tx.save(Investor(name=name))
    found = losses(office, actions.look(office, made).lost, shown=2)
    assert [one.title for one in found.records] == ["华澄", "云帆"]
    assert (found.count, found.words()) == (3, f"新建客商 3\n{office.actor} 3 条")


def test_a_look_into_a_backup_says_what_it_holds_and_what_would_be_lost(office: Office, clock: FixedClock) -> None:
    add(office)
    made = actions.make(office)
    add(office, "云帆")
    clock.advance(timedelta(minutes=5))
    add(office, "华澄")
    found = actions.look(office, made)
    assert found.holds.counts["investors"] == 1
    assert found.holds.latest is not None
    assert found.holds.latest.label == "新建客商：青禾"
    assert actions.lost_words(found.lost) == [
        "11-20 10:47　张敏　新建客商：华澄",
        "11-20 10:42　张敏　新建客商：云帆",
    ]
    assert actions.lost_words(found.lost, 1)[-1] == "……以及更早的 1 批"


def test_a_restore_goes_back_and_can_be_taken_back(office: Office, clock: FixedClock) -> None:
    add(office)
    made = actions.make(office)
    add(office, "云帆")
    office.note(Deed(Act.EXPORT, 2, "客商.xlsx"))
    ready = actions.ready_to_restore(office, made)
    office.close()
    actions.restore(ready, clock)
    assert names(office.where, clock) == ["青禾"]
    again = open_office(office.where, clock=clock)
    assert [one.deed.act for one in again.ledger()] == [Act.RESTORE, Act.EXPORT, Act.BACKUP]
    assert ready.before is not None
    back = actions.ready_to_restore(again, ready.before)
    again.close()
    actions.restore(back, clock)
    assert names(office.where, clock) == ["青禾", "云帆"]
    folder = Path(office.where).parent
    assert sorted(one.name for one in folder.iterdir()) == ["清岚县-备份", "清岚县.office"]


def test_what_is_written_after_a_restore_is_another_history(office: Office, clock: FixedClock) -> None:
    """The same number of a line does not mean the same line."""
    add(office)
    made = actions.make(office)
    add(office, "云帆")
    ready = actions.ready_to_restore(office, made)
    office.close()
    actions.restore(ready, clock)
    again = open_office(office.where, clock=clock)
    add(again, "华澄")
    assert again.end().line == actions.files.holds(ready.before, None).end.line if ready.before else False
    assert actions.before(again, rules.MERGE) is not None
    assert (
        [one.label for one in actions.look(again, ready.before).lost] == ["新建客商：华澄"] if ready.before else False
    )
    again.close()


def test_a_backup_that_is_unfit_is_refused_and_nothing_happens(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    add(office)
    other = new_office(tmp_path / "别的.office", name="云溪县", clock=clock)
    add(other)
    strange = actions.make(other)
    other.close()
    with pytest.raises(KnownError, match="另一个办公室（云溪县）"):
        actions.ready_to_restore(office, strange)
    damaged = actions.make(office)
    damaged.write_bytes(damaged.read_bytes()[:20_000])
    for ask in (actions.ready_to_restore, actions.look):
        with pytest.raises(KnownError, match=r"^备份“.*”已损坏"):
            ask(office, damaged)
    with pytest.raises(KnownError, match="找不到"):
        actions.ready_to_restore(office, tmp_path / "没有.office")
    assert office.count(Query(Investor)) == 1


def test_an_office_that_is_open_elsewhere_is_not_replaced(office: Office, clock: FixedClock) -> None:
    add(office)
    made = actions.make(office)
    add(office, "云帆")
    ready = actions.ready_to_restore(office, made)
    office.close()
    other = open_office(office.where, clock=clock)
    with other.engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM meta").all()
        with pytest.raises(KnownError, match="正开着"):
            actions.restore(ready, clock)
    other.close()
    assert names(office.where, clock) == ["青禾", "云帆"]


def test_a_backup_can_be_stopped_and_leaves_nothing(office: Office) -> None:
    add(office)

    def stop(_words: str, _done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        actions.make(office, progress=stop)
    assert list((Path(office.where).parent / "清岚县-备份").iterdir()) == []


def test_a_backup_is_put_where_only_the_log_of_the_office_is_left(office: Office, clock: FixedClock) -> None:
    add(office)
    made = actions.make(office)
    add(office, "云帆")
    where = Path(office.where)
    log = where.with_name(f"{where.name}-wal")
    left = log.read_bytes()
    office.close()
    where.unlink()
    log.write_bytes(left)
    actions.restore_missing(made, where)
    assert names(where, clock) == ["青禾"]


def test_a_server_is_backed_up_by_its_own_means(postgres_database: str) -> None:
    office = new_office(postgres_database, name="清岚县")
    add(office)
    assert actions.before(office, rules.IMPORT) is None
    assert actions.daily(office) == actions.Kept()
    with pytest.raises(KnownError, match="pg_dump"):
        actions.make(office)
    office.close()


def test_a_backup_of_an_encrypted_office_opens_with_the_same_passphrase(tmp_path: Path, clock: FixedClock) -> None:
    new = new_vault("清水出芙蓉-2026")
    where = tmp_path / "密.office"
    office = create_office(where, name="清岚县", key=new.key, vault=new.vault, clock=clock)
    add(office)
    made = actions.make(office)
    assert actions.look(office, made).holds.counts["investors"] == 1
    stick = tmp_path / "U盘"
    stick.mkdir()
    copy = actions.second_place(office, stick).second
    add(office, "云帆")
    ready = actions.ready_to_restore(office, made)
    office.close()
    actions.restore(ready, clock)
    alone = tmp_path / "另一台电脑" / "密.office"
    alone.parent.mkdir()
    assert copy is not None
    shutil.copy(copy, alone)
    for place in (where, alone):
        again = open_office(place, secret="清水出芙蓉-2026", clock=clock)
        assert [one.name for one in again.find(Query(Investor))] == ["青禾"]
        assert check(again).wrong == []
        again.close()
    assert b"SQLite format" not in made.read_bytes()[:20]


def test_an_office_to_look_at_only_is_neither_backed_up_nor_noted_in(office: Office) -> None:
    add(office)
    office.looks_at = "只读的办公室文件"
    assert actions.daily(office) == actions.Kept()
    office.note(Deed(Act.EXPORT, 1, "册.xlsx"))
    assert (stems(office), office.ledger()) == ([], [])


def test_an_office_on_a_full_disk_is_still_backed_up_to_another(
    office: Office, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    office.close()
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(total=1 << 30, used=1 << 30, free=0))
    full = open_office(office.where, clock=clock)
    made, is_new = actions.back_up_for_script(full, stick)
    full.close()
    assert is_new
    monkeypatch.undo()
    assert names(str(made), clock) == ["青禾"]


def test_after_a_backup_the_office_is_still_in_use_for_other_programs(office: Office) -> None:
    add(office)
    actions.make(office)
    told = subprocess.run([sys.executable, "-c", ALONE, office.where], capture_output=True, text=True, check=False)
    assert "database is locked" in told.stderr
