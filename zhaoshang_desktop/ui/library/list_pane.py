"""The middle pane: toolbar and table; it knows the question that is on screen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library import columns as column_specs
from zhaoshang_desktop.ui.library.column_choice import ColumnChoice
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.library.filters import FilterBar
from zhaoshang_desktop.ui.library.model import RecordTable
from zhaoshang_desktop.ui.library.table import TICK_WIDTH, Table
from zhaoshang_desktop.ui.library.views import View

LIST_KEYS = ("record.copy", "lead.paste", "record.all", "record.check", "record.edit", "record.remove")
"""Commands whose keys count while the table has the focus."""

WIDE, GIVEN, LAST_WIDTH, SCROLLBAR = 84, 30, 120, 10
"""With little room columns at least so wide give up to so many percent; the last one asks for so much, px."""
NARROW = 800
HINTS = {
    "investor": "搜索：名称、人、电话、拼音",
    "project": "搜索：名称、代码、公司、拼音",
    "lead": "搜索：标题、内容、提供人",
    "expert": "搜索：姓名、单位、电话、拼音",
}


class ListPane(QWidget):
    """`asked` after every new question; `called` carries the name of a command pressed on the toolbar."""

    asked = Signal()
    called = Signal(str)

    def __init__(self, desk: Desk, record: type[Record], word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = record
        self._word = word
        self._view = View("all", "")
        self._order: tuple[str, ...] = ()
        self._choice = ColumnChoice(desk.settings, record)
        self.model = RecordTable(desk, record, self._choice.columns(), self)
        self.search = QLineEdit(self)
        self.filters = FilterBar(desk, record, self)
        self.table = Table(desk, self.model, self)
        self._empty: EmptyHint | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.table, 1)
        self._set_widths()
        self._connect()

    @property
    def empty(self) -> EmptyHint:
        """What an empty table says; made when first needed, since the first picture can do without."""
        if self._empty is None:
            self._empty = EmptyHint(self.table.viewport())
            self._empty.pressed.connect(self.called)
        return self._empty

    @property
    def view(self) -> View:
        """The view whose question is on screen."""
        return self._view

    @property
    def query(self) -> Query:
        """The question on screen: the view, the words, the chips, the order."""
        where = (*self._view.where, *self.filters.where)
        return Query(self._record, self.search.text().strip(), where, self._order or self._view.order, self._view.bin)

    def show_view(self, view: View) -> None:
        """Ask a view's question; a kept one brings its words and chips with it."""
        self._order = ()
        self._show_order()
        self._put_words(view.words if view.saved else "")
        self.filters.put(view.where if view.saved else ())
        self._view = View(view.key, view.title, order=view.order, saved=True) if view.saved else view
        self.ask()

    def _put_words(self, words: str) -> None:
        """Words that are part of a larger question, which is asked when it is whole."""
        self.search.textChanged.disconnect(self.ask)
        self.search.setText(words)
        self.search.textChanged.connect(self.ask)

    def as_view(self, title: str) -> View:
        """What is on screen, to be kept under that name."""
        query = self.query
        return View("", title, query.where, query.order, words=query.words, saved=True)

    def ask(self) -> None:
        """Put the question that the toolbar and the view make."""
        if self._desk.is_open:
            self.empty.hide()
            self.model.show(self.query)
            self.asked.emit()

    def chosen_keys(self) -> list[int]:
        """The records a command is for: the ticked ones, else the selected rows."""
        if self.model.ticks:
            return [key for key in self.model.all_keys() if key in self.model.ticks]
        return self.table.selected_keys()

    def adopt(self, actions: Mapping[str, QAction]) -> None:
        """Take the keys that count in the table."""
        self.table.addActions([actions[name] for name in LIST_KEYS])

    def choose_columns(self, point: QPoint | None = None) -> None:
        """Open the list of columns."""
        header = self.table.horizontalHeader()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = {column.name for column in self.model.columns}
        for column in column_specs.all_columns(self._record):
            action = menu.addAction(column.label)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.setEnabled(column.name != self._record.TITLE)
            action.setData(column.name)
        menu.addSeparator()
        menu.addAction("恢复常用列").setData("")
        menu.triggered.connect(self._toggle_column)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        menu.popup(header.mapToGlobal(point or QPoint(header.width() // 2, header.height())))

    def keep_width(self, section: int, _before: int, width: int) -> None:
        """Remember how wide the clerk has made a column."""
        if 0 < section < self.table.horizontalHeader().count() - 1:
            self._choice.keep_widths({self.model.columns[section - 1].name: width})

    def show_emptiness(self) -> None:
        """One sentence and one button when there is nothing to show."""
        title = self._word
        if self.model.rowCount():
            self.empty.hide()
        elif self._view.bin:
            self.empty.say("回收站是空的。")
        elif self.search.text().strip() or self.filters.where:
            self.empty.say(f"没有符合条件的{title}。", "清除条件", "library.clear")
        elif self._view.where:
            self.empty.say(f"“{self._view.title}”现在一条也没有。", f"看全部{title}", "library.all")
        elif pages.entry("importing").works and self._record.NOUN in column_specs.IMPORTED:
            self.empty.say(
                f"这里还没有{title}。手头的表格可以直接导入，什么样的表头都行。", "导入表格", "library.import"
            )
        else:
            self.empty.say(f"这里还没有{title}。", f"新建{title}", "record.new")

    def clear_conditions(self) -> None:
        """Words and chips off; the view stays."""
        self._put_words("")
        self.filters.put(())
        self.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room what also stands in the menu goes first."""
        super().resizeEvent(event)
        roomy = self.width() >= NARROW
        if "library.export" in self.buttons:
            self.buttons["library.export"].setVisible(roomy)
        self.filters.set_roomy(roomy)
        self._set_widths()

    def _toolbar(self) -> QWidget:
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.search.setPlaceholderText(HINTS.get(self._record.NOUN, "搜索本库"))
        self.search.setAccessibleName("搜索本库")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(240)
        row.addWidget(self.search, 3)
        row.addWidget(self.filters)
        row.addStretch(1)
        self.buttons: dict[str, QPushButton] = {}
        for name, text in self._commands():
            button = QPushButton(text, bar)
            button.clicked.connect(self._press)
            self.buttons[name] = button
            row.addWidget(button)
        self.buttons["record.new"].setProperty("kind", "primary")
        return bar

    def _commands(self) -> list[tuple[str, str]]:
        commands = [("record.new", f"新建{self._word}")]
        if self._record.NOUN == "lead":
            commands.insert(0, ("lead.paste", "粘贴文字"))
        if self._record.NOUN in column_specs.IMPORTED:
            commands.insert(0, ("library.export", "导出"))
            if pages.entry("importing").works:
                commands.insert(0, ("library.import", "导入"))
        return commands

    def _connect(self) -> None:
        self.search.textChanged.connect(self.ask)
        self.filters.changed.connect(self.ask)
        self.table.sorted_by.connect(self._sort)
        self.table.columns_asked.connect(self.choose_columns)
        self.table.horizontalHeader().sectionResized.connect(self.keep_width)
        self.model.completed.connect(self.show_emptiness)

    def _press(self) -> None:
        for name, button in self.buttons.items():
            if button is self.sender():
                self.called.emit(name)

    def _sort(self, section: int) -> None:
        """A click sorts upwards, the next downwards, the third as the view would; on the ticks it ticks all."""
        if section == 0:
            keys = self.model.all_keys()
            self.model.tick(keys, len(self.model.ticks) < len(keys))
        column = self.model.columns[section - 1] if section > 0 else None
        if column is None or not column.sorts:
            self._show_order()
            return
        first = self._order[0] if self._order else ""
        if first == column.name:
            self._order = tuple(f"-{name}" for name in column.fields)
        elif first == f"-{column.name}":
            self._order = ()
        else:
            self._order = column.fields
        self._show_order()
        self.ask()

    def _show_order(self) -> None:
        header = self.table.horizontalHeader()
        first = self._order[0] if self._order else ""
        names = [column.name for column in self.model.columns]
        section = names.index(first.lstrip("-")) + 1 if first.lstrip("-") in names else -1
        down = Qt.SortOrder.DescendingOrder if first.startswith("-") else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, down)

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        blocked = header.blockSignals(True)
        header.resizeSection(0, TICK_WIDTH)
        columns = self.model.columns
        widths = [self._choice.width(column) for column in columns[:-1]]
        room = self.width() - SCROLLBAR - TICK_WIDTH - min(columns[-1].width, LAST_WIDTH)
        for number, width in enumerate(fitted(widths, room), start=1):
            header.resizeSection(number, width)
        header.blockSignals(blocked)

    def _toggle_column(self, action: QAction) -> None:
        self.toggle_column(action.data())

    def toggle_column(self, name: str) -> None:
        """Show or hide the column of that field; "" brings the usual ones back."""
        self._choice.toggle(name)
        self.model.set_columns(self._choice.columns())
        self._set_widths()
        self._show_order()


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """Widths of columns that fit the room, as far as the wide ones can give some of theirs."""
    givable = [width * GIVEN // 100 if width >= WIDE else 0 for width in widths]
    lacking = min(sum(widths) - room, sum(givable))
    if lacking <= 0:
        return list(widths)
    return [width - math.ceil(give * lacking / sum(givable)) for width, give in zip(widths, givable, strict=True)]
