"""The records that will be, one row each, with corners where something is to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.mapping import Mapping, Match
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.draft_values import UNREAD, text_at
from zhaoshang_desktop.ui.importing.marks import draw_corner, sentence_of
from zhaoshang_desktop.ui.library.columns import HABITS, TITLE_WIDTH
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
_ROW_WIDTH = 52


class DraftModel(QAbstractTableModel):
    """Drafts by their place in the list; texts are made when they are seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.matches: tuple[Match, ...] = ()
        self.drafts: Sequence[Draft] = ()
        self.labels: list[str] = []
        self.rights: list[bool] = []
        self._sheet = Sheet("", [])
        self._shown: Sequence[int] = ()

    def show(self, sheet: Sheet, mapping: Mapping, drafts: Sequence[Draft], only_marked: bool) -> None:
        """All of them, or those with something to look at."""
        self.beginResetModel()
        targets = targets_of(mapping.record)
        self._sheet, self.matches, self.drafts = sheet, mapping.used, drafts
        self.labels = [targets[match.path].label for match in self.matches]
        self.rights = [HABITS[type(targets[match.path].kind)].right for match in self.matches]
        marked = [place for place, draft in enumerate(drafts) if draft.problems or draft.rejected]
        self._shown = marked if only_marked else range(len(drafts))
        self.endResetModel()

    def draft_at(self, row: int) -> Draft:
        return self.drafts[self._shown[row]]

    def place_of(self, problem: CellProblem) -> tuple[int, int]:
        """Where on screen that cell is; -1, -1 when its row is not shown."""
        row = next((row for row in range(len(self._shown)) if self.draft_at(row).row == problem.row), -1)
        return row, max(self.column_of(problem), 0)

    def column_of(self, problem: CellProblem) -> int:
        """The column that the problem is about, -1 when there is none."""
        return next((place for place, one in enumerate(self.matches) if one.column.letter == problem.column), -1)

    def problem_at(self, row: int, column: int) -> CellProblem | None:
        """What is to be looked at there."""
        letter = self.matches[column].column.letter
        return next((one for one in self.draft_at(row).problems if one.column == letter), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.matches)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.labels[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.rights[section] else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        elif role == Qt.ItemDataRole.DisplayRole:
            draft = self.draft_at(section)
            return f"✕ {draft.row}" if draft.rejected else str(draft.row)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return text_at(self.draft_at(index.row()), self.matches[index.column()], self._sheet)
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = self.problem_at(index.row(), index.column())
            if problem is not None:
                return hover(f"原表 {problem.column}{problem.row}“{problem.text}”：{sentence_of(problem)}")
            return hover(index.data(Qt.ItemDataRole.DisplayRole)) or None
        return None


class DraftTable(QTableView):
    """The preview."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.records = DraftModel(self)
        self.setModel(self.records)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("导入后的样子")
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(28)
        self.horizontalHeader().setStretchLastSection(True)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        side.setFixedWidth(_ROW_WIDTH)
        side.setHighlightSections(False)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_drafts(self, sheet: Sheet, mapping: Mapping, drafts: Sequence[Draft], only_marked: bool) -> None:
        """Another preview; columns as wide as their kind usually is."""
        before = [match.path for match in self.records.matches]
        self.records.show(sheet, mapping, drafts, only_marked)
        if before == [match.path for match in mapping.used]:
            return
        targets = targets_of(mapping.record)
        for place, match in enumerate(mapping.used):
            wanted = HABITS[type(targets[match.path].kind)].width
            heading = self.fontMetrics().horizontalAdvance(self.records.labels[place]) + 24
            self.setColumnWidth(place, TITLE_WIDTH if match.path == mapping.record.TITLE else max(wanted, heading))

    def go_to(self, problem: CellProblem) -> None:
        """Put the cursor on that cell."""
        row, column = self.records.place_of(problem)
        if row >= 0:
            index = self.records.index(row, column)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = cast(DraftModel, index.model())
        rect = option.rect
        draft = model.draft_at(index.row())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        if draft.rejected or selected:
            painter.fillRect(rect, theme.colour("selection" if selected else "red_tint"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text, meaning = index.data(), "text"
        if draft.rejected and index.column() == 0 and not text:
            text, meaning = f"✕ {draft.rejected}，不导入", "red"
        elif text.startswith(UNREAD):
            meaning = "violet"
        room = rect.adjusted(8, 0, -8, 0)
        painter.setPen(theme.colour(meaning))
        side = Qt.AlignmentFlag.AlignRight if model.rights[index.column()] else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        problem = model.problem_at(index.row(), index.column())
        if problem is not None:
            draw_corner(painter, rect, problem.warning)
        if index == cast(QTableView, self.parent()).currentIndex():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()
