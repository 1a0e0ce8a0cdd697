"""An office moves to a server and back, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event, select

from tests.store.conftest import KEY
from tests.store.crash import HOUSE
from tests.store.history import chance, play, states_of
from tests.wire import wired
from zhaoshang_desktop.actions.backup import back_up_for_script
from zhaoshang_desktop.actions.moving import move_office, reopen_office
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import MovedAway, NotAllowed, Right, Role
from zhaoshang_desktop.store import create_office, moved, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.tables import JOURNAL, METADATA

CLIENTS = 400


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def lived_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office file with a past: edits, the bin, undo."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", key=request.param)
    play(made, chance(11, 120))
    with made.transaction("导入") as tx:
        tx.save_all([Investor(name=f"公司{number}", note="老朋友\t\\N\n第二行") for number in range(CLIENTS)])
        tx.put_blob(b"\x00\xff" * 5_000)
    yield made
    made.close()


def rows(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything, but what was opened where since, and that the office has moved."""
    tables = [table for table in METADATA.tables.values() if table.name != "device"]
    with office.engine.connect() as connection:
        found = {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}
    return found | {"meta": [fact for fact in found["meta"] if fact[0] != moved.FACT]}


def write(office: Office, name: str) -> None:
    with office.transaction("改") as tx:
        tx.save(Investor(name=name))


def test_everything_goes_to_a_server_and_comes_back(lived_in: Office, postgres_database: str, tmp_path: Path) -> None:
    there_moved = move_office(lived_in, postgres_database)
    there = open_office(postgres_database, actor="王磊")
    assert rows(there) == rows(lived_in)
    assert check(there).wrong == []
    assert there_moved.counts["investor"] >= CLIENTS
    assert there.ids(Query(Investor, words="公司7")) == lived_in.ids(Query(Investor, words="公司7"))

    first = there.find(Query(Investor, words="公司7"))[0]
    with there.transaction("修改") as tx:
        tx.save(replace(first, note="在服务器上改的"))
    with there.engine.connect() as connection:
        assert connection.execute(select(JOURNAL.c.seq).order_by(JOURNAL.c.seq.desc()).limit(1)).scalar_one() > (
            lived_in.latest()
        )
    back = tmp_path / "回来.office"
    moved = move_office(there, back, key=lived_in.key)
    home = open_office(back, key=lived_in.key)
    assert rows(home) == rows(there)
    assert check(home).wrong == []
    assert moved.hash != there_moved.hash
    assert home.ids(Query(Investor, words="gs7")) == there.ids(Query(Investor, words="gs7"))
    assert home.undo_batch(tx.changes.batch)
    assert states_of(home) == states_of(lived_in)
    home.close()
    there.close()


def test_a_cancelled_move_leaves_nothing_there_and_the_office_as_it_was(
    lived_in: Office, postgres_database: str, tmp_path: Path
) -> None:
    before = rows(lived_in)
    for target in (postgres_database, tmp_path / "新.office"):
        for stop in ("正在搬客商", "正在建检索", "正在逐条核对客商"):

            def cancel(words: str, done: int = 0, total: int = 0, at: str = stop) -> None:
                if words == at:
                    raise InterruptedError

            with pytest.raises((InterruptedError, KnownError)):
                move_office(lived_in, target, progress=cancel)
    assert tables_of(postgres_database) == 0
    assert [path.name for path in tmp_path.iterdir() if "新" in path.name or path.suffix == ".part"] == []
    assert rows(lived_in) == before


def test_nobody_writes_to_the_office_while_it_moves(lived_in: Office, postgres_database: str) -> None:
    other = open_office(lived_in.where, key=lived_in.key)
    with other.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout = 20")  # type: ignore[union-attr]
    refused: list[KnownError] = []

    def write(words: str, done: int = 0, total: int = 0) -> None:
        if not refused:
            with pytest.raises(KnownError) as caught, other.transaction("抢着写") as tx:
                tx.save(Investor(name="来晚了"))
            refused.append(caught.value)

    move_office(lived_in, postgres_database, progress=write)
    assert "正在写" in str(refused[0])
    other.close()


def test_the_office_that_moves_is_only_looked_at_for_what_is_written_would_stay_behind(
    lived_in: Office, postgres_database: str
) -> None:
    def write(words: str, done: int = 0, total: int = 0) -> None:
        with pytest.raises(NotAllowed, match="正在搬走"), lived_in.transaction("改") as tx:
            tx.save(Investor(name="来晚了"))
        if words == "正在建检索":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        move_office(lived_in, postgres_database, progress=write)
    with lived_in.transaction("改") as tx:
        tx.save(Investor(name="没有搬成，照常改"))
    move_office(lived_in, postgres_database)
    with pytest.raises(NotAllowed, match="搬到"), lived_in.transaction("改") as tx:
        tx.save(Investor(name="排在搬家后面的"))


def test_an_office_that_has_moved_is_only_looked_at_wherever_it_is_open_and_opened_later(
    lived_in: Office, postgres_database: str, tmp_path: Path
) -> None:
    other = open_office(lived_in.where, key=lived_in.key, actor="王磊")
    write(other, "搬之前的")
    move_office(lived_in, postgres_database)
    before = states_of(lived_in)
    assert other.may_write  # it has not heard of it yet
    with pytest.raises(MovedAway, match=f"搬到 127.0.0.1{urlsplit(postgres_database).path}，这里只能看"):
        write(other, "来晚了")
    assert not other.may_write
    later = open_office(lived_in.where, key=lived_in.key)
    assert not later.may_write
    assert later.moved == other.moved == lived_in.moved
    assert "@" not in later.moved
    for office in (other, later):
        with pytest.raises(MovedAway):
            write(office, "还想改")
        with pytest.raises(MovedAway):
            move_office(office, tmp_path / "再搬一次.office")
        office.close()
    assert states_of(lived_in) == before
    there = open_office(postgres_database)
    write(there, "在新的地方改")
    there.close()


def test_who_waited_on_the_server_while_the_office_moved_home_is_told_so(
    lived_in: Office, postgres_database: str, tmp_path: Path
) -> None:
    move_office(lived_in, postgres_database)
    there, colleague = open_office(postgres_database), open_office(postgres_database, actor="王磊")
    said: list[BaseException] = []

    def late() -> None:
        try:
            write(colleague, "抢着写")
        except MovedAway as error:
            said.append(error)

    writer = threading.Thread(target=late)

    def begin(words: str, done: int = 0, total: int = 0) -> None:
        if words == "正在建检索" and writer.ident is None:
            writer.start()
            with psycopg.connect(postgres_database) as watching:
                while not watching.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                    pass

    home = tmp_path / "回来.office"
    move_office(there, home, key=lived_in.key, progress=begin)
    writer.join()
    assert "回来.office" in str(said[0])
    assert not colleague.may_write
    back = open_office(home, key=lived_in.key)
    assert back.may_write
    assert states_of(back) == states_of(there) == states_of(lived_in)
    for office in (there, colleague, back):
        office.close()


def test_an_office_that_has_moved_is_worked_in_again_and_moves_again_once_it_is_reopened(
    lived_in: Office, postgres_database: str, tmp_path: Path
) -> None:
    first = tmp_path / "第一次.office"
    move_office(lived_in, first, key=lived_in.key)
    stale = open_office(lived_in.where, key=lived_in.key)
    reopen_office(lived_in)
    write(lived_in, "又能改了")
    deed = lived_in.ledger()[0].deed
    assert (deed.act, deed.note) == (Act.MOVE, "重新启用")
    with pytest.raises(KnownError, match="没有搬走"):
        reopen_office(stale)
    stale.close()
    move_office(lived_in, postgres_database)
    again = open_office(postgres_database)
    assert states_of(again) == states_of(lived_in)
    assert again.may_write
    assert not lived_in.may_write
    assert check(lived_in).wrong == check(again).wrong == []
    again.close()


def test_only_who_may_change_settings_reopens_an_office(tmp_path: Path) -> None:
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局")
    put_user(made, "张敏", Role.ADMIN, "qinglan-1")
    put_user(made, "王磊", Role.CLERK, "qinglan-2")
    made.sign_in("张敏", "qinglan-1")
    move_office(made, tmp_path / "新.office")
    clerk = open_office(made.where)
    clerk.sign_in("王磊", "qinglan-2")
    with pytest.raises(NotAllowed, match="不能重新启用搬走的办公室"):
        reopen_office(clerk)
    reopen_office(made)
    assert made.may(Right.SETTINGS)
    clerk.close()
    made.close()


def test_a_backup_of_a_server_neither_carries_nor_sets_that_the_office_has_moved(
    lived_in: Office, postgres_database: str, tmp_path: Path
) -> None:
    move_office(lived_in, postgres_database)
    there = open_office(postgres_database)
    copy, _ = back_up_for_script(there, tmp_path)
    assert there.may_write
    move_office(there, tmp_path / "搬回来.office")
    later, _ = back_up_for_script(there, tmp_path)
    for path in (copy, later):
        backup = open_office(path)
        assert backup.may_write
        backup.close()
    assert not there.may_write
    there.close()


def test_both_ledgers_say_where_the_office_went(lived_in: Office, postgres_database: str, tmp_path: Path) -> None:
    moved = move_office(lived_in, postgres_database)
    there = open_office(postgres_database)
    name = urlsplit(postgres_database).path
    for office in (lived_in, there):
        deed = office.ledger()[0].deed
        assert (deed.act, deed.file) == (Act.MOVE, f"127.0.0.1{name}")
        assert deed.count == sum(moved.counts.values())
    move_office(there, tmp_path / "回来.office")
    assert there.ledger()[0].deed.file == "回来.office"
    there.close()


def test_a_cable_that_is_cut_on_the_way_leaves_nothing_there(lived_in: Office, postgres_database: str) -> None:
    before = rows(lived_in)
    with wired(postgres_database) as (wire, url):

        def cut(words: str, done: int = 0, total: int = 0) -> None:
            if words == "正在逐条核对客商":
                wire.cut()

        with pytest.raises(KnownError, match=r"没有搬成，那边什么都没有留下"):
            move_office(lived_in, url, progress=cut)
    assert tables_of(postgres_database) == 0
    assert rows(lived_in) == before


@pytest.mark.parametrize("heard", [True, False])
def test_a_cable_cut_at_the_very_end_is_said_to_leave_the_office_there_or_not(
    lived_in: Office, postgres_database: str, heard: bool
) -> None:
    before = rows(lived_in)
    with wired(postgres_database) as (wire, url):

        def cut(connection: Connection) -> None:
            if connection.dialect.name == "postgresql":
                wire.cut_at(1, heard=heard)

        event.listen(Engine, "commit", cut)
        try:
            with pytest.raises(KnownError, match="可能已经搬成") as caught:
                move_office(lived_in, url)
        finally:
            event.remove(Engine, "commit", cut)
    assert "直接打开服务器上的那个办公室" in caught.value.way_out
    assert rows(lived_in) == before
    assert lived_in.may_write
    if heard:
        with pytest.raises(KnownError, match="已经有一个办公室"):
            move_office(lived_in, postgres_database)
        moved = open_office(postgres_database)
        assert check(moved).wrong == []
        moved.close()
    else:
        move_office(lived_in, postgres_database)


def test_a_database_that_holds_an_office_is_refused(lived_in: Office, postgres_database: str) -> None:
    create_office(postgres_database, name="别人的").close()
    with pytest.raises(KnownError, match="已经有一个办公室"):
        move_office(lived_in, postgres_database)


def test_a_killed_move_leaves_nothing_there(lived_in: Office, postgres_database: str) -> None:
    before = rows(lived_in)
    for moment in (0.0, 0.1):
        assert kill_while_moving(lived_in, postgres_database, moment) in (0, None)
    assert rows(lived_in) == before
    assert check(lived_in).wrong == []
    if tables_of(postgres_database) == 0:
        move_office(lived_in, postgres_database)
    moved = open_office(postgres_database)
    assert check(moved).wrong == []
    moved.close()


def kill_while_moving(office: Office, target: str, seconds: float) -> int | None:
    """Kills a moving process so long after its first word; None, or 0 when it had finished before."""
    command = [sys.executable, "-m", "tests.store.mover", office.where, target, (office.key or b"").hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return None


def tables_of(url: str) -> int:
    """How many tables there are."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert found is not None
        return int(found[0])
