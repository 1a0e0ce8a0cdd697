"""The bar above a record that fills the page: back, its name, whether it is saved, the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from zhaoshang_desktop.ui import icons


class RecordHead(QFrame):
    """Its buttons are for the page to connect."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setFixedHeight(44)
        self.back = QToolButton(self)
        self.back.setIcon(icons.icon("left"))
        self.back.setToolTip("返回列表（Esc）")
        self.back.setAccessibleName("返回列表")
        self.title, self.state = QLabel(self), QLabel(self)
        self.title.setProperty("role", "section")
        self.state.setProperty("role", "secondary")
        self.previous, self.next, self.save = (QPushButton(words, self) for words in ("上一条", "下一条", "保存"))
        for button, key in ((self.previous, "Ctrl+PgUp"), (self.next, "Ctrl+PgDn"), (self.save, "Ctrl+S")):
            button.setToolTip(key)
        self.save.setProperty("kind", "primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        for widget in (self.back, self.title, self.state):
            row.addWidget(widget)
        row.addStretch(1)
        for button in (self.previous, self.next, self.save):
            row.addWidget(button)
