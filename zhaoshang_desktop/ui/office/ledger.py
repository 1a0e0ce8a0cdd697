"""台账: what left the office, what was erased, who came in; to be read and exported, never changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.ledger import HEADS, export_ledger, ledger_rows
from zhaoshang_desktop.domain.ledger import ACT_TITLES
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.pieces import label
from zhaoshang_desktop.ui.row_table import fill_lines, line_table

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.ledger import Entry
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

HINT = "导出、打印、出差包、清除、备份、恢复、搬办公室、登录都记在这里，只能增加，不能修改。它不写人名和联系方式。"
NOTHING = "还没有记录。第一次导出、打印或备份之后，这里就有了。"
SHOWN = 5_000


class LedgerPart(Part):
    """Newest first; one kind of act can be looked at alone."""

    TITLE = "台账"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._entries: list[Entry] = []
        self.kinds = QComboBox()
        self.kinds.addItem("全部")
        self.kinds.addItems(list(ACT_TITLES.values()))
        self.kinds.setAccessibleName("看哪一类")
        self.kinds.currentIndexChanged.connect(self._filter)
        self.export = QPushButton("导出…")
        self.export.clicked.connect(self._choose)
        self.hint = label(HINT, "secondary")
        self.list = line_table("台账", HEADS, (140, 90, 100, 70, 260, 70), self)
        head = QHBoxLayout()
        head.addWidget(label(self.TITLE, "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.kinds)
        head.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)

    @property
    def answered(self) -> bool:
        return bool(self._entries)

    def load(self) -> None:
        self.desk.ask((self, "ledger"), _entries, self._show)

    def status(self) -> str:
        return f"台账 {self.list.rowCount():,} 行" if self._entries else ""

    def write(self, path: Path) -> None:
        """Write the ledger there, in the background; that is an export too."""
        self.desk.run(export_ledger, path, on_done=self._written, words="正在导出")

    def _show(self, entries: list[Entry]) -> None:
        self._entries = entries
        self.hint.setText(HINT if entries else NOTHING)
        self.export.setEnabled(bool(entries))
        self._filter()
        self.told.emit()

    def _filter(self) -> None:
        kind = self.kinds.currentText()
        chosen = [one for one in self._entries if kind in ("全部", ACT_TITLES[one.deed.act])]
        fill_lines(self.list, ledger_rows(chosen))

    def _choose(self) -> None:
        name = f"台账{self.desk.today():%Y-%m-%d}.xlsx"
        folder = str(self.desk.settings.choices.get("export.folder", Path.home()))
        place, _ = QFileDialog.getSaveFileName(self, "导出到", str(Path(folder) / name), "Excel 工作簿 (*.xlsx)")
        if place:
            self.write(Path(place if place.endswith(".xlsx") else f"{place}.xlsx"))

    def _written(self, done: tuple[Path, int]) -> None:
        self.desk.exported(done)
        self.load()


def _entries(office: Office) -> list[Entry]:
    return office.ledger(SHOWN)
