"""zhaoshang visits: the visits of a period with all that the assessment counts."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from zhaoshang_desktop.actions.counted import counted_visits
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.cli.as_json import as_json, print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.day import read_day
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.visit import DIRECTIONS
from zhaoshang_desktop.domain.visit_figures import figures_of


def parser() -> Parser:
    parser = Parser(
        "visits",
        "一段时间里已完成的拜访洽谈，带考核要数的内容：方向、计入单位、带队、参加人、对方职务和人数、意向、结果。",
        "  zhaoshang visits --office 清岚县.office --from 2026-12-01 --to 2026-12-31 --json",
    )
    parser.add_office()
    parser.add_argument("--from", dest="start", metavar="日期", type=_day, help="从哪天起，含这一天")
    parser.add_argument("--to", dest="end", metavar="日期", type=_day, help="到哪天止，含这一天")
    parser.add_argument("--direction", choices=DIRECTIONS, help="只列走出去或请进来的")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    if args.start and args.end and args.end < args.start:
        raise KnownError(f"--to 的 {args.end} 早于 --from 的 {args.start}。", "请检查日期。")
    with opened(args.office) as office:
        found = [
            visit for visit in counted_visits(office, args.start, args.end) if args.direction in (None, visit.direction)
        ]
        find = titles_of(office, found)
        plain = [as_json(visit, find) for visit in found]
    if args.json:
        print_json(plain)
        return 0
    for one in plain:
        told = (one["day"], one["direction"], one["investor_name"], one["unit_name"], one["leader"], one["intention"])
        print("　".join(str(part or "—") for part in told))
    figures = figures_of(found)
    letters = "，".join(f"{letter} {count}" for letter, count in figures.intentions.items())
    print(f"共 {figures.visits} 次，客商 {figures.firms} 家；意向 {letters}")
    return 0


def _day(text: str) -> date:
    try:
        return read_day(text)
    except NotUnderstood as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，写成 2026-12-01") from error
