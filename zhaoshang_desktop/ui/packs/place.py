"""写到: a path under the pack's own name in the folder of last time, until somebody types or chooses another; sticks
with one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import zip_longest
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.pack import place_for
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime.disks import sticks
from zhaoshang_desktop.ui.pieces import button, label

NO_STICK = "没有看到U盘；插上后再找一次，或先写到文件夹。"
_MOST_STICKS = 3


class PackPlace(QWidget):
    """`line` holds the path; `target()` is where the pack goes, or says what is wrong with it."""

    def __init__(self, last: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._name = ""
        self._typed = False
        self.line = QLineEdit(self)
        self.line.setAccessibleName("写到")
        self.choose = button("选择…", "", self._choose)
        self.ways = [button("", "link", self._choose_stick) for _ in range(_MOST_STICKS)]
        self.again, self._no_stick = button("再找U盘", "link", self._look), label("", "secondary")
        self.line.textEdited.connect(self._keep)
        self.line.textChanged.connect(self.line.setToolTip)
        self._lay_out()
        found, folder = self._look(), Path(last or Path.home())
        self.folder = folder if folder.is_dir() and folder != Path.home() else found[0] if found else Path.home()

    def call(self, name: str) -> None:
        """That is what goes; what somebody typed or chose stays."""
        self._name = name
        if not self._typed:
            self.put_folder(self.folder)

    def put_folder(self, folder: Path) -> None:
        """Into that folder, under the pack's own name."""
        self.folder, self._typed = folder, False
        self._show(str(place_for(folder, self._name, self._today())))

    def target(self) -> Path:
        """Where it goes; KnownError when that is nowhere, or something is there."""
        text = self.line.text().strip()
        if not text:
            self.line.setFocus()
            raise KnownError("还没有选写到哪里。", "请选一个U盘或文件夹。")
        target = Path(text)
        if target.exists():
            self.line.setFocus()
            raise KnownError(f"“{target.name}”已经存在，它可能还有没带回的内容。", "请换一个文件名。")
        return target

    def _show(self, path: str) -> None:
        self.line.setText(path)
        self.line.setCursorPosition(0)  # the disk is seen rather than the end of a long name

    def _keep(self) -> None:
        self._typed = True

    def _choose(self) -> None:
        offered = str(place_for(self.folder, self._name, self._today()))
        kept, _ = QFileDialog.getSaveFileName(self, "写到哪里", offered, "出差包 (*.pack)")
        if kept:
            self.folder, self._typed = Path(kept).parent, True
            self._show(kept)

    def _choose_stick(self) -> None:
        self.put_folder(Path(str(self.sender().property("folder"))))

    def _look(self) -> list[Path]:
        """What can be written to with one click; looked for again when somebody has plugged one in."""
        found = sticks()
        for way, stick in zip_longest(self.ways, found[:_MOST_STICKS]):
            way.setText(f"U盘 {stick}")
            way.setProperty("folder", str(stick))
            way.setVisible(stick is not None)
        self._no_stick.setText("" if found else NO_STICK)
        return found

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.line, 1)
        line.addWidget(self.choose)
        column.addLayout(line)
        offered = QHBoxLayout()
        for way in self.ways:
            offered.addWidget(way)
        offered.addWidget(self.again)
        offered.addWidget(self._no_stick, 1)
        column.addLayout(offered)
