"""Backups of an office file: made by SQLite's own call, verified by opening."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store.engine import sentences


def back_up(engine: Engine, target: Path) -> Path:
    """Copies the whole office to `target` while it is in use; KnownError when the copy is not sound."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with sentences(), engine.connect() as connection:
        source: Any = connection.connection.driver_connection
        copy = type(source)(part)
        try:
            source.backup(copy)
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        finally:
            copy.close()
    if not sound:
        part.unlink(missing_ok=True)
        raise KnownError("备份没有通过检查，已丢弃。", "请换一个磁盘再试。")
    part.replace(target)
    return target


def backup_name(office: Path, at: datetime, why: str) -> Path:
    """Where the backup of an office made at that moment lies: a folder beside it."""
    return office.parent / f"{office.stem}-备份" / f"{office.stem}-{at:%Y%m%d-%H%M%S}-{why}{office.suffix}"
