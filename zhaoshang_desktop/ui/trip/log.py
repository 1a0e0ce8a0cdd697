"""记录: what came of each visit, typed up one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.counted import fill_in
from zhaoshang_desktop.actions.trip import log_visit
from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.ui.affair.step import Mark
from zhaoshang_desktop.ui.forms.trip_log import Ui_TripLog
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.empty import EmptyHint
from zhaoshang_desktop.ui.library.explained import Explained
from zhaoshang_desktop.ui.library.files import FilesPane, files_question
from zhaoshang_desktop.ui.library.link_editors import named
from zhaoshang_desktop.ui.promise_marks import PromiseMarks
from zhaoshang_desktop.ui.trip.facts import Facts
from zhaoshang_desktop.ui.trip.hosts import Hosts
from zhaoshang_desktop.ui.trip.intention import IntentionBar
from zhaoshang_desktop.ui.trip.log_rows import DATA, LogRows
from zhaoshang_desktop.ui.trip.sight import DONE, Sight, city, short_day
from zhaoshang_desktop.ui.trip.step import Step

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.attachment import Filed
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.trip.hand import Hand

EDITED = ("members", "next_step", "next_due", "next_owner")


class LogStep(Step):
    """Ctrl+Enter stores a visit as held and goes to the next; what is left half typed is kept as a draft."""

    KEY = "log"
    TITLE = "记录"

    def __init__(self, desk: Desk, hand: Hand, parent: QWidget | None = None) -> None:
        super().__init__(desk, hand, parent)
        self.list = QListWidget(self)
        self.list.setAccessibleName("拜访")
        self.list.setItemDelegate(LogRows(self.list))
        self.list.setMinimumWidth(180)
        body = QWidget()
        body.setMaximumWidth(820)
        self.ui = Ui_TripLog()
        self.ui.setupUi(body)
        self.intention = IntentionBar(body)
        self.hosts = Hosts(body)
        self.facts = Facts(desk, self)
        self.files = FilesPane(desk, Visit, body)
        self._fields: dict[str, Explained] = {}
        self._shown: Visit | None = None
        self._putting = False
        self._touched = False
        self._dress(body)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(1)
        split.addWidget(self.list)
        split.addWidget(self._with_foot(scroll))
        split.setStretchFactor(1, 1)
        split.setSizes([280, 920])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.empty = EmptyHint(self)
        self.empty.setAutoFillBackground(True)
        self.list.currentRowChanged.connect(self._go)
        self.ui.save.clicked.connect(self.save)
        self.empty.pressed.connect(self.wanted)
        self.ui.trip_files.clicked.connect(self.open_trip_files)
        self.ui.facts.clicked.connect(self._open_facts)
        self.ui.counted.clicked.connect(self._open_counted)
        self.hosts.wanted.connect(self.facts.new_contact)
        desk.changed.connect(self._refresh_files)

    def _with_foot(self, scroll: QScrollArea) -> QWidget:
        """The button that stores stays in sight, however little room the fields have."""
        right = QWidget(self)
        foot = QFrame(right)
        foot.setObjectName("foot")
        self.ui.lines.removeItem(self.ui.foot)
        self.ui.foot.setParent(None)
        self.ui.foot.setContentsMargins(24, 8, 24, 8)
        foot.setLayout(self.ui.foot)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot)
        return right

    def put(self, sight: Sight) -> None:
        super().put(sight)
        wanted = self._shown.id if self._shown else 0
        visits = [visit for visit in sight.targets if visit.state in ("已排", DONE)]
        if not visits:
            self.empty.say("排好日程、见过面以后，在这里记下谈了什么、下一步做什么。", "去“日程”一步", "schedule")
            self.list.clear()
            self._shown = None
            return
        self.empty.hide()
        self._fill(visits)
        keys = [visit.id for visit in visits]
        row = keys.index(wanted) if wanted in keys else _first_open(visits)
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(blocked)
        if not self._touched:
            self._show(visits[row])
        self.told.emit()

    def arrive(self) -> None:
        keys = [int(self.list.item(row).data(DATA)[0]) for row in range(self.list.count())]
        if self.hand.visit in keys:
            self.list.setCurrentRow(keys.index(self.hand.visit))
        self.hand.visit = 0
        self.ui.said.setFocus()

    def keep(self) -> None:
        """Half-typed text stays with the visit, which is not marked as held by that."""
        self._store(*self._half_typed())

    def _half_typed(self) -> tuple[Visit | None, dict[str, Any]]:
        """What has been typed since the visit was shown or stored."""
        if not self._touched or self._shown is None:
            return None, {}
        self._touched = False
        taken, raw = self._take()
        return self._shown, {**taken, "raw": raw} if raw else taken

    def _store(self, visit: Visit | None, taken: dict[str, Any]) -> None:
        if visit is not None:
            self.hand.edit(visit, taken)

    def save(self) -> None:
        """Store what came of this visit, and go to the next that has not been typed up."""
        if self._shown is None:
            return
        taken, raw = self._take()
        if raw:
            name = next(iter(raw))
            self.desk.say(f"“{raw[name]}”看不懂，请改一下{field_of(Visit, name).label}。")
            self._fields[name].editor.setFocus()
            return
        self._touched = False
        self.desk.run(_log, Visit, self._shown.id, {**taken, "state": DONE})
        self._next()

    def status(self) -> str:
        if self.sight is None:
            return ""
        visits = [visit for visit in self.sight.targets if visit.state in ("已排", DONE)]
        open_ = [visit for visit in visits if visit.state != DONE]
        return f"已记录 {len(visits) - len(open_)} / {len(visits)} 家" + (f"　未记 {len(open_)} 家" if open_ else "")

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"record.next": self._next, "record.previous": self._previous, "visit.facts": self._open_facts}

    @staticmethod
    def mark(sight: Sight) -> Mark:
        visits = [visit for visit in sight.targets if visit.state in ("已排", DONE)]
        done = len([visit for visit in visits if visit.state == DONE])
        state = "done" if visits and done == len(visits) else "open"
        return Mark("done" if state == "done" else "open", f"{done}/{len(visits)}" if done else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
                return True
            if watched is self.ui.said and event.matches(QKeySequence.StandardKey.Paste) and self._paste():
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _dress(self, body: QWidget) -> None:
        for label in body.findChildren(QLabel):
            if not label.property("role"):
                label.setProperty("role", "label")
                self.ui.lines.setAlignment(label, Qt.AlignmentFlag.AlignTop)
                label.setContentsMargins(0, 5, 0, 0)
        for name in EDITED:
            place = getattr(self.ui, name)
            self._fields[name] = part = Explained(editor_for(field_of(Visit, name), self.desk, place))
            row = QHBoxLayout(place)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(part)
            part.editor.edited.connect(self._typed)
        row = QHBoxLayout(self.ui.files)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.files)
        row = QHBoxLayout(self.ui.hosts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.hosts)
        self.hosts.chosen.connect(self._typed)
        row = QHBoxLayout(self.ui.intention)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.intention)
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
        inner = [part.editor.focusProxy() or part.editor for part in self._fields.values()]
        for widget in (self.ui.said, self.ui.result, self.intention, self.ui.save, *inner):
            widget.installEventFilter(self)

    def open_trip_files(self) -> None:
        """The files of the trip as a whole, in a window of their own."""
        from zhaoshang_desktop.ui.library.files_dialog import FilesDialog  # made when first needed

        if self.sight is not None:
            FilesDialog(self.desk, self.sight.book.trip, self).open()

    def _open_facts(self) -> None:
        self.keep()
        self.facts.menu(self.ui.facts.mapToGlobal(QPoint(0, self.ui.facts.height())))

    def _open_counted(self) -> None:
        self.keep()
        self.facts.counted()

    def _show_counted(self, visit: Visit) -> None:
        """What the assessment will count, as it will be stored."""
        assert self.sight is not None
        book, seen = self.sight.book, copy(visit)
        team = self.sight.team(visit.team)
        members = visit.members or (team.members if team else ())
        there = [one for one in book.contacts.get(visit.investor, []) if one.id in self.hosts.value]
        fill_in(seen, [book.members[key] for key in members if key in book.members], there, self.desk.today())
        unit = self.desk.titles.get(("unit", seen.unit), "")
        if seen.unit and not unit:
            self.desk.ask((self, "unit"), named("unit", (seen.unit,)), self._name_unit)
        led = f"{seen.leader}带队" if seen.leader else ""
        guests = f"对方 {seen.host_rank} {seen.guests or 0} 人" if seen.host_rank or seen.guests else ""
        self.ui.counted.say(" · ".join(filter(None, [seen.direction, unit, led, guests])))

    def _name_unit(self, titles: dict[int, str]) -> None:
        self.desk.titles.update({("unit", key): title for key, title in titles.items()})
        if self._shown is not None and any(titles.values()):
            self._show_counted(self._shown)

    def _paste(self) -> bool:
        """A picture pasted while typing goes to the visit's files; text is the text's own business."""
        carried = QGuiApplication.clipboard().mimeData()
        return not carried.hasText() and self.files.take(carried)

    def _refresh_files(self, changes: Changes) -> None:
        if changes.touches("attachment"):
            self._ask_files()

    def _ask_files(self) -> None:
        if self._shown is not None and self.desk.is_open:
            self.desk.ask((self, "files"), files_question(Visit, self._shown.id), self._show_files)

    def _show_files(self, files: Sequence[Filed]) -> None:
        if self._shown is not None:
            self.files.put(self._shown.id, files)

    def _fill(self, visits: list[Visit]) -> None:
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(visits):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(visits):
            QListWidgetItem(self.list)
        assert self.sight is not None
        for row, visit in enumerate(visits):
            item = self.list.item(row)
            name = self.sight.book.name_of(visit)
            when = f"{short_day(visit.day)} {write_hour(visit.start or 0)}" if visit.day else ""
            half = bool(visit.said or visit.result) and visit.state != DONE
            item.setText(name)
            state = "已记" if visit.state == DONE else "草稿" if half else "未记"
            over = self.sight.overrun(visit, self.desk.today())
            item.setData(DATA, [str(visit.id), when, state, visit.intention, over])
            item.setData(
                Qt.ItemDataRole.AccessibleDescriptionRole, f"{when} {state}" + (f" 超期 {over} 天" if over else "")
            )
        self.list.blockSignals(blocked)

    def _visit_at(self, row: int) -> Visit | None:
        item = self.list.item(row)
        return self.sight.visit(int(item.data(DATA)[0])) if item and self.sight else None

    def _go(self, row: int) -> None:
        half_typed = self._half_typed()
        visit = self._visit_at(row)
        if visit is not None:
            self._show(visit)
        self._store(*half_typed)

    def _next(self) -> None:
        """The next visit below that is not typed up, else the next one there is."""
        rows = [*range(self.list.currentRow() + 1, self.list.count()), *range(self.list.currentRow())]
        open_ = [row for row in rows if (visit := self._visit_at(row)) and visit.state != DONE]
        if open_:
            self.list.setCurrentRow(open_[0])
        elif self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)
        self.ui.said.setFocus()

    def _previous(self) -> None:
        self.list.setCurrentRow(max(0, self.list.currentRow() - 1))

    def _show(self, visit: Visit) -> None:
        assert self.sight is not None
        self._shown = visit
        self._putting = True
        investor = self.sight.book.investors.get(visit.investor)
        self.ui.title.setText(investor.name if investor else self.sight.book.name_of(visit))
        team = self.sight.team(visit.team)
        parts = [
            f"{short_day(visit.day)} {write_hour(visit.start or 0)}" if visit.day else "",
            city(self.sight.place(visit)),
            self.sight.host(visit),
            team.name if team else "",
        ]
        self.ui.second.setText("　".join(part for part in parts if part))
        for name, part in self._fields.items():
            part.put(getattr(visit, name), visit.raw.get(name, ""))
        if not visit.members and team is not None:
            self._fields["members"].put(team.members, "")
        if self.ui.said.toPlainText() != visit.said:
            self.ui.said.setPlainText(visit.said)
        if self.ui.result.toPlainText() != visit.result:
            self.ui.result.setPlainText(visit.result)
        self.intention.put(visit.intention)
        contacts = self.sight.book.contacts.get(visit.investor, [])
        self.hosts.put(contacts, visit.contacts or self.sight.usual_hosts(visit))
        self.facts.put(visit, investor, contacts)
        self._show_counted(visit)
        self.ui.save.setText("保存，下一家" if visit.state != DONE else "保存修改，下一家")
        self._putting = False
        self._touched = False
        self._ask_files()

    def _typed(self) -> None:
        if not self._putting:
            self._touched = True

    def _take(self) -> tuple[dict[str, Any], dict[str, str]]:
        taken: dict[str, Any] = {
            "said": self.ui.said.toPlainText().strip(),
            "result": self.ui.result.toPlainText().strip(),
            "intention": self.intention.value,
            "contacts": self.hosts.value,
        }
        raw: dict[str, str] = {}
        for name, part in self._fields.items():
            taken[name], text = part.take()
            if text:
                raw[name] = text
        return taken, raw


def _log(office: Office, _record: type[Visit], visit: int, taken: dict[str, Any]) -> Changes:
    return log_visit(office, visit, **{name: value for name, value in taken.items() if name != "state"})


def _first_open(visits: list[Visit]) -> int:
    return next((row for row, visit in enumerate(visits) if visit.state != DONE), 0)
