"""zhaoshang backup: one more copy of the office, for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions.backup import back_up_for_script
from zhaoshang_desktop.actions.moving import IN_CLEAR
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.store.engine import is_server


def parser() -> Parser:
    parser = Parser(
        "backup",
        "备份一个办公室：使用中也可以备份，备好后打开检查一遍。备份放在办公室旁边的“……-备份”文件夹里，\n"
        "用 --to 放到别的磁盘、U盘或共享。最新一份备份之后没有任何改动时，不再多备一份。\n"
        "旧备份按日、周、月变稀：当天全留，两周内每天一份，两个月内每周一份，两年内每月一份。\n"
        "服务器上的办公室备份成一个没有加密的文件，要加 --to；只有看得到全部内容的专员和管理员能做。\n"
        "要恢复，用 zhaoshang move 把它搬进一个空的数据库。",
        "  zhaoshang backup --office 清岚县.office --to /media/usb",
    )
    parser.add_office()
    parser.add_argument("--to", type=Path, metavar="DIR", help="放到哪个文件夹；要已经在那里")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        path, is_new = back_up_for_script(office, args.to)
    size = path.stat().st_size
    if args.json:
        print_json({"backup": str(path), "made": is_new, "size": size})
    elif is_new:
        print(f"已备份到 {path}（{size_text(size)}），打开检查过。")
    else:
        print(f"最新的备份之后没有改动，没有再备份：{path}")
    if is_server(args.office) and not args.json:
        print(IN_CLEAR)
    return 0
