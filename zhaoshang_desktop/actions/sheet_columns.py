"""The columns of a sheet that is sent out: fields of the records, and those of this month's 进展 of a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.followup import Progress
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of, fields_of
from zhaoshang_desktop.exchange.formats import FindTitle, Writer, format_of
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.sending import SentColumn
from zhaoshang_desktop.exchange.sheet import Cell
from zhaoshang_desktop.exchange.writing import HIDDEN, hidden_writer
from zhaoshang_desktop.store.columns import decode, encode

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

PERIODIC: Mapping[type[Record], tuple[str, type[Record]]] = {Project: ("progress", Progress)}
"""The records of a period that may be filled in beside those of a library, by the first half of their paths."""
PERIOD = "month"
UNREAD = "\0"
"""Before a text that nobody understood, where it is compared with stored values."""
_OWN_BUSINESS = frozenset({"project", PERIOD, "unit"})
_LONGEST_DROPDOWN = 500


@dataclass(frozen=True)
class SheetColumn:
    """A column: whose field it is (`part` "" for the record's own), and whether it may be filled in."""

    part: str
    field: Field
    fillable: bool
    hidden: bool = False

    @property
    def path(self) -> str:
        """The field's code name, after a point where it is of what belongs to the record."""
        return f"{self.part}.{self.field.name}" if self.part else self.field.name

    @property
    def heading(self) -> str:
        """The field's label with the unit its figures are in."""
        unit = format_of(self.field.kind).unit(self.field.kind)
        return f"{self.field.label}（{unit}）" if unit else self.field.label

    def token(self, record: Record | None) -> Any:
        """What the field of a record says: its value, else the text that nobody understood."""
        if record is None:
            return self.field.kind.empty
        value = getattr(record, self.field.name)
        return record.raw.get(self.field.name, value) if value == self.field.kind.empty else value

    def owner(self, record: type[Record]) -> type[Record]:
        """Whose field it is, in a sheet of such records."""
        return PERIODIC[record][1] if self.part else record

    def stored(self, record: Record | None) -> Any:
        """What the field says, as the store keeps it."""
        if record is None:
            return None
        return self.stored_of(getattr(record, self.field.name), record.raw.get(self.field.name, ""))

    def stored_of(self, value: Any, text: str) -> Any:
        """A value as the store keeps it; without one, the text that nobody understood, marked as such."""
        stored = encode(self.field, value)
        return f"{UNREAD}{text}" if stored is None and text else stored

    def value_of(self, stored: Any) -> Any:
        """The value of a stored form."""
        return decode(self.field, stored)

    def cell_writer(self, find: FindTitle) -> Callable[[Record | None], Cell]:
        """What gives a record's cell."""
        kind, name = self.field.kind, self.field.name
        write: Writer = hidden_writer(kind) if self.hidden else format_of(kind).writer(kind, find)
        empty = kind.empty

        def cell_of(record: Record | None) -> Cell:
            if record is None:
                return ""
            value = getattr(record, name)
            if value != empty:
                return write(value)
            return HIDDEN if self.hidden and name in record.raw else record.raw.get(name, "")

        return cell_of


def sheet_columns(
    record: type[Record], paths: Sequence[str], fillable: Sequence[str], *, masked: bool
) -> tuple[SheetColumn, ...]:
    """The columns of these paths; what is derived, or hidden as personal, cannot be filled in."""
    columns = []
    for path in paths:
        part, _, name = path.rpartition(".")
        owner = PERIODIC[record][1] if part else record
        field = field_of(owner, name)
        hidden = masked and field.spec.sensitive
        may = path in fillable and not field.spec.derived and not hidden
        columns.append(SheetColumn(part, field, may, hidden))
    return tuple(columns)


def offered(record: type[Record]) -> dict[str, str]:
    """Every path that can be a column, with what it is called, in the order to offer it."""
    found = {field.name: field.label for field in fields_of(record)}
    if record in PERIODIC:
        part, child = PERIODIC[record]
        found |= {f"{part}.{one.name}": f"本期{one.label}" for one in fields_of(child) if one.name not in _OWN_BUSINESS}
    return found


def usual_columns(record: type[Record]) -> tuple[str, ...]:
    """What a list of such records shows, without what nobody types."""
    listed = sorted((one for one in fields_of(record) if one.spec.column), key=lambda one: one.spec.column)
    return tuple(one.name for one in listed if not one.spec.derived)


def path_of(record: type[Record], word: str) -> str:
    """The path that a code name, a heading or another name of a field means; KnownError for none."""
    known = offered(record)
    if word in known:
        return word
    key = header_key(word)
    for path, label in known.items():
        if header_key(label) == key or header_key(label.removeprefix("本期")) == key:
            return path
    for field in fields_of(record):
        if key in map(header_key, field.spec.aliases):
            return field.name
    raise KnownError(f"{RECORD_TITLES[record.NOUN]}没有“{word}”这一列。", f"可以用：{'、'.join(known.values())}。")


def sent_columns(office: Office, columns: Sequence[SheetColumn]) -> tuple[SentColumn, ...]:
    """As the workbook shows them, with what can be chosen in each."""
    return tuple(
        SentColumn(one.path, one.heading, one.field.kind, one.fillable, _options(office, one)) for one in columns
    )


def _options(office: Office, column: SheetColumn) -> tuple[str, ...]:
    kind = column.field.kind
    if isinstance(kind, kinds.Choice):
        return kind.options
    if isinstance(kind, kinds.Flag):
        return "是", "否"
    if isinstance(kind, kinds.Link) and kind.noun in ("unit", "member"):
        record = RECORDS[kind.noun]
        titles = sorted({str(title) for _key, title in office.columns(record, record.TITLE) if title})
        return tuple(titles) if len(titles) <= _LONGEST_DROPDOWN else ()
    return ()
