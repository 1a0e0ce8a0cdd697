"""A tab of the right pane: the records that belong to this one, a few lines each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.ui import pages
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.relations import Relation
from zhaoshang_desktop.ui.library.values import Titles, shown
from zhaoshang_desktop.ui.pieces import text_label

SHOWN = 50
LINES = 8
HEADS: dict[str, tuple[str, ...]] = {
    "visit": ("way", "day", "intention"),
    "receipt": ("day", "amount"),
    "progress": ("month",),
    "concern": ("need",),
    "joint_unit": ("unit",),
    "application": ("plan",),
    "service": ("day", "purpose"),
}
"""The fields that head a card, where the title of the record says too little."""
_OTHER_END = {"investor": "project", "project": "investor"}


class RelatedList(QWidget):
    """Cards with a head and the fields that are filled; a record with a page of its own can be gone to."""

    def __init__(self, relation: Relation, rows: Sequence[Record], desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._records = {row.id: row for row in rows}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 16, 16)
        column.setSpacing(8)
        for row in rows[:SHOWN]:
            column.addWidget(self._card(relation, row))
        if not rows:
            column.addWidget(text_label(f"还没有{relation.title}。按 Enter 打开整页后可以添加。", "secondary"))
        if len(rows) > SHOWN:
            column.addWidget(text_label(f"另有 {len(rows) - SHOWN} 条，打开整页查看。", "secondary"))
        column.addStretch(1)

    def _card(self, relation: Relation, row: Record) -> QWidget:
        card = QFrame(self)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        head, lines = card_lines(relation, row, self._desk.titles)
        goal = _goal(relation, row)
        if goal is not None:
            button = QPushButton(head, card)
            button.setProperty("kind", "link")
            button.setProperty("goal", [goal[0], str(goal[1])])
            button.clicked.connect(self._go)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(text_label(head, "value"))
        for text, role in lines:
            column.addWidget(text_label(text, role))
        return card

    def _go(self) -> None:
        goal = self.sender().property("goal")
        self._desk.show(RECORDS[goal[0]], int(goal[1]))


def card_lines(relation: Relation, row: Record, titles: Titles) -> tuple[str, list[tuple[str, str]]]:
    """The head of a card and the rest of what is filled."""
    record = type(row)
    goal = _goal(relation, row)
    if goal is not None and goal[0] != row.NOUN:
        heads, head = {_OTHER_END[relation.field]}, titles.get(goal, "…")
    else:
        heads = set(HEADS.get(row.NOUN, (row.TITLE,)))
        parts = (shown(row, one, titles) for one in fields_of(record) if one.name in heads)
        head = "　".join(part for part in parts if part) or "（未填）"
    hidden = {*heads, relation.field}
    texts = [(one, shown(row, one, titles)) for one in fields_of(record) if one.name not in hidden]
    lines = [(f"{one.label}　{text}", "secondary") for one, text in texts if text][:LINES]
    return head, lines + [(f"{field_of(record, name).label}　？{raw}", "proposed") for name, raw in row.raw.items()]


def _goal(relation: Relation, row: Record) -> tuple[str, int] | None:
    """Where a click leads: the record itself, or what a stake joins this one to."""
    if row.NOUN == "stake":
        other = _OTHER_END[relation.field]
        key = getattr(row, other)
        return (other, key) if key else None
    return (row.NOUN, row.id) if pages.entry_of(row.NOUN) is not None else None
