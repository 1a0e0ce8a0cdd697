"""The sheet on screen, tinted by what each row is; roles and columns are corrected where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.sheet import Row, Sheet, cell_text
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.marks import CORRECTIONS, MEANINGS, TINTS, draw_corner
from zhaoshang_desktop.ui.importing.sheet_headers import RoleEdge, TargetEdge
from zhaoshang_desktop.ui.importing.sheet_model import SheetModel
from zhaoshang_desktop.ui.importing.work import Seen

_MEASURED_ROWS, _NARROWEST, _ENOUGH, _NAME, _WIDEST = 80, 48, 92, 168, 210
_MOST_SPANS = 2000
_LONE = {Role.TITLE, Role.GROUP, Role.NOTE}


class SheetView(QTableView):
    """`rows_called` (rows, role) when the clerk says what they are, `column_asked` (column, point) when one is
    to be sent elsewhere."""

    rows_called = Signal(object, object)
    column_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = SheetModel(self)
        self.roles, self.targets = RoleEdge(self), TargetEdge(self)
        self.setVerticalHeader(self.roles)
        self.setHorizontalHeader(self.targets)
        self.setModel(self.sheet)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("原表")
        self._fitted = False
        self._asked: list[int] = []
        self.roles.asked.connect(self.ask_role)
        self.targets.asked.connect(self.column_asked)

    def show_sheet(self, sheet: Sheet) -> None:
        """Another sheet, from its beginning."""
        self.clearSpans()
        self.sheet.show(sheet)
        self._fitted = False
        self.scrollToTop()

    def understand(self, seen: Seen) -> None:
        """Tint it; what stands alone in its row may use all of it, as it does in Excel."""
        first = self.sheet.seen is None
        self.sheet.understand(seen)
        if first and seen.sample:
            names = [match.column.index for match in seen.mapping.used if match.path == seen.mapping.record.TITLE]
            self.setCurrentIndex(self.sheet.index(seen.sample[0].row - 1, names[0] if names else 0))
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)
        self.fit()
        self.clearSpans()
        for row, column, height, width in _spans(self.sheet.sheet, seen):
            self.setSpan(row, column, height, width)
        self.viewport().update()
        self.roles.viewport().update()
        self.targets.viewport().update()

    def fit(self) -> None:
        """Give the columns their widths, once for a sheet, when it is known how much room there is."""
        if self._fitted or not self.isVisible() or self.sheet.seen is None:
            return
        self._fitted = True
        metrics, widths = self.fontMetrics(), list(_widths(self.sheet.sheet, self.fontMetrics()))
        for column, width in enumerate(widths):
            label = metrics.horizontalAdvance(self.sheet.target_label(column)) + 40
            widths[column] = max(width, min(label, _ENOUGH))
        title = self.sheet.seen.mapping.record.TITLE
        least = [_NAME if match.path == title else _ENOUGH for match in self.sheet.seen.mapping.matches]
        for column, width in enumerate(_fitted(widths, least[: len(widths)], self.viewport().width())):
            self.setColumnWidth(column, width)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor there, in the middle of what is seen."""
        index = self.sheet.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def ask_role(self, row: int, point: QPoint) -> None:
        """Offer what that row (with those selected, if it is among them) can be."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        self._asked = sorted(chosen) if row in chosen else [row]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        if len(self._asked) > 1:
            menu.addSection(f"选中的 {len(self._asked)} 行是")
        for role in CORRECTIONS:
            action = menu.addAction(MEANINGS[role].replace("：", "　", 1))
            action.setData(role.value)
            action.setCheckable(True)
            action.setChecked(self.sheet.role_of(row) is role)
        menu.triggered.connect(self._call)
        menu.popup(point)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = (
            self.rowAt(event.pos().y())
            if event.reason() == QContextMenuEvent.Reason.Mouse
            else self.currentIndex().row()
        )
        if row >= 0:
            self.ask_role(row, event.globalPos())

    def _call(self, action: QAction) -> None:
        self.rows_called.emit(self._asked, Role(action.data()))


class _Cells(QStyledItemDelegate):
    """Ground by role; what will not be imported stands back; a corner where something is to be looked at."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        sheet = cast(SheetModel, index.model())
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = sheet.role_of(index.row())
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        tint = TINTS[role] if role is not None else "paper"
        painter.fillRect(rect, theme.colour("selection" if selected and tint == "paper" else tint))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self._write(painter, rect.adjusted(8, 0, -6, 0), sheet, index, role)
        problem = sheet.problem_at(index.row(), index.column())
        if problem is not None:
            draw_corner(painter, rect, problem.warning)
        view = cast(QTableView, self.parent())
        if index == view.currentIndex():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _write(self, painter: QPainter, room, sheet: SheetModel, index, role: Role | None) -> None:  # type: ignore[no-untyped-def]
        match = sheet.match_of(index.column())
        aside = role is Role.DATA and match is not None and not match.path
        painter.setPen(theme.colour("faint" if aside else "text"))
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        whole = cast(QTableView, self.parent()).viewport().width()
        if role is Role.TITLE and _WIDEST * 2 < room.width() <= whole:
            side = Qt.AlignmentFlag.AlignCenter
        text = painter.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side, text)


def _widths(sheet: Sheet, metrics: QFontMetrics) -> Iterable[int]:
    """Each column as wide as most of its first cells; a lone long cell does not widen it."""
    rows = sheet.rows[:_MEASURED_ROWS]
    for column in range(sheet.width):
        texts = [cell_text(row[column]) for row in rows if row[column] != "" and row.count("") < len(row) - 1]
        sizes = sorted(metrics.horizontalAdvance(text[:40]) for text in texts) or [0]
        usual = sizes[int(len(sizes) * 0.9)] if len(sizes) > 1 else sizes[0]
        yield min(max(usual + 20, _NARROWEST), _WIDEST)


def _fitted(widths: list[int], least: list[int], room: int) -> list[int]:
    """The wide ones somewhat narrower where that makes all of them fit into the room."""
    over = sum(widths) - room
    spare = [max(width - enough, 0) for width, enough in zip(widths, least, strict=True)]
    if room <= 0 or over <= 0 or over > sum(spare):
        return widths
    return [width - -(-part * over // sum(spare)) for width, part in zip(widths, spare, strict=True)]


def _spans(sheet: Sheet, seen: Seen) -> list[tuple[int, int, int, int]]:
    """Row, column, height and width of the blocks to draw as one cell."""
    found: list[tuple[int, int, int, int]] = []
    taken: set[int] = set()
    for merge in sheet.merged[:_MOST_SPANS]:
        bottom, right = min(merge.bottom, len(sheet.rows) - 1), min(merge.right, sheet.width - 1)
        if merge.top <= bottom and merge.left <= right and (bottom > merge.top or right > merge.left):
            found.append((merge.top, merge.left, bottom - merge.top + 1, right - merge.left + 1))
            taken.update(range(merge.top, bottom + 1))
    for number, role in enumerate(seen.layout.roles):
        if len(found) >= _MOST_SPANS:
            break
        if role in _LONE and number not in taken and (column := _lone_cell(sheet.rows[number])) >= 0:
            found.append((number, column, 1, sheet.width - column))
    return [span for span in found if span[2] > 1 or span[3] > 1]


def _lone_cell(row: Row) -> int:
    """The place of the only cell that holds something; -1 when there are others."""
    if row.count("") != len(row) - 1:
        return -1
    return next(column for column, cell in enumerate(row) if cell != "")
