"""Joins office, worker and windows: what happens between the start and the first rows."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from zhaoshang_desktop.domain.errors import KnownError, Locked
from zhaoshang_desktop.runtime import paths, settings
from zhaoshang_desktop.runtime.collector import keep_what_is_there
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.instance import OneInstance, same_office
from zhaoshang_desktop.ui.language import speak_chinese
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.care import Care
from zhaoshang_desktop.ui.office.closed_work import ClosedWork
from zhaoshang_desktop.ui.office.door import Door
from zhaoshang_desktop.ui.office.looks import Looks
from zhaoshang_desktop.ui.office.opener import Opener
from zhaoshang_desktop.ui.office.while_closed import WhileClosed, opening_again
from zhaoshang_desktop.ui.office.who import Who

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.encryption import NewVault
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.crash import CrashReporter
    from zhaoshang_desktop.ui.welcome import WelcomeDialog

_log = logging.getLogger(__name__)

NO_OFFICE = "还没有打开办公室。用“文件”菜单新建一个、打开一个，或连接服务器。"


def run(argv: Sequence[str] = (), office: Path | str | None = None) -> int:
    """Open the window, on that office or on the last one; gives the exit code."""
    app = QApplication(["zhaoshang", "-style", "Fusion", *argv])
    program = Program(app, settings.load())
    code = app.exec() if program.start(str(office) if office else "") else 0
    program.end()
    return code


def dress(app: QApplication, chosen: settings.Settings) -> None:
    """Language, type and colours, once before the first window and after every change."""
    app.setApplicationName("招商桌面")
    speak_chinese(app)
    theme.choose_font(app, paths.resource("fonts"), larger=chosen.text_size)
    theme.apply_theme(app, chosen.theme, larger=chosen.text_size)


class Program(QObject):
    """One process: its window, its office, its lock."""

    def __init__(self, app: QApplication, chosen: settings.Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = chosen
        self._welcome: WelcomeDialog | None = None
        self._crashes: CrashReporter | None = None
        self._instance: OneInstance | None = None
        self._coming: OneInstance | None = None
        self._wanted = ""
        self._office: Office | None = None
        dress(app, chosen)
        self.window = MainWindow(chosen)
        self.window.painted.connect(self._after_paint)
        self.window.ready.connect(keep_what_is_there)
        self.window.office_wanted.connect(self._want)
        self.window.desk.while_closed.connect(self._while_closed, Qt.ConnectionType.QueuedConnection)
        self._care = Care(self.window)
        self._care.repair_wanted.connect(self._repair)
        self._care.declined.connect(self._refuse)
        self._closed = ClosedWork(self.window)
        self._closed.broke.connect(self._report)
        self._looks = Looks(self.window)
        self._looks.crashed.connect(self._report)
        self._door = Door(self._settings, self)
        self._door.given.connect(self._open)
        self._door.given_up.connect(self._refuse)
        self._door.vault_made.connect(self._fill)
        self._door.vault_refused.connect(self._give_back)
        self.window.office_released.connect(self._close_locked)
        self.window.unlock_wanted.connect(self._unlock)
        self.window.look_changed.connect(self._dress_again)
        self._who = Who(self.window)
        self._opener = Opener(self._who.sign, self)
        self._opener.opened.connect(self._show_office)
        self._opener.refused.connect(self._complain)
        self._opener.broke.connect(self._report)
        self._opener.broke.connect(self._closed.over)
        app.styleHints().colorSchemeChanged.connect(self._dress_again)

    def start(self, office: str) -> bool:
        """Show the window; False when this office has one already."""
        self._wanted = paths.real(office or self._last_office())
        if self._wanted and not self._take(self._wanted):
            return False
        self.window.show()
        return True

    def end(self) -> None:
        """Everything away, the settings kept."""
        self._looks.close()
        self._care.rest()
        self.window.leave_office()
        if self._office is not None:
            self._office.close()
        for instance in filter(None, (self._instance, self._coming)):
            instance.release()
        settings.save(self._settings)

    def _after_paint(self) -> None:
        from zhaoshang_desktop.runtime import logs  # after the first picture
        from zhaoshang_desktop.runtime.files import clear_remains
        from zhaoshang_desktop.ui.crash import CrashReporter

        logs.start()
        for folder in (paths.opened_folder().parent, paths.looked_folder().parent, paths.passing_folder()):
            clear_remains(folder)
        self._crashes = CrashReporter(self.window)
        logs.catch_crashes(self._crashes.report)
        if self._wanted:
            self._open(self._wanted)
            self._tell_rules_once()
        else:
            self._opener.prepare()
            self._ask_for_office()

    def _tell_rules_once(self) -> None:
        """At the first start with an office; the welcome says it to who has none yet."""
        if not self._settings.choices.get("told"):
            from zhaoshang_desktop.ui.help import RulesDialog  # after the first picture

            self._settings.choices["told"] = True
            RulesDialog(self.window).open()

    def _last_office(self) -> str:
        recent = self._settings.recent_offices
        return recent[0] if recent and ("://" in recent[0] or Path(recent[0]).exists()) else ""

    def _take(self, where: str) -> bool:
        """Take the lock of an office about to be opened; False when it has a window already."""
        instance = OneInstance(where, paths.settings_folder(), self)
        if not instance.take():
            instance.knock()
            return False
        self._let_go()
        instance.knocked.connect(self._come_forward)
        self._coming = instance
        return True

    def _settle(self) -> None:
        """The office is open: its lock replaces that of the one before."""
        if self._coming is not None:
            if self._instance is not None:
                self._instance.release()
            self._instance, self._coming = self._coming, None
            self._instance.listen()

    def _give_back(self) -> None:
        """The office was refused: the one before stays as it was."""
        self._let_go()
        self._wanted = self._office.where if self._office is not None else ""

    def _let_go(self) -> None:
        """The office about to be opened is not opened after all."""
        if self._coming is not None:
            self._coming.release()
            self._coming = None

    def _come_forward(self) -> None:
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _want(self, what: str) -> None:
        if what == "new":
            self._ask_for_office()
        elif what == "open":
            from PySide6.QtWidgets import QFileDialog  # after the first picture

            from zhaoshang_desktop.ui.welcome import FILES

            folder = str(paths.offices_folder())
            place, _ = QFileDialog.getOpenFileName(self.window, "打开办公室", folder, FILES)
            if place:
                self._switch(paths.real(place))
        elif what == "server":
            self._want_server()
        else:
            self._switch(paths.real(what))

    def _ask_for_server(self, url: str, wrong: str) -> None:
        from zhaoshang_desktop.ui.office.server_dialog import ServerDialog  # after the first picture

        dialog = ServerDialog(url, self._welcome or self.window, wrong=wrong)
        dialog.chosen.connect(self._switch)
        dialog.rejected.connect(self._ask_again)
        dialog.open()

    def _ask_again(self) -> None:
        """Without any office there is nothing to go back to but the welcome."""
        if not self.window.desk.is_open and self._welcome is None:
            self._ask_for_office()

    def _switch(self, where: str) -> None:
        if self.window.desk.is_open and same_office(where, self._wanted):
            if self._office is not None and self._office.only_looked_at:
                self._while_closed(opening_again(self._office.where))
        elif not self._closed.holds() and self.window.may_leave() and self._take(where):
            self._wanted = where
            self._open(where)

    def _open(self, where: str, secret: str = "", remember: bool = False) -> None:
        kept = self._door.remembers(where)

        def opening() -> Office:
            from zhaoshang_desktop.ui.office.door import open_door  # SQLAlchemy, on its own thread

            return open_door(where, secret, kept=kept, remember=remember)

        if remember:
            self._door.keep(where)
        self._opener.start(opening, lambda: self._wanted == where)

    def _make(self, where: Path, name: str, actor: str, secret: str) -> None:
        self._who.typed_anew(actor)
        if self._closed.holds() or not self._take(str(where)):
            return
        self._wanted = paths.real(str(where))
        if secret:
            self._door.make_vault(name, secret, self._welcome or self.window)
        else:
            self._fill(None)

    def _fill(self, made: NewVault | None) -> None:
        """The new office is made where it is wanted, encrypted if there is a vault for it."""
        where, welcome = Path(self._wanted), self._welcome
        name = welcome.office_name if welcome is not None else where.stem
        actor = self._who.typed

        def making() -> Office:
            from zhaoshang_desktop.actions.office import new_office  # SQLAlchemy, on its own thread

            return new_office(where, name=name, actor=actor, made=made)

        self._opener.start(making)

    def _close_locked(self) -> None:
        """The window was locked: the office is closed and its key let go of."""
        self._care.rest()
        self.window.leave_office()
        if self._office is not None:
            self._door.close(self._office)
            self._office = None

    def _unlock(self, secret: str) -> None:
        self._opener.start(partial(self._door.open_again, secret))

    def _show_office(self, office: Office) -> None:
        from zhaoshang_desktop.ui.reader import Reader  # after the first picture
        from zhaoshang_desktop.ui.worker import Worker

        if office.wants_sign_in:
            self._door.opened()
            self._ask_who(office)
            return
        worker, reader = Worker(office), Reader(office)
        worker.crashed.connect(self._report)
        reader.crashed.connect(self._report)
        before, self._office = self._office, office
        if self.window.is_locked:
            self.window.resume_office(office, worker, reader)
            self.window.follow(office)
            self._care.watch(office)
            return
        self._settle()
        self._settings.opened(office.where)
        self._care.rest()
        self.window.set_office(office, worker, reader)
        self.window.follow(office)
        self._door.opened()
        if self.window.notice.text == NO_OFFICE:
            self.window.notice.hide()
        if before is not None:
            before.close()
        self._care.watch(office)
        self._closed.tell()
        if self._welcome is not None:
            self._welcome.accept()
        self._who.ask_once()

    def _while_closed(self, job: WhileClosed) -> None:
        """Closes the office, has the job done, and opens it again, whatever came of it."""
        office = self._office
        if office is None or not self.window.may_leave():
            return
        self._care.rest()
        self.window.leave_office()
        self._office = None
        self._opener.start(self._closed.on(office, job))

    def _repair(self, where: str) -> None:
        """Repairs a file that could not be opened, and opens it."""
        if not self._take(where):
            return
        self._wanted = where
        kept, secret = self._door.remembers(where), self._door.secret
        self._opener.start(self._closed.repair(where, secret, kept=kept))

    def _ask_who(self, office: Office) -> None:
        """An office with users is shown to who signs in."""
        from zhaoshang_desktop.ui.office.sign_in import SignInDialog  # after the first picture

        last = str(self._settings.choices.get(f"user.{office.where}", ""))
        dialog = SignInDialog(office, last, self.window)
        dialog.signed_in.connect(self._signed_in)
        dialog.left.connect(self._not_signed_in)
        dialog.open()

    def _signed_in(self, office: Office) -> None:
        self._settings.choices[f"user.{office.where}"] = office.user
        self._show_office(office)

    def _not_signed_in(self, office: Office) -> None:
        office.close()
        self._refuse(KnownError("没有登录，办公室没有打开。"))

    def _complain(self, error: KnownError) -> None:
        self._closed.over()
        if self.window.is_locked:
            self.window.lock.refuse(str(error))
            return
        if isinstance(error, Locked):
            self._door.ask(self._wanted, error, self._welcome or self.window)
            return
        self._door.shut()
        if not self._care.offers_repair(self._wanted, error, self._welcome or self.window):
            if "://" not in self._wanted:
                self._settings.forget(self._wanted)
            self._refuse(error)
        else:
            self._let_go()

    def _refuse(self, error: KnownError) -> None:
        refused = self._wanted
        self._give_back()
        if "://" in refused:
            self._ask_for_server(refused, str(error))
            return
        if self._welcome is not None:
            self._welcome.say(str(error))
            return
        if self.window.desk.is_open:
            self.window.notice.complain(error)
        else:
            self._ask_for_office(str(error))

    def _report(self, error: Any) -> None:
        if self._crashes is not None:
            self._crashes.report(error)

    def _ask_for_office(self, wrong: str = "") -> None:
        from zhaoshang_desktop.ui.welcome import WelcomeDialog  # after the first picture

        self._settings.choices["told"] = True
        dialog = WelcomeDialog(paths.offices_folder(), self._who.typed, self.window)
        dialog.made.connect(self._make)
        dialog.opened.connect(self._open_chosen)
        dialog.server_wanted.connect(self._want_server)
        dialog.finished.connect(self._welcomed)
        self._welcome = dialog
        if wrong:
            dialog.say(wrong)
        dialog.open()

    def _want_server(self) -> None:
        """The one that was connected to last is filled in."""
        self._ask_for_server(next((place for place in self._settings.recent_offices if "://" in place), ""), "")

    def _open_chosen(self, where: Path) -> None:
        self._switch(paths.real(str(where)))

    def _welcomed(self) -> None:
        if self._welcome is not None:
            self._welcome.deleteLater()
            self._welcome = None
        if not self.window.desk.is_open:
            self.window.notice.tell(NO_OFFICE)

    def _dress_again(self) -> None:
        dress(self._app, self._settings)
        self.window.settings_changed()
