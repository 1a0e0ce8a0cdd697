"""zhaoshang move: the whole office to a server, or from a server into a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from zhaoshang_desktop.actions.moving import IN_CLEAR, about_users, move_office, reopen_office
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import called, opened, place
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.runtime.progress import untold
from zhaoshang_desktop.store.engine import is_server


def parser() -> Parser:
    parser = Parser(
        "move",
        "把整个办公室搬到一个空的 PostgreSQL 数据库（15 或更新），或从服务器搬回一个新文件：\n"
        "记录、回收站、修改记录、附件，逐条核对（搬回的文件没有加密，可以再用 zhaoshang encrypt）。\n"
        "中途断了就等于没有搬；原来的办公室不动，搬完只能看，谁再打开都改不了。确实要再用它，用 --reopen 重新启用。\n"
        "文件的用户和密码不搬：服务器上由三种角色代替；搬回文件以后要重新建用户。",
        "  zhaoshang move --office 清岚县.office --to postgresql://office@192.168.1.10/qinglan\n"
        "  zhaoshang move --office postgresql://office@192.168.1.10/qinglan --to 清岚县.office\n"
        "  zhaoshang move --office 清岚县.office --reopen",
    )
    parser.add_office()
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", metavar="URL|FILE", help="空数据库的 URL，或一个还没有的文件")
    what.add_argument(
        "--reopen", action="store_true", help="搬走了的这一个重新启用，又能改；与搬过去的那个从此各改各的"
    )
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    if args.reopen:
        return _reopen(args.office, as_json=args.json)
    with opened(args.office) as office:
        moved = move_office(office, place(args.to), progress=untold if args.json else _tell)
    if args.json:
        print_json(
            {"rows": moved.rows, "hash": moved.hash, "counts": moved.counts, "without_users": moved.without_users}
        )
        return 0
    if sys.stderr.isatty():
        print(file=sys.stderr)
    counted = "，".join(f"{RECORD_TITLES[noun]} {count:,}" for noun, count in moved.counts.items() if count)
    print(f"已搬到 {called(args.to)}：{counted or '没有记录'}；共 {moved.rows:,} 行，逐条核对一致。")
    print(f"原来的 {called(args.office)} 没有动，从现在起只能看。")
    if not is_server(args.to):
        print(IN_CLEAR)
    if moved.without_users:
        print(about_users(moved))
    return 0


def _reopen(where: str, *, as_json: bool) -> int:
    with opened(where) as office:
        reopen_office(office)
    if as_json:
        print_json({"reopened": True})
    else:
        print(f"已重新启用 {called(where)}：又能改了。与搬过去的那个从此各改各的，合不到一起。")
    return 0


def _tell(words: str, done: int = 0, total: int = 0) -> None:
    if sys.stderr.isatty():
        print(f"\r{words} {done:,} / {total:,}　　", end="", file=sys.stderr, flush=True)
