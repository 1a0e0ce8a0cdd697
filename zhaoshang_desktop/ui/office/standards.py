"""标准与参数: allowances, lodging limits, the calendar, rates and the numbers of travel, edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.standards import add_shipped
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.rights import Right
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.columns import cell_text
from zhaoshang_desktop.ui.library.relations import Relation
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.pieces import label

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "allowance": (("id",), "预算按出行那天有效的标准测算。标准变了：旧行填“失效日期”，再添一行写“施行日期”。"),
    "lodging_limit": (("id",), "每人每晚的限额，按地区、旺季和职级。有写明市县的行先用，其次是整个地区的行。"),
    "seat_rule": (("id",), "各出差级别可以乘的席别、舱位；预算按出行那天有效的一行估算票价。空着的按随程序的标准。"),
    "calendar_day": (("-day",), "休：放假的日子；班：调休上班的周末。国务院办公厅公布下一年的安排后，在这里补上。"),
    "rate": (("-day",), "一个单位的外币合多少元，按日期取最近的一行。外币金额照原币保存，只在显示时折算。"),
    "travel_rule": (
        ("id",),
        "没有车票时路上的时间和费用按这里估算；排行程按这里的作息、驾驶时间，排不下时按分量取舍。驾车时速按里程分段，“里程至”空着的管再远的路。",
    ),
    "target_rule": (
        ("id",),
        "“拜访对象”一步按这里给候选客商打分排序；0 分不看这一条，负数表示不宜去。最后三行是计算用的范围。",
    ),
    "follow_rule": (
        ("id",),
        "“待办”按这里算超期：拜访以后这么多天还没有办过下一步、也没有再联系的，列为超期；太久以前的不再提醒。",
    ),
    "fair_rule": (
        ("id",),
        "写进要点、记录、报告的承诺按这里提醒：“…”隔开几个字，“/”是同义的说法。“不得承诺……”这样的话不提醒。空着时按随程序的词表。",
    ),
    "reception_rule": (
        ("kind", "id"),
        "两种接待各有一套，互不借用。公务接待随程序的是中央规定，餐费由本地制定；招商接待按本县的标准填。数值空着就不检查这一条。",
    ),
}
"""By noun: in which order its lines stand, and what they do."""
STORED = 1


class StandardsPart(Part):
    """Every change counts from the next plan or budget on; what was reckoned stays as it was reckoned."""

    TITLE = "标准与参数"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("detailTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("在这张表里找")
        self.words.setAccessibleName("在这张表里找")
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(200)
        self.words.textChanged.connect(self._filter)
        self.shipped = QPushButton("补上随程序的标准", self)
        self.shipped.setToolTip("把随程序提供、这里没有的行加进来；已有的行不动")
        self.shipped.clicked.connect(self._add_shipped)
        self.hint = label("", "secondary")
        self._stack = QStackedWidget(self)
        self.tables: dict[str, ChildTable] = {}
        self._rows: dict[str, Sequence[Record]] = {}
        for noun in TABLES:
            relation = Relation(noun, "", RECORD_TITLES[noun])
            self.tables[noun] = table = ChildTable(desk, RECORDS[noun], relation, self, tall=True)
            table.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
            self.tabs.addTab(RECORD_TITLES[noun])
            self._stack.addWidget(table)
        head = QHBoxLayout()
        head.addWidget(label(self.TITLE, "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.words)
        head.addWidget(self.shipped)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.tabs)
        column.addWidget(self.hint)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._choose)
        desk.changed.connect(self._refresh)

    @property
    def noun(self) -> str:
        """The table in front."""
        return list(TABLES)[self.tabs.currentIndex()]

    @property
    def answered(self) -> bool:
        return self.noun in self._rows

    def load(self) -> None:
        order, words = TABLES[self.noun]
        allowed = self.desk.office.may(Right.STANDARDS)
        fixed = (
            "出差包里不能改，回办公室由管理员改。" if self.desk.office.fixed_standards else "由管理员改，这里只能看。"
        )
        self.hint.setText(words if allowed else f"{fixed}{words}")
        self.shipped.setVisible(self.noun != "rate" and allowed)
        self.desk.ask((self, "standards"), _lines(self.noun, order), self._show)

    def status(self) -> str:
        return f"{RECORD_TITLES[self.noun]} {len(self._rows.get(self.noun, ())):,} 行"

    def _choose(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.words.clear()
        self.load()

    def _show(self, found: tuple[str, Sequence[Record]]) -> None:
        noun, rows = found
        self._rows[noun] = rows
        self._filter()
        self.told.emit()

    def _filter(self) -> None:
        table, words = self.tables[self.noun], folded(self.words.text()).split()
        shown = [one for one in self._rows.get(self.noun, ()) if _holds(table, one, words)]
        table.put(STORED, shown)

    def _refresh(self, changes: Changes) -> None:
        if changes.touches(*TABLES) and self.desk.is_open and self.isVisible():
            self.load()

    def _add_shipped(self) -> None:
        self.desk.run(add_shipped, RECORDS[self.noun], on_done=self._added)

    def _added(self, changes: Changes) -> None:
        count = len(changes.of(self.noun))
        self.desk.say(f"已补上 {count} 行。" if count else "随程序的标准都在，没有要补的。", changes.batch)


def _lines(noun: str, order: tuple[str, ...]) -> Callable[[Office], tuple[str, Sequence[Record]]]:
    return lambda office: (noun, office.find(Query(RECORDS[noun], order=order)))


def _holds(table: ChildTable, record: Record, words: Sequence[str]) -> bool:
    text = folded(" ".join(cell_text(record, column, {}) for column in table.model.columns)) if words else ""
    return all(word in text for word in words)
