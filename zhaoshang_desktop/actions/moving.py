"""把办公室移到服务器, and back into a file."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.store import moving
from zhaoshang_desktop.store.moving import Moved
from zhaoshang_desktop.store.office import Office


def move_office(
    office: Office,
    target: Path | str,
    *,
    key: bytes | None = None,
    progress: Progress = untold,
) -> Moved:
    """Copies the whole office there and compares both sides record by record; the office itself stays as it is.
    Only who may change its settings does it.

    KnownError for a pack: it belongs to the office that it left."""
    office.require(Right.SETTINGS)
    if office.pack:
        raise KnownError("现在打开的是出差包，不能把它搬走。", "请先带回，再在办公室的电脑上搬办公室。")
    return moving.move(office, target, key=key, progress=progress)
