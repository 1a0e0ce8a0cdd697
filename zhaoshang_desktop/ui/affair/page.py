"""The page of a kind of affair: their list, and the one that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from zhaoshang_desktop.actions.record import erase_records, remove_records, restore_records
from zhaoshang_desktop.ui.affair.affair_list import AffairList
from zhaoshang_desktop.ui.affair.view import AffairView
from zhaoshang_desktop.ui.asking import confirm
from zhaoshang_desktop.ui.page import Page

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk


class AffairPage(Page):
    """A new affair is stored from its first moment; leaving it loses nothing."""

    LIST: type[AffairList]
    VIEW: type[AffairView[Any]]
    LISTED: tuple[str, ...]
    """Whose changes can be seen in the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = self.LIST(desk, self)
        self._view: AffairView[Any] | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self.list.opened.connect(self.show_record)
        self.list.called.connect(desk.called)
        self.list.told.connect(self._tell)

    @property
    def view(self) -> AffairView[Any]:
        """One affair; made when first needed."""
        if self._view is None:
            self._view = self.VIEW(self.desk, self)
            self._view.closed.connect(self._show_list)
            self._view.gone.connect(self._leave_gone)
            self._view.told.connect(self._tell)
            self._stack.addWidget(self._view)
        return self._view

    @property
    def inside(self) -> bool:
        """Whether an affair fills the page."""
        return self._view is not None and self._stack.currentWidget() is self._view

    @property
    def key(self) -> int:
        """The affair in front, or where the cursor is in the list; 0 when there is none."""
        return self.view.key if self.inside else self.list.current_key

    def new(self) -> None:
        """Begin a new affair."""
        raise NotImplementedError

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        if not self.desk.is_open:
            return {}
        new = {self.list.BUTTONS[-1][1]: self.new}
        if self.inside:
            return {**self.view.handlers(), **new}
        own = {"find": self.list.bar.start, "reload": self.list.ask, "library.bin": self.list.show_bin}
        if self.list.in_bin:
            return new | own | {"record.restore": self._restore, "record.erase": self._erase}
        return (
            new
            | own
            | {
                "record.new": self.new,
                "record.open": self._open_current,
                "record.remove": self._remove,
            }
        )

    def arrive(self) -> None:
        """What the calendar says of an affair is another thing on another day."""
        if self.list.day not in (None, self.desk.today()):
            self.office_resumed()

    def office_opened(self) -> None:
        if self._view is not None:
            self._view.key = 0
        self._stack.setCurrentWidget(self.list)
        self.list.ask()

    def office_resumed(self) -> None:
        self.list.ask()
        if self.inside:
            self.view.refresh()

    def refresh(self, changes: Changes) -> None:
        if not self.desk.is_open:
            return
        if changes.touches(*self.LISTED):
            self.list.ask()
        if self._view is not None and self._view.touched_by(changes):
            self._view.refresh()

    def status(self) -> str:
        return self.view.status() if self.inside else self.list.status()

    def leave(self) -> bool:
        if self._view is not None:
            self._view.rest()
        return True

    def back(self) -> bool:
        return self.view.back() if self.inside else self.list.clear()

    def show_record(self, key: int, step: str = "") -> None:
        """That affair, at a step or where the work goes on."""
        self._stack.setCurrentWidget(self.view)
        self.view.show_affair(key, step)
        self._tell()

    def keep(self) -> None:
        """Store what has been typed into the affair that is open."""
        if self._view is not None:
            self._view.keep()

    def made(self, made: Made) -> None:
        """A new affair is there; the work begins at its first step."""
        self.desk.say(f"已新建{self.list.what}，填的每一项都会自动保存。", made.changes.batch)
        self.show_record(made.key, self.VIEW.STEPS[0].KEY)

    def _show_list(self) -> None:
        self.list.go_to(self.view.key)
        self._stack.setCurrentWidget(self.list)
        self.list.table.setFocus()
        self._tell()

    def _leave_gone(self, name: str) -> None:
        if self.inside:
            self._show_list()
            self.desk.say(f"“{name or self.list.what}”已经不在了（删除、移到回收站或撤销了新建），回到了列表。")

    def _open_current(self) -> None:
        if self.list.current_key:
            self.show_record(self.list.current_key)

    def _remove(self) -> None:
        keys = self.list.selected()
        if keys:
            self.desk.run(remove_records, self.list.RECORD, keys, on_done=self._removed)

    def _removed(self, changes: Changes) -> None:
        count = len(changes.of(self.list.RECORD.NOUN))
        self.desk.say(f"已移到回收站：{count} 次{self.list.what}。", changes.batch)

    def _restore(self) -> None:
        keys = self.list.selected()
        if keys:
            self.desk.run(restore_records, self.list.RECORD, keys, on_done=self._restored)

    def _restored(self, changes: Changes) -> None:
        count = len(changes.of(self.list.RECORD.NOUN))
        self.desk.say(f"已恢复 {count} 次{self.list.what}。", changes.batch)

    def _erase(self) -> None:
        keys, what = self.list.selected(), self.list.what
        question = (
            f"彻底删除 {len(keys)} 次{what}？从回收站里拿走后，就不能再从这里恢复。"
            "已完成的拜访洽谈留在客商的往来里，还没有办的一起删除。"
        )
        if keys and confirm(self, question, "彻底删除"):
            self.desk.run(erase_records, self.list.RECORD, keys, on_done=self._erased)

    def _erased(self, changes: Changes) -> None:
        self.desk.say(f"已彻底删除 {len(changes.of(self.list.RECORD.NOUN))} 次{self.list.what}。")

    def _tell(self) -> None:
        self.status_changed.emit(self.status())


@dataclass(frozen=True)
class Made:
    """A new affair."""

    key: int
    changes: Changes
