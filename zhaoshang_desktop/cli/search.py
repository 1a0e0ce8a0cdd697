"""zhaoshang search: words to records, in all libraries."""

from __future__ import annotations

from collections.abc import Sequence

from zhaoshang_desktop.actions.searching import Hits, search_all
from zhaoshang_desktop.actions.titles import titles_of
from zhaoshang_desktop.cli.as_json import as_json, print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser, library_title, whole_number
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.text import readable

_SHOWN = 20


def parser() -> Parser:
    parser = Parser(
        "search",
        "在四库里搜索：名称、人名、电话、代码，拼音和首字母也行。几个词之间用空格隔开，都要有。",
        "  zhaoshang search 新材料 --office 清岚县.office\n"
        "  zhaoshang search 'xc wuxi' --office 清岚县.office --library investors --json",
    )
    parser.add_argument("words", metavar="WORDS", nargs="+", type=readable, help="要找的词")
    parser.add_office()
    parser.add_argument("--library", metavar="LIBRARY", choices=[*LIBRARIES], help="只在这个库里找")
    parser.add_argument("--limit", metavar="N", type=whole_number, help=f"每个库最多列几条，0 为全部（平常 {_SHOWN}）")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    limit = args.limit if args.limit is not None else 0 if args.json else _SHOWN
    libraries = (args.library,) if args.library else ()
    with opened(args.office) as office:
        found = search_all(office, " ".join(args.words), libraries=libraries, limit=limit)
        if args.json:
            find = titles_of(office, (hit.record for hits in found for hit in hits.first))
            print_json([{"library": hit.library, **as_json(hit.record, find)} for hits in found for hit in hits.first])
            return 0
    if not any(hits.first for hits in found):
        print("没有找到。")
    for hits in found:
        _tell(hits)
    return 0


def _tell(hits: Hits) -> None:
    if not hits.first:
        return
    print(f"{library_title(hits.library)} {hits.count} 条")
    for hit in hits.first:
        print(f"  {hit.record.id}  {hit.title}  {hit.line}")
    if hits.count > len(hits.first):
        print(f"  另有 {hits.count - len(hits.first)} 条没有列出（--limit 0 全部列出）")
