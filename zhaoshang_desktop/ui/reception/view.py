"""One reception: its sections at the left, the one in front, and what is against the rules below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.reception import RECEPTION_STATES
from zhaoshang_desktop.ui import icons
from zhaoshang_desktop.ui.commands import READS
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.look_only import open_to
from zhaoshang_desktop.ui.reception.basic import BasicSection
from zhaoshang_desktop.ui.reception.costs import CostsSection
from zhaoshang_desktop.ui.reception.findings_bar import FindingsBar
from zhaoshang_desktop.ui.reception.papers import PapersSection
from zhaoshang_desktop.ui.reception.section import Section
from zhaoshang_desktop.ui.reception.seen import NOUNS, Seen, seen
from zhaoshang_desktop.ui.reception.tables import CarsSection, ItemsSection, MealsSection, PeopleSection
from zhaoshang_desktop.ui.reception.talks import TalksSection
from zhaoshang_desktop.ui.trip.steps_strip import StepsStrip

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.ui.desk import Desk

SECTIONS: tuple[type[Section], ...] = (
    BasicSection,
    PeopleSection,
    ItemsSection,
    MealsSection,
    CarsSection,
    CostsSection,
    PapersSection,
    TalksSection,
)
ROOMY = 900


class ReceptionView(QWidget):
    """`closed` asks for the list; `told` when what the status bar says has changed."""

    closed = Signal()
    told = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.key = 0
        self.seen: Seen | None = None
        self._made: dict[int, Section] = {}
        self._number = 0
        self.strip = StepsStrip([one.TITLE for one in SECTIONS], self)
        self._stack = QStackedWidget(self)
        self._buttons: list[QPushButton] = []
        self.findings = FindingsBar(self)
        self.strip.chosen.connect(self._go_to)
        self.findings.pointed.connect(self.go)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._head())
        right.addWidget(self._stack, 1)
        right.addWidget(self.findings)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addLayout(right, 1)

    @property
    def section(self) -> Section:
        """The section in front."""
        return self._section(self._number)

    def show_reception(self, key: int, section: str = "basic") -> None:
        """Show a reception, at that section."""
        self.keep()
        self.key, self.seen = key, None
        self._bring(_number_of(section))
        self.refresh()

    def refresh(self) -> None:
        """Ask for the reception as it is now."""
        if self.key and self.desk.is_open:
            self.desk.ask((self, "seen"), seen(self.key), self._arrive)

    def touched_by(self, changes: Changes) -> bool:
        """Whether these changes can be seen here."""
        return bool(self.key) and changes.touches(*NOUNS)

    def go(self, key: str) -> None:
        """Bring a section to the front."""
        self._go_to(_number_of(key))

    def keep(self) -> None:
        """Store what has been typed."""
        if self._made:
            self.section.keep()

    def rest(self) -> None:
        """Keep what was typed and end what runs beside the window."""
        self.keep()
        for section in self._made.values():
            section.rest()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What the section in front can do, and what every one can."""
        return {"reload": self.refresh, "record.save": self._save, "record.next": self.go_on} | dict(
            self.section.handlers()
        )

    def go_on(self) -> None:
        """The next section."""
        self._go_to(min(self._number + 1, len(SECTIONS) - 1))

    def status(self) -> str:
        return self.section.status()

    def back(self) -> bool:
        """Esc: back to the list."""
        self._close()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._said.setVisible(self.width() >= ROOMY)

    def _head(self) -> QFrame:
        head = QFrame(self)
        head.setObjectName("toolbar")
        head.setFixedHeight(44)
        back = QToolButton(head)
        back.setIcon(icons.icon("left", "secondary"))
        back.setAccessibleName("回到列表")
        back.setToolTip("回到列表（Esc）")
        back.clicked.connect(self._close)
        self._name, self._second = QLabel(head), QLabel(head)
        self._name.setProperty("role", "heading")
        self._second.setProperty("role", "secondary")
        self._state = QPushButton(head)
        self._state.setProperty("kind", "chip")
        self._state.setToolTip("改变状态")
        self._state.clicked.connect(self._choose_state)
        self._said = QLabel("自动保存", head)
        self._said.setProperty("role", "secondary")
        self._next = QPushButton(head)
        self._next.setProperty("kind", "primary")
        self._next.clicked.connect(self.go_on)
        self._row = QHBoxLayout(head)
        self._row.setContentsMargins(8, 0, 12, 0)
        self._row.setSpacing(8)
        for widget in (back, self._name, self._second, self._state, self._said):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self._next)
        return head

    def _arrive(self, found: Seen | None) -> None:
        if found is None:
            self.key = 0
            self.closed.emit()
            return
        if found.key != self.key:
            return
        first = self.seen is None
        self.seen = found
        self._show()
        if first:
            self.section.arrive()

    def _show(self) -> None:
        if self.seen is None:
            return
        one = self.seen.reception
        self._name.setText(one.name)
        days = f"{one.start:%m-%d} — {one.end:%m-%d}" if one.start and one.end else ""
        self._second.setText(f"{one.kind}　{days}")
        self._state.setText(f"{one.state} ▾")
        self.strip.put([section.mark(self.seen) for section in SECTIONS])
        self.strip.go(self._number)
        self.findings.put(self.seen.look.findings)
        self.section.put(self.seen)
        open_to(self.section, self.desk.may_write)
        self._tell()

    def _go_to(self, number: int) -> None:
        if number != self._number:
            self.section.keep()
            self._bring(number)
        self._show()
        self.section.arrive()

    def _bring(self, number: int) -> None:
        self._number = number
        self._stack.setCurrentWidget(self._section(number))

    def _section(self, number: int) -> Section:
        """That section, made when it is first looked at."""
        if number not in self._made:
            section = SECTIONS[number](self.desk, self)
            self._made[number] = section
            self._stack.addWidget(section)
            section.told.connect(self._tell)
        return self._made[number]

    def _tell(self) -> None:
        allowed = (one for one in self.section.buttons() if self.desk.may_write or one[1] in READS - {"reload"})
        self._put_buttons(tuple(allowed))
        following = SECTIONS[self._number + 1 : self._number + 2]
        self._next.setVisible(bool(following))
        for section in following:
            self._next.setText(f"下一步：{section.TITLE}")
        self.told.emit()

    def _put_buttons(self, wanted: tuple[tuple[str, str], ...]) -> None:
        """What the section in front offers, beside the way to the next."""
        if wanted == tuple((button.text(), button.objectName()) for button in self._buttons):
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for text, name in wanted:
            button = QPushButton(text, self._name.parentWidget())
            button.setObjectName(name)
            button.clicked.connect(self._press)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)

    def _press(self) -> None:
        handler = self.handlers().get(self.sender().objectName())
        if handler is not None:
            handler()

    def _save(self) -> None:
        self.keep()
        self.desk.say("已保存。每次修改都会自动保存。")

    def _choose_state(self) -> None:
        menu = QMenu(self)
        for state in RECEPTION_STATES:
            menu.addAction(state).setData(state)
        menu.triggered.connect(self.set_state)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._state.mapToGlobal(QPoint(0, self._state.height())))

    def set_state(self, action: QAction) -> None:
        """Where the reception stands."""
        if self.seen is not None and action.data() != self.seen.reception.state:
            Edit(self.desk, self, self.seen.reception, {"state": action.data()})

    def _close(self) -> None:
        self.keep()
        self.closed.emit()


def _number_of(key: str) -> int:
    return [section.KEY for section in SECTIONS].index(key)
