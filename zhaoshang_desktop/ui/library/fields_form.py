"""A form made from the fields of a record type, group by group."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.investor import BASIS_FIRST
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.editors import editor_for
from zhaoshang_desktop.ui.library.explained import Explained

WIDE: tuple[type[kinds.Kind], ...] = (kinds.Note, kinds.Honours, kinds.Links)
LABEL_WIDTH = 116
GATES: dict[str, tuple[tuple[str, ...], str]] = {"contact": (BASIS_FIRST, "basis")}
"""Fields that stay shut until another one is filled (个人信息保护法: first the basis, then what is sensitive)."""


class FieldsForm(QWidget):
    """`edited` after every change; `omit` names fields that go without saying (the owner of a child record)."""

    edited = Signal()

    def __init__(self, record: type[Record], desk: Desk, parent: QWidget | None, omit: tuple[str, ...] = ()) -> None:
        super().__init__(parent)
        self.record = record
        self._desk = desk
        self.parts: dict[str, Explained] = {}
        self.headings: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(6)
        fields = [one for one in fields_of(record) if not one.spec.derived and one.name not in omit]
        ordered = sorted(fields, key=lambda one: [other.spec.group for other in fields].index(one.spec.group))
        for group, members in groupby(ordered, key=lambda one: one.spec.group):
            heading = QLabel(group)
            heading.setProperty("role", "section")
            self.headings[group] = heading
            column.addWidget(heading)
            column.addLayout(self._grid(list(members), desk))
            column.addSpacing(10)
        self._shut_gates()
        desk.rights_changed.connect(self._open_to_rights)

    def put(self, record: Record) -> None:
        """Show this record; nothing is touched."""
        for name, part in self.parts.items():
            part.put(getattr(record, name), record.raw.get(name, ""))
        self._open_to_rights()

    def _open_to_rights(self) -> None:
        for part in self.parts.values():
            part.open_to(self._desk.may_change(self.record))
        self._shut_gates()

    @property
    def touched(self) -> bool:
        """Whether the clerk has changed anything."""
        return any(part.touched for part in self.parts.values())

    def changes(self) -> dict[str, Any]:
        """What was changed: values by field name, and under "raw" the texts that were not understood or are settled."""
        touched = {name: part.take() for name, part in self.parts.items() if part.touched}
        changes: dict[str, Any] = {name: value for name, (value, _) in touched.items()}
        raw = {name: text for name, (_, text) in touched.items() if text or self.parts[name].kept}
        return {**changes, "raw": raw} if raw else changes

    def missing(self) -> list[str]:
        """The required fields that stand empty, each with a sentence below it."""
        empty = []
        for name, part in self.parts.items():
            field = part.editor.field
            if field.spec.required and part.take()[0] == field.kind.empty:
                empty.append(name)
                part.demand()
        return empty

    def focus(self, name: str = "") -> None:
        """Put the cursor into that field, or the first."""
        self.parts[name or next(iter(self.parts))].setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self, fields: list[Field], desk: Desk) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for column in (0, 2):
            grid.setColumnMinimumWidth(column, LABEL_WIDTH)
        row, side = 0, 0
        for field in fields:
            wide = isinstance(field.kind, WIDE) or field.name == self.record.TITLE
            if wide and side:
                row, side = row + 1, 0
            part = self._part(field, desk)
            grid.addWidget(self._label(field), row, side * 2, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, row, side * 2 + 1, 1, 3 if wide else 1)
            row, side = (row + 1, 0) if wide or side else (row, 1)
        return grid

    def _part(self, field: Field, desk: Desk) -> Explained:
        part = Explained(editor_for(field, desk))
        part.editor.edited.connect(self.edited)
        self.parts[field.name] = part
        shut = GATES.get(self.record.NOUN)
        if shut is not None and field.name == shut[1]:
            part.editor.edited.connect(self._shut_gates)
        return part

    def _label(self, field: Field) -> QLabel:
        label = QLabel(f"{field.label} *" if field.spec.required else field.label)
        label.setProperty("role", "label")
        label.setWordWrap(True)
        label.setContentsMargins(0, 5, 0, 0)
        label.setToolTip("必填" if field.spec.required else field.spec.hint)
        label.setBuddy(self.parts[field.name])
        return label

    def _shut_gates(self) -> None:
        if self.record.NOUN not in GATES:
            return
        names, gate = GATES[self.record.NOUN]
        basis = self.parts[gate]
        open_now = basis.take()[0] != basis.editor.field.kind.empty
        for name in names:
            self.parts[name].setEnabled(open_now)
            self.parts[name].setToolTip("" if open_now else f"先填“{basis.editor.field.label}”")
