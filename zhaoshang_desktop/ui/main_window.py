"""The frame: tabs, search, menus, status bar; what happens inside it belongs to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar, QToolButton

from zhaoshang_desktop.runtime.clock import Clock, SystemClock
from zhaoshang_desktop.runtime.files import clear_folder
from zhaoshang_desktop.runtime.paths import opened_folder
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.badges import Badges
from zhaoshang_desktop.ui.commands import NEEDS, CommandBar
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.dropping import files_in
from zhaoshang_desktop.ui.forms.main_window import Ui_MainWindow
from zhaoshang_desktop.ui.instance import same_office
from zhaoshang_desktop.ui.notice import Notice
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.reach import Reach
from zhaoshang_desktop.ui.stack import PageStack
from zhaoshang_desktop.ui.status import Status

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.reader import Reader
    from zhaoshang_desktop.ui.worker import Worker


class MainWindow(QMainWindow):
    """Signals: `painted` once, after the first picture; `ready` when an office has shown its first rows and what
    typing needs is loaded; `office_wanted` "new", "open" or a place;
    `look_changed` when colours or row heights were chosen anew; `office_released` when the window was locked and the
    office is to be closed, `unlock_wanted` the passphrase that is to open it again; `closing` when the window has left
    its office for good."""

    painted = Signal()
    ready = Signal()
    office_wanted = Signal(str)
    look_changed = Signal()
    office_released = Signal()
    unlock_wanted = Signal(str)
    closing = Signal()

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        super().__init__()
        self.ui = Ui_MainWindow()
        self.ui.setupUi(self)
        self.settings = settings
        clock = clock or SystemClock()
        self.desk = Desk(settings, clock, self)
        self.stack = PageStack(self.ui.pages, self.desk)
        self.status = Status(self.ui.status, clock)
        self.commands = CommandBar(self.ui.menus)
        self.notice = Notice(self.ui.pages)
        self.tabs = [entry for entry in pages.PAGES if entry.tab and entry.works]
        for entry in self.tabs:
            self.ui.tabs.addTab(entry.title)
        self._badges = Badges(self.ui.tabs, [entry.key for entry in self.tabs], self.desk)
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.timeout.connect(self._after_paint)
        self.reach = Reach(self)
        self._painted = self._finished = False
        self._called = ""
        self._connect()
        self.go(pages.FIRST)
        self._restore_size()

    def finish(self) -> None:
        """What the first picture can do without: menus, keys, icons, the search popup. Done once."""
        if self._finished:
            return
        self._finished = True
        from zhaoshang_desktop.ui import icons  # after the first picture: QtSvg
        from zhaoshang_desktop.ui.office.lock import Lock
        from zhaoshang_desktop.ui.orders import Orders
        from zhaoshang_desktop.ui.search import GlobalSearch

        self.commands.fill()
        self.ui.settings.setIcon(icons.icon("settings", "secondary", 20))
        self.lock = Lock(self, self.desk)
        self.lock.released.connect(self.office_released)
        self.lock.unlock_wanted.connect(self.unlock_wanted)
        self.orders = Orders(self)
        self.search = GlobalSearch(self.ui.search, self.desk)
        self.search.chosen.connect(self.show_record)
        self.stack.equip(self.commands.actions)
        self.update_commands()

    def set_office(self, office: Office, worker: Worker, reader: Reader) -> None:
        """Show this office; worker and reader are the window's from now on."""
        self.leave_office()
        self.finish()
        self.stack.clear()
        self._take_up(office, worker, reader)
        for page in self.stack:
            page.office_opened()
        self._badges.count()
        self._warm_up()
        self.update_commands()
        if office.pack:
            self.orders.today()

    def resume_office(self, office: Office, worker: Worker, reader: Reader) -> None:
        """The same office is open again after it was locked: the pages go on from where they were."""
        self._take_up(office, worker, reader)
        self.lock.unlock()
        for page in self.stack:
            page.office_resumed()
        self.update_commands()

    def _take_up(self, office: Office, worker: Worker, reader: Reader) -> None:
        worker.setParent(self)
        reader.setParent(self)
        worker.working.connect(self._show_work)
        self.status.cancelled.connect(worker.stop)
        worker.changed.connect(self._saved)
        self.reach.watch(worker, reader)
        self._called = f"出差包：{office.pack}（{office.name}）" if office.pack else office.name
        self._say_whose(office)
        self.desk.open(worker, reader)
        self.watch_idle()

    def _say_whose(self, office: Office) -> None:
        """Which office this is, whether one works in it, and who does."""
        only = office.only_looked_at
        called = f"{self._called}，{only}（只能看）" if only else self._called
        self.setWindowTitle(f"招商桌面 — {called}" if called else "招商桌面")
        what = "只能看" if only else "出差包 · 离线可用" if office.pack else ""
        self.status.show_office(office.where, what, again=bool(only) and office.noted_in is None)
        self.status.show_user(office)

    @property
    def is_locked(self) -> bool:
        """Is there a curtain before it?"""
        return self._finished and self.lock.is_locked

    def watch_idle(self) -> None:
        """Lock an encrypted office when nobody has touched the window for a while."""
        self.lock.watch(self.desk.office.key is not None)

    def follow(self, office: Office) -> None:
        """From now on what others write is shown too, and whether the server can be reached."""
        self.reach.follow(office)

    def may_leave(self) -> bool:
        """Whether the office can be left: see leaving."""
        from zhaoshang_desktop.ui.leaving import may_leave  # after the first picture

        return self.is_locked or not self.desk.is_open or may_leave(self)

    def leave_office(self) -> None:
        """Finish what is under way in the office shown so far."""
        if self.desk.is_open:
            worker, reader = self.desk.worker, self.desk.reader
            patience = 1.0 if self.desk.is_away else None
            self.reach.stop()
            self.desk.close()
            reader.close(patience)
            worker.close(patience)
            worker.deleteLater()
            reader.deleteLater()
            clear_folder(opened_folder())

    def go(self, key: str) -> Page:
        """Bring that page to the front."""
        if all(entry.key != key for entry in self.tabs):
            self.tabs.append(pages.entry(key))
            self.ui.tabs.addTab(pages.entry(key).title)
            self._add_cross(len(self.tabs) - 1)
        page = self.stack.go(key)
        self.ui.tabs.setCurrentIndex(self._index(key))
        return page

    @property
    def closable(self) -> bool:
        """Whether the tab in front can be closed: one that was opened by a command."""
        index = self.ui.tabs.currentIndex()
        return 0 <= index < len(self.tabs) and not self.tabs[index].tab

    def close_tab(self, index: int = -1) -> None:
        """Take a tab away that was opened by a command, and go back to its neighbour; what is typed is kept."""
        index = self.ui.tabs.currentIndex() if index < 0 else index
        if self.tabs[index].tab or not self.stack.page(self.tabs[index].key).leave():
            return
        del self.tabs[index]
        self.ui.tabs.removeTab(index)

    def _add_cross(self, index: int) -> None:
        from zhaoshang_desktop.ui import icons  # after the first picture: QtSvg

        cross = QToolButton(self.ui.tabs)
        cross.setIcon(icons.icon("close", "secondary", 12))
        cross.setToolTip("关闭（Ctrl+W）")
        cross.setAccessibleName(f"关闭{self.tabs[index].title}")
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self._close_pressed)
        self.ui.tabs.setTabButton(index, QTabBar.ButtonPosition.RightSide, cross)

    def _close_pressed(self) -> None:
        side = QTabBar.ButtonPosition.RightSide
        self.close_tab(next(i for i in range(self.ui.tabs.count()) if self.ui.tabs.tabButton(i, side) is self.sender()))

    def show_record(self, record: type[Record], key: int) -> None:
        """The record in its own library."""
        entry = pages.entry_of(record.NOUN)
        if entry is not None:
            self.go(entry.key).show_record(key)

    def call(self, name: str) -> None:
        """Carry out a command: the page in front first, then the frame."""
        if self.is_locked and name != "quit":
            return
        handler = self.stack.current.handlers().get(name) or self.orders.handlers.get(name)
        allowed = name not in NEEDS or not self.desk.is_open or self.desk.allows(NEEDS[name])
        if allowed and handler is not None:
            handler()

    def update_commands(self) -> None:
        """Grey out what the page in front cannot do now."""
        if self._finished:
            able = {*self.stack.current.handlers(), *self.orders.handlers} - self._refused()
            for name, action in self.commands.actions.items():
                action.setEnabled(name in able)

    def _refused(self) -> set[str]:
        """The commands that who sits here may not use."""
        if not self.desk.is_open:
            return set()
        return {name for name, right in NEEDS.items() if not self.desk.office.may(right)}

    def _rights_changed(self) -> None:
        self._say_whose(self.desk.office)
        self.reach.show()
        self.update_commands()

    def settings_changed(self) -> None:
        """Colours, row heights or who sits here were chosen anew; the application is dressed already."""
        from zhaoshang_desktop.ui import icons  # after the first picture: QtSvg

        self.ui.settings.setIcon(icons.icon("settings", "secondary", 20))
        for page in self.stack:
            page.settings_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._after.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or self.is_locked:
            super().keyPressEvent(event)
        elif self.notice.warns:
            self.notice.hide()
        elif not self.stack.current.back() and not self.stack.key:
            self.stack.pop(self.stack.current)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_leave():
            event.ignore()
            return
        self.settings.windows["main"] = self.saveGeometry().toBase64().toStdString()
        self.leave_office()
        super().closeEvent(event)
        self.closing.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.desk.is_open and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is opened (an office), imported, gathered or brought home; on a record, its pane takes it
        first."""
        paths, here = files_in(event.mimeData()), self.desk.office.where
        offices = [path for path in paths if path.suffix.lower() == ".office" and not same_office(str(path), here)]
        if offices:
            self.office_wanted.emit(str(offices[0]))
            return
        packs = [path for path in paths if path.suffix.lower() == ".pack"]
        if not self.desk.allows(NEEDS["pack.home"]):
            return
        if packs:
            self.orders.open_homecoming(*packs)
        elif paths:
            self.orders.open_dropped(paths)

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.ui.tabs.currentChanged.connect(self._go_tab)
        self.commands.called.connect(self.call)
        self.commands.opening.connect(self.update_commands)
        self.stack.fronted.connect(self._fronted)
        self.stack.status_changed.connect(self._show_status)
        self.desk.changed.connect(self._refresh)
        self.desk.said.connect(self.notice.say)
        self.desk.complained.connect(self._complain)
        self.desk.wanted.connect(self.show_record)
        self.desk.called.connect(self.call)
        self.desk.pushed.connect(self.stack.push)
        self.desk.listed.connect(self._show_list)
        self.desk.rights_changed.connect(self._rights_changed)

    def _show_list(self, key: str, view: str) -> None:
        if pages.entry(key).works:
            self.go(key).show_view(view)

    def _index(self, key: str) -> int:
        return [entry.key for entry in self.tabs].index(key)

    def _go_tab(self, index: int) -> None:
        self.stack.go(self.tabs[index].key)

    def _complain(self, error: KnownError) -> None:
        self.notice.complain(error, self.stack.current)

    def _fronted(self, page: Page) -> None:
        self.notice.turn_to(page)
        self.status.show_page(page.status())
        self.update_commands()

    def _show_status(self, page: Page, words: str) -> None:
        if page is self.stack.current:
            self.status.show_page(words)
            self.update_commands()

    def _refresh(self, changes: Changes) -> None:
        for page in self.stack:
            page.refresh(changes)
        self._badges.refresh(changes)

    def _show_work(self, words: str) -> None:
        self.status.show_work(words, stoppable=self.desk.is_open and self.desk.worker.stoppable)

    def _saved(self, changes: Changes) -> None:
        if changes:
            self.status.show_saved()
            self.desk.ask("undo", _can_undo, self.status.offer_undo, later=True)

    def _warm_up(self) -> None:
        """While the clerk looks at the first rows."""
        from zhaoshang_desktop.domain.investor import Investor  # after the first picture
        from zhaoshang_desktop.ui.library.questions import warm_up

        self.desk.ask("warm up", warm_up(Investor), self._warm, later=True)

    def _warm(self, _nothing: None) -> None:
        self.ready.emit()

    def _after_paint(self) -> None:
        self.painted.emit()
        self.finish()

    def _restore_size(self) -> None:
        if kept := self.settings.windows.get("main"):
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode())))


def _can_undo(office: Office) -> bool:
    return office.can_undo()
