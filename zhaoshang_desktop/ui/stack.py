"""The pages of the window, made when first looked at, and what lies over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget

from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.page import Page
from zhaoshang_desktop.ui.waiting import waiting


class PageStack(QObject):
    """`fronted` carries the page that has come to the front."""

    fronted = Signal(object)
    status_changed = Signal(object, str)

    def __init__(self, view: QStackedWidget, desk: Desk) -> None:
        super().__init__(view)
        self._view = view
        self._desk = desk
        self._pages: dict[str, Page] = {}
        self._over: list[tuple[Page, Page]] = []
        self._actions: Mapping[str, QAction] = {}

    def __iter__(self) -> Iterator[Page]:
        yield from self._pages.values()
        yield from (page for page, _ in self._over)

    @property
    def current(self) -> Page:
        found = self._view.currentWidget()
        assert isinstance(found, Page)
        return found

    @property
    def key(self) -> str:
        """The key of the page in front; "" when something lies over it."""
        return next((key for key, page in self._pages.items() if page is self._view.currentWidget()), "")

    def page(self, key: str) -> Page:
        """The page of that key, made now if nobody has looked at it yet."""
        if key not in self._pages:
            entry = pages.entry(key)
            with waiting(self._view, f"正在打开{entry.title}…") if not entry.loaded else nullcontext():
                page = entry.make(self._desk)
            self._pages[key] = page
            self._welcome(page)
        return self._pages[key]

    def go(self, key: str) -> Page:
        """Bring that page to the front, or what lies over it."""
        page = self.page(key)
        return self._bring(next((over for over, below in reversed(self._over) if below is page), page))

    def push(self, page: Page) -> None:
        """Lay a page (a wizard) over the present one until it says `closed`."""
        self._over.append((page, self._pages.get(self.key) or self._over[-1][1]))
        page.closed.connect(self._pop_sender)
        self._welcome(page)
        self._bring(page)

    def pop(self, page: Page) -> None:
        """Take a page away that lies over another, and go back to that one if it was in front."""
        below = next((under for over, under in self._over if over is page), None)
        if below is None:
            return
        in_front = page is self.current
        self._over = [pair for pair in self._over if pair[0] is not page]
        self._view.removeWidget(page)
        page.deleteLater()
        if in_front:
            self._bring(below)

    def clear(self) -> None:
        """Another office is coming: what lies over the pages is about the one before."""
        for page, _ in reversed(self._over):
            self.pop(page)

    def equip(self, actions: Mapping[str, QAction]) -> None:
        """The commands exist now; every page, made or to be made, takes those it needs."""
        self._actions = actions
        for page in self:
            page.adopt(actions)

    def _welcome(self, page: Page) -> None:
        self._view.addWidget(page)
        page.status_changed.connect(self._pass_on)
        if self._actions:
            page.adopt(self._actions)
        if self._desk.is_open:
            page.office_opened()

    def _bring(self, page: Page) -> Page:
        self._view.setCurrentWidget(page)
        page.arrive()
        self.fronted.emit(page)
        return page

    def _pop_sender(self) -> None:
        page = self.sender()
        if isinstance(page, Page):
            self.pop(page)

    def _pass_on(self, words: str) -> None:
        self.status_changed.emit(self.sender(), words)
