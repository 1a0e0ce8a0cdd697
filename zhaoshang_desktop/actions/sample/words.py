"""The invented words of the sample county, from resources/sample."""

from __future__ import annotations

import csv
from functools import cache

from zhaoshang_desktop.runtime.paths import resource


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list, by its file name without ending."""
    with resource("sample", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def people(part: str) -> tuple[str, ...]:
    """The words of one part of the list about people: surnames, habits, posts."""
    return tuple(row["word"] for row in rows("people") if row["part"] == part)
