"""The list of measures, and what a measure is.

A module beside this one registers a function under the names of the rows that it gives:

    @measure("search.keystroke_p99_ms_100k", bar=16, unit="ms")
    @measure("search.keystroke_plain_sqlite_ms", unit="ms")
    def keystroke() -> dict[str, float]:
        return {"search.keystroke_p99_ms_100k": ..., "search.keystroke_plain_sqlite_ms": ...}

A function with one name may return the number alone. Each function runs in a process of its own, so that its imports
and its memory are its own too; what it prints goes to stderr.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figures = float | Mapping[str, float]
Measured = Callable[[], Figures]


@dataclass(frozen=True)
class Bar:
    """What a figure is held against: at most `bar`, or at least with `at_least`; without a bar it is only shown."""

    name: str
    bar: float | None
    unit: str
    at_least: bool

    def holds(self, value: float | None) -> bool | None:
        if self.bar is None:
            return None
        if value is None:
            return False
        return value >= self.bar if self.at_least else value <= self.bar


@dataclass(frozen=True)
class Row:
    """One line of the result; `value` is None if the measure failed."""

    name: str
    value: float | None
    unit: str
    bar: float | None
    holds: bool | None


REGISTERED: dict[Measured, list[Bar]] = {}


def measure(
    name: str, *, bar: float | None = None, unit: str = "", at_least: bool = False
) -> Callable[[Measured], Measured]:
    """Register a function under `area.measure`; a function that gives several figures is decorated once for each."""

    def register(function: Measured) -> Measured:
        if any(known.name == name for bars in REGISTERED.values() for known in bars):
            raise ValueError(f"{name} is measured twice")
        REGISTERED.setdefault(function, []).insert(0, Bar(name, bar, unit, at_least))
        return function

    return register


def rows(bars: list[Bar], figures: Figures | None) -> list[Row]:
    """The figures of one function as rows in the order in which it was decorated; None where it gave none."""
    given: Mapping[str, float]
    if figures is None:
        given = {}
    elif isinstance(figures, Mapping):
        given = figures
    else:
        given = {bars[0].name: figures}
    unknown = given.keys() - {bar.name for bar in bars}
    if unknown:
        raise ValueError(f"figures without a registered name: {', '.join(sorted(unknown))}")
    values = [(bar, given.get(bar.name)) for bar in bars]
    return [Row(bar.name, value, bar.unit, bar.bar, bar.holds(value)) for bar, value in values]
