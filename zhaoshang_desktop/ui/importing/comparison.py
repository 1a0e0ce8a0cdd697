"""One row beside the record it may mean: what the library has, what the list says, what it will be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from zhaoshang_desktop.actions.changed_cells import ChangedCell
from zhaoshang_desktop.actions.comparing import NewCell
from zhaoshang_desktop.actions.import_plan import Decision
from zhaoshang_desktop.actions.settling import Choice, takes
from zhaoshang_desktop.domain.kinds import Kind, Link, Links
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.importing.draft_values import UNREAD, value_text
from zhaoshang_desktop.ui.importing.marks import write_cell
from zhaoshang_desktop.ui.library.values import link_keys
from zhaoshang_desktop.ui.pieces import hover
from zhaoshang_desktop.ui.row_table import RowModel

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

Index = QModelIndex | QPersistentModelIndex
Titles = dict[tuple[str, int], str]
FIELD, HAD, SAID, WILL = range(4)


@dataclass(frozen=True)
class Known:
    """A record of the library, and what its links are called."""

    record: Record
    titles: Titles

    def find(self, noun: str, key: int) -> str:
        """What a linked record is called."""
        return self.titles.get((noun, key), "")


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
        titles: Titles = {}
        for one in (found, draft):
            for field in fields_of(record):
                if isinstance(field.kind, Link | Links):
                    for noun, linked in link_keys(one, field):
                        titles |= {(noun, row.id): row.title for row in office.rows(RECORDS[noun], [linked])}
        return Known(found, titles)

    return question


def lines_of(known: Known, decision: Decision, choice: Choice) -> list[Line]:
    """The fields that either side has, and what belongs to them; what is new first."""
    had, said = known.record, decision.draft.record
    news = {one.cell.name: one for one in _cells(decision) if one.news.record is said}
    lines = []
    for field in fields_of(type(had)):
        before = _text(had, field.name, field.kind, known.titles)
        new = "" if field.spec.derived else _text(said, field.name, field.kind, known.titles)
        cell = news.get(field.name)
        if before or new:
            lines.append(_line(field.label, before, new, cell.cell if cell else None, choice, known.titles, field.kind))
    for one in _cells(decision):
        if one.news.record is not said:
            before, new = one.had(known.find), one.now(known.find)
            lines.append(_line(one.label, before, new, one.cell, choice, known.titles, one.kind))
    return sorted(lines, key=lambda line: (not line.news, not line.kept))


def _line(
    label: str, before: str, new: str, cell: NewCell | None, choice: Choice, titles: Titles, kind: Kind | None
) -> Line:
    if choice is Choice.SEPARATE:
        return Line(label, before, new, new, bool(new) and not before)
    taken = cell is not None and takes(choice, cell)
    will = new if taken else before
    if cell is not None and taken and choice is Choice.FILL and cell.adds != cell.said and kind is not None:
        will = value_text(kind, cell.adds, titles)
    kept = cell is not None and not taken and choice is not Choice.SKIP
    return Line(label, before, new, will, cell is not None and cell.adds is not None, kept)


def _cells(decision: Decision) -> list[ChangedCell]:
    return [ChangedCell(decision, news, cell, cell.said) for news in decision.news for cell in news.cells]


def _text(record: Record, name: str, kind: Any, titles: Titles) -> str:
    text = value_text(kind, getattr(record, name), titles)
    raw = record.raw.get(name, "")
    return text or (f"{UNREAD}{raw}" if raw else "")


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


class _Lines(RowModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line], source: str) -> None:
        self.beginResetModel()
        self.lines, self.heads = lines, ("字段", source, "表里写的", "导入后")
        self.endResetModel()

    def count(self) -> int:
        return len(self.lines)

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
        write_cell(painter, rect, text, meaning)
        painter.restore()
