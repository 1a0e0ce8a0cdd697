"""A damaged office file made whole again, as far as that goes, and a report of what could not be.

The newest sound backup is the ground. The journal's lines after its last one that can still be read in the damaged file
are done again on it, under their own numbers and batches. Where lines are missing, rows that can be read directly and
are newer than what the lines say are taken as they are, under a batch of the repair's own. The damaged file itself is
copied aside first and stays.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from zhaoshang_desktop.domain.backup import ASIDE, WALL
from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.runtime.files import clear_logs, making
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import backup as backups
from zhaoshang_desktop.store import blobs, derived, journal, ledger, migrations, search, users
from zhaoshang_desktop.store.check import findings_of
from zhaoshang_desktop.store.engine import connect, driver, open_file, sentences, writing
from zhaoshang_desktop.store.keys import device_of
from zhaoshang_desktop.store.opening import empty_office
from zhaoshang_desktop.store.replaying import present, replay, stamp_of
from zhaoshang_desktop.store.salvage import FACTS, Columns, Salvage, salvage
from zhaoshang_desktop.store.strays import settle_keys
from zhaoshang_desktop.store.tables import (
    BATCH,
    BLOB,
    DEVICE,
    ENTRIES,
    JOURNAL,
    META,
    TABLES,
    insert_rows,
    stored_of_row,
)
from zhaoshang_desktop.store.transaction import Transaction

_KEPT = ("", "-wal", ".key")
_LEAP = 1_000_000
_NAMELESS = "（这一批的名称读不出来了）"


@dataclass
class Repaired:
    """What a repair came to: where the damaged file is kept (None: nothing was wrong), on which
    backup it was built (None: on nothing), how many lines were done again, how many records were taken directly, and a
    sentence for each thing that is lost."""

    aside: Path | None
    base: Path | None = None
    lines: int = 0
    rows: int = 0
    lost: list[str] = field(default_factory=list)


def repair(
    office: Path,
    key: bytes | None,
    known: Sequence[Path],
    *,
    actor: str,
    clock: Clock,
    progress: Progress = untold,
) -> Repaired:
    """Puts a whole file in the place of a damaged one that is closed; KnownError leaves it as it was, and so does
    what `progress` raises, which is called between the steps. A file in which nothing is wrong keeps its place, and
    its index of words is made anew."""
    aside = office.with_name(f"{office.stem}{ASIDE}{clock.now().astimezone(WALL):%Y-%m-%d-%H%M%S}{office.suffix}")
    try:
        with making(office) as part:
            try:
                _keep(office, aside)
                _refuse_open(office, key)
                progress("正在修复：看看坏在哪里")
                if _is_whole(aside, part, key):
                    _forget(aside)
                    _index_anew(office, key)
                    return Repaired(None)
                report = _mended(part, aside, office.stem, key, known, actor, clock, progress)
                progress("正在修复：放回原处")
                backups.put_on_disk(part)
            except BaseException:
                _forget(aside)
                raise
            clear_logs(office)
            part.replace(office)
    except OSError as error:
        raise not_written(office, error) from None
    return report


def _mended(
    part: Path,
    aside: Path,
    stem: str,
    key: bytes | None,
    known: Sequence[Path],
    actor: str,
    clock: Clock,
    tell: Progress,
) -> Repaired:
    """Makes the whole file beside the office; `stem` is its name when nothing tells it any more."""
    tell("正在修复：读出还读得出来的内容")
    found = _salvaged(aside, key)
    tell("正在修复：找最新的好备份")
    base = _base(known, key, found)
    tell("正在修复：把之后的修改补上")
    if base is None and not found.lines and not any(found.rows.values()):
        raise KnownError("文件里什么也读不出来，也没有可用的备份，没有改动。", "请找一找别处的备份。")
    clear_logs(part)
    part.unlink(missing_ok=True)
    if base is not None:
        shutil.copyfile(base, part)
    else:
        empty_office(part, found.facts.get("name") or stem, key)
    report = Repaired(aside, base)
    _rebuild(part, key, found, report, actor, clock)
    return report


def _salvaged(aside: Path, key: bytes | None) -> Salvage:
    """Nothing stays beside the file that was not there before."""
    log, memory = aside.with_name(aside.name + "-wal"), aside.with_name(aside.name + "-shm")
    had_log = log.exists()
    try:
        return salvage(aside, key)
    finally:
        memory.unlink(missing_ok=True)
        if not had_log:
            log.unlink(missing_ok=True)


def _refuse_open(office: Path, key: bytes | None) -> None:
    """Comes after the copying: opening a damaged file may already change it."""
    try:
        with contextlib.closing(open_file(office, key, alone=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    except (driver(key).Error, UnicodeDecodeError) as error:  # the damage may be in what SQLite would quote
        if "locked" in str(error):
            raise KnownError("另一个程序正开着这个办公室，没有修复。", "请先在那边关闭它。") from None


def _is_whole(aside: Path, part: Path, key: bytes | None) -> bool:
    """Is there nothing to mend? Asked of a copy, since opening a damaged file may already change it; a log that is
    left may hold more than SQLite would read of it."""
    log = aside.with_name(aside.name + "-wal")
    if log.exists() and log.stat().st_size:
        return False
    _keep(aside, part)
    try:
        engine = connect(part, key)
        try:
            return backups.holds(part, key).schema == migrations.SCHEMA and not findings_of(engine).wrong
        finally:
            engine.dispose()
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of being read
        return False
    finally:
        _forget(part)
        clear_logs(part)


def _index_anew(office: Path, key: bytes | None) -> None:
    """No check can tell that an index of words is the right one."""
    engine = connect(office, key)
    try:
        with writing(engine) as connection:
            search.rebuild(connection)
    finally:
        engine.dispose()


def _keep(office: Path, aside: Path) -> None:
    for ending in _KEPT:
        source = office.with_name(office.name + ending)
        if source.exists():
            shutil.copyfile(source, aside.with_name(aside.name + ending))


def _forget(aside: Path) -> None:
    """Nothing was done after all, and no copy stays."""
    with contextlib.suppress(OSError):
        for ending in _KEPT:
            aside.with_name(aside.name + ending).unlink(missing_ok=True)


def _base(known: Sequence[Path], key: bytes | None, found: Salvage) -> Path | None:
    """The newest sound backup of the same history."""
    for path in known:
        if not backups.is_sound(path, key):
            continue
        with contextlib.suppress(KnownError, ValueError):
            held = backups.holds(path, key)
            ours = found.facts.get("office", held.office) == held.office
            line = found.lines.get(held.end.line)
            if ours and held.schema <= migrations.SCHEMA and (line is None or line["batch"] == held.end.batch):
                return path
    return None


def _rebuild(part: Path, key: bytes | None, found: Salvage, report: Repaired, actor: str, clock: Clock) -> None:
    engine = connect(part, key)
    try:
        migrations.bring_up_to_date(engine, lambda: None)
        with sentences(), engine.connect().execution_options(writing=True) as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                _fill(connection, found, report, actor, clock.now())
            raw.execute("PRAGMA foreign_keys = ON")
    finally:
        engine.dispose()


def _fill(connection: Connection, found: Salvage, report: Repaired, actor: str, now: datetime) -> None:
    end = journal.end(connection)
    _put_facts(connection, found.facts)
    if report.base is None and "office" not in found.facts:
        report.lost.append("办公室的编号没有找回，换了一个新的：之前带出的出差包带不回来；有过用户的，要重新建")
    lines = _believable(end.line, found)
    gaps = _gaps(end.line, lines, found)
    report.lines = len(lines)
    if found.holes and "journal_end" not in found.facts:
        report.lost.append("文件里写到了哪里已读不出来，备份之后的修改可能没有找全")
    strays = list(settle_keys(connection, found, lines, complete=not gaps and not report.lost))
    torn = {
        noun: replay(connection, record, [line for line in lines if line["noun"] == noun], found)
        for noun, record in RECORDS.items()
    }
    _write_history(connection, lines, found)
    _take_contents(connection, found)
    ledger.carry(connection, list(found.entries.values()))
    device = _device(connection, lines)
    tx = Transaction(connection, device=device, actor=actor, now=now, label="修复：从损坏的文件找回", undoes=0)
    if gaps or report.lost or any(torn.values()) or any(_unborn(connection, one, lines) for one in RECORDS.values()):
        report.rows = sum(_take_rows(connection, tx, record, found, torn[noun]) for noun, record in RECORDS.items())
        report.lost += [_gap_words(gaps)] if gaps else []
        report.lost += [words for record in RECORDS.values() for words in _strike(connection, tx, record, lines)]
    report.lost += strays
    report.lost += [*_cut_links(connection, tx), *blobs.faults(connection), *ledger.faults(connection)]
    derived.refresh(connection, {noun: set(_keys(connection, noun)) for noun in ("project", "investor", "expert")})
    tx.note(Deed(Act.REPAIR, report.rows, report.base.name if report.base else "", f"{report.lines} 行修改"))
    tx.finish()
    for noun in ENTRIES:
        entries = set(connection.execute(select(ENTRIES[noun].c.id)).scalars())
        search.refresh(connection, RECORDS[noun], entries | set(_keys(connection, noun)))


def _put_facts(connection: Connection, facts: Mapping[str, str]) -> None:
    """They are as the damaged file says, which is later than its backup."""
    for name in FACTS:
        if name in facts and (name != users.FACT or users.are_sound(facts[name])):
            connection.execute(delete(META).where(META.c.key == name))
            connection.execute(insert(META), {"key": name, "value": facts[name]})


def _keys(connection: Connection, noun: str) -> list[int]:
    return list(connection.execute(select(TABLES[noun].c.id)).scalars())


def _believable(end: int, found: Salvage) -> list[Columns]:
    """The lines after `end`; a number far beyond all others is a damaged one."""
    most = end + 2 * len(found.lines) + _LEAP
    return [found.lines[seq] for seq in sorted(found.lines) if end < seq < most]


def _gaps(end: int, lines: Sequence[Columns], found: Salvage) -> list[tuple[int, int]]:
    """Stretches of line numbers after `end` that are nowhere to be read."""
    last = int(found.facts.get("journal_end", 0))
    seqs = [line["seq"] for line in lines]
    if end + len(seqs) < last < end + 2 * len(found.lines) + _LEAP:
        seqs.append(last + 1)
    return [(one + 1, other - 1) for one, other in pairwise([end, *seqs]) if other > one + 1]


def _gap_words(gaps: Sequence[tuple[int, int]]) -> str:
    said = "、".join(f"{low}" if low == high else f"{low}—{high}" for low, high in gaps[:5])
    count = sum(high - low + 1 for low, high in gaps)
    more = f" 等 {len(gaps)} 段" if len(gaps) > 5 else ""
    return f"修改记录第 {said} 行{more}（共 {count:,} 行）读不出来，其中没有在别处找到的修改丢失了"


def _write_history(connection: Connection, lines: Sequence[Columns], found: Salvage) -> None:
    """Lines keep their numbers; a batch whose row is lost gets one without a name."""
    known = set(connection.execute(select(BATCH.c.id)).scalars())
    wanted = {line["batch"] for line in lines} - known
    nameless: Columns = {"actor": "", "label": _NAMELESS, "undoes": None, "merged": None}
    new = [
        found.batches.get(key) or nameless | {"id": key, "at": stamp_of(key, found), "device": device_of(key)}
        for key in sorted(wanted)
    ]
    if new:
        connection.execute(insert(BATCH), new)
    if lines:
        insert_rows(connection, JOURNAL, lines)
    devices = set(connection.execute(select(DEVICE.c.number)).scalars())
    for device in sorted({row["device"] for row in new} - devices):
        connection.execute(insert(DEVICE), {"number": device, "place": f"修复：{device}", "last_key": 0})
    for device in sorted({row["device"] for row in new}):
        last = max(line["record"] for line in lines) if lines else 0
        last = max([key for key in _drawn(lines) if device_of(key) == device], default=last)
        behind = (DEVICE.c.number == device) & (DEVICE.c.last_key < last)
        connection.execute(update(DEVICE).where(behind).values(last_key=last))


def _drawn(lines: Iterable[Columns]) -> Iterator[int]:
    for line in lines:
        yield line["batch"]
        yield line["record"]


def _take_contents(connection: Connection, found: Salvage) -> None:
    known = set(connection.execute(select(BLOB.c.hash)).scalars())
    for name, data in found.contents.items():
        if name not in known:
            connection.execute(insert(BLOB), {"hash": name, "size": len(data), "data": data})


def _device(connection: Connection, lines: Sequence[Columns]) -> int:
    """The device in whose name the repair writes: the one that wrote last."""
    known = list(connection.execute(select(DEVICE.c.number)).scalars())
    latest = device_of(lines[-1]["batch"]) if lines else -1
    if latest in known or known:
        return latest if latest in known else known[0]
    connection.execute(insert(DEVICE), {"number": 0, "place": "修复", "last_key": 0})
    return 0


def _take_rows(
    connection: Connection, tx: Transaction, record: type[Record], found: Salvage, torn: Mapping[int, int]
) -> int:
    """Rows that are newer than what the lines say, whose lines contradict each other, or that no line tells of."""
    rows = found.rows[record.NOUN]
    erased = {line["record"] for line in found.lines.values() if line["op"] == "erase"}
    there = {row["id"]: state for row, state in present(connection, record, sorted(rows))}
    count = 0
    for key, row in rows.items():
        stored, state = stored_of_row(record, row), there.get(key)  # type: ignore[arg-type]
        behind = torn.get(key, -1)
        if state is None:
            if key not in erased:
                tx.put_stored(record, key, stored)
                count += 1
        elif state.stored is not None and row["version"] >= state.version - behind:
            news = {name: stored.get(name) for name in {**state.stored, **stored}}
            news = {name: value for name, value in news.items() if state.stored.get(name) != value}
            if news:
                tx.change_stored(record, key, news)
                count += 1
    return count


def _unborn(connection: Connection, record: type[Record], lines: Sequence[Columns]) -> list[int]:
    """Keys of records that are not there although the lines after the backup tell of changes to them."""
    last = {line["record"]: line["op"] for line in lines if line["noun"] == record.NOUN}
    there = set(_keys(connection, record.NOUN)) if last else set()
    return [key for key, op in last.items() if op != "erase" and key not in there]


def _strike(connection: Connection, tx: Transaction, record: type[Record], lines: Sequence[Columns]) -> Iterator[str]:
    """Records of which nothing was found but later changes: the journal says that they are no more."""
    lost = _unborn(connection, record, lines)
    tx.strike(record, lost)
    if lost:
        yield f"{len(lost):,} 条{RECORD_TITLES[record.NOUN]}没有找回，只剩下对它们的修改记录"


def _cut_links(connection: Connection, tx: Transaction) -> list[str]:
    """Links to records that are lost are emptied; a sentence for each type of them."""
    cut: dict[tuple[str, str], int] = {}
    for noun, key, target, number in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        columns = {row[0]: row[3] for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({noun})").all()}
        tx.change_stored(RECORDS[noun], key, {columns[number]: None})
        cut[noun, target] = cut.get((noun, target), 0) + 1
    return [
        f"{count:,} 条{RECORD_TITLES[noun]}所属的{RECORD_TITLES[target]}没有找回"
        for (noun, target), count in cut.items()
    ]
