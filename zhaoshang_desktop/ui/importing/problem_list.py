"""The cells to look at, one below the other; F8 goes to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.ui import icons, theme
from zhaoshang_desktop.ui.importing.marks import sentence_of
from zhaoshang_desktop.ui.pieces import hover

ROW, ROW_WIDTH = 28, 76
_ROOM_FOR_TEXTS = 480
PROBLEM = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class ProblemList(QWidget):
    """`chosen` carries the CellProblem that was gone to."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = _Problems(self)
        self._count = QLabel(self)
        self._count.setProperty("role", "heading")
        keys = QLabel("F8 下一处　Shift+F8 上一处", self)
        keys.setProperty("role", "secondary")
        self.kinds = QPushButton(self)
        self.kinds.setProperty("kind", "chip")
        self.kinds.setToolTip("只看一个字段的")
        self.kinds.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.kinds.clicked.connect(self._offer_kinds)
        self._all: Sequence[CellProblem] = ()
        self._rows = ""
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setAccessibleName("要看的单元格")
        self.list.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._count)
        head.addWidget(keys)
        head.addStretch(1)
        head.addWidget(self.kinds)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_problems(self, problems: Sequence[CellProblem], rows: str = "") -> None:
        """These, from the first; `rows` says among how many rows when not all have been looked at."""
        self._all, self._rows = problems, rows
        self.show_kind("")

    def show_kind(self, field: str) -> None:
        """Only those of one field; "" shows all."""
        shown = [one for one in self._all if one.field == field] if field else self._all
        self._model.show(shown)
        self._count.setText(f"{self._rows}{len(shown):,} 处要看一眼" if shown else "没有要看的单元格")
        self.kinds.setText(f"{field or '全部字段'} ▾")
        self.kinds.setVisible(len(self._kinds()) > 1)
        self.list.setCurrentIndex(QModelIndex())

    @property
    def problems(self) -> Sequence[CellProblem]:
        """Those shown."""
        return self._model.problems

    def step(self, by: int) -> CellProblem | None:
        """Go to the next (1) or the one before (-1), round and round; None when there is none."""
        count = self._model.rowCount()
        if not count:
            return None
        row = self.list.currentIndex().row()
        index = self._model.index((row + by) % count if row >= 0 else 0 if by > 0 else count - 1, 0)
        self.list.setCurrentIndex(index)
        self._choose(index)
        return self._model.problems[index.row()]

    def _kinds(self) -> Counter[str]:
        return Counter(problem.field for problem in self._all)

    def _offer_kinds(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"全部字段 {len(self._all):,}").setData("")
        for field, count in self._kinds().most_common():
            menu.addAction(f"{field} {count:,}").setData(field)
        menu.triggered.connect(self._take_kind)
        menu.popup(self.kinds.mapToGlobal(QPoint(0, self.kinds.height())))

    def _take_kind(self, action: QAction) -> None:
        self.show_kind(action.data())

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.problems[index.row()])


class _Problems(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.problems: Sequence[CellProblem] = ()

    def show(self, problems: Sequence[CellProblem]) -> None:
        self.beginResetModel()
        self.problems = problems
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = 0) -> Any:
        problem = self.problems[index.row()]
        if role == PROBLEM:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return f"第 {problem.row} 行 {problem.field} {problem.text}　{sentence_of(problem)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(f"第 {problem.row} 行 {problem.field} {problem.text}\n{sentence_of(problem)}")
        return None


class _Lines(QStyledItemDelegate):
    """Where, what stands there, what is wrong: in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        problem: CellProblem = index.data(PROBLEM)
        rect = option.rect
        painter.save()
        if index == cast(QListView, option.widget).currentIndex():
            painter.fillRect(rect, theme.colour("selection"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        sign = icons.picture("warning", "amber" if problem.warning else "red", 16)
        painter.drawPixmap(rect.left() + 4, rect.top() + (ROW - 16) // 2, sign)
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        metrics, left = painter.fontMetrics(), rect.left() + 28
        share = max(rect.width() - 28 - ROW_WIDTH, 0)
        texts = share > _ROOM_FOR_TEXTS
        for text, meaning, width in (
            (f"第 {problem.row} 行", "secondary", ROW_WIDTH),
            (problem.field, "secondary", min(share // 4, 170)),
            (" ".join(problem.text.split()), "text", min(share // 4, 220) if texts else 0),
            (sentence_of(problem), "text", share),
        ):
            if not width:
                continue
            room = rect.adjusted(left - rect.left(), 0, 0, 0)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, min(width - 12, rect.right() - left))
            painter.setPen(theme.colour(meaning))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
            left += width
        painter.restore()
