"""Records that belong to the one on the page, as a table that is edited where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.record import new_record, remove_records
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of, fields_of
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.cell_editing import CellDelegate
from zhaoshang_desktop.ui.library.child_model import WAITS, ChildModel
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.library.relations import Relation

Index = QModelIndex | QPersistentModelIndex
ROW, MOST = 28, 8
NAMED, PADDING = 200, 6
MIDDLE = Qt.AlignmentFlag.AlignVCenter
BEGUN: dict[str, dict[str, Any]] = {"visit": {"state": "已完成", "way": "电话"}}
"""What a row that is added by hand begins with: a visit typed here has been paid already."""


class _Editing(CellDelegate):
    def target(self, index: Index) -> tuple[Record | None, Field]:
        model: Any = index.model()
        return model.seen(index.row())[0], field_of(model.record, model.columns[index.column()].name)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(WAITS):
            painter.setPen(theme.colour("amber"))
            painter.drawText(option.rect.adjusted(0, 0, -2, 0), Qt.AlignmentFlag.AlignRight | MIDDLE, "↑")


class ChildTable(QWidget):
    """Every change is stored at once; a new row is stored as soon as what it requires is there.

    Under a record that is not stored yet rows wait (`waiting`) to be stored with it; `edited` when one changes.
    A relation without a field is a table that belongs to nobody; a `tall` one takes all the room there is.
    """

    WHOLE = "全部字段…"
    """What the button says that opens the current row in a window."""

    edited = Signal()

    def __init__(
        self, desk: Desk, owner: type[Record], relation: Relation, parent: QWidget, *, tall: bool = False
    ) -> None:
        super().__init__(parent)
        self._tall = tall
        self._desk = desk
        self._relation = relation
        self._owner = 0
        self.model = ChildModel(desk, relation, self)
        self.view = _Rows(self)
        self.view.setObjectName("children")
        self.view.setModel(self.model)
        editing = _Editing(desk, self.view)
        editing.closeEditor.connect(self._edit_over)
        self.view.setItemDelegate(editing)
        self._held: Sequence[Record] | None = None
        for number, column in enumerate(self.model.columns):
            head = self.view.fontMetrics().horizontalAdvance(f"{column.label} *") + 2 * PADDING
            named = NAMED if column.name in ("project", "investor") else 0
            self.view.setColumnWidth(number, max(column.width, named, head))
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.removal_asked.connect(self.remove)
        self.view.more_asked.connect(self.open_whole)
        self.model.edited.connect(self._edit)
        desk.waiting.connect(self._show_unsent)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(24, 8, 24, 8)
        column_box.setSpacing(4)
        column_box.addLayout(self._head())
        self._hint = QLabel(self)
        self._hint.setProperty("role", "secondary")
        column_box.addWidget(self._hint)
        column_box.addWidget(self.view)

    def put(self, owner: int, rows: Sequence[Record]) -> None:
        """Show the records of that owner; 0 is one that is not stored yet. What is being typed is typed to its end."""
        if owner == self._owner and self.view.editing:
            self._held = rows
            return
        self._held = None
        if owner != self._owner:
            self.model.rows = []
        self._owner = owner
        self.model.put(rows, owner)
        self._fit()

    def commit(self) -> None:
        """What is being typed into a cell counts as typed."""
        if self.view.editing:
            self.view.setFocus()

    def waiting(self) -> list[Record]:
        """The rows that are not stored yet and say something."""
        return [row for row in self.model.rows if not row.id and _says_something(row, self._begun())]

    def take_up(self, rows: Sequence[Record]) -> None:
        """Rows of a draft, for the record that is not stored yet."""
        self.model.rows = [*rows]
        self.put(0, ())

    def settle(self, owner: int) -> None:
        """The record is stored now, and what waited with it; what was typed since then follows."""
        late = [row for row in self.waiting() if not row.id]
        self._owner, self.model.rows = owner, []
        for row in late:
            setattr(row, self._relation.field, owner)
            if self._lacks(row):
                self.model.rows.append(row)
            else:
                self._desk.run(new_record, row, on_done=self._added)

    def incomplete(self) -> str:
        """Which waiting row lacks what, in a sentence; "" when none does. The cursor goes there."""
        for row in self.waiting():
            missing = self._lacks(row)
            if missing:
                self._go_to(row, missing[0].name)
                number = self.waiting().index(row) + 1
                return f"第 {number} 行{self._relation.title}还没有填“{missing[0].label}”。"
        return ""

    def add(self) -> None:
        """A new row, with the cursor in it; one that is still empty is used first."""
        self.commit()
        empty = [row for row in self.model.rows if not row.id and not _says_something(row, self._begun())]
        if empty:
            self._go_to(empty[0], self.model.columns[0].name)
            return
        record = self.model.record()
        for name, value in self._begun().items():
            setattr(record, name, value)
        self.model.add(record)
        self._fit()
        index = self.model.index(len(self.model.rows) - 1, 0)
        self.view.setCurrentIndex(index)
        self.view.edit(index)

    def remove(self) -> None:
        """The selected rows into the recycle bin."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        records = [self.model.rows[row] for row in rows if row < len(self.model.rows)]
        for record in records:
            if not record.id:
                self.model.drop(record)
        keys = [record.id for record in records if record.id]
        if keys and self._relation.own and self._desk.may_change(self.model.record):
            self._desk.run(remove_records, self.model.record, keys, on_done=self._removed)
        self._fit()
        self.edited.emit()

    def open_whole(self) -> None:
        """All fields of the current row, in a window of their own."""
        from zhaoshang_desktop.ui.library.child_dialog import ChildDialog  # made when first needed

        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rows) and self._relation.own:
            dialog = ChildDialog(self._desk, self.model.seen(row)[0], (self._relation.field,), self)
            dialog.filled.connect(self._filled)
            dialog.open()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        heading = QLabel(self._relation.title, self)
        heading.setProperty("role", "section")
        row.addWidget(heading)
        row.addStretch(1)
        self._whole = QPushButton(self.WHOLE, self)
        self._whole.clicked.connect(self.open_whole)
        self._add = QPushButton(f"＋ 添加{self._relation.title}", self)
        self._add.clicked.connect(self.add)
        row.addWidget(self._whole)
        row.addWidget(self._add)
        return row

    def _fit(self) -> None:
        count = self.model.rowCount()
        if not self._tall:
            self.view.setFixedHeight(min(max(count, 0), MOST) * ROW + 32)
        self.view.setVisible(count > 0 or self._tall)
        self._whole.setVisible(count > 0 and self._relation.own)
        self._add.setVisible(self._relation.own and self._desk.may_change(self.model.record))
        self.setVisible(self._relation.own or count > 0)
        self._hint.setText("" if count else f"还没有{self._relation.title}。")
        self._hint.setVisible(not count)

    def _edit(self, record: Record, name: str, value: Any, raw: str) -> None:
        if record.id:
            changes = {name: value, "raw": {name: raw}} if raw or name in record.raw else {name: value}
            Edit(self._desk, self, record, changes)
            return
        setattr(record, name, value)
        if raw:
            record.raw[name] = raw
        self._store_or_wait(record)

    def _show_unsent(self) -> None:
        if not self.view.editing:
            self.model.show_unsent()
            self._fit()

    def _edit_over(self) -> None:
        if self._held is not None:
            QTimer.singleShot(0, self._put_held)

    def _put_held(self) -> None:
        if self._held is not None:
            self.put(self._owner, self._held)

    def _filled(self, record: Record) -> None:
        """All fields of a row that is not stored were seen to."""
        if any(one is record for one in self.model.rows):
            self._store_or_wait(record)

    def _store_or_wait(self, record: Record) -> None:
        missing = self._lacks(record)
        if self._owner and not missing:
            self.model.drop(record)
            self._desk.run(new_record, record, on_done=self._added)
            return
        row = next(number for number, one in enumerate(self.model.rows) if one is record)
        self.model.dataChanged.emit(self.model.index(row, 0), self.model.index(row, len(self.model.columns) - 1))
        self._hint.setText("带 * 的列填好后就会保存。" if missing else "和上面的内容一起保存。")
        self._hint.show()
        self.edited.emit()

    def _begun(self) -> dict[str, Any]:
        """What a new row says before anybody has typed."""
        begun: dict[str, Any] = dict(BEGUN.get(self.model.record.NOUN, {}))
        if self._relation.field:
            begun[self._relation.field] = self._owner
        return begun | {"day": self._desk.today()} if self.model.record is Visit else begun

    def _lacks(self, record: Record) -> list[Field]:
        """The required fields that stand empty, but for the one that points to the record it stands under."""
        fields = [one for one in fields_of(self.model.record) if one.spec.required and one.name != self._relation.field]
        return [one for one in fields if getattr(record, one.name) == one.kind.empty and one.name not in record.raw]

    def _go_to(self, record: Record, name: str) -> None:
        self.view.setFocus()
        row = next(number for number, one in enumerate(self.model.rows) if one is record)
        columns = [column.name for column in self.model.columns]
        self.view.setCurrentIndex(self.model.index(row, columns.index(name) if name in columns else 0))

    def _added(self, changes: Changes) -> None:
        self._desk.say(f"已添加{RECORD_TITLES[self._relation.noun]}。", changes.batch)

    def _removed(self, changes: Changes) -> None:
        self._desk.say("已移到回收站。", changes.batch)


def _says_something(record: Record, begun: dict[str, Any]) -> bool:
    """Has anything been typed, beyond what a new row begins with?"""
    plain = type(record)(**begun)
    fields = [one for one in fields_of(type(record)) if not one.spec.derived]
    return bool(record.raw) or any(getattr(record, one.name) != getattr(plain, one.name) for one in fields)


class _Rows(QTableView):
    """Rows of a child table: Del removes, Enter opens all fields, F2 or a double click edits."""

    removal_asked = Signal()
    more_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setShowGrid(True)
        self.setGridStyle(Qt.PenStyle.SolidLine)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setFixedHeight(28)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def editing(self) -> bool:
        """Is a cell open?"""
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.more_asked.emit()
        else:
            super().keyPressEvent(event)
