"""汇总: what came back, merged cell by cell with what was sent and what the office has now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.import_plan import ImportPlan, plan_import
from zhaoshang_desktop.actions.matching import Finder
from zhaoshang_desktop.actions.returned_file import (
    Fate,
    ReturnedFile,
    choose_sending,
    judge_files,
    read_files,
    settle_marks,
)
from zhaoshang_desktop.actions.sending import latest_of_period
from zhaoshang_desktop.actions.sheet_columns import PERIOD, PERIODIC, UNREAD, SheetColumn, sent_columns, sheet_columns
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.merge import Fate as FieldFate
from zhaoshang_desktop.domain.merge import lists_of, three_way
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.sending import Sending, SendingUnit
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.formats import Reader, format_of
from zhaoshang_desktop.exchange.layout import Column
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.exchange.returned import Returned, ReturnedRow, is_blank, new_rows, read_returned
from zhaoshang_desktop.exchange.sheet import Cell, cell_text
from zhaoshang_desktop.runtime.collector import many_values
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_FEW = 2


@dataclass(slots=True)
class CellChange:
    """A cell that they changed: the record (of `part`, "" for the library's own), what was sent, came back and is now.

    `value` is what would be stored; where nobody understood it, `text` stays beside the field instead.
    """

    file: int
    row: int
    key: int
    title: str
    column: SheetColumn
    sent: str
    came: str
    now: str
    value: Any = None
    text: str = ""
    conflict: bool = False


@dataclass(frozen=True)
class Missing:
    """A row that left and did not come back."""

    file: int
    key: int
    title: str


@dataclass
class GatherPlan:
    """What gathering would do. `changes` are taken, `conflicts` wait for somebody; `new` are the rows added."""

    sending: Sending | None
    units: list[SendingUnit]
    files: list[ReturnedFile]
    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    new: ImportPlan | None = None
    records: dict[int, Record] = field(default_factory=dict)
    periodic: dict[int, Record] = field(default_factory=dict)
    cells: int = 0

    @property
    def gathered(self) -> list[ReturnedFile]:
        """The files whose cells count."""
        return [file for file in self.files if file.fate is Fate.GATHERED]

    @property
    def refused(self) -> list[ReturnedFile]:
        """The files that were left out, each with its reason."""
        return [file for file in self.files if file.fate is not Fate.GATHERED]

    @property
    def record(self) -> type[Record]:
        """The type of what was sent out; there is a sending."""
        assert self.sending is not None
        return RECORDS[self.sending.library]


@many_values()
def plan_gathering(
    office: Office,
    paths: Sequence[Path],
    *,
    sending: int = 0,
    password: str | None = None,
    progress: Progress = untold,
) -> GatherPlan:
    """Reads and recognises the files and compares them with the office; nothing is stored."""
    files = read_files(office, paths, password=password, progress=progress)
    target = choose_sending(office, files, sending)
    if target is None:
        return GatherPlan(None, [], files)
    units = units_of(office, target.id)
    judge_files(office, files, target, units)
    plan = GatherPlan(target, units, files)
    if plan.gathered:
        _Comparison(office, plan, target).run(progress)
    return plan


def units_of(office: Office, sending: int) -> list[SendingUnit]:
    """Whom it was sent to, by name."""
    return list(office.find(Query(SendingUnit, where=(Where("sending", "=", sending),), order=("name",))))


class _Comparison:
    """Base, returned and present values of one sending's records."""

    def __init__(self, office: Office, plan: GatherPlan, sending: Sending) -> None:
        self._office, self._plan, self._sending = office, plan, sending
        self._record = plan.record
        self._columns = sheet_columns(
            self._record, sending.columns, sending.fillable, masked=sending.masked is not False
        )
        self._sent = sent_columns(office, self._columns)
        self._read = Finder(office)
        keys = sorted({key for file in plan.gathered if file.unit for key in file.unit.keys})
        line = sending.line or 0
        self._base = office.as_of(line, self._record, keys)
        plan.records = {one.id: one for one in office.rows(self._record, keys)}
        self._periodic_base = self._of_period(keys, line)
        self._find = titles_of(
            office,
            [*self._base.values(), *plan.records.values(), *self._periodic_base.values(), *plan.periodic.values()],
        )
        self._writers = [column.cell_writer(self._find) for column in self._columns]
        title = next(n for n, one in enumerate(self._columns) if not one.part and one.field.name == self._record.TITLE)
        self._title = self._writers[title]

    def _of_period(self, keys: Sequence[int], line: int) -> dict[int, Record]:
        if self._sending.month is None or self._record not in PERIODIC:
            return {}
        child = PERIODIC[self._record][1]
        self._plan.periodic = latest_of_period(self._office.find, child, keys, self._sending.month)
        known = self._office.as_of(line, child, [one.id for one in self._plan.periodic.values()])
        return {getattr(one, child.OWNER): one for one in known.values()}

    def run(self, progress: Progress) -> None:
        """Fills the plan: changes, conflicts, new rows, problems."""
        drafts: list[tuple[str, Draft]] = []
        for place, file in enumerate(self._plan.files):
            progress("逐格比较", place, len(self._plan.files))
            if file.fate is Fate.GATHERED:
                drafts += ((file.name, draft) for draft in self._file(place, file))
        if drafts:
            name = f"{self._sending.title}（新增的行）"
            self._plan.new = plan_import(self._office, self._record, name, drafts, progress=progress)
            self._plan.problems += self._plan.new.problems

    def _file(self, place: int, file: ReturnedFile) -> Iterator[Draft]:
        assert file.found is not None
        assert file.unit is not None
        titles = {key: cell_text(self._title(self._base[key])).strip() for key in file.unit.keys if key in self._base}
        returned = read_returned(file.found, self._sent, self._record)
        found, notes = settle_marks(file.found, returned, titles, file.unit.id, self._record.TITLE)
        if notes:
            returned = read_returned(found, self._sent, self._record)
        file.notes += [*notes, *self._about_columns(returned)]
        readers = {path: self._reader(path, column) for path, column in returned.columns.items()}
        there = set()
        for row in returned.rows:
            if not self._belongs(file, row):
                continue
            if not row.is_blank:
                there.add(row.mark.record)
                self._row(place, file, row, readers)
        self._plan.missing += [Missing(place, key, titles[key]) for key in titles if key not in there]
        for draft, cells in new_rows(found, returned, self._record, self._read):
            self._complete(draft, file, cells, readers)
            yield draft

    def _about_columns(self, returned: Returned) -> list[str]:
        """Columns that were deleted or added."""
        gone = [one.heading for one in self._columns if one.path not in returned.columns]
        notes = [f"删掉了“{'”“'.join(gone)}”{'这几' if len(gone) > 1 else '这一'}列，按没有改动处理"] if gone else []
        if returned.unknown:
            notes.append(f"自己加的“{'”“'.join(returned.unknown)}”列没有用上")
        return notes

    def _belongs(self, file: ReturnedFile, row: ReturnedRow) -> bool:
        assert file.unit is not None
        mark = row.mark
        if mark.genuine and mark.unit == file.unit.id and mark.record in self._base:
            return True
        if not mark.genuine:
            reason = "这一行的记号被改过，没有采用"
        elif mark.unit != file.unit.id:
            other = next((one.name for one in self._plan.units if one.id == mark.unit), "别的下发表")
            reason = f"这一行是“{other}”的，没有采用"
        else:
            reason = "这一行下发之前就没有，没有采用"
        self._plan.problems.append(CellProblem(file.name, row.number, "", "整行", self._said_title(row), reason))
        return False

    def _said_title(self, row: ReturnedRow) -> str:
        return cell_text(row.cells.get(self._record.TITLE, "")).strip()

    def _reader(self, path: str, column: Column) -> Reader:
        own = next(one for one in self._columns if one.path == path)
        return format_of(own.field.kind).reader(own.field.kind, column.unit, self._read)

    def _row(self, place: int, file: ReturnedFile, row: ReturnedRow, readers: dict[str, Reader]) -> None:
        key = row.mark.record
        base, now = self._base[key], self._plan.records.get(key)
        for column, write in zip(self._columns, self._writers, strict=True):
            cell = row.cells.get(column.path)
            if cell is None or column.hidden:
                continue
            self._plan.cells += 1
            was = self._periodic_base.get(key) if column.part else base
            wrote = write(was)
            if cell == wrote or (is_blank(cell) and wrote == "") or _same_text(cell, wrote):
                continue
            if column.field.spec.derived:
                continue
            change = CellChange(
                place, row.number, key, base.title, column, cell_text(wrote), cell_text(cell).strip(), ""
            )
            problem = self._understand(change, cell, row, readers[column.path])
            if change.text == "" and change.value == column.token(was):
                continue
            self._decide(change, was, now, problem, file, write)

    def _understand(self, change: CellChange, cell: Cell, row: ReturnedRow, read: Reader) -> str:
        """Puts the value of the cell into the change; gives the reason where nobody understands it, else ""."""
        kind = change.column.field.kind
        change.value = kind.empty
        if change.column.path in row.unread:
            change.text = change.came = row.unread[change.column.path]
            return "是公式，文件里没有保存它的计算结果"
        if is_blank(cell):
            change.came = ""
            return ""
        try:
            change.value = read(cell)
        except NotUnderstood as reason:
            change.text = change.came
            return str(reason)
        return ""

    def _decide(
        self,
        change: CellChange,
        was: Record | None,
        now: Record | None,
        problem: str,
        file: ReturnedFile,
        write: Callable[[Record | None], Cell],
    ) -> None:
        column = change.column
        present = self._plan.periodic.get(change.key) if column.part else now
        refusal = self._refusal(change, now)
        if refusal:
            self._note(change, file, refusal)
            return
        change.now = cell_text(write(present))
        fate = self._merge(change, was, present)
        if fate in (None, FieldFate.SAME):
            return
        change.conflict = fate is FieldFate.CONFLICT
        if problem:
            self._note(change, file, f"{problem}；原文留在字段旁边", warning=change.conflict)
        (self._plan.conflicts if change.conflict else self._plan.changes).append(change)

    def _merge(self, change: CellChange, was: Record | None, present: Record | None) -> FieldFate | None:
        """What becomes of the cell; a list that both sides changed is joined, unless nobody understands one side."""
        column, name = change.column, change.column.path
        base, theirs, ours = column.stored(was), column.stored_of(change.value, change.text), column.stored(present)
        plain = not any(str(side or "").startswith(UNREAD) for side in (base, theirs, ours))
        lists = (
            frozenset({name}) if plain and column.field.name in lists_of(column.owner(self._record)) else frozenset()
        )
        decided = three_way({name: base}, {name: theirs}, {name: ours}, lists).get(name)
        if decided is None:
            return None
        if decided.fate is FieldFate.JOINED:
            change.value = column.value_of(decided.value)
            return FieldFate.JOINED if decided.news else FieldFate.SAME
        return decided.fate

    def _refusal(self, change: CellChange, now: Record | None) -> str:
        """Why a change cannot be taken whatever anybody says; "" when it can."""
        if not change.column.fillable:
            return "这一列是锁定的，改动没有采用"
        if now is None or now.removed is not None:
            return "这条记录在库里已经移走，改动没有采用"
        if change.column.field.spec.required and not change.text and change.value == change.column.field.kind.empty:
            return "这一格不能空着，没有采用"
        return ""

    def _note(self, change: CellChange, file: ReturnedFile, reason: str, *, warning: bool = False) -> None:
        label = change.column.field.label
        self._plan.problems.append(
            CellProblem(file.name, change.row, change.title, label, change.came, reason, warning)
        )

    def _complete(
        self, draft: Draft, file: ReturnedFile, cells: Mapping[str, Cell], readers: dict[str, Reader]
    ) -> None:
        """A new row is its department's, unless it says otherwise; what it tells of the period becomes a record."""
        assert file.unit is not None
        by = self._sending.by
        if by and not draft.rejected:
            kind = field_of(self._record, by).kind
            if getattr(draft.record, by) == kind.empty and by not in draft.record.raw:
                setattr(draft.record, by, file.unit.unit or self._of_group(file.unit))
        if self._sending.month is None or self._record not in PERIODIC:
            return
        child = PERIODIC[self._record][1]()
        setattr(child, PERIOD, self._sending.month)
        for path, cell in cells.items():
            name = path.rpartition(".")[2]
            if not is_blank(cell):
                try:
                    setattr(child, name, readers[path](cell))
                except NotUnderstood as reason:
                    child.raw[name] = cell_text(cell).strip()
                    label = field_of(type(child), name).label
                    problem = CellProblem(file.name, draft.row, "", label, child.raw[name], str(reason))
                    draft.problems.append(problem)
        if any(not is_blank(cell) for cell in cells.values()):
            draft.children.append(child)

    def _of_group(self, unit: SendingUnit) -> Any:
        """The value that the records of a unit's workbook have in the field that parted them."""
        first = next((self._base[key] for key in unit.keys if key in self._base), None)
        return getattr(first, self._sending.by) if first else field_of(self._record, self._sending.by).kind.empty


def _same_text(cell: Cell, wrote: Cell) -> bool:
    """Whether a cell still shows what was written, whatever type the file keeps it as (a .csv has only texts)."""
    return cell_text(cell).strip() == cell_text(wrote).strip()
