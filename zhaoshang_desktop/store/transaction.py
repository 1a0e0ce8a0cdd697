"""One transaction: what is saved, removed and erased in it, its journal lines, its search entries.

Nothing else writes records. The journal has one line for each changed record, with the stored
values before and after; the batch says who, when, on which device and what for.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.ledger import Deed
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import storable
from zhaoshang_desktop.store import blobs, derived, following, ledger, lines, links, moved, query, saving
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.entering import Entering
from zhaoshang_desktop.store.keys import Keys
from zhaoshang_desktop.store.tables import (
    BATCH,
    DEVICE,
    JOURNAL,
    META,
    TABLES,
    insert_rows,
    insert_values,
    row_of,
    stamp,
    stored_fields,
    stored_of_row,
)

R = TypeVar("R", bound=Record)
CHUNK = 500
JOURNAL_LOCK = 0x5A53
_MOST_LINES = 5_000
"""So many lines are kept before they are written; where writers are alone (SQLite) they need not wait for the end."""
_LINE = ("batch", "noun", "record", "op", "changes", "origin")


class Transaction:
    """Reads see what it wrote (derived fields follow at the end); the office calls `finish` just before the commit."""

    def __init__(
        self, connection: Connection, *, device: int, actor: str, now: datetime, label: str, undoes: int
    ) -> None:
        self._connection = connection
        self._device = device
        self._actor = actor
        self._now = now
        self._keys = self._device_keys()
        self._batch = {
            "actor": storable(actor),
            "label": storable(label),
            "undoes": undoes or None,
            "at": stamp(now),
            "device": device,
        }
        self._lines: list[tuple[Any, ...]] = []
        self._batch_key = 0
        self._touched: defaultdict[str, set[int]] = defaultdict(set)
        self._entering = Entering(connection)
        self._derived: dict[str, set[int]] = {}
        self._made: list[Record] = []
        self._saved: list[tuple[Record, int, datetime | None]] = []
        self.changes = Changes()

    def get(self, record: type[R], key: int) -> R:
        """The record of that key, in the recycle bin or not; KnownError when it is gone."""
        found = query.rows(self._connection, record, [key])
        if not found:
            raise KnownError("这条记录已经不在了。", "请刷新列表。")
        return found[0]  # type: ignore[return-value]

    def rows(self, record: type[R], keys: Sequence[int]) -> list[R]:
        """The records of these keys as they are now, in the recycle bin or not."""
        return query.rows(self._connection, record, keys)  # type: ignore[return-value]

    def find(self, question: Query) -> list[Any]:
        """The records that answer the query, what was written here among them."""
        self._entering.make(question.record.NOUN)
        return query.find(self._connection, question)

    def save(self, record: R) -> R:
        """Stores a new record (id 0) or the changes of a known one; gives it back with key and version.

        Raises StaleRecord when the stored version is another than the record's.
        """
        if not record.id:
            self.save_all([record])
            return record
        before, new = saving.difference(record, self._row(type(record), record.id))
        if new:
            saving.refuse_unnamed([record])
            self._update(type(record), record.id, record.version, new, before)
            self._saved.append((record, record.version, record.updated))
            record.version, record.updated = record.version + 1, self._now
        return record

    def save_all(self, records: Sequence[Record]) -> None:
        """Stores many; the new ones of each type together, and so those that change the same fields."""
        saving.refuse_unnamed(records)
        fresh: dict[type[Record], list[Record]] = {}
        known: dict[type[Record], list[Record]] = {}
        for record in records:
            (known if record.id else fresh).setdefault(type(record), []).append(record)
        for kind, group in known.items():
            self._save_known(kind, group)
        for kind, group in fresh.items():
            self._insert(kind, group)

    def _save_known(self, kind: type[Record], group: Sequence[Record]) -> None:
        changed = list(saving.changed(self._connection, kind, group))
        self.change_many(kind, [(record.id, before, [(0, new)]) for record, before, new in changed])
        for record, _, _ in changed:
            self._saved.append((record, record.version, record.updated))
            record.version, record.updated = record.version + 1, self._now

    def remove(self, record: R) -> R:
        """Puts a record into the recycle bin."""
        record.removed = self._now
        return self.save(record)

    def restore(self, record: R) -> R:
        """Takes a record out of the recycle bin."""
        record.removed = None
        return self.save(record)

    def erase(self, record: type[Record], keys: Iterable[int]) -> None:
        """Takes records out of the store; the journal still holds what they said."""
        wanted = sorted(set(keys))
        table = TABLES[record.NOUN]
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            rows = self._connection.execute(select(table).where(table.c.id.in_(chunk))).mappings().all()
            for row in rows:
                stored = stored_of_row(record, row)
                self._line(
                    record.NOUN,
                    row["id"],
                    "erase",
                    lines.changed({name: [value, None] for name, value in stored.items()}),
                )
                self._touch(record, row["id"], stored)
            self._connection.execute(delete(table).where(table.c.id.in_(chunk)))

    def strike(self, record: type[Record], keys: Iterable[int]) -> None:
        """Writes that records are no more, of which a repair has found nothing but lines."""
        for key in keys:
            self._line(record.NOUN, key, "erase", lines.changed({}))

    def put_stored(self, record: type[Record], key: int, stored: dict[str, Stored]) -> None:
        """Stores a record under a known key (undo of an erasure, a pack that comes home)."""
        now = stamp(self._now)
        row = {"id": key, "version": 1, "created": now, "updated": now, **row_of(record, stored)}
        self._connection.execute(insert(TABLES[record.NOUN]), row)
        self._line(record.NOUN, key, "create", lines.created(stored))
        self._touch(record, key, stored)

    def change_stored(self, record: type[Record], key: int, stored: dict[str, Stored]) -> None:
        """Sets some stored fields of a known record, whatever its version."""
        row = self._row(record, key)
        if row is not None:
            self._update(record, key, row["version"], stored, stored_of_row(record, row))

    def stored(self, record: type[Record], keys: Sequence[int], *, held: bool = False) -> dict[int, dict[str, Stored]]:
        """The stored fields of these records as they are now; `held` keeps others from changing them (on a server)."""
        table = TABLES[record.NOUN]
        found: dict[int, dict[str, Stored]] = {}
        wanted = select(table).order_by(table.c.id)
        wanted = wanted.with_for_update() if held else wanted
        for start in range(0, len(keys), CHUNK):
            rows = self._connection.execute(wanted.where(table.c.id.in_(keys[start : start + CHUNK]))).mappings()
            found |= {row["id"]: stored_of_row(record, row) for row in rows}
        return found

    def put_many(self, record: type[Record], rows: Iterable[tuple[int, dict[str, Stored], int, str]]) -> None:
        """Stores records that were made elsewhere: key, stored fields, the batch there, and its stamp."""
        now, put = stamp(self._now), []
        for key, stored, origin, made in rows:
            put.append({"id": key, "version": 1, "created": made or now, "updated": now, **row_of(record, stored)})
            self._line(record.NOUN, key, "create", lines.created(stored), origin)
            self._touch(record, key, stored)
        if put:
            insert_rows(self._connection, TABLES[record.NOUN], put)

    def change_many(
        self, record: type[Record], rows: Iterable[tuple[int, dict[str, Stored], list[tuple[int, dict[str, Stored]]]]]
    ) -> None:
        """Changes records as they were changed elsewhere: key, stored fields as they are now, and step by step the
        batch there with what it set; one journal line a step, one statement for all that change the same fields."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for key, before, steps in rows:
            now = dict(before)
            for origin, new in steps:
                changes = {name: [now.get(name), new[name]] for name in new}
                self._line(record.NOUN, key, lines.operation(new), lines.changed(changes), origin)
                now |= new
            changed = {name for _, new in steps for name in new}
            self._touch(record, key, before, changed)
            self._touch(record, key, now, changed)
            values = row_of(record, {name: now[name] for name in changed})
            alike.setdefault(tuple(sorted(values)), []).append({"to_id": key, **_bound(values)})
        table = TABLES[record.NOUN]
        for names, group in alike.items():
            values = {name: bindparam(f"to_{name}") for name in names}
            values |= {"version": table.c.version + 1, "updated": stamp(self._now)}
            self._connection.execute(update(table).where(table.c.id == bindparam("to_id")).values(values), group)

    def take_in(self, write: Callable[[Connection, int], object]) -> None:
        """Lets a homecoming write, beside this batch, who did what elsewhere; `write` is told the batch's key."""
        self._begin_batch()
        write(self._connection, self._batch_key)

    def batch_lines(self, batch: int) -> list[tuple[str, str, int, dict[str, list[Stored]]]]:
        """The lines of a batch, last first: noun, operation, key, {field: [before, after]}."""
        wanted = select(JOURNAL).where(JOURNAL.c.batch == batch).order_by(JOURNAL.c.seq.desc())
        rows = self._connection.execute(wanted).mappings()
        return [(row["noun"], row["op"], row["record"], json.loads(row["changes"])) for row in rows]

    def linked(self, record: type[Record], keys: Sequence[int]) -> set[int]:
        """Those of the keys that some other record still points to."""
        return links.linked(self._connection, record, keys)

    def pointing(self, record: type[Record], keys: Sequence[int]) -> dict[str, int]:
        """How many records of which noun point to any of these."""
        return links.pointing(self._connection, record, keys)

    def lost_links(self, record: type[Record], stored: Mapping[str, Stored]) -> list[str]:
        """Those fields of a stored record whose targets are not there any more."""
        return links.lost(self._connection, record, stored)

    def put_blob(self, data: bytes) -> str:
        """Stores what an attachment holds, once however often it is attached; gives its hash."""
        return blobs.put(self._connection, data)

    def note(self, deed: Deed) -> None:
        """Writes into the ledger what this transaction does; it stands there if, and only if, it is done."""
        ledger.write(self._connection, deed, device=self._device, actor=self._actor, at=self._now)

    def latest(self) -> int:
        """The journal's last line before those of this transaction; nobody else adds one until its end."""
        self.go_alone()
        return self._connection.execute(select(func.max(JOURNAL.c.seq))).scalar() or 0

    def secret(self, name: str) -> str:
        """A secret of the office's own, drawn when it is first asked for; 64 hexadecimal digits."""
        known = self._connection.execute(select(META.c.value).where(META.c.key == name)).scalar()
        if known is None:
            known = secrets.token_hex(32)
            self._connection.execute(insert(META), {"key": name, "value": known})
        return str(known)

    def go_alone(self) -> bool:
        """From here to the end nobody else commits; True where others could until now, as on a server."""
        if self._connection.dialect.name != "postgresql":
            return False
        self._connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": JOURNAL_LOCK})
        return True

    @property
    def batch(self) -> int:
        """The key of the batch this becomes; 0 as long as nothing is changed."""
        return self._batch_key

    def finish(self) -> None:
        """Derived fields, search entries, journal: all that must be true at the commit."""
        derived_keys = derived.refresh(self._connection, self._derived)
        self._entering.finish()
        if self._batch["undoes"]:
            self._begin_batch()
        self._flush()
        nouns = {*self._touched, *derived_keys}
        touched = {noun: self._touched.get(noun, set()) | derived_keys.get(noun, set()) for noun in nouns}
        self.changes = Changes(self._batch_key, {noun: frozenset(keys) for noun, keys in touched.items() if keys})

    def forget(self) -> None:
        """After a failure: the records in hand are again as unsaved as they were, and may be saved once more."""
        self._entering.end()
        for record, version, updated in reversed(self._saved):
            record.version, record.updated = version, updated
        for record in self._made:
            record.id, record.version, record.created, record.updated = 0, 0, None, None

    def enter_meanwhile(self, most: int) -> None:
        """Begins with the search entries of what was made so far, where there will be very many, `most`.

        A record must have its children by then; what changes later is entered at the end, as ever.
        """
        self._entering.meanwhile(most)

    def _device_keys(self) -> Keys:
        wanted = select(DEVICE.c.last_key).where(DEVICE.c.number == self._device).with_for_update()
        last = self._connection.execute(wanted).scalar()
        if last is None:
            raise KnownError("办公室文件是只读的，这次修改没有保存。", "请检查文件属性或所在U盘的写保护。")
        return Keys(self._device, last)

    def _row(self, record: type[Record], key: int) -> Any:
        table = TABLES[record.NOUN]
        return self._connection.execute(select(table).where(table.c.id == key).with_for_update()).mappings().first()

    def _insert(self, kind: type[Record], group: list[Record]) -> None:
        rows: list[dict[str, Any]] = []
        now = stamp(self._now)
        self._made += group
        for record in group:
            stored = stored_fields(record)
            record.id = self._keys.draw(self._now)
            record.version, record.created, record.updated = 1, self._now, self._now
            rows.append({"id": record.id, "version": 1, "created": now, "updated": now, **row_of(kind, stored)})
            self._line(kind.NOUN, record.id, "create", lines.created(stored))
            self._touch(kind, record.id, stored)
        insert_rows(self._connection, TABLES[kind.NOUN], rows)

    def _update(
        self, record: type[Record], key: int, version: int, new: dict[str, Stored], before: dict[str, Stored]
    ) -> None:
        table = TABLES[record.NOUN]
        values = row_of(record, new) | {"version": version + 1, "updated": stamp(self._now)}
        done = self._connection.execute(
            update(table).where(table.c.id == key, table.c.version == version).values(values)
        )
        if done.rowcount != 1:
            raise KnownError("这条记录刚刚被别人改过，这次修改没有保存。", "请刷新后再改。")
        changes = {name: [before.get(name), value] for name, value in new.items()}
        self._line(record.NOUN, key, lines.operation(new), lines.changed(changes))
        self._touch(record, key, before, new)
        self._touch(record, key, {**before, **new}, new)

    def _touch(
        self, record: type[Record], key: int, stored: dict[str, Stored], changed: Iterable[str] | None = None
    ) -> None:
        """`changed` are the fields that were; all of them when it is not said."""
        noun = record.NOUN
        self._touched[noun].add(key)
        self._entering.touch(record, key, stored, changed)
        target, link = derived.SOURCES.get(noun, ("", ""))
        if link and stored.get(link):
            self._derived.setdefault(target, set()).add(stored[link])
        if noun == "project":
            self._derived.setdefault("project", set()).add(key)

    def _line(self, noun: str, key: int, op: str, changes: str, origin: int = 0) -> None:
        self._begin_batch()
        self._lines.append((self._batch_key, noun, key, op, changes, origin or None))
        if len(self._lines) >= _MOST_LINES and self._connection.dialect.name == "sqlite":
            self._write_lines()

    def _begin_batch(self) -> None:
        if not self._batch_key:
            self._batch_key = self._keys.draw(self._now)

    def _flush(self) -> None:
        """Lines are numbered under a lock held to the commit, so that no reader skips one: what can be done before is.

        An undo that found everything changed since is a batch too: the next one goes on to what was before it.
        """
        device = update(DEVICE).where(DEVICE.c.number == self._device).values(last_key=self._keys.last)
        if not self._batch_key:
            self._connection.execute(device)
            return
        if self.go_alone():
            moved.refuse(self._connection)
            following.notify(self._connection)
        begun = insert(BATCH).values(id=self._batch_key, **self._batch)
        if len(self._lines) == 1 and self._connection.dialect.name == "postgresql":
            # most saves are one line: with their batch in one statement others wait less for the lock
            written = insert(JOURNAL).values(dict(zip(_LINE, self._lines.pop(), strict=True)))
            self._connection.execute(written.add_cte(device.cte("device"), begun.cte("batch")))
            return
        self._connection.execute(device)
        self._connection.execute(begun)
        self._write_lines()

    def _write_lines(self) -> None:
        if self._lines:
            insert_values(self._connection, JOURNAL, _LINE, self._lines)
            self._lines.clear()


def _bound(values: dict[str, Any]) -> dict[str, Any]:
    return {f"to_{name}": value for name, value in values.items()}
