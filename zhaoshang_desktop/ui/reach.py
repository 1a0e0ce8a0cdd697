"""Whether the server can be reached: what others write is shown, a loss is said, what was missed is asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from zhaoshang_desktop.ui.following import Follow

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.main_window import MainWindow
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.worker import Worker

REREAD_MS = 1_000
CUT = "与服务器的连接断了。"
LOST = f"{CUT}已经打开的内容还可以看，修改留在这个窗口里，连上就送出。"


class Reach(QObject):
    """Looks after the office that the window shows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._follow: Follow | None = None
        self.again = QTimer(self, singleShot=True, interval=REREAD_MS)
        self.again.timeout.connect(self._read_again)

    def watch(self, worker: Worker, reader: Reader) -> None:
        """What waits to be sent, and what was asked for in vain."""
        worker.outbox.counted.connect(self.show)
        reader.lost.connect(self._miss)

    def follow(self, office: Office) -> None:
        """From now on what others write is shown too, and whether the server can be reached."""
        self._follow = Follow(office, self)
        self._follow.changed.connect(self._desk.take_in)
        self._follow.lost.connect(self._lose)
        self._follow.back.connect(self.come_back)

    def stop(self) -> None:
        """The office is being left."""
        if self._follow is not None:
            self._follow.stop()
            self._follow.deleteLater()
            self._follow = None
        self._desk.is_away = False

    def come_back(self) -> None:
        """The server answers again."""
        self._desk.is_away = False
        self.show()
        self._desk.worker.outbox.send()
        for page in self._window.stack:
            page.office_resumed()

    def _lose(self, _why: KnownError) -> None:
        self._desk.is_away = True
        self.show()
        if "服务器" not in self._window.notice.text:  # what is said of it already says more
            self._desk.say(LOST)

    def _miss(self, _why: KnownError) -> None:
        """An answer was lost on its way; while the server is away that goes without saying."""
        self.show()
        if not self._desk.is_away and not self.again.isActive():  # however many were lost, they are asked for once
            self.again.start()

    def _read_again(self) -> None:
        if self._desk.is_open:
            self._window.stack.current.office_resumed()

    def show(self) -> None:
        """Whether it can be reached, and what waits."""
        if self._desk.is_open:
            waiting = len(self._desk.worker.outbox)
            self._window.status.show_reach(CUT if self._desk.is_away or waiting else "", waiting)
