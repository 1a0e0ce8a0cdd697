"""zhaoshang import: a workbook into a library."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from zhaoshang_desktop.actions.changed_cells import ChangedCell, changed_cells, titles_in
from zhaoshang_desktop.actions.import_plan import Decision, Fate, ImportPlan
from zhaoshang_desktop.actions.import_report import write_import_report
from zhaoshang_desktop.actions.importing import ImportResult, import_file
from zhaoshang_desktop.actions.settling import Policy
from zhaoshang_desktop.actions.titles import FindTitle
from zhaoshang_desktop.cli.as_json import PLAIN, print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import called, opened_or_new
from zhaoshang_desktop.cli.parser import IMPORTABLE, Parser, library_title
from zhaoshang_desktop.cli.written import refuse_replacing, refuse_unwritable, written_path
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.reading import PasswordNeeded, read_workbook
from zhaoshang_desktop.exchange.shapes import Corrections, kept_shapes
from zhaoshang_desktop.exchange.sheet import column_letter
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.runtime import settings
from zhaoshang_desktop.store.office import Office

PASSWORD = "ZHAOSHANG_FILE_PASSWORD"
_TRIES = 4
_SHOWN = 20
_WORDS = (
    ("created", "新建"),
    ("updated", "更新"),
    ("unchanged", "没有变化"),
    ("duplicates", "重复，没有导入"),
    ("rejected", "没有名称，没有导入"),
)


def parser() -> Parser:
    parser = Parser(
        "import",
        "把一张表导入一个库。表头、分组、合计由程序辨认；信用代码或名称相同的按 --policy 处理，疑似重复的不导入。\n"
        "办公室文件还不存在时会新建。退出码：0 完成，1 什么都没有存进去，2 用法不对。",
        "  zhaoshang import investors 名录.xlsx --office 清岚县.office --report 结果.xlsx",
    )
    parser.add_library()
    parser.add_argument("file", metavar="FILE", type=Path, help="要导入的表：.xlsx .xls .et .ods .csv")
    parser.add_office()
    parser.add_argument(
        "--report", metavar="FILE.xlsx", type=written_path(".xlsx"), help="把结果和要看的单元格写成一份表"
    )
    parser.add_argument("--dry-run", action="store_true", help="只看结果，什么都不存")
    parser.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy if policy is not Policy.ASK],
        default=Policy.FILL.value,
        help="库里已有的怎么办：fill 只补空白（默认），overwrite 用表里写的覆盖（空格不会清空），skip 不动",
    )
    parser.add_argument("--plain", action="store_true", help="不用窗口里对同样的表做过的更正，照程序自己看的导入")
    parser.add_argument("--hidden", action="store_true", help="隐藏的工作表、行和列也导入")
    parser.add_argument(
        "--password", metavar="WORDS", help=f"表格的打开密码；不写时看环境变量 {PASSWORD}，再没有就在终端里问"
    )
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    if args.report:
        refuse_replacing(args.report, args.file, args.office)
        refuse_unwritable(args.report)
    with opened_or_new(args.office, trial=args.dry_run) as (office, is_new):
        record = IMPORTABLE[args.library]
        result = _imported(office, record, args)
        if is_new and not args.dry_run:
            print(f"“{called(args.office)}”还不存在，已新建办公室。", file=sys.stderr)
        if args.report:
            _report(office, args, result)
        if args.json:
            print_json(_plain(office, args, result))
        else:
            _tell(office, args, result)
    counts = result.plan.counts
    done = counts["created"] + counts["updated"] + counts["unchanged"]
    skipped = args.policy == Policy.SKIP and any(one.exact for one in _duplicates(result))
    return 0 if done or skipped else FAILED


def _imported(office: Office, record: type[Record], args: argparse.Namespace) -> ImportResult:
    """Asks for the password where somebody can be asked."""
    args.password = args.password or os.environ.get(PASSWORD)
    for _ in range(_TRIES):
        try:
            return import_file(
                office,
                record,
                args.file,
                dry_run=args.dry_run,
                password=args.password,
                with_hidden=args.hidden,
                policy=Policy(args.policy),
                kept={} if args.plain else kept_shapes(settings.load()),
            )
        except PasswordNeeded as error:
            if not sys.stdin.isatty():
                raise PasswordNeeded(error.sentence, f"请用 --password 或环境变量 {PASSWORD} 写明它的密码。") from None
            print(error.sentence, file=sys.stderr)
            args.password = getpass.getpass("打开这个文件的密码：")
    raise KnownError("密码一直不对，什么也没有导入。")


def _report(office: Office, args: argparse.Namespace, result: ImportResult) -> None:
    """What was stored stays stored when the report cannot be written after all."""
    try:
        write_import_report(office, args.report, result.plan, read_workbook(args.file, password=args.password))
    except KnownError as error:
        print(f"导入已经完成，但是{error}", file=sys.stderr)


def _duplicates(result: ImportResult) -> list[Decision]:
    return [one for one in result.plan.decisions if one.fate is Fate.DUPLICATE]


def _plain(office: Office, args: argparse.Namespace, result: ImportResult) -> dict[str, Any]:
    plan = result.plan
    cells = list(changed_cells(plan))
    find = titles_in(office, cells)
    matches = {one.id: one for one in office.rows(plan.record, [each.match for each in _duplicates(result)])}
    paths = {target.label: path for path, target in targets_of(plan.record).items()}
    rejected = [one for one in plan.decisions if one.fate is Fate.REJECTED]
    return {
        "library": args.library,
        "file": plan.file,
        **plan.counts,
        "dry_run": args.dry_run,
        "policy": args.policy,
        "changes": [_change(one, find) for one in cells],
        "cells": [_cell(one, paths) for one in plan.problems if not one.warning],
        "warnings": [_cell(one, paths) for one in plan.problems if one.warning],
        "duplicate_rows": [_duplicate(one, matches) for one in _duplicates(result)],
        "rejected_rows": [{"sheet": one.sheet, "row": one.draft.row, "reason": one.reason} for one in rejected],
        "unused_columns": list(plan.unused),
        "notes": list(plan.notes),
        "remembered": [_remembered(sheet, told) for sheet, told in plan.recalled.items()],
        "batch": str(result.batch) if result.batch else None,
    }


def _remembered(sheet: str, told: Corrections) -> dict[str, Any]:
    """What the clerk once corrected in a sheet of this shape: rows from 1, columns by letter."""
    return {
        "sheet": sheet,
        "rows": {str(row + 1): role.value for row, role in told.roles.items()},
        "columns": {column_letter(column): path or None for column, path in told.paths.items()},
        "units": {column_letter(column): unit for column, unit in told.units.items()},
        "hidden": told.hidden,
    }


def _change(one: ChangedCell, find: FindTitle) -> dict[str, Any]:
    """Before and after, as a record in JSON says them; of a new child what it is called."""
    sheet, row, column = one.place
    plain: Callable[[Any], Any] = lambda value: value  # noqa: E731 - what a child is called stays as it is
    if one.kind is not None and not one.cell.unread:
        plain = PLAIN[type(one.kind)]
    empty = one.kind.empty if one.kind is not None else None
    return {
        "sheet": sheet,
        "row": row,
        "column": column or None,
        "id": str(one.decision.match),
        "name": one.decision.draft.record.title,
        "field": one.path,
        "label": one.label,
        "before": None if one.cell.had in (None, empty) else plain(one.cell.had),
        "before_text": one.had(find),
        "after": plain(one.value),
        "after_text": one.now(find),
    }


def _cell(problem: CellProblem, paths: dict[str, str]) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "field": paths.get(problem.field, problem.field),
        "label": problem.field,
        "text": problem.text,
        "reason": problem.reason,
    }


def _duplicate(one: Decision, matches: dict[int, Record]) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "row": one.draft.row,
        "name": one.draft.record.title,
        "reason": one.reason,
        "match": str(one.match) if one.match else None,
        "match_name": matches[one.match].title if one.match in matches else None,
        "repeats_row": one.repeats or None,
    }


def _tell(office: Office, args: argparse.Namespace, result: ImportResult) -> None:
    plan, counts = result.plan, result.plan.counts
    verb = "试导入（什么都没有存）" if args.dry_run else "导入"
    print(f"{library_title(args.library)}：{verb}“{plan.file}”，读到 {counts['rows_read']} 行。")
    for name, word in _WORDS:
        if counts[name]:
            print(f"  {word} {counts[name]} 条")
    for sheet in plan.recalled:
        print(f"工作表“{sheet}”照以前在窗口里更正过的认（--plain 不用）。")
    _tell_changes(office, args, plan)
    not_read = [one for one in plan.problems if not one.warning]
    if not_read:
        print(f"没有看懂的单元格 {len(not_read)} 个，原文留在字段旁边：")
    for problems in _alike(not_read):
        first = problems[0]
        places = f"{len(problems)} 处，如 " if len(problems) > 1 else ""
        where = f"{first.sheet} {first.column}{first.row}“{first.text}”"
        print(f"  {first.field}：{first.reason}（{places}{where}）")
    for each in _duplicates(result)[:_SHOWN]:
        kind = "已有" if each.exact else "疑似重复"
        print(f"{kind}：第 {each.draft.row} 行“{each.draft.record.title}”，{each.reason}。")
    if not_read or len(_duplicates(result)) > _SHOWN:
        print("逐条请用 --report 或 --json 看。")
    if plan.unused:
        print(f"没有用上的列：{'、'.join(plan.unused)}。")
    for note in plan.notes:
        print(f"{note}。")
    if result.batch:
        print("这次导入是一批，可以在窗口里整批撤销。")


def _tell_changes(office: Office, args: argparse.Namespace, plan: ImportPlan) -> None:
    """How many cells of the library change; each of the first ones, where it is only a trial."""
    cells = list(changed_cells(plan))
    find = titles_in(office, cells)
    if cells:
        print(f"{'会改动' if args.dry_run else '改动了'}库里的 {len(cells)} 格。")
    for one in cells[:_SHOWN] if args.dry_run else ():
        had = one.had(find) or "（空）"
        print(f"  {one.decision.draft.record.title}　{one.label}：{had} → {one.now(find)}")
    if args.dry_run and len(cells) > _SHOWN:
        print(f"  ……还有 {len(cells) - _SHOWN} 格，请用 --json 看。")


def _alike(problems: Sequence[CellProblem]) -> list[list[CellProblem]]:
    """Those of one field for one reason together, the most frequent first."""
    groups: dict[tuple[str, str], list[CellProblem]] = {}
    for problem in problems:
        groups.setdefault((problem.field, problem.reason), []).append(problem)
    return sorted(groups.values(), key=len, reverse=True)
