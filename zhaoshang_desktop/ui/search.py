"""全局搜索: one box over all libraries; what is found, grouped by library, as one types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem

from zhaoshang_desktop.domain.libraries import LIBRARY_TITLES, RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.library.columns import second_line

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

EACH = 6
GROUPS = (
    ("investor", LIBRARY_TITLES["investors"]),
    ("project", LIBRARY_TITLES["projects"]),
    ("lead", LIBRARY_TITLES["leads"]),
    ("expert", LIBRARY_TITLES["experts"]),
    ("member", "招商人员"),
    ("trip", "外出"),
    ("reception", "请进来"),
)
RECORD, SECOND = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
ROW, WIDTH = 30, 460


@dataclass(frozen=True)
class Found:
    """What one library has; `total` counts all of it, `records` are the first."""

    title: str
    records: tuple[Record, ...]
    more: bool


def everywhere(words: str) -> Any:
    """The question: the first of each library, one library after the other."""

    def question(office: Office) -> Iterator[tuple[Found, ...]]:
        groups: list[Found] = []
        for noun, title in GROUPS:
            record = RECORDS[noun]
            keys = office.first_ids(Query(record, words=words), EACH + 1)
            if keys:
                groups.append(Found(title, tuple(office.rows(record, keys[:EACH])), len(keys) > EACH))
        yield tuple(groups)

    return question


class GlobalSearch(QObject):
    """The popup under the search box; the box keeps the focus, so that typing is never interrupted."""

    chosen = Signal(object, object)

    def __init__(self, box: QLineEdit, desk: Desk) -> None:
        super().__init__(box)
        self._box = box
        self._desk = desk
        self._model = QStandardItemModel(self)
        self.popup = QListView(box.window())
        self.popup.setObjectName("popup")
        self.popup.setModel(self._model)
        self.popup.setItemDelegate(_Rows(self.popup))
        self.popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setMouseTracking(True)
        self.popup.hide()
        box.textChanged.connect(self._ask)
        box.installEventFilter(self)
        self.popup.clicked.connect(self._choose)

    def focus(self) -> None:
        """Where one would type next."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event.key()):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape and (self.popup.isVisible() or self._box.text()):
            self.popup.hide()
            self._box.clear()
            return True
        if not self.popup.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.popup.currentIndex())
            return True
        return False

    def _ask(self, text: str) -> None:
        if text.strip() and self._desk.is_open:
            self._desk.ask("everywhere", everywhere(text.strip()), self._show)
        else:
            self.popup.hide()

    def _show(self, groups: tuple[Found, ...]) -> None:
        self._model.clear()
        for group in groups:
            self._add(group.title + (f"（前 {EACH} 条）" if group.more else ""), None, "")
            for record in group.records:
                self._add(record.title, record, second_line(record, self._desk.titles))
        if not groups:
            self._add(f"四个库里都没有“{self._box.text().strip()}”", None, "")
        self._place()
        self._step(1, start=-1)

    def _add(self, text: str, record: Record | None, second: str) -> None:
        item = QStandardItem(text)
        item.setData(record, RECORD)
        item.setData(second, SECOND)
        item.setSelectable(record is not None)
        self._model.appendRow(item)

    def _place(self) -> None:
        window = self._box.window()
        below = self._box.mapTo(window, QPoint(self._box.width() - WIDTH, self._box.height() + 4))
        height = min(self._model.rowCount() * ROW + 8, window.height() - below.y() - 40)
        self.popup.setGeometry(max(8, below.x()), below.y(), WIDTH, height)
        self.popup.show()
        self.popup.raise_()

    def _step(self, by: int, start: int | None = None) -> None:
        row = self.popup.currentIndex().row() if start is None else start
        while 0 <= (row := row + by) < self._model.rowCount():
            if self._model.item(row).isSelectable():
                self.popup.setCurrentIndex(self._model.index(row, 0))
                return

    def _choose(self, index: QModelIndex) -> None:
        record = index.data(RECORD) if index.isValid() else None
        if isinstance(record, Record):
            self.popup.hide()
            self._box.clear()
            self.chosen.emit(type(record), record.id)


class _Rows(QStyledItemDelegate):
    """Headings small and grey; records with their second line at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(WIDTH - 20, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        rect = option.rect.adjusted(12, 0, -12, 0)
        record = index.data(RECORD)
        painter.save()
        if record is None:
            painter.setPen(theme.colour("secondary"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            if index == option.widget.currentIndex():  # type: ignore[attr-defined]
                painter.fillRect(option.rect, theme.colour("selection"))
            metrics = painter.fontMetrics()
            second = metrics.elidedText(index.data(SECOND), Qt.TextElideMode.ElideRight, rect.width() // 2)
            painter.setPen(theme.colour("secondary"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, second)
            room = rect.adjusted(8, 0, -metrics.horizontalAdvance(second) - 12, 0)
            painter.setPen(theme.colour("text"))
            first = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, first)
        painter.restore()
