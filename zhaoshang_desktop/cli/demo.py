"""zhaoshang demo: the sample county, from workbooks to the printed pack, and the window on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions.demo import make_demo
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime import paths

NAME = "清岚县示例"


def parser() -> Parser:
    parser = Parser(
        "demo",
        "建一个并不存在的示例县：写出来料表格，导入，补上两年往来，排一次两队五天的长三角行程，打印资料；\n"
        "有屏幕就打开窗口，没有屏幕就拍下主要画面。",
        "  zhaoshang demo\n  zhaoshang demo --out 示例 --no-window",
    )
    parser.add_argument("--out", metavar="DIR", type=Path, help=f"放在哪个文件夹（平常是文档里的“{NAME}”）")
    parser.add_argument("--no-window", action="store_true", help="不打开窗口，把主要画面存成图片")
    return parser


def run(arguments: Sequence[str], windows: Windows) -> int:
    args = parser().parse_args(arguments)
    made = make_demo(args.out or _free_folder(paths.offices_folder()), _say)
    if not args.no_window and has_screen():
        _say("打开窗口。")
        return windows.open(made.office)
    try:
        pictures = windows.pictures(made.office, made.office.parent / "画面")
    except KnownError as error:
        print(error, file=sys.stderr)
        return 0
    _say(f"没有打开窗口，拍下主要画面 {len(pictures)} 张：{made.office.parent / '画面'}")
    return 0


def has_screen() -> bool:
    """Is there anything to open a window on?"""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _free_folder(above: Path) -> Path:
    """A folder of this name that is not there yet."""
    folder, number = above / NAME, 1
    while folder.exists():
        number += 1
        folder = above / f"{NAME} {number}"
    return folder
