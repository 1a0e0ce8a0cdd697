"""zhaoshang trip new: a trip from a JSON file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.actions.trip import new_trip
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.trip_file import read_wish

_EXAMPLE = """  zhaoshang trip new 外出.json --office 清岚县.office
外出.json：
  {
    "purpose": "走访新材料链目标企业",
    "start": "2026-12-07", "end": "2026-12-11",
    "base": "山东枣庄", "chain": "新材料",
    "targets": [
      "无锡澄榕新材料有限公司",
      {"investor": "467209730670035017", "must": true, "minutes": 90, "fixed": "2026-12-08 09:30", "team": "一队"},
      {"investor": "苏州云帆智能装备有限公司", "priority": "高", "windows": "周二上午；周三 14:00–16:00",
       "apart": ["无锡澄榕新材料有限公司"]}
    ],
    "teams": [
      {"name": "一队", "mode": "驾车", "members": ["张敏", "王磊"]},
      {"name": "二队", "mode": "高铁", "members": ["李想", "陈燕"],
       "from": "江苏徐州", "to": "山东枣庄", "first_day": "2026-12-08", "home_nights": false}
    ],
    "roads": [{"from": "山东枣庄", "to": "江苏无锡", "mode": "驾车", "minutes": 330}]
  }
windows 是对方给的时间，apart 是不能排在同一天的几家；队的 from、to、first_day、last_day 不写就和整次外出一样，
home_nights 是每晚回家；roads 是知道比估算更准的路上用时（分钟）。
没有 teams 时写 "members": ["张敏", …]，按每队二至五人自动分队。"""


def parser() -> Parser:
    parser = Parser(
        "trip",
        "按一个 JSON 文件新建一次外出招商，打印它的编号。人和企业写编号、全称或能唯一认出的一部分。",
        _EXAMPLE,
    )
    parser.add_argument("what", metavar="new", choices=["new"], help="new：新建")
    parser.add_argument("file", metavar="FILE.json", type=Path, help="外出的目的、日期、出发地、拜访对象和队员")
    parser.add_office()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        key, _ = new_trip(office, read_wish(office, args.file))
    print(key)
    return 0
