"""材料: the papers of a reception as they will come out of the printer, saved or printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.affair.step import Buttons
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.promises import may_go_on
from zhaoshang_desktop.ui.reception.press import ReceptionPress
from zhaoshang_desktop.ui.reception.section import Section
from zhaoshang_desktop.ui.trip.pages_view import PagesView
from zhaoshang_desktop.ui.trip.press import Proof
from zhaoshang_desktop.ui.trip.sheets import Sheets

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.papers.pdf import Printed
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.reception.seen import Seen

KINDS = {
    "programme": "接待方案",
    "guide": "日程手册（给客人）",
    "names": "名单",
    "cards": "席签",
    "cars": "车辆安排",
    "rooms": "住房安排",
    "bill": "接待清单",
}
"""By the names of actions.reception_paper."""
FOLDER = "reception.folder"
PAUSE_MS = 300
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class PapersSection(Section):
    """The preview follows the records; it is made on a thread of its own."""

    KEY, TITLE = "papers", "材料"

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.press = ReceptionPress(self)
        self.pages = PagesView(self)
        self.sheets = Sheets(self.press, self)
        self.empty = EmptyHint(self.pages.viewport())
        self.said = QLabel("正在排版…", self)
        self.said.setProperty("role", "secondary")
        self.kind = QComboBox(self)
        self.kind.setProperty("asks", True)
        self.kind.setAccessibleName("哪份材料")
        for kind, title in KINDS.items():
            self.kind.addItem(title, kind)
        self._stale = True
        self._saved = Path()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.kind)
        row.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self._connect()

    @property
    def chosen(self) -> str:
        """Which paper is looked at."""
        return str(self.kind.currentData())

    def choose(self, kind: str) -> None:
        """Look at another paper."""
        self.kind.setCurrentIndex([*KINDS].index(kind))

    def put(self, seen: Seen) -> None:
        another = self.sight is None or self.sight.key != seen.key
        super().put(seen)
        self._stale = True
        if another:
            self.pages.put(Proof(0))
        if self.isVisible():
            self._pause.start()

    def buttons(self) -> Buttons:
        return ("打印…", "print"), ("保存 PDF…", "save"), ("台账…", "reception.ledger")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "print": self.print_paper,
            "save": self.save,
            "reload": self._make_again,
            "reception.ledger": self.ledger,
        }

    def status(self) -> str:
        count = len(self.pages.proof.sizes)
        return f"第 {self.pages.front + 1} / {count} 页" if count else ""

    def rest(self) -> None:
        """End the thread of the press; it starts again when it is needed."""
        self.sheets.cancel()
        self.press.close()
        self._stale = True

    def ledger(self) -> None:
        """The ledger of a period, of one kind."""
        from zhaoshang_desktop.ui.reception.ledger_dialog import LedgerDialog  # made when first needed

        if self.sight is not None:
            LedgerDialog(self.desk, self.sight.record.kind, self).open()

    def save(self) -> None:
        """Ask where, and write the paper there."""
        if self.sight is None or not may_go_on(self.pages.proof.promises, self, "仍然保存"):
            return
        folder = Path(str(self.desk.settings.choices.get(FOLDER, "")) or offices_folder())
        name = _FORBIDDEN.sub("_", f"{self.sight.record.name} {KINDS[self.chosen].partition('（')[0]}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存 PDF", str(folder / name), "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the paper to a file, as the records are now."""
        if self.sight is not None:
            self._saved = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            self.desk.settings.choices[FOLDER] = str(path.parent)
            job = (_write, self.chosen, self.sight.key, self._saved)
            self.desk.run(*job, on_done=self._written, words="正在保存 PDF")

    def print_paper(self) -> None:
        """Ask which printer, and print the pages there."""
        if not self.pages.proof.sizes or self.sight is None:
            self.desk.say("还在排版，请稍等。")
            return
        if not may_go_on(self.pages.proof.promises, self, "仍然打印"):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.sight.record.name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.pages.proof.sizes))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
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
        self.kind.currentIndexChanged.connect(self._make_again)
        self.press.made.connect(self._made)
        self.press.drawn.connect(self._drawn)
        self.press.failed.connect(self._failed)
        self.press.crashed.connect(self.desk.worker.crashed)
        self.pages.wanted.connect(self._draw)
        self.pages.turned.connect(self._turned)
        self.sheets.told.connect(self.said.setText)
        self.sheets.over.connect(self.said.setText)

    def _make_again(self) -> None:
        self._stale = True
        self._make()

    def _make(self) -> None:
        if self._stale and self.sight is not None and self.desk.is_open:
            self._stale = False
            self.empty.hide()
            self.said.setText("正在排版…")
            self.press.make(self.desk.office, self.sight.key, self.chosen)

    def _made(self, proof: Proof) -> None:
        self.pages.put(proof)
        words = f"共 {len(proof.sizes)} 页"
        if proof.missing:
            words += f"；没有字体能写：{''.join(proof.missing[:12])}"
        if proof.promises:
            words += f"；公平竞争提示 {len(proof.promises)} 处"
        self.said.setText(words)
        self.told.emit()

    def _failed(self, error: KnownError) -> None:
        """Nothing to print yet is no mishap: it is said where the pages would be."""
        self.pages.put(Proof(0))
        self.said.setText("")
        self.empty.say(str(error))

    def _draw(self, page: int, dots: int) -> None:
        self.press.draw(self.pages.proof.number, page, dots)

    def _drawn(self, number: int, page: int, dots: int, image: QImage) -> None:
        if number == self.pages.proof.number and not self.sheets.takes(page, dots):
            self.pages.take(page, image)

    def _turned(self, page: int) -> None:
        self.told.emit()

    def _written(self, printed: Printed) -> None:
        self.said.setText(f"共 {printed.pages} 页　已保存到 {self._saved}")
        self.desk.say(f"已保存 {printed.pages} 页：{self._saved.name}")


def _write(office: Office, kind: str, key: int, path: Path) -> Printed:
    from zhaoshang_desktop.actions.reception_paper import write_reception_paper  # brings the printing press with it

    return write_reception_paper(office, kind, key, path)
