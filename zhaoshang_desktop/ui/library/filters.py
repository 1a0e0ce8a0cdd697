"""The toolbar's chips: one for each condition, set by choosing or by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from zhaoshang_desktop.domain.query import Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.chips import CHIPS, SHORT_LABELS

CROSS = 20


class Chip(QPushButton):
    """A condition: quiet while it is not set, tinted with a ✕ when it is; Backspace or the ✕ takes it off."""

    asked = Signal(str)
    cleared = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.label = label
        self.setProperty("kind", "chip")
        self.setProperty("active", "false")
        self.setText(f"{label} ▾")
        self.setMaximumWidth(220)
        self.clicked.connect(self._ask)

    def show_text(self, text: str) -> None:
        """What is asked for; "" when nothing is."""
        self.setText(f"{text}  ✕" if text else f"{self.label} ▾")
        theme.restyle(self, "active", "true" if text else "false")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.property("active") == "true" and event.position().x() > self.width() - CROSS:
            self.cleared.emit(self.name)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.property("active") == "true":
            self.cleared.emit(self.name)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asked.emit(self.name)


class FilterBar(QWidget):
    """The usual chips in one row; conditions on other fields follow them. `changed` after every change."""

    changed = Signal()

    def __init__(self, desk: Desk, record: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = record
        self._where: dict[str, Where] = {}
        self._chips: dict[str, Chip] = {}
        self._usual = CHIPS.get(record.NOUN, ())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._more = QPushButton("＋ 条件", self)
        self._more.setProperty("kind", "chip")
        self._more.clicked.connect(self._ask_field)
        self._row.addWidget(self._more)
        for name in self._usual:
            self._add(name)

    @property
    def where(self) -> tuple[Where, ...]:
        """The conditions now set."""
        return tuple(self._where.values())

    def put(self, where: tuple[Where, ...]) -> None:
        """Set these conditions and no others; does not say `changed`."""
        self._where = {one.field: one for one in where}
        for name in [*self._chips]:
            if name not in self._usual and name not in self._where:
                self._drop(name)
        for name in self._where:
            self._add(name)
        self.redraw()

    def redraw(self) -> None:
        """Write the chips anew, with titles that have become known."""
        for name, chip in self._chips.items():
            where = self._where.get(name)
            chip.show_text(self._words(where) if where else "")

    def set(self, where: Where) -> None:
        """Set or change the condition on one field."""
        self._where[where.field] = where
        self._add(where.field)
        self.redraw()
        self.changed.emit()

    def clear(self, name: str) -> None:
        """Take the condition on that field off."""
        if self._where.pop(name, None) is not None:
            if name not in self._usual:
                self._drop(name)
            self.redraw()
            self.changed.emit()

    def set_roomy(self, roomy: bool) -> None:
        """With little room the last of the usual chips steps back while it is not set."""
        for name in self._usual[-1:]:
            self._chips[name].setVisible(roomy or name in self._where)

    def chip(self, name: str) -> Chip:
        """The chip of that field."""
        return self._chips[name]

    def ask(self, name: str) -> None:
        """Open what is asked of that field, below its chip."""
        from zhaoshang_desktop.ui.library.condition_popup import ConditionPopup  # after the first picture

        below = self._chips.get(name, self._more)
        popup = ConditionPopup(self._desk, self._record, name, self._where.get(name), self)
        popup.changed.connect(self._take)
        popup.show_below(below)

    def _words(self, where: Where) -> str:
        from zhaoshang_desktop.ui.library.conditions import chip_text  # after the first picture

        return chip_text(self._record, where, self._desk.titles)

    def _add(self, name: str) -> None:
        if name in self._chips:
            return
        label = SHORT_LABELS.get(name, field_of(self._record, name).label)
        chip = Chip(name, label, self)
        chip.asked.connect(self.ask)
        chip.cleared.connect(self.clear)
        self._chips[name] = chip
        self._row.insertWidget(self._row.count() - 1, chip)

    def _drop(self, name: str) -> None:
        chip = self._chips.pop(name)
        self._row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _take(self, name: str, where: Where | None) -> None:
        if where is None:
            self.clear(name)
        else:
            self.set(where)

    def _ask_field(self) -> None:
        from zhaoshang_desktop.ui.library.condition_popup import FieldPopup  # after the first picture

        popup = FieldPopup(self._record, self)
        popup.chosen.connect(self.ask)
        popup.show_below(self._more)
