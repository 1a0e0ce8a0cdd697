"""zhaoshang restore: what backups there are, and the office as it was in one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhaoshang_desktop.actions import backup as actions
from zhaoshang_desktop.actions.encryption import is_encrypted, key_of
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.office import place as office_at
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.cli.secret import BACKUP_VARIABLE, backup_secret, secret
from zhaoshang_desktop.domain.backup import is_ahead
from zhaoshang_desktop.domain.errors import KnownError, Locked, WrongPassphrase
from zhaoshang_desktop.domain.file_name import size_text
from zhaoshang_desktop.domain.libraries import LIBRARY_TITLES
from zhaoshang_desktop.runtime.clock import SystemClock, to_local
from zhaoshang_desktop.store.backup import NOBODY, Backup, whose_file
from zhaoshang_desktop.store.office import Office

LATEST = "latest"


def parser() -> Parser:
    parser = Parser(
        "restore",
        "让办公室回到一份备份时的样子。恢复前先备份现在的状态，所以恢复也能撤回：再恢复那一份就行。\n"
        "加 --list 什么都不改：不给 BACKUP 时列出备份；给了 BACKUP 就说它里面有什么、恢复会丢掉什么。\n"
        "备份的密码和办公室现在的不同时（后来解除了加密，或重新加过密），放进 ZHAOSHANG_BACKUP_PASSPHRASE；\n"
        "恢复出来的办公室仍用现在的密码，没有加密的仍不加密。",
        "  zhaoshang restore --list --office 清岚县.office\n  zhaoshang restore latest --office 清岚县.office",
    )
    parser.add_argument("backup", nargs="?", metavar="BACKUP", help="备份文件；或列出来的名称；或 latest，即最新的一份")
    parser.add_office()
    parser.add_argument("--from", dest="place", type=Path, metavar="DIR", help="第二处备份所在的文件夹，一并列出")
    parser.add_argument("--list", action="store_true", help="只看，不恢复")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    asked = parser()
    args = asked.parse_args(arguments)
    if not args.backup and not args.list:
        asked.error("要恢复哪一份？请给出 BACKUP，或加 --list 先看有哪些")
    where = office_at(args.office)
    if isinstance(where, str):
        raise KnownError(
            "服务器上的办公室不这样恢复。",
            "zhaoshang backup 做的备份，请管理员用 zhaoshang move --office 备份文件 --to 空数据库的URL 搬进去；"
            "pg_dump 做的，用 pg_restore。",
        )
    if not args.backup:
        return _list(where, args.place, as_json=args.json)
    backup = _chosen(args.backup, where, args.place)
    if args.list:
        return _look(where, backup, as_json=args.json)
    if not where.exists():
        key = key_of(backup, backup_secret()) if is_encrypted(str(backup)) else None
        actions.restore_missing(backup, where, key)
        made, others = None, False
    else:
        with opened(args.office) as office:
            _unlock(office, backup)
            ready = actions.ready_to_restore(office, backup)
        others = actions.restore(ready)
        made = ready.before
    if args.json:
        print_json({"restored": str(backup), "before": str(made) if made else None})
    else:
        print(f"已恢复到 {backup.name}。")
        if others:
            print(actions.USERS_STAY)
        if made:
            print(f"恢复前的状态在 {made}；要撤回，就恢复那一份。")
    return 0


def _list(where: Path, place: Path | None, *, as_json: bool) -> int:
    now = SystemClock().now()
    found = actions.backups(where, place, now=now, owner=whose_file(where))
    is_known = any(one.is_own for one in found)
    if as_json:
        print_json([_as_json(one) for one in found])
        return 0
    for one in found:
        second = "　第二处" if one.second else ""
        ahead = "　当时电脑时间快了" if is_ahead(one.name.at, now) else ""
        doubt = f"　{actions.DOUBT}" if is_known and not one.is_own else ""
        when = to_local(one.name.at)
        print(f"{when:%Y-%m-%d %H:%M}　{one.name.why}　{size_text(one.size)}{second}{ahead}　{one.path.name}{doubt}")
    if not found:
        print("还没有备份。")
    return 0


def _as_json(one: Backup) -> dict[str, Any]:
    return {
        "backup": str(one.path),
        "at": one.name.at.isoformat(),
        "why": one.name.why,
        "size": one.size,
        "second": one.second,
    }


def _look(where: Path, backup: Path, *, as_json: bool) -> int:
    with opened(str(where)) as office:
        _unlock(office, backup)
        found = actions.look(office, backup)
    if as_json:
        lost = [{"at": one.at.isoformat(), "actor": one.actor, "label": one.label} for one in found.lost]
        told = {"counts": found.holds.counts, "lost": lost, "other_users": found.other_users}
        print_json({"backup": str(backup), **told})
        return 0
    counted = "，".join(f"{LIBRARY_TITLES[name]} {count:,}" for name, count in found.holds.counts.items())
    print(f"{backup.name}：{counted}。")
    print(f"恢复会丢掉之后的 {len(found.lost):,} 批修改：" if found.lost else "之后没有修改，恢复不会丢掉什么。")
    for line in actions.lost_words(found.lost, 20):
        print(f"  {line}")
    if found.other_users:
        print(actions.USERS_STAY)
    return 0


def _chosen(named: str, where: Path, place: Path | None) -> Path:
    if Path(named).is_file():
        return Path(named)
    now, owner = SystemClock().now(), whose_file(where)
    known = actions.backups(where, place, now=now, owner=owner)
    if named == LATEST and any(is_ahead(one.name.at, now) for one in known):
        key = _key_of(where if where.exists() else known[0].path)
        known = actions.backups(where, place, now=now, owner=owner, key=key)
    if named == LATEST and known:
        if not known[0].is_own and len({whose_file(one.path) for one in known} - {NOBODY}) > 1:
            raise KnownError(
                "这里有不止一个办公室的备份，文件名一样，说不准最新的是哪一份。", "加 --list 看，再写明备份的文件名。"
            )
        return known[0].path
    for one in known:
        if named in (one.path.name, one.path.stem):
            return one.path
    raise KnownError(f"找不到备份“{named}”。", "加 --list 看有哪些备份。")


def _unlock(office: Office, backup: Path) -> None:
    """One that is under another passphrase than the office is opened by that."""
    try:
        actions.key_to(office, backup)
    except Locked as locked:
        try:
            actions.unlock(office, backup, backup_secret())
        except WrongPassphrase:
            raise WrongPassphrase(
                f"{locked.sentence}给出的密码打不开它。", f"请把备份时的密码放进环境变量 {BACKUP_VARIABLE}。"
            ) from None


def _key_of(file: Path) -> bytes | None:
    return key_of(file, secret()) if is_encrypted(str(file)) else None
