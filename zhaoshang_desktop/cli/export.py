"""zhaoshang export: a library as a register."""

from __future__ import annotations

from collections.abc import Sequence

from zhaoshang_desktop.actions.exporting import export_records
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import IMPORTABLE, Parser, library_title
from zhaoshang_desktop.cli.written import refuse_replacing, written_path
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.runtime import clock


def parser() -> Parser:
    parser = Parser(
        "export",
        "把一个库的全部记录（客商库连同联系人，项目库连同投资方）写成 .xlsx 登记册，可以原样再导入。",
        "  zhaoshang export investors 登记册.xlsx --office 清岚县.office --masked",
    )
    parser.add_library()
    parser.add_argument(
        "file",
        metavar="FILE.xlsx",
        type=written_path(".xlsx", ".csv"),
        help="写到哪里（.xlsx 或 .csv）；已有的会被换掉",
    )
    parser.add_office()
    parser.add_argument("--words", default="", metavar="WORDS", type=readable, help="只导出搜得到的")
    parser.add_argument("--masked", action="store_true", help="隐去个人信息（要发到单位以外时用）")
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    record = IMPORTABLE[args.library]
    refuse_replacing(args.file, args.office)
    with opened(args.office) as office:
        question = Query(record, words=args.words, order=(record.TITLE,))
        today = clock.today(office.clock)
        count = export_records(office, record, args.file, question=question, today=today, masked=args.masked)
    print(f"{library_title(args.library)} {count} 条，已写到 {args.file}")
    return 0
