"""zhaoshang report: the report of a trip as PDF or .docx."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from zhaoshang_desktop.actions.report import drafted, promises_in, write_report
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.written import refuse_replacing, warn, written_path


def parser() -> Parser:
    parser = Parser(
        "report",
        "由拜访记录起草一次外出的报告，按公文格式写成 PDF 或可以再改的 .docx。窗口里手写过的部分照写。\n"
        "报告里有公平竞争审查不允许的承诺时在标准错误里提醒，文件照样写。",
        "  zhaoshang report 新材料链长三角小分队 --office 清岚县.office --out 报告.docx",
    )
    parser.add_trip()
    parser.add_office()
    parser.add_argument(
        "--out",
        required=True,
        metavar="FILE.pdf|.docx",
        type=written_path(".pdf", ".docx"),
        help="写到哪里；已有的会被换掉",
    )
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    refuse_replacing(args.out, args.office)
    with opened(args.office) as office:
        trip = find_trip(office, args.trip).id
        promises = promises_in(office, drafted(office, trip)[0])
        printed = write_report(office, trip, args.out)
    print(f"已写到 {args.out}" + (f"，共 {printed.pages} 页" if printed else ""))
    warn(promises)
    if printed and printed.missing:
        print(f"这些字没有字体能印：{''.join(printed.missing)}", file=sys.stderr)
    return 0
