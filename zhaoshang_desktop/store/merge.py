"""Bringing a pack home: what it did is written as one batch of this office, with who did it and when on the laptop."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select

from zhaoshang_desktop.domain.homecoming import GONE, REMOVED, Choice, Edit, Item, Known, RecordKey, led_to, links_of
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.merge import RAW, raw_together
from zhaoshang_desktop.store import ledger
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.engine import reading, writing
from zhaoshang_desktop.store.pack_file import Cargo, LaptopBatch
from zhaoshang_desktop.store.pack_shape import Untrue
from zhaoshang_desktop.store.tables import BATCH, DEVICE, JOURNAL, TABLES, moment, stored_of_row
from zhaoshang_desktop.store.transaction import CHUNK

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

Step = Callable[[int, int], None]


def wanted(edits: Iterable[Edit], twins: Mapping[RecordKey, int]) -> dict[str, set[int]]:
    """The office's records that a homecoming is about, and those its links lead to, by noun."""

    def goes(goal: RecordKey) -> int:
        return twins.get(goal, goal.key)

    found: dict[str, set[int]] = {}
    for edit in edits:
        noun = edit.record.NOUN
        found.setdefault(noun, set()).add(goes(RecordKey(noun, edit.key)))
        for side in (edit.base, edit.theirs):
            for _, goal in links_of(edit.record, led_to(edit.record, side, goes) or {}):
                found.setdefault(goal.noun, set()).add(goal.key)
    return {noun: keys for noun, keys in found.items() if noun in RECORDS}


def known(office: Office, keys: Mapping[str, Iterable[int]]) -> Known:
    """What the office has now of these records, and of those that they lead to now."""
    with reading(office.engine) as connection:
        found = _stored(connection, keys)
        return Known(found | _stored(connection, _led_to_by(found)))


def held(tx: Transaction, keys: Mapping[str, Iterable[int]]) -> Known:
    """The same inside a transaction, and nobody changes them until it ends."""

    def stored(some: Mapping[str, Iterable[int]], hold: bool) -> dict[RecordKey, Mapping[str, Stored]]:
        return {
            RecordKey(noun, key): fields
            for noun, one in sorted(some.items())
            for key, fields in tx.stored(RECORDS[noun], sorted(one), held=hold).items()
        }

    found = stored(keys, True)
    return Known(found | stored(_led_to_by(found), False))


def _stored(connection: Connection, keys: Mapping[str, Iterable[int]]) -> dict[RecordKey, Mapping[str, Stored]]:
    found: dict[RecordKey, Mapping[str, Stored]] = {}
    for noun, some in keys.items():
        table, ordered = TABLES[noun], sorted(some)
        for start in range(0, len(ordered), CHUNK):
            rows = connection.execute(select(table).where(table.c.id.in_(ordered[start : start + CHUNK])))
            for row in rows.mappings():
                found[RecordKey(noun, row["id"])] = stored_of_row(RECORDS[noun], row)
    return found


def _led_to_by(found: Mapping[RecordKey, Mapping[str, Stored]]) -> dict[str, set[int]]:
    """What these records point to and is not among them."""
    goals: dict[str, set[int]] = {}
    for key, fields in found.items():
        for _, goal in links_of(RECORDS[key.noun], fields):
            if goal not in found and goal.noun in RECORDS:
                goals.setdefault(goal.noun, set()).add(goal.key)
    return goals


def refuse_borrowed(office: Office, batches: Iterable[int], new: Iterable[RecordKey]) -> None:
    """A pack must not claim batches of the office's own, nor records that others made, as its own."""
    own, keys = set(batches), list(new)
    with reading(office.engine) as connection:
        for chunk in _chunks(sorted(own)):
            ours = select(BATCH.c.id).where(BATCH.c.id.in_(chunk), BATCH.c.merged.is_(None))
            if connection.execute(ours).first():
                raise Untrue("有一批修改冒用了办公室自己的编号")
        made: dict[RecordKey, set[int | None]] = {}
        for chunk in _chunks(sorted({key.key for key in keys})):
            lines = select(JOURNAL.c.noun, JOURNAL.c.record, JOURNAL.c.origin).where(JOURNAL.c.op == "create")
            for noun, key, origin in connection.execute(lines.where(JOURNAL.c.record.in_(chunk))):
                made.setdefault(RecordKey(noun, key), set()).add(origin)
    if any(key in made and not made[key] & own for key in keys):
        raise Untrue("有一条新记录冒用了办公室已有的编号")


def write(
    tx: Transaction, writes: Sequence[tuple[Item, dict[str, Any]]], batches: Mapping[int, LaptopBatch], step: Step
) -> None:
    """Writes the outcome; each field stands in the journal under the person and time of its last change."""
    done = 0
    for record in RECORDS.values():
        mine = [(item, fields) for item, fields in writes if item.record is record]
        for start in range(0, len(mine), CHUNK):
            step(done + start, len(writes))
            chunk = mine[start : start + CHUNK]
            new, changed = [], []
            for item, fields in chunk:
                if item.ours is None:
                    first, later = _in_steps(item, fields)
                    made = batches.get(item.edit.made)
                    new.append((item.key, first, item.edit.made, made.at if made else ""))
                    changed += [(item.key, first, later)] if later else []
                else:
                    changed.append((item.key, dict(item.ours), _changes(item, fields)))
            tx.put_many(record, new)
            tx.change_many(record, changed)
        done += len(mine)


def _in_steps(item: Item, fields: dict[str, Any]) -> tuple[dict[str, Stored], list[tuple[int, dict[str, Stored]]]]:
    """A new record as it was made, and what was set in it later by which batch."""
    whole = raw_together(fields)
    made = item.edit.made
    later = {name for name in whole if item.edit.origin(name) not in (made, 0)}
    if item.record.OWNER:
        later.discard(item.record.OWNER)
    first = {name: value for name, value in whole.items() if name not in later}
    return first, _by_origin(item, {name: whole[name] for name in whole if name in later})


def _changes(item: Item, fields: dict[str, Any]) -> list[tuple[int, dict[str, Stored]]]:
    before, after = dict(item.ours or {}), raw_together(fields)
    new = {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}
    return _by_origin(item, new)


def _by_origin(item: Item, new: Mapping[str, Stored]) -> list[tuple[int, dict[str, Stored]]]:
    steps: dict[int, dict[str, Stored]] = {}
    for name, value in new.items():
        steps.setdefault(item.edit.origin(name), {})[name] = value
    return sorted(steps.items())


def adopt(tx: Transaction, cargo: Cargo, batches: Sequence[int]) -> None:
    """Takes in who did what in these batches of the laptop, its device numbers (no PC of the office draws them) and its
    ledger."""

    def write(connection: Connection, batch: int) -> None:
        rows = [{**asdict(cargo.batches[key]), "merged": batch} for key in batches]
        for start in range(0, len(rows), CHUNK):
            _adopt(connection, rows[start : start + CHUNK])
        _take_ledger(connection, cargo)

    tx.take_in(write)


def take_ledger(office: Office, cargo: Cargo) -> None:
    """The same for a laptop that has changed nothing, and yet exported or printed."""
    with writing(office.engine) as connection:
        _take_ledger(connection, cargo)


def _take_ledger(connection: Connection, cargo: Cargo) -> None:
    known = set(connection.execute(select(DEVICE.c.number)).scalars())
    places = [
        {"number": number, "place": f"pack:{cargo.code}:{number}", "last_key": 0}
        for number in cargo.devices
        if number not in known
    ]
    if places:
        connection.execute(insert(DEVICE), places)
    ledger.carry(connection, cargo.ledger)


def _adopt(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """A batch that came home before, in a merge that was taken back since, is known already."""
    known = set(connection.execute(select(BATCH.c.id).where(BATCH.c.id.in_([row["id"] for row in rows]))).scalars())
    new = [row for row in rows if row["id"] not in known]
    if new:
        connection.execute(insert(BATCH), new)


def last_set(office: Office, choices: Iterable[Choice]) -> dict[Choice, tuple[str, datetime]]:
    """Who set these fields last in the office, and when; a conflict about the whole record is anybody's last line."""
    asked: dict[RecordKey, set[str]] = {}
    for choice in choices:
        asked.setdefault(RecordKey(choice.noun, choice.key), set()).add(choice.field)
    found: dict[Choice, tuple[str, datetime]] = {}
    with reading(office.engine) as connection:
        for chunk in _chunks(sorted({key.key for key in asked})):
            lines = select(JOURNAL.c.noun, JOURNAL.c.record, JOURNAL.c.op, JOURNAL.c.changes, BATCH.c.at, BATCH.c.actor)
            lines = lines.join(BATCH, BATCH.c.id == func.coalesce(JOURNAL.c.origin, JOURNAL.c.batch))
            for noun, key, op, changes, at, actor in connection.execute(
                lines.where(JOURNAL.c.record.in_(chunk)).order_by(JOURNAL.c.seq)
            ):
                names = json.loads(changes)
                for field in asked.get(RecordKey(noun, key), ()):
                    whole = field == REMOVED or (field == GONE and op == "erase")
                    if whole or ("raw" if field.startswith(RAW) else field) in names:
                        found[Choice(noun, key, field)] = (actor, moment(at))
    return found


def _chunks(keys: Sequence[int]) -> list[Sequence[int]]:
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
