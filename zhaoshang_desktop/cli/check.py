"""zhaoshang check: is everything there that was stored?"""

from __future__ import annotations

from collections.abc import Sequence

from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.store.check import check


def parser() -> Parser:
    parser = Parser(
        "check",
        "把整个办公室读一遍：文件结构、每条记录与它的修改记录、检索条目。什么都不改。\n退出码：0 完好，1 有问题。",
        "  zhaoshang check --office 清岚县.office",
    )
    parser.add_office()
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        findings = check(office)
    if args.json:
        print_json({"counts": findings.counts, "wrong": findings.wrong})
    else:
        counted = "，".join(f"{RECORD_TITLES[noun]} {count}" for noun, count in findings.counts.items() if count)
        print(f"{counted or '还没有记录'}。")
        for sentence in findings.wrong:
            print(f"有问题：{sentence}。")
        if not findings.wrong:
            print("全部完好。")
    return FAILED if findings.wrong else 0
