"""拜访对象: whom to see, from a ranked list with reasons, a sketch, or by searching."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.candidates import candidates
from zhaoshang_desktop.actions.trip import TargetWish, add_targets, remove_targets
from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.region import is_within, parents, place_name, point_of
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.library.filters import Chip
from zhaoshang_desktop.ui.trip.candidate_list import Candidate, CandidateList
from zhaoshang_desktop.ui.trip.chosen_table import FIXED, Asked, ChosenTable, changes_of
from zhaoshang_desktop.ui.trip.map_sketch import MapSketch, Spot
from zhaoshang_desktop.ui.trip.sight import OFF_THE_LIST, Sight, city, short_name
from zhaoshang_desktop.ui.trip.step import Mark, Step
from zhaoshang_desktop.ui.trip.visit_dialog import Place, VisitDialog, VisitEdit, edit_visit

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.visit import Visit
    from zhaoshang_desktop.planning.suggest import Suggestion
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

OFFERED, FOUND = 200, 60


class TargetsStep(Step):
    """The candidates at the left under their sketch, those chosen at the right."""

    KEY = "targets"
    TITLE = "拜访对象"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.map = MapSketch(self)
        self.search = QLineEdit(self)
        self.region = Chip("region", "地区", self)
        self.add = QPushButton("加入选中的", self)
        self.list = CandidateList(self)
        self.chosen = ChosenTable(self)
        self.empty = EmptyHint(self.list.viewport())
        self.unchosen = EmptyHint(self.chosen.viewport())
        self._said = QLabel(self)
        self._area: tuple[str, tuple[str, ...]] = ("", ())
        self._suggestions: list[Suggestion] = []
        self._asked_for: object = None
        self._known = False
        self._build()
        self._connect()

    def put(self, sight: Sight) -> None:
        super().put(sight)
        self.chosen.put(sight)
        musts = len([visit for visit in sight.targets if visit.must])
        words = f"已选 {len(sight.targets)} 家" + (f"，必到 {musts} 家" if musts else "")
        self._said.setText(words if sight.targets else "已选")
        if sight.book.visits:
            self.unchosen.hide()
        else:
            self.unchosen.say("还没有选。在左边点“＋ 加入”，也可以搜索任何一家客商。", "加入前 5 家", "first")
        wish = (sight.key, sight.book.trip.chain, self._area, tuple(sorted(v.investor for v in sight.targets)))
        if wish != self._asked_for:
            self._asked_for = wish
            self._rank()
        self._show()

    def arrive(self) -> None:
        self.search.setFocus()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self._find, "reload": self._rank}

    def status(self) -> str:
        return f"候选 {len(self.list.rows.rows)} 家　{self._said.text()}"

    def back(self) -> bool:
        if self.search.text():
            self.search.clear()
            return True
        return False

    @staticmethod
    def mark(sight: Sight) -> Mark:
        count = len(sight.targets)
        return Mark("done" if count else "open", str(count) if count else "")

    def _build(self) -> None:
        self.search.setPlaceholderText("搜索任何客商：名称、拼音、电话")
        self.search.setAccessibleName("搜索客商")
        self.search.setClearButtonEnabled(True)
        self.add.setEnabled(False)
        self._said.setProperty("role", "section")
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.region)
        row.addWidget(self.add)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.list, 1)
        left = _split(Qt.Orientation.Vertical, self.map, below, (210, 400))
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(4)
        self._said.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self._said)
        column.addWidget(self.chosen, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(_split(Qt.Orientation.Horizontal, left, right, (620, 600)))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.region.asked.connect(self._choose_region)
        self.region.cleared.connect(self._clear_region)
        self.add.clicked.connect(self._add_selected)
        self.list.added.connect(self._add)
        self.list.marked.connect(self._mark)
        self.map.picked.connect(self.list.go_to)
        self.chosen.asked.connect(self._set)
        self.chosen.refused.connect(self.desk.say)
        self.chosen.opened.connect(self.edit)
        self.chosen.dropped.connect(self._drop)
        self.chosen.restored.connect(self._restore)
        self.chosen.shown.connect(self._open)
        self.unchosen.pressed.connect(self._add_first)
        self.empty.pressed.connect(self._press)

    def _rank(self) -> None:
        if self.sight is not None:
            self.desk.ask((self, "rank"), _ranked(self.sight.key, self._area[1]), self._ranked)

    def _ranked(self, found: list[Suggestion]) -> None:
        self._suggestions, self._known = found, True
        self._show()

    def _search(self, text: str) -> None:
        if text.strip() and self.desk.is_open:
            self.desk.ask((self, "search"), _searched(text.strip()), self._found)
        else:
            self._show()

    def _found(self, investors: list[Investor]) -> None:
        if self.search.text().strip():
            known = {one.investor.id: one for one in self._suggestions}
            self._fill([self._row(investor, known.get(investor.id)) for investor in investors])

    def _show(self) -> None:
        """The ranked candidates in the region; while words stand in the box, what they found."""
        if self.search.text().strip():
            self._search(self.search.text())
            return
        inside = [one for one in self._suggestions if self._inside(one.investor.place)]
        self._fill([self._row(one.investor, one) for one in inside])

    def _row(self, investor: Investor, suggestion: Suggestion | None) -> Candidate:
        visits = self.sight.book.visits if self.sight else []
        on_trip = any(v.investor == investor.id and v.state != OFF_THE_LIST for v in visits)
        reasons = tuple(because.words for because in suggestion.because) if suggestion else ()
        return Candidate(investor, reasons, on_trip)

    def _fill(self, rows: Sequence[Candidate]) -> None:
        self.list.put(rows)
        self.map.put(self._spots(rows))
        if rows:
            self.empty.hide()
        elif not self._known:
            self.empty.say("正在看哪些客商值得去……")
        elif self.search.text().strip():
            self.empty.say(f"没有找到“{self.search.text().strip()}”。", "清除搜索", "clear")
        elif self._area[0]:
            self.empty.say(f"{self._area[0]}没有可以推荐的客商。", "不限地区", "anywhere")
        else:
            self.empty.say("客商库里还没有可以推荐的客商，先导入或新建客商。", "导入表格", "importing")
        self.told.emit()

    def _spots(self, rows: Sequence[Candidate]) -> list[Spot]:
        spots = [
            Spot(row.investor.id, short_name(row.investor), point, city=city(row.investor.place))
            for row in rows
            if not row.on_trip and (point := row.investor.point or point_of(row.investor.place))
        ]
        if self.sight is not None:
            book = self.sight.book
            for visit in self.sight.targets:
                point = self.sight.point(visit)
                if point:
                    spots.append(
                        Spot(visit.investor, self.sight.called(visit), point, True, city(self.sight.place(visit)))
                    )
            base = point_of(book.trip.base) if book.trip.base else None
            if base:
                spots.append(Spot(0, f"出发地 {city(book.trip.base)}", base))
        return spots

    def _inside(self, place: str) -> bool:
        return not self._area[1] or any(is_within(place, code) for code in self._area[1])

    def _choose_region(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, codes in _groups():
            menu.addAction(name).setData([name, *codes])
        menu.addSeparator()
        for code, count in self._provinces():
            menu.addAction(f"{place_name(code)}　{count} 家").setData([place_name(code), code])
        menu.triggered.connect(self._take_region)
        menu.popup(self.region.mapToGlobal(QPoint(0, self.region.height())))

    def _take_region(self, action: QAction) -> None:
        name, *codes = action.data()
        self._set_area(name, tuple(codes))

    def _clear_region(self) -> None:
        self._set_area("", ())

    def _set_area(self, name: str, codes: tuple[str, ...]) -> None:
        self._area = name, codes
        self.region.show_text(name)
        self._rank()

    def _provinces(self) -> list[tuple[str, int]]:
        """Where the candidates are, the province with most of them first."""
        counts: dict[str, int] = {}
        for one in self._suggestions:
            if one.investor.place:
                top = (*parents(one.investor.place), one.investor.place)[0]
                counts[top] = counts.get(top, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])

    def _add_selected(self) -> None:
        self._add(self.list.selected())

    def _add_first(self) -> None:
        self._add([row.investor.id for row in self.list.rows.rows[:5]])

    def _add(self, keys: Sequence[int]) -> None:
        if keys and self.sight is not None:
            self.desk.run(add_targets, self.sight.key, [TargetWish(key) for key in keys], on_done=self._added)

    def _added(self, changes: Changes) -> None:
        self.desk.say(f"加入了 {len(changes.of('visit'))} 家。", changes.batch)

    def _drop(self, visits: Sequence[int]) -> None:
        self.desk.run(remove_targets, list(visits), on_done=self._dropped)

    def _dropped(self, changes: Changes) -> None:
        self.desk.say(f"从名单里去掉了 {len(changes.of('visit'))} 家。", changes.batch)

    def _restore(self, visit: Visit) -> None:
        self.hand.edit(visit, {"state": "待排", "team": 0, "day": None, "start": None, "fixed": None, "pinned": None})

    def _set(self, asked: Asked) -> None:
        visit = asked.visit
        if asked.column == FIXED and asked.value and visit.state == "已排" and visit.team:
            place = Place(visit.team, *asked.value)
            self.desk.run(edit_visit, VisitEdit(visit.id, visit.version, place, {"fixed": True, "pinned": None}))
        else:
            self.hand.edit(visit, changes_of(asked))

    def edit(self, visit: int) -> None:
        """All wishes of one visit in a window of its own."""
        found = self.sight.visit(visit) if self.sight else None
        if self.sight is not None and found is not None:
            dialog = VisitDialog(self.desk, self.sight, found, self)
            dialog.wanted.connect(self._store)
            dialog.open()

    def _store(self, wanted: VisitEdit) -> None:
        if wanted:
            self.desk.run(edit_visit, wanted)

    def _open(self, key: int) -> None:
        self.desk.show(Investor, key)

    def _mark(self, keys: Sequence[int]) -> None:
        self.map.mark(keys)
        count = len(self.list.selected())
        self.add.setEnabled(count > 0)
        self.add.setText(f"加入选中的 {count} 家" if count > 1 else "加入选中的")

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _press(self, name: str) -> None:
        if name == "clear":
            self.search.clear()
        elif name == "anywhere":
            self._clear_region()
        else:
            self.desk.called.emit(name)


def _split(way: Qt.Orientation, first: QWidget, second: QWidget, sizes: tuple[int, int]) -> QSplitter:
    split = QSplitter(way)
    split.setHandleWidth(1)
    split.addWidget(first)
    split.addWidget(second)
    for number, size in enumerate(sizes):
        split.setStretchFactor(number, size)
    split.setSizes(list(sizes))
    return split


def _ranked(trip: int, places: tuple[str, ...]) -> Callable[[Office], list[Suggestion]]:
    """The question whom the trip might see."""

    def question(office: Office) -> list[Suggestion]:
        return candidates(office, trip, places, OFFERED)

    return question


def _searched(words: str) -> Callable[[Office], list[Investor]]:
    """The question which investors the words may mean."""

    def question(office: Office) -> list[Investor]:
        return office.rows(Investor, office.first_ids(Query(Investor, words=words), FOUND))

    return question


@cache
def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The regions that go by a name of their own."""
    return tuple((row["name"], tuple(row["codes"].split("、"))) for row in tables.rows("region_groups"))
