"""Damaged files made whole: from the backup, from the journal, from rows; and a report of what is lost. The long
version, at many more places, is in tests/proof."""

from __future__ import annotations

import contextlib
import gzip
import random
import sqlite3
from pathlib import Path

import pytest

from tests.store.broken_disk import FULL, between, is_possible, refusing
from tests.store.conftest import KEY
from tests.store.damaging import DAMAGES, NOW, PAGE, Case, Damage, contents, faults_of, make_case
from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store import open_office, users
from zhaoshang_desktop.store.backup import holds
from zhaoshang_desktop.store.check import check, quick_faults, rebuild
from zhaoshang_desktop.store.engine import open_still, writing
from zhaoshang_desktop.store.migrations import SCHEMA
from zhaoshang_desktop.store.repair import repair
from zhaoshang_desktop.store.users import User


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def in_log(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("log"), log=True)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("encrypted"), KEY)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Nobody has ever made a backup."""
    return make_case(tmp_path_factory.mktemp("alone"), backup=False)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_whole_again(plain: Case, tmp_path: Path, damage: Damage) -> None:
    case = plain.copied(tmp_path / "县局")
    damage(case.where, random.Random(7))
    broken = case.where.read_bytes()
    report = case.repaired()
    assert faults_of(case, report) == []
    beside = [one for one in case.where.parent.iterdir() if one != case.where]
    assert beside == [report.aside] if report.aside else not beside
    assert all(one.read_bytes() == broken for one in beside)


def test_a_file_in_which_nothing_is_wrong_keeps_its_place_and_finds_all_words(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    place = case.where.stat().st_ino
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        connection.execute("INSERT INTO investor_index(investor_index) VALUES ('delete-all')")
        connection.execute("INSERT INTO investor_index(rowid, words) SELECT id, '别的' FROM investor_entry")
    assert case.repaired().aside is None
    assert case.where.stat().st_ino == place
    office = open_office(case.where, clock=case.clock)
    name = office.find(Query(Investor))[0].name
    assert name in [one.name for one in office.find(Query(Investor, words=name))]
    office.close()


def test_a_line_without_its_batch_is_found(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        connection.execute("DELETE FROM batch WHERE id = (SELECT max(batch) FROM journal)")
    office = open_office(case.where, clock=case.clock)
    assert any("没有登记是哪一次修改" in sentence for sentence in check(office).wrong)
    office.close()
    assert faults_of(case, case.repaired()) == []


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_an_index_with_a_piece_missing_is_found_and_made_anew(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    """The two libraries say it in words of their own."""
    case: Case = request.getfixturevalue(kind).copied(tmp_path / "县局")
    office = open_office(case.where, clock=case.clock, key=case.key)
    with writing(office.engine) as connection:
        connection.exec_driver_sql("DELETE FROM investor_index_data WHERE id > 100")
    assert check(office).stale == ["客商：检索索引已损坏"]
    rebuild(office)
    assert check(office).wrong == []
    office.close()


@pytest.mark.parametrize(("kind", "damage"), [("alone", "first page"), ("alone", "one page"), ("plain", "one page")])
def test_who_may_sign_in_is_who_it_was(request: pytest.FixtureRequest, tmp_path: Path, kind: str, damage: str) -> None:
    """Users that were made after the backup, or where there is none, are still there."""
    case: Case = request.getfixturevalue(kind).copied(tmp_path / "县局")
    office = open_office(case.where, clock=case.clock)
    kept = User("张敏", Role.ADMIN, "argon2id")
    with writing(office.engine) as connection:
        users.put(connection, [kept])
    office.close()
    DAMAGES[damage](case.where, random.Random(7))
    assert case.repaired().aside is not None
    office = open_office(case.where, clock=case.clock)
    assert (office.users(), office.role) == ([kept], Role.LEADER)
    office.close()


@pytest.mark.parametrize("damage", ["ten pages", "first page", "garbage", "empty"])
def test_what_is_still_in_the_log_is_not_forgotten(in_log: Case, tmp_path: Path, damage: str) -> None:
    case = in_log.copied(tmp_path / "县局")
    DAMAGES[damage](case.where, random.Random(3))
    report = case.repaired()
    assert faults_of(case, report) == []
    assert report.lines >= (280 if damage != "empty" else 50)
    assert report.aside.with_name(report.aside.name + "-wal").exists()


@pytest.mark.parametrize("damage", ["ten pages", "fifty bytes", "cut off", "first page"])
def test_an_encrypted_file_is_repaired_through_its_key(encrypted: Case, tmp_path: Path, damage: str) -> None:
    case = encrypted.copied(tmp_path / "县局")
    DAMAGES[damage](case.where, random.Random(5))
    assert faults_of(case, case.repaired()) == []


def test_an_encrypted_file_that_does_not_tell_where_it_ends_gives_all_the_same_what_can_be_read(
    encrypted: Case, tmp_path: Path
) -> None:
    case = encrypted.copied(tmp_path / "县局")
    with contextlib.closing(open_still(case.where, KEY)) as connection:
        root = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_sequence'"
        (page,) = connection.execute(root).fetchone()
    with case.where.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))
    report = case.repaired()
    assert report.lost == ["文件里写到了哪里已读不出来，备份之后的修改可能没有找全"]
    office = open_office(case.where, key=KEY, clock=case.clock)
    assert (contents(office), check(office).wrong) == (case.now, [])
    office.close()


@pytest.mark.parametrize("damage", ["one page", "first page", "ten pages"])
def test_without_a_backup_all_that_can_be_read_is_kept(alone: Case, tmp_path: Path, damage: str) -> None:
    case = alone.copied(tmp_path / "县局")
    DAMAGES[damage](case.where, random.Random(11))
    report = case.repaired()
    assert faults_of(case, report) == []
    office = open_office(case.where, clock=case.clock)
    assert office.name == "清岚县投资促进局"
    assert len(contents(office)) > 0.9 * len(case.now)
    office.close()


def test_after_the_loss_of_the_first_page_nothing_is_missing(plain: Case, tmp_path: Path) -> None:
    """Where each table begins nobody knows any more; its rows are found all the same."""
    case = plain.copied(tmp_path / "县局")
    DAMAGES["first page"](case.where, random.Random(1))
    report = case.repaired()
    assert report.lost == []
    office = open_office(case.where, clock=case.clock)
    assert contents(office) == case.now
    assert [batch.label for batch in office.batches(3)] == ["清除", "修改客商", "修改客商"]
    assert office.blob is not None
    office.close()


def test_a_damaged_backup_is_passed_over(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    DAMAGES["hundred pages"](case.where, random.Random(1))
    assert case.backup is not None
    bad = tmp_path / "坏.office"
    bad.write_bytes(case.backup.read_bytes()[:100_000])
    report = repair(case.where, None, [bad, case.backup], actor="张敏", clock=case.clock)
    assert report.base == case.backup
    assert faults_of(case, report) == []


def test_an_office_that_is_open_elsewhere_is_not_repaired(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    other = open_office(case.where, clock=case.clock)
    with contextlib.closing(other), other.transaction("新建"), pytest.raises(KnownError, match="正开着"):
        case.repaired()
    assert list(case.where.parent.glob("*损坏*")) == []


def test_an_office_that_has_moved_still_has_when_it_is_repaired_from_an_older_backup(
    plain: Case, tmp_path: Path
) -> None:
    case = plain.copied(tmp_path / "县局")
    office = open_office(case.where, clock=case.clock)
    move_office(office, tmp_path / "新.office")
    office.close()
    DAMAGES["key of a row and pages"](case.where, random.Random(1))
    assert case.repaired().base == case.backup
    again = open_office(case.where, clock=case.clock)
    assert "新.office" in again.moved
    assert not again.may_write
    again.close()


def test_nor_is_one_that_another_window_shows_without_writing(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    other = open_office(case.where, clock=case.clock)
    with contextlib.closing(other), pytest.raises(KnownError, match="正开着"):
        repair(case.where, None, [], actor="张敏", clock=case.clock)
    assert repair(case.where, None, [], actor="张敏", clock=case.clock).aside is None


def test_the_quick_check_sees_a_lost_page(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    office = open_office(case.where, clock=case.clock)
    assert quick_faults(office) == []
    office.close()
    DAMAGES["hundred pages"](case.where, random.Random(2))
    with contextlib.suppress(KnownError):
        office = open_office(case.where, clock=case.clock)
        assert quick_faults(office) != []
        office.close()


def test_what_can_be_made_anew_from_the_records_is_told_apart_and_made_anew(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    office = open_office(case.where, clock=case.clock)
    assert check(office).wrong == []
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE investor SET contact_count = 7 WHERE id % 2 = 0")
        connection.exec_driver_sql("UPDATE investor_entry SET text = '别的' WHERE id % 3 = 0")
        connection.exec_driver_sql("DELETE FROM project_entry")
    findings = check(office)
    assert findings.only_stale
    assert len(findings.stale) == 3
    assert rebuild(office).touches("investor")
    assert check(office).wrong == []
    office.close()


def test_a_damaged_office_of_the_first_version_is_repaired_from_its_backup(tmp_path: Path) -> None:
    file, kept = tmp_path / "旧.office", tmp_path / "备份.office"
    for path in (file, kept):
        path.write_bytes(gzip.decompress((Path(__file__).parents[1] / "data" / "office_1.gz").read_bytes()))
    assert holds(kept).schema == 1
    DAMAGES["ten pages"](file, random.Random(4))
    report = repair(file, None, [kept], actor="张敏", clock=FixedClock(NOW))
    assert (report.base, report.lost) == (kept, [])
    office = open_office(file)
    assert check(office).wrong == []
    assert office.meta("schema") == str(SCHEMA)
    office.close()


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_records_of_which_only_later_changes_were_found_are_named_and_the_office_is_sound(
    alone: Case, tmp_path: Path, seed: int
) -> None:
    case = alone.copied(tmp_path / "县局")
    DAMAGES["hundred pages"](case.where, random.Random(seed))
    report = case.repaired()
    assert faults_of(case, report) == []
    assert any("没有找回" in sentence for sentence in report.lost)


@pytest.mark.parametrize("seed", [1, 11, 24])
def test_a_flipped_bit_in_a_key_makes_no_second_record_though_lines_are_lost(
    alone: Case, tmp_path: Path, seed: int
) -> None:
    case = alone.copied(tmp_path / "县局")
    DAMAGES["key of a row and pages"](case.where, random.Random(seed))
    report = case.repaired()
    assert faults_of(case, report) == []


@pytest.mark.parametrize(("noun", "bit"), [("investor", 40), ("contact", 40), ("contact", 9)])
def test_a_birth_in_the_journal_whose_key_is_damaged_is_that_of_the_row(
    alone: Case, tmp_path: Path, noun: str, bit: int
) -> None:
    case = alone.copied(tmp_path / "县局")
    key = min(key for one, key in case.now if one == noun)
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        wrong = "UPDATE journal SET record = ? WHERE record = ? AND op = 'create'"
        connection.execute(wrong, (key ^ 1 << bit, key))
    case.repaired()
    office = open_office(case.where, clock=case.clock)
    assert (contents(office), check(office).wrong) == (case.now, [])
    office.close()


def test_a_row_that_no_line_has_made_is_told_with_its_texts_and_not_kept(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    key = next(key for noun, key in case.now if noun == "project")
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        connection.execute("CREATE TEMP TABLE copy AS SELECT * FROM project WHERE id = ?", (key,))
        connection.execute("UPDATE copy SET id = id + 64, name = '没有人立过的项目'")
        connection.execute("INSERT INTO project SELECT * FROM copy")
    report = case.repaired()
    assert len(report.lost) == 1
    assert "项目的编号对不上任何修改记录" in report.lost[0]
    assert "项目名称 没有人立过的项目" in report.lost[0]
    office = open_office(case.where, clock=case.clock)
    assert contents(office) == case.now
    office.close()


@pytest.mark.parametrize(("to", "lost"), [(1 << 50, ["1 条客商没有找回，只剩下对它们的修改记录"]), (1, [])])
def test_a_change_in_the_journal_whose_key_is_damaged_is_found_in_the_row(
    plain: Case, tmp_path: Path, to: int, lost: list[str]
) -> None:
    """It tells of a record that never was, or of another one, which says something else before it."""
    case = plain.copied(tmp_path / "县局")
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        updates = "SELECT seq, record FROM journal WHERE op = 'update' AND noun = 'investor'"
        seq, key = connection.execute(f"{updates} ORDER BY seq DESC LIMIT 1 OFFSET 9").fetchone()
        connection.execute("UPDATE journal SET record = ? WHERE seq = ?", (key ^ to, seq))
    report = case.repaired()
    assert report.lost == lost
    office = open_office(case.where, clock=case.clock)
    assert (contents(office), check(office).wrong) == (case.now, [])
    office.close()


def test_a_birth_whose_key_is_damaged_does_not_take_that_of_another_record(plain: Case, tmp_path: Path) -> None:
    """A contact, and the project that was made just after it."""
    case = plain.copied(tmp_path / "县局")
    with contextlib.closing(sqlite3.connect(case.where)) as connection, connection:
        births = "SELECT batch, record FROM journal WHERE op = 'create' AND noun = '{}' ORDER BY seq DESC"
        (_, project) = connection.execute(births.format("project")).fetchone()
        contact = next(key for _, key in connection.execute(births.format("contact")) if key ^ project < 255)
        connection.execute("UPDATE journal SET record = ? WHERE record = ? AND op = 'create'", (project, contact))
    case.repaired()
    office = open_office(case.where, clock=case.clock)
    assert (contents(office), check(office).wrong) == (case.now, [])
    office.close()


def test_a_repair_that_the_disk_refuses_leaves_everything_as_it_was(plain: Case, tmp_path: Path) -> None:
    case = plain.copied(tmp_path / "县局")
    DAMAGES["ten pages"](case.where, random.Random(7))
    before = case.where.read_bytes()
    if not is_possible():
        pytest.skip("SQLite's file calls cannot be replaced here")
    with between(), refusing(40, FULL), pytest.raises(KnownError, match="磁盘已满"):
        case.repaired()
    assert case.where.read_bytes() == before
    assert [one.name for one in case.where.parent.iterdir()] == [case.where.name]
