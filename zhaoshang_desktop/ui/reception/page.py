"""请进来: the list of receptions, and the reception that was opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from zhaoshang_desktop.actions.reception import ReceptionWish, new_reception
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.domain.reception import INVESTING, Reception
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.reception.reception_list import NEW, ReceptionList
from zhaoshang_desktop.ui.reception.view import ReceptionView

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk


class ReceptionPage(Page):
    """A new reception is stored from its first moment; leaving it loses nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = ReceptionList(desk, self)
        self._view: ReceptionView | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self.list.opened.connect(self.open_reception)
        self.list.called.connect(self._call)
        self.list.told.connect(self._tell)

    @property
    def view(self) -> ReceptionView:
        """One reception; made when first needed."""
        if self._view is None:
            self._view = ReceptionView(self.desk, self)
            self._view.closed.connect(self._show_list)
            self._view.told.connect(self._tell)
            self._stack.addWidget(self._view)
        return self._view

    @property
    def inside(self) -> bool:
        """Whether a reception fills the page."""
        return self._view is not None and self._stack.currentWidget() is self._view

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        if not self.desk.is_open:
            return {}
        if self.inside:
            return {**self.view.handlers(), NEW: self.new}
        return {
            NEW: self.new,
            "record.new": self.new,
            "record.open": self._open_current,
            "record.remove": self._remove,
            "find": self._find,
            "reload": self.list.ask,
            "reception.ledger": self._ledger,
        }

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
        if changes.touches("reception", "reception_person", "investor"):
            self.list.ask()
        if self._view is not None and self._view.touched_by(changes):
            self._view.refresh()

    def to_pack(self) -> dict[str, Any]:
        key = self.view.key if self.inside else self.list.current_key
        return {"chosen": (Reception, (key,))} if key else {}

    def status(self) -> str:
        return self.view.status() if self.inside else self.list.status()

    def leave(self) -> bool:
        if self._view is not None:
            self._view.rest()
        return True

    def back(self) -> bool:
        return self.view.back() if self.inside else self.list.clear()

    def show_record(self, key: int) -> None:
        self.open_reception(key)

    def open_reception(self, key: int, section: str = "basic") -> None:
        """That reception, at a section."""
        self._stack.setCurrentWidget(self.view)
        self.view.show_reception(key, section)
        self._tell()

    def new(self) -> None:
        """Ask for the kind, who comes and when."""
        from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog  # made when first needed

        if self._view is not None:
            self._view.keep()
        dialog = NewReceptionDialog(self.desk, self)
        dialog.wanted.connect(self.make)
        dialog.open()

    def make(self, wanted: Reception) -> None:
        """Store it and open it."""
        self.desk.run(_made, ReceptionWish(wanted), on_done=self._made)

    def _made(self, made: Made) -> None:
        self.desk.say("已新建接待，填的每一项都会自动保存。", made.changes.batch)
        self.open_reception(made.key)

    def _ledger(self) -> None:
        from zhaoshang_desktop.ui.reception.ledger_dialog import LedgerDialog  # made when first needed

        LedgerDialog(self.desk, self.list.kind or INVESTING, self).open()

    def _show_list(self) -> None:
        if self._view is not None:
            self.list.go_to(self._view.key)
        self._stack.setCurrentWidget(self.list)
        self.list.table.setFocus()
        self._tell()

    def _open_current(self) -> None:
        if self.list.current_key:
            self.open_reception(self.list.current_key)

    def _remove(self) -> None:
        keys = self.list.selected()
        if keys:
            self.desk.run(remove_records, Reception, keys, on_done=self._removed)

    def _removed(self, changes: Changes) -> None:
        self.desk.say(f"已移到回收站：{len(changes.of('reception'))} 次接待。", changes.batch)

    def _find(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _call(self, name: str) -> None:
        handler = self.handlers().get(name)
        if handler is not None:
            handler()

    def _tell(self) -> None:
        self.status_changed.emit(self.status())


@dataclass(frozen=True)
class Made:
    """A new reception."""

    key: int
    changes: Changes


def _made(office: Office, wish: ReceptionWish) -> Made:
    return Made(*new_reception(office, wish))
