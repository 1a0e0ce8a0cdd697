"""zhaoshang reception: a reception from a JSON file, its papers, what is wrong with it, the ledger of a period."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from zhaoshang_desktop.actions.reception import make_costs, new_reception
from zhaoshang_desktop.actions.reception_book import Look, find_reception, look_at
from zhaoshang_desktop.actions.reception_paper import (
    RECEPTION_PAPERS,
    promises_in,
    reception_pack,
    write_ledger,
    write_reception_paper,
)
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.cli.as_json import as_json, print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.reception_file import read_reception
from zhaoshang_desktop.cli.written import refuse_replacing, warn, written_path
from zhaoshang_desktop.domain.day import read_day
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.reception import RECEPTION_KINDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.store.office import Office

_EXAMPLE = """  zhaoshang reception new 接待.json --office 清岚县.office
  zhaoshang reception check 青禾 --office 清岚县.office
  zhaoshang reception paper programme 青禾 --office 清岚县.office --out 方案.pdf
  zhaoshang reception ledger 招商接待 --from 2026-01-01 --to 2026-12-31 --office 清岚县.office --out 台账.xlsx
接待.json（people、meals、cars、costs 都可以不写；people 的一项可以只写姓名）：
  {
    "name": "青禾新材料考察团来访", "kind": "招商接待", "start": "2026-12-08", "end": "2026-12-09",
    "investors": ["青禾新材料股份有限公司"], "purpose": "考察二期选址", "place": "清岚宾馆",
    "members": ["张敏"], "letter_number": "来访函",
    "items": [{"day": "2026-12-08", "start": "10:00", "end": "11:30", "what": "看标准厂房", "leader": "张敏"}],
    "people": ["周远航", {"name": "张敏", "side": "我方", "companion": true}],
    "meals": [{"day": "2026-12-08", "meal": "晚餐", "kind": "招商用餐", "per_head": "110元"}]
  }
公务接待要写 letter_number（公函文号）。费用按接待类别列支，两种接待的费用不能混在一起。"""


def parser(what: str = "") -> Parser:
    parser = Parser("reception", "请进来：新建一次接待，检查标准，写各种材料和台账。", _EXAMPLE)
    choices = ("new", "check", "paper", "ledger")
    parser.add_argument("what", metavar="new|check|paper|ledger", choices=choices, help="做什么")
    if what == "new":
        parser.add_argument("file", metavar="FILE.json", type=Path, help="接待的内容")
        parser.add_argument("--reckon", action="store_true", help="同时按标准测算费用")
    if what == "paper":
        kinds = "，".join(f"{kind} {title}" for kind, (title, _) in RECEPTION_PAPERS.items())
        parser.add_argument("kind", metavar="KIND", choices=[*RECEPTION_PAPERS], help=kinds)
    if what in ("check", "paper"):
        parser.add_argument("reception", metavar="RECEPTION", type=readable, help="接待的编号，或名称里的一部分")
    if what == "paper":
        parser.add_argument("--masked", action="store_true", help="隐去电话号码的中间几位")
    if what == "ledger":
        parser.add_argument("kind", metavar="KIND", choices=RECEPTION_KINDS, help="公务接待 或 招商接待，分开出")
        parser.add_argument("--from", dest="first", required=True, metavar="DATE", type=_day, help="从哪一天")
        parser.add_argument("--to", dest="last", required=True, metavar="DATE", type=_day, help="到哪一天")
    if what in ("paper", "ledger"):
        ending = ".pdf" if what == "paper" else ".xlsx"
        parser.add_argument("--out", required=True, metavar="FILE", type=written_path(ending), help="写到哪里")
    parser.add_office()
    if what in ("new", "check"):
        parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    what = arguments[0] if arguments else ""
    args = parser(what).parse_args(arguments)
    if what in ("paper", "ledger"):
        refuse_replacing(args.out, args.office)
    with opened(args.office) as office:
        return _DO[what](office, args)


def _new(office: Office, args: argparse.Namespace) -> int:
    key, _ = new_reception(office, read_reception(office, args.file))
    if args.reckon:
        make_costs(office, key)
    look = look_at(office, key)
    if args.json:
        _print_json(office, look)
    else:
        print(key)
        _complain(look)
    return 0


def _check(office: Office, args: argparse.Namespace) -> int:
    """1 when something breaks a rule."""
    look = look_at(office, find_reception(office, args.reception).id)
    if args.json:
        _print_json(office, look)
    else:
        for one in look.findings:
            print(f"{'须改正' if one.wrong else '请核对'}　{one.sentence}")
        if not look.findings:
            print("没有发现问题。")
    return 1 if any(one.wrong for one in look.findings) else 0


def _paper(office: Office, args: argparse.Namespace) -> int:
    key = find_reception(office, args.reception).id
    printed = write_reception_paper(office, args.kind, key, args.out, masked=args.masked)
    print(f"已写到 {args.out}，共 {printed.pages} 页")
    if printed.missing:
        print(f"这些字没有字体能印：{''.join(printed.missing)}", file=sys.stderr)
    warn(promises_in(office, args.kind, reception_pack(office, key)))
    return 0


def _ledger(office: Office, args: argparse.Namespace) -> int:
    count = write_ledger(office, args.kind, args.first, args.last, args.out)
    print(f"已写到 {args.out}，共 {count} 次")
    return 0


_DO = {"new": _new, "check": _check, "paper": _paper, "ledger": _ledger}


def _complain(look: Look) -> None:
    for one in look.findings:
        if one.wrong:
            print(f"须改正　{one.sentence}", file=sys.stderr)


def _print_json(office: Office, look: Look) -> None:
    book = look.book
    parts: dict[str, Sequence[Record]] = {
        "items": book.items,
        "people": book.people,
        "meals": book.meals,
        "cars": book.cars,
        "costs": book.costs,
    }
    find = titles_of(office, [book.reception, *(row for rows in parts.values() for row in rows)])
    print_json(
        {
            "reception": as_json(book.reception, find),
            **{name: [as_json(row, find) for row in rows] for name, rows in parts.items()},
            "findings": [{"section": one.section, "wrong": one.wrong, "text": one.sentence} for one in look.findings],
        }
    )


def _day(text: str) -> date:
    try:
        return read_day(text)
    except NotUnderstood as reason:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期：{reason}") from None
