"""Damage: noticed at the start, and mended from backup and journal; index and derived fields made anew."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.backup import backups
from zhaoshang_desktop.domain.errors import Locked
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.clock import Clock, SystemClock, to_local
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store.backup import named_of, whose_file
from zhaoshang_desktop.store.check import quick_faults, rebuild
from zhaoshang_desktop.store.opening import user_name
from zhaoshang_desktop.store.repair import Repaired, repair
from zhaoshang_desktop.store.vault import is_encrypted

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office

__all__ = ["Repaired", "is_damaged", "rebuild_derived", "repair_file", "report_lines"]


def is_damaged(office: Office, *, progress: Progress = untold) -> str:
    """SQLite's quick check of the whole file: "" when it is sound, else what it says; `progress` may stop it."""

    return next(iter(quick_faults(office, partial(progress, "正在检查文件"))), "")


def repair_file(
    where: Path,
    key: bytes | None = None,
    *,
    second: Path | None = None,
    actor: str = "",
    clock: Clock | None = None,
    progress: Progress = untold,
) -> Repaired:
    """Makes a damaged file, which is closed, whole again from its backups in both places and its own journal.

    `progress` may stop it until the mended file takes its place; then everything is as it was.
    """
    if key is None and is_encrypted(where):
        raise Locked(f"“{where.name}”已加密，修复它要有密码。", "请输入密码。")
    clock = clock or SystemClock()
    owner = whose_file(where, key)
    known = [one.path for one in backups(where, second, now=clock.now(), owner=owner, key=key)]
    return repair(where, key, known, actor=actor or user_name(), clock=clock, progress=progress)


def rebuild_derived(office: Office) -> Changes:
    """Makes the search index and the derived fields anew from the records, which stay as they are."""
    office.require(Right.WRITE)
    return rebuild(office)


def report_lines(done: Repaired) -> list[str]:
    """What a repair came to, in sentences."""
    if done.aside is None:
        return ["文件完好，没有什么要修复的；检索索引重建了一遍。"]
    named = named_of(done.base) if done.base else None
    if named is not None:
        lines = [f"以 {to_local(named.at):%Y-%m-%d %H:%M} 的备份为底。"]
    else:
        lines = [f"以备份“{done.base.name}”为底。" if done.base else "没有可用的备份，只用文件里还读得出来的内容。"]
    lines.append(f"备份之后的修改记录找回 {done.lines:,} 行。")
    if done.rows:
        lines.append(f"另有 {done.rows:,} 条记录直接从损坏的文件里读出来。")
    lines += [f"{sentence}。" for sentence in done.lost] or ["没有发现丢失。"]
    lines.append(f"损坏的原文件留在“{done.aside.name}”。")
    return lines


def counted(counts: dict[str, int]) -> str:
    """How many records of each type there are, in words."""
    return "，".join(f"{RECORD_TITLES[noun]} {count:,}" for noun, count in counts.items() if count) or "还没有记录"
