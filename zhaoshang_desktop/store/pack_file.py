"""Reading a pack that came home. It was on other people's sticks: nothing in it is believed before it is checked.

The file is copied first (it may lie on a stick that cannot be written, or be taken away) and only the copy is opened.
Its tables must be those of an office and no others, its journal must add up to its records, and what it began with
must be what was sent. Lines that the laptop did not write itself, values that no field can hold and attachments whose
content is another than they say are refused, each with a sentence.
"""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from zhaoshang_desktop.domain.attachment import LARGEST
from zhaoshang_desktop.domain.errors import KnownError, not_read
from zhaoshang_desktop.domain.homecoming import Edit, RecordKey
from zhaoshang_desktop.domain.ledger import Entry, broken_seals
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.pack import CameHome
from zhaoshang_desktop.domain.record import LARGEST_KEY, Record
from zhaoshang_desktop.domain.rights import Right, needed_for
from zhaoshang_desktop.runtime.files import passing
from zhaoshang_desktop.runtime.held import refuse_unfit
from zhaoshang_desktop.store import blobs, ledger, migrations
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.engine import connect, of_file, reading
from zhaoshang_desktop.store.keys import device_of
from zhaoshang_desktop.store.pack_shape import Untrue, refuse_other_tables, refuse_strange
from zhaoshang_desktop.store.pack_values import holds, is_raw, moment_of
from zhaoshang_desktop.store.packs import FIRST, HOME, Digest
from zhaoshang_desktop.store.tables import (
    BATCH,
    DEVICE,
    JOURNAL,
    META,
    TABLES,
    stored_of_row,
    typed_fields,
)

_logger = logging.getLogger(__name__)
_OPS = ("create", "update", "remove", "restore", "erase")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class LaptopBatch:
    """What somebody did on the laptop in one go."""

    id: int
    at: str
    actor: str
    device: int
    label: str


@dataclass
class Part:
    """What was changed since it last came home, and by which of the laptop's batches, in their order."""

    edits: list[Edit] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)


@dataclass
class Cargo:
    """What a pack says that came home: the records by their latest state, and what was done to which; the office's
    standards apart, which not everybody may bring home."""

    code: str
    name: str
    digest: str
    sent: int
    records: Part
    standards: Part
    states: dict[RecordKey, dict[str, Stored]] = field(default_factory=dict)
    batches: dict[int, LaptopBatch] = field(default_factory=dict)
    devices: tuple[int, ...] = ()
    ledger: list[Entry] = field(default_factory=list)


@contextlib.contextmanager
def _contained() -> Iterator[None]:
    """Whatever stumbles over a hostile file is a sentence; what it was stands in the log."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, SQLAlchemyError):
        _logger.warning("a pack could not be read", exc_info=True)
        raise Untrue("文件读不出来") from None


class PackFile:
    """A private copy of a pack file, open for reading; `close` takes it away."""

    def __init__(self, path: Path, unlock: Callable[[Path], bytes | None]) -> None:
        """`unlock` gives the key of the copy, None for a plain one."""
        self._engine: Engine | None = None
        self._held = contextlib.ExitStack()
        try:
            self._path = self._held.enter_context(passing()) / "pack.office"
            _copy(path, self._path)
            self._engine = self._opened(unlock(self._path), path.name)
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> Engine:
        """The opened copy, until `close`."""
        assert self._engine is not None
        return self._engine

    def meta(self, key: str) -> str:
        """A fact about the pack; "" when it does not say."""
        with reading(self.engine) as connection:
            return connection.execute(select(META.c.value).where(META.c.key == key)).scalar() or ""

    def read(self, merged: CameHome, digest: str) -> Cargo:
        """Checks everything and tells what was done since the batches in `merged` came home; `digest` is what the
        pack must have begun with, "" when nobody knows any more."""
        with _contained(), reading(self.engine) as connection:
            return _Reader(connection, merged, digest).read()

    def blob(self, name: str) -> bytes:
        """The content of an attachment; KnownError when it is not what it should be."""
        with _contained(), reading(self.engine) as connection:
            if blobs.size_of(connection, name) > LARGEST:
                raise Untrue("一个附件大得没有哪里放得下")
            data = blobs.get(connection, name)
        if data is None or blobs.hash_of(data) != name:
            raise Untrue("一个附件的内容不在或不对")
        return data

    def close(self) -> None:
        """Gives everything back."""
        if self._engine is not None:
            self._engine.dispose()
        self._held.close()

    def _opened(self, key: bytes | None, name: str) -> Engine:
        unreadable = KnownError(f"“{name}”打不开：密码不对，或者文件已损坏、不完整。", "请核对密码，或重新拷贝一份。")
        try:
            refuse_strange(self._path, key)
        except KnownError:
            raise
        except Exception as error:
            if of_file(error):
                raise unreadable from None
            raise
        engine = connect(self._path, key)
        try:
            with _contained():
                migrations.bring_up_to_date(engine, lambda: None)
                refuse_other_tables(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _copy(path: Path, target: Path) -> None:
    """The file with what SQLite keeps beside it after a crash; refused when the disk could not hold it."""
    try:
        refuse_unfit(path)
        beside = [path.with_name(path.name + ending) for ending in ("", "-wal", ".key")]
        files = [one for one in beside if one.exists()] or [path]
        size = sum(one.stat().st_size for one in files)
        if size * 2 > shutil.disk_usage(target.parent).free:
            raise KnownError(f"“{path.name}”太大，本机磁盘放不下它的副本。", "请清理磁盘后再试。")
        for one in files:
            shutil.copyfile(one, target.with_name(target.name + one.name.removeprefix(path.name)))
    except OSError as error:
        raise not_read(path, error) from None


class _Reader:
    """Plays the journal of a pack again, from its beginning, and holds it against its records."""

    def __init__(self, connection: Connection, merged: CameHome, digest: str) -> None:
        self._connection = connection
        self._merged = {Right.WRITE: merged.records, Right.STANDARDS: merged.standards}
        self._new: dict[Right, list[int]] = {Right.WRITE: [], Right.STANDARDS: []}
        self._digest = digest
        self._states: dict[RecordKey, dict[str, Stored]] = {}
        self._edits: dict[RecordKey, Edit] = {}
        self._fields = {noun: {one.name: one for one in typed_fields(record)} for noun, record in RECORDS.items()}

    def read(self) -> Cargo:
        """The cargo, once everything agrees."""
        facts = {row.key: row.value for row in self._connection.execute(select(META))}
        batches = self._batches()
        sent = self._begin()
        self._replay(batches)
        self._hold_against_rows()
        return Cargo(
            code=facts["pack"],
            name=facts.get("pack_name", "")[:_LONGEST_NAME],
            digest=self._digest,
            sent=sent,
            states=self._states,
            records=self._part(Right.WRITE),
            standards=self._part(Right.STANDARDS),
            batches=batches,
            devices=self._devices,
            ledger=self._ledger(facts.get("office", "")),
        )

    def _ledger(self, office: str) -> list[Entry]:
        """What the laptop wrote down itself, if nobody changed it."""
        entries = [one for one in ledger.chains(self._connection) if one.device in self._devices]
        if any(broken_seals(office, entries)):
            raise Untrue("台账被改过")
        return entries

    def _batches(self) -> dict[int, LaptopBatch]:
        """The laptop's own batches; each must be of a device of the pack's own."""
        places = self._connection.execute(select(DEVICE.c.number, DEVICE.c.place)).all()
        self._devices = tuple(number for number, place in places if not place.startswith(HOME))
        found = {}
        for row in self._connection.execute(select(BATCH).where(BATCH.c.id != FIRST)).mappings():
            if row["device"] not in self._devices or device_of(row["id"]) != row["device"]:
                raise Untrue("有一批修改不是在这个出差包里做的")
            if moment_of(row["at"]) is None:
                raise Untrue("有一批修改的时间不对")
            actor, label = str(row["actor"])[:_LONGEST_NAME], str(row["label"])[:_LONGEST_NAME]
            found[row["id"]] = LaptopBatch(row["id"], row["at"], actor, row["device"], label)
        return found

    def _begin(self) -> int:
        """What the pack began with, held against what was sent."""
        digest = Digest()
        wanted = select(JOURNAL).where(JOURNAL.c.batch == FIRST).order_by(JOURNAL.c.seq)
        for row in self._connection.execute(wanted).mappings():
            record, changes = self._line(row)
            key = RecordKey(record.NOUN, row["record"])
            if row["op"] != "create" or key in self._states:
                raise Untrue("出差包开头的内容不对")
            self._states[key] = {name: after for name, (_, after) in changes.items()}
            digest.add(record.NOUN, key.key, self._states[key])
        if self._digest and digest.text != self._digest:
            raise Untrue("出差包开头的内容和带出时登记的不一样")
        self._digest = digest.text
        self._sent = frozenset(self._states)
        return len(self._sent)

    def _part(self, right: Right) -> Part:
        changed = (edit for edit in self._edits.values() if needed_for(edit.record.NOUN) is right)
        edits = [edit for edit in changed if edit.base != edit.theirs]
        return Part(edits, list(dict.fromkeys(self._new[right])))

    def _replay(self, batches: Mapping[int, LaptopBatch]) -> None:
        """Every line after it, in order."""
        wanted = select(JOURNAL).where(JOURNAL.c.batch != FIRST).order_by(JOURNAL.c.seq)
        for row in self._connection.execute(wanted).mappings():
            if row["batch"] not in batches:
                raise Untrue("有一处修改没有说是谁改的")
            right = needed_for(row["noun"])
            new = self._new[right]
            if row["batch"] not in self._merged[right] and row["batch"] not in new[-1:]:
                new.append(row["batch"])
            self._apply(row, coming=bool(new))

    def _apply(self, row: Mapping[Any, Any], *, coming: bool) -> None:
        record, changes = self._line(row)
        key, op = RecordKey(record.NOUN, row["record"]), row["op"]
        now = self._states.get(key)
        if (now is None) != (op == "create"):
            raise Untrue(f"一条{RECORD_TITLES[key.noun]}的修改记录接不上")
        if coming and key not in self._edits:
            self._edits[key] = Edit(record, key.key, now and dict(now), None)
        state = dict(now or {})
        for name, (before, after) in changes.items():
            if state.get(name) != before:
                raise Untrue(f"一条{RECORD_TITLES[key.noun]}的修改记录接不上")
            self._refuse_value(record, name, after)
            state[name] = after
        state = {name: value for name, value in state.items() if value is not None}
        self._put(key, None if op == "erase" else state)
        if coming:
            self._note(self._edits[key], row["batch"], op, changes)

    def _put(self, key: RecordKey, state: dict[str, Stored] | None) -> None:
        if state is None:
            self._states.pop(key, None)
        else:
            own = key in self._sent or device_of(key.key) in self._devices
            if not own:
                raise Untrue("有一条新记录不是在这个出差包里建的")
            self._states[key] = state

    def _note(self, edit: Edit, batch: int, op: str, changes: Mapping[str, Any]) -> None:
        edit.theirs = self._states.get(RecordKey(edit.record.NOUN, edit.key))
        edit.origins |= dict.fromkeys(changes, batch)
        if op in ("create", "erase") or not edit.made:
            edit.made = batch

    def _line(self, row: Mapping[Any, Any]) -> tuple[type[Record], dict[str, list[Stored]]]:
        """The type and the changes of a journal line, if they are such."""
        record = RECORDS.get(row["noun"])
        if record is None or row["op"] not in _OPS or not 0 < int(row["record"]) <= LARGEST_KEY:
            raise Untrue("修改记录里有不认识的内容")
        try:
            changes = json.loads(row["changes"])
        except (ValueError, RecursionError):
            raise Untrue("修改记录读不出来") from None
        known = self._fields[record.NOUN]
        if not isinstance(changes, dict) or not all(
            isinstance(pair, list) and len(pair) == 2 and (name in known or name in ("raw", "removed"))
            for name, pair in changes.items()
        ):
            raise Untrue("修改记录里有不认识的内容")
        return record, changes

    def _refuse_value(self, record: type[Record], name: str, value: Stored) -> None:
        if value is None:
            return
        if name == "removed":
            sound = moment_of(value) is not None
        elif name == "raw":
            sound = is_raw(value)
        else:
            sound = holds(self._fields[record.NOUN][name], value)
        if not sound:
            raise Untrue(f"一条{RECORD_TITLES[record.NOUN]}里有这一栏放不下的内容")

    def _hold_against_rows(self) -> None:
        count = 0
        for noun, record in RECORDS.items():
            for row in self._connection.execute(select(TABLES[noun])).mappings():
                count += 1
                if self._states.get(RecordKey(noun, row["id"])) != stored_of_row(record, row):
                    raise Untrue(f"一条{RECORD_TITLES[noun]}与修改记录不一致")
        if count != len(self._states):
            raise Untrue("有记录应在而不在")
