"""zhaoshang contacts: business cards into the people of 客商库."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhaoshang_desktop.actions.changed_cells import changed_cells
from zhaoshang_desktop.actions.comparing import WHOLE
from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan
from zhaoshang_desktop.actions.importing import ImportResult, import_cards
from zhaoshang_desktop.actions.settling import Policy
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened_or_new
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.investor import Contact


def parser() -> Parser:
    parser = Parser(
        "contacts",
        "把手机、Outlook 或名片软件导出的名片（.vcf）导入客商库：按单位找到客商，没有就新建；同一个人只补充。\n"
        "没有写单位的名片不导入，会列出来。退出码：0 完成，1 什么都没有存进去，2 用法不对。",
        "  zhaoshang contacts 通讯录.vcf --office 清岚县.office",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="名片文件，可以有几个，一个里可以有几张")
    parser.add_office()
    parser.add_argument(
        "--policy",
        choices=[policy.value for policy in Policy if policy is not Policy.ASK],
        default=Policy.FILL.value,
        help="已有的联系人怎么办：fill 只补空白（默认），overwrite 覆盖，skip 不动",
    )
    parser.add_argument("--dry-run", action="store_true", help="只看结果，什么都不存")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened_or_new(args.office, trial=args.dry_run) as (office, _is_new):
        result = import_cards(office, args.files, policy=Policy(args.policy), dry_run=args.dry_run)
    told = _plain(result, args.dry_run)
    if args.json:
        print_json(told)
    else:
        _tell(told)
    return 0 if told["created"] + told["updated"] + told["unchanged"] else FAILED


def _plain(result: ImportResult, dry_run: bool) -> dict[str, Any]:
    plan, counts = result.plan, result.plan.counts
    made, changed = people(plan)
    left = [one for one in plan.decisions if one.fate in (Fate.DUPLICATE, Fate.REJECTED)]
    return {
        "file": plan.file,
        "cards": counts["rows_read"],
        **{fate.value: counts[fate.value] for fate in Fate},
        "contacts_created": made,
        "contacts_updated": changed,
        "dry_run": dry_run,
        "left_out": [
            {"file": one.sheet, "name": _name(one.draft.children) or one.draft.record.title, "reason": one.reason}
            for one in left
        ],
        "notes": list(plan.notes),
        "batch": str(result.batch) if result.batch else None,
    }


def people(plan: ImportPlan) -> tuple[int, int]:
    """How many people are new, and of how many known ones something changes."""
    new = sum(
        isinstance(child, Contact) for one in plan.decisions if one.fate is Fate.CREATED for child in one.children
    )
    changed: set[int] = set()
    for one in changed_cells(plan):
        if isinstance(one.news.record, Contact):
            new += one.cell.name == WHOLE
            changed |= {one.news.known} if one.news.known else set()
    return new, len(changed)


def _name(children: Sequence[Any]) -> str:
    return next((str(child.title) for child in children), "")


def _tell(told: dict[str, Any]) -> None:
    verb = "试导入（什么都没有存）" if told["dry_run"] else "导入"
    print(f"{verb}“{told['file']}”：名片 {told['cards']} 张。")
    print(f"  新联系人 {told['contacts_created']} 位，补充 {told['contacts_updated']} 位，新客商 {told['created']} 家")
    for one in told["left_out"]:
        print(f"没有导入：{one['name'] or '（没有姓名）'}，{one['reason']}。")
    for note in told["notes"]:
        print(f"{note}。")
    if told["batch"]:
        print("这次导入是一批，可以在窗口里整批撤销。")
