"""zhaoshang check: is everything there that was stored? And mending what is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions.encryption import is_encrypted, key_of
from zhaoshang_desktop.actions.repair import counted, rebuild_derived, repair_file, report_lines
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.office import place as office_at
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import secret
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store.check import Findings, check


def parser() -> Parser:
    parser = Parser(
        "check",
        "把整个办公室读一遍：文件结构、每条记录与它的修改记录、检索条目、算出来的内容、台账。什么都不改。\n"
        "退出码：0 完好，1 有问题。\n"
        "--rebuild 在只有检索条目和算出来的内容不对时重建它们；--repair 用最新的好备份和文件里还读得出来的修改记录\n"
        "修复损坏的文件，损坏的原文件留在旁边。",
        "  zhaoshang check --office 清岚县.office\n  zhaoshang check --repair --office 清岚县.office",
    )
    parser.add_office()
    mend = parser.add_mutually_exclusive_group()
    mend.add_argument("--rebuild", action="store_true", help="重建检索条目和算出来的内容")
    mend.add_argument("--repair", action="store_true", help="修复损坏的文件（不要在别处开着它）")
    parser.add_argument("--from", dest="place", type=Path, metavar="DIR", help="修复时也用这个文件夹里的备份")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    done: list[str] = []
    if args.repair:
        done = _repair(args.office, args.place)
    with opened(args.office) as office:
        findings = check(office)
        if args.rebuild and findings.stale:
            rebuild_derived(office)
            findings = check(office)
            done = ["检索条目和算出来的内容已重建。"]
    if args.json:
        print_json({"counts": findings.counts, "wrong": findings.wrong, "done": done})
    else:
        _tell(findings, done)
    return FAILED if findings.wrong else 0


def _repair(where: str, place: Path | None) -> list[str]:
    path = office_at(where)
    if isinstance(path, str):
        raise KnownError("服务器上的办公室不能这样修复。", "请管理员用服务器自己的备份恢复。")
    if not path.is_file():
        raise KnownError(f"找不到办公室文件“{path}”。", "要从备份恢复，用 zhaoshang restore。")
    key = key_of(path, secret()) if is_encrypted(str(path)) else None
    return report_lines(repair_file(path, key, second=place))


def _tell(findings: Findings, done: Sequence[str]) -> None:
    for sentence in done:
        print(sentence)
    print(f"{counted(findings.counts)}。")
    for sentence in findings.wrong:
        print(f"有问题：{sentence}。")
    if findings.only_stale:
        print("只有检索条目和算出来的内容不对，加 --rebuild 就能重建。")
    if not findings.wrong:
        print("全部完好。")
