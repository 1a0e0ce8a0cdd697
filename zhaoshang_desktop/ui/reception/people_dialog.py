"""Ticks among people who are known: investors' contacts for guests, our members for ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.reception import add_contacts, add_members
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.unit import Member, Unit

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

KEY = int(Qt.ItemDataRole.UserRole)
Offered = list[tuple[int, str]]
"""Key, and what is told of the person."""


class PeopleDialog(QDialog):
    """Typing narrows the list, Space ticks, Enter puts the ticked ones on the list of the reception."""

    TITLE = ""
    NOTHING = ""

    def __init__(self, desk: Desk, reception: int, firms: tuple[int, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.TITLE)
        self.resize(520, 430)
        self._desk, self._reception = desk, reception
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("姓名、单位、职务")
        self.words.setAccessibleName("在名单里找")
        self.words.textChanged.connect(self._narrow)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.TITLE)
        self.list.itemChanged.connect(self._count)
        self.said = QLabel(self)
        self.said.setProperty("role", "secondary")
        self.put = QPushButton("加到名单", self)
        self.put.setProperty("kind", "primary")
        self.put.setDefault(True)
        self.put.clicked.connect(self.accept)
        cancel = QPushButton("取消", self)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.put)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        desk.ask("reception people", self._question(firms), self._show)

    def ticked(self) -> list[int]:
        """The keys of who is ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [int(item.data(KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def accept(self) -> None:
        if keys := self.ticked():
            self._desk.run(self._action(), self._reception, keys, on_done=self._added)
        super().accept()

    def _question(self, firms: tuple[int, ...]) -> Callable[[Office], Offered]:
        raise NotImplementedError

    def _action(self) -> Callable[..., Changes]:
        raise NotImplementedError

    def _show(self, offered: Offered) -> None:
        self.list.blockSignals(True)
        for key, told in offered:
            item = QListWidgetItem(told, self.list)
            item.setData(KEY, str(key))
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._count()
        if not offered:
            self.said.setText(self.NOTHING)
        self.words.setFocus()

    def _narrow(self, text: str) -> None:
        wanted = folded(text)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in folded(item.text()))

    def _count(self) -> None:
        count = len(self.ticked())
        self.said.setText(f"选了 {count} 人" if count else "勾选要加的人")
        self.put.setEnabled(bool(count))

    def _added(self, changes: Changes) -> None:
        count = len(changes.of("reception_person"))
        self._desk.say(f"名单加了 {count} 人。" if count else "选的人都已经在名单上了。", changes.batch)


class ContactsDialog(PeopleDialog):
    """The people of the investors who come; of all investors as long as none is chosen."""

    TITLE = "从客商联系人选客人"
    NOTHING = "来访客商还没有联系人。可以直接在表里输入，或从 Excel 粘贴。"

    def _question(self, firms: tuple[int, ...]) -> Callable[[Office], Offered]:
        return _contacts(firms)

    def _action(self) -> Callable[..., Changes]:
        return add_contacts


class MembersDialog(PeopleDialog):
    """Ours."""

    TITLE = "从招商人员选"
    NOTHING = "还没有招商人员。先在“库”菜单的“招商人员”里录入。"

    def _question(self, firms: tuple[int, ...]) -> Callable[[Office], Offered]:
        return _members

    def _action(self) -> Callable[..., Changes]:
        return add_members


def _contacts(firms: tuple[int, ...]) -> Callable[[Office], Offered]:
    def question(office: Office) -> Offered:
        where = (Where("investor", "in", firms),) if firms else ()
        found: list[Contact] = office.rows(Contact, office.first_ids(Query(Contact, where=where), 2000))
        names = {one.id: one.name for one in office.rows(Investor, sorted({one.investor for one in found}))}
        told = [(one.id, f"{one.name}　{names.get(one.investor, '')} {one.post}".rstrip()) for one in found]
        return sorted(told, key=lambda pair: pair[1].partition("　")[2])

    return question


def _members(office: Office) -> Offered:
    units = {one.id: one.short_name or one.name for one in office.find(Query(Unit))}
    members: list[Member] = office.find(Query(Member, order=("id",)))
    return [(one.id, f"{one.name}　{units.get(one.unit, '')} {one.duty}".rstrip()) for one in members]
