"""材料: the briefing pack as it will come out of the printer, saved or printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QImage, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.trip.pages_view import PagesView
from zhaoshang_desktop.ui.trip.press import Press, Proof
from zhaoshang_desktop.ui.trip.sheets import Sheets
from zhaoshang_desktop.ui.trip.sight import Sight
from zhaoshang_desktop.ui.trip.step import Mark, Step

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.papers.pdf import Printed
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

FOLDER = "trip.pack.folder"
PAUSE_MS = 300
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
        self._saved = Path()
        self._stale = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        bar = QFrame(self)
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        for widget in (self.said, self.stop, self.open):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self._connect()

    def put(self, sight: Sight) -> None:
        another = self.sight is None or self.sight.key != sight.key
        super().put(sight)
        self._stale = True
        if another:
            self.pages.put(Proof(0))
            self.open.hide()
        if sight.targets:
            self.empty.hide()
        else:
            self.empty.say("选了拜访对象，这里就能看到要带的资料。", "去“拜访对象”一步", "targets")
        if self.isVisible():
            self._pause.start()
        self.told.emit()

    def buttons(self) -> tuple[tuple[str, str], ...]:
        if self.sight is None or not self.sight.targets:
            return ()
        return ("打印…", "print"), ("保存 PDF…", "save"), ("带出出差包…", "take.out")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"print": self.print_pack, "save": self.save, "reload": self._make_again, "take.out": self._take_out}

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
        if self.sight is None:
            return
        folder = Path(str(self.desk.settings.choices.get(FOLDER, "")) or offices_folder())
        name = _FORBIDDEN.sub("_", f"{self.sight.book.trip.name} 资料.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存 PDF", str(folder / name), "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the pack to a file, as the records are now."""
        if self.sight is not None:
            self._saved = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
            self.desk.settings.choices[FOLDER] = str(path.parent)
            self.desk.run(_write, self.sight.key, self._saved, on_done=self._written, words="正在保存 PDF")

    def print_pack(self) -> None:
        """Ask which printer, and print the pages there."""
        if not self.pages.proof.sizes or self.sight is None:
            self.desk.say("还在排版，请稍等。")
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

    def _make_again(self) -> None:
        self._stale = True
        self._make()

    def _make(self) -> None:
        if self._stale and self.sight is not None and self.sight.targets and self.desk.is_open:
            self._stale = False
            self.said.setText("正在排版…")
            self.press.make(self.desk.office, self.sight.key)

    def _made(self, proof: Proof) -> None:
        self.pages.put(proof)
        words = f"共 {len(proof.sizes)} 页"
        if proof.missing:
            words += f"；没有字体能写：{''.join(proof.missing[:12])}"
        self.said.setText(words)
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

    def _written(self, printed: Printed) -> None:
        self.said.setText(f"共 {printed.pages} 页　已保存到 {self._saved}")
        self.open.show()
        self.desk.say(f"已保存 {printed.pages} 页：{self._saved.name}")

    def _printed(self, words: str) -> None:
        self.stop.hide()
        self.said.setText(words)
        self.desk.say(words)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

    @staticmethod
    def mark(sight: Sight) -> Mark:
        return Mark()


def _write(office: Office, trip: int, path: Path) -> Printed:
    from zhaoshang_desktop.actions.brief import write_brief  # brings the printing press with it

    return write_brief(office, trip, path)
