"""办公室: backups, checking, the ledger, standards and the users of the office, one under the other at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QWidget

from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.office.backups import BackupsPart
from zhaoshang_desktop.ui.office.checking import CheckingPart
from zhaoshang_desktop.ui.office.ledger import LedgerPart
from zhaoshang_desktop.ui.office.part import Part
from zhaoshang_desktop.ui.office.space import SpacePart
from zhaoshang_desktop.ui.office.standards import StandardsPart
from zhaoshang_desktop.ui.office.users import UsersPart
from zhaoshang_desktop.ui.page import Page

PARTS: dict[str, type[Part]] = {
    "backups": BackupsPart,
    "checking": CheckingPart,
    "ledger": LedgerPart,
    "users": UsersPart,
    "space": SpacePart,
    "standards": StandardsPart,
}
LEFT_PX = 168


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

    def arrive(self) -> None:
        self._load()

    def show_view(self, key: str) -> None:
        if key in self.parts:
            self.names.setCurrentRow(list(self.parts).index(key))

    def status(self) -> str:
        return self._front().status()

    def _front(self) -> Part:
        return list(self.parts.values())[self._stack.currentIndex()]

    def _choose(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        self._load()

    def _load(self) -> None:
        if self.desk.is_open:
            self._front().load()
        self._tell()

    def _tell(self) -> None:
        self.status_changed.emit(self.status())
