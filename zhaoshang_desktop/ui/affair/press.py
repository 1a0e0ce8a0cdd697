"""The pages of a pack as pictures, made on a thread of their own: printing to bytes, then page by page."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QImage

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui.runner import OneThread, Runner

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.fairness import Promise
    from zhaoshang_desktop.actions.paper import Wish
    from zhaoshang_desktop.papers.blocks import Paper
    from zhaoshang_desktop.store.office import Office

POINTS_AN_INCH = 72

log = logging.getLogger(__name__)


Maker = Callable[["Office", int, str, "Wish"], tuple["Paper", Sequence["Promise"]]]
"""Makes the paper of that name, of the affair with that key."""


@dataclass(frozen=True)
class Proof:
    """A paper as it would be printed now: the sizes of its pages in points, the characters no font has, and the
    promises in it that the law does not allow."""

    number: int
    sizes: tuple[QSizeF, ...] = ()
    missing: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


class Press(QObject):
    """`made` a Proof, `drawn` (number of the proof, page, dots an inch, picture), `failed` a KnownError,
    `crashed` any other. The newest pack wins: what was asked of an older one is not done."""

    made = Signal(object)
    drawn = Signal(int, int, int, QImage)
    failed = Signal(object)
    crashed = Signal(object)

    def __init__(self, paper: Maker, parent: QObject, runner: Runner | None = None) -> None:
        super().__init__(parent)
        self._paper = paper
        self._runner = runner or OneThread("press")
        self._newest = 0
        self._document: Any = None

    def make(self, office: Office, key: int, kind: str, wish: Wish) -> None:
        """Print a paper of an affair as its records are now."""
        self._newest += 1
        number = self._newest
        self._runner.submit(lambda: self._safely(lambda: self._make(office, key, kind, wish, number)))

    def draw(self, number: int, page: int, dots: int) -> None:
        """Make the picture of one page, at so many dots an inch."""
        self._runner.submit(lambda: self._safely(lambda: self._draw(number, page, dots)))

    def forget(self) -> None:
        """What has been asked for is not wanted any more."""
        self._newest += 1

    def close(self) -> None:
        """End the thread."""
        self.forget()
        self._runner.submit(self._drop)
        self._runner.stop()

    def _safely(self, job: Callable[[], None]) -> None:
        try:
            job()
        except KnownError as error:
            self.failed.emit(error)
        except Exception as error:  # told on the window's thread, like every crash
            log.exception("The press failed")
            self.crashed.emit(error)

    def _make(self, office: Office, key: int, kind: str, wish: Wish, number: int) -> None:
        if number != self._newest:
            return
        # the printing press and the reader of PDF are heavy: they start on this thread
        import pypdfium2

        from zhaoshang_desktop.papers.fonts import fonts_of_this_pc
        from zhaoshang_desktop.papers.pdf import pdf_bytes

        paper, promises = self._paper(office, key, kind, wish)
        data, printed = pdf_bytes(paper, fonts_of_this_pc())
        self._drop()
        reader: Any = pypdfium2  # carries no types
        self._document = reader.PdfDocument(data)
        sizes = tuple(QSizeF(*self._document.get_page_size(page)) for page in range(len(self._document)))
        self.made.emit(Proof(number, sizes, printed.missing, tuple(promises)))

    def _draw(self, number: int, page: int, dots: int) -> None:
        if number != self._newest or self._document is None:
            return
        sheet = self._document[page]
        bitmap = sheet.render(scale=dots / POINTS_AN_INCH, prefer_bgrx=True)
        data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
        image = QImage(data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        sheet.close()
        self.drawn.emit(number, page, dots, image)

    def _drop(self) -> None:
        if self._document is not None:
            self._document.close()
            self._document = None
