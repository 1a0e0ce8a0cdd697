"""What the frame itself does on a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from zhaoshang_desktop.actions import record as actions
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui import pages, theme
from zhaoshang_desktop.ui.status import place_of

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Undone
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.main_window import MainWindow
    from zhaoshang_desktop.ui.office.moves import Moves


OFFICE = tuple(f"office.{name}" for name in ("standards", "backups", "checking", "ledger", "users", "space"))
DENSITIES = {"compact": "紧凑", "normal": "适中", "roomy": "宽松"}


def called(place: str) -> str:
    """An office among those lately opened: a file by its name, a server by its address."""
    return place_of(place) if "://" in place else Path(place).name or place


def _under_way(office: Office, day: date) -> int:
    from zhaoshang_desktop.actions.road import trip_under_way  # brings the papers with it

    return trip_under_way(office, day)


class Orders(QObject):
    """Undo, the offices, the tabs, the settings: whatever belongs to no page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.commands.opening.connect(self._fill_submenus)
        window.notice.undo_asked.connect(self._undo_batch)
        window.status.undo_asked.connect(self._undo)
        window.status.again_asked.connect(self._open_again)
        window.ui.settings.clicked.connect(self._settings)
        for number, entry in enumerate(window.tabs, start=1):
            action = window.commands.submenus["tabs"].addAction(entry.title)
            action.setShortcut(f"Ctrl+{number}")
            action.setData(("page", entry.key))
        for menu in window.commands.submenus.values():
            menu.triggered.connect(self._chosen)

    @cached_property
    def moves(self) -> Moves:
        """The office to a server and back."""
        from zhaoshang_desktop.ui.office.moves import Moves  # made when first needed

        return Moves(self._window)

    @cached_property
    def _always(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            "office.new": self._new_office,
            "office.open": self._open_office,
            "settings": self._settings,
            "quit": window.close,
            "find.everywhere": window.search.focus,
            "server.connect": self._connect,
            "help.keys": self._keys,
            "help.rules": self._rules,
            "help.server": self._server_help,
            "help.about": self._about,
        }

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands that can be carried out now."""
        found = dict(self._always)
        if self._window.closable:
            found["tab.close"] = self._window.close_tab
        if self._window.desk.is_open:
            found |= {"undo": self._undo, "redo": self._redo, "units": self._units, "members": self._members}
            found |= {name: partial(self._office, name.partition(".")[2]) for name in OFFICE}
            found |= {"office.protect": self._protect, "office.keep": self._keep}
            if self._window.desk.office.key is not None:
                found |= {"office.lock": self._window.lock.lock, "office.watch": self._window.watch_idle}
            server = "://" in self._window.desk.office.where
            if self._window.desk.office.moved:
                found["office.reopen"] = self.moves.reopen
            elif not self._window.desk.office.pack:
                found |= {"server.from": self.moves.home} if server else {"server.to": self.moves.away}
            if pages.entry("trips").works:
                found |= {"trips": self._trips, "trip.new": self._new_trip, "today": self.today}
                found |= {"receptions": self._receptions, "reception.new": self._new_reception}
            if pages.entry("todo").works:
                found["todo"] = self._todo
            found |= {"packs": self._packs, "pack.out": self._pack_out, "pack.home": self._pack_home}
            if pages.entry("importing").works:
                found["importing"] = self._import
            found |= {"sending": self._sending, "sending.home": self._gather, "forms": self._forms}
        return found

    def _open_again(self) -> None:
        self._window.office_wanted.emit(self._window.desk.office.where)

    def _undo(self) -> None:
        if self._all_sent():
            self._window.desk.run(actions.undo, on_done=self._undone, words="正在撤销")

    def _redo(self) -> None:
        if self._all_sent():
            self._window.desk.run(actions.redo, on_done=self._redone, words="正在重做")

    def _undo_batch(self, batch: int) -> None:
        if self._all_sent():
            self._window.desk.run(actions.undo_batch, batch, on_done=self._undone, words="正在撤销")

    def _all_sent(self) -> bool:
        """While edits wait for the server, the last batch there is not the last thing that the clerk did."""
        waiting = len(self._window.desk.worker.outbox)
        if waiting:
            sentence = f"最后 {waiting} 处修改还没有送到服务器，现在撤销的会是它们之前的一处，所以没有动。"
            self._window.desk.complained.emit(KnownError(sentence, "请等它们送到，再撤销。"))
        return not waiting

    def _undone(self, done: Undone | None) -> None:
        self._tell(done, "已撤销", "没有可以撤销的了。")

    def _redone(self, done: Undone | None) -> None:
        self._tell(done, "已重做", "没有可以重做的了。")

    def _tell(self, done: Undone | None, verb: str, nothing: str) -> None:
        if done is None:
            self._window.desk.say(nothing)
            return
        left = f"　有 {len(done.skipped)} 处后来又改过，没有动：{'；'.join(done.skipped[:3])}" if done.skipped else ""
        self._window.desk.say(f"{verb}：{done.label}。{left}")

    def _new_office(self) -> None:
        self._window.office_wanted.emit("new")

    def _open_office(self) -> None:
        self._window.office_wanted.emit("open")

    def _connect(self) -> None:
        self._window.office_wanted.emit("server")

    def _server_help(self) -> None:
        from zhaoshang_desktop.ui.help import SERVER_HELP, PageDialog  # made when first needed

        PageDialog(SERVER_HELP, "server", self._window).open()

    def _keep(self) -> None:
        """What is typed on any page is saved."""
        for page in self._window.stack:
            page.leave()

    def _office(self, part: str) -> None:
        self._window.go("office").show_view(part)

    def _settings(self) -> None:
        from zhaoshang_desktop.ui.settings import SettingsDialog  # made when first needed

        dialog = SettingsDialog(self._window.desk, self._window)
        dialog.chosen.connect(self._window.look_changed)
        dialog.open()

    def _keys(self) -> None:
        from zhaoshang_desktop.ui.help import KeysDialog  # made when first needed

        KeysDialog(self._window).open()

    def _about(self) -> None:
        from zhaoshang_desktop.ui.help import AboutDialog  # made when first needed

        AboutDialog(self._window).open()

    def _rules(self) -> None:
        from zhaoshang_desktop.ui.help import RulesDialog  # made when first needed

        RulesDialog(self._window).open()

    def _protect(self) -> None:
        from zhaoshang_desktop.ui.office.protection import EncryptDialog, ProtectionDialog  # made when first needed

        desk = self._window.desk
        if "://" in desk.office.where:
            desk.say("服务器上的办公室由服务器保护：请管理员加密它的磁盘，并要求 TLS 连接。")
        elif desk.office.key is None:
            EncryptDialog(desk, self._window).open()
        else:
            ProtectionDialog(desk, self._window).open()

    def _units(self) -> None:
        self._window.go("units")

    def _members(self) -> None:
        self._window.go("members")

    def _trips(self) -> None:
        self._window.go("trips")

    def today(self) -> None:
        """Today's page of the trip that is under way."""
        day = self._window.desk.today()
        self._window.desk.ask((self, "today"), partial(_under_way, day=day), self._show_today)

    def _show_today(self, trip: int) -> None:
        if trip:
            page: Any = self._window.go("trips")
            page.show_record(trip, "today")
        elif not self._window.desk.office.pack:
            self._window.desk.say("今天没有正在外出的。")

    def _todo(self) -> None:
        self._window.go("todo")

    def _new_trip(self) -> None:
        self._window.go("trips").handlers()["trip.new"]()

    def _receptions(self) -> None:
        self._window.go("receptions")

    def _new_reception(self) -> None:
        self._window.go("receptions").handlers()["reception.new"]()

    def _packs(self) -> None:
        from zhaoshang_desktop.ui.packs.home import HomecomingPage  # made when first needed

        over = self._window.go("packs")
        if isinstance(over, HomecomingPage) and over.is_finished:
            over.back()

    def _pack_out(self) -> None:
        from zhaoshang_desktop.ui.packs.out import PackOutPage  # made when first needed

        if self._is_pack():
            return
        self._window.stack.push(PackOutPage(self._window.desk, **self._window.stack.current.to_pack()))

    def _pack_home(self) -> None:
        from zhaoshang_desktop.ui.packs.home import choose_file  # made when first needed

        if self._is_pack():
            return
        path = choose_file(self._window)
        if path is not None:
            self.open_homecoming(path)

    def open_homecoming(self, path: Path, *rest: Path) -> None:
        """A pack that was chosen or dropped: what came is shown first. The rest come one after the other."""
        from zhaoshang_desktop.ui.packs.home import HomecomingPage  # made when first needed

        if not self._is_pack():
            self._window.stack.push(HomecomingPage(self._window.desk, path, rest))

    def _is_pack(self) -> bool:
        """What is open is a pack itself: none goes out of it or comes home to it, and that is said."""
        from zhaoshang_desktop.ui.packs.page import IN_PACK  # made when first needed

        if self._window.desk.office.pack:
            self._window.notice.tell(IN_PACK)
        return bool(self._window.desk.office.pack)

    def _import(self) -> None:
        self.open_import()

    def _forms(self) -> None:
        self._window.go("forms")

    def _sending(self) -> None:
        self._window.go("sending")

    def _gather(self) -> None:
        self._window.go("sending").handlers()["sending.home"]()

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Sheets that were sent out, or a folder of them, are gathered; one other file is imported."""

        def question(_office: Office) -> tuple[list[Path], bool]:
            from zhaoshang_desktop.exchange.seal import looks_sent  # when first needed

            files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
            return files, any(map(looks_sent, files))

        self._window.desk.ask((self, "dropped"), question, self._take_dropped)

    def _take_dropped(self, dropped: tuple[list[Path], bool]) -> None:
        from zhaoshang_desktop.exchange.cards import are_cards  # when first needed

        files, ours = dropped
        if ours:
            from zhaoshang_desktop.ui.sending.gather_page import GatherPage  # made when first needed

            self._window.stack.push(GatherPage(self._window.desk, files))
        elif len(files) == 1 or are_cards(files):
            self.open_import(files)
        else:
            self._window.desk.say("这些文件里没有从这里下发的表。导入名单请一次拖一个文件；名片（.vcf）可以几个一起。")

    def open_import(self, paths: Sequence[Path] = ()) -> None:
        """The wizard for the library in front, or for 客商库; with what was dropped."""
        key = self._window.stack.key
        library = key if key in ("investors", "projects", "leads", "experts") else "investors"
        self._window.stack.push(pages.entry("importing").make(self._window.desk, library, paths))

    def _fill_submenus(self) -> None:
        menus = self._window.commands.submenus
        menus["office.recent"].clear()
        for place in self._window.settings.recent_offices:
            menus["office.recent"].addAction(called(place)).setData(("office", place))
        menus["office.recent"].setEnabled(bool(self._window.settings.recent_offices))
        menus["density"].clear()
        present = self._window.settings.choices.get("density", "normal")
        group = QActionGroup(menus["density"])
        for name, words in DENSITIES.items():
            action = menus["density"].addAction(f"{words}（{theme.ROW_HEIGHTS[name]} 像素）")
            action.setData(("density", name))
            action.setCheckable(True)
            action.setChecked(name == present)
            group.addAction(action)

    def _chosen(self, action: QAction) -> None:
        what, value = action.data()
        if what == "office":
            self._window.office_wanted.emit(value)
        elif what == "page":
            self._window.go(value)
        else:
            self._window.settings.choices["density"] = value
            self._window.look_changed.emit()
