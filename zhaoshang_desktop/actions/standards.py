"""标准与参数: the office's tables of policy, and what ships of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.office import SHIPPED
from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.spec import fields_of

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.store.office import Office


def add_shipped(office: Office, record: type[Record]) -> Changes:
    """Put into a table what ships with the program and is not there as it ships; nothing of the office's is changed."""
    office.require(Right.STANDARDS)
    tables = [table for kind, table in SHIPPED if kind is record]
    with office.transaction(f"补上随程序的{RECORD_TITLES[record.NOUN]}") as tx:
        there = {_said(one) for one in tx.find(Query(record, order=("id",)))}
        fresh = [one for table in tables for one in reference.records(record, table)]
        tx.save_all([one for one in fresh if _said(one) not in there])
    return tx.changes


def _said(record: Record) -> tuple[object, ...]:
    return tuple(getattr(record, field.name) for field in fields_of(type(record)))
