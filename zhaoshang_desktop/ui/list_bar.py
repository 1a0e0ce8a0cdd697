"""The bar over a list: words, chips that narrow it, and what can be done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from zhaoshang_desktop.ui import theme

WIDEST = 260


class ListBar(QFrame):
    """`chosen` carries a chip, `called` the name of a button; the words are those of `search`."""

    chosen = Signal(str)
    called = Signal(str)

    def __init__(
        self, what: str, hint: str, chips: Sequence[str], buttons: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:
        """`buttons` are (text, name); the last is what one mostly does here."""
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setFixedHeight(44)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(f"搜索{what}")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(WIDEST)
        self.chips: dict[str, QPushButton] = {}
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 2)
        for name in chips:
            self.chips[name] = chip = QPushButton(name, self)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._choose)
            row.addWidget(chip)
        row.addStretch(1)
        for text, name in buttons:
            button = QPushButton(text, self)
            button.setObjectName(name)
            button.setProperty("kind", "primary" if name == buttons[-1][1] else "")
            button.clicked.connect(self._call)
            self.buttons[name] = button
            row.addWidget(button)

    def mark(self, active: Collection[str]) -> None:
        """Show which chips narrow the list now."""
        for name, chip in self.chips.items():
            chip.setChecked(name in active)
            theme.restyle(chip, "active", name in active)

    def offer(self, names: Collection[str]) -> None:
        """Show these of its buttons."""
        for name, button in self.buttons.items():
            button.setVisible(name in names)

    def start(self) -> None:
        """The cursor goes where words are typed."""
        self.search.setFocus()
        self.search.selectAll()

    def _choose(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QPushButton)
        self.chosen.emit(chip.text())

    def _call(self) -> None:
        self.called.emit(self.sender().objectName())
