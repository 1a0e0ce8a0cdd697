"""Making a pack: an office file of its own that holds a part of an office.

Its rows keep their keys and versions. Its journal begins with one batch that makes each of them, so that `check`
replays a pack like any office; what the laptop does comes after it. Links to what stays behind are left out, and
are no change when the pack comes home, since the pack's own beginning is the base of its merge.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import blobs, search
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.engine import connect, reading, writing
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.opening import HOLDER, OPEN_STANDARDS, empty_office
from zhaoshang_desktop.store.tables import (
    BATCH,
    DEVICE,
    ENTRIES,
    JOURNAL,
    META,
    TABLES,
    insert_rows,
    stamp,
    stored_of_row,
)

CHUNK = 500
FIRST = 1
"""The batch that begins a pack: older than any that is drawn."""
HOME = "office:"
"""How the devices of the office that a pack left begin in the pack's own list, so that none is drawn again."""


@dataclass(frozen=True)
class Cargo:
    """What goes, by noun; `abroad` leaves what is personal behind."""

    keys: Mapping[str, Collection[int]]
    abroad: bool = False


@dataclass(frozen=True)
class Sent:
    """What went: how many records of each noun, and the hash of all they say."""

    counts: dict[str, int] = field(default_factory=dict)
    digest: str = ""

    @property
    def records(self) -> int:
        """Of all types together."""
        return sum(self.counts.values())


class Digest:
    """A hash of records, in the order given."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, noun: str, key: int, stored: Mapping[str, Stored]) -> None:
        """One record more; the order in which they come counts."""
        said = json.dumps([noun, key, stored], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._hash.update(said.encode("utf-8", "surrogatepass"))

    @property
    def text(self) -> str:
        """SHA-256 of all of them, in hex."""
        return self._hash.hexdigest()


def make_pack(
    office: Office,
    path: Path,
    key: bytes | None,
    cargo: Cargo,
    code: str,
    name: str,
    *,
    holder: str = "",
    open_standards: bool = False,
    progress: Progress = untold,
) -> Sent:
    """Writes a pack at `path`, where nothing is yet; the register will know it by its `code`, and it knows who carries
    it. The office's standards can be changed in it only with `open_standards`."""
    empty_office(path, office.name, key)
    engine = connect(path, key)
    try:
        with reading(office.engine) as source, writing(engine) as target:
            return _Maker(office, source, target, cargo, progress).run(code, name, holder, open_standards)
    finally:
        engine.dispose()


class _Maker:
    """One pack in the making."""

    def __init__(
        self,
        office: Office,
        source: Connection,
        target: Connection,
        cargo: Cargo,
        progress: Progress,
    ) -> None:
        self._office, self._source, self._target = office, source, target
        self._going = {noun: set(keys) for noun, keys in cargo.keys.items()}
        self._abroad = cargo.abroad
        self._progress = progress
        self._total, self._done = 0, 0
        self._digest = Digest()

    def run(self, code: str, name: str, holder: str, open_standards: bool) -> Sent:
        """Copies everything; what went, by type."""
        while self._leave_behind():
            pass
        self._total = sum(map(len, self._going.values()))
        self._put_facts(code, name, holder, open_standards)
        counts: dict[str, int] = {}
        for noun, record in RECORDS.items():
            keys = sorted(self._going.get(noun, ()))
            for start in range(0, len(keys), CHUNK):
                counts[noun] = counts.get(noun, 0) + self._copy(record, keys[start : start + CHUNK])
        for noun in ENTRIES:
            search.refresh(self._target, RECORDS[noun], self._going.get(noun, ()))
        return Sent({noun: count for noun, count in counts.items() if count}, self._digest.text)

    def _leave_behind(self) -> bool:
        """Strikes what is in the bin and what belongs to something that stays behind; was there any?"""
        struck = False
        for noun, keys in self._going.items():
            wanted, live = sorted(keys), set()
            for start in range(0, len(wanted), CHUNK):
                live |= self._live(RECORDS[noun], wanted[start : start + CHUNK])
            struck, self._going[noun] = struck or live != keys, live
        return struck

    def _live(self, record: type[Record], keys: Sequence[int]) -> set[int]:
        table = TABLES[record.NOUN]
        needed = {
            one.name: one.kind.noun for one in fields_of(record) if isinstance(one.kind, Link) and one.spec.required
        }
        names = [*needed, *(("owner", "owner_noun") if record.NOUN == "attachment" else ())]
        live = set()
        wanted = select(table.c.id, *[table.c[name] for name in names])
        for row in self._source.execute(wanted.where(table.c.id.in_(keys), table.c.removed.is_(None))).mappings():
            owners = [(noun, row[name]) for name, noun in needed.items()]
            owners += [(row["owner_noun"], row["owner"])] if record.NOUN == "attachment" else []
            if all(key in self._going.get(noun, ()) for noun, key in owners):
                live.add(row["id"])
        return live

    def _put_facts(self, code: str, name: str, holder: str, open_standards: bool) -> None:
        """It is a copy of the same office, as the ledger's chains want it, and says which pack it is."""
        self._target.execute(META.delete().where(META.c.key == "office"))
        told = {"office": self._office.meta("office"), "pack": code, "pack_name": name}
        told |= {OPEN_STANDARDS: "open"} if open_standards else {}
        told |= {HOLDER: holder} if holder else {}
        self._target.execute(insert(META), [{"key": key, "value": value} for key, value in told.items()])
        devices = self._source.execute(select(DEVICE.c.number, DEVICE.c.last_key)).all()
        known = [{"number": number, "place": f"{HOME}{number}", "last_key": last} for number, last in devices]
        self._target.execute(insert(DEVICE), known)
        who = {"actor": self._office.actor, "device": self._office.device, "at": stamp(self._office.clock.now())}
        begin = {"id": FIRST, "label": f"带出出差包：{name}", "merged": FIRST, **who}
        self._target.execute(insert(BATCH), begin)

    def _copy(self, record: type[Record], keys: Sequence[int]) -> int:
        self._progress("写入出差包", self._done, self._total)
        rows, lines = list(self._rows(record, keys)), []
        for row in rows:
            stored = stored_of_row(record, row)  # type: ignore[arg-type]
            self._digest.add(record.NOUN, row["id"], stored)
            changes = json.dumps({name: [None, value] for name, value in stored.items()}, ensure_ascii=False)
            lines.append({"batch": FIRST, "noun": record.NOUN, "record": row["id"], "op": "create", "changes": changes})
            if record.NOUN == "attachment":
                blobs.put(self._target, blobs.get(self._source, row["sha256"]) or b"")
        if rows:
            insert_rows(self._target, TABLES[record.NOUN], rows)
            insert_rows(self._target, JOURNAL, lines)
        self._done += len(keys)
        return len(rows)

    def _rows(self, record: type[Record], keys: Sequence[int]) -> Iterator[dict[str, Any]]:
        """The rows without links to what stays behind and, abroad, without what is personal."""
        table = TABLES[record.NOUN]
        for row in self._source.execute(select(table).where(table.c.id.in_(keys)).order_by(table.c.id)).mappings():
            yield self._lightened(record, dict(row))

    def _lightened(self, record: type[Record], row: dict[str, Any]) -> dict[str, Any]:
        for one in fields_of(record):
            value = row[one.name]
            if value is None:
                continue
            stays = isinstance(one.kind, Link) and value not in self._going.get(one.kind.noun, ())
            if stays or (self._abroad and one.spec.sensitive):
                row[one.name] = None
            elif isinstance(one.kind, Links):
                row[one.name] = self._links(one.kind.noun, value)
        if self._abroad and row["raw"]:
            row["raw"] = _open_texts(record, row["raw"])
        return row

    def _links(self, noun: str, stored: str) -> str | None:
        going = self._going.get(noun, ())
        keys = [key for key in json.loads(stored) if int(key) in going]
        return json.dumps(keys, separators=(",", ":")) if keys else None


def _open_texts(record: type[Record], raw: str) -> str | None:
    personal = {one.name for one in fields_of(record) if one.spec.sensitive}
    texts = {name: text for name, text in json.loads(raw).items() if name not in personal}
    return json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if texts else None


def stored_size(office: Office, cargo: Cargo) -> int:
    """How many bytes the contents of the attachments take that go."""
    files, size = TABLES["attachment"], 0
    with reading(office.engine) as connection:
        keys = sorted(cargo.keys.get("attachment", ()))
        for start in range(0, len(keys), CHUNK):
            chosen = files.c.id.in_(keys[start : start + CHUNK])
            size += connection.execute(select(func.sum(files.c.size)).where(chosen)).scalar() or 0
    return size
