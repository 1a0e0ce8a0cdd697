"""Reading the journal: the history of a record, the batches, and taking one of them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from zhaoshang_desktop.domain.changes import Batch, End, Line, Touched
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.pack import Pack
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.store.columns import Stored, decode
from zhaoshang_desktop.store.tables import BATCH, JOURNAL, TABLES, moment, record_of_stored, stored_of_row
from zhaoshang_desktop.store.transaction import CHUNK, Transaction


def history(connection: Connection, record: type[Record], key: int) -> list[Line]:
    """The lines of one record, newest first, with values rather than their stored forms."""
    first = BATCH.alias("first")
    joined = (
        select(JOURNAL, func.coalesce(first.c.at, BATCH.c.at).label("at"), BATCH.c.actor, first.c.actor.label("laptop"))
        .join(BATCH, BATCH.c.id == JOURNAL.c.batch)
        .join(first, first.c.id == JOURNAL.c.origin, isouter=True)
    )
    wanted = joined.where(JOURNAL.c.record == key, JOURNAL.c.noun == record.NOUN).order_by(JOURNAL.c.seq.desc())
    return [_line(record, row) for row in connection.execute(wanted).mappings()]


def _line(record: type[Record], row: RowMapping) -> Line:
    stored = json.loads(row["changes"])
    values = {name: tuple(_value(record, name, one) for one in pair) for name, pair in stored.items()}
    return Line(
        seq=row["seq"],
        at=moment(row["at"]),
        actor=row["actor"] if row["laptop"] is None else row["laptop"],
        carried_by="" if row["laptop"] is None else row["actor"],
        batch=row["batch"],
        noun=row["noun"],
        record=row["record"],
        op=row["op"],
        changes=values,
    )


def _value(record: type[Record], name: str, stored: Stored) -> Any:
    if name == "removed":
        return moment(stored) if stored else None
    if name == "raw":
        return json.loads(stored) if stored else {}
    return decode(field_of(record, name), stored)


def as_of(connection: Connection, line: int, record: type[Record], keys: Sequence[int]) -> dict[int, Record]:
    """The records of these keys as they were at that line, in the bin or not; without those that were not there yet."""
    table = TABLES[record.NOUN]
    found: dict[int, dict[str, Stored]] = {}
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        for row in connection.execute(select(table).where(table.c.id.in_(chunk))).mappings():
            found[row["id"]] = stored_of_row(record, row)
        later = select(JOURNAL.c.record, JOURNAL.c.changes).where(
            JOURNAL.c.seq > line, JOURNAL.c.noun == record.NOUN, JOURNAL.c.record.in_(chunk)
        )
        for key, changes in connection.execute(later.order_by(JOURNAL.c.seq.desc())):
            stored = found.setdefault(key, {})
            for name, (before, _after) in json.loads(changes).items():
                stored[name] = before
    there = {key: {name: value for name, value in stored.items() if value is not None} for key, stored in found.items()}
    return {key: record_of_stored(record, key, stored) for key, stored in there.items() if stored}


def makers(connection: Connection, record: type[Record], keys: Sequence[int]) -> dict[int, str]:
    """Who made each of these records."""
    joined = select(JOURNAL.c.record, BATCH.c.actor).join(BATCH, BATCH.c.id == JOURNAL.c.batch)
    made = joined.where(JOURNAL.c.noun == record.NOUN, JOURNAL.c.op == "create").order_by(JOURNAL.c.seq)
    found: dict[int, str] = {}
    for start in range(0, len(keys), CHUNK):
        for key, actor in connection.execute(made.where(JOURNAL.c.record.in_(keys[start : start + CHUNK]))):
            found.setdefault(key, actor)
    return found


def batches(connection: Connection, limit: int) -> list[Batch]:
    """The latest batches of this office, newest first; all of them when there is no limit (0).

    What a laptop did is not among them: it came in one of them.
    """
    wanted = select(BATCH).where(BATCH.c.merged.is_(None)).order_by(BATCH.c.id.desc())
    rows = connection.execute(wanted.limit(limit) if limit else wanted).mappings()
    return [_batch(row) for row in rows]


def touched(connection: Connection, keys: Iterable[int]) -> list[Touched]:
    """What these batches did to which records; what a laptop did has its person and time."""
    first, wanted = BATCH.alias("first"), list(keys)
    columns = (JOURNAL.c.seq, JOURNAL.c.noun, JOURNAL.c.record, JOURNAL.c.op, JOURNAL.c.changes)
    who = (
        func.coalesce(first.c.actor, BATCH.c.actor).label("actor"),
        func.coalesce(first.c.at, BATCH.c.at).label("at"),
    )
    joined = select(*columns, *who).join(BATCH, BATCH.c.id == JOURNAL.c.batch)
    joined = joined.join(first, first.c.id == JOURNAL.c.origin, isouter=True)
    found: list[tuple[int, Touched]] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = joined.where(JOURNAL.c.batch.in_(wanted[start : start + CHUNK]))
        for seq, noun, record, op, changes, actor, at in connection.execute(chunk):
            told = json.loads(changes).get(RECORDS[noun].TITLE, ("", "")) if op in ("create", "erase") else ("", "")
            found.append((seq, Touched(noun, record, op, actor, moment(at), str(told[0] or told[1] or ""))))
    return [one for _, one in sorted(found, key=itemgetter(0))]


def end(connection: Connection) -> End:
    """The last line and its batch; zeros when there is none."""
    last = connection.execute(select(JOURNAL.c.seq, JOURNAL.c.batch).order_by(JOURNAL.c.seq.desc()).limit(1)).first()
    return End(*last) if last else End()


def _batch(row: RowMapping) -> Batch:
    return Batch(row["id"], moment(row["at"]), row["actor"], row["label"], row["undoes"] or 0)


def batch(connection: Connection, key: int) -> Batch:
    """One batch; KnownError when there is none of that key."""
    row = connection.execute(select(BATCH).where(BATCH.c.id == key)).mappings().first()
    if row is None:
        raise KnownError("没有这一批修改。")
    return _batch(row)


def is_undone(connection: Connection, key: int) -> bool:
    """Whether that batch is taken back now, by whom ever."""
    undos = select(BATCH).where(BATCH.c.undoes != 0, BATCH.c.merged.is_(None)).order_by(BATCH.c.id.desc())
    return key in _undone([_batch(row) for row in connection.execute(undos).mappings()])


def packs_out(connection: Connection, batches: Iterable[int]) -> set[int]:
    """Those of the batches that did nothing but register a pack: it is out, and no Ctrl+Z brings it back."""
    packs = select(TABLES[Pack.NOUN].c.id)
    made = select(JOURNAL.c.batch).where(
        JOURNAL.c.record.in_(packs), JOURNAL.c.noun == Pack.NOUN, JOURNAL.c.op == "create"
    )
    found = set(connection.execute(made.where(JOURNAL.c.batch.in_(batches))).scalars())
    more = select(JOURNAL.c.batch).where(JOURNAL.c.batch.in_(found), JOURNAL.c.noun != Pack.NOUN)
    return found - set(connection.execute(more).scalars()) if found else found


def to_undo(recent: Sequence[Batch]) -> Batch | None:
    """Of batches newest first, the one Ctrl+Z takes back: the latest that is done and no undo itself."""
    undone = _undone(recent)
    return next((one for one in recent if not one.undoes and one.id not in undone), None)


def to_redo(recent: Sequence[Batch]) -> Batch | None:
    """Of batches newest first, the undo that Ctrl+Y takes back; none after something new was done."""
    undone = _undone(recent)
    for one in recent:
        if one.undoes and one.id not in undone and not _is_redo(one, recent):
            return one
        if not one.undoes and one.id not in undone:
            return None
    return None


def _is_redo(one: Batch, recent: Sequence[Batch]) -> bool:
    target = next((other for other in recent if other.id == one.undoes), None)
    return target is not None and bool(target.undoes)


def _undone(recent: Sequence[Batch]) -> set[int]:
    """Batches that are taken back, and not brought back since."""
    gone: set[int] = set()
    for one in recent:
        if one.undoes and one.id not in gone:
            gone.add(one.undoes)
    return gone


def take_back(tx: Transaction, key: int) -> list[str]:
    """Undoes a batch inside `tx`, last line first; gives a sentence for each change that was left
    because somebody changed the same thing since."""
    left: list[str] = []
    for (noun, op), group in groupby(tx.batch_lines(key), key=lambda line: line[:2]):
        members = list(group)
        for start in range(0, len(members), CHUNK):
            part = [(record, changes) for _, _, record, changes in members[start : start + CHUNK]]
            left += _take_back_group(tx, RECORDS[noun], op, part)
    return left


def _take_back_group(
    tx: Transaction, record: type[Record], op: str, part: list[tuple[int, dict[str, list[Stored]]]]
) -> list[str]:
    now = tx.stored(record, [key for key, _ in part])
    if op == "create":
        same = [key for key, changes in part if now.get(key) == {name: pair[1] for name, pair in changes.items()}]
        linked = tx.linked(record, same)
        tx.erase(record, [key for key in same if key not in linked])
        kept = [(key, changes) for key, changes in part if key in now and (key not in same or key in linked)]
        return [f"{_title(record, changes, 1)}：之后又有修改，保留" for _, changes in kept]
    if op == "erase":
        gone = [(key, {name: pair[0] for name, pair in changes.items()}) for key, changes in part if key not in now]
        return [sentence for key, stored in gone for sentence in _put_back(tx, record, key, stored)]
    return [sentence for key, changes in part for sentence in _take_back_change(tx, record, key, changes, now.get(key))]


def _put_back(tx: Transaction, record: type[Record], key: int, stored: dict[str, Stored]) -> list[str]:
    """An erased record is there again, without links to what is gone; not at all if that is what it belongs to."""
    lost, name = tx.lost_links(record, stored), stored.get(record.TITLE) or RECORD_TITLES[record.NOUN]
    needed = [field for field in lost if field == getattr(record, "OWNER", "") or field_of(record, field).spec.required]
    if needed:
        return [f"{name}：它的“{_label(record, needed[0])}”已不在，未能恢复"]
    tx.put_stored(record, key, {field: value for field, value in stored.items() if field not in lost})
    return [f"{name}的“{_label(record, field)}”：指向的记录已不在，空着" for field in lost]


def _take_back_change(
    tx: Transaction, record: type[Record], key: int, changes: dict[str, list[Stored]], now: dict[str, Stored] | None
) -> list[str]:
    if now is None:
        return ["一条记录已不在，未能恢复"]
    back = {name: before for name, (before, after) in changes.items() if now.get(name) == after}
    lost = tx.lost_links(record, back)
    back = {name: before for name, before in back.items() if name not in lost}
    if back:
        tx.change_stored(record, key, back)
        now.update(back)
    name = now.get(record.TITLE, "")
    why = {field: "要恢复成的记录已不在" if field in lost else "之后又有修改" for field in changes if field not in back}
    return [f"{name}的“{_label(record, field)}”：{reason}，保留" for field, reason in why.items()]


def _title(record: type[Record], changes: dict[str, list[Stored]], side: int) -> str:
    return str(changes.get(record.TITLE, ["", ""])[side] or "")


def _label(record: type[Record], name: str) -> str:
    return {"raw": "原文", "removed": "回收站"}.get(name) or field_of(record, name).label
