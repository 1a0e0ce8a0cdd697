"""One team of a trip: what it is called, how it travels, who is in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.trip import TeamWish
from zhaoshang_desktop.domain.trip import MODES
from zhaoshang_desktop.planning.crew import Person, Who, unusual_size
from zhaoshang_desktop.ui import icons
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.trip.flow import Flow
from zhaoshang_desktop.ui.trip.member_table import MIME, people_in
from zhaoshang_desktop.ui.trip.travels_dialog import travels_words

WIDTH = 268


class TeamCard(QFrame):
    """`edited` when name, way or car were changed, `dropped_on` (who) people were dragged here,
    `sent_off` (who) somebody was taken out, `removed` the whole team, `travels_asked` when its own
    ends and days are to be seen."""

    edited = Signal()
    dropped_on = Signal(object)
    sent_off = Signal(object)
    removed = Signal()
    travels_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self.setFixedWidth(WIDTH)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("队名")
        self.mode = QComboBox(self)
        self.mode.addItems(list(MODES))
        self.mode.setAccessibleName("交通方式")
        self.car = QCheckBox("公务用车", self)
        self.car.setToolTip("用公务车的不发市内交通费")
        self.people = Flow(self)
        self.warning = QLabel(self)
        self.warning.setProperty("role", "weak")
        self.warning.setWordWrap(True)
        self.travels = QPushButton(self)
        self.travels.setProperty("kind", "link")
        self.travels.setToolTip("这个队自己的出发地、返回地和日子")
        remove = QToolButton(self)
        remove.setIcon(icons.icon("close", "secondary"))
        remove.setAccessibleName("去掉这个队")
        remove.setToolTip("去掉这个队")
        self._lay_out(remove)
        self._chips: dict[QPushButton, Who] = {}
        self.name.editingFinished.connect(self._renamed)
        self.mode.activated.connect(self.edited)
        self.car.clicked.connect(self.edited)
        remove.clicked.connect(self.removed)
        self.travels.clicked.connect(self.travels_asked)
        self._shown = TeamWish("")

    def _lay_out(self, remove: QToolButton) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        for widget in (self.name, self.mode, self.car, remove):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.people)
        column.addWidget(self.travels, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.warning)
        column.addStretch(1)

    def put(self, wish: TeamWish, people: Sequence[Person]) -> None:
        """Show a team."""
        self._shown = wish
        if not self.name.hasFocus():
            self.name.setText(wish.name)
        self.mode.setCurrentText(wish.mode)
        self.car.setChecked(bool(wish.official_car))
        self.travels.setText(travels_words(wish.travels) or "出发与回程…")
        self.travels.setVisible(bool(wish.key))
        self.people.clear()
        self._chips.clear()
        for one in people:
            chip = QPushButton(f"{one.name} ✕", self.people)
            chip.setProperty("kind", "chip")
            chip.setToolTip(hover("、".join(part for part in (one.post, *one.can) if part) + "\n点一下移出"))
            chip.clicked.connect(self._send_off)
            self._chips[chip] = one.who
            self.people.add(chip)
        self.warning.setText(_warning(people))
        self.warning.setProperty("role", "weak" if people else "secondary")
        self.warning.style().polish(self.warning)
        self.warning.setVisible(bool(self.warning.text()))

    def take(self) -> tuple[str, str, bool]:
        """Name, way of travelling, official car."""
        return self.name.text().strip() or self._shown.name, self.mode.currentText(), self.car.isChecked()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped_on.emit(people_in(event.mimeData()))

    def _renamed(self) -> None:
        if self.name.text().strip() not in ("", self._shown.name):
            self.edited.emit()

    def _send_off(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton) and sender in self._chips:
            self.sent_off.emit(self._chips[sender])


def _warning(people: Sequence[Person]) -> str:
    """What is unusual about this team."""
    if not people:
        return "把人拖到这里，或在下面勾选。"
    words = [unusual_size(len(people)), *(f"{one.name}：{one.busy}" for one in people if one.busy)]
    return "；".join(filter(None, words))
