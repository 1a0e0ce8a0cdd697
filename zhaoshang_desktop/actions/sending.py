"""下发: one workbook a department, and the office remembers what each cell held when it left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.sheet_columns import (
    PERIOD,
    PERIODIC,
    SheetColumn,
    sent_columns,
    sheet_columns,
)
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.domain.ledger import Act, Deed
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.sending import EVERYBODY, SHEET_SECRET, Sending, SendingUnit
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.exchange.formats import FindTitle
from zhaoshang_desktop.exchange.seal import Seal, Ticket
from zhaoshang_desktop.exchange.sending import SentBook, SentRow, write_sent
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.runtime.collector import many_values
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

_CHUNK = 500
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/*?:"<>|]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 80


@dataclass(frozen=True)
class SendingWish:
    """What is to be sent: which records, which columns, parted by which field ("" for one workbook for all).

    `keys` chooses records one by one; without them the question does. `month` is the period that columns of
    本期进展 are about.
    """

    record: type[Record]
    title: str
    columns: tuple[str, ...]
    fillable: tuple[str, ...]
    by: str = ""
    keys: tuple[int, ...] = ()
    question: Query | None = None
    due: date | None = None
    month: When | None = None
    note: str = ""
    masked: bool = True
    protected: bool = False


@dataclass(frozen=True)
class SentFile:
    """One workbook that was written, with whom it is for."""

    unit: SendingUnit
    path: Path

    @property
    def count(self) -> int:
        """How many records are in it."""
        return len(self.unit.rows)


@dataclass(frozen=True)
class Sent:
    """What was sent; `left_out` are the records that belong to no department."""

    sending: Sending
    files: tuple[SentFile, ...]
    left_out: tuple[Record, ...]
    changes: Changes


@many_values()
def send_out(
    office: Office,
    wish: SendingWish,
    folder: Path,
    *,
    progress: Progress = untold,
) -> Sent:
    """Writes the workbooks into the folder and remembers the sending; when it fails none is left behind."""
    columns = _checked(wish)
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise not_written(folder, reason) from None
    try:
        with office.transaction(f"下发：{wish.title}") as tx:
            maker = _Maker(office, tx, wish, columns)
            groups, left_out = maker.groups()
            files = []
            for place, (name, records) in enumerate(groups.items()):
                progress("写下发表", place, len(groups))
                path = folder / file_name(wish.title, name)
                if path.exists():
                    raise KnownError(f"文件夹里已经有“{path.name}”。", "请换一个空的文件夹，或换一个名称。")
                written.append(path)
                files.append(SentFile(maker.write(path, name, records), path))
            count = sum(file.count for file in files)
            tx.note(Deed(Act.SENT_OUT, count, f"{len(files)} 份", wish.title))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return Sent(maker.sending, tuple(files), tuple(left_out), tx.changes)


def _checked(wish: SendingWish) -> tuple[SheetColumn, ...]:
    if not wish.title.strip():
        raise KnownError("下发表还没有名称。", "请写一个，如“11月项目进展”。")
    paths = wish.columns
    if wish.record.TITLE not in paths:
        paths = (wish.record.TITLE, *paths)
    columns = sheet_columns(wish.record, paths, wish.fillable, masked=wish.masked)
    if not any(column.fillable for column in columns):
        raise KnownError("没有一列可以填写。", "请至少选一列让他们填。")
    if any(column.part for column in columns) and wish.month is None:
        raise KnownError("本期进展要写明是哪个月的。", "请选一个月份。")
    return columns


class _Maker:
    """What one sending shares: its records as they are at this moment, its seal, its line of the journal."""

    def __init__(self, office: Office, tx: Transaction, wish: SendingWish, columns: tuple[SheetColumn, ...]) -> None:
        self._office, self._tx, self._wish, self._columns = office, tx, wish, columns
        line = tx.latest()
        self._seal = Seal(tx.secret(SHEET_SECRET))
        self._place = office.meta("office")
        self._records = self._chosen()
        self._periodic = self._of_period()
        self._find = titles_of(office, [*self._records, *self._periodic.values()])
        self._sent_columns = sent_columns(office, columns)
        self.sending = tx.save(
            Sending(
                title=wish.title.strip(),
                library=wish.record.NOUN,
                day=today(office.clock),
                due=wish.due,
                by=wish.by,
                month=wish.month,
                columns=tuple(column.path for column in columns),
                fillable=tuple(column.path for column in columns if column.fillable),
                masked=wish.masked,
                line=line,
                note=wish.note,
            )
        )

    def _chosen(self) -> list[Record]:
        wish, tx = self._wish, self._tx
        if not wish.keys:
            return tx.find(wish.question or Query(wish.record, order=(wish.record.TITLE,)))
        found = [
            one
            for start in range(0, len(wish.keys), _CHUNK)
            for one in tx.find(Query(wish.record, where=(Where("id", "in", wish.keys[start : start + _CHUNK]),)))
        ]
        places = {key: place for place, key in enumerate(wish.keys)}
        return sorted(found, key=lambda one: places[one.id])

    def _of_period(self) -> dict[int, Record]:
        if not any(column.part for column in self._columns) or self._wish.month is None:
            return {}
        child = PERIODIC[self._wish.record][1]
        return latest_of_period(self._tx.find, child, [one.id for one in self._records], self._wish.month)

    def groups(self) -> tuple[dict[str, list[Record]], list[Record]]:
        """The records by what each workbook is called, and those that go into none."""
        if not self._records:
            raise KnownError("没有要下发的记录。", "请先勾选，或换一个视图。")
        if not self._wish.by:
            return {EVERYBODY: self._records}, []
        field = field_of(self._wish.record, self._wish.by)
        groups: dict[str, list[Record]] = {}
        left_out = []
        for one in self._records:
            name = group_name(field.kind, getattr(one, field.name), self._find)
            if name:
                groups.setdefault(name, []).append(one)
            else:
                left_out.append(one)
        if not groups:
            title = RECORD_TITLES[self._wish.record.NOUN]
            raise KnownError(
                f"选中的{title}都没有填“{field.label}”，分不出单位。", f"请先填“{field.label}”，或不分单位。"
            )
        return dict(sorted(groups.items())), left_out

    def write(self, path: Path, name: str, records: Sequence[Record]) -> SendingUnit:
        """Writes the workbook of one addressee and remembers it."""
        unit = self._unit(name, records)
        self._tx.save(unit)
        cells = [column.cell_writer(self._find) for column in self._columns]
        rows = tuple(
            SentRow(
                self._seal.mark(unit.id, one.id),
                tuple(
                    cell(self._periodic.get(one.id) if column.part else one)
                    for column, cell in zip(self._columns, cells, strict=True)
                ),
            )
            for one in records
        )
        ticket = self._seal.ticket(Ticket(self._place, self.sending.id, unit.id))
        sent = SentBook(self.sending.title, self._lines(name), self._sent_columns, rows, ticket, self._wish.protected)
        write_sent(path, sent)
        return unit

    def _unit(self, name: str, records: Sequence[Record]) -> SendingUnit:
        rows = tuple(str(one.id) for one in records)
        unit = SendingUnit(sending=self.sending.id, name=name, rows=rows)
        kind = field_of(self._wish.record, self._wish.by).kind if self._wish.by else None
        if isinstance(kind, kinds.Link) and kind.noun == "unit":
            unit.unit = getattr(records[0], self._wish.by)
            unit.contact, unit.phone = self._reached(unit.unit)
        return unit

    def _reached(self, unit: int) -> tuple[str, str]:
        """Whom to ring up: the first of the unit's people, at the unit's telephone or at their own."""
        office = self._office.rows(Unit, [unit])
        people: list[Member] = self._tx.find(Query(Member, where=(Where("unit", "=", unit),)))
        person = min(people, key=lambda one: one.id) if people else None
        phone = (office[0].phone if office else "") or (person.phone if person else "")
        return person.name if person else "", phone

    def _lines(self, name: str) -> tuple[str, ...]:
        due = f"请于 {self.sending.due.isoformat()} 前填好发回" if self.sending.due else "请填好发回"
        to = f"{name}　" if name != EVERYBODY else ""
        period = f"{self._wish.month} 期　" if self._wish.month else ""
        asked = (self._wish.note,) if self._wish.note else ()
        return f"{to}{period}{due}　{self._office.name}", *asked


def latest_of_period(
    find: Callable[[Query], Sequence[Any]], child: type[Record], keys: Sequence[int], month: When
) -> dict[int, Record]:
    """By owner, the latest record of a period."""
    found: dict[int, Record] = {}
    for start in range(0, len(keys), _CHUNK):
        owners = Where(child.OWNER, "in", tuple(keys[start : start + _CHUNK]))
        for one in sorted(find(Query(child, where=(owners, Where(PERIOD, "=", month)))), key=lambda each: each.id):
            found[getattr(one, child.OWNER)] = one
    return found


def group_name(kind: kinds.Kind, value: Any, find: FindTitle) -> str:
    """What the workbook of a value is called; "" for no value."""
    if value == kind.empty:
        return ""
    return find(kind.noun, value) if isinstance(kind, kinds.Link) else str(kind.write(value))


def file_name(title: str, unit: str) -> str:
    """A name that Windows takes, too."""
    stem = f"{title}-{unit}" if unit != EVERYBODY else title
    stem = _NOT_IN_NAMES.sub(" ", stem).strip(" .")[:_LONGEST_NAME].strip(" .")
    return f"{'_' if _DEVICES.fullmatch(stem) else ''}{stem or '下发表'}.xlsx"


def parted_by(record: type[Record]) -> Mapping[str, str]:
    """The fields that part records among departments, by name: links to units and members, and choices."""
    usual = [one for one in fields_of(record) if not one.spec.derived]
    links = [one for one in usual if isinstance(one.kind, kinds.Link) and one.kind.noun in ("unit", "member")]
    chosen = [one for one in usual if isinstance(one.kind, (kinds.Choice, kinds.Place))]
    texts = [one for one in usual if type(one.kind) is kinds.Text and one.name in ("chain", "carrier", "region")]
    return {one.name: one.label for one in (*links, *texts, *chosen)}
