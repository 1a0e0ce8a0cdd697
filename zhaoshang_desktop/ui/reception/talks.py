"""洽谈记录: what came of a reception, as visits that came in; logged, followed up and counted like those of a trip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from zhaoshang_desktop.actions.reception import log_talks
from zhaoshang_desktop.domain.reception import Reception
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.library.relations import Relation
from zhaoshang_desktop.ui.reception.section import Section

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen

DONE = "已完成"


class TalksSection(Section):
    """A row an investor; Enter opens the form that visits are typed up in, with photos and new facts."""

    KEY, TITLE = "talks", "洽谈记录"

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        relation = Relation("visit", "reception", "洽谈记录")
        self.rows = _TalkRows(desk, Reception, relation, self, tall=True)
        self.empty = EmptyHint(self.rows.view.viewport())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self.setFocusProxy(self.rows.view)
        self.empty.pressed.connect(self._press)

    def put(self, seen: Seen) -> None:
        super().put(seen)
        self.desk.titles.update(seen.titles)
        self.rows.day = seen.record.start
        self.rows.put(seen.key, list(seen.visits))
        if seen.visits:
            self.empty.hide()
        elif seen.record.investors:
            self.empty.say(
                "客人走后，在这里记谈了什么、意向和下一步；会进各家的往来和待办。", "按来访客商建记录", "reception.log"
            )
        else:
            self.empty.say("在“基本”一栏选了来访客商，就能在这里给每家记洽谈；公务接待的成效写在“接待结果”里。")

    def keep(self) -> None:
        self.rows.commit()

    def buttons(self) -> Buttons:
        return (("按来访客商建记录", "reception.log"),) if self.sight and self.sight.visits else ()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.new": self.rows.add, "reception.log": self.log}

    def log(self) -> None:
        """A row for each investor who came and has none yet."""
        if self.sight is not None:
            self.desk.run(log_talks, self.sight.key, on_done=self._logged)

    def status(self) -> str:
        visits = self.sight.visits if self.sight else ()
        done = sum(1 for one in visits if one.state == DONE)
        return f"已记录 {done} / {len(visits)} 家" if visits else ""

    def _logged(self, changes: Changes) -> None:
        self.desk.say("已建好，记下谈了什么、意向或结果，就算谈过了。", changes.batch)

    def _press(self, name: str) -> None:
        if name == "reception.log":
            self.log()

    @staticmethod
    def count(seen: Seen) -> str:
        return str(len(seen.visits) or "")


class _TalkRows(ChildTable):
    """A row that is added by hand is a talk that came in."""

    WHOLE = "记录…"
    day: date | None = None

    def open_whole(self) -> None:
        """The form of the talk under the cursor; one that is not stored yet is only its fields."""
        from zhaoshang_desktop.ui.reception.talk_dialog import TalkDialog  # made when first needed

        row = self.view.currentIndex().row()
        if 0 <= row < len(self.model.rows) and self.model.rows[row].id:
            TalkDialog(self._desk, self.model.rows[row].id, self).open()
        else:
            super().open_whole()

    def _begun(self) -> dict[str, Any]:
        begun = super()._begun()
        return begun | {"direction": "请进来", "way": "接待", "day": self.day or begun.get("day")}
