"""Which cells of a plan the preview shows, found away from the window."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from zhaoshang_desktop.actions.changed_cells import ChangedCell
from zhaoshang_desktop.actions.comparing import WHOLE
from zhaoshang_desktop.actions.import_plan import Decision, ImportPlan
from zhaoshang_desktop.actions.settling import Choices
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.runtime.progress import Progress

FieldKey = str
"""The noun and the field's name, a point between them."""
_NEWS, _CELL = 24, 8
_STEP = 2_000


@dataclass(frozen=True)
class Wanted:
    """What the clerk wants to see: records of that name, one field, only what will change."""

    words: str = ""
    field: FieldKey | None = None
    only_taken: bool = True


@dataclass(frozen=True)
class Listed:
    """The cells shown, packed (see `unpacked`); how often each field differs; how many cells of how many records
    will change, and how many rows wait for an answer, whatever is shown."""

    rows: array[int]
    fields: dict[FieldKey, int]
    taken: int
    records: int
    asked: int


def list_cells(
    plan: ImportPlan, places: Sequence[int], choices: Choices, wanted: Wanted, *, progress: Progress
) -> Listed:
    """Looks through the news of these rows."""
    rows: array[int] = array("q")
    fields: dict[FieldKey, int] = {}
    taken = records = asked = 0
    words = folded(wanted.words)
    for count, place in enumerate(places):
        if count % _STEP == 0:
            progress("正在列出改动", count, len(places))
        decision = plan.decisions[place]
        open_question = choices.of(place, decision) is None
        shown = not words or words in folded(decision.draft.record.title)
        before = taken
        for number, news in enumerate(decision.news):
            noun = news.record.NOUN
            for at, cell in enumerate(news.cells):
                key = f"{noun}.{cell.name}"
                fields[key] = fields.get(key, 0) + 1
                takes = choices.takes(place, decision, number, cell)
                taken += takes
                if shown and wanted.field in (None, key) and (takes or open_question or not wanted.only_taken):
                    rows.append(place << _NEWS | number << _CELL | at)
        records += taken > before
        asked += open_question and taken == before
    return Listed(rows, fields, taken, records, asked)


def unpacked(row: int) -> tuple[int, int, int]:
    """The decision's place, the place among its news, the place among the cells of that."""
    return row >> _NEWS, row >> _CELL & (1 << _NEWS - _CELL) - 1, row & (1 << _CELL) - 1


def cell_at(decision: Decision, place: int, number: int, at: int, choices: Choices) -> ChangedCell:
    """The cell with what it would become."""
    news = decision.news[number]
    cell = news.cells[at]
    return ChangedCell(decision, news, cell, choices.value(place, decision, cell))


def field_words(key: FieldKey) -> str:
    """What a person calls a field: 主营业务, 联系人 · 手机, 新联系人."""
    noun, _, name = key.partition(".")
    record = RECORDS[noun]
    if name == WHOLE:
        return f"新{RECORD_TITLES[noun]}"
    label = field_of(record, name).label
    return f"{RECORD_TITLES[noun]} · {label}" if record.OWNER else label
