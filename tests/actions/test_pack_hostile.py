"""A pack was on other people's sticks: whatever is wrong with it is a sentence, and the office stays as it was."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.actions.laptops import KEY, come_home, open_pack, take_out
from zhaoshang_desktop.actions.homecoming import bring_home
from zhaoshang_desktop.actions.pack import is_remembered
from zhaoshang_desktop.domain.attachment import LARGEST, Attachment
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.engine import open_file
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.pack_shape import Untrue

NASTY = "x'); DROP TABLE investor; --"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    with made.transaction("准备") as tx:
        firm = tx.save(Investor(name="青禾新材料有限公司", note="旧"))
        tx.save(Contact(investor=firm.id, name="周远航"))
        tx.save(Investor(name="没有带走的公司"))
    yield made
    made.close()


@pytest.fixture
def pack(office: Office, tmp_path: Path) -> Path:
    """A pack with one change of each kind, at rest."""
    path = tmp_path / "小分队.pack"
    take_out(office, path, "code")
    there = open_pack(path)
    with there.transaction("补记") as tx:
        firm = tx.find(Query(Investor, words="青禾"))[0]
        firm.note = "新"
        tx.save(firm)
        tx.save(Investor(name=NASTY, note=NASTY))
        sha = tx.put_blob(b"photo")
        tx.save(Attachment(owner_noun="investor", owner=firm.id, name="../../etc/passwd", sha256=sha, size=5))
    there.close()
    return path


def said(office: Office) -> list[str]:
    """Everything the office says, as SQL."""
    with office.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return list(driver.iterdump())


def refused(office: Office, path: Path, match: str = "。") -> None:
    before = said(office)
    with pytest.raises(KnownError, match=match):
        come_home(office, path)
    assert said(office) == before


def tampered(pack: Path, *statements: str, **values: Any) -> Path:
    """The same pack after somebody who knows its key was at it."""
    with contextlib.closing(open_file(pack, KEY)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement, values if ":" in statement else {})
    return pack


def line_of(pack: Path, noun: str, op: str = "update") -> tuple[int, dict[str, Any]]:
    """A line of the pack's journal that the laptop wrote."""
    with contextlib.closing(open_file(pack, KEY)) as connection:
        wanted = "SELECT seq, changes FROM journal WHERE noun = ? AND op = ? AND batch > 1"
        seq, changes = connection.execute(wanted, (noun, op)).fetchone()
        return seq, json.loads(changes)


def test_the_pack_itself_is_well(office: Office, pack: Path) -> None:
    home = come_home(office, pack)
    done = bring_home(office, home)
    home.close()
    assert done.is_whole
    assert check(office).wrong == []
    assert {one.name for one in office.find(Query(Investor))} >= {NASTY, "青禾新材料有限公司"}
    assert office.find(Query(Attachment))[0].name == "../../etc/passwd"
    assert not (Path(office.where).parents[2] / "etc").exists()


@pytest.mark.parametrize("part", [0, 100, 0.3, 0.7, 0.999])
def test_a_truncated_pack_is_refused(office: Office, pack: Path, part: float) -> None:
    whole = pack.read_bytes()
    pack.write_bytes(whole[: int(part * len(whole)) if isinstance(part, float) else part])
    refused(office, pack)


def test_flipped_bits_are_refused_or_without_effect(office: Office, pack: Path, tmp_path: Path) -> None:
    dice, whole, before = random.Random(5), pack.read_bytes(), said(office)
    for number in range(60):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        copy = tmp_path / f"{number}.pack"
        copy.write_bytes(damaged)
        with contextlib.suppress(KnownError):
            home = come_home(office, copy)
            assert [edit.record.NOUN for edit in home.edits] == ["investor", "investor", "attachment"]
            home.close()
        assert said(office) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 4096, b"SQLite format 3\0" + b"\xff" * 8000, "一段文字".encode(), random.Random(1).randbytes(20_000)],
)
def test_what_is_no_pack_at_all_is_refused(office: Office, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pack").write_bytes(content)
    refused(office, tmp_path / "a.pack")


def test_a_zip_bomb_is_not_unpacked(office: Office, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.office", b"\0" * (200 << 20))
    (tmp_path / "a.pack").write_bytes(bomb.getvalue())
    refused(office, tmp_path / "a.pack", "打不开")
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 50 << 20


def test_a_pack_of_another_office_is_refused(office: Office, pack: Path, tmp_path: Path) -> None:
    other = create_office(tmp_path / "邻县.office", name="邻县")
    refused(other, pack, "另一个办公室")
    other.close()


def test_a_pack_of_a_newer_program_is_refused(office: Office, pack: Path) -> None:
    refused(office, tampered(pack, "UPDATE meta SET value = '99' WHERE key = 'schema'"), "先升级程序")


def test_a_pack_that_writes_in_the_register_of_packs_is_refused(office: Office, pack: Path) -> None:
    """It could say there that other packs have come home, whose changes would then never be asked for."""
    there = open_pack(pack)
    with there.transaction("登记") as tx:
        tx.save(Pack(name="别的包", since=date(2026, 11, 23), code="other", state="已回"))
    there.close()
    refused(office, pack)


def test_a_copy_of_the_office_is_no_pack(office: Office, tmp_path: Path) -> None:
    office.engine.dispose()
    shutil.copy(office.where, tmp_path / "a.pack")
    before = said(office)
    with pytest.raises(KnownError, match="不是出差包"):
        from zhaoshang_desktop.actions.homecoming import look_into

        look_into(office, tmp_path / "a.pack", lambda _copy: None)
    assert said(office) == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER boom AFTER INSERT ON meta BEGIN DELETE FROM investor; END",
        "CREATE VIEW firms AS SELECT * FROM investor",
        "CREATE TABLE extra (a)",
        "CREATE TABLE extra (a, CHECK (length(hex(zeroblob(1000))) > 0))",
        "ALTER TABLE investor ADD COLUMN b GENERATED ALWAYS AS (hex(name)) VIRTUAL",
        "CREATE INDEX trick ON investor (lower(name))",
        "DROP TABLE lead",
        "DELETE FROM meta WHERE key = 'schema'",
        "UPDATE meta SET value = 'two' WHERE key = 'schema'",
    ],
)
def test_tables_that_are_not_ours_are_refused(office: Office, pack: Path, statement: str) -> None:
    refused(office, tampered(pack, statement))


def test_a_table_that_computes_something_of_its_own_is_refused_before_it_does(office: Office, pack: Path) -> None:
    """Nobody would wait for the end of what it may reckon."""
    with contextlib.closing(open_file(pack, KEY)) as connection:
        wanted = "SELECT sql FROM sqlite_master WHERE name = 'investor'"
        sql = connection.execute(wanted).fetchone()[0]
        connection.execute("PRAGMA writable_schema = ON")
        changed = f"{sql[: sql.rindex(')')]}, CHECK (length(hex(zeroblob(1000))) > 0))"
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'investor'", (changed,))
    refused(office, pack, "不认识的结构")


def test_an_attachment_larger_than_any_may_be_is_refused(office: Office, pack: Path) -> None:
    there = open_pack(pack)
    with there.transaction("添加文件") as tx:
        firm = tx.find(Query(Investor, words="青禾"))[0]
        sha = tx.put_blob(bytes(LARGEST + 1))
        tx.save(Attachment(owner_noun="investor", owner=firm.id, name="大.bin", sha256=sha, size=5))
    there.close()
    home = come_home(office, pack)
    before = said(office)
    with pytest.raises(Untrue, match="附件大得"):
        bring_home(office, home)
    home.close()
    assert said(office) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_or_a_link_to_itself_is_refused_at_once(office: Office, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pack")
    assert not is_remembered(tmp_path / "a.pack")
    refused(office, tmp_path / "a.pack", "不是普通的文件")
    with pytest.raises(KnownError, match="不是普通的文件"):
        open_office(tmp_path / "a.pack")
    (tmp_path / "b.pack").symlink_to("b.pack")
    refused(office, tmp_path / "b.pack", "绕回自己")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE investor SET note = '改了不说' WHERE note = '新'",
        "DELETE FROM contact",
        "DELETE FROM journal WHERE batch > 1",
        "DELETE FROM batch WHERE id > 1",
        "UPDATE batch SET device = (SELECT number FROM device WHERE place LIKE 'office:%') WHERE id > 1",
        "UPDATE device SET place = place || ':' WHERE place NOT LIKE 'office:%'",
        "UPDATE batch SET at = '昨天' WHERE id > 1",
        "UPDATE journal SET changes = '{' WHERE batch > 1",
        "UPDATE journal SET changes = '[]' WHERE batch > 1",
        "UPDATE journal SET op = 'explode' WHERE batch > 1",
        "UPDATE journal SET noun = 'meta' WHERE batch > 1",
        "UPDATE journal SET record = 'abc' WHERE batch > 1",
        "UPDATE journal SET changes = replace(changes, '旧', '另一个') WHERE batch = 1",
        "UPDATE journal SET op = 'update' WHERE batch = 1",
        "UPDATE ledger SET note = 'x'",
    ],
)
def test_a_journal_that_does_not_add_up_is_refused(office: Office, pack: Path, statement: str) -> None:
    if "ledger" in statement:
        with pytest.raises(Exception, match="only added"):
            tampered(pack, "INSERT INTO ledger SELECT 1, 1, 'a', 'b', 'print', 1, 'f', 'n', 's'", statement)
        return
    if "place || ':'" in statement:
        home = come_home(office, tampered(pack, statement))
        home.close()
        return
    refused(office, tampered(pack, statement), "对不上")


def test_what_was_sent_cannot_be_rewritten_even_with_its_journal(office: Office, pack: Path) -> None:
    """Base and record agree with each other, and not with the register."""
    refused(
        office,
        tampered(
            pack,
            "UPDATE journal SET changes = replace(changes, '周远航', '赵六') WHERE noun = 'contact'",
            "UPDATE contact SET name = '赵六'",
        ),
        "带出时登记的不一样",
    )


def test_edits_in_the_name_of_the_office_are_refused(office: Office, pack: Path) -> None:
    """A batch with the number of one of the office's own; its device is claimed to be the laptop's."""
    own = office.batches()[-1]
    refused(
        office,
        tampered(
            pack,
            "DELETE FROM device WHERE place LIKE 'office:%'",
            f"INSERT OR REPLACE INTO device VALUES ({office.device}, 'mine', 0)",
            f"UPDATE batch SET id = {own.id}, device = {office.device}, actor = '局长' WHERE id > 1",
            f"UPDATE journal SET batch = {own.id} WHERE batch > 1",
        ),
        "冒用了办公室自己的编号",
    )


def test_a_record_that_stayed_at_home_cannot_be_taken_over(office: Office, pack: Path) -> None:
    """The laptop claims to have made a record under the key of one of the office's that never travelled."""
    stayed = office.find(Query(Investor, words="没有带走"))[0]
    with office.transaction("换一条") as tx:
        new = tx.save(Investor(name="后来的"))
    assert stayed.id != new.id
    refused(
        office,
        tampered(
            pack,
            "DELETE FROM device WHERE place LIKE 'office:%'",
            f"INSERT OR REPLACE INTO device VALUES ({office.device}, 'mine', 0)",
            f"UPDATE journal SET record = {new.id} WHERE noun = 'investor' AND op = 'create' AND batch > 1",
            f"UPDATE investor SET id = {new.id} WHERE name LIKE 'x%'",
        ),
        "冒用了办公室已有的编号",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("registered_capital", "很多"),
        ("registered_capital", [1, 2, 3]),
        ("staff", "三百"),
        ("tags", "{"),
        ("tags", "[" * 5000),
        ("point", "[1]"),
        ("checked_on", "2026-13-45"),
        ("owner", "1; DROP TABLE member"),
        ("note", 5),
        ("note", "a\0b"),
        ("removed", "昨天"),
        ("raw", "[1]"),
        ("last_contact", "2026-11-11"),
        ("no_such_field", "x"),
    ],
)
def test_values_that_no_field_can_hold_are_refused(office: Office, pack: Path, field: str, value: Any) -> None:
    seq, changes = line_of(pack, "investor")
    changed = json.dumps({**changes, field: [None, value]})
    refused(office, tampered(pack, "UPDATE journal SET changes = :changes WHERE seq = :seq", changes=changed, seq=seq))


def test_an_attachment_whose_content_is_another_is_refused_and_nothing_is_merged(office: Office, pack: Path) -> None:
    home = come_home(office, tampered(pack, "UPDATE blob SET data = x'00'"))
    before = said(office)
    with pytest.raises(Untrue, match="附件的内容"):
        bring_home(office, home)
    home.close()
    assert said(office) == before


def test_whatever_is_done_to_the_tables_by_lot_is_a_sentence_or_a_sound_merge(
    office: Office, pack: Path, tmp_path: Path
) -> None:
    dice, before = random.Random(7), said(office)
    columns = {"journal": "record changes op noun batch seq", "batch": "id at actor device label merged"}
    columns |= {"meta": "value key", "device": "number place last_key", "investor": "id name version created raw"}
    columns |= {"contact": "id name investor", "attachment": "id owner owner_noun sha256"}
    values = ("NULL", "-1", "9e999", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'", "x'00ff'", "9223372036854775807", "''")
    for number in range(60):
        copy, table = tmp_path / f"{number}.pack", dice.choice(list(columns))
        shutil.copy(pack, copy)
        with contextlib.suppress(Exception):  # a constraint may be in the way
            tampered(copy, f"UPDATE {table} SET {dice.choice(columns[table].split())} = {dice.choice(values)}")
        with contextlib.suppress(KnownError):
            come_home(office, copy).close()
        assert said(office) == before
