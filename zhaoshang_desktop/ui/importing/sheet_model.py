"""A sheet as it is, with what the program thinks of its rows, columns and cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from zhaoshang_desktop.exchange.cells import CellProblem
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.sheet import Place, Sheet, cell_position, cell_text
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.ui.importing.marks import sentence_of
from zhaoshang_desktop.ui.importing.work import Seen
from zhaoshang_desktop.ui.pieces import hover

Index = QModelIndex | QPersistentModelIndex
_GROUP_COLUMN = "分组行"


class SheetModel(QAbstractTableModel):
    """Rows and columns of the sheet; nothing is copied, so that a large one opens at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sheet = Sheet("", [])
        self.seen: Seen | None = None
        self._problems: dict[tuple[int, int], CellProblem] = {}
        self._origins: dict[Place, tuple[int, int]] = {}

    def show(self, sheet: Sheet) -> None:
        """Another sheet; what it means is not known yet."""
        self.beginResetModel()
        self.sheet, self.seen, self._problems = sheet, None, {}
        self._origins = {place: at for at, place in sheet.origin.items()}
        self.endResetModel()

    def understand(self, seen: Seen) -> None:
        """What the rows, columns and cells mean."""
        self.seen = seen
        self._problems = {self.place_of(problem): problem for problem in seen.problems}
        if self.sheet.rows:
            corner = self.index(len(self.sheet.rows) - 1, max(self.sheet.width - 1, 0))
            self.dataChanged.emit(self.index(0, 0), corner)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.sheet.rows) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(self.sheet.width - 1, 0))

    def role_of(self, row: int) -> Role | None:
        """What the row is thought to be; None before anybody has looked."""
        return self.seen.layout.roles[row] if self.seen is not None else None

    def is_told(self, row: int) -> bool:
        """Whether the clerk has said what the row is."""
        return self.seen is not None and row in self.seen.corrections.roles

    def match_of(self, column: int) -> Match | None:
        """What the column goes to."""
        return self.seen.mapping.matches[column] if self.seen is not None else None

    def target_label(self, column: int) -> str:
        """The field that the column goes to, in words; "" for none."""
        match = self.match_of(column)
        if match is None or not match.path or self.seen is None:
            return ""
        return targets_of(self.seen.mapping.record)[match.path].label

    def problem_at(self, row: int, column: int) -> CellProblem | None:
        """What is to be looked at in the cell."""
        return self._problems.get((row, column))

    def place_of(self, problem: CellProblem) -> tuple[int, int]:
        """Row and column, from 0; what comes from a group is shown at the row's beginning."""
        column = 0 if problem.column == _GROUP_COLUMN else cell_position(f"{problem.column}1")[1]
        return self._origins.get((problem.sheet, problem.row - 1, column), (problem.row - 1, column))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.sheet.width

    def data(self, index: Index, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            text = cell_text(self.sheet.rows[index.row()][index.column()])
            return " ".join(text.split()) if "\n" in text else text
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = self.problem_at(index.row(), index.column())
            text = cell_text(self.sheet.rows[index.row()][index.column()])
            return hover(f"{problem.field}：{sentence_of(problem)}" if problem else text) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = isinstance(self.sheet.rows[index.row()][index.column()], int | float)
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.target_label(section)
        return None
