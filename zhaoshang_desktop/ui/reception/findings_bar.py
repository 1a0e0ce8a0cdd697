"""What is wrong with a reception, below whatever section is in front: each sentence leads to where it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.reception_check import Finding
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.pieces import hover

MOST_LINES = 4
KEY = int(Qt.ItemDataRole.UserRole)


class FindingsBar(QFrame):
    """`pointed` carries the section of the sentence that was clicked or entered."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.list = QListWidget(self)
        self.list.setAccessibleName("按标准检查的结果")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setWordWrap(False)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setStyleSheet("background: transparent")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._point)
        self.list.itemActivated.connect(self._point)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self.list)

    def put(self, findings: Sequence[Finding]) -> None:
        """What breaks a rule first; nothing is shown when there is nothing to say."""
        self.list.clear()
        for one in sorted(findings, key=lambda finding: not finding.wrong):
            item = QListWidgetItem(f"{'✗ 须改正' if one.wrong else '！请核对'}　{one.sentence}", self.list)
            item.setToolTip(hover(one.sentence))
            item.setForeground(theme.colour("red" if one.wrong else "amber"))
            item.setData(KEY, one.section)
        self.setVisible(bool(findings))
        line = self.list.sizeHintForRow(0) if findings else 0
        self.setFixedHeight(min(len(findings), MOST_LINES) * line + 14)

    def texts(self) -> list[str]:
        """Every sentence shown."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def _point(self, item: QListWidgetItem) -> None:
        self.pointed.emit(item.data(KEY))
