"""What saving a known record changes, and what may not be saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.store.columns import Stored
from zhaoshang_desktop.store.tables import TABLES, stored_fields, stored_of_row

_CHUNK = 500
_REQUIRED = {
    noun: [(field.name, field.kind.empty, field.label) for field in fields_of(record) if field.spec.required]
    for noun, record in RECORDS.items()
}


class StaleRecord(KnownError):
    """Somebody else saved this record in the meantime."""

    def __init__(self, record: Record) -> None:
        called = f"“{record.title}”" if record.title else f"这条{RECORD_TITLES[record.NOUN]}"
        super().__init__(f"{called}刚刚被别人改过，这次修改没有保存。", "请刷新后再改。")
        self.record = record


def difference(record: Record, row: Any) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """The stored fields of a row as they are, and of them those that the record has otherwise, as they are to be.

    Raises StaleRecord when there is no such row or its version is another than the record's.
    """
    if row is None or row["version"] != record.version:
        raise StaleRecord(record)
    before, after = stored_of_row(type(record), row), stored_fields(record)
    names = (name for name in {**before, **after} if before.get(name) != after.get(name))
    return before, {name: after.get(name) for name in names}


def changed(
    connection: Connection, kind: type[Record], group: Sequence[Record]
) -> Iterator[tuple[Record, dict[str, Stored], dict[str, Stored]]]:
    """Each of many known records that has changed, with its stored fields as they are and as they are to be."""
    table = TABLES[kind.NOUN]
    wanted = select(table).order_by(table.c.id).with_for_update()
    once = list({id(record): record for record in group}.values())
    for start in range(0, len(once), _CHUNK):
        chunk = once[start : start + _CHUNK]
        found = connection.execute(wanted.where(table.c.id.in_([record.id for record in chunk]))).mappings()
        rows = {row["id"]: row for row in found}
        for record in chunk:
            before, new = difference(record, rows.get(record.id))
            if new:
                yield record, before, new


def refuse_unnamed(records: Iterable[Record]) -> None:
    """KnownError when one lacks what it cannot be without."""
    for record in records:
        for name, empty, label in _REQUIRED[record.NOUN]:
            if getattr(record, name) == empty and name not in record.raw:
                raise KnownError(f"“{label}”不能空着。", "请填写后再保存。")
