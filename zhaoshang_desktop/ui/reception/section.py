"""A section of a reception: one thing to settle, which can be come back to at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.ui.trip.step import Mark

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen

Buttons = tuple[tuple[str, str], ...]


class Section(QWidget):
    """`told` when what the head or the status bar says has changed. `KEYS` are the sections of the findings that
    belong here."""

    KEY = ""
    TITLE = ""
    KEYS: tuple[str, ...] = ()

    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.seen: Seen | None = None

    def put(self, seen: Seen) -> None:
        """Show the reception as it is now; what is being typed stays."""
        self.seen = seen

    def arrive(self) -> None:
        """It has come to the front; the cursor goes where one would type."""
        self.setFocus()

    def keep(self) -> None:
        """Store what has been typed and not yet been sent."""

    def rest(self) -> None:
        """The window closes or the office changes: end what runs beside it."""

    def buttons(self) -> Buttons:
        """What stands in the head: (text, name of a handler)."""
        return ()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here now, by name of the command."""
        return {}

    def status(self) -> str:
        """What the status bar says."""
        return ""

    @classmethod
    def mark(cls, seen: Seen) -> Mark:
        """How far it is: wrong as long as a rule is broken."""
        own = [one for one in seen.look.findings if one.section in cls.KEYS]
        count = cls.count(seen)
        wrong = any(one.wrong for one in own)
        return Mark("wrong" if wrong else "done" if count else "open", count)

    @staticmethod
    def count(seen: Seen) -> str:
        """The number beside its name."""
        return ""
