"""zhaoshang show: one record with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.actions.titles import FindTitle, titles_of
from zhaoshang_desktop.cli.as_json import as_json, print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import IMPORTABLE, Parser
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.kinds import Kind, Link, Links
from zhaoshang_desktop.domain.libraries import CHILDREN, RECORD_TITLES
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record, read_key
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.text import readable
from zhaoshang_desktop.store.office import Office


def parser() -> Parser:
    parser = Parser(
        "show",
        "看一条记录的全部内容，连同属于它的记录（联系人、往来、阶段……）。",
        "  zhaoshang show investors 467209730670035017 --office 清岚县.office --json",
    )
    parser.add_library()
    parser.add_argument("id", metavar="ID", type=readable, help="记录的编号（search 会列出来），或者完整的名称")
    parser.add_office()
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        record = _find(office, IMPORTABLE[args.library], args.id)
        children = {child: _children(office, child, record) for child in CHILDREN[type(record)]}
        find = titles_of(office, [record, *(one for group in children.values() for one in group)])
    if args.json:
        whole: dict[str, Any] = {"library": args.library, **as_json(record, find)}
        for child, group in children.items():
            whole[_plural(child.NOUN)] = [as_json(one, find) for one in group]
        print_json(whole)
        return 0
    print(record.title)
    _tell(record, find, "  ")
    for child, group in children.items():
        for number, one in enumerate(group, 1):
            print(f"{RECORD_TITLES[child.NOUN]} {number}")
            _tell(one, find, "    ", leave_out=child.OWNER)
    return 0


def _find(office: Office, record: type[Record], text: str) -> Record:
    """By key, else by the whole title."""
    if (key := read_key(text)) and (found := office.rows(record, [key])):
        return found[0]
    named = office.find(Query(record, where=(Where(record.TITLE, "=", text),)))
    if len(named) != 1:
        what = RECORD_TITLES[record.NOUN]
        problem = f"有 {len(named)} 个{what}叫“{text}”" if named else f"没有编号或名称是“{text}”的{what}"
        raise KnownError(f"{problem}。", "请用 search 找到它的编号。")
    return named[0]


def _children(office: Office, child: type[Record], owner: Record) -> list[Record]:
    return office.find(Query(child, where=(Where(child.OWNER, "=", owner.id),), order=("id",)))


def _plural(noun: str) -> str:
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def _tell(record: Record, find: FindTitle, indent: str, leave_out: str = "") -> None:
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if field.name == leave_out or (value == field.kind.empty and field.name not in record.raw):
            continue
        text = _written(field.kind, value, find) if value != field.kind.empty else ""
        raw = f"（原文：{record.raw[field.name]}）" if field.name in record.raw else ""
        print(f"{indent}{field.label}：{text}{raw}")


def _written(kind: Kind, value: Any, find: FindTitle) -> str:
    if isinstance(kind, Link):
        return find(kind.noun, value)
    if isinstance(kind, Links):
        return "、".join(find(kind.noun, key) for key in value)
    return kind.write(value)
