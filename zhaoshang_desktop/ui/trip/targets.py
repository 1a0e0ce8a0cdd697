"""拜访对象: whom to see, from a ranked list with reasons, a sketch, or by searching."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.candidates import Sieve, candidates
from zhaoshang_desktop.actions.trip import TargetWish, add_targets, remove_targets
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.region import parents, point_of
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.candidate_list import Candidate, CandidateList
from zhaoshang_desktop.ui.trip.chosen_table import FIXED, Asked, ChosenTable, changes_of
from zhaoshang_desktop.ui.trip.map_sketch import MapSketch, Spot
from zhaoshang_desktop.ui.trip.sieve_bar import SieveBar, keep_sieve, kept_sieve
from zhaoshang_desktop.ui.trip.sight import OFF_THE_LIST, Sight, city, short_name
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.visit_dialog import Place, VisitDialog, VisitEdit, edit_visit

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.visit import Visit
    from zhaoshang_desktop.planning.suggest import Suggestion
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

OFFERED, MOST_CHAINS, EVERY_PLACE = 200, 30, 5_000
TELLING = ("target_rule", "investor", "contact", "lead", "project", "stake", "milestone", "member")
"""Records that can change what speaks for a visit."""


class TargetsStep(Step):
    """The candidates at the left under their sketch, those chosen at the right."""

    KEY = "targets"
    TITLE = "拜访对象"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.map = MapSketch(self)
        self.search = SearchBox(self)
        self.search.setProperty("asks", True)
        self.sieve = SieveBar(self)
        self.add = QPushButton("加入选中的", self)
        self.list = CandidateList(self)
        self.chosen = ChosenTable(self)
        self.empty = EmptyHint(self.list.viewport())
        self.unchosen = EmptyHint(self.chosen.viewport())
        self._said = QLabel(self)
        self._shown_trip = 0
        self._found: list[Suggestion] = []
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
        if sight.key != self._shown_trip:
            self._shown_trip, self._known = sight.key, False
            self.sieve.put(*kept_sieve(self.desk, sight.key))
            self.desk.ask((self, "choices"), _choices, self._offer)
        trip, team = sight.book.trip, tuple(team.members for team in sight.book.teams)
        seen = tuple(sorted((visit.investor, visit.place) for visit in sight.targets))
        wish = (sight.key, trip.chain, trip.base, team, seen)
        if wish != self._asked_for:
            self._asked_for = wish
            self._rank()
        self._fill(self._found)

    def arrive(self) -> None:
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asked_for is None and self.sight is not None:
            self.put(self.sight)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"find": self._find, "reload": self._rank}

    def status(self) -> str:
        count = len(self.list.rows.rows)
        return f"{'候选前' if count >= OFFERED else '候选'} {count} 家　{self._said.text()}"

    def back(self) -> bool:
        if self.search.text():
            self.search.clear()
            return True
        return False

    def keep(self) -> None:
        if self.sight is not None and self.desk.is_open:
            keep_sieve(self.desk, self.sight.key, self.sieve.sieve, self.sieve.area)

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
        row.addWidget(self.add)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sieve.setContentsMargins(0, 0, 0, 0)
        chips = QHBoxLayout()
        chips.setContentsMargins(16, 0, 12, 6)
        chips.addWidget(self.sieve)
        column.addWidget(bar)
        column.addLayout(chips)
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
        self.desk.changed.connect(self._hear)
        self.search.textChanged.connect(self._rank)
        self.search.left.connect(self._to_list)
        self.sieve.changed.connect(self._sift)
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
        """Ask anew; what was asked before and is not answered yet is forgotten."""
        if self.sight is not None and self.desk.is_open:
            sieve = replace(self.sieve.sieve, words=self.search.text().strip())
            self.desk.ask((self, "rank"), _ranked(self.sight.key, sieve), self._ranked)

    def _ranked(self, found: list[Suggestion]) -> None:
        self._found, self._known = found, True
        self._fill(found)

    def _hear(self, changes: Changes) -> None:
        """What was changed elsewhere may change the order; it is asked for anew now or when this is seen again."""
        if changes.touches(*TELLING):
            self._asked_for = None
            if self.isVisible() and self.sight is not None and self.desk.is_open:
                self.put(self.sight)

    def _sift(self) -> None:
        self.keep()
        self._rank()

    def _offer(self, found: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
        self.sieve.offer(*found)

    def _row(self, suggestion: Suggestion) -> Candidate:
        visits = self.sight.book.visits if self.sight else []
        investor = suggestion.investor
        on_trip = any(v.investor == investor.id and v.state != OFF_THE_LIST for v in visits)
        return Candidate(investor, tuple(because.words for because in suggestion.because), on_trip)

    def _fill(self, found: Sequence[Suggestion]) -> None:
        rows = [self._row(one) for one in found]
        named = bool(self.search.text().strip())
        rows = rows if named else [row for row in rows if not row.on_trip]
        self.list.put(rows)
        if self.sight is None or self.sight.book.visits:
            self.unchosen.hide()
        else:
            first = "加入前 5 家" if rows else ""
            self.unchosen.say("还没有选。在左边点“＋ 加入”，也可以搜索任何一家客商。", first, "first")
        self.map.put(self._spots(rows), sum(1 for row in rows if _point(row.investor) is None))
        if rows:
            self.empty.hide()
        elif not self._known:
            self.empty.say("正在看哪些客商值得去……")
        elif named:
            self.empty.say(f"没有找到“{self.search.text().strip()}”。", "清除搜索", "clear")
        elif self.sieve.sieve != Sieve():
            self.empty.say("按现在的条件没有可以推荐的客商。", "清除条件", "everybody")
        else:
            self.empty.say("客商库里还没有可以推荐的客商，先导入或新建客商。", "导入表格", "importing")
        self.told.emit()

    def _spots(self, rows: Sequence[Candidate]) -> list[Spot]:
        spots = [
            Spot(row.investor.id, short_name(row.investor), point, city=city(row.investor.place))
            for row in rows
            if not row.on_trip and (point := _point(row.investor))
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

    def _to_list(self) -> None:
        """From the words down to what they found."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _press(self, name: str) -> None:
        if name == "clear":
            self.search.clear()
        elif name == "everybody":
            self.sieve.clear_all()
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


def _point(investor: Investor) -> tuple[float, float] | None:
    return investor.point or (point_of(investor.place) if investor.place else None)


def _ranked(trip: int, sieve: Sieve) -> Callable[[Office], list[Suggestion]]:
    """The question whom the trip might see."""

    def question(office: Office) -> list[Suggestion]:
        return candidates(office, trip, sieve, OFFERED)

    return question


def _choices(office: Office) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Which chains and provinces the library has, and how many firms in each."""
    provinces: dict[str, int] = {}
    for place, count in office.frequent(Investor, "place", EVERY_PLACE):
        top = (*parents(place), place)[0]
        provinces[top] = provinces.get(top, 0) + count
    return office.frequent(Investor, "chain", MOST_CHAINS), sorted(provinces.items(), key=lambda pair: -pair[1])


class SearchBox(QLineEdit):
    """`left` when Down or Return is pressed: on to what was found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)
