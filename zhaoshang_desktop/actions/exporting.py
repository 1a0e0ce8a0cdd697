"""A library, or some of its records, as a register in .xlsx, or as .csv for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import LIBRARIES, LIBRARY_TITLES, RECORD_TITLES
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.exchange.csv_writing import write_csv
from zhaoshang_desktop.exchange.targets import PARTS
from zhaoshang_desktop.exchange.writing import register_columns, write_register

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_CHUNK = 500
_PART_PATHS = ("contacts.name", "contacts.mobile", "contacts.phone", "stakes.investor", "stakes.role", "stakes.share")


def export_records(
    office: Office,
    record: type[Record],
    path: Path,
    *,
    question: Query | None = None,
    today: date | None = None,
    masked: bool = False,
) -> int:
    """Writes all records of a type (or those that answer the question) with what belongs to them; how many.

    `masked` hides personal information, for a list that leaves the office.
    """
    records = office.find(question or Query(record, order=(record.TITLE,)))
    parts = parts_of(office, record, records)
    linked = [*records, *(one for groups in parts.values() for group in groups.values() for one in group)]
    find = titles_of(office, linked)
    if path.suffix.lower() == ".csv":
        columns = register_columns(record, _paths(record), parts, find, masked)
        write_csv(path, columns, records)
    else:
        write_register(
            path,
            record,
            records,
            _paths(record),
            title=_title(record),
            made_on=today,
            made_by=office.name,
            parts=parts,
            find=find,
            masked=masked,
        )
    office.note(Deed(Act.EXPORT, len(records), path.name, f"{_title(record)}{'，隐去个人信息' if masked else ''}"))
    return len(records)


def _title(record: type[Record]) -> str:
    library = next((name for name, kind in LIBRARIES.items() if kind is record), "")
    return f"{LIBRARY_TITLES[library]}登记册" if library else f"{RECORD_TITLES[record.NOUN]}登记册"


def _paths(record: type[Record]) -> tuple[str, ...]:
    """The record's own fields, then those of its parts that are read back to whom they belong."""
    own = tuple(field.name for field in fields_of(record))
    return own + tuple(path for path in _PART_PATHS if path.partition(".")[0] in PARTS.get(record, {}))


def parts_of(
    office: Office, record: type[Record], records: Sequence[Record]
) -> Mapping[str, Mapping[int, Sequence[Record]]]:
    """{"contacts": {investor: [its contacts]}} and the like."""
    keys = [one.id for one in records]
    parts: dict[str, dict[int, list[Record]]] = {}
    for part, child in PARTS.get(record, {}).items():
        groups = parts.setdefault(part, {})
        for start in range(0, len(keys), _CHUNK):
            asked = Where(child.OWNER, "in", tuple(keys[start : start + _CHUNK]))
            for one in office.find(Query(child, where=(asked,))):
                groups.setdefault(getattr(one, child.OWNER), []).append(one)
    return parts
