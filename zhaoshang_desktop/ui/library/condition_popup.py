"""What opens below a chip: a list to choose from, or a comparison to type."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.query import Operator, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library import conditions
from zhaoshang_desktop.ui.library.conditions import Option

VALUE = int(Qt.ItemDataRole.UserRole)
MANY = 10


class Popup(QFrame):
    """A frame below a button that closes when one clicks elsewhere or presses Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.setSpacing(6)

    def show_below(self, button: QWidget) -> None:
        """Open under that button, inside the screen."""
        self.adjustSize()
        point = button.mapToGlobal(QPoint(0, button.height() + 4))
        right = button.window().frameGeometry().right() - self.width() - 8
        self.move(min(point.x(), max(0, right)), point.y())
        self.show()


class TickList(QListWidget):
    """Entries that a click or the space bar ticks; `toggled` carries the entry."""

    toggled = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.itemClicked.connect(self.toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self.toggle(item)
        else:
            super().keyPressEvent(event)

    def toggle(self, item: QListWidgetItem) -> None:
        """Tick or untick."""
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.toggled.emit(item)


class FieldPopup(Popup):
    """All fields of the record type, to choose the one for a condition."""

    chosen = Signal(str)

    def __init__(self, record: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("找字段…")
        self.list = QListWidget(self)
        self.list.setFixedSize(200, 280)
        for field in fields_of(record):
            item = QListWidgetItem(field.label, self.list)
            item.setData(VALUE, field.name)
        self.column.addWidget(self._filter)
        self.column.addWidget(self.list)
        self._filter.textChanged.connect(self._narrow)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._filter.setFocus()

    def _narrow(self, text: str) -> None:
        narrow(self.list, text)

    def _choose(self, item: QListWidgetItem) -> None:
        name = item.data(VALUE)
        self.close()
        self.chosen.emit(name)


class ConditionPopup(Popup):
    """`changed` carries the field and its new condition, or None when it is taken off."""

    changed = Signal(str, object)

    def __init__(self, desk: Desk, record: type[Record], name: str, where: Where | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = record
        self._field = field_of(record, name)
        self._way = conditions.way_of(record, name)
        self._where = where
        self.column.addWidget(_label(self._field.label))
        if conditions.is_chosen(self._way):
            self._build_list()
        elif self._way.typed:
            self._build_typed()
        self._build_foot()

    def _build_list(self) -> None:
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("找…")
        self._filter.textChanged.connect(self._narrow)
        self.list = TickList(self)
        self.list.setFixedSize(220, 240)
        self.list.toggled.connect(self._choose)
        self.column.addWidget(self._filter)
        self.column.addWidget(self.list)
        question = conditions.options(self._record, self._field.name)
        self._desk.ask("options", question, self._fill)

    def _build_typed(self) -> None:
        row = QHBoxLayout()
        self._operator = QComboBox(self)
        for operator, words in self._way.typed:
            self._operator.addItem(words, operator)
        self.typed = QLineEdit(self)
        self.typed.setMinimumWidth(150)
        row.addWidget(self._operator)
        row.addWidget(self.typed)
        self.column.addLayout(row)
        self.wrong = _label("", "wrong")
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        if self._where is not None and self._where.operator in dict(self._way.typed):
            self._operator.setCurrentIndex(self._operator.findData(self._where.operator))
            self.typed.setText(self._field.kind.write(self._where.value))
        self.typed.returnPressed.connect(self.apply)
        self.typed.setFocus()

    def _build_foot(self) -> None:
        row = QHBoxLayout()
        if self._way.typed:
            done = QPushButton("筛选", self)
            done.setProperty("kind", "primary")
            done.clicked.connect(self.apply)
            row.addWidget(done)
        for words, slot in (("未填", self._ask_empty), ("已填", self._ask_filled), ("清除", self._clear)):
            button = QPushButton(words, self)
            button.setProperty("kind", "chip")
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _fill(self, options: tuple[Option, ...]) -> None:
        chosen = self._where.value if self._where is not None else ()
        chosen = chosen if isinstance(chosen, tuple) else (chosen,)
        for option in options:
            item = QListWidgetItem("　" * option.inside + option.text, self.list)
            item.setData(VALUE, option.value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            parts = option.value if isinstance(option.value, tuple) else (option.value,)
            item.setCheckState(Qt.CheckState.Checked if set(parts) <= set(chosen) else Qt.CheckState.Unchecked)
        self._filter.setVisible(len(options) > MANY)
        if not options:
            self.list.hide()
            self.column.insertWidget(1, _label("这个字段还没有内容。", "secondary"))
        self.adjustSize()

    def _choose(self, item: QListWidgetItem) -> None:
        if not self._way.several:
            for other in self._items():
                if other is not item:
                    other.setCheckState(Qt.CheckState.Unchecked)
        ticked = (other.data(VALUE) for other in self._items() if other.checkState() == Qt.CheckState.Checked)
        parts = (one if isinstance(one, tuple | list) else (one,) for one in ticked)
        values = tuple(dict.fromkeys(part for group in parts for part in group))
        if not values:
            self._set(None)
        elif self._way.several:
            self._set((self._way.operator, values))
        else:
            self._set((self._way.operator, values[0]))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def apply(self) -> None:
        """Take what was typed, if it can be understood."""
        try:
            value = self._field.kind.read(self.typed.text())
        except NotUnderstood as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self._set((self._operator.currentData(), value))
        self.close()

    def _narrow(self, text: str) -> None:
        narrow(self.list, text)

    def _ask_empty(self) -> None:
        self._set(("empty", None))
        self.close()

    def _ask_filled(self) -> None:
        self._set(("filled", None))
        self.close()

    def _clear(self) -> None:
        self._set(None)
        self.close()

    def _set(self, condition: tuple[Operator, Any] | None) -> None:
        where = Where(self._field.name, *condition) if condition is not None else None
        self.changed.emit(self._field.name, where)


def narrow(items: QListWidget, text: str) -> None:
    """Hide the entries that do not hold these characters."""
    wanted = text.strip()
    for row in range(items.count()):
        items.item(row).setHidden(wanted not in items.item(row).text())


def _label(text: str, role: str = "label") -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
