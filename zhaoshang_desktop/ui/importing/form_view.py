"""登记表 on screen as they are: what is told beside which label, and where it goes; corrected where it stands."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.forms import BELOW, BESIDE, blocks_of, cell_below
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.sheet import Sheet, cell_position, cell_text, column_letter
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.marks import draw_corner, sentence_of
from zhaoshang_desktop.ui.importing.work import Seen
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
_NARROWEST, _WIDEST = 40, 240
_LONGEST_LABEL = 20


class FormModel(QAbstractTableModel):
    """The cells of one sheet of forms; `listed` is the list that was made of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet = self.listed = Sheet("", [])
        self.seen: Seen | None = None
        self._values: dict[tuple[int, int], int] = {}
        self._labels: dict[tuple[int, int], int] = {}
        self._problems: dict[tuple[int, int], CellProblem] = {}

    def show(self, sheet: Sheet, listed: Sheet) -> None:
        """Another sheet, with the list in which its forms are rows."""
        self.beginResetModel()
        self.sheet, self.listed, self.seen, self._problems = sheet, listed, None, {}
        places = listed.origin.items()
        self._values = {(row, at): column for (_, column), (name, row, at) in places if name == sheet.name}
        self._labels = {(row, at): column for (name, row, at), column in listed.labels.items() if name == sheet.name}
        self.endResetModel()

    def understand(self, seen: Seen) -> None:
        """Where everything goes."""
        self.seen = seen
        own = [problem for problem in seen.problems if problem.sheet == self.sheet.name]
        self._problems = {place_of(problem): problem for problem in own}
        if self.sheet.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.sheet.rows) - 1, self.sheet.width - 1))

    def column_at(self, row: int, column: int) -> int:
        """The column of the list that a cell tells, or is the label of; -1 for none."""
        return self._values.get((row, column), self._labels.get((row, column), -1))

    def is_label(self, row: int, column: int) -> bool:
        """Is the cell only what stands beside a value?"""
        return (row, column) in self._labels and (row, column) not in self._values

    def cells_of(self, column: int) -> list[tuple[int, int]]:
        """Where that column of the list is told."""
        return sorted(at for at, told in self._values.items() if told == column)

    def words_at(self, row: int, column: int) -> str:
        """What a cell says if it may be a label; "" if it is none."""
        words = cell_text(self.sheet.rows[row][column]).strip().rstrip("：:")
        return words if len(words) <= _LONGEST_LABEL else ""

    def sides_of(self, row: int, column: int) -> list[str]:
        """On which sides of a cell something stands that may be its value and is nobody else's."""
        told = self.column_at(row, column)
        if told >= 0 and not (self.is_label(row, column) and self._is_empty(row, column, told)):
            return []
        beside = any(cell != "" for at, cell in enumerate(self.sheet.rows[row]) if at > column)
        below = cell_below(self.sheet, blocks_of(self.sheet), (row, column))
        sides = [BESIDE] if beside and told < 0 else []
        return sides + ([BELOW] if below is not None and self.column_at(*below) < 0 else [])

    def _is_empty(self, row: int, column: int, told: int) -> bool:
        """Whether the label there has nothing beside it."""
        values = [at for at, one in self._values.items() if one == told]
        return all(cell_text(self.sheet.rows[r][c]) == "" for r, c in values if r == row and c > column)

    def match_at(self, row: int, column: int) -> Match | None:
        """What the cell goes to."""
        told = self.column_at(row, column)
        return self.seen.mapping.matches[told] if self.seen is not None and told >= 0 else None

    def target_at(self, row: int, column: int) -> str:
        """The field that the cell goes to, in words; "" for none."""
        match = self.match_at(row, column)
        if match is None or not match.path or self.seen is None:
            return ""
        return targets_of(self.seen.mapping.record)[match.path].label

    def problem_at(self, row: int, column: int) -> CellProblem | None:
        """What is to be looked at in the cell."""
        return self._problems.get((row, column))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.sheet.width

    def data(self, index: Index, role: int = 0) -> Any:
        at = (index.row(), index.column())
        text = cell_text(self.sheet.rows[at[0]][at[1]])
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover("\n".join(filter(None, (text, self._meaning(*at)))))
        return None

    def _meaning(self, row: int, column: int) -> str:
        problem = self.problem_at(row, column)
        if problem is not None:
            return f"{problem.field}：{sentence_of(problem)}"
        if self.column_at(row, column) < 0:
            return ""
        target = self.target_at(row, column)
        return f"导入到“{target}”。点一下可以改。" if target else "不导入。点一下可以选字段。"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1) if orientation == Qt.Orientation.Vertical else column_letter(section)
        return None


class FormView(QTableView):
    """`asked` (column of the list, point) when what is told there is to go elsewhere; `moved` (column) to it;
    `unknown` (words, sides, column or -1, point) when one was clicked that may be the label of what stands there."""

    asked = Signal(int, QPoint)
    moved = Signal(int)
    unknown = Signal(str, list, int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = FormModel(self)
        self.setModel(self.form)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("登记表")
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHTS["normal"])
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self.clicked.connect(self._click)
        self.selectionModel().currentChanged.connect(self._move)

    def show_form(self, sheet: Sheet, listed: Sheet) -> None:
        """Another sheet, from its beginning, its merged cells as one."""
        self.clearSpans()
        self.form.show(sheet, listed)
        for merge in sheet.merged:
            bottom, right = min(merge.bottom, len(sheet.rows) - 1), min(merge.right, sheet.width - 1)
            if merge.top <= bottom and merge.left <= right and (bottom > merge.top or right > merge.left):
                self.setSpan(merge.top, merge.left, bottom - merge.top + 1, right - merge.left + 1)
        self._fit()
        self.scrollToTop()

    def understand(self, seen: Seen) -> None:
        """Tint it."""
        first = self.form.seen is None
        self.form.understand(seen)
        cells = sorted(at for at in self._told() if not self.form.is_label(*at))
        if first and cells:
            self.setCurrentIndex(self.form.index(*cells[0]))
            self.scrollToTop()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as what stands in one column alone; what room is left goes to the columns of values."""
        sheet, metrics = self.form.sheet, self.fontMetrics()
        wide = {(merge.top, merge.left) for merge in sheet.merged if merge.right > merge.left}
        widths = []
        for column in range(sheet.width):
            alone = [cell_text(r[column])[:40] for n, r in enumerate(sheet.rows) if (n, column) not in wide]
            widest = max((metrics.horizontalAdvance(text) + 24 for text in alone if text), default=_NARROWEST)
            widths.append(min(widest, _WIDEST))
        values = sorted({self.form.index(*at).column() for at in self._told() if not self.form.is_label(*at)})
        spare = max(self.viewport().width() - sum(widths), 0) // len(values) if values else 0
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width + (min(spare, _WIDEST) if column in values else 0))

    def _told(self) -> list[tuple[int, int]]:
        rows, columns = self.form.rowCount(), self.form.columnCount()
        return [(r, c) for r in range(rows) for c in range(columns) if self.form.column_at(r, c) >= 0]

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor there, in the middle of what is seen."""
        index = self.form.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._click(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        column = self.form.column_at(index.row(), index.column()) if index.isValid() else -1
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        at = (index.row(), index.column())
        sides = self.form.sides_of(*at) if index.isValid() and self.form.words_at(*at) else []
        if sides:
            self.unknown.emit(self.form.words_at(*at), sides, column, below)
        elif column >= 0:
            self.asked.emit(column, below)

    def _move(self, index: QModelIndex) -> None:
        column = self.form.column_at(index.row(), index.column()) if index.isValid() else -1
        if column >= 0:
            self.moved.emit(column)


class _Cells(QStyledItemDelegate):
    """Labels on blue, values on white with where they go, what is proposed on violet; the rest stands back."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        form, rect = cast(FormModel, index.model()), option.rect
        at = (index.row(), index.column())
        target, match = form.target_at(*at), form.match_at(*at)
        sure = match is not None and match.sure and not match.doubt
        told = form.column_at(*at) >= 0
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        painter.fillRect(rect, theme.colour(_ground(form.is_label(*at), told, bool(target), sure)))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(8, 0, -8, 0)
        text, metrics = index.data() or "", painter.fontMetrics()
        words = f"{'✓' if sure else '？'} {target}" if target else "不导入" if text else ""
        beside = metrics.horizontalAdvance(text) + metrics.horizontalAdvance(words) + 16 <= room.width()
        if told and not form.is_label(*at) and beside:
            painter.setPen(theme.colour("faint" if not target else "green" if sure else "violet"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            room.setRight(room.right() - metrics.horizontalAdvance(words) - 8)
        painter.setPen(theme.colour("text" if target else "secondary"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if problem := form.problem_at(*at):
            draw_corner(painter, rect, problem.warning)
        if index == cast(QTableView, self.parent()).currentIndex():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _ground(label: bool, told: bool, goes: bool, sure: bool) -> str:
    if not told or not goes:
        return "pane"
    if label:
        return "selection" if sure else "violet_tint"
    return "paper"


def place_of(problem: CellProblem) -> tuple[int, int]:
    """Row and column of the cell in its sheet, from 0."""
    return problem.row - 1, cell_position(f"{problem.column}1")[1]
