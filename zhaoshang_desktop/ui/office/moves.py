"""把办公室移到服务器, and back into a file: behind the window, with progress and 取消."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from zhaoshang_desktop.actions.moving import about_users, begin_move, move_office, reopen_office
from zhaoshang_desktop.runtime import paths
from zhaoshang_desktop.ui import asking
from zhaoshang_desktop.ui.office.server_dialog import ServerDialog
from zhaoshang_desktop.ui.status import place_of

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.moving import Moved
    from zhaoshang_desktop.ui.main_window import MainWindow

FILTER = "办公室 (*.office)"
WORDS = "正在搬办公室"


class Moves(QObject):
    """The office that is open goes elsewhere; then the one over there is opened, and the old one stays as it was.

    Meanwhile and from then on it can only be looked at: what was written now would stay behind."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._server, self._target = "", ""
        self._told, self._there = "", ""
        window.desk.opened.connect(self._opened)

    def away(self) -> None:
        """To a server, once one was reached that is empty; the one that was tried last is filled in."""
        dialog = ServerDialog(self._server, self._window, move=True)
        dialog.chosen.connect(self.start)
        dialog.open()

    def home(self) -> None:
        """Into a file that is not there yet."""
        folder = str(paths.offices_folder() / f"{self._window.desk.office.name or '办公室'}.office")
        place, _ = QFileDialog.getSaveFileName(self._window, "搬回哪个文件", folder, FILTER)
        if place:
            self.start(place if place.endswith(".office") else f"{place}.office")

    def start(self, place: str) -> None:
        """There, after what is typed has been saved."""
        self._target = place
        self._server = place if "://" in place else self._server
        if self._window.may_leave():
            self._window.desk.run(begin_move, on_done=self._move, words=WORDS)

    def reopen(self) -> None:
        """The office that has moved is one to work in again, if that is really meant."""
        question = (
            f"这个办公室已于 {self._window.desk.office.moved}。重新启用以后，这里和那里各改各的，"
            "一边改的另一边看不到，以后也合不到一起。只有那边不再用了才需要这样。"
        )
        if asking.confirm(self._window, question, "重新启用"):
            self._window.desk.run(reopen_office, on_done=self._reopened, words="正在重新启用")

    def _reopened(self, _nothing: None) -> None:
        self._window.desk.rights_changed.emit()
        self._window.desk.say("已重新启用：这个办公室又能改了。")

    def _move(self, _nothing: None) -> None:
        desk, target = self._window.desk, self._target
        desk.rights_changed.emit()
        desk.run(
            move_office,
            target if "://" in target else Path(target),
            on_done=self._done,
            on_error=self._failed,
            words=WORDS,
            steps=True,
        )

    def _failed(self, error: KnownError) -> None:
        self._window.desk.rights_changed.emit()
        self._window.notice.complain(error)

    def _done(self, moved: Moved) -> None:
        plain = "" if "://" in moved.where else "新文件没有加密，需要的话用“文件 › 加密”。"
        self._there = moved.where
        self._told = (
            f"已搬到 {place_of(moved.where)}：{moved.rows:,} 行，逐条核对一致。现在打开的是那里的办公室；"
            f"原来的没有动，从现在起只能看。{plain}{about_users(moved)}"
        )
        self._window.notice.tell(self._told)
        self._window.office_wanted.emit(moved.where)

    def _opened(self) -> None:
        """What is said of the office over there goes with it."""
        if self._told and self._window.desk.office.where != self._there:
            if self._window.notice.text == self._told:
                self._window.notice.hide()
            self._told = ""
