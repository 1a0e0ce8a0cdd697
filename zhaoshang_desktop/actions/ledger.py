"""The ledger in words, and as a register of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.ledger import ACT_TITLES, Act, Deed, Entry
from zhaoshang_desktop.runtime.clock import to_local

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

HEADS = ("时间", "谁", "做了什么", "数量", "文件", "设备", "说明")
_WIDTHS = (18, 12, 14, 8, 36, 10, 40)


def ledger_rows(entries: Iterable[Entry]) -> list[tuple[str, str, str, str, str, str, str]]:
    """Each line as it is read."""
    return [
        (
            f"{to_local(one.at):%Y-%m-%d %H:%M:%S}",
            one.actor,
            ACT_TITLES[one.deed.act],
            f"{one.deed.count:,}" if one.deed.count else "",
            one.deed.file,
            str(one.device),
            one.deed.note,
        )
        for one in entries
    ]


def export_ledger(office: Office, path: Path) -> tuple[Path, int]:
    """Writes the whole ledger, this very export as its newest line."""
    from zhaoshang_desktop.exchange.table import write_table  # openpyxl, when first needed

    entries = office.ledger()
    write_table(path, f"{office.name} 台账", HEADS, _WIDTHS, ledger_rows(entries))
    office.note(Deed(Act.EXPORT, len(entries), path.name, "台账"))
    return path, len(entries)
