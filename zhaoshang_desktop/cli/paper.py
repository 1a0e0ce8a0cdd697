"""zhaoshang paper: one of the papers of a trip."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from zhaoshang_desktop.actions.paper import PAPERS, Wish, paper_of, write_paper, write_trip_calendar
from zhaoshang_desktop.actions.settlement import export_settlement
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import WRONG_USAGE, Parser
from zhaoshang_desktop.cli.written import refuse_replacing, warn, written_path
from zhaoshang_desktop.domain.text import readable

CALENDAR, SETTLEMENT = "calendar", "settlement"
ENDINGS = {CALENDAR: (".ics",), SETTLEMENT: (".pdf", ".xlsx")}
KINDS = {**{kind: title for kind, (title, _) in PAPERS.items()}, CALENDAR: "日历文件 .ics"}


def parser() -> Parser:
    parser = Parser(
        "paper",
        "写一次外出的一份材料：" + "，".join(f"{kind} {title}" for kind, title in KINDS.items()) + "。",
        "  zhaoshang paper approval 新材料链长三角小分队 --office 清岚县.office --out 审批表.pdf\n"
        "  zhaoshang paper itinerary 新材料链长三角小分队 --member 张敏 --office 清岚县.office --out 张敏.pdf\n"
        "  zhaoshang paper calendar 新材料链长三角小分队 --office 清岚县.office --out 行程.ics",
    )
    parser.add_argument("kind", metavar="KIND", choices=[*KINDS], help="哪一份：" + "、".join(KINDS))
    parser.add_trip()
    parser.add_office()
    parser.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        type=written_path(".pdf", ".ics", ".xlsx"),
        help="写到哪里；已有的会被换掉",
    )
    parser.add_argument(
        "--member", action="append", default=[], metavar="NAME", type=readable, help="只要这个人的；可以写几次"
    )
    parser.add_argument("--masked", action="store_true", help="隐去电话号码的中间几位，给要离开本单位的份")
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    endings = ENDINGS.get(args.kind, (".pdf",))
    if args.out.suffix.lower() not in endings:
        print(f"用法不对：{KINDS[args.kind]}要以 {' 或 '.join(endings)} 结尾。", file=sys.stderr)
        return WRONG_USAGE
    refuse_replacing(args.out, args.office)
    wish = Wish(tuple(args.member), args.masked)
    with opened(args.office) as office:
        trip = find_trip(office, args.trip).id
        if args.kind == CALENDAR:
            print(f"已写到 {args.out}，共 {write_trip_calendar(office, trip, args.out, wish)} 项")
            return 0
        if args.out.suffix.lower() == ".xlsx":
            print(f"已写到 {args.out}，共 {export_settlement(office, trip, args.out)} 项")
            return 0
        printed = write_paper(office, args.kind, trip, args.out, wish)
        warn(paper_of(office, args.kind, trip, wish)[1])
    print(f"已写到 {args.out}，共 {printed.pages} 页")
    if printed.missing:
        print(f"这些字没有字体能印：{''.join(printed.missing)}", file=sys.stderr)
    return 0
