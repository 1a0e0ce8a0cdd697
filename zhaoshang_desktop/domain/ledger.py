"""台账: what left the office, what was taken out of it for good, who came in; nobody edits it.

The lines of a device are a chain: each carries a seal over itself and the seal before it, so that a line changed
or taken out of the middle shows. Whoever has the file and knows how could forge the whole chain of a plain file;
on a server nobody has the right to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What is written down."""

    EXPORT = "export"
    PRINT = "print"
    PACK_OUT = "pack.out"
    PACK_HOME = "pack.home"
    SENT_OUT = "sent.out"
    ERASE = "erase"
    BACKUP = "backup"
    RESTORE = "restore"
    REPAIR = "repair"
    MOVE = "move"
    SIGN_IN = "sign.in"
    REFUSED = "sign.refused"
    RIGHTS = "rights"
    KEY = "key"
    JOINED = "joined"


ACT_TITLES: dict[Act, str] = {
    Act.EXPORT: "导出",
    Act.PRINT: "打印",
    Act.PACK_OUT: "出差包带出",
    Act.PACK_HOME: "出差包带回",
    Act.SENT_OUT: "下发填报",
    Act.ERASE: "清除",
    Act.BACKUP: "备份",
    Act.RESTORE: "恢复备份",
    Act.REPAIR: "修复",
    Act.MOVE: "搬办公室",
    Act.SIGN_IN: "登录",
    Act.REFUSED: "登录被拒",
    Act.RIGHTS: "用户与权限",
    Act.KEY: "口令与密钥",
    Act.JOINED: "接上的台账",
}
"""What a person calls each of them."""


@dataclass(frozen=True)
class Deed:
    """What is to be written down: how many records, into which file, and a few words more. No names of persons."""

    act: Act
    count: int = 0
    file: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger; `number` counts the lines of its device from 1, `at` is UTC."""

    device: int
    number: int
    at: datetime
    actor: str
    deed: Deed
    seal: str = ""


def seal_of(before: str, entry: Entry) -> str:
    """The seal of a line after the one sealed `before`; the office's own id stands before the first."""
    deed = entry.deed
    at = entry.at.isoformat()
    said = [before, entry.device, entry.number, at, entry.actor, str(deed.act), deed.count, deed.file, deed.note]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def joined(before: str, entries: Sequence[Entry], device: int, office: str) -> list[Entry]:
    """Lines that were written beside others of the same device and number, after the one sealed `before`, as a chain of
    a device of its own; its first line says whose they are. Always the same for the same lines. A line that was changed
    still shows."""
    first = entries[0]
    deed = Deed(Act.JOINED, note=f"同一设备另写的：设备 {first.device} 从第 {first.number} 行起")
    marker = Entry(device, 1, first.at, first.actor, deed)
    chain = [replace(marker, seal=seal_of(office, marker))]
    for entry in entries:
        moved = replace(entry, device=device, number=entry.number - first.number + 2)
        is_true = seal_of(before, entry) == entry.seal
        chain.append(replace(moved, seal=seal_of(chain[-1].seal, moved) if is_true else entry.seal))
        before = entry.seal
    return chain


def broken_seals(office: str, entries: Iterable[Entry]) -> Iterator[str]:
    """A sentence for each line that is not what was written; the entries come device by device, in their order."""
    device, before, number = -1, "", 0
    for entry in entries:
        if entry.device != device:
            device, before, number = entry.device, office, 0
        if entry.number != number + 1:
            yield f"台账：设备 {device} 在第 {number} 行之后缺了 {entry.number - number - 1} 行"
        elif seal_of(before, entry) != entry.seal:
            yield f"台账：设备 {device} 的第 {entry.number} 行被改过"
        before, number = entry.seal, entry.number
