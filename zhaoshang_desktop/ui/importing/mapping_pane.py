"""The right side of 认表: the columns, what has to be settled about them, and what will be read in."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.sheet import Sheet
from zhaoshang_desktop.ui.importing.column_list import ColumnTable, takes_unit
from zhaoshang_desktop.ui.importing.quiet_label import QuietLabel
from zhaoshang_desktop.ui.importing.session import Session
from zhaoshang_desktop.ui.importing.step import clear
from zhaoshang_desktop.ui.importing.work import Seen
from zhaoshang_desktop.ui.pieces import rich

UNITS = ("元", "万元", "亿元", "万美元")
_LEFT_OUT = (Role.TITLE, Role.HEADER, Role.REPEAT, Role.GROUP, Role.SUM, Role.NOTE, Role.HIDDEN)


class MappingPane(QWidget):
    """`row_wanted` (Role) when a count was clicked, `confirmed` when all proposals are right, `forgotten` when
    the corrections are to be dropped."""

    row_wanted = Signal(object)
    confirmed = Signal()
    forgotten = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.table = ColumnTable(self)
        self.found = QuietLabel(self)
        self.confirm = _link("全部确认", self)
        self.confirm.clicked.connect(self.confirmed)
        self.forget = _link("恢复自动识别", self)
        self.forget.clicked.connect(self.forgotten)
        heading = QLabel("列对应", self)
        heading.setProperty("role", "heading")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading)
        head.addWidget(self.found, 1)
        head.addWidget(self.confirm)
        head.addWidget(self.forget)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self.summary = rich("")
        self.summary.setWordWrap(True)
        self.summary.setObjectName("card")
        self.summary.setContentsMargins(10, 8, 10, 8)
        self.summary.setProperty("role", "value")
        self.summary.linkActivated.connect(self._want)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(self._notes)
        column.addWidget(self.summary)
        self.setMinimumWidth(240)

    def understand(self, sheet: Sheet, seen: Seen) -> None:
        """Show how the sheet is understood."""
        if self.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.understand(sheet, seen)
        used = seen.mapping.used
        proposed = sum(not match.sure or bool(match.doubt) for match in used)
        self.found.say(f"认出 {len(used)} 列" + (f"，{proposed} 列请确认" if proposed else ""))
        self.confirm.setVisible(bool(proposed))
        self.forget.setVisible(bool(len(seen.corrections)))
        self._show_notes(sheet, seen)
        left_out = [role for role in _LEFT_OUT if not (sheet.origin and role is Role.HEADER)]
        self.summary.setText(_summary(seen, left_out, [one.name for one in self._hidden()]))

    def _hidden(self) -> list[Sheet]:
        found = self._session.workbook
        return [sheet for sheet in found.whole.sheets if not sheet.visible] if found else []

    def _show_notes(self, sheet: Sheet, seen: Seen) -> None:
        clear(self._notes)
        if seen.mapping.missing:
            missing = "、".join(seen.mapping.missing)
            self._notes.addWidget(
                _Note(f"还没有指明哪一列是“{missing}”：点上面表里那一列，选“{missing}”。", "wrong", self)
            )
        if sheet.warning:
            self._notes.addWidget(_Note(sheet.warning, "weak", self))
        columns = [match.column.header for match in seen.mapping.matches if match.column.index in sheet.columns_hidden]
        if sheet.hidden or any(columns):
            self._notes.addWidget(_HiddenNote(seen, len(sheet.hidden), columns, self._session, self))
        for match in seen.mapping.used:
            if match.doubt and takes_unit(match, seen):
                self._notes.addWidget(_UnitNote(match, self._session, self))

    def _want(self, role: str) -> None:
        self.row_wanted.emit(Role(role))


class _Note(QFrame):
    """One sentence in a frame."""

    def __init__(self, sentence: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = QLabel(sentence, self)
        self.words.setWordWrap(True)
        self.words.setProperty("role", role)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 8, 10, 8)
        self.column.setSpacing(6)
        self.column.addWidget(self.words)


class _UnitNote(_Note):
    """A column of money whose unit nobody wrote: one click settles it."""

    def __init__(self, match: Match, session: Session, parent: QWidget) -> None:
        super().__init__(match.doubt, "proposed", parent)
        self._column, self._session = match.column.index, session
        row = QHBoxLayout()
        row.setSpacing(6)
        for unit in UNITS:
            button = QPushButton(unit, self)
            button.setProperty("kind", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._take)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _take(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._session.set_unit(self._column, button.text())


class _HiddenNote(_Note):
    """Rows and columns that Excel does not show: told, and taken with one click."""

    def __init__(self, seen: Seen, rows: int, columns: list[str], session: Session, parent: QWidget) -> None:
        taken = seen.corrections.hidden
        named = "、".join(filter(None, columns))
        what = [f"{rows:,} 行" if rows else "", f"{len(columns)} 列（{named}）" if named else ""]
        told = f"这张表有 {'和 '.join(filter(None, what))}在 Excel 里隐藏着，{'也会导入' if taken else '不导入'}。"
        super().__init__(told, "proposed", parent)
        self._wanted, self._session = not taken, session
        self.button = _link("不导入隐藏的" if taken else "隐藏的也导入", self)
        self.button.clicked.connect(self._take)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _take(self) -> None:
        self._session.take_hidden(self._wanted)


def _summary(seen: Seen, left_out: list[Role], hidden: list[str]) -> str:
    """What will be read in and what will not; each count leads to its rows."""
    counts = [(role, seen.layout.count(role)) for role in left_out]
    left = "、".join(f'<a href="{role.value}">{role.value} {count:,}</a>' for role, count in counts if count)
    parts = [f'将读入 <a href="{Role.DATA.value}">{seen.rows:,} 条</a>']
    going_on = seen.layout.count(Role.CONTINUED)
    parts += [f'其中有 <a href="{Role.CONTINUED.value}">续行 {going_on:,}</a>'] if going_on else []
    parts += [f"不导入：{left}"] if left else []
    unused = escape("、".join(column.header for column in seen.mapping.unused))
    parts += [f"没有用到的列：{unused}"] if unused else []
    parts += [f"隐藏的工作表不导入：{escape('、'.join(hidden))}"] if hidden else []
    return "<br>".join(parts)


def _link(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("kind", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
