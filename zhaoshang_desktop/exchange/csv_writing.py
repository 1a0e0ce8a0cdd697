"""A register as .csv: UTF-8 as Excel knows it, one line of headings, and no text that Excel would reckon."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from zhaoshang_desktop.domain.errors import not_written
from zhaoshang_desktop.domain.guarded import guarded
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.sheet import Cell, cell_text
from zhaoshang_desktop.exchange.writing import RegisterColumn
from zhaoshang_desktop.runtime.files import replace_file


def write_csv(path: Path, columns: Sequence[RegisterColumn], records: Iterable[Record]) -> None:
    """Writes it whole or not at all; KnownError when it cannot be written."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(column.heading) for column in columns])
    for record in records:
        writer.writerow([_text(column.cell(record)) for column in columns])
    try:
        replace_file(path, lambda file: file.write(out.getvalue().encode("utf-8-sig", "replace")))
    except OSError as reason:
        raise not_written(path, reason) from None


def _text(cell: Cell) -> str:
    """Only what is a text can be taken for a formula: -5 is a number."""
    return guarded(cell) if isinstance(cell, str) else cell_text(cell)
