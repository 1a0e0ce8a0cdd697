"""zhaoshang todo: what is to be done, by whom, by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.actions.todo import todos
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.todo import Todo
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.runtime.clock import today


def parser() -> Parser:
    parser = Parser(
        "todo",
        "待办：拜访的下一步、拜访以后没有跟进的、护商问题、有时限的信息，逾期的在前。\n"
        "超期是超过“标准与参数”里的跟进期限（随程序的是 15 天）还没有动静。",
        "  zhaoshang todo --office 清岚县.office --owner 张敏 --json",
    )
    parser.add_office()
    parser.add_argument("--owner", metavar="姓名", default="", help="只列这个人的")
    parser.add_argument("--late", action="store_true", help="只列逾期和超期的")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        day = today(office.clock)
        names = dict(office.columns(Member, "name"))
        if args.owner and args.owner not in names.values():
            raise KnownError(f"没有叫“{args.owner}”的招商人员。", "请写全名，和花名册里的一样。")
        found = [
            one
            for one in todos(office)
            if (not args.owner or names.get(one.owner, "") == args.owner) and (not args.late or one.is_late(day))
        ]
    if args.json:
        print_json([_plain(one, names, one.late(day)) for one in found])
        return 0
    for one in found:
        late = one.late(day)
        when = f"{one.due}" + (f" 逾期 {late} 天" if late else "") if one.due else "没有时限"
        over = f"　跟进超期 {one.overrun} 天" if one.overrun and not late else ""
        print(f"{when}{over}　{one.about}　{one.what}　{names.get(one.owner, '未定责任人')}")
    print(f"共 {len(found)} 件，逾期和超期 {sum(one.is_late(day) for one in found)} 件")
    return 0


def _plain(one: Todo, names: dict[int, str], late: int) -> dict[str, Any]:
    return {
        "record": one.noun,
        "id": str(one.key),
        "kind": one.kind,
        "what": one.what,
        "due": one.due.isoformat() if one.due else None,
        "late_days": late,
        "overrun_days": one.overrun,
        "owner": str(one.owner) if one.owner else None,
        "owner_name": names.get(one.owner),
        "investor": str(one.investor) if one.investor else None,
        "project": str(one.project) if one.project else None,
        "about": one.about,
        "since": one.since.isoformat() if one.since else None,
    }
