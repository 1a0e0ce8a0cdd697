"""The pages of a pack on a printer, one after the other, without holding up the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from zhaoshang_desktop.ui.affair.press import Press, Proof

DOTS = 200
"""Sharp enough for 9-point type on an office's laser printer, four times quicker than 400."""


class Sheets(QObject):
    """`told` how far it is, `over` in words when it ended."""

    told = Signal(str)
    over = Signal(str)

    def __init__(self, press: Press, parent: QObject) -> None:
        super().__init__(parent)
        self._press = press
        self._painter: QPainter | None = None
        self._printer: QPrinter | None = None
        self._proof = Proof(0)
        self._left: list[int] = []
        self._done = 0
        press.drawn.connect(self._take)

    @property
    def busy(self) -> bool:
        return self._painter is not None

    def takes(self, page: int, dots: int) -> bool:
        """Whether that picture is one for the printer."""
        return self.busy and dots == DOTS and bool(self._left) and page == self._left[0]

    def begin(self, printer: QPrinter, proof: Proof) -> None:
        """Print the range the printer was given, else all."""
        first, last = printer.fromPage() or 1, printer.toPage() or len(proof.sizes)
        self._left = list(range(first - 1, min(last, len(proof.sizes))))
        if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
            self._left.reverse()
        printer.setFullPage(True)
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        painter = QPainter()
        if not self._left or not painter.begin(printer):
            self.over.emit("打印机没有接受，什么都没有打印。请检查打印机。")
            return
        self._printer, self._painter, self._proof, self._done = printer, painter, proof, 0
        self._ask()

    def cancel(self) -> None:
        """No further pages."""
        if self.busy:
            self._end(f"已取消，打印了 {self._done} 页。", aborted=True)

    def _ask(self) -> None:
        self.told.emit(f"正在打印第 {self._done + 1} / {self._done + len(self._left)} 页")
        self._press.draw(self._proof.number, self._left[0], DOTS)

    def _take(self, number: int, page: int, dots: int, image: QImage) -> None:
        if number != self._proof.number or not self.takes(page, dots):
            return
        assert self._painter is not None
        assert self._printer is not None
        if self._done:
            self._printer.newPage()
        sheet = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        self._painter.drawImage(QRectF(0, 0, sheet.width(), sheet.height()), image)
        self._done += 1
        del self._left[0]
        if self._left:
            self._ask()
        else:
            self._end(f"已送出 {self._done} 页到打印机。")

    def _end(self, words: str, *, aborted: bool = False) -> None:
        if self._painter is not None and self._printer is not None:
            if aborted:
                self._printer.abort()
            self._painter.end()
        self._painter = self._printer = None
        self._left = []
        self.over.emit(words)
