"""Keys that nobody drew: a flipped bit in the key of a row, or of a journal line, makes a second record of one.

Records are born in the journal. A row whose key no line tells of is, where a record of nearly that key has lost its own
row and says the same, the row of that record. Another is kept only if the line of its birth may be among those that
are lost; else its texts are put down in the report.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store.keys import device_of, second_of
from zhaoshang_desktop.store.salvage import Columns, Salvage
from zhaoshang_desktop.store.tables import BATCH, DEVICE, JOURNAL, moment, record_of_row, stored_of_row, typed_fields

_BYTES = [0xFF << at for at in range(0, 64, 8)] + [0x7F << at for at in range(8, 64, 7)]
"""The bits of a key that one byte of the file holds: in a line or a link, and in the number of a row."""
_AHEAD = 600
"""So many seconds the keys of a great import may run ahead of the clock."""


def settle_keys(connection: Connection, found: Salvage, lines: Sequence[Columns], *, complete: bool) -> Iterator[str]:
    """Gives rows and lines their right keys and takes out rows that nobody made; a sentence for each of these.

    `connection` sees the backup; `lines` come after it; `complete` says that none of them is lost.
    """
    likely = None if complete else _Likely(connection, found, lines)
    for noun, record in RECORDS.items():
        rows = found.rows[noun]
        births = {line["record"]: line for line in lines if line["noun"] == noun and line["op"] == "create"}
        made = select(JOURNAL.c.record).where(JOURNAL.c.noun == noun, JOURNAL.c.op == "create")
        born = set(connection.execute(made).scalars()) | births.keys()
        strays = sorted(rows.keys() - born)
        rowless = _by_byte(born - rows.keys()) if strays else {}
        for key in strays:
            row = rows[key]
            owner = _owner(connection, noun, row, lines, rowless)
            if owner is None:
                told = any(line["record"] == key for line in lines)
                if not told and (likely is None or not likely.is_born(row)):
                    yield _words(record, rows.pop(key))
            elif owner in births and _trust(key, births[owner], lines) > _trust(owner, births[owner], lines):
                births[owner]["record"] = key
            else:
                rows[owner] = {**rows.pop(key), "id": owner}


def _by_byte(keys: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    found = defaultdict(list)
    for key in keys:
        for byte in _BYTES:
            found[byte, key & ~byte].append(key)
    return found


def _owner(
    connection: Connection, noun: str, row: Columns, lines: Sequence[Columns], rowless: dict[tuple[int, int], list[int]]
) -> int | None:
    """The only record without a row that differs from this one by a byte of its key, and else says the same."""
    near = {other for byte in _BYTES for other in rowless.get((byte, row["id"] & ~byte), ())}
    stored = stored_of_row(RECORDS[noun], row)  # type: ignore[arg-type]
    fits = [other for other in near if _says(stored, _history(connection, noun, {other, row["id"]}, lines))]
    return fits[0] if len(fits) == 1 else None


def _history(connection: Connection, noun: str, keys: set[int], lines: Sequence[Columns]) -> list[dict[str, Any]]:
    """What the journal says of these keys, which are taken for one: the changes of each line, the birth first."""
    wanted = select(JOURNAL.c.changes).where(JOURNAL.c.noun == noun, JOURNAL.c.record.in_(keys))
    told = list(connection.execute(wanted.order_by(JOURNAL.c.seq)).scalars())
    told += [line["changes"] for line in lines if line["noun"] == noun and line["record"] in keys]
    return [json.loads(changes) for changes in told]


def _says(stored: dict[str, Any], history: list[dict[str, Any]]) -> bool:
    """Is each field of the row what some line set it to?"""
    values = defaultdict(list)
    for changes in history:
        for name, (_, after) in changes.items():
            values[name].append(after)
    return all(stored.get(name) in values.get(name, [None]) for name in {*values, *stored})


def _trust(key: int, birth: Columns, lines: Sequence[Columns]) -> tuple[bool, int, int]:
    """Has nothing else this key? How many other lines tell of it, how near is it to the keys drawn with it?"""
    others = [line for line in lines if line is not birth]
    drawn = [birth["batch"], *(line["record"] for line in others if line["batch"] == birth["batch"])]
    told = sum(line["record"] == key or str(key) in line["changes"] for line in others)
    return key not in drawn, told, -min(abs(one - key) for one in drawn)


class _Likely:
    """Could a record that no line tells of have been made, in lines that are lost?"""

    def __init__(self, connection: Connection, found: Salvage, lines: Sequence[Columns]) -> None:
        rows = Counter(device_of(key) for keys in found.rows.values() for key in keys)
        self._devices = {device for device, count in rows.items() if count > 1}
        self._devices |= set(connection.execute(select(DEVICE.c.number)).scalars())
        self._devices |= {device_of(batch) for batch in found.batches} | {device_of(line["record"]) for line in lines}
        self._batches = defaultdict(list)
        for key, at in connection.execute(select(BATCH.c.id, BATCH.c.at)):
            self._batches[at].append(key)
        for key, batch in found.batches.items():
            self._batches[batch["at"]].append(key)

    def is_born(self, row: Columns) -> bool:
        """Its key was drawn with that of the batch that made it, or, if that is lost too, when the row says."""
        key, batches = row["id"], self._batches.get(row["created"])
        if batches:
            return any(
                device_of(one) == device_of(key) and abs(second_of(one) - second_of(key)) < _AHEAD for one in batches
            )
        ahead = second_of(key) - int(moment(row["created"]).timestamp())
        return device_of(key) in self._devices and 0 <= ahead < _AHEAD


def _words(record: type[Record], row: Columns) -> str:
    """A row that is not taken, with all that stands in it."""
    made = record_of_row(record, row)  # type: ignore[arg-type]
    texts = [
        f"{field.label} {field.kind.write(getattr(made, field.name))}"
        for field in typed_fields(record)
        if not isinstance(field.kind, Link | Links) and getattr(made, field.name) != field.kind.empty
    ]
    said = "；".join(text for text in texts if text.strip())
    return f"1 条{RECORD_TITLES[record.NOUN]}的编号对不上任何修改记录，没有放回。它写着：{said or '（空）'}"
