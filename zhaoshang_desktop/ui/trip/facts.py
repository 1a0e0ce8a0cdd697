"""记下新事实: what was learned at a visit goes to the libraries in one step, out of the log form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from zhaoshang_desktop.actions.from_visit import (
    contact_from_visit,
    lead_draft,
    lead_from_visit,
    project_draft,
    project_from_visit,
)
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.record import Record
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

COUNTED = ("direction", "way", "day", "start", "minutes", "unit", "leader", "host_rank", "guests")
LEARNED = (
    "address",
    "condition",
    "plans",
    "needs",
    "local_ties",
    "business",
    "staff",
    "revenue",
    "level",
    "tags",
    "note",
)


class Facts(QObject):
    """Opens the form that fits, filled in as far as the visit says; `over` is the window it stands over."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._visit: Visit | None = None
        self._investor: Investor | None = None
        self._contacts: Sequence[Contact] = ()

    def put(self, visit: Visit, investor: Investor | None, contacts: Sequence[Contact]) -> None:
        """The visit that is typed up."""
        self._visit, self._investor, self._contacts = visit, investor, contacts

    def menu(self, at: QPoint) -> None:
        """What there is to be noted."""
        if self._visit is None or self._investor is None:
            return
        menu = QMenu(self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [("立为项目…", "project"), ("记为信息…", "lead"), ("新联系人…", "contact")]
        entries += [(f"{one.name}的电话、职务变了…", f"contact {one.id}") for one in self._contacts[:6]]
        entries += [("客商的计划、需求、状况变了…", "investor"), ("计入考核的内容…", "counted")]
        for text, name in entries:
            menu.addAction(text).setData(name)
        menu.triggered.connect(self._chosen)
        menu.popup(at)

    def new_contact(self) -> None:
        """Somebody who was met for the first time."""
        if self._visit is not None:
            self._open(Contact(investor=self._visit.investor), ("investor",), self._store_contact)

    def new_project(self) -> None:
        """A project of this visit, filled in as far as it goes."""
        if self._visit is not None and self._investor is not None:
            self._open(project_draft(self._visit, self._investor), (), self._store_project)

    def new_lead(self) -> None:
        """A lead of this visit."""
        if self._visit is not None and self._investor is not None:
            self._open(lead_draft(self._visit, self._investor), (), self._store_lead)

    def counted(self) -> None:
        """What the assessment will count of this visit."""
        if self._visit is not None:
            omit = tuple(field.name for field in fields_of(Visit) if field.name not in COUNTED)
            self._open(self._visit, omit)

    def changed_investor(self) -> None:
        """What is new about the firm."""
        if self._investor is not None:
            omit = tuple(field.name for field in fields_of(Investor) if field.name not in LEARNED)
            self._open(self._investor, omit)

    def _open(self, record: Record, omit: tuple[str, ...], store: Callable[[Any], object] | None = None) -> None:
        from zhaoshang_desktop.ui.library.child_dialog import ChildDialog  # made when first needed

        dialog = ChildDialog(self._desk, record, omit, self._over)
        if store is not None:
            dialog.filled.connect(store)
        dialog.open()

    def _chosen(self, action: QAction) -> None:
        name = str(action.data())
        whole = {
            "project": self.new_project,
            "lead": self.new_lead,
            "contact": self.new_contact,
            "investor": self.changed_investor,
            "counted": self.counted,
        }
        if name in whole:
            whole[name]()
            return
        key = int(name.split()[1])
        found = next((one for one in self._contacts if one.id == key), None)
        if found is not None:
            self._open(found, ("investor",))

    def _store_contact(self, contact: Contact) -> None:
        self._store(contact_from_visit, contact)

    def _store_project(self, project: Project) -> None:
        self._store(project_from_visit, project)

    def _store_lead(self, lead: Lead) -> None:
        self._store(lead_from_visit, lead)

    def _store(self, action: Callable[[Office, int, Any], Changes], record: Record) -> None:
        if self._visit is not None:
            self._desk.run(action, self._visit.id, record, on_done=self._stored)

    def _stored(self, changes: Changes) -> None:
        what = {"project": "项目库", "lead": "信息库", "contact": "联系人"}
        where = next((title for noun, title in what.items() if changes.of(noun)), "")
        self._desk.say(f"已存到{where}，和这次拜访连在一起。", changes.batch)
