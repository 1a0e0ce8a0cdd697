"""The columns of a library's table: which fields, how wide, with which face."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhaoshang_desktop.domain import kinds
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import Field, field_of, fields_of
from zhaoshang_desktop.ui.library.values import Titles, shown


@dataclass(frozen=True)
class Column:
    """`fields` after the first are written behind it; `look` names a face of the delegate."""

    fields: tuple[str, ...]
    label: str
    width: int
    look: str = "text"
    right: bool = False
    sorts: bool = True

    @property
    def name(self) -> str:
        """The field that is edited in place and sorted by first."""
        return self.fields[0]


@dataclass(frozen=True)
class Habit:
    """How columns of a kind usually look."""

    width: int
    look: str = "text"
    right: bool = False
    sorts: bool = True


HABITS: dict[type[kinds.Kind], Habit] = {
    kinds.Text: Habit(100),
    kinds.Note: Habit(200),
    kinds.CreditCode: Habit(150),
    kinds.Phone: Habit(110),
    kinds.Amount: Habit(88, right=True),
    kinds.Number: Habit(96, right=True),
    kinds.Whole: Habit(72, right=True),
    kinds.Day: Habit(80, "day"),
    kinds.When: Habit(88),
    kinds.Period: Habit(150),
    kinds.Times: Habit(170),
    kinds.Hour: Habit(64),
    kinds.Choice: Habit(80),
    kinds.Choices: Habit(120, sorts=False),
    kinds.Tags: Habit(120, sorts=False),
    kinds.Honours: Habit(140, sorts=False),
    kinds.Flag: Habit(64),
    kinds.Place: Habit(86, "place"),
    kinds.Point: Habit(150, sorts=False),
    kinds.Link: Habit(76, sorts=False),
    kinds.Links: Habit(140, sorts=False),
}
"""One habit for every kind of value."""

TITLE_WIDTHS = {"expert": 88, "member": 84, "contact": 84, "visit": 120}
TITLE_WIDTH = 200
LEFT_OUT = (("investor", "owner"), ("lead", "place"))
"""Columns of the specs that wait until they are asked for, so that 1366 px hold the rest."""
IMPORTED = ("investor", "project", "lead", "expert")
"""The four libraries, into which tables are imported and out of which they are exported."""

OWN: dict[tuple[str, str], Column] = {
    ("investor", "chain"): Column(("chain", "chain_node"), "产业链 · 环节", 124),
    ("investor", "level"): Column(("level",), "等级", 46, "ring"),
    ("investor", "last_contact"): Column(("last_contact",), "最近联系", 88, "silence"),
    ("investor", "next_step"): Column(("next_step", "next_due"), "下一步", 160, "step"),
    ("project", "stage"): Column(("stage",), "阶段", 168, "strip"),
    ("lead", "credibility"): Column(("credibility",), "可信度", 60, "ring"),
    ("lead", "due"): Column(("due",), "时限", 96, "due"),
    ("lead", "state"): Column(("state",), "状态", 72, "state"),
    ("unit", "category"): Column(("category",), "类别", 60, "ring"),
    ("visit", "intention"): Column(("intention",), "意向", 52, "ring"),
}
"""Columns that look otherwise than their kind, by noun and field."""

SECOND_LINES: dict[str, tuple[str, ...]] = {
    "investor": ("chain", "chain_node", "place"),
    "project": ("stage", "chain", "total"),
    "lead": ("state", "channel", "day"),
    "expert": ("employer", "post"),
    "member": ("duty", "unit"),
    "unit": ("kind",),
    "trip": ("state", "start"),
    "reception": ("kind", "start", "from_unit"),
    "contact": ("post",),
}


def all_columns(record: type[Record]) -> tuple[Column, ...]:
    """Every field as a column, in the order written."""
    return tuple(_column(record, field) for field in fields_of(record))


def usual_columns(record: type[Record]) -> tuple[Column, ...]:
    """What the list shows until the clerk chooses otherwise, in the order of the specs."""
    fields = sorted((field for field in fields_of(record) if field.spec.column), key=lambda field: field.spec.column)
    columns = [_column(record, field) for field in fields]
    joined = {name for column in columns for name in column.fields[1:]}
    return tuple(
        column for column in columns if column.name not in joined and (record.NOUN, column.name) not in LEFT_OUT
    )


def column_of(record: type[Record], name: str) -> Column:
    """The column that shows this field."""
    return _column(record, field_of(record, name))


def cell_text(record: Record, column: Column, titles: Titles) -> str:
    """The text of a cell, its fields joined."""
    parts = (shown(record, field_of(type(record), name), titles) for name in column.fields)
    return " · ".join(part for part in parts if part)


def second_line(record: Record, titles: Titles) -> str:
    """What tells two records of the same name apart."""
    names = SECOND_LINES.get(record.NOUN, ())
    parts = (shown(record, field_of(type(record), name), titles) for name in names)
    return " · ".join(part for part in parts if part)


def linked_nouns(columns: tuple[Column, ...], record: type[Record]) -> tuple[Field, ...]:
    """The fields of these columns that point to other records."""
    fields = [field_of(record, name) for column in columns for name in column.fields]
    return tuple(field for field in fields if isinstance(field.kind, kinds.Link | kinds.Links))


def _column(record: type[Record], field: Field) -> Column:
    own = OWN.get((record.NOUN, field.name))
    if own is not None:
        return own
    habit = HABITS[type(field.kind)]
    column = Column((field.name,), field.label, habit.width, habit.look, habit.right, habit.sorts)
    return replace(column, width=TITLE_WIDTHS.get(record.NOUN, TITLE_WIDTH)) if field.name == record.TITLE else column
