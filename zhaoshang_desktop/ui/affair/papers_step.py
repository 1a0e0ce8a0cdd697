"""材料: the papers of an affair as they will come out of the printer, saved or printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

from zhaoshang_desktop.domain.file_name import safe_name
from zhaoshang_desktop.runtime.paths import offices_folder
from zhaoshang_desktop.ui.affair.pages_view import PagesView
from zhaoshang_desktop.ui.affair.press import Press, Proof
from zhaoshang_desktop.ui.affair.sheets import Sheets
from zhaoshang_desktop.ui.affair.step import AffairStep, Buttons, S
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.promises import PromiseDialog, may_go_on

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.papers.blocks import Paper
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

PAUSE_MS = 300
PDF = (".pdf", "PDF (*.pdf)")


class PapersStep(AffairStep[S]):
    """The preview follows the records; it is made on a thread of its own. The paper that was looked at last is the
    first to be looked at next time, on this PC."""

    TITLE = "材料"
    PAPERS: Mapping[str, str]
    """What a person calls each, by the names of the actions, in the order they are wanted."""
    MASKED: tuple[str, ...]
    """Those in which telephone numbers can be hidden."""
    FOLDER, LAST = "", ""
    """The settings that keep where the last one was saved, and which was looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.press = Press(self.paper, self)
        self.pages = PagesView(self)
        self.sheets = Sheets(self.press, self)
        self.empty = EmptyHint(self.pages.viewport())
        self.said = QLabel("正在排版…", self)
        self.said.setProperty("role", "secondary")
        self.stop = self._link("取消打印")
        self.open = self._link("打开")
        self.warned = self._link("")
        self.warned.setProperty("role", "wrong")
        self.kind = QComboBox(self)
        self.masked = QCheckBox("隐去电话中间几位", self)
        self._saved = Path()
        self._printing: tuple[int, str, Wish, tuple[Promise, ...]] | None = None
        self._stale = True
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.bar = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.pages, 1)
        self.setFocusProxy(self.pages)
        self._connect()

    @staticmethod
    def paper(office: Office, key: int, kind: str, wish: Wish) -> tuple[Paper, Sequence[Promise]]:
        """A paper as the records are now, and the promises in it that the law does not allow."""
        raise NotImplementedError

    @staticmethod
    def write(office: Office, key: int, kind: str, wish: Wish, path: Path) -> str:
        """Write a paper into a file; how much it has, in words."""
        raise NotImplementedError

    @staticmethod
    def note(office: Office, key: int, kind: str, wish: Wish, promises: Sequence[Promise]) -> None:
        """Note in the ledger that a paper went to a printer."""
        raise NotImplementedError

    def people(self) -> tuple[str, ...]:
        """For whom it is; nobody in particular when empty."""
        return ()

    def lacking(self) -> tuple[str, str, str] | None:
        """Why there are no pages: a sentence, a button and the step it leads to; None when there are some."""
        return None

    def show_ways(self) -> None:
        """Offer what can be wished of the chosen paper."""
        self.masked.setVisible(self.chosen in self.MASKED)

    def title(self) -> str:
        """What a file of the chosen paper is called, after the affair."""
        return self.PAPERS[self.chosen].partition("（")[0]

    def ending(self) -> tuple[str, str]:
        """How its name ends, and what kind of file it is."""
        return PDF

    @property
    def chosen(self) -> str:
        """Which paper is looked at."""
        return str(self.kind.currentData())

    def choose(self, kind: str) -> None:
        """Look at another paper."""
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def wish(self) -> Wish:
        """How the chosen paper is wanted."""
        from zhaoshang_desktop.actions.paper import Wish  # brings the printing press with it

        return Wish(self.people(), self.masked.isChecked() and self.chosen in self.MASKED)

    def put(self, sight: S) -> None:
        another = self.sight is None or self.sight.key != sight.key
        super().put(sight)
        self._stale = True
        if another:
            self.pages.put(Proof(0))
            self.open.hide()
            self.warned.hide()
        self.show_ways()
        self._show_lacking()
        if self.isVisible():
            self._pause.start()
        self.told.emit()

    def buttons(self) -> Buttons:
        return ("打印…", "print"), ("保存 PDF…", "save")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"print": self.print_paper, "save": self.save, "reload": self.make_again}

    def status(self) -> str:
        count = len(self.pages.proof.sizes)
        return f"第 {self.pages.front + 1} / {count} 页" if count else ""

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
        """Ask where, and write the paper there."""
        if self.sight is None or not may_go_on(self.pages.proof.promises, self, "仍然保存"):
            return
        folder = Path(str(self.desk.settings.choices.get(self.FOLDER, "")) or offices_folder())
        ending, kind = self.ending()
        name = safe_name(f"{self.sight.record.name} {self.title()}{''.join(self.people())}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, "保存", str(folder / name), kind)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the paper to a file, as the records are now."""
        if self.sight is not None:
            ending, _ = self.ending()
            self._saved = path if path.suffix.lower() == ending else path.with_name(path.name + ending)
            self.desk.settings.choices[self.FOLDER] = str(path.parent)
            job = (self.write, self.sight.key, self.chosen, self.wish(), self._saved)
            self.desk.run(*job, on_done=self._written, words="正在保存")

    def print_paper(self) -> None:
        """Ask which printer, and print the pages there."""
        if not self.pages.proof.sizes or self.sight is None:
            self.desk.say(self.empty.sentence.text() if self.empty.isVisible() else "还在排版，请稍等。")
            return
        if not may_go_on(self.pages.proof.promises, self, "仍然打印"):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.sight.record.name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.pages.proof.sizes))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """The pages that were asked for, on this printer; what is chosen meanwhile waits until they are through."""
        if self.sight is not None:
            self._printing = (self.sight.key, self.chosen, self.wish(), self.pages.proof.promises)
            self.stop.show()
            self.sheets.begin(printer, self.pages.proof)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _show_lacking(self) -> None:
        """Say in the place of the pages why there are none."""
        lacking = self.lacking()
        if lacking is None:
            self.empty.hide()
        else:
            self.empty.say(*lacking)

    def make_again(self) -> None:
        """The pages as the records and wishes are now."""
        self._stale = True
        self._make()

    def _link(self, text: str) -> QPushButton:
        link = QPushButton(text, self)
        link.setProperty("kind", "link")
        link.hide()
        return link

    def _toolbar(self) -> QFrame:
        for kind, title in self.PAPERS.items():
            self.kind.addItem(title, kind)
        self.choose(str(self.desk.settings.choices.get(self.LAST, "")))
        self.kind.setCurrentIndex(max(self.kind.currentIndex(), 0))
        self.kind.setProperty("asks", True)
        self.kind.setAccessibleName("哪份材料")
        self.masked.setProperty("asks", True)
        self.masked.setToolTip("给要离开本单位的份")
        frame = QFrame(self)
        frame.setObjectName("toolbar")
        frame.setLayout(self.bar)
        self.bar.setContentsMargins(16, 6, 16, 6)
        self.bar.setSpacing(8)
        for widget in (self.kind, self.masked, self.said, self.warned, self.stop, self.open):
            self.bar.addWidget(widget)
        self.bar.addStretch(1)
        return frame

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
        self.masked.toggled.connect(self.make_again)

    def _choose(self) -> None:
        self.desk.settings.choices[self.LAST] = self.chosen
        self.show_ways()
        self.open.hide()
        self.warned.hide()
        self.pages.put(Proof(0))
        self._show_lacking()
        self.make_again()
        self.told.emit()

    def _make(self) -> None:
        if not self._stale or self.sight is None or self.sheets.busy or not self.desk.is_open:
            return
        self._stale = False
        self._show_lacking()
        self.said.setText("" if self.lacking() else "正在排版…")
        if not self.lacking():
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
        """Nothing to print yet is no mishap: it is said where the pages would be."""
        self.pages.put(Proof(0))
        self.said.setText("")
        self.warned.hide()
        self.empty.say(str(error))
        self.told.emit()

    def _tell_promises(self) -> None:
        PromiseDialog(self.pages.proof.promises, self).open()

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
        if self._printing is not None and words.startswith("已送出"):
            self.desk.run(self.note, *self._printing, on_done=_nothing)
        if self._stale and self.isVisible():
            self._pause.start()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))


def _nothing(_done: object) -> None:
    """A line in the ledger is not told."""
