"""The bar that slides over the foot of the window: what was done, with 撤销; what went wrong, with a way out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.job import Stopped

SHOWN_MS = 8000
MARGIN = 12


class Notice(QFrame):
    """One sentence at a time, the newest; errors stay until they are closed, Esc is pressed or their page is left."""

    undo_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = parent
        self._batch = 0
        self._about: QWidget | None = None
        self._new = QTimer(self, singleShot=True, interval=0)
        self._sign = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.undo = QPushButton("撤销", self)
        self.undo.setProperty("kind", "link")
        self.undo.clicked.connect(self._ask_undo)
        self._close = QToolButton(self)
        self._close.setAccessibleName("关闭")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._sign)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at the moment; "" when it is hidden."""
        return self._sentence.text() if self.isVisibleTo(self._room) else ""

    @property
    def warns(self) -> bool:
        """Whether something went wrong and nobody has put it away yet."""
        return bool(self.text) and self.property("state") == "error"

    def say(self, sentence: str, undo: int = 0) -> None:
        """Something was done; `undo` is the batch to take back, or 0."""
        self._show(sentence, "done", undo)
        self._timer.start(SHOWN_MS)

    def tell(self, sentence: str) -> None:
        """Something was done that is to be read at leisure: it stays until it is closed."""
        self._timer.stop()
        self._show(sentence, "done", 0)

    def complain(self, error: KnownError, about: QWidget | None = None) -> None:
        """Something known went wrong, on that page if it is of one; that somebody stopped it is no error."""
        if isinstance(error, Stopped):
            self.say(str(error))
            return
        self._timer.stop()
        self._show(str(error), "error", 0)
        self._about = about
        self._new.start()

    def turn_to(self, page: QWidget) -> None:
        """That page is in front: an error of another one goes, unless it was said on the way here."""
        if self._new.isActive():
            self._about = self._about and page
        elif self.warns and self._about not in (None, page):
            self.hide()
        self.raise_()  # a page that comes to the front comes before it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, sentence: str, state: str, undo: int) -> None:
        from zhaoshang_desktop.ui import icons  # QtSvg, after the first picture

        self._batch, self._about = undo, None
        error = state == "error"
        done = bool(undo) or sentence.startswith("已")  # what is only told gets no tick
        self._sign.setPixmap(icons.picture("warning" if error else "check", "red" if error else "green"))
        self._sign.setVisible(error or done)
        self._close.setIcon(icons.icon("close"))
        self._sentence.setText(sentence)
        self.undo.setVisible(bool(undo))
        theme.restyle(self, "state", state)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        room = self._room
        widest = min(720, room.width() - 2 * MARGIN)
        self._sentence.setMaximumWidth(widest - 120)
        single = self._sentence.fontMetrics().horizontalAdvance(self._sentence.text()) + 8
        self._sentence.setMinimumWidth(min(single, widest - 120))
        self.adjustSize()
        where = QRect((room.width() - self.width()) // 2, 0, self.width(), self.height())
        where.moveBottom(room.height() - MARGIN)
        covered = [bar.top() for bar in self._buttons_at_the_foot() if bar.intersects(where)]
        if covered:
            where.moveBottom(min(covered) - MARGIN)
        self.move(where.topLeft())

    def _buttons_at_the_foot(self) -> Iterator[QRect]:
        """Where the page in front has buttons that cannot be scrolled from under the notice."""
        for button in self._room.findChildren(QAbstractButton):
            if button.isVisible() and not self.isAncestorOf(button) and not self._scrolls(button):
                yield QRect(button.mapTo(self._room, QPoint()), button.size())

    def _scrolls(self, inner: QWidget) -> bool:
        above = inner.parentWidget()
        while above is not None and above is not self._room:
            if isinstance(above, QAbstractScrollArea):
                return True
            above = above.parentWidget()
        return False

    def _ask_undo(self) -> None:
        self.hide()
        self.undo_asked.emit(self._batch)
