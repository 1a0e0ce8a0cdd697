"""Rows of a workbook into a library: what each row would do, then doing it as one batch.

Every data row has one fate. For an exact match (credit code, else name) the policy says whether empty fields are
filled, all that the row says is taken, or nothing; a likely one is a duplicate and waits for the clerk; a row is
rejected only without its required name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.attachment import put_picture
from zhaoshang_desktop.actions.backup import before
from zhaoshang_desktop.actions.comparing import WHOLE, put
from zhaoshang_desktop.actions.import_plan import CHUNK, Decision, Fate, ImportPlan, plan_import
from zhaoshang_desktop.actions.matching import Finder, Library, candidate_of
from zhaoshang_desktop.actions.settling import Choices, Policy, settle_rows
from zhaoshang_desktop.domain.backup import IMPORT
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.ahead import Ahead
from zhaoshang_desktop.exchange.layout import Layout, Role
from zhaoshang_desktop.exchange.mapping import Mapping as ColumnMapping
from zhaoshang_desktop.exchange.parting import parted
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.exchange.records import Draft, rows_to_records
from zhaoshang_desktop.exchange.shapes import Corrections, understand_as_kept
from zhaoshang_desktop.exchange.sheet import Sheet, Workbook
from zhaoshang_desktop.runtime.collector import many_values
from zhaoshang_desktop.runtime.progress import Progress, untold

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

_TOLD_SHEETS = 3


@dataclass
class ImportResult:
    """A plan that was carried out; `batch` takes it back, 0 when nothing was stored."""

    plan: ImportPlan
    changes: Changes = field(default_factory=Changes)

    @property
    def batch(self) -> int:
        """What takes the import back; 0 when nothing was stored."""
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
    policy: Policy = Policy.FILL,
    kept: Mapping[str, Any] | None = None,
    progress: Progress = untold,
) -> ImportResult:
    """Reads a file, takes its tables as they look, and imports every one that fits the library.

    `kept` are corrections by shape (`exchange.shapes`): sheets of a shape that a clerk has corrected are taken so.

    Hidden sheets, rows and columns are left out and told, unless `with_hidden`.
    """
    progress("读取文件")
    ahead = Ahead(record, Finder(office))
    book = parted(read_workbook(path, password=password, waiting=partial(progress, "读取文件"), on_rows=ahead))

    how: dict[str, Any] = {"with_hidden": with_hidden, "kept": kept, "progress": progress}

    def planned() -> ImportPlan:
        made = plan_workbook(office, record, book, ahead=ahead, **how)
        settle_rows(made, Choices(policy))
        return made

    plan = planned()
    while not dry_run:
        try:
            return run_plan(office, plan, progress=progress)
        except Overtaken:
            plan = planned()
    return ImportResult(plan)


def plan_workbook(
    office: Office,
    record: type[Record],
    book: Workbook,
    *,
    with_hidden: bool = False,
    kept: Mapping[str, Any] | None = None,
    ahead: Ahead | None = None,
    progress: Progress = untold,
) -> ImportPlan:
    """The plan for all tables that have the required columns; KnownError when none has a row.

    What was drafted `ahead` is used up by it.
    """
    find = Finder(office)
    drafts: list[tuple[str, Draft]] = []
    unused: list[str] = []
    notes: list[str] = []
    recalled: dict[str, Corrections] = {}
    for sheet in book.sheets:
        if not sheet.visible and not with_hidden:
            notes.append(f"隐藏的工作表“{sheet.name}”没有导入")
            continue
        sheet, layout, mapping, corrected = understand_as_kept(sheet, record, kept or {}, with_hidden)
        recalled |= {sheet.title: corrected} if len(corrected) else {}
        if mapping.missing:
            notes.append(f"工作表“{sheet.title}”没有{'、'.join(mapping.missing)}这一列，没有导入")
        else:
            made = ahead.drafts(sheet, layout, mapping) if ahead else None
            drafts += placed(sheet, made or rows_to_records(sheet, layout, mapping, find))
            notes += _told(sheet, layout, mapping)
            unused += (column.header for column in mapping.unused)
    if not drafts:
        told = "；".join(notes[:_TOLD_SHEETS]) + (f"，等 {len(notes)} 张" if len(notes) > _TOLD_SHEETS else "")
        raise KnownError(f"“{book.name}”里没有可导入的数据行。", f"{told}。" if told else "")
    plan = plan_import(office, record, book.name, drafts, progress=progress)
    plan.unused, plan.notes, plan.recalled = tuple(dict.fromkeys(unused)), tuple(notes), recalled
    return plan


def _told(sheet: Sheet, layout: Layout, mapping: ColumnMapping) -> Iterator[str]:
    """What is to be known of a table that is imported: what of it is left out or doubtful."""
    if sheet.part and not sheet.origin:
        yield f"“{sheet.title}”当作单独的一张表导入"
    if hidden := layout.count(Role.HIDDEN):
        yield f"工作表“{sheet.title}”里有 {hidden} 行隐藏着，没有导入"
    if columns := mapping.hidden:
        named = "、".join(column.header for column in columns)
        yield f"工作表“{sheet.title}”里有 {len(columns)} 列隐藏着，没有导入：{named}"
    yield from (match.doubt for match in mapping.used if match.doubt)
    if sheet.warning:
        yield sheet.warning


def placed(sheet: Sheet, drafts: Iterable[Draft]) -> Iterator[tuple[str, Draft]]:
    """The drafts with the sheet each comes from; those of forms with the row where their form tells the name."""
    rows: dict[int, tuple[str, int]] = {}
    for (line, _), (name, row, _) in sheet.origin.items():
        rows.setdefault(line + 1, (name, row + 1))
    for draft in drafts:
        name, draft.row = rows.get(draft.row, (sheet.name, draft.row))
        yield name, draft


def import_cards(
    office: Office, paths: Sequence[Path], *, policy: Policy = Policy.FILL, dry_run: bool = False
) -> ImportResult:
    """The contact cards of some files into 客商库, as one batch: each person to his firm, which is found or made."""
    sheets: list[Sheet] = []
    for path in paths:
        book = read_workbook(path)
        if book.format != "vcard":
            raise KnownError(f"“{book.name}”不是名片文件（.vcf）。", "表格请用 import。")
        sheets += (replace(sheet, name=book.name) for sheet in book.sheets)
    cards = Workbook(paths[0].name if len(paths) == 1 else f"{len(paths)} 个名片文件", "vcard", sheets)
    while True:
        plan = plan_workbook(office, Investor, cards)
        settle_rows(plan, Choices(policy))
        try:
            return ImportResult(plan) if dry_run else run_plan(office, plan)
        except Overtaken:
            continue


@many_values()
def run_plan(
    office: Office,
    plan: ImportPlan,
    *,
    progress: Progress = untold,
) -> ImportResult:
    """Carries a plan out as one batch; nothing is stored when it is cancelled or fails."""
    if not plan.stored:
        return ImportResult(plan)
    before(office, IMPORT, records=plan.stored, progress=progress)
    label = f"导入{RECORD_TITLES[plan.record.NOUN]} {plan.stored} 条：{plan.file}"
    with office.transaction(label) as tx:
        put_plan(office, tx, plan, progress=progress)
    return ImportResult(plan, tx.changes)


def put_plan(
    office: Office,
    tx: Transaction,
    plan: ImportPlan,
    *,
    progress: Progress = untold,
) -> None:
    """Stores what a plan creates and changes, within a transaction that may do other things as well."""
    new = [decision for decision in plan.decisions if decision.fate is Fate.CREATED]
    changed = [one for one in plan.decisions if one.fate is Fate.UPDATED and one.match]
    _refuse_overtaken(office, plan, new, changed)
    for start in range(0, len(new), CHUNK):
        progress("写入", start, len(new))
        _create(tx, new[start : start + CHUNK])
        tx.enter_meanwhile(len(new))
    for start in range(0, len(changed), CHUNK):
        progress("更新", start, len(changed))
        _change(tx, plan.record, changed[start : start + CHUNK])
    _put_pictures(tx, plan.decisions)
    progress("整理检索")
    if tx.go_alone():
        _refuse_overtaken(office, plan, new, changed)


def _put_pictures(tx: Transaction, decisions: Sequence[Decision]) -> None:
    """The photos of cards go to the people that they show, where these are stored."""
    for decision in decisions:
        draft = decision.draft
        if not draft.picture or decision.fate not in (Fate.CREATED, Fate.UPDATED):
            continue
        people = [one for one in (draft.record, *draft.children) if isinstance(one, Expert | Contact)]
        for person in people[:1]:
            known = next((news.known for news in decision.news if news.record is person and news.taken), 0)
            if key := person.id or known:
                ending = ".png" if draft.picture.startswith(b"\x89PNG") else ".jpg"
                put_picture(tx, type(person), key, draft.picture, f"{person.title or '照片'}{ending}")


def _refuse_overtaken(office: Office, plan: ImportPlan, new: Sequence[Decision], changed: Sequence[Decision]) -> None:
    """What others wrote since the plan was made is compared with what is new to it, and with what it changes."""
    since = office.changed_since(plan.line, plan.record)
    library = Library(firms=plan.record is Investor)
    for one in office.rows(plan.record, since):
        if one.removed is None:
            library.add(candidate_of(one))
    for decision in new if since else ():
        match = library.match(candidate_of(decision.draft.record))
        if match and match.exact:
            title = decision.draft.record.title
            raise Overtaken(f"核对之后，别人刚刚存进了“{title}”，这次导入没有保存。", "请再核对一次。")
    touched = {*since}
    for kind in {type(news.record) for decision in changed for news in decision.news} - {plan.record}:
        keys = office.changed_since(plan.line, kind)
        touched |= {getattr(child, kind.OWNER) for child in office.rows(kind, keys)} if keys else set()
    for decision in changed if touched else ():
        if decision.match in touched:
            title = decision.draft.record.title
            raise Overtaken(f"核对之后，别人刚刚改过“{title}”，这次导入没有保存。", "请再核对一次。")


def _create(tx: Transaction, decisions: Sequence[Decision]) -> None:
    tx.save_all([decision.draft.record for decision in decisions])
    for decision in decisions:
        for child in decision.children:
            setattr(child, child.OWNER, decision.draft.record.id)
    tx.save_all([child for decision in decisions for child in decision.children])


def _change(tx: Transaction, record: type[Record], decisions: Sequence[Decision]) -> None:
    """Exactly the cells that were taken, in the records as they are now."""
    wanted: dict[type[Record], set[int]] = {record: {decision.match for decision in decisions}}
    taken = [(decision, news) for decision in decisions for news in decision.news if news.taken]
    for _, news in taken:
        if news.name:
            wanted.setdefault(type(news.record), set()).add(news.known)
    known = {(kind, one.id): one for kind, keys in wanted.items() for one in tx.rows(kind, [*keys])}
    changed: dict[int, Record] = {}
    for decision, news in taken:
        if WHOLE in news.taken:
            setattr(news.record, news.record.OWNER, decision.match)
            changed[id(news.record)] = news.record
            continue
        current = known[type(news.record), news.known]
        for name, value in news.taken.items():
            put(current, news, name, value)
        changed[id(current)] = current
    tx.save_all([*changed.values()])
