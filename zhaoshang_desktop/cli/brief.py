"""zhaoshang brief: the briefing pack of a trip as PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from zhaoshang_desktop.actions.brief import briefing_of, promises_in, write_brief
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.written import refuse_replacing, warn, written_path


def parser() -> Parser:
    parser = Parser(
        "brief",
        "把一次外出的资料写成可以打印的 PDF：封面、目录、行程、每家的会见参考、拜访记录表、预算。",
        "  zhaoshang brief 新材料链长三角小分队 --office 清岚县.office --out 资料.pdf",
    )
    parser.add_trip()
    parser.add_office()
    parser.add_argument(
        "--out", required=True, metavar="FILE.pdf", type=written_path(".pdf"), help="写到哪里；已有的会被换掉"
    )
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    refuse_replacing(args.out, args.office)
    with opened(args.office) as office:
        trip = find_trip(office, args.trip).id
        printed = write_brief(office, trip, args.out)
        warn(promises_in(office, briefing_of(office, trip)))
    print(f"已写到 {args.out}，共 {printed.pages} 页")
    if printed.missing:
        print(f"这些字没有字体能印：{''.join(printed.missing)}", file=sys.stderr)
    return 0
