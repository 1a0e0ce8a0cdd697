"""The right pane: one record at a glance, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QTabBar, QToolButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.dropping import files_in
from zhaoshang_desktop.ui.library.columns import OWN, second_line
from zhaoshang_desktop.ui.library.delegate import RING, draw_ring

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.library.relations import Portrait

WIDTH = 372
ALWAYS = ("contact", "visit", "milestone")
SHORTLY_MS = 40


class Ring(QWidget):
    """A level beside the title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(RING + 4, RING + 4)
        self._letter = ""

    def put(self, letter: str) -> None:
        """Show that level; "" shows nothing."""
        self._letter = letter
        self.setVisible(bool(letter))
        self.setToolTip(f"等级 {letter}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._letter:
            draw_ring(QPainter(self), QPointF(self.width() / 2, self.height() / 2), self._letter)


class DetailPane(QFrame):
    """`opened` carries the key of the record to be opened as a page; `changed` is of no concern here:
    the page calls `reload`."""

    opened = Signal(object)

    def __init__(self, desk: Desk, record: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setMinimumWidth(280)
        self._desk = desk
        self._record = record
        self._key = 0
        self._portrait: Portrait | None = None
        self._stored: Portrait | None = None
        self._tab = "overview"
        self._keys: list[str] = []
        self._built = False
        self.setAcceptDrops(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHORTLY_MS)
        self._soon.timeout.connect(self.reload)
        desk.waiting.connect(self._show_unsent)

    @property
    def key(self) -> int:
        """The record shown, 0 for none."""
        return self._key

    def show_key(self, key: int) -> None:
        """Show that record, or nothing for 0; arrow keys run ahead of it."""
        if key == self._key and self._portrait is not None:
            return
        self._key = key
        if key:
            self._soon.start()
        else:
            self._take(None)

    def reload(self) -> None:
        """Ask again for the record shown."""
        if self._key and self._desk.is_open:
            from zhaoshang_desktop.ui.library.relations import portrait  # after the first picture

            self._desk.ask((self, "portrait"), portrait(self._record, self._key), self._take)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._portrait is not None and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere here belongs to the record shown."""
        event.acceptProposedAction()
        self._tabs.setCurrentIndex(self._keys.index("files"))
        pane: Any = self._scroll.widget()
        pane.attach(files_in(event.mimeData()))

    def _build(self) -> None:
        """Made with the first record, since the first picture has none."""
        self._built = True
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 16, 0)
        self._title = _label("heading")
        self._title.setWordWrap(True)
        self._ring = Ring(self)
        self._open = QToolButton(self)
        self._open.setText("打开 ↗")
        self._open.setToolTip("打开整页（Enter）")
        self._open.clicked.connect(self._ask_open)
        head.addWidget(self._title, 1)
        head.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        self._second = _label("secondary")
        self._second.setWordWrap(True)
        self._tabs = QTabBar(self)
        self._tabs.setObjectName("detailTabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.currentChanged.connect(self._go)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addLayout(head)
        column.addWidget(self._second)
        column.addSpacing(6)
        column.addWidget(self._tabs)
        column.addWidget(self._scroll, 1)

    def _take(self, stored: Portrait | None) -> None:
        self._stored = stored
        self._portrait = found = self._desk.as_will_be(stored)
        if found is None and not self._built:
            return
        if not self._built:
            self._build()
        for part in (self._title, self._ring, self._open, self._second, self._tabs, self._scroll):
            part.setVisible(found is not None)
        if found is None:
            return
        self._desk.titles.update(found.titles)
        self._title.setText(found.record.title)
        self._second.setText(second_line(found.record, self._desk.titles).replace(" · ", "　|　"))
        self._ring.put(_level(found.record))
        self._fill_tabs(found)
        self._show()

    def _show_unsent(self) -> None:
        if self._stored is not None:
            self._take(self._stored)

    def _fill_tabs(self, found: Portrait) -> None:
        blocked = self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        self._keys = ["overview"]
        self._tabs.addTab("概况")
        for relation, rows in found.related.items():
            if rows or relation.noun in ALWAYS:
                self._keys.append(relation.noun)
                self._tabs.addTab(f"{relation.title} {len(rows)}" if rows else relation.title)
        self._keys.append("files")
        self._tabs.addTab(f"文件 {len(found.files)}" if found.files else "文件")
        self._keys.append("history")
        self._tabs.addTab("历史")
        self._tab = self._tab if self._tab in self._keys else "overview"
        self._tabs.setCurrentIndex(self._keys.index(self._tab))
        self._tabs.blockSignals(blocked)

    def _go(self, index: int) -> None:
        self._tab = self._keys[index]
        self._show()

    def _show(self) -> None:
        found = self._portrait
        if found is None:
            return
        makers: dict[str, Callable[[Portrait], QWidget]] = {
            "overview": self._overview,
            "files": self._files,
            "history": self._history,
        }
        made = makers.get(self._tab, self._related)(found)
        if made is not self._scroll.widget():
            self._scroll.setWidget(made)

    def _overview(self, found: Portrait) -> QWidget:
        from zhaoshang_desktop.ui.library.overview import Overview  # after the first picture

        return Overview(found, self._desk, self._scroll)

    def _files(self, found: Portrait) -> QWidget:
        """The pane stays while it is looked at, with its cursor."""
        from zhaoshang_desktop.ui.library.files import FilesPane  # after the first picture

        pane = self._scroll.widget()
        if not isinstance(pane, FilesPane):
            pane = FilesPane(self._desk, self._record, self._scroll)
            pane.layout().setContentsMargins(0, 10, 16, 16)  # type: ignore[union-attr]
        pane.put(found.record.id, found.files)
        return pane

    def _history(self, found: Portrait) -> QWidget:
        from zhaoshang_desktop.ui.library.history import History  # after the first picture

        widget = History(self._record, found.history, self._desk.titles, self._scroll)
        widget.layout().setContentsMargins(0, 10, 16, 16)  # type: ignore[union-attr]
        return widget

    def _related(self, found: Portrait) -> QWidget:
        from zhaoshang_desktop.ui.library.related import RelatedList  # after the first picture

        relation = next(one for one in found.related if one.noun == self._tab)
        return RelatedList(relation, found.related[relation], self._desk, self._scroll)

    def _ask_open(self) -> None:
        self.opened.emit(self._key)


def _level(record: Record) -> str:
    """The letter of whichever field of this type is shown as a ring."""
    names = [name for (noun, name), column in OWN.items() if noun == record.NOUN and column.look == "ring"]
    return str(getattr(record, names[0]) or "") if names else ""


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
