"""A record as a whole page: its form, what belongs to it, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.dropping import files_in
from zhaoshang_desktop.ui.library.child_table import ChildTable
from zhaoshang_desktop.ui.library.edit import Edit
from zhaoshang_desktop.ui.library.fields_form import FieldsForm
from zhaoshang_desktop.ui.library.files import FilesPane
from zhaoshang_desktop.ui.library.history import History
from zhaoshang_desktop.ui.library.record_head import RecordHead
from zhaoshang_desktop.ui.library.relations import RELATIONS, Portrait, portrait

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.job import Job

NAV_WIDTH = 168
FORM_WIDTH = 1080


class RecordPage(QWidget):
    """`closed` when the clerk goes back to the list, `stepped` (-1 or 1) when the next record is wanted,
    `saved` carries the key of a record that was just made, `arrived` says that one that was asked for is here."""

    closed = Signal()
    arrived = Signal()
    stepped = Signal(int)
    saved = Signal(object)

    def __init__(self, desk: Desk, record: type[Record], parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._record = record
        self._shown: Record | None = None
        self._drafts: dict[str, tuple[Record, dict[str, list[Record]]]] = {}
        self._warned = False
        self._sent: dict[str, Any] | None = None
        self._again = False
        self._job: Job | None = None
        self.history: QWidget | None = None
        self.form = FieldsForm(record, desk, self)
        self.form.edited.connect(self._show_state)
        self.children_tables = {
            relation.noun: ChildTable(desk, record, relation, self) for relation in RELATIONS.get(record.NOUN, ())
        }
        self.files = FilesPane(desk, record, self)
        self.files.layout().setContentsMargins(24, 4, 24, 8)  # type: ignore[union-attr]
        self._head = RecordHead(self)
        self.setAcceptDrops(True)
        for table in self.children_tables.values():
            table.edited.connect(self._show_state)
        self._build()
        desk.waiting.connect(self._show_state)

    @property
    def key(self) -> int:
        """The record on the page; 0 for one that is not stored yet."""
        return self._shown.id if self._shown is not None else 0

    @property
    def version(self) -> int:
        """The version of the record that is shown."""
        return self._shown.version if self._shown is not None else 0

    def show_new(self) -> None:
        """An empty form; one that was left half filled in this office comes back."""
        self.desk.reader.forget((self, "page"))
        draft, rows = self._drafts.pop(self.desk.office.where, (self._record(), {}))
        self._take(Portrait(draft))
        for noun, table in self.children_tables.items():
            table.take_up(rows.get(noun, ()))
        self._show_state()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.focus()

    def show_key(self, key: int) -> None:
        """That record."""
        self.desk.ask((self, "page"), portrait(self._record, key), self._arrive)

    def forget(self) -> None:
        """Another office is there: what is shown is none of its records."""
        self._shown = None

    def refresh(self, changes: Changes) -> None:
        """Something was saved somewhere; what the clerk is typing stays."""
        if self.key:
            take = self._take_children if self.form.touched else self._take_quietly
            self.desk.ask((self, "again"), portrait(self._record, self.key), take)

    def save(self) -> bool:
        """Store what was changed; False when something required is missing.

        While a save is under way, the same is not stored twice, and what was typed since follows it; one that waits
        for the server keeps nobody on the page.
        """
        for table in self.children_tables.values():
            table.commit()
        if self._shown is None or not self.touched:
            return True
        missing = self.form.missing()
        if missing:
            self.form.focus(missing[0])
            return False
        for table in self.children_tables.values():
            sentence = "" if self.key else table.incomplete()
            if sentence:
                self.desk.say(sentence)
                return False
        changes = self.form.changes()
        if self._saving and (changes == self._sent or not self._may_send_more()):
            self._again = changes != self._sent
            return True
        self._sent = dict(changes)
        if self._shown.id:
            edit = Edit(self.desk, self, self._shown, changes, on_done=self._edited, on_left=self._left)
            self._job = edit.job
        else:
            raw = changes.pop("raw", {})
            made = self._record(**changes, raw=raw)
            self._job = self.desk.run(
                new_record, made, self._belonging(), on_done=self._made, on_error=self._refused
            )  # fmt: skip
        return True

    def _may_send_more(self) -> bool:
        """Whether what was typed since the save began can be sent by itself: after an edit that waits for the server,
        or instead of the making of a record that waits."""
        outbox = self.desk.worker.outbox
        return self._waits and (bool(self.key) or (self._job is not None and outbox.take_back(self._job)))

    @property
    def _waits(self) -> bool:
        """Waits the last save for the server?"""
        return self.desk.is_open and self._job is not None and self._job in self.desk.worker.outbox

    def leave(self) -> bool:
        """Save and go; what cannot be saved becomes a draft at the second try."""
        if self.save():
            self._warned = False
            if self._again:
                self.desk.say("正在保存，存好再离开。")
            return not self._again
        if not self._warned:
            self._warned = True
            self.desk.complained.emit(
                KnownError("还有必填项没有填，没有保存。", "再按一次 Esc 先放下，下次新建时还在。")
            )
            return False
        changes = self.form.changes()
        raw = changes.pop("raw", {})
        if not self.key:
            rows = {noun: table.waiting() for noun, table in self.children_tables.items()}
            self._drafts[self.desk.office.where] = self._record(**changes, raw=raw), rows
        self._warned = False
        return True

    @property
    def touched(self) -> bool:
        """Whether there is anything to save; what belongs to a stored record saves itself."""
        rows = not self.key and any(table.waiting() for table in self.children_tables.values())
        return self.form.touched or rows

    def _belonging(self) -> list[tuple[Record, str]]:
        tables = ((relation, self.children_tables[relation.noun]) for relation in RELATIONS.get(self._record.NOUN, ()))
        return [(row, relation.field) for relation, table in tables for row in table.waiting()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.key and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere on the page belongs to its record."""
        event.acceptProposedAction()
        self.files.attach(files_in(event.mimeData()))

    def go_back(self) -> None:
        """To the list, saving on the way."""
        if self.leave():
            self.closed.emit()

    def _build(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.form)
        for table in self.children_tables.values():
            self._column.addWidget(table)
        self._files_heading = _heading("文件")
        self._column.addWidget(self._files_heading)
        self._column.addWidget(self.files)
        self._heading = _heading("历史")
        self._column.addWidget(self._heading)
        self._column.addStretch(1)
        self._body.setMaximumWidth(FORM_WIDTH)
        self._scroll.setWidget(self._body)
        self._nav = QListWidget(self)
        self._nav.setObjectName("steps")
        self._nav.setFixedWidth(NAV_WIDTH)
        self._nav.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nav.itemClicked.connect(self._jump)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._nav)
        row.addWidget(self._scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = self._head
        head.back.clicked.connect(self.go_back)
        head.previous.clicked.connect(self.step_back)
        head.next.clicked.connect(self.step_on)
        head.save.clicked.connect(self.save)
        column.addWidget(head)
        column.addLayout(row, 1)

    def step_back(self) -> None:
        """The record above in the list."""
        if self.leave():
            self.stepped.emit(-1)

    def step_on(self) -> None:
        """The record below in the list."""
        if self.leave():
            self.stepped.emit(1)

    def _arrive(self, found: Portrait | None) -> None:
        if found is None:
            self.closed.emit()
            return
        self._take(found)
        self._scroll.verticalScrollBar().setValue(0)
        self.arrived.emit()
        self.form.focus()

    def _take_quietly(self, found: Portrait | None) -> None:
        """A record whose making was undone is left for the list."""
        if found is None and self.key and not self.form.touched:
            self._shown = None
            self.closed.emit()
        elif found is not None and not self.form.touched and found.record.id == self.key:
            place = self._scroll.verticalScrollBar().value()
            self._take(found)
            self._scroll.verticalScrollBar().setValue(place)

    def _take_children(self, found: Portrait | None) -> None:
        if found is not None and found.record.id == self.key:
            self.desk.titles.update(found.titles)
            for relation, rows in found.related.items():
                self.children_tables[relation.noun].put(found.record.id, rows)
            self.files.put(found.record.id, found.files)

    def _take(self, found: Portrait) -> None:
        self._shown = found.record
        self._warned = False
        self._sent, self._again, self._job = None, False, None
        self.desk.titles.update(found.titles)
        self.form.put(found.record)
        self._show_what_belongs(found)

    def _show_what_belongs(self, found: Portrait) -> None:
        for table in self.children_tables.values():
            table.put(found.record.id, ())
        for relation, rows in found.related.items():
            self.children_tables[relation.noun].put(found.record.id, rows)
        self.files.put(found.record.id, found.files)
        self._show_history(found)
        self._fill_nav(found)
        for button in (self._head.previous, self._head.next):
            button.setVisible(bool(found.record.id))
        self._show_state()

    def _show_history(self, found: Portrait) -> None:
        if self.history is not None:
            self._column.removeWidget(self.history)
            self.history.deleteLater()
        self.history = History(self._record, found.history, self.desk.titles, self._body)
        self.history.layout().setContentsMargins(24, 8, 24, 24)  # type: ignore[union-attr]
        self._column.insertWidget(self._column.count() - 1, self.history)
        self._heading.setVisible(bool(found.history))
        self.history.setVisible(bool(found.history))

    def _fill_nav(self, found: Portrait) -> None:
        self._nav.clear()
        for group in self.form.headings:
            QListWidgetItem(group, self._nav)
        related = found.related or {one: () for one in RELATIONS.get(self._record.NOUN, ()) if one.own}
        for relation, rows in related.items():
            QListWidgetItem(f"{relation.title}　{len(rows)}" if rows else relation.title, self._nav)
        QListWidgetItem(f"文件　{len(found.files)}" if found.files else "文件", self._nav)
        if found.history:
            QListWidgetItem("历史", self._nav)

    def _jump(self, item: QListWidgetItem) -> None:
        relations = [one for one in RELATIONS.get(self._record.NOUN, ()) if self.key or one.own]
        tables = [self.children_tables[one.noun] for one in relations]
        goal = [*self.form.headings.values(), *tables, self._files_heading, self._heading][self._nav.row(item)]
        top = goal.mapTo(self._body, goal.rect().topLeft()).y()
        self._scroll.verticalScrollBar().setValue(max(0, top - 12))

    def _show_state(self) -> None:
        if self._shown is None:
            return
        new = f"新建{RECORD_TITLES[self._record.NOUN]}"
        self._head.title.setText(self._shown.title or new if self._shown.id else new)
        waits = self._waits and self.form.changes() == self._sent
        self._head.state.setText("待送：连上服务器就保存" if waits else "有未保存的修改" if self.touched else "")
        self._head.save.setEnabled(self.touched and not waits)

    @property
    def _saving(self) -> bool:
        return self._sent is not None and (self._job is None or self._job.error is None)

    def _edited(self, changes: Changes) -> None:
        self.desk.say("已保存。", changes.batch)
        if not changes or self.key in changes.of(self._record.NOUN):
            self.desk.ask((self, "stored"), portrait(self._record, self.key), self._settle)

    def _made(self, changes: Changes) -> None:
        key = max(changes.of(self._record.NOUN), default=0)
        self.desk.say(f"已新建{RECORD_TITLES[self._record.NOUN]}。", changes.batch)
        if not self.key and self._sent is not None and self.isVisible():
            self.desk.ask((self, "stored"), portrait(self._record, key), self._settle)
        self.saved.emit(key)

    def _settle(self, found: Portrait | None) -> None:
        """Show what is stored now; what was typed since the save began stays, to be saved as well."""
        if found is None or self._sent is None or self._waits or self.key not in (0, found.record.id):
            return
        place, again = self._scroll.verticalScrollBar().value(), self._again
        if not self.key:
            for table in self.children_tables.values():
                table.settle(found.record.id)
        if self.form.changes() == self._sent:
            self._take(found)
        else:
            self._shown = found.record
            self._sent, self._again, self._job = None, False, None
            self.desk.titles.update(found.titles)
            self._show_what_belongs(found)
        self._scroll.verticalScrollBar().setValue(place)
        if again:
            self.save()

    def _refused(self, error: KnownError) -> None:
        self._left(error)
        self.desk.complained.emit(error)

    def _left(self, _error: KnownError) -> None:
        """Not stored; what was typed is still here."""
        self._sent, self._again = None, False


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setContentsMargins(24, 8, 0, 0)
    return label
