"""One row beside the record it may mean: what the library has, what the list says, what it will be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.actions.import_plan import Decision
from zhaoshang_desktop.actions.settling import Choice
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.kinds import Link, Links
from zhaoshang_desktop.domain.libraries import CHILDREN, RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.draft_values import UNREAD, value_text
from zhaoshang_desktop.ui.importing.marks import hover
from zhaoshang_desktop.ui.library.values import link_keys

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

Index = QModelIndex | QPersistentModelIndex
Titles = dict[tuple[str, int], str]
FIELD, HAD, SAID, WILL = range(4)


@dataclass(frozen=True)
class Known:
    """A record of the library with what belongs to it, and what its links are called."""

    record: Record
    children: tuple[Record, ...]
    titles: Titles


@dataclass(frozen=True)
class Line:
    """One field on both sides and afterwards; `news` when the list fills it, `kept` when it differs in vain."""

    label: str
    had: str
    said: str
    will: str
    news: bool = False
    kept: bool = False


def known(record: type[Record], key: int, draft: Record) -> Callable[[Office], Known]:
    """The question for the record of that key, with the titles of what it and the draft point to."""

    def question(office: Office) -> Known:
        found = office.get(record, key)
        children = [
            child
            for kind in CHILDREN.get(record, ())
            for child in office.find(Query(kind, where=(Where(kind.OWNER, "=", key),)))
        ]
        titles: Titles = {}
        for one in (found, draft):
            for field in fields_of(record):
                if isinstance(field.kind, Link | Links):
                    for noun, linked in link_keys(one, field):
                        titles |= {(noun, row.id): row.title for row in office.rows(RECORDS[noun], [linked])}
        return Known(found, tuple(children), titles)

    return question


def lines_of(known: Known, decision: Decision, choice: Choice) -> list[Line]:
    """The fields that either side has, what is new first."""
    had, said = known.record, decision.draft.record
    lines = []
    for field in fields_of(type(had)):
        before = _text(had, field.name, field.kind, known.titles)
        new = "" if field.spec.derived else _text(said, field.name, field.kind, known.titles)
        if before or new:
            fills = bool(new) and (not before or before.startswith(UNREAD)) and not (before and new.startswith(UNREAD))
            will = new if choice is Choice.SEPARATE else new if fills and choice is Choice.MERGE else before
            kept = choice is Choice.MERGE and bool(new) and bool(before) and new != before and not fills
            lines.append(Line(field.label, before, new, will, fills, kept))
    lines += _child_lines(known, decision, choice)
    return sorted(lines, key=lambda line: (not line.news, not line.kept))


def _text(record: Record, name: str, kind: Any, titles: Titles) -> str:
    text = value_text(kind, getattr(record, name), titles)
    raw = record.raw.get(name, "")
    return text or (f"{UNREAD}{raw}" if raw else "")


def _child_lines(known: Known, decision: Decision, choice: Choice) -> list[Line]:
    lines = []
    for kind in CHILDREN.get(type(known.record), ()):
        had = {child.title: _numbers(child) for child in known.children if type(child) is kind}
        said = {child.title: _numbers(child) for child in decision.draft.children if type(child) is kind}
        if said:
            both = {title: had.get(title) or said.get(title, "") for title in (*had, *said)}
            will = said if choice is Choice.SEPARATE else both if choice is Choice.MERGE else had
            before, new, after = (_people(people) for people in (had, said, will))
            lines.append(Line(RECORD_TITLES[kind.NOUN], before, new, after, both != had))
    return lines


def _numbers(child: Record) -> str:
    return " ".join(filter(None, (child.mobile, child.phone))) if isinstance(child, Contact) else ""


def _people(people: dict[str, str]) -> str:
    return "、".join(f"{title} {numbers}".strip() for title, numbers in people.items())


class ComparisonTable(QTableView):
    """The lines side by side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = _Lines(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Faces(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("逐项对比")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(28)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FIELD, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(FIELD, 140)

    def show_lines(self, lines: list[Line], source: str) -> None:
        """These lines; `source` says what stands on the left."""
        self.lines.show(lines, source)


class _Lines(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self._source = ""

    def show(self, lines: list[Line], source: str) -> None:
        self.beginResetModel()
        self.lines, self._source = lines, source
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return ("字段", self._source, "表里写的", "导入后")[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        line = self.lines[index.row()]
        text = (line.label, line.had, line.said, line.will)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return hover(text)
        return text if role == Qt.ItemDataRole.DisplayRole else None


class _Faces(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        model = index.model()
        assert isinstance(model, _Lines)
        line = model.lines[index.row()]
        painter.save()
        painter.setFont(theme.sized(option.font, theme.TABLE_PX))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text, meaning = index.data() or "", "text"
        if index.column() == FIELD:
            meaning = "secondary"
        elif index.column() == WILL and line.will == line.had:
            meaning = "faint" if not line.kept else "amber"
            text = f"{text}（不改）" if line.kept else text
        elif index.column() == WILL:
            text, meaning = f"＋ {text}", "green"
        room = rect.adjusted(8, 0, -8, 0)
        painter.setPen(theme.colour(meaning))
        shown = painter.fontMetrics().elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
