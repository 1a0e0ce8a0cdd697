"""The field's own tables, as they ship: divisions, readings of characters, the calendar, the limits.

They are constants of the field that happen to be long, so they lie in resources/reference as CSV
and are read once, when first asked for. This is the only reading of files in the domain.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def folder() -> Path:
    """resources/reference: inside the installed package, or beside it in a working copy."""
    places = (_PACKAGE / "resources" / "reference", _PACKAGE.parent / "resources" / "reference")
    return next((place for place in places if place.is_dir()), places[0])


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped table, by its file name without ending."""
    with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[str]:
    """The lines of a shipped text file, without their ends."""
    return (folder() / name).read_text(encoding="utf-8").splitlines()
