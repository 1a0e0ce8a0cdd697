"""zhaoshang form: the superior's own table, uploaded once and filled ever after."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.form import Proposal, fill_out, fillable, keep_form, propose_form
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import IMPORTABLE, WRONG_USAGE, Parser
from zhaoshang_desktop.cli.sheets import understood
from zhaoshang_desktop.cli.written import refuse_replacing
from zhaoshang_desktop.domain import day
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.form import NUMBERING, SPECIALS, Form
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record, read_key
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.sheet import cell_position, column_letter

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

_PLACE = re.compile(r"[A-Z]{1,3}([1-9]\d{0,6})?")


def parser() -> Parser:
    parser = Parser(
        "form",
        "上级报表：空表上传一次，对应好各列，以后每次填好就行；格式、公式、合并单元格、打印设置一概不动。\n"
        "  zhaoshang form add LIBRARY FILE.xlsx   上传一份空表\n"
        "  zhaoshang form fill TITLE OUT.xlsx     用库里的记录填一份\n"
        "  zhaoshang form list                    看有哪些\n"
        "每个命令后面加 --help 看详细说明。",
        "  zhaoshang form add projects 省表.xlsx --office 清岚县.office --title 省调度表\n"
        "  zhaoshang form fill 省调度表 11月.xlsx --office 清岚县.office --month 2026-11",
    )
    parser.add_argument("what", metavar="add|fill|list", choices=["add", "fill", "list"], help="做哪一步")
    return parser


def run(arguments: Sequence[str], windows: Windows) -> int:
    if not arguments or arguments[0] not in ("add", "fill", "list"):
        parser().parse_args(arguments[:1])
        return WRONG_USAGE
    return {"add": add, "fill": fill, "list": list_forms}[arguments[0]](arguments[1:], windows)


def add(arguments: Sequence[str], _windows: Windows) -> int:
    parser = Parser(
        "form add",
        "上传上级的空表（.xlsx）。表头认得出的列自动对应；--map 改正或补充，写 列=字段 或 格=字段，用逗号隔开。\n"
        f"字段用代码名或中文名；序号写 {NUMBERING}；单个格还可以写 {'、'.join(SPECIALS.values())}。",
        "  zhaoshang form add projects 省表.xlsx --office 清岚县.office --map C=项目名称,F=总投资,B2=本单位名称",
    )
    parser.add_library()
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="上级发来的空表")
    parser.add_office()
    parser.add_argument("--title", default="", metavar="TITLE", type=readable, help="报表名称；不写就用文件名")
    parser.add_argument("--map", default="", metavar="C=A,D=B", type=readable, help="哪一列、哪一格填什么")
    args = parser.parse_args(arguments)
    record = IMPORTABLE[args.library]
    with opened(args.office) as office:
        proposal = propose_form(args.file, record)
        proposal.title = args.title or readable(proposal.title)
        if any(one.title == proposal.title for one in office.find(Query(Form))):
            raise KnownError(f"已经有一份叫“{proposal.title}”的上级报表。", "请用 --title 换一个名称。")
        _correct(proposal, args.map)
        keep_form(office, proposal)
    _tell(proposal)
    return 0


def _correct(proposal: Proposal, text: str) -> None:
    """What the clerk says of columns and cells."""
    for pair in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        place, mark, word = (part.strip() for part in pair.partition("="))
        place = place.upper()
        if not mark or not _PLACE.fullmatch(place):
            raise KnownError(f"“{pair}”看不懂。", "请写 列=字段，如 C=项目名称；或 格=字段，如 B2=本单位名称。")
        path = _path(proposal.record, word) if word else ""
        if place[-1].isdigit():
            proposal.cells.pop(place, None)
            if path:
                proposal.cells[place] = path, ""
        else:
            _, unit = proposal.columns.pop(place, ("", ""))
            if path:
                proposal.columns[place] = path, unit
    if any(path not in SPECIALS for path, _ in proposal.cells.values()):
        proposal.first = proposal.last = 0  # fields in single cells: a form of one record
        proposal.columns.clear()


def _path(record: type[Record], word: str) -> str:
    known = fillable(record)
    if word in known or word in SPECIALS or word == NUMBERING:
        return word
    keys = {header_key(label): path for path, label in (*known.items(), *SPECIALS.items())}
    keys |= {header_key(label.replace(" · ", "")): path for path, label in known.items()}
    path = keys.get(header_key(word), "")
    if not path:
        raise KnownError(f"没有“{word}”这个字段。", f"可以用：{'、'.join([*known.values(), *SPECIALS.values()])}。")
    return path


def _tell(proposal: Proposal) -> None:
    known = fillable(proposal.record) | SPECIALS | {NUMBERING: "序号"}
    print(f"已保存上级报表“{proposal.title}”，工作表“{proposal.sheet}”。")
    if proposal.first:
        print(f"从第 {proposal.first} 行填起，备好的行到第 {proposal.last} 行；不够会自动加行。")
    order = sorted(proposal.columns.items(), key=lambda one: cell_position(f"{one[0]}1")[1])
    for place, (path, unit) in (*order, *proposal.cells.items()):
        print(f"  {place}：{known[path]}{f'（{unit}）' if unit else ''}")
    page = proposal.page
    wide = {column_letter(index) for index in range(page.width)}
    empty = (
        sorted(wide - proposal.columns.keys(), key=lambda letters: (len(letters), letters)) if proposal.first else []
    )
    if empty:
        print(f"没有对应的列：{'、'.join(empty)}；可以用 --map 补。")


def fill(arguments: Sequence[str], _windows: Windows) -> int:
    parser = Parser(
        "form fill",
        "用库里的记录填一份上级报表。一条记录一张的表，OUT 是文件夹，每条写一份。",
        "  zhaoshang form fill 省调度表 11月.xlsx --office 清岚县.office --month 2026-11 --words 新材料",
    )
    parser.add_argument("title", metavar="TITLE", type=readable, help="报表名称，或它的编号")
    parser.add_argument("out", metavar="OUT.xlsx", type=Path, help="写到哪里；已有的会被换掉")
    parser.add_office()
    parser.add_argument("--words", default="", metavar="WORDS", type=readable, help="只填搜得到的")
    parser.add_argument("--month", metavar="MONTH", type=understood(day.read_when), help="报表期，如 2026-11")
    parser.add_argument("--masked", action="store_true", help="隐去个人信息")
    args = parser.parse_args(arguments)
    refuse_replacing(args.out, args.office)
    with opened(args.office) as office:
        form = _form(office, args.title)
        if form.first and args.out.suffix.lower() != ".xlsx":
            _wrong(parser, args.out)
        record = RECORDS[form.library]
        question = Query(record, words=args.words, order=(record.TITLE,))
        made = fill_out(office, form, args.out, question, month=args.month, masked=args.masked)
        count = office.count(question)
    where = made[0] if len(made) == 1 else args.out
    print(f"“{form.title}”填了 {count} 条{RECORD_TITLES[form.library]}，已写到 {where}")
    return 0


def _wrong(parser: argparse.ArgumentParser, out: Path) -> None:
    parser.error(f"“{out.name}”要以 .xlsx 结尾")


def _form(office: Office, word: str) -> Form:
    forms: list[Form] = office.find(Query(Form))
    found = [one for one in forms if one.title == word or one.id == read_key(word)]
    found = found or [one for one in forms if word in one.title]
    if len(found) != 1:
        there = "、".join(one.title for one in (found or forms))
        sentence = f"叫“{word}”的上级报表不止一份。" if found else f"没有叫“{word}”的上级报表。"
        raise KnownError(sentence, f"有：{there}。" if there else "请先用 zhaoshang form add 上传。")
    return found[0]


def list_forms(arguments: Sequence[str], _windows: Windows) -> int:
    parser = Parser("form list", "看上传过哪些上级报表。", "  zhaoshang form list --office 清岚县.office")
    parser.add_office()
    args = parser.parse_args(arguments)
    with opened(args.office) as office:
        forms: list[Form] = office.find(Query(Form, order=("title",)))
    for one in forms:
        print(f"{one.title}（{one.id}）　{RECORD_TITLES[one.library]}　{len(one.columns)} 列 {len(one.cells)} 格")
    if not forms:
        print("还没有上传过。")
    return 0
