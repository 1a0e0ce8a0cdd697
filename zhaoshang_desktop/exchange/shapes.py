"""What the clerk corrected in one workbook, remembered for the next of the same shape.

A shape is the library and the headings as guessed; rows are remembered by what they say, columns by
their place, since workbooks of one shape have the same columns. Of forms (登记表), where this or that may not be filled
in, the shape is the labels we know, and what was said of a label is remembered by its words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.forms import BESIDE, with_labels
from zhaoshang_desktop.exchange.heading import header_key
from zhaoshang_desktop.exchange.layout import Layout, Role, guess_layout
from zhaoshang_desktop.exchange.mapping import Mapping as Columns
from zhaoshang_desktop.exchange.sheet import Row, Sheet, cell_text
from zhaoshang_desktop.exchange.targets import targets_of
from zhaoshang_desktop.exchange.understanding import understand
from zhaoshang_desktop.exchange.wording import vocabulary
from zhaoshang_desktop.runtime.settings import Settings

SHAPES = "import.shapes"
_KEPT = 100
_TELLING_CELLS, _TELLING_TEXT = 4, 80
_ROLES = {role.value: role for role in Role}


@dataclass
class Corrections:
    """What the clerk said of a sheet: rows (from 0) by role, columns (from 0) by target path and by unit, and
    whether hidden rows are data like others; `labels` are words of forms that are labels, each with the side of its
    value."""

    roles: dict[int, Role] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    hidden: bool = False
    labels: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.roles) + len(self.paths) + len(self.units) + self.hidden + len(self.labels)


def understand_as_kept(
    sheet: Sheet, record: type[Record], kept: Mapping[str, Any], with_hidden: bool = False
) -> tuple[Sheet, Layout, Columns, Corrections]:
    """A sheet understood as the clerk once corrected one of its shape, forms as he read them; else as it looks."""
    sheet, found = (
        recalled(kept.get(shape_of(record, sheet, guess_layout(sheet))), record, sheet)
        if kept
        else (sheet, Corrections())
    )
    hidden = with_hidden or found.hidden
    layout, columns = understand(
        sheet, record, roles=found.roles, paths=found.paths, units=found.units, with_hidden=hidden
    )
    return sheet, layout, columns, found


def recalled(kept: Any, record: type[Record], sheet: Sheet) -> tuple[Sheet, Corrections]:
    """What was remembered of a shape, and the sheet as it is with that: forms may have more labels."""
    found = recall(kept, record, sheet)
    again = with_labels(sheet, found.labels)
    return again, recall(kept, record, again) if again is not sheet else found


def shape_of(record: type[Record], sheet: Sheet, layout: Layout) -> str:
    """The same for every sheet with these headings; `layout` is as guessed, before any correction."""
    words = [column.header for column in layout.columns if not column.is_group]
    if sheet.origin:
        words = sorted(word for word in words if header_key(word) in vocabulary())
    if not any(words):
        words = [_telling(row) for row in sheet.rows[:2]]
    return hashlib.sha256("\x1f".join([record.NOUN, *words]).encode()).hexdigest()[:24]


def recall(kept: Any, record: type[Record], sheet: Sheet) -> Corrections:
    """What was remembered of a shape, for this sheet's rows; nothing of what does not fit any more."""
    found = Corrections()
    if not isinstance(kept, dict):
        return found
    paths, targets = _texts(kept.get("paths")), targets_of(record)
    columns = {name: column for column, name in enumerate(_names(sheet))}
    found.paths = {columns[c]: path for c, path in paths.items() if c in columns and (not path or path in targets)}
    found.units = {columns[c]: unit for c, unit in _texts(kept.get("units")).items() if c in columns}
    found.hidden = kept.get("hidden") is True
    labels = kept.get("labels")
    if isinstance(labels, list):  # as they were kept when values stood beside their labels only
        labels = dict.fromkeys((one for one in labels if isinstance(one, str)), BESIDE)
    found.labels = _texts(labels)
    roles = {telling: _ROLES[role] for telling, role in _texts(kept.get("roles")).items() if role in _ROLES}
    if roles:
        told = ((number, roles.get(_telling(row))) for number, row in enumerate(sheet.rows))
        found.roles = {number: role for number, role in told if role is not None}
    return found


def remember(settings: Settings, shape: str, sheet: Sheet, corrections: Corrections) -> None:
    """Keep what the clerk said of a shape; the shapes longest unused are forgotten."""
    shapes = dict(_shapes(settings))
    shapes.pop(shape, None)
    names = _names(sheet)
    if len(corrections):
        shapes[shape] = {
            "roles": {_telling(sheet.rows[number]): role.value for number, role in corrections.roles.items()},
            "paths": {names[column]: path for column, path in corrections.paths.items()},
            "units": {names[column]: unit for column, unit in corrections.units.items()},
            "hidden": corrections.hidden,
            "labels": dict(corrections.labels),
        }
    settings.choices[SHAPES] = dict(list(shapes.items())[-_KEPT:])


def kept_shapes(settings: Settings) -> dict[str, Any]:
    """Everything remembered, by shape."""
    return dict(_shapes(settings))


def _shapes(settings: Settings) -> dict[str, Any]:
    shapes = settings.choices.get(SHAPES)
    return shapes if isinstance(shapes, dict) else {}


def _texts(part: Any) -> dict[str, str]:
    return {key: value for key, value in part.items() if isinstance(value, str)} if isinstance(part, dict) else {}


def _names(sheet: Sheet) -> list[str]:
    """What its columns are known again by; the one of groups comes after the sheet's own."""
    return list(map(cell_text, sheet.rows[0])) if sheet.origin else [str(column) for column in range(sheet.width + 1)]


def _telling(row: Row) -> str:
    """The first few cells of a row, by which it is known again."""
    texts = (cell_text(cell).strip() for cell in row if cell != "")
    return "|".join(text for _, text in zip(range(_TELLING_CELLS), texts, strict=False))[:_TELLING_TEXT]
