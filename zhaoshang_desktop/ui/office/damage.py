"""The office file is damaged: what that means, the way out, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.pieces import fit, foot, label

if TYPE_CHECKING:
    from zhaoshang_desktop.store.repair import Repaired

WIDTH_PX = 460
SAID_PX = 420
"""A longer report is scrolled."""


class DamageDialog(QDialog):
    """`repair_wanted` when the clerk wants it repaired; 暂不修复 leaves everything as it is."""

    repair_wanted = Signal()

    def __init__(self, name: str, backup: str, said: str, parent: QWidget | None = None) -> None:
        """`backup` is when the newest one was made, in words; "" when there is none."""
        super().__init__(parent)
        self.setWindowTitle("办公室文件有损坏")
        self.setFixedWidth(WIDTH_PX)
        ground = f"最新的备份：{backup}。" if backup else "没有找到备份，只能用文件里还读得出来的内容。"
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(f"“{name}”有损坏", "heading"))
        column.addWidget(
            label("可能是断电、磁盘或U盘出了问题。可以从备份修复：备份之后的修改，凡是还读得出来的都会补上。", "value")
        )
        column.addWidget(label(ground, "value"))
        column.addWidget(label("损坏的原文件会原样另存，修复之后会说明哪些没有找回。", "secondary"))
        if said:
            column.addWidget(label(f"检查结果：{said}", "secondary"))
        self.later = QPushButton("暂不修复")
        self.later.clicked.connect(self.reject)
        self.repair = QPushButton("从备份修复" if backup else "修复")
        self.repair.clicked.connect(self._wanted)
        column.addLayout(foot(self.later, self.repair))
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)
        self.repair.setFocus()

    def _wanted(self) -> None:
        self.repair_wanted.emit()
        self.accept()


class RepairedDialog(QDialog):
    """What was found again and what was not, to be read at leisure and passed on."""

    def __init__(self, done: Repaired, parent: QWidget | None = None) -> None:
        from zhaoshang_desktop.actions.repair import report_lines  # the store, which is there by now

        super().__init__(parent)
        self.lines = report_lines(done)
        self.setWindowTitle("修复报告")
        self.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        head = "没有修复" if done.aside is None else "已修复，有没找回的内容" if done.lost else "已修复"
        column.addWidget(label(head, "heading"))
        said = QWidget()
        self._lines = QVBoxLayout(said)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        for line in self.lines:
            self._lines.addWidget(label(line, "value"))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(said)
        column.addWidget(self._area)
        buttons = QHBoxLayout()
        copy = QPushButton("复制")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        close = QPushButton("知道了")
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column.addLayout(buttons)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._area.setFixedHeight(min(self._lines.totalHeightForWidth(self._area.viewport().width()), SAID_PX))
        fit(self)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.lines))
