"""zhaoshang sheets home: what the departments filled in, merged cell by cell; sheets board: who is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.gathered import Gathered, carry_out
from zhaoshang_desktop.actions.gathering import CellChange, GatherPlan, plan_gathering, units_of
from zhaoshang_desktop.actions.import_plan import Decision, Fate
from zhaoshang_desktop.actions.importing import Overtaken
from zhaoshang_desktop.actions.returned_file import ReturnedFile
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import read_key
from zhaoshang_desktop.domain.sending import OUT, Sending, SendingUnit
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.store.saving import StaleRecord

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_SHOWN = 20


def home_parser() -> Parser:
    parser = Parser(
        "sheets home",
        "把填好的表（.xlsx .xls .et .ods .csv，改过名也行）收回来：下发时的、交回的、办公室现在的，逐格三方比较。\n"
        "只有他们改过的直接采用；两边都改过的列出来，默认保留办公室的（--theirs 用交回的）；没有交回的行不动。\n"
        "一批存入，可整批撤销。"
        "退出码：0 都收了，1 有文件没有收成（每个都说明原因），2 用法不对。",
        "  zhaoshang sheets home 收回/*.xlsx --office 清岚县.office",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="交回来的表；写文件夹就是里面全部的表")
    parser.add_office()
    parser.add_argument("--sending", default="", metavar="TITLE", type=readable, help="收哪一次下发的；名称或编号")
    parser.add_argument("--theirs", action="store_true", help="两边都改过的格，用交回的")
    parser.add_argument("--dry-run", action="store_true", help="只看结果，什么都不存")
    parser.add_argument("--password", help="表格的打开密码")
    parser.add_json()
    return parser


def home(arguments: Sequence[str], _windows: Windows) -> int:
    args = home_parser().parse_args(arguments)
    with opened(args.office) as office:
        sending = _sending(office, args.sending).id if args.sending else 0
        plan, done = _gather(office, args, sending)
        units = units_of(office, plan.sending.id) if plan.sending else []
    if args.json:
        print_json(_plain(plan, done, units))
    else:
        _tell(plan, done, units, trial=args.dry_run)
    return FAILED if plan.refused or not plan.gathered else 0


def _gather(office: Office, args: Any, sending: int) -> tuple[GatherPlan, Gathered]:
    """Compared anew when somebody saved one of the records in between."""
    files = [file for path in args.files for file in _files_in(path)]
    while True:
        plan = plan_gathering(office, files, sending=sending, password=args.password)
        if args.dry_run:
            return plan, Gathered()
        try:
            return plan, carry_out(office, plan, theirs=range(len(plan.conflicts)) if args.theirs else ())
        except (StaleRecord, Overtaken):
            continue


def _files_in(path: Path) -> list[Path]:
    """The file itself, or those of a folder without what Excel and the system lay beside them."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(("~$", ".")))
    if not found:
        raise KnownError(f"文件夹“{readable(path.name)}”里没有文件。", "请核对路径。")
    return found


def _sending(office: Office, word: str) -> Sending:
    sendings: list[Sending] = office.find(Query(Sending))
    key = read_key(word)
    found = [one for one in sendings if one.id == key or one.title == word]
    found = found or [one for one in sendings if word in one.title]
    if not found:
        raise KnownError(f"没有下发过“{word}”。", "请用 zhaoshang sheets board 看有哪些。")
    if len(found) > 1:
        titles = "、".join(f"{one.title}（{one.id}）" for one in found)
        raise KnownError(f"“{word}”不止一次：{titles}。", "请写编号。")
    return found[0]


def _plain(plan: GatherPlan, done: Gathered, units: Sequence[SendingUnit]) -> dict[str, Any]:
    decisions = plan.new.decisions if plan.new else []
    return {
        "sending": {"id": str(plan.sending.id), "title": plan.sending.title} if plan.sending else None,
        "files": [_file(one) for one in plan.files],
        "cells_compared": plan.cells,
        "taken": [_change(plan, one) for one in plan.changes],
        "conflicts": [_change(plan, one) for one in plan.conflicts],
        "conflicts_settled": done.settled,
        "new_rows": [_row(one) for one in decisions],
        "created": done.created,
        "filled": done.filled,
        "missing_rows": [
            {"file": plan.files[one.file].name, "id": str(one.key), "name": one.title} for one in plan.missing
        ],
        "not_understood": [
            {"file": one.sheet, "row": one.row, "field": one.field, "text": one.text, "reason": one.reason}
            for one in plan.problems
            if not one.warning
        ],
        "board": [_unit(one) for one in units],
        "batch": str(done.batch) if done.batch else None,
    }


def _file(file: ReturnedFile) -> dict[str, Any]:
    return {
        "file": str(file.path),
        "fate": file.fate.value,
        "unit": file.unit.name if file.unit else None,
        "reason": file.reason or None,
        "notes": file.notes,
    }


def _change(plan: GatherPlan, change: CellChange) -> dict[str, Any]:
    return {
        "file": plan.files[change.file].name,
        "row": change.row,
        "id": str(change.key),
        "name": change.title,
        "field": change.column.path,
        "label": change.column.field.label,
        "sent": change.sent,
        "came": change.came,
        "now": change.now,
    }


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "file": decision.sheet,
        "row": decision.draft.row,
        "name": decision.draft.record.title,
        "fate": decision.fate.value,
        "reason": decision.reason or None,
    }


def _unit(unit: SendingUnit) -> dict[str, Any]:
    return {
        "unit": unit.name,
        "state": unit.state,
        "rows": len(unit.rows),
        "returned": unit.returned.isoformat() if unit.returned else None,
        "contact": unit.contact or None,
        "phone": unit.phone or None,
        "remark": unit.remark or None,
    }


def _tell(plan: GatherPlan, done: Gathered, units: Sequence[SendingUnit], *, trial: bool) -> None:
    for file in plan.refused:
        print(f"没有收：{file.reason}")
    if plan.sending is None:
        return
    verb = "试收（什么都没有存）" if trial else "收回"
    print(f"《{plan.sending.title}》：{verb} {len(plan.gathered)} 份，比较了 {plan.cells} 格。")
    print(f"  采用 {len(plan.changes)} 格；两边都改过 {len(plan.conflicts)} 格，采用交回的 {done.settled} 格。")
    decisions = plan.new.decisions if plan.new else []
    if decisions:
        print(f"  新增的行 {len(decisions)}：新建 {done.created} 条，补充 {done.filled} 条。")
    for file in plan.gathered:
        for note in file.notes:
            print(f"  {file.name}：{note}。")
    _list("两边都改过", [_conflict(one) for one in plan.conflicts])
    _list(
        "没有存的新增行",
        [
            f"{one.sheet} 第 {one.draft.row} 行“{one.draft.record.title}”，{one.reason}"
            for one in decisions
            if one.fate in (Fate.DUPLICATE, Fate.REJECTED)
        ],
    )
    _list("没有交回的行（没有动）", [f"{plan.files[one.file].name}“{one.title}”" for one in plan.missing])
    unread = [one for one in plan.problems if not one.warning]
    _list("没有采用或没有看懂", [f"{p.sheet} 第 {p.row} 行 {p.field}“{p.text}”，{p.reason}" for p in unread])
    _tell_board(units)
    if done.batch:
        print("这次汇总是一批，可以在窗口里整批撤销。")


def _conflict(change: CellChange) -> str:
    sides = f"下发时“{change.sent}”，交回“{change.came}”，现在“{change.now}”"
    return f"{change.title}的{change.column.field.label}：{sides}"


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"{title} {len(lines)}：")
        for line in lines[:_SHOWN]:
            print(f"  {line}")
        if len(lines) > _SHOWN:
            print("  ……逐条请用 --json 看。")


def _tell_board(units: Sequence[SendingUnit]) -> None:
    out = [one for one in units if one.state == OUT]
    if out:
        names = "、".join(f"{one.name}（{one.phone}）" if one.phone else one.name for one in out)
        print(f"还没有交回 {len(out)} 个：{names}。")
    elif units:
        print("全部交回了。")


def board_parser() -> Parser:
    parser = Parser(
        "sheets board",
        "看下发的表谁交回了，谁还没有，电话是多少。",
        "  zhaoshang sheets board --office 清岚县.office",
    )
    parser.add_office()
    parser.add_argument("--sending", default="", metavar="TITLE", type=readable, help="只看哪一次；名称或编号")
    parser.add_json()
    return parser


def board(arguments: Sequence[str], _windows: Windows) -> int:
    args = board_parser().parse_args(arguments)
    with opened(args.office) as office:
        sendings = [_sending(office, args.sending)] if args.sending else office.find(Query(Sending, order=("-day",)))
        found = [(one, units_of(office, one.id)) for one in sendings]
    if args.json:
        print_json([_sent(sending, units) for sending, units in found])
        return 0
    if not found:
        print("还没有下发过。")
    for sending, units in found:
        back = sum(one.state != OUT for one in units)
        due = f"，应回 {sending.due.isoformat()}" if sending.due else ""
        print(f"《{sending.title}》（{sending.id}）：{len(units)} 份，交回 {back} 份{due}")
        for one in units:
            said = "　".join(filter(None, (one.state, one.name, one.contact, one.phone, one.remark)))
            print(f"  {said}")
    return 0


def _sent(sending: Sending, units: Sequence[SendingUnit]) -> dict[str, Any]:
    return {
        "id": str(sending.id),
        "title": sending.title,
        "day": sending.day.isoformat() if sending.day else None,
        "due": sending.due.isoformat() if sending.due else None,
        "units": [_unit(one) for one in units],
    }
