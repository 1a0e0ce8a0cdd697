"""Two people changed the same field of a record: both values, to be chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.record import Record


@dataclass(frozen=True)
class Written:
    """What a field holds: its value, or the text that nobody understood."""

    value: Any
    raw: str = ""


@dataclass(frozen=True)
class Clash:
    """One field: what it held when this edit began, what it was to become, what another person made of it (UTC)."""

    field: str
    base: Written
    mine: Written
    theirs: Written
    actor: str
    at: datetime


class EditClash(KnownError):
    """An edit that meets another's in the same fields; nothing was stored.

    `changes` is all that was to be stored, `version` the one that holds the other's: with it, `resolved` can be
    stored.
    """

    def __init__(
        self, record: Record, changes: Mapping[str, Any], version: int, clashes: Sequence[Clash], titles: str
    ) -> None:
        others = "、".join(dict.fromkeys(clash.actor or "别人" for clash in clashes))
        super().__init__(f"“{record.title}”的{titles}刚刚被{others}改过，你的修改还没有保存。", "请选用哪一个。")
        self.record = record
        self.changes = changes
        self.version = version
        self.clashes = tuple(clashes)

    def resolved(self, mine: Sequence[str]) -> dict[str, Any]:
        """The changes to store when these fields keep my value and the other clashing ones theirs."""
        dropped = {clash.field for clash in self.clashes} - set(mine)
        kept = {name: value for name, value in self.changes.items() if name not in dropped and name != "raw"}
        raw = {name: text for name, text in self.changes.get("raw", {}).items() if name not in dropped}
        return {**kept, "raw": raw} if raw else kept
