"""把办公室移到服务器, and back into a file: behind the window, with progress and 取消."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from zhaoshang_desktop.actions.moving import move_office
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.ui.office.server_dialog import ServerDialog
from zhaoshang_desktop.ui.status import place_of

if TYPE_CHECKING:
    from zhaoshang_desktop.store.moving import Moved
    from zhaoshang_desktop.ui.main_window import MainWindow

FILTER = "办公室 (*.office)"


class Moves(QObject):
    """The office that is open goes elsewhere; then the one over there is opened, and the old one stays as it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def away(self) -> None:
        """To a server, once one was reached that is empty."""
        dialog = ServerDialog("", self._window, move=True)
        dialog.chosen.connect(self.start)
        dialog.open()

    def home(self) -> None:
        """Into a file that is not there yet."""
        folder = str(paths.offices_folder() / f"{self._window.desk.office.name or '办公室'}.office")
        place, _ = QFileDialog.getSaveFileName(self._window, "搬回哪个文件", folder, FILTER)
        if place:
            self.start(place if place.endswith(".office") else f"{place}.office")

    def start(self, place: str) -> None:
        """There, now."""
        target = place if "://" in place else Path(place)
        self._window.desk.run(move_office, target, on_done=self._done, words="正在搬办公室", steps=True)

    def _done(self, moved: Moved) -> None:
        plain = "" if "://" in moved.where else "新文件没有加密，需要的话用“文件 › 加密”。"
        self._window.notice.tell(
            f"已搬到 {place_of(moved.where)}：{moved.rows:,} 行，逐条核对一致。现在打开的是那里的办公室；"
            f"原来的没有动，请收好，不要再在里面修改。{plain}"
        )
        self._window.office_wanted.emit(moved.where)
