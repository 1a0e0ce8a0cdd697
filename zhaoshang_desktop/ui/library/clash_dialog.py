"""Two people changed the same field: mine and theirs side by side, to be chosen field by field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.clash import Clash, EditClash, Written
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.runtime.clock import to_local
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.values import written

MINE, THEIRS = 1, 2
WIDTH, TALLEST = 640, 360


class ClashDialog(QDialog):
    """`chosen` carries what is to be stored, and the version it is for; Esc stores nothing and loses nothing."""

    chosen = Signal(object, int)

    def __init__(self, desk: Desk, clash: EditClash, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("两个人改了同一处")
        self.resize(WIDTH, 10)
        self._desk = desk
        self._clash = clash
        self._groups: dict[str, QButtonGroup] = {}
        self._build()
        self._tell()

    def choose_all(self, side: int) -> None:
        """Mine or theirs throughout."""
        for group in self._groups.values():
            group.button(side).setChecked(True)

    def store(self) -> None:
        """As chosen."""
        if self._save.isEnabled():
            mine = [name for name, group in self._groups.items() if group.checkedId() == MINE]
            self.accept()
            self.chosen.emit(self._clash.resolved(mine), self._clash.version)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = QLabel(f"{self._clash.record.title}　有 {len(self._clash.clashes)} 处和别人的修改不一致", self)
        head.setProperty("role", "section")
        head.setWordWrap(True)
        rest = QLabel("选用一个，就能保存；你改的其他内容会一起保存。", self)
        rest.setProperty("role", "secondary")
        rest.setWordWrap(True)
        column.addWidget(head)
        column.addWidget(rest)
        column.addWidget(self._fields(), 1)
        column.addLayout(self._buttons())

    def _fields(self) -> QWidget:
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, clash in enumerate(self._clash.clashes):
            self._add_field(grid, number * 4, clash)
        grid.setRowStretch(len(self._clash.clashes) * 4, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        scroll.setMinimumHeight(min(body.sizeHint().height() + 8, TALLEST))
        return scroll

    def _add_field(self, grid: QGridLayout, row: int, clash: Clash) -> None:
        field = field_of(type(self._clash.record), clash.field)
        name = QLabel(field.label, self)
        name.setProperty("role", "heading")
        before = QLabel(f"原来：{self._text(clash.field, clash.base)}", self)
        before.setProperty("role", "secondary")
        before.setWordWrap(True)
        grid.addWidget(name, row, 0, 1, 2)
        grid.addWidget(before, row + 1, 0, 1, 2)
        group = QButtonGroup(self)
        who = f"{clash.actor or '别人'} {to_local(clash.at):%m-%d %H:%M}"
        for side, label, value in ((MINE, "我的", clash.mine), (THEIRS, who, clash.theirs)):
            button = QRadioButton(label, self)
            text = QLabel(self._text(clash.field, value), self)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            button.setAccessibleDescription(text.text())
            group.addButton(button, side)
            grid.addWidget(button, row + 1 + side, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row + 1 + side, 1)
        group.idToggled.connect(self._tell)
        self._groups[clash.field] = group

    def _text(self, name: str, side: Written) -> str:
        kind: Any = field_of(type(self._clash.record), name).kind
        if side.raw:
            return f"“{side.raw}”（原文）"
        return "空" if side.value is None or side.value == kind.empty else written(kind, side.value, self._desk.titles)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, side in (("全用我的", self._all_mine), ("全用对方的", self._all_theirs)):
            button = QPushButton(words, self)
            button.clicked.connect(side)
            button.setVisible(len(self._clash.clashes) > 1)
            row.addWidget(button)
        row.addStretch(1)
        later = QPushButton("先放下", self)
        later.setToolTip("什么都不保存，回去接着看（Esc）")
        later.clicked.connect(self.reject)
        self._save = QPushButton("按选的保存", self)
        self._save.setProperty("kind", "primary")
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self.store)
        row.addWidget(later)
        row.addWidget(self._save)
        return row

    def _all_mine(self) -> None:
        self.choose_all(MINE)

    def _all_theirs(self) -> None:
        self.choose_all(THEIRS)

    def _tell(self) -> None:
        self._save.setEnabled(all(group.checkedId() > 0 for group in self._groups.values()))
