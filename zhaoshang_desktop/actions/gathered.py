"""Carrying a gathering out: one batch, which one undo takes back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.backup import before
from zhaoshang_desktop.actions.gathering import CellChange, GatherPlan
from zhaoshang_desktop.actions.import_plan import Fate as RowFate
from zhaoshang_desktop.actions.importing import put_plan
from zhaoshang_desktop.actions.returned_file import Fate, ReturnedFile
from zhaoshang_desktop.actions.sheet_columns import PERIOD, PERIODIC
from zhaoshang_desktop.domain.backup import MASS_EDIT
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.sending import BACK, IN_DOUBT, OUT, SendingUnit
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.runtime.collector import many_values
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

_STEP = 500
_TOLD = 3


@dataclass
class Gathered:
    """What was done: cells taken, conflicts settled their way, rows created, filled and removed."""

    taken: int = 0
    settled: int = 0
    created: int = 0
    filled: int = 0
    removed: int = 0
    changes: Changes = field(default_factory=Changes)

    @property
    def batch(self) -> int:
        """What takes the whole gathering back; 0 when nothing was stored."""
        return self.changes.batch


@many_values()
def carry_out(
    office: Office,
    plan: GatherPlan,
    *,
    theirs: Collection[int] = (),
    removed: Collection[int] = (),
    progress: Progress = untold,
) -> Gathered:
    """Stores the plan. `theirs` are the places, among its conflicts, where what came back is to count; `removed`
    the keys of missing rows that are to go into the recycle bin. StaleRecord when somebody changed one meanwhile."""
    done = Gathered()
    if plan.sending is None:
        return done
    settled = [change for place, change in enumerate(plan.conflicts) if place in theirs]
    many = len({change.key for change in [*plan.changes, *settled]}) + (plan.new.stored if plan.new else 0)
    before(office, MASS_EDIT, records=many, progress=progress)
    count = f"{len(plan.gathered)} 份" if plan.gathered else "没有收成"
    with office.transaction(f"汇总：{plan.sending.title}（{count}）") as tx:
        _take(office, tx, plan, [*plan.changes, *settled], progress)
        if plan.new is not None:
            put_plan(office, tx, plan.new, progress=progress)
            fates = [decision.fate for decision in plan.new.decisions]
            done.created, done.filled = fates.count(RowFate.CREATED), plan.new.stored - fates.count(RowFate.CREATED)
        for key in removed:
            tx.remove(tx.get(plan.record, key))
        _note_units(office, tx, plan, settled, removed)
    done.taken, done.settled, done.removed = len(plan.changes), len(settled), len(removed)
    done.changes = tx.changes
    return done


def _take(office: Office, tx: Transaction, plan: GatherPlan, changes: list[CellChange], progress: Progress) -> None:
    """Puts the cells into the records that the plan knows; a version that has moved on refuses them."""
    assert plan.sending is not None
    touched: dict[int, Record] = {}
    for change in changes:
        target = _periodic(plan, change) if change.column.part else plan.records[change.key]
        _put(target, change)
        touched[id(target)] = target
    for place, record in enumerate(touched.values()):
        if place % _STEP == 0:
            progress("写入", place, len(touched))
        tx.save(record)


def _periodic(plan: GatherPlan, change: CellChange) -> Record:
    """The record of the period, made where there was none."""
    assert plan.sending is not None
    if change.key not in plan.periodic:
        child = PERIODIC[plan.record][1]
        unit = next((one.unit for one in plan.units if str(change.key) in one.rows), 0)
        values: dict[str, Any] = {child.OWNER: change.key, PERIOD: plan.sending.month, "unit": unit}
        plan.periodic[change.key] = child(**values)
    return plan.periodic[change.key]


def _put(record: Record, change: CellChange) -> None:
    """A text that nobody understood stays beside the value that the field has."""
    name = change.column.field.name
    if change.text:
        record.raw = {**record.raw, name: change.text}
    else:
        setattr(record, name, change.value)
        record.raw = {key: text for key, text in record.raw.items() if key != name}


def _note_units(
    office: Office, tx: Transaction, plan: GatherPlan, settled: list[CellChange], removed: Collection[int]
) -> None:
    """Who has returned theirs, and what is still open about it."""
    day = today(office.clock)
    for place, file in enumerate(plan.files):
        unit = _unit_of(plan, file)
        if unit is None:
            continue
        if file.fate is Fate.GATHERED:
            doubts = _doubts(plan, place, file, settled, removed)
            unit.state, unit.remark = IN_DOUBT if doubts else BACK, "；".join([*doubts, *file.notes])
            unit.returned, unit.file = day, file.name
            unit.digest = file.found.digest if file.found else ""
        elif file.fate is not Fate.TWICE and unit.state == OUT:
            unit.state, unit.remark, unit.file = IN_DOUBT, file.reason, file.name
        tx.save(unit)


def _unit_of(plan: GatherPlan, file: ReturnedFile) -> SendingUnit | None:
    return next((one for one in plan.units if file.unit and one.id == file.unit.id), None)


def _doubts(
    plan: GatherPlan, place: int, file: ReturnedFile, settled: list[CellChange], removed: Collection[int]
) -> list[str]:
    settled_ids = {id(change) for change in settled}
    conflicts = [one for one in plan.conflicts if one.file == place and id(one) not in settled_ids]
    missing = [one for one in plan.missing if one.file == place and one.key not in removed]
    unread = [one for one in plan.problems if one.sheet == file.name and not one.warning]
    waiting = [
        one
        for one in (plan.new.decisions if plan.new else ())
        if one.sheet == file.name and one.fate in (RowFate.DUPLICATE, RowFate.REJECTED)
    ]
    counted = (
        (conflicts, "处两边都改过，保留了本局的"),
        (missing, "行没有交回"),
        (unread, "格没有采用或没有看懂"),
        (waiting, "个新增行没有存"),
    )
    return [f"{len(group)} {words}" for group, words in counted if group]
