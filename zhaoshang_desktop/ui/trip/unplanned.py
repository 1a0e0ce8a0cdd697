"""临时拜访: whom one has just gone to see, from the library or new, in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.explained import Explained

if TYPE_CHECKING:
    from datetime import datetime

    from zhaoshang_desktop.actions.road import Added, DayOut, Unplanned
    from zhaoshang_desktop.domain.errors import KnownError
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

LENGTHS = (30, 60, 90, 120)
USUAL = 1


class UnplannedDialog(QDialog):
    """Enter stores the visit as beginning now; a name that the library does not have becomes a new investor.

    `added` carries the visit's key and the Changes.
    """

    added = Signal(object, object)

    def __init__(self, desk: Desk, day: DayOut, team: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("临时拜访")
        self.resize(520, 0)
        self._desk, self._trip = desk, day.trip.id
        self.who = Explained(editor_for(field_of(Visit, "investor"), desk, self))
        self.place = Explained(editor_for(field_of(Visit, "place"), desk, self))
        self.contact, self.mobile = QLineEdit(self), QLineEdit(self)
        self.length, self.team = QComboBox(self), QComboBox(self)
        for minutes in LENGTHS:
            self.length.addItem(f"{minutes} 分钟", minutes)
        self.length.setCurrentIndex(USUAL)
        for one in day.teams:
            self.team.addItem(one.name, str(one.id))
        self.team.setCurrentIndex(max(0, self.team.findData(str(team))))
        self.said = QLabel(self)
        self.said.setProperty("role", "proposed")
        self.said.setWordWrap(True)
        self.contact.setPlaceholderText("见到的人，可以不填")
        self.mobile.setPlaceholderText("手机，可以不填")
        self._lay_out(several=len(day.teams) > 1)
        self.who.editor.edited.connect(self._say)
        self.who.setFocus()
        self._say()

    def store(self) -> None:
        """Put the visit into the trip, here and now."""
        from zhaoshang_desktop.actions.road import Unplanned  # brings the papers with it

        key, name = self.who.take()
        place, unclear = self.place.take()
        if not key and not name:
            self.said.setText("请写下见的是谁。")
            self.who.setFocus()
            return
        if unclear:
            self.said.setText(f"“{unclear}”不是认得的地方，可以空着，或写到市。")
            self.place.setFocus()
            return
        wish = Unplanned(
            key,
            "" if key else name,
            place,
            self.contact.text().strip(),
            self.mobile.text().strip(),
            self.length.currentData(),
        )
        team = int(self.team.currentData() or 0)
        self._desk.run(
            _adding(self._trip, team, wish, self._desk.clock.now()), on_done=self._stored, on_error=self._refused
        )

    def _lay_out(self, *, several: bool) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("客商", self.who)
        form.addRow("", self.said)
        form.addRow("所在地", self.place)
        people = QHBoxLayout()
        people.setSpacing(8)
        people.addWidget(self.contact)
        people.addWidget(self.mobile)
        form.addRow("联系人", people)
        form.addRow("大约", self.length)
        if several:
            form.addRow("哪个队", self.team)
        else:
            self.team.hide()
        store, cancel = QPushButton("现在就在这里", self), QPushButton("不加了", self)
        store.setProperty("kind", "primary")
        store.setDefault(True)
        store.clicked.connect(self.store)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(store)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addLayout(row)

    def _say(self) -> None:
        key, name = self.who.take()
        self.said.setText(
            "客商库里有。"
            if key
            else f"客商库里没有，会新建“{name}”。"
            if name
            else "写名称或拼音，从下面选；没有的直接写全称。"
        )

    def _stored(self, done: Added) -> None:
        self.accept()
        self.added.emit(done.key, done.changes)

    def _refused(self, error: KnownError) -> None:
        self.said.setText(str(error))


def _adding(trip: int, team: int, wish: Unplanned, at: datetime) -> Callable[[Office], Added]:
    def adding(office: Office) -> Added:
        from zhaoshang_desktop.actions.road import add_unplanned  # brings the papers with it

        return add_unplanned(office, trip, team, wish, at)

    return adding
