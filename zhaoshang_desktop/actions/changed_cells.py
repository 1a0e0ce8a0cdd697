"""Every cell of the library that an import changes, with what stood there, what will, and where the list says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.actions.comparing import WHOLE, NewCell, News
from zhaoshang_desktop.actions.import_plan import Decision, Fate, ImportPlan
from zhaoshang_desktop.actions.titles import FindTitle
from zhaoshang_desktop.domain.kinds import Kind, Link, Links
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.exchange.targets import PARTS

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that a row changes, or would; `value` is what it becomes."""

    decision: Decision
    news: News
    cell: NewCell
    value: Any

    @property
    def kind(self) -> Kind | None:
        """The field's kind; None where a child is new as a whole."""
        return field_of(type(self.news.record), self.cell.name).kind if self.cell.name != WHOLE else None

    @property
    def label(self) -> str:
        """What a person calls the cell: 主营业务, 周远航 · 手机, 新联系人."""
        kind = type(self.news.record)
        if self.cell.name == WHOLE:
            return f"新{RECORD_TITLES[kind.NOUN]}"
        label = field_of(kind, self.cell.name).label
        return f"{self.news.name} · {label}" if self.news.name else label

    @property
    def path(self) -> str:
        """Where it is: business, contacts.mobile, contacts."""
        record = type(self.decision.draft.record)
        part = next((part for part, child in PARTS.get(record, {}).items() if child is type(self.news.record)), "")
        return ".".join(filter(None, (part, self.cell.name)))

    @property
    def place(self) -> tuple[str, int, str]:
        """Sheet, row from 1 and column of the cell in the list that says so; the column is "" where none does."""
        found = self.decision.draft.place_of(self.news.record, self.cell.name)
        return found or (self.decision.sheet, self.decision.draft.row, "")

    def had(self, find: FindTitle) -> str:
        """What stands there now, as text."""
        return f"？{self.cell.beside}" if self.cell.beside else self._text(self.cell.had, find)

    def now(self, find: FindTitle) -> str:
        """What will stand there."""
        if self.cell.unread:
            return f"？{self.value}"
        if self.cell.name == WHOLE:
            child = self.news.record
            told = (getattr(child, name, "") for name in ("post", "mobile", "phone"))
            return " ".join(filter(None, (str(self.value), *told)))
        return self._text(self.value, find)

    def _text(self, value: Any, find: FindTitle) -> str:
        kind = self.kind
        if kind is None or value is None or value == kind.empty:
            return ""
        if isinstance(kind, Link):
            return find(kind.noun, value)
        if isinstance(kind, Links):
            return "、".join(find(kind.noun, key) for key in value)
        return kind.write(value)


def changed_cells(plan: ImportPlan) -> Iterator[ChangedCell]:
    """Those of a settled plan, in the order of the list."""
    for decision in plan.decisions:
        if decision.match and decision.fate is Fate.UPDATED:
            for news in decision.news:
                for name, value in news.taken.items():
                    yield ChangedCell(decision, news, news.cell(name), value)


def possible_cells(plan: ImportPlan) -> Iterator[ChangedCell]:
    """Every cell in which a row differs from the record that it means, whatever becomes of it."""
    for decision in plan.decisions:
        if decision.match:
            for news in decision.news:
                for cell in news.cells:
                    yield ChangedCell(decision, news, cell, cell.said)


def titles_in(office: Office, cells: Iterable[ChangedCell]) -> FindTitle:
    """What the linked records among the cells are called."""
    wanted: dict[str, set[int]] = {}
    for one in cells:
        kind = one.kind
        if isinstance(kind, Link):
            wanted.setdefault(kind.noun, set()).update(key for key in (one.cell.had, one.cell.said) if key)
        elif isinstance(kind, Links):
            wanted.setdefault(kind.noun, set()).update((*one.cell.had, *one.cell.said))
    known = {(noun, one.id): one.title for noun, keys in wanted.items() for one in office.rows(RECORDS[noun], [*keys])}
    return lambda noun, key: known.get((noun, key), "")
