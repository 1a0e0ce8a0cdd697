"""zhaoshang sheets: workbooks out to the departments, and home again."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zhaoshang_desktop.actions.sending import SendingWish, Sent, parted_by, send_out
from zhaoshang_desktop.actions.sheet_columns import path_of, usual_columns
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import IMPORTABLE, WRONG_USAGE, Parser, library_title
from zhaoshang_desktop.cli.sheets_home import board, home
from zhaoshang_desktop.domain import day
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.runtime import clock

T = TypeVar("T")


def parser() -> Parser:
    parser = Parser(
        "sheets",
        "下发填报表并收回汇总。\n"
        "  zhaoshang sheets out LIBRARY   每个单位写一份填报表，办公室记住每一格下发时的样子\n"
        "  zhaoshang sheets home FILE…    把填好的表收回来，逐格三方比较，一批存进去\n"
        "  zhaoshang sheets board         看谁还没有交回\n"
        "每个命令后面加 --help 看详细说明。",
        "  zhaoshang sheets out projects --office 清岚县.office --by 责任单位 --out 下发\n"
        "  zhaoshang sheets home 收回/*.xlsx --office 清岚县.office --json",
    )
    parser.add_argument("what", metavar="out|home|board", choices=["out", "home", "board"], help="做哪一步")
    return parser


def run(arguments: Sequence[str], windows: Windows) -> int:
    if not arguments or arguments[0] not in ("out", "home", "board"):
        parser().parse_args(arguments[:1])
        return WRONG_USAGE
    return {"out": out, "home": home, "board": board}[arguments[0]](arguments[1:], windows)


def out_parser() -> Parser:
    parser = Parser(
        "sheets out",
        "把一个库的记录按一个字段（如责任单位）分开，每个单位写一份 .xlsx 填报表。\n"
        "表里藏着签了名的记号，改了名、排了序、另存成 .xls 收回时也认得出。\n"
        "列用字段的代码名或中文名，用逗号隔开；项目库还可以用 本期目前进展 等（要给 --month）。\n"
        "退出码：0 完成，1 没有下发，2 用法不对。",
        "  zhaoshang sheets out projects --office 清岚县.office --by 责任单位 --out 下发 --month 2026-11 \\\n"
        "    --columns 项目名称,责任单位,总投资,本期目前进展,本期存在问题 --fill 总投资,本期目前进展,本期存在问题",
    )
    parser.add_library()
    parser.add_office()
    parser.add_argument("--out", required=True, metavar="DIR", type=Path, help="写到哪个文件夹；没有就新建")
    parser.add_argument("--by", default="", metavar="FIELD", help="按哪个字段分单位；不写就是一份给所有人")
    parser.add_argument("--title", default="", metavar="TITLE", type=readable, help="填报表的名称")
    parser.add_argument("--columns", default="", metavar="A,B", help="有哪些列；不写就是列表上的那些")
    parser.add_argument("--fill", default="", metavar="A,B", help="哪些列可以填；不写就是除名称和分组外的全部")
    parser.add_argument("--words", default="", metavar="WORDS", type=readable, help="只下发搜得到的")
    parser.add_argument("--due", metavar="DATE", type=understood(day.read_day), help="应回日期")
    parser.add_argument("--month", metavar="MONTH", type=understood(day.read_when), help="填报期，如 2026-11")
    parser.add_argument("--note", default="", metavar="WORDS", type=readable, help="写在表头的填表要求")
    parser.add_argument("--full", action="store_true", help="不隐去手机等个人信息")
    parser.add_argument("--protect", action="store_true", help="锁定的列加工作表保护（Excel 里就不能排序了）")
    parser.add_json()
    return parser


def out(arguments: Sequence[str], _windows: Windows) -> int:
    args = out_parser().parse_args(arguments)
    record = IMPORTABLE[args.library]
    with opened(args.office) as office:
        sent = send_out(office, _wish(args, record, clock.today(office.clock)), args.out)
    if args.json:
        print_json(_plain(args, sent))
    else:
        _tell(args, sent)
    return 0


def _wish(args: argparse.Namespace, record: type[Record], today: date) -> SendingWish:
    by = path_of(record, args.by) if args.by else ""
    if by and by not in parted_by(record):
        raise KnownError(f"不能按“{args.by}”分。", f"可以用：{'、'.join(parted_by(record).values())}。")
    columns = tuple(path_of(record, word) for word in _words(args.columns)) or usual_columns(record)
    columns = tuple(dict.fromkeys((record.TITLE, *columns)))
    fillable = tuple(path_of(record, word) for word in _words(args.fill))
    strange = [path for path in fillable if path not in columns]
    if strange:
        raise KnownError(f"可填的列“{'、'.join(strange)}”不在下发的列里。", "请把它也写进 --columns。")
    fillable = fillable or tuple(path for path in columns if path not in (record.TITLE, by))
    title = args.title or f"{RECORD_TITLES[record.NOUN]}填报表 {args.month or today.isoformat()}"
    question = Query(record, words=args.words, order=(record.TITLE,))
    return SendingWish(
        record, title, columns, fillable, by=by, question=question, due=args.due, month=args.month, note=args.note,
        masked=not args.full, protected=args.protect,
    )  # fmt: skip


def _words(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.replace("，", ",").split(",")) if word]


def understood(read: Callable[[str], T]) -> Callable[[str], T]:
    """What argparse calls to read a date; what cannot be read is wrong usage."""

    def made(text: str) -> T:
        try:
            return read(text)
        except NotUnderstood as reason:
            raise argparse.ArgumentTypeError(f"“{text}”{reason}") from None

    return made


def _plain(args: argparse.Namespace, sent: Sent) -> dict[str, Any]:
    return {
        "sending": str(sent.sending.id),
        "title": sent.sending.title,
        "library": args.library,
        "files": [
            {"unit": one.unit.name, "file": str(one.path), "rows": one.count, "phone": one.unit.phone or None}
            for one in sent.files
        ],
        "left_out": [{"id": str(one.id), "name": one.title} for one in sent.left_out],
        "batch": str(sent.changes.batch),
    }


def _tell(args: argparse.Namespace, sent: Sent) -> None:
    rows = sum(one.count for one in sent.files)
    title = library_title(args.library)
    print(f"{title}：《{sent.sending.title}》{len(sent.files)} 份、{rows} 条，已写到 {args.out}")
    for one in sent.files:
        print(f"  {one.path.name}　{one.count} 条")
    if sent.left_out:
        names = "、".join(one.title for one in sent.left_out[:3])
        print(
            f"有 {len(sent.left_out)} 条没有填分组的字段，没有下发：{names}{' 等' if len(sent.left_out) > 3 else ''}。"
        )
    print("收回时：zhaoshang sheets home FILE… --office FILE")
