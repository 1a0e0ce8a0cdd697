"""What the frame expects of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk


class Page(QWidget):
    """A tab of the window, or something laid over one (a wizard).

    `status_changed` carries what the status bar says of it; `closed` asks the frame to go back.
    """

    status_changed = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The commands this page can carry out now, by name."""
        return {}

    def adopt(self, actions: Mapping[str, QAction]) -> None:
        """Take the commands whose keys only count in a list; called once."""

    def arrive(self) -> None:
        """The page has come to the front."""

    def office_opened(self) -> None:
        """There is an office now, or another one."""

    def office_resumed(self) -> None:
        """The same office is there again (the window was locked, the server away); what is shown is asked for again."""

    def refresh(self, changes: Changes) -> None:
        """Records have changed; take from the office what this page shows of them."""

    def settings_changed(self) -> None:
        """Colours, row heights or who sits here were chosen anew."""

    def status(self) -> str:
        """What the status bar says of this page."""
        return ""

    def leave(self) -> bool:
        """Whether the page can be left; what is unsaved has been saved or become a draft."""
        return True

    def keep_edits(self) -> None:
        """Save what was changed of what is stored; what is new stays as unfinished as it is."""
        save = self.handlers().get("record.save")
        if save is not None:
            save()

    def show_record(self, key: int) -> None:
        """Bring that record before the clerk's eyes."""

    def show_view(self, key: str) -> None:
        """Show what that view of this page holds."""

    def to_pack(self) -> dict[str, Any]:
        """What of this page would go into a pack: a trip, or chosen records (see ui.packs.out.PackOutPage)."""
        return {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as it does in a dialog; held down it presses once."""
        focus = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(focus, QPushButton):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            focus.click()

    def back(self) -> bool:
        """Esc: one step back within the page; False when there is none."""
        return False
