"""Backups of an office file: made by SQLite's own call, verified by opening."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from zhaoshang_desktop.domain.errors import KnownError, not_written
from zhaoshang_desktop.store.engine import open_file, sentences


def back_up(engine: Engine, target: Path, key: bytes | None = None) -> Path:
    """Copies the whole office (whose key this is) to `target` while it is in use; KnownError when that fails."""
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(engine, part, key)
        part.replace(target)
    except OSError as error:
        raise not_written(target, error) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _copy(engine: Engine, part: Path, key: bytes | None) -> None:
    with sentences(), engine.connect() as connection, contextlib.closing(open_file(part, key)) as copy:
        source: Any = connection.connection.driver_connection
        source.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise KnownError("备份没有通过检查，已丢弃。", "请换一个磁盘再试。")


def backup_name(office: Path, at: datetime, why: str) -> Path:
    """Where the backup of an office made at that moment lies: a folder beside it."""
    return office.parent / f"{office.stem}-备份" / f"{office.stem}-{at:%Y%m%d-%H%M%S}-{why}{office.suffix}"
