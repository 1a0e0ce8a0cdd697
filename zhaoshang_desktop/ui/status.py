"""The foot of the window: what is shown, what is going on, what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar

from zhaoshang_desktop.domain.rights import ROLE_TITLES
from zhaoshang_desktop.runtime.clock import Clock, to_local
from zhaoshang_desktop.ui import theme

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


class Status(QObject):
    """`cancelled` when the clerk stops what is going on, `undo_asked` when 撤销 is clicked, `again_asked` when an
    office that can only be looked at is to be opened again."""

    cancelled = Signal()
    undo_asked = Signal()
    again_asked = Signal()

    def __init__(self, bar: QStatusBar, clock: Clock) -> None:
        super().__init__(bar)
        self._clock = clock
        self._at_rest, self._place = "本机 · 离线可用", ""
        self._page = QLabel(bar)
        self._work = QLabel(bar)
        self._stop = _link("取消", bar)
        self._saved = QLabel(bar)
        self._undo = _link("撤销 Ctrl+Z", bar)
        self._where = QLabel(bar)
        self.again = _link("重新打开", bar)
        self.again.setToolTip("腾出了磁盘空间、解除了写保护，或在别处重新启用之后，用它接着修改")
        for widget in (self._page, self._work, self._stop):
            bar.addWidget(widget)
        self._kept, self._user = QLabel(bar), QLabel(bar)
        on_the_right = (self._saved, self._undo, self._kept, self._user, self._where, self.again)
        for widget in on_the_right:
            bar.addPermanentWidget(widget)
        for widget in (self._work, self._stop, *on_the_right):
            widget.hide()
        self._stop.clicked.connect(self.cancelled)
        self._undo.clicked.connect(self.undo_asked)
        self.again.clicked.connect(self.again_asked)

    @property
    def text(self) -> str:
        """What it says of the page in front."""
        return self._page.text()

    @property
    def work(self) -> str:
        """What is going on; "" when nothing has been for long."""
        return self._work.text()

    @property
    def kept(self) -> str:
        """What it says of the backups; "" when there is nothing to say."""
        return self._kept.text()

    def show_page(self, words: str) -> None:
        """Count, selection, sums: what the page in front says of itself."""
        self._page.setText(words)

    def show_work(self, words: str, *, stoppable: bool = False) -> None:
        """Background work in words, with a way to stop it if there is one; "" when it is over."""
        self._work.setText(words)
        self._work.setVisible(bool(words))
        self._stop.setVisible(bool(words) and stoppable)

    def show_saved(self) -> None:
        """Something has just been written."""
        self._saved.setText(f"已保存 {to_local(self._clock.now()):%H:%M}")
        self._saved.show()

    def offer_undo(self, there: bool) -> None:
        """Whether there is something that can be taken back."""
        self._undo.setVisible(there)

    def show_kept(self, words: str) -> None:
        """What is to be said of the backups, calmly; "" for nothing."""
        self._kept.setText(words)
        self._kept.setToolTip(words)
        self._kept.setVisible(bool(words))

    @property
    def reach(self) -> str:
        """What it says of where the office is."""
        return self._where.text()

    def show_reach(self, lost: str, waiting: int) -> None:
        """Whether the server can be reached ("" or why not), and how many edits wait to be sent."""
        words = ["▲ 离线" if lost else self._at_rest]
        words += [f"待送 {waiting}"] if waiting else []
        self._where.setText(" · ".join(words))
        kept = f"{waiting} 处修改留在这个窗口里，连上就送出。" if waiting else ""
        self._where.setToolTip(f"{lost}已经打开的内容还可以看。{kept}" if lost else kept or self._place)
        theme.restyle(self._where, "role", "weak" if lost or waiting else "")

    @property
    def user(self) -> str:
        """Who it says is signed in."""
        return self._user.text()

    def show_user(self, office: Office) -> None:
        """Who works in the office and as what; nothing where nobody signs in."""
        words = (
            f"{office.user or office.actor} · {ROLE_TITLES[office.role]}" if office.role and not office.looks_at else ""
        )
        self._user.setText(words)
        self._user.setVisible(bool(words))

    def show_office(self, where: str, what: str = "", *, again: bool = False) -> None:
        """Where the office is, or what it is if it is no ordinary one: a pack on the road, a backup; `again` when
        opening it again may help."""
        self._place = place_of(where)
        server = where.startswith("postgres")
        self._at_rest = what or ("已连接服务器" if server else "本机 · 离线可用")
        self.show_reach("", 0)
        self._where.setVisible(bool(where))
        self.again.setVisible(again)
        self._saved.hide()
        self._undo.hide()
        self._kept.hide()


def place_of(where: str) -> str:
    """What an office's place is called, without the password of a server."""
    if "://" not in where:
        return where
    address = urlsplit(where)
    return f"{address.hostname or ''}{address.path}"


def _link(text: str, bar: QStatusBar) -> QPushButton:
    button = QPushButton(text, bar)
    button.setProperty("kind", "link")
    return button
