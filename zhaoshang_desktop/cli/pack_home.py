"""zhaoshang pack home: what came back, what contradicts, and the merge."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhaoshang_desktop.actions.encryption import is_encrypted
from zhaoshang_desktop.actions.homecoming import Homecoming, Merged, bring_home, held, look_into, tally
from zhaoshang_desktop.actions.homecoming_words import Conflict, Side, came, conflicts_of, fields_words, said
from zhaoshang_desktop.actions.pack import unlocking
from zhaoshang_desktop.actions.twins import Twin
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import pack_secret
from zhaoshang_desktop.domain.libraries import RECORD_TITLES


def home_parser() -> Parser:
    parser = Parser(
        "pack home",
        "把带回的出差包并入办公室：办公室没改过的直接带回，两边一样的不动，两边都改了的是冲突。\n"
        "--conflicts office 冲突处按办公室的，pack 按包里的；list（不写就是它）只要有冲突就什么都不并入，只列出来。\n"
        "新建的记录与办公室已有的同名或同代码时并到已有的那一条。合并前自动备份；合并两次等于一次；可以一次撤销。\n"
        "标准与参数由管理员改：别人带回时它们的改动不并入（其余照常），以后由管理员再带回一次。\n"
        "包的密码取自 ZHAOSHANG_PASSPHRASE（和办公室的不同时用 ZHAOSHANG_PACK_PASSPHRASE）。\n"
        "退出码：0 已并入（或没有新内容），1 没有并入，2 用法不对。",
        "  zhaoshang pack home U盘/小分队.pack --office 清岚县.office\n"
        "  zhaoshang pack home U盘/小分队.pack --office 清岚县.office --conflicts office --json",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="带回的出差包")
    parser.add_office()
    parser.add_argument(
        "--conflicts", choices=["office", "pack", "list"], default="list", help="两边都改了的按谁的；list 只列出"
    )
    parser.add_json()
    return parser


def home(arguments: Sequence[str], _windows: Windows) -> int:
    args = home_parser().parse_args(arguments)
    with opened(args.office) as office:
        found = look_into(office, args.file, _unlock)
        with contextlib.closing(found):
            came_back = tally(found.items())
            conflicts = conflicts_of(office, found)
            if args.conflicts != "list":
                found.decide_all(args.conflicts)
            blocked = bool(found.undecided())
            merged = None if blocked else bring_home(office, found)
    if args.json:
        print_json(_plain(found, came_back, conflicts, merged))
        return 0 if merged is not None and merged.is_whole else FAILED
    print(f"{found.pack.name if found.pack else found.cargo.name}：{came(came_back)}")
    if came_back.fields:
        print(f"字段：{fields_words(came_back)}")
    if found.pack is None:
        print("登记里没有这个包（可能恢复过旧备份），已按它自己的底稿比较。")
    if found.held:
        print(held(found))
    for twin in found.twins:
        verb = "并到已有的" if twin.new in found.agreed else "作为新记录；像是"
        print(f"重复　{RECORD_TITLES[twin.new.noun]}“{twin.title}”{verb}“{twin.same_as}”（{twin.reason}）")
    for conflict in conflicts:
        print(_told(conflict))
    if merged is None:
        print(f"有 {len(conflicts)} 处冲突，什么都没有并入。用 --conflicts office 或 pack 决定按谁的。")
        return FAILED
    for line in said(merged):
        print(line)
    return 0 if merged.is_whole else FAILED


def _unlock(path: Path) -> bytes | None:
    """The passphrase is asked for only if the file wants one."""
    return unlocking(pack_secret())(path) if is_encrypted(str(path)) else None


def _told(conflict: Conflict) -> str:
    return (
        f"冲突　{conflict.kind}“{conflict.record}”的“{conflict.label}”："
        f"包里 {_side(conflict.pack)}；办公室 {_side(conflict.office)}"
    )


def _side(side: Side) -> str:
    return f"“{side.text}”" + (f"（{side.when}）" if side.when else "")


def _plain(home: Homecoming, came_back: Any, conflicts: Sequence[Conflict], merged: Merged | None) -> dict[str, Any]:
    return {
        "pack": str(home.pack.id) if home.pack else None,
        "name": home.pack.name if home.pack else home.cargo.name,
        "people": home.people,
        "new": came_back.new,
        "twins": came_back.twins,
        "changed": came_back.changed,
        "removed": came_back.removed,
        "fields": {fate.value: count for fate, count in came_back.fields.items()},
        "standards_held": home.held_fields,
        "duplicates": [_twin(home, twin) for twin in home.twins],
        "conflicts": [_conflict(one, home) for one in conflicts],
        "merged": merged is not None,
        **(_merged(merged) if merged else {}),
    }


def _twin(home: Homecoming, twin: Twin) -> dict[str, Any]:
    return {
        "library": twin.new.noun,
        "id": str(twin.new.key),
        "name": twin.title,
        "same_as": str(twin.key),
        "same_as_name": twin.same_as,
        "reason": twin.reason,
        "merged": twin.new in home.agreed,
    }


def _conflict(one: Conflict, home: Homecoming) -> dict[str, Any]:
    return {
        "library": one.choice.noun,
        "id": str(one.choice.key),
        "name": one.record,
        "field": one.choice.field,
        "label": one.label,
        "pack": _plain_side(one.pack),
        "office": _plain_side(one.office),
        "chosen": home.choices.get(one.choice),
    }


def _plain_side(side: Side) -> dict[str, Any]:
    return {"text": side.text, "actor": side.actor, "at": side.at.isoformat() if side.at else None}


def _merged(merged: Merged) -> dict[str, Any]:
    return {
        "batch": str(merged.batch) if merged.batch else None,
        "taken": merged.taken,
        "same": merged.same,
        "kept": merged.kept,
        "records": merged.records,
        "arrived_records": merged.arrived_records,
        "sent": merged.sent,
        "arrived": merged.arrived,
        "whole": merged.is_whole,
        "left": list(merged.left),
    }
