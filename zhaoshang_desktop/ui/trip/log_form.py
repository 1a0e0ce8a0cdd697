"""The form in which a visit is typed up, on a trip and at a reception: who was there, what was said, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from zhaoshang_desktop.actions.counted import fill_in
from zhaoshang_desktop.actions.trip import log_visit
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.forms.trip_log import Ui_TripLog
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.explained import Explained
from zhaoshang_desktop.ui.library.files import FilesPane, files_question
from zhaoshang_desktop.ui.library.link_editors import named
from zhaoshang_desktop.ui.promise_marks import PromiseMarks
from zhaoshang_desktop.ui.tab_order import in_order
from zhaoshang_desktop.ui.trip.facts import Facts
from zhaoshang_desktop.ui.trip.hosts import Hosts
from zhaoshang_desktop.ui.trip.intention import IntentionBar

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.attachment import Filed
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.domain.investor import Contact, Investor
    from zhaoshang_desktop.domain.unit import Member
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

EDITED = ("members", "next_step", "next_due", "next_owner")


@dataclass(frozen=True)
class About:
    """A visit and what is known around it: `second` when and where, `there` and `ours` who was most likely there on
    either side, as long as nobody has said so; `people` are ours by key."""

    visit: Visit
    title: str
    second: str = ""
    investor: Investor | None = None
    contacts: Sequence[Contact] = ()
    there: tuple[int, ...] = ()
    ours: tuple[int, ...] = ()
    people: Mapping[int, Member] = field(default_factory=dict)


class LogForm(QWidget):
    """`saved` when Ctrl+Enter or the button asks for it, `left` when a field loses the focus."""

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        body = QWidget()
        body.setMaximumWidth(820)
        self.ui = Ui_TripLog()
        self.ui.setupUi(body)
        self.intention = IntentionBar(body)
        self.hosts = Hosts(body)
        self.facts = Facts(desk, self)
        self.files = FilesPane(desk, Visit, body)
        self.fields: dict[str, Explained] = {}
        self.about: About | None = None
        self.touched = False
        self._putting = False
        self._dress(body)
        self._frame(body)
        self.ui.save.clicked.connect(self.saved)
        self.ui.facts.clicked.connect(self.open_facts)
        self.ui.counted.clicked.connect(self._open_counted)
        self.hosts.wanted.connect(self.facts.new_contact)
        desk.changed.connect(self._refresh_files)

    @property
    def visit(self) -> Visit | None:
        """The visit in the form."""
        return self.about.visit if self.about is not None else None

    def put(self, about: About) -> None:
        """Show a visit as it is stored."""
        visit, self.about = about.visit, about
        self._putting = True
        self.ui.title.setText(about.title)
        self.ui.second.setText(about.second)
        for name, part in self.fields.items():
            part.put(getattr(visit, name), visit.raw.get(name, ""))
        if not visit.members:
            self.fields["members"].put(about.ours, "")
        if self.ui.said.toPlainText() != visit.said:
            self.ui.said.setPlainText(visit.said)
        if self.ui.result.toPlainText() != visit.result:
            self.ui.result.setPlainText(visit.result)
        self.intention.put(visit.intention)
        self.hosts.put(about.contacts, visit.contacts or about.there)
        self.facts.put(visit, about.investor, about.contacts)
        self._show_counted()
        self._order()
        self._open_to(self.desk.may_write)
        self._putting = self.touched = False
        self._ask_files()

    def _open_to(self, may_write: bool) -> None:
        """Who may only look reads, and finds nothing to press that would store."""
        for text in (self.ui.said, self.ui.result):
            text.setReadOnly(not may_write)
        for widget in (self.intention, self.hosts, self.ui.counted, self.ui.save, self.ui.facts):
            widget.setEnabled(may_write)

    def clear(self) -> None:
        """There is no visit any more."""
        self.about, self.touched = None, False

    def take(self) -> tuple[dict[str, Any], dict[str, str]]:
        """What stands in the form, and by field what of it cannot be read."""
        taken: dict[str, Any] = {
            "said": self.ui.said.toPlainText().strip(),
            "result": self.ui.result.toPlainText().strip(),
            "intention": self.intention.value,
            "contacts": self.hosts.value,
        }
        raw: dict[str, str] = {}
        for name, part in self.fields.items():
            taken[name], text = part.take()
            if text:
                raw[name] = text
        return taken, raw

    def understood(self) -> dict[str, Any] | None:
        """What stands in the form; None, with the cursor where it has to be put right, when it cannot be read."""
        taken, raw = self.take()
        if not raw:
            return taken
        name = next(iter(raw))
        self.desk.say(f"“{raw[name]}”看不懂，请改一下{field_of(Visit, name).label}。")
        self.fields[name].editor.setFocus()
        return None

    def open_facts(self) -> None:
        """What can be learned at a visit, as a menu."""
        self.left.emit()
        self.facts.menu(self.ui.facts.mapToGlobal(QPoint(0, self.ui.facts.height())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.ui.save.click()
                return True
            if watched is self.ui.said and event.matches(QKeySequence.StandardKey.Paste) and self._paste():
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _frame(self, body: QWidget) -> None:
        """The button that stores stays in sight, however little room the fields have."""
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QFrame(self)
        foot.setObjectName("foot")
        self.ui.lines.removeItem(self.ui.foot)
        self.ui.foot.setParent(None)
        self.ui.foot.setContentsMargins(24, 8, 24, 8)
        foot.setLayout(self.ui.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot)

    def _order(self) -> None:
        """Tab goes down the form, over the chips of the hosts as they are now, and ends at the button."""
        ui, one = self.ui, {name: part.editor for name, part in self.fields.items()}
        talk = (ui.said, ui.result, self.intention)
        follow = (one["next_step"], one["next_due"], one["next_owner"])
        foot = (*self.files.buttons(), ui.counted, ui.save, ui.facts, ui.trip_files)
        in_order(one["members"], *self.hosts.buttons(), *talk, *follow, *foot)

    def _dress(self, body: QWidget) -> None:
        for label in body.findChildren(QLabel):
            if not label.property("role"):
                label.setProperty("role", "label")
                self.ui.lines.setAlignment(label, Qt.AlignmentFlag.AlignTop)
                label.setContentsMargins(0, 5, 0, 0)
        for name in EDITED:
            self.fields[name] = part = Explained(editor_for(field_of(Visit, name), self.desk, getattr(self.ui, name)))
            _fill(getattr(self.ui, name), part)
            part.editor.edited.connect(self._typed)
        _fill(self.ui.files, self.files)
        _fill(self.ui.hosts, self.hosts)
        _fill(self.ui.intention, self.intention)
        self.hosts.chosen.connect(self._typed)
        lines = self.ui.said.fontMetrics().lineSpacing()
        self.ui.said.setMinimumHeight(lines * 3 + 14)
        self.ui.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.ui.result.setFixedHeight(lines * 2 + 14)
        self.ui.said.setPlaceholderText("谈了什么：对方的计划、条件、顾虑，我方答复了什么")
        self.ui.result.setPlaceholderText("结果：一两句，写进报告")
        self.ui.lines.setRowStretch(4, 1)
        self.ui.lines.setColumnStretch(1, 1)
        self.ui.lines.setColumnStretch(3, 1)
        self.marks = PromiseMarks(self.ui.said, self.desk), PromiseMarks(self.ui.result, self.desk)
        self.ui.said.textChanged.connect(self._typed)
        self.ui.result.textChanged.connect(self._typed)
        self.intention.chosen.connect(self._typed)
        inner = [part.editor.focusProxy() or part.editor for part in self.fields.values()]
        for widget in (self.ui.said, self.ui.result, self.intention, self.ui.save, *inner):
            widget.installEventFilter(self)

    def _open_counted(self) -> None:
        self.left.emit()
        self.facts.counted()

    def _show_counted(self) -> None:
        """What the assessment will count, as it will be stored."""
        if self.about is None:
            return
        about, seen = self.about, copy(self.about.visit)
        there = [one for one in about.contacts if one.id in self.hosts.value]
        ours = [about.people[key] for key in seen.members or about.ours if key in about.people]
        fill_in(seen, ours, there, self.desk.today())
        unit = self.desk.titles.get(("unit", seen.unit), "")
        if seen.unit and not unit:
            self.desk.ask((id(self), "unit"), named("unit", (seen.unit,)), self._name_unit)
        led = f"{seen.leader}带队" if seen.leader else ""
        guests = f"对方 {seen.host_rank} {seen.guests or 0} 人" if seen.host_rank or seen.guests else ""
        self.ui.counted.say(" · ".join(filter(None, [seen.direction, unit, led, guests])))

    def _name_unit(self, titles: dict[int, str]) -> None:
        self.desk.titles.update({("unit", key): title for key, title in titles.items()})
        if any(titles.values()):
            self._show_counted()

    def _paste(self) -> bool:
        """A picture pasted while typing goes to the visit's files; text is the text's own business."""
        carried = QGuiApplication.clipboard().mimeData()
        return not carried.hasText() and self.files.take(carried)

    def _refresh_files(self, changes: Changes) -> None:
        if changes.touches("attachment"):
            self._ask_files()

    def _ask_files(self) -> None:
        if self.visit is not None and self.desk.is_open:
            self.desk.ask((id(self), "files"), files_question(Visit, self.visit.id), self._show_files)

    def _show_files(self, files: Sequence[Filed]) -> None:
        if self.visit is not None:
            self.files.put(self.visit.id, files)

    def _typed(self) -> None:
        if not self._putting:
            self.touched = True


def log_it(office: Office, _record: type[Visit], visit: int, taken: dict[str, Any]) -> Changes:
    """Types up a visit, as the window's edits are sent."""
    return log_visit(office, visit, **{name: value for name, value in taken.items() if name != "state"})


def _fill(place: QWidget, part: QWidget) -> None:
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part)
