"""zhaoshang pack: a trip out on a laptop, and home again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions.pack import PackedOut, pack_out, promises_taken, what_goes
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.pack_home import home
from zhaoshang_desktop.cli.parser import WRONG_USAGE, Parser
from zhaoshang_desktop.cli.secret import new_pack_secret
from zhaoshang_desktop.cli.written import refuse_unwritable, warn
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.domain.trip import Trip


def parser() -> Parser:
    parser = Parser(
        "pack",
        "带出出差包，带回出差包。\n"
        "  zhaoshang pack out TRIP   把一次外出和它用到的一切写成一个加密文件，笔记本上用同一个程序打开\n"
        "  zhaoshang pack home FILE  把带回的包并入办公室，一批，可以一次撤销\n"
        "每个命令后面加 --help 看详细说明。",
        "  zhaoshang pack out 新材料链长三角小分队 --office 清岚县.office --out U盘/小分队.pack --with 王强\n"
        "  zhaoshang pack home U盘/小分队.pack --office 清岚县.office --json",
    )
    parser.add_argument("what", metavar="out|home", choices=["out", "home"], help="做哪一步")
    return parser


def run(arguments: Sequence[str], windows: Windows) -> int:
    if not arguments or arguments[0] not in ("out", "home"):
        parser().parse_args(arguments[:1])
        return WRONG_USAGE
    return {"out": out, "home": home}[arguments[0]](arguments[1:], windows)


def out_parser() -> Parser:
    parser = Parser(
        "pack out",
        "把一次外出和它用到的一切（客商和联系人、往来、项目、信息、专家、附件、补助标准……）写成一个加密的\n"
        "出差包，写好后打开核对，并登记谁带走、什么时候带走。密码取自 ZHAOSHANG_PASSPHRASE\n"
        "（和办公室的密码不同时用 ZHAOSHANG_PACK_PASSPHRASE），没有就在终端里输入。\n"
        "去境外（含港澳台）的要加 --abroad：联系人、电话和附件不带，本单位人员和专家只带随行的。\n"
        "退出码：0 完成，1 没有写成，2 用法不对。",
        "  zhaoshang pack out 新材料链长三角小分队 --office 清岚县.office --out U盘/小分队.pack --with 王强",
    )
    parser.add_trip()
    parser.add_office()
    parser.add_argument("--out", required=True, metavar="FILE", type=Path, help="写到哪里；要还没有这个文件")
    parser.add_argument("--with", dest="holder", default="", metavar="WHO", type=readable, help="谁带走")
    parser.add_argument("--papers", action="store_true", help="连同现排的外出招商资料（PDF），存在这次外出的文件里")
    parser.add_argument("--abroad", action="store_true", help="去境外（含港澳台）：除随行的人外不带个人信息")
    parser.add_json()
    return parser


def out(arguments: Sequence[str], _windows: Windows) -> int:
    args = out_parser().parse_args(arguments)
    if args.out.exists():
        raise KnownError(f"“{args.out.name}”已经存在。", "它可能还有没带回的内容，请换一个文件名。")
    refuse_unwritable(args.out)
    with opened(args.office) as office:
        chosen: dict[type[Record], list[int]] = {Trip: [find_trip(office, args.trip).id]}
        goes = what_goes(office, chosen, abroad=args.abroad)
        done = pack_out(
            office,
            args.out,
            chosen,
            new_pack_secret(),
            holder=args.holder,
            abroad=args.abroad,
            papers=args.papers,
        )
        if args.papers and not args.abroad:
            warn(promises_taken(office, chosen))
    if args.json:
        print_json(_plain(done, abroad=args.abroad))
    else:
        print(f"已写到 {done.path}（{size_text(done.size)}，{done.sent.records} 条），打开核对过。")
        print(f"内容：{goes.words()}")
        print(f"个人信息：{goes.whose}")
        print(f"恢复密钥（忘记密码时用，请抄在纸上）：{done.recovery}")
    return 0


def _plain(done: PackedOut, *, abroad: bool) -> dict[str, object]:
    return {
        "pack": str(done.pack),
        "file": str(done.path),
        "size": done.size,
        "abroad": abroad,
        "records": done.sent.counts,
        "digest": done.sent.digest,
        "recovery": done.recovery,
    }
