"""材料 of a trip: for all who go, or for one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from zhaoshang_desktop.ui.affair.papers_step import PapersStep
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.trip.sight import Sight

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.papers.blocks import Paper
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

BRIEF, ITINERARY, CONTACTS, CALENDAR = "brief", "itinerary", "contacts", "calendar"
WITHOUT_TARGETS = ("approval", "settlement")
OF_ONE = (ITINERARY, CONTACTS, CALENDAR)
"""Those that can be had for one person."""
EVERYBODY = "所有人"


class MaterialStep(PapersStep[Sight]):
    """The calendar has no pages; most papers are about whom to see."""

    KEY = "material"
    PAPERS = {
        BRIEF: "会见参考资料",
        "approval": "出差审批表",
        ITINERARY: "行程单",
        CONTACTS: "通讯录",
        "settlement": "结算单",
        CALENDAR: "日历文件 .ics",
    }
    MASKED = (CONTACTS,)
    FOLDER, LAST = "trip.pack.folder", "trip.paper"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        """The papers change nothing: the hand stays where it is."""
        super().__init__(desk, parent)
        self.person = QComboBox(self)
        self.person.setProperty("asks", True)
        self.person.setAccessibleName("谁的")
        self.person.currentIndexChanged.connect(self.make_again)
        self.bar.insertWidget(1, self.person)

    @staticmethod
    def paper(office: Office, key: int, kind: str, wish: Wish) -> tuple[Paper, Sequence[Promise]]:
        from zhaoshang_desktop.actions.paper import paper_of  # brings the printing press with it

        return paper_of(office, kind, key, wish)

    @staticmethod
    def write(office: Office, key: int, kind: str, wish: Wish, path: Path) -> str:
        from zhaoshang_desktop.actions.paper import write_paper, write_trip_calendar

        if kind == CALENDAR:
            return f"{write_trip_calendar(office, key, path, wish)} 项"
        return f"{write_paper(office, kind, key, path, wish).pages} 页"

    @staticmethod
    def note(office: Office, key: int, kind: str, wish: Wish, promises: Sequence[Promise]) -> None:
        from zhaoshang_desktop.actions.paper import note_printed

        note_printed(office, kind, key, "", wish, promises)

    def people(self) -> tuple[str, ...]:
        who = self.person.currentText() if self.chosen in OF_ONE else EVERYBODY
        return () if who in ("", EVERYBODY) else (who,)

    def lacking(self) -> tuple[str, str, str] | None:
        if not self._has_something():
            return "选了拜访对象，这里就能看到要带的资料。", "去“拜访对象”一步", "targets"
        if self.chosen == CALENDAR:
            words = "日历文件没有页面可看。保存以后发到手机，或在 Outlook 里打开；改了日程再导入一次就会更新。"
            return words, "", ""
        return None

    def show_ways(self) -> None:
        super().show_ways()
        self.person.setVisible(self.chosen in OF_ONE)

    def title(self) -> str:
        return "资料" if self.chosen == BRIEF else super().title().removesuffix(" .ics")

    def ending(self) -> tuple[str, str]:
        return (".ics", "日历 (*.ics)") if self.chosen == CALENDAR else super().ending()

    def put(self, sight: Sight) -> None:
        names = [EVERYBODY, *dict.fromkeys(name for team in sight.book.teams for name in sight.people(team))]
        if names != [self.person.itemText(row) for row in range(self.person.count())]:
            kept = self.person.currentText()
            blocked = self.person.blockSignals(True)
            self.person.clear()
            self.person.addItems(names)
            self.person.setCurrentText(kept if kept in names else EVERYBODY)
            self.person.blockSignals(blocked)
        super().put(sight)

    def buttons(self) -> Buttons:
        if not self._has_something():
            return ()
        made = (("保存 .ics…", "save"),) if self.chosen == CALENDAR else super().buttons()
        return (*made, ("带出出差包…", "take.out"))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {**super().handlers(), "take.out": self._take_out}

    def _has_something(self) -> bool:
        """Whether there is a paper: most are about whom to see."""
        return self.sight is not None and (bool(self.sight.targets) or self.chosen in WITHOUT_TARGETS)

    def _take_out(self) -> None:
        self.desk.called.emit("pack.out")
