"""会见人: those of the other side who were there, chosen among the contacts of the investor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.flow import Flow

SHOWN, CHIP = 6, 26


class Hosts(Flow):
    """A chip for each contact, lit when he was there; `chosen` when that was changed, `wanted` a new contact."""

    chosen = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 6, 6)
        self.value: tuple[int, ...] = ()
        self._chips: list[QPushButton] = []
        self._none = QLabel("还没有登记联系人", self)
        self._none.setProperty("role", "secondary")
        self._new = QPushButton("＋ 新联系人…", self)
        self._new.setProperty("kind", "link")
        self._new.setMinimumHeight(CHIP)
        self._new.clicked.connect(self.wanted)
        self.hold((self._none, self._new))

    def put(self, contacts: Sequence[Contact], value: tuple[int, ...]) -> None:
        """Show the contacts, those in `value` lit."""
        self.value = value
        there = [one for one in contacts if one.id in value]
        shown = [*there, *(one for one in contacts if one.id not in value)][: max(SHOWN, len(there))]
        shown.sort(key=lambda one: (not one.decides, one.id))
        while len(self._chips) > len(shown):
            chip = self._chips.pop()
            chip.hide()
            chip.deleteLater()
        while len(self._chips) < len(shown):
            chip = QPushButton(self)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(self._press)
            chip.show()
            self._chips.append(chip)
        for chip, one in zip(self._chips, shown, strict=True):
            chip.setText(f"{one.name} {one.post}".strip())
            chip.setProperty("key", str(one.id))
            self._light(chip, one.id in value)
        self._none.setVisible(not shown)
        self.hold((*self._chips, *(() if shown else (self._none,)), self._new))

    def buttons(self) -> tuple[QPushButton, ...]:
        """The chips and the link behind them."""
        return (*self._chips, self._new)

    def _press(self) -> None:
        for chip in self._chips:
            self._light(chip, chip.isChecked())
        self.value = tuple(int(chip.property("key")) for chip in self._chips if chip.isChecked())
        self.chosen.emit()

    def _light(self, chip: QPushButton, on: bool) -> None:
        chip.setChecked(on)
        theme.restyle(chip, "active", "true" if on else "false")
