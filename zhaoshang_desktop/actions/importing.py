"""Rows of a workbook into a library: what each row would do, then doing it as one batch.

Every data row has one fate. An exact match (credit code, else name) has its empty fields filled and
nothing overwritten; a likely one is a duplicate and waits for the clerk; a row is rejected only
without its required name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.backup import before
from zhaoshang_desktop.actions.matching import Finder, Library, candidate_of, library_of
from zhaoshang_desktop.domain.backup import IMPORT
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.libraries import CHILDREN, RECORD_TITLES
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.exchange.ahead import Ahead
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.parting import parted
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import CellProblem, Draft, rows_to_records
from zhaoshang_desktop.exchange.sheet import Sheet, Workbook
from zhaoshang_desktop.exchange.understanding import understand
from zhaoshang_desktop.runtime.collector import many_values

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

Progress = Callable[[str, int, int], None]
_TOLD_SHEETS = 3
_CHUNK = 2_000


class Fate(StrEnum):
    """What becomes of a data row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicates"
    REJECTED = "rejected"


@dataclass(slots=True)
class Decision:
    """A row's fate; `match` is the record meant (0: one that this very list brings, `repeats` its row).

    `fills` is {field: value} the match would get; `differs` what the list says otherwise and is not taken.
    """

    draft: Draft
    sheet: str
    fate: Fate
    reason: str = ""
    match: int = 0
    repeats: int = 0
    fills: dict[str, Any] = field(default_factory=dict)
    differs: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    children: list[Record] = field(default_factory=list)


@dataclass
class ImportPlan:
    """What an import would do; `unused` names the columns that go nowhere.

    `line` is the journal's last line at that time: what came after it the plan has not seen.
    """

    record: type[Record]
    file: str
    decisions: list[Decision]
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """rows_read and, summing up to it, how many rows have each fate; a row that continues a new record fills it."""
        fates = Counter(decision.fate for decision in self.decisions)
        for decision in self.decisions:
            if decision.draft.continued:
                goes_on = Fate.UPDATED if decision.fate is Fate.CREATED else decision.fate
                fates[goes_on] += decision.draft.continued
        return {"rows_read": fates.total(), **{fate.value: fates[fate] for fate in Fate}}

    @property
    def stored(self) -> int:
        """How many rows carrying it out would create or fill."""
        return sum(one.fate is Fate.CREATED or (one.fate is Fate.UPDATED and one.match > 0) for one in self.decisions)

    @property
    def problems(self) -> list[CellProblem]:
        """Every cell that was not understood or is doubtful, in the order of the sheets."""
        return [problem for decision in self.decisions for problem in decision.draft.problems]


@dataclass
class ImportResult:
    """A plan that was carried out; `batch` takes it back, 0 when nothing was stored."""

    plan: ImportPlan
    changes: Changes = field(default_factory=Changes)

    @property
    def batch(self) -> int:
        return self.changes.batch


class Overtaken(KnownError):
    """While the plan was made somebody stored what it would create; nothing is stored, a new plan will see it."""


@many_values()
def import_file(
    office: Office,
    record: type[Record],
    path: Path,
    *,
    dry_run: bool = False,
    password: str | None = None,
    with_hidden: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Reads a file, takes its tables as they look, and imports every one that fits the library.

    Hidden sheets and rows are left out and told, unless `with_hidden`.
    """
    if progress:
        progress("读取文件", 0, 0)
    ahead = Ahead(record, Finder(office))
    book = parted(read_workbook(path, password=password, cancelled=cancelled, on_rows=ahead))

    def planned() -> ImportPlan:
        return plan_workbook(
            office, record, book, with_hidden=with_hidden, ahead=ahead, progress=progress, cancelled=cancelled
        )

    plan = planned()
    while not dry_run:
        try:
            return run_plan(office, plan, progress=progress, cancelled=cancelled)
        except Overtaken:
            plan = planned()
    return ImportResult(plan)


def plan_workbook(
    office: Office,
    record: type[Record],
    book: Workbook,
    *,
    with_hidden: bool = False,
    ahead: Ahead | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """The plan for all tables that have the required columns; KnownError when none has a row.

    What was drafted `ahead` is used up by it.
    """
    find = Finder(office)
    drafts: list[tuple[str, Draft]] = []
    unused: list[str] = []
    notes: list[str] = []
    for sheet in book.sheets:
        if not sheet.visible and not with_hidden:
            notes.append(f"隐藏的工作表“{sheet.name}”没有导入")
            continue
        layout, mapping = understand(sheet, record, with_hidden=with_hidden)
        if mapping.missing:
            notes.append(f"工作表“{sheet.title}”没有{'、'.join(mapping.missing)}这一列，没有导入")
        else:
            made = ahead.drafts(sheet, layout, mapping) if ahead else None
            drafts += placed(sheet, made or rows_to_records(sheet, layout, mapping, find))
            notes += [f"“{sheet.title}”当作单独的一张表导入"] if sheet.part and not sheet.origin else []
            if hidden := layout.count(Role.HIDDEN):
                notes.append(f"工作表“{sheet.title}”里有 {hidden} 行隐藏着，没有导入")
            unused += (column.header for column in mapping.unused)
            notes += (match.doubt for match in mapping.used if match.doubt)
            notes += [sheet.warning] if sheet.warning else []
    if not drafts:
        told = "；".join(notes[:_TOLD_SHEETS]) + (f"，等 {len(notes)} 张" if len(notes) > _TOLD_SHEETS else "")
        raise KnownError(f"“{book.name}”里没有可导入的数据行。", f"{told}。" if told else "")
    plan = plan_import(office, record, book.name, drafts, progress=progress, cancelled=cancelled)
    plan.unused, plan.notes = tuple(dict.fromkeys(unused)), tuple(notes)
    return plan


def placed(sheet: Sheet, drafts: Iterable[Draft]) -> Iterator[tuple[str, Draft]]:
    """The drafts with the sheet each comes from; those of forms with the row where their form tells the name."""
    rows: dict[int, tuple[str, int]] = {}
    for (line, _), (name, row, _) in sheet.origin.items():
        rows.setdefault(line + 1, (name, row + 1))
    for draft in drafts:
        name, draft.row = rows.get(draft.row, (sheet.name, draft.row))
        yield name, draft


def plan_import(
    office: Office,
    record: type[Record],
    file: str,
    drafts: Iterable[tuple[str, Draft]],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Compares each row (with its sheet's name) with the library and with the rows before it."""
    line = office.latest()
    library = library_of(office, record)
    decisions: list[Decision] = []
    firsts: dict[int, Decision] = {}
    todo = list(drafts)
    for place, (sheet, draft) in enumerate(todo):
        if place % _CHUNK == 0:
            _step(progress, cancelled, "核对重复", place, len(todo))
        if draft.rejected:
            decisions.append(Decision(draft, sheet, Fate.REJECTED, draft.rejected))
            continue
        candidate = candidate_of(draft.record, key=-place - 1)
        match = library.match(candidate)
        if match is None:
            decision = Decision(draft, sheet, Fate.CREATED, children=list(draft.children))
            firsts[candidate.key] = decision
            library.add(candidate)
        elif not match.exact:
            decision = Decision(draft, sheet, Fate.DUPLICATE, match.reason, match=max(match.key, 0))
            decision.repeats = firsts[match.key].draft.row if match.key < 0 else 0
        elif match.key < 0:
            decision = merge_rows(firsts[match.key], draft, sheet, match.reason)
        else:
            decision = Decision(draft, sheet, Fate.UNCHANGED, match.reason, match=match.key)
        decisions.append(decision)
    compare_matches(
        office, record, [one for one in decisions if one.match and one.fate is Fate.UNCHANGED], progress, cancelled
    )
    return ImportPlan(record, file, decisions, line=line)


def merge_rows(first: Decision, draft: Draft, sheet: str, reason: str) -> Decision:
    """A row that repeats an earlier new one fills what that one leaves empty."""
    fills, differs = _news(first.draft.record, draft.record)
    for name, value in fills.items():
        _put(first.draft.record, name, value, draft.record)
    children, _ = _new_children(first.children, draft.children)
    first.children += children
    fate = Fate.UPDATED if fills or children else Fate.UNCHANGED
    decision = Decision(draft, sheet, fate, f"与第 {first.draft.row} 行{reason}", fills=fills, differs=differs)
    decision.repeats = first.draft.row
    return decision


def compare_matches(
    office: Office,
    record: type[Record],
    matched: Sequence[Decision],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """What each exact match would get from its row; several rows may mean one record, in their order."""
    for start in range(0, len(matched), _CHUNK):
        _step(progress, cancelled, "比较内容", start, len(matched))
        chunk = matched[start : start + _CHUNK]
        keys = list({decision.match for decision in chunk})
        known = {one.id: one for one in office.rows(record, keys)}
        children = _children_of(office, record, keys)
        for decision in chunk:
            current = known[decision.match]
            decision.fills, decision.differs = _news(current, decision.draft.record)
            for name, value in decision.fills.items():
                _put(current, name, value, decision.draft.record)
            fresh, filled = _new_children(children.setdefault(decision.match, []), decision.draft.children)
            children[decision.match] += fresh
            decision.children = [*fresh, *filled]
            decision.fate = Fate.UPDATED if decision.fills or decision.children else Fate.UNCHANGED


def _news(current: Record, new: Record) -> tuple[dict[str, Any], dict[str, tuple[Any, Any]]]:
    """What the new record says that the current one leaves empty, and what it says otherwise."""
    fills: dict[str, Any] = {}
    differs: dict[str, tuple[Any, Any]] = {}
    for one in fields_of(type(current)):
        had, said = getattr(current, one.name), getattr(new, one.name)
        if said == one.kind.empty and one.name in new.raw and had == one.kind.empty and one.name not in current.raw:
            fills[one.name] = new.raw[one.name]
        elif said == one.kind.empty or said == had or one.spec.derived or _is_default(type(new), one.name, said):
            continue
        elif had == one.kind.empty:
            fills[one.name] = said
        else:
            differs[one.name] = (had, said)
    return fills, differs


def _is_default(record: type[Record], name: str, value: Any) -> bool:
    return bool(value == record.__dataclass_fields__[name].default)


def _put(current: Record, name: str, value: Any, new: Record) -> None:
    """Fills a field, or the text beside it where nobody understood it."""
    if name in new.raw:
        current.raw[name] = value
    else:
        setattr(current, name, value)
        current.raw.pop(name, None)


def _new_children(known: list[Record], said: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """The children that are new, and the known ones that were filled."""
    fresh: list[Record] = []
    filled: list[Record] = []
    for child in said:
        twin = next((one for one in known if _same_child(one, child)), None)
        if twin is None:
            fresh.append(child)
            continue
        fills, _ = _news(twin, child)
        if isinstance(twin, Milestone) and twin.is_reached:
            fills.pop("reached", None)  # its day says so already
        for name, value in fills.items():
            _put(twin, name, value, child)
        if fills and twin.id:
            filled.append(twin)
    return fresh, filled


def _same_child(one: Record, other: Record) -> bool:
    """Children of one owner are the same when what they are called is; a stage said without
    a date (在谈, as a list shows it) is any reached step of that stage (对接)."""
    if isinstance(one, Milestone) and isinstance(other, Milestone) and not other.actual and not other.planned:
        behind = one.is_reached and one.stage == other.stage == other.step != ""
        return behind or folded(_called(one)) == folded(_called(other))
    return type(one) is type(other) and folded(_called(one)) == folded(_called(other))


def _called(child: Record) -> str:
    """A contact's name, a stake's investor, a milestone's step: the first field after the owner."""
    name = next(one.name for one in fields_of(type(child)) if one.name != child.OWNER)
    return str(getattr(child, name) or child.raw.get(name, ""))


def _children_of(office: Office, record: type[Record], keys: Sequence[int]) -> dict[int, list[Record]]:
    found: dict[int, list[Record]] = {}
    for kind in CHILDREN.get(record, ()):
        for start in range(0, len(keys), _CHUNK // 4):
            chunk = tuple(keys[start : start + _CHUNK // 4])
            for child in office.find(Query(kind, where=(Where(kind.OWNER, "in", chunk),))):
                found.setdefault(getattr(child, kind.OWNER), []).append(child)
    return found


@many_values()
def run_plan(
    office: Office,
    plan: ImportPlan,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Carries a plan out as one batch; nothing is stored when it is cancelled or fails."""
    if not plan.stored:
        return ImportResult(plan)
    before(office, IMPORT, records=plan.stored, progress=progress)
    label = f"导入{RECORD_TITLES[plan.record.NOUN]} {plan.stored} 条：{plan.file}"
    with office.transaction(label) as tx:
        put_plan(office, tx, plan, progress=progress, cancelled=cancelled)
    return ImportResult(plan, tx.changes)


def put_plan(
    office: Office,
    tx: Transaction,
    plan: ImportPlan,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Stores what a plan creates and fills, within a transaction that may do other things as well."""
    new = [decision for decision in plan.decisions if decision.fate is Fate.CREATED]
    filled = [one for one in plan.decisions if one.fate is Fate.UPDATED and one.match]
    _refuse_overtaken(office, plan, new)
    for start in range(0, len(new), _CHUNK):
        _step(progress, cancelled, "写入", start, len(new))
        _create(tx, new[start : start + _CHUNK])
    for place, decision in enumerate(filled):
        if place % _CHUNK == 0:
            _step(progress, cancelled, "补充", place, len(filled))
        _fill(tx, plan.record, decision)
    if progress:
        progress("整理检索", 0, 0)
    if tx.go_alone():
        _refuse_overtaken(office, plan, new)


def _refuse_overtaken(office: Office, plan: ImportPlan, new: Sequence[Decision]) -> None:
    """What others wrote since the plan was made is compared with what is new to it."""
    since = office.changed_since(plan.line, plan.record)
    if not since:
        return
    library = Library(firms=plan.record is Investor)
    for one in office.rows(plan.record, since):
        if one.removed is None:
            library.add(candidate_of(one))
    for decision in new:
        match = library.match(candidate_of(decision.draft.record))
        if match and match.exact:
            title = decision.draft.record.title
            raise Overtaken(f"核对之后，别人刚刚存进了“{title}”，这次导入没有保存。", "请再核对一次。")


def _create(tx: Transaction, decisions: Sequence[Decision]) -> None:
    tx.save_all([decision.draft.record for decision in decisions])
    for decision in decisions:
        for child in decision.children:
            setattr(child, child.OWNER, decision.draft.record.id)
    tx.save_all([child for decision in decisions for child in decision.children])


def _fill(tx: Transaction, record: type[Record], decision: Decision) -> None:
    """Fills what is empty at this moment: the office may have changed since the plan was made."""
    current = tx.get(record, decision.match)
    for name, value in _news(current, decision.draft.record)[0].items():
        _put(current, name, value, decision.draft.record)
    tx.save(current)
    for child in decision.children:
        setattr(child, child.OWNER, current.id)
        tx.save(child)


def _step(progress: Progress | None, cancelled: Callable[[], bool] | None, words: str, done: int, total: int) -> None:
    if cancelled and cancelled():
        raise KnownError("导入已取消，什么都没有改动。")
    if progress:
        progress(words, done, total)
