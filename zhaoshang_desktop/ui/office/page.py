"""办公室: backups, checking, the ledger, standards and the users of the office, one under the other at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.office.backups import BackupsPart
from zhaoshang_desktop.ui.office.checking import CheckingPart
from zhaoshang_desktop.ui.office.ledger import LedgerPart
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.office.space import SpacePart
from zhaoshang_desktop.ui.office.standards import StandardsPart
from zhaoshang_desktop.ui.office.users import UsersPart
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.pieces import label

PARTS: dict[str, type[Part]] = {
    "backups": BackupsPart,
    "checking": CheckingPart,
    "ledger": LedgerPart,
    "users": UsersPart,
    "space": SpacePart,
    "standards": StandardsPart,
}
LEFT_PX = 168
AWAY = "服务器连不上，连上后再列出。"


class OfficePage(Page):
    """Its views are its parts, by name; each is made with the page and asks when it comes to the front."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.names = QListWidget(self)
        self.names.setObjectName("steps")
        self.names.setFixedWidth(LEFT_PX)
        self.names.setAccessibleName("办公室的各项")
        self._stack = QStackedWidget(self)
        self.parts: dict[str, Part] = {}
        for name, maker in PARTS.items():
            self.parts[name] = maker(desk, self)
            self.parts[name].told.connect(self._tell)
            self.names.addItem(maker.TITLE)
            self._stack.addWidget(self.parts[name])
        self._title, self.away = label("", "title", wraps=False), label(AWAY, "secondary")
        self._silent = QWidget(self)
        told = QVBoxLayout(self._silent)
        told.setContentsMargins(24, 16, 24, 16)
        told.setSpacing(8)
        told.addWidget(self._title)
        told.addWidget(self.away)
        told.addStretch(1)
        self._stack.addWidget(self._silent)
        desk.missed.connect(self._miss)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self._stack, 1)
        self.names.setCurrentRow(0)
        self.names.currentRowChanged.connect(self._choose)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"reload": self._load}

    def office_opened(self) -> None:
        self._load()

    def office_resumed(self) -> None:
        if not self._front().answered:
            self._load()

    def arrive(self) -> None:
        self._load()
        self._front().focus()

    def show_view(self, key: str) -> None:
        if key in self.parts:
            self.names.setCurrentRow(list(self.parts).index(key))
            self._front().focus()

    def status(self) -> str:
        return self._front().status()

    def _front(self) -> Part:
        return list(self.parts.values())[self.names.currentRow()]

    def _choose(self, _row: int) -> None:
        self._load()

    def _miss(self, channel: object) -> None:
        """The server did not answer: a part that has nothing to show says so."""
        if isinstance(channel, tuple) and channel[0] is self._front():
            self._show(missed=True)

    def _show(self, *, missed: bool = False) -> None:
        front = self._front()
        silent = not front.answered and (missed or self.desk.is_away)
        self._title.setText(front.TITLE)
        self._stack.setCurrentWidget(self._silent if silent else front)

    def _load(self) -> None:
        if self.desk.is_open:
            self._front().load()
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.status_changed.emit(self.status())
