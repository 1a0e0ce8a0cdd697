"""材料: the papers of a trip as they will come out of the printer, saved or printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QImage, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.promises import PromiseDialog, may_go_on
from zhaoshang_desktop.ui.trip.pages_view import PagesView
from zhaoshang_desktop.ui.trip.press import Press, Proof
from zhaoshang_desktop.ui.trip.sheets import Sheets
from zhaoshang_desktop.ui.trip.sight import Sight
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

FOLDER = "trip.pack.folder"
PAUSE_MS = 300
BRIEF, ITINERARY, CONTACTS, CALENDAR = "brief", "itinerary", "contacts", "calendar"
KINDS = {
    BRIEF: "会见参考资料",
    "approval": "出差审批表",
    ITINERARY: "行程单",
    CONTACTS: "通讯录",
    "settlement": "结算单",
    CALENDAR: "日历文件 .ics",
}
"""By the names of actions.paper, in the order they are wanted; the calendar has no pages."""
WITHOUT_TARGETS = ("approval", "settlement")
EVERYBODY = "所有人"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class MaterialStep(Step):
    """The preview follows the records; it is made on a thread of its own."""

    KEY = "material"
    TITLE = "材料"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.press = Press(self)
        self.pages = PagesView(self)
        self.sheets = Sheets(self.press, self)
        self.empty = EmptyHint(self.pages.viewport())
        self.said = QLabel("正在排版…", self)
        self.said.setProperty("role", "secondary")
        self.stop = QPushButton("取消打印", self)
        self.stop.setProperty("kind", "link")
        self.stop.hide()
        self.open = QPushButton("打开 PDF", self)
        self.open.setProperty("kind", "link")
        self.open.hide()
        self.warned = QPushButton(self)
        self.warned.setProperty("kind", "link")
        self.warned.setProperty("role", "wrong")
        self.warned.hide()
        self.kind, self.person = QComboBox(self), QComboBox(self)
        self.kind.setProperty("asks", True)
        self.person.setProperty("asks", True)
        self.masked = QCheckBox("隐去电话中间几位", self)
        self._saved = Path()
        self._stale = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self._connect()

    def _toolbar(self) -> QFrame:
        for kind, title in KINDS.items():
            self.kind.addItem(title, kind)
        self.kind.setAccessibleName("哪份材料")
        self.person.setAccessibleName("谁的")
        self.masked.setToolTip("给要离开本单位的份")
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        for widget in (self.kind, self.person, self.masked, self.said, self.warned, self.stop, self.open):
            row.addWidget(widget)
        row.addStretch(1)
        return bar

    def put(self, sight: Sight) -> None:
        another = self.sight is None or self.sight.key != sight.key
        super().put(sight)
        self._stale = True
        if another:
            self.pages.put(Proof(0))
            self.open.hide()
        self._put_people(sight)
        self._put_hint()
        if self.isVisible():
            self._pause.start()
        self.told.emit()

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if not self._has_something():
            return ()
        save = ("保存 .ics…" if self.chosen == CALENDAR else "保存 PDF…", "save")
        printed = () if self.chosen == CALENDAR else (("打印…", "print"),)
        return (*printed, save, ("带出出差包…", "take.out"))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"print": self.print_pack, "save": self.save, "reload": self._make_again, "take.out": self._take_out}

    @property
    def chosen(self) -> str:
        """Which paper is looked at."""
        return str(self.kind.currentData())

    def _has_something(self) -> bool:
        """Whether there is a paper: most are about whom to see."""
        return self.sight is not None and (bool(self.sight.targets) or self.chosen in WITHOUT_TARGETS)

    def wish(self) -> Wish:
        """How it is wanted."""
        from zhaoshang_desktop.actions.paper import Wish  # brings the printing press with it

        who = self.person.currentText() if self.chosen in (ITINERARY, CONTACTS, CALENDAR) else EVERYBODY
        people = () if who in ("", EVERYBODY) else (who,)
        return Wish(people, self.masked.isChecked() and self.chosen == CONTACTS)

    def status(self) -> str:
        count = len(self.pages.proof.sizes)
        return f"第 {self.pages.front + 1} / {count} 页" if count else ""

    def _take_out(self) -> None:
        self.desk.called.emit("pack.out")

    def back(self) -> bool:
        if self.sheets.busy:
            self.sheets.cancel()
            return True
        return False

    def rest(self) -> None:
        """End the thread of the press; it starts again when it is needed."""
        self.sheets.cancel()
        self.press.close()
        self._stale = True

    def save(self) -> None:
        """Ask where, and write the pack there."""
        if self.sight is None or not may_go_on(self._promises(), self, "仍然保存"):
            return
        folder = Path(str(self.desk.settings.choices.get(FOLDER, "")) or offices_folder())
        ending, kind = (".ics", "日历 (*.ics)") if self.chosen == CALENDAR else (".pdf", "PDF (*.pdf)")
        title = "资料" if self.chosen == BRIEF else KINDS[self.chosen].removesuffix(" .ics")
        who = "".join(self.wish().people)
        name = _FORBIDDEN.sub("_", f"{self.sight.book.trip.name} {title}{who}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存", str(folder / name), kind)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the paper to a file, as the records are now."""
        if self.sight is not None:
            ending = ".ics" if self.chosen == CALENDAR else ".pdf"
            self._saved = path if path.suffix.lower() == ending else path.with_name(path.name + ending)
            self.desk.settings.choices[FOLDER] = str(path.parent)
            write = _write_calendar if self.chosen == CALENDAR else _write
            asked = (self.sight.key, self._saved, self.chosen, self.wish())
            self.desk.run(write, *asked, on_done=self._written, words="正在保存")

    def print_pack(self) -> None:
        """Ask which printer, and print the pages there."""
        if not self.pages.proof.sizes or self.sight is None:
            self.desk.say("还在排版，请稍等。")
            return
        if not may_go_on(self._promises(), self, "仍然打印"):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.sight.book.trip.name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.pages.proof.sizes))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """The pages that were asked for, on this printer."""
        self.stop.show()
        self.sheets.begin(printer, self.pages.proof)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _connect(self) -> None:
        self._pause.timeout.connect(self._make)
        self.press.made.connect(self._made)
        self.press.drawn.connect(self._drawn)
        self.press.failed.connect(self._failed)
        self.press.crashed.connect(self.desk.worker.crashed)
        self.pages.wanted.connect(self._draw)
        self.pages.turned.connect(self._turned)
        self.empty.pressed.connect(self.wanted)
        self.sheets.told.connect(self.said.setText)
        self.sheets.over.connect(self._printed)
        self.stop.clicked.connect(self.back)
        self.open.clicked.connect(self._open)
        self.warned.clicked.connect(self._tell_promises)
        self.kind.currentIndexChanged.connect(self._choose)
        self.person.currentIndexChanged.connect(self._make_again)
        self.masked.toggled.connect(self._make_again)
        self._show_ways()

    def _choose(self) -> None:
        self._show_ways()
        self._put_hint()
        self.open.hide()
        self.warned.hide()
        self.pages.put(Proof(0))
        self._make_again()
        self.told.emit()

    def _show_ways(self) -> None:
        """What can be wished of the paper chosen."""
        self.person.setVisible(self.chosen in (ITINERARY, CONTACTS, CALENDAR))
        self.masked.setVisible(self.chosen == CONTACTS)

    def _put_people(self, sight: Sight) -> None:
        names = [EVERYBODY, *dict.fromkeys(name for team in sight.book.teams for name in sight.people(team))]
        if names != [self.person.itemText(row) for row in range(self.person.count())]:
            kept = self.person.currentText()
            blocked = self.person.blockSignals(True)
            self.person.clear()
            self.person.addItems(names)
            self.person.setCurrentText(kept if kept in names else EVERYBODY)
            self.person.blockSignals(blocked)

    def _put_hint(self) -> None:
        if not self._has_something():
            self.empty.say("选了拜访对象，这里就能看到要带的资料。", "去“拜访对象”一步", "targets")
        elif self.chosen == CALENDAR:
            self.empty.say("日历文件没有页面可看。保存以后发到手机，或在 Outlook 里打开；改了日程再导入一次就会更新。")
        else:
            self.empty.hide()

    def _promises(self) -> tuple[Promise, ...]:
        return self.pages.proof.promises

    def _tell_promises(self) -> None:
        PromiseDialog(self._promises(), self).open()

    def _make_again(self) -> None:
        self._stale = True
        self._make()

    def _make(self) -> None:
        if self._stale and self.sight is not None and self._has_something() and self.desk.is_open:
            self._stale = False
            if self.chosen == CALENDAR:
                self.said.clear()
                return
            self.said.setText("正在排版…")
            self.press.make(self.desk.office, self.sight.key, self.chosen, self.wish())

    def _made(self, proof: Proof) -> None:
        self.pages.put(proof)
        words = f"共 {len(proof.sizes)} 页"
        if proof.missing:
            words += f"；没有字体能写：{''.join(proof.missing[:12])}"
        self.said.setText(words)
        self.warned.setText(f"▲ 公平竞争提示 {len(proof.promises)} 处")
        self.warned.setVisible(bool(proof.promises))
        self.told.emit()

    def _failed(self, error: KnownError) -> None:
        self.said.setText(str(error))
        self.desk.complained.emit(error)

    def _draw(self, page: int, dots: int) -> None:
        self.press.draw(self.pages.proof.number, page, dots)

    def _drawn(self, number: int, page: int, dots: int, image: QImage) -> None:
        if number == self.pages.proof.number and not self.sheets.takes(page, dots):
            self.pages.take(page, image)

    def _turned(self, page: int) -> None:
        self.told.emit()

    def _written(self, count: str) -> None:
        self.said.setText(f"共 {count}　已保存到 {self._saved}")
        self.open.setText("打开 PDF" if self._saved.suffix.lower() == ".pdf" else "打开")
        self.open.show()
        self.desk.say(f"已保存 {count}：{self._saved.name}")

    def _printed(self, words: str) -> None:
        self.stop.hide()
        self.said.setText(words)
        self.desk.say(words)
        if self.sight is not None and words.startswith("已送出"):
            self.desk.run(_note, self.sight.key, self.chosen, self.wish(), self._promises(), on_done=_nothing)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    @staticmethod
    def mark(sight: Sight) -> Mark:
        return Mark()


def _write(office: Office, trip: int, path: Path, kind: str, wish: Wish) -> str:
    from zhaoshang_desktop.actions.paper import write_paper  # brings the printing press with it

    return f"{write_paper(office, kind, trip, path, wish).pages} 页"


def _write_calendar(office: Office, trip: int, path: Path, _kind: str, wish: Wish) -> str:
    from zhaoshang_desktop.actions.paper import write_trip_calendar

    return f"{write_trip_calendar(office, trip, path, wish)} 项"


def _note(office: Office, trip: int, kind: str, wish: Wish, promises: tuple[Promise, ...]) -> None:
    from zhaoshang_desktop.actions.paper import note_printed

    note_printed(office, kind, trip, "", wish, promises)


def _nothing(_done: object) -> None:
    """A line in the ledger is not told."""
