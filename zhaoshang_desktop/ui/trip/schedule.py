"""日程: the days of all teams, planned by the program and moved by hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.let_in import Change, granting, unpinning
from zhaoshang_desktop.actions.roads import give_back_ticket, set_road, set_ticket
from zhaoshang_desktop.actions.trip import cancel_visit, move_visit
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.blocks import Picture, picture_of
from zhaoshang_desktop.ui.trip.findings import Findings
from zhaoshang_desktop.ui.trip.planning_job import PlanningJob
from zhaoshang_desktop.ui.trip.planning_progress import PlanningProgress
from zhaoshang_desktop.ui.trip.roads_dialog import RoadsDialog
from zhaoshang_desktop.ui.trip.sight import DONE, Sight
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.timeline import Timeline
from zhaoshang_desktop.ui.trip.visit_dialog import VisitDialog, edit_visit
from zhaoshang_desktop.ui.trip.ways import Help
from zhaoshang_desktop.ui.trip.what_if_dialog import WhatIfDialog

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.plan_words import ClashSentence, LeftOutSentence
    from zhaoshang_desktop.actions.trip_draft import Draft, PlanOutcome
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand
    from zhaoshang_desktop.ui.trip.visit_dialog import VisitEdit


class ScheduleStep(Step):
    """F5 plans whatever is neither fixed nor pinned; a moved meeting is pinned where it was put."""

    KEY = "schedule"
    TITLE = "日程"

    tried = Signal(int, int)
    found = Signal(object)

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.timeline = Timeline(self)
        self.findings = Findings(self)
        self.empty = EmptyHint(self.timeline.viewport())
        self.planning = PlanningProgress(self.timeline)
        self._left_out: dict[int, LeftOutSentence] = {}
        self._refused: tuple[ClashSentence, ...] = ()
        self._moves: deque[int] = deque()
        self._job: PlanningJob | None = None
        self._roads: RoadsDialog | None = None
        self._seen = self._seen_before = 0
        self._on_its_way = False
        self._split = split = QSplitter(Qt.Orientation.Vertical, self)
        split.setHandleWidth(1)
        split.addWidget(self.timeline)
        split.addWidget(self.findings)
        split.setStretchFactor(0, 1)
        split.setCollapsible(0, False)
        self._shared_by_hand = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        self.setFocusProxy(self.timeline)
        self._connect()

    def put(self, sight: Sight) -> None:
        super().put(sight)
        self._seen += 1
        self._on_its_way = False
        placed = {visit.id for visit in sight.placed}
        self._left_out = {key: one for key, one in self._left_out.items() if key not in placed and sight.visit(key)}
        self._show()
        if self._roads is not None:
            self._roads.put(sight)

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.sight is None or not self.sight.placed:
            return ()
        return (
            ("路程与车票…", "roads"),
            ("假如…", "what_if"),
            ("打印…", "print"),
            ("重排其余 F5", "reload"),
        )

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"reload": self.plan}
        if self.sight is not None and self.sight.placed:
            found |= {"print": self.print_days, "roads": self.open_roads, "what_if": self.open_what_if}
        return found

    def status(self) -> str:
        if self.sight is None:
            return ""
        words = f"安排 {len(self.sight.placed)} / {len(self.sight.targets)} 家"
        count = len(self.sight.clashes) + len(self._still_refused(self.sight))
        return f"{words}　{f'{count} 处需要处理' if count else '独立检查：没有冲突'}" if self.sight.placed else words

    def back(self) -> bool:
        if self._job is not None:
            self._job.stop()
            return True
        return False

    @staticmethod
    def mark(sight: Sight) -> Mark:
        if sight.clashes:
            return Mark("wrong", str(len(sight.clashes)))
        return Mark("done", f"{len(sight.placed)}/{len(sight.targets)}") if sight.placed else Mark()

    def plan(self, change: Change | None = None) -> None:
        """Let the program find the days for everything that is not settled, after that change if there is one."""
        if self.sight is None:
            return
        if self._job is not None:
            self.desk.say("正在安排，排好后再试。")
            return
        self.timeline.commit()
        self._seen_before = self._seen
        self._job = PlanningJob(self.sight.key, self.tried.emit, self.found.emit, change)
        self.empty.hide()
        self.planning.begin(len(self.sight.targets))
        self.desk.run(self._job, on_done=self._planned, on_error=self._not_planned, words="正在安排日程", steps=True)

    def print_days(self) -> None:
        """The days on paper, as they stand here."""
        from zhaoshang_desktop.ui.trip.printing import print_picture  # the printers are asked when first needed

        if self.sight is not None:
            print_picture(self.timeline.picture, self.sight.book.trip.name, self)

    def edit(self, visit: int) -> None:
        """One visit in a window of its own."""
        found = self.sight.visit(visit) if self.sight else None
        if self.sight is not None and found is not None:
            dialog = VisitDialog(self.desk, self.sight, found, self)
            dialog.wanted.connect(self._store)
            dialog.open()

    def open_roads(self, leg: int = 0) -> None:
        """What the ways take, and their tickets; at that leg if one is named."""
        if self.sight is not None:
            self._roads = dialog = RoadsDialog(self.sight, self, leg)
            dialog.road_wanted.connect(self._set_road)
            dialog.ticket_wanted.connect(self._set_ticket)
            dialog.given_back.connect(self._give_back)
            dialog.finished.connect(self._roads_closed)
            dialog.open()

    def open_what_if(self) -> None:
        """The trip with something changed, beside the trip as it is."""
        if self.sight is not None:
            self.timeline.commit()
            WhatIfDialog(self.desk, self.sight, self).open()

    def _roads_closed(self) -> None:
        self._roads = None

    def _set_road(self, origin: str, destination: str, mode: str, minutes: int | None) -> None:
        if self.sight is not None:
            self.desk.run(set_road, self.sight.key, origin, destination, mode, minutes, on_error=self._not_set)

    def _set_ticket(self, leg: int, fields: dict[str, Any]) -> None:
        self.desk.run(set_ticket, leg, fields, on_error=self._not_set)

    def _give_back(self, leg: int) -> None:
        self.desk.run(give_back_ticket, leg, on_error=self._not_set)

    def _not_set(self, error: KnownError) -> None:
        """Said in the window that is open, which shows again what is stored."""
        if self._roads is not None and self.sight is not None:
            self._roads.put(self.sight)
            self._roads.say(str(error))
        else:
            self.desk.complained.emit(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The findings get what they need up to a third; the clerk's own division stays."""
        if not self._shared_by_hand and self.findings.isVisibleTo(self):
            below = self.findings.wanted_height(self.height() // 3)
            self._split.setSizes([self.height() - below, below])

    def _shared(self) -> None:
        self._shared_by_hand = True

    def _connect(self) -> None:
        self._split.splitterMoved.connect(self._shared)
        self.timeline.moved.connect(self._move)
        self.timeline.opened.connect(self.edit)
        self.timeline.pinned.connect(self._pin)
        self.timeline.leg_opened.connect(self.open_roads)
        self.timeline.dropped.connect(self._drop)
        self.timeline.menu_asked.connect(self._menu)
        self.findings.asked.connect(self._help)
        self.findings.pointed.connect(self.timeline.choose)
        self.empty.pressed.connect(self._press)
        self.planning.stopped.connect(self.back)
        self.tried.connect(self.planning.tell)
        self.found.connect(self._preview)

    def _preview(self, draft: Draft) -> None:
        """The best plan so far, while a better one is looked for."""
        if self._job is not None and self.sight is not None and draft.book.trip.id == self.sight.key:
            self.timeline.put(picture_of(replace(self.sight, book=draft.book, clashes=(), nights={})))

    def _show(self) -> None:
        """The days as they stand; while they are being planned, and until they come back, the plan stays there."""
        if self.sight is None or self._job is not None or self._on_its_way:
            return
        self.timeline.put(picture_of(self.sight), frozenset(self._moves))
        self.findings.put(self.sight, self._left_out, self._still_refused(self.sight))
        self.findings.setVisible(bool(self.sight.placed or self._left_out))
        hint = self._hint(self.sight)
        if hint:
            self.timeline.put(Picture())
            self.empty.say(*hint)
        else:
            self.empty.hide()
        self._share_room()
        self.told.emit()

    def _still_refused(self, sight: Sight) -> tuple[ClashSentence, ...]:
        """The wishes that the planner found cannot hold together, as long as they are wished and not granted."""
        placed = {visit.id for visit in sight.placed}
        known = {clash.text for clash in sight.clashes}
        wished = {visit.id for visit in sight.targets if visit.pinned or visit.fixed or visit.must}
        return tuple(
            one
            for one in self._refused
            if one.text not in known and set(one.visits) <= wished and not set(one.visits) <= placed
        )

    def _hint(self, sight: Sight) -> tuple[str, str, str] | None:
        if not sight.days:
            given = sight.book.trip.start and sight.book.trip.end
            words = "出发和返回日期不对，改好才能排日程。" if given else "先填出发和返回日期，才能排日程。"
            return words, "去“目的”一步", "purpose"
        if not sight.targets:
            return "先选要见的客商，程序再按约定、路程和上班时间排出日程。", "去“拜访对象”一步", "targets"
        if not any(sight.people(team) for team in sight.book.teams):
            return "先分好队，程序再给每个队排日程。", "去“队员”一步", "teams"
        if not sight.placed:
            words = f"{len(sight.targets)} 家都还没有排。程序按约定、上班时间、路程和午饭来排，排好后可以拖动。"
            return words, "排日程", "plan"
        return None

    def _press(self, name: str) -> None:
        if name == "plan":
            self.plan()
        else:
            self.wanted.emit(name)

    def _move(self, visit: int, column: int, start: int) -> None:
        at = self.timeline.picture.columns[column]
        self._moves.append(visit)
        self.desk.run(move_visit, visit, at.team, at.day, start, on_done=self._moved, on_error=self._not_moved)

    def _moved(self, changes: Changes) -> None:
        self._moves.popleft()

    def _not_moved(self, error: KnownError) -> None:
        self.timeline.let_go(self._moves.popleft())
        self.desk.complained.emit(error)

    def _planned(self, outcome: PlanOutcome) -> None:
        self._job = None
        self._on_its_way = self._seen == self._seen_before and outcome.changes.touches("visit", "leg")
        self.planning.end()
        self._left_out = {one.visit: one for one in outcome.left_out}
        self._refused = outcome.clashes
        targets = len(self.sight.targets) if self.sight else outcome.placed
        self.desk.say(f"试了 {outcome.iterations:,} 种，安排 {outcome.placed} / {targets} 家。", outcome.changes.batch)
        self._show()

    def _not_planned(self, error: KnownError) -> None:
        stopped = self._job is not None and self._job.stopped
        self._job = None
        self.planning.end()
        if stopped:
            self.desk.say(str(error))
        else:
            self.desk.complained.emit(error)
        self._show()

    def _pin(self, visit: int) -> None:
        """Pinned where it stands, or let go of."""
        found = self.sight.visit(visit) if self.sight else None
        if found is not None and found.state != DONE:
            self.hand.edit(found, {"pinned": None if found.pinned else True})

    def _drop(self, visit: int) -> None:
        found = self.sight.visit(visit) if self.sight else None
        if found is not None and found.state != DONE:
            self.desk.run(cancel_visit, visit, on_done=self._dropped)

    def _dropped(self, changes: Changes) -> None:
        self.desk.say("先不去了，时间已经空出来。", changes.batch)

    def _store(self, wanted: VisitEdit) -> None:
        if wanted:
            self.desk.run(edit_visit, wanted)

    def _help(self, help_: Help) -> None:
        if help_.name == "edit":
            self.edit(help_.visit)
        elif help_.name == "drop":
            self._drop(help_.visit)
        elif help_.name == "unpin":
            self.plan(unpinning(help_.visit))
        elif help_.remedy is not None:
            self.plan(granting(help_.visit, help_.remedy))
        else:
            self.plan()

    def _menu(self, visit: int, point: QPoint) -> None:
        found = self.sight.visit(visit) if self.sight else None
        if self.sight is None or found is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [("修改…\tEnter", "edit"), (f"{'不再钉住' if found.pinned else '钉住'}\tP", "pin")]
        entries += [("取消约定" if found.fixed else "标为已约定", "fix")]
        entries += [(f"交给{team.name}", f"team {team.id}") for team in self.sight.book.teams if team.id != found.team]
        entries += [("先不去\tDel", "drop"), ("打开客商资料", "show")]
        for text, name in entries:
            menu.addAction(text).setData((name, str(visit)))
        menu.triggered.connect(self._chosen)
        menu.popup(point)

    def _chosen(self, action: object) -> None:
        name, key = action.data()  # type: ignore[attr-defined]
        visit = self.sight.visit(int(key)) if self.sight else None
        if visit is None:
            return
        if name == "edit":
            self.edit(visit.id)
        elif name == "pin":
            self._pin(visit.id)
        elif name == "fix":
            self.hand.edit(visit, {"fixed": None if visit.fixed else True})
        elif name == "drop":
            self._drop(visit.id)
        elif name == "show":
            self.desk.show(Investor, visit.investor)
        else:
            self._moves.append(visit.id)
            team = int(name.split()[1])
            self.desk.run(
                move_visit, visit.id, team, visit.day, visit.start, on_done=self._moved, on_error=self._not_moved
            )
