"""Runs the registered measures of a folder and prints a row each; the exit code is 0 whether they hold or not."""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path

from tests.bench.measures import REGISTERED, Bar, Figures, Measured, Row, rows

NOT_MEASURES = {"__init__", "__main__", "measures", "runner"}


def main(folder: Path, arguments: list[str]) -> int:
    """`folder` is below tests/; every module in it may register measures."""
    parser = argparse.ArgumentParser(prog=f"dev.py {folder.name}")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a measure or an area; all of them without one")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of lines")
    asked = parser.parse_args(arguments)
    load(folder)
    chosen = select(asked.names)
    if asked.names and not chosen:
        known = "\n".join(f"  {bar.name}" for bars in REGISTERED.values() for bar in bars)
        print(f"No measure is named {' or '.join(asked.names)}. There are:\n{known}", file=sys.stderr)
        return 2
    if asked.json:
        measured = [asdict(row) for row in run(chosen)]
        print(json.dumps(measured, ensure_ascii=False, indent=1))
        return 0
    print("name, value, bar, holds")
    for row in run(chosen):
        print(line(row), flush=True)
    return 0


def load(folder: Path) -> None:
    for path in sorted(folder.glob("*.py")):
        if path.stem not in NOT_MEASURES:
            importlib.import_module(f"tests.{folder.name}.{path.stem}")


def select(names: list[str]) -> dict[Measured, list[Bar]]:
    """Functions with the bars that were asked for: all, or those whose name or area is among `names`."""
    chosen = {
        function: [bar for bar in bars if not names or any(asks_for(name, bar) for name in names)]
        for function, bars in REGISTERED.items()
    }
    return {function: bars for function, bars in chosen.items() if bars}


def asks_for(name: str, bar: Bar) -> bool:
    return bar.name == name or bar.name.startswith(f"{name}.")


def run(chosen: dict[Measured, list[Bar]]) -> Iterator[Row]:
    processes = multiprocessing.get_context("spawn")
    for function, bars in chosen.items():
        with ProcessPoolExecutor(max_workers=1, mp_context=processes) as process:
            try:
                figures = process.submit(figures_of, function.__module__, function.__name__).result()
            except Exception:  # noqa: BLE001 - whatever a measure dies of is shown, and the others go on
                traceback.print_exc()
                figures = None
        wanted = {bar.name for bar in bars}
        yield from (row for row in rows(REGISTERED[function], figures) if row.name in wanted)


def figures_of(module: str, name: str) -> Figures:
    """Runs in the process of the measure."""
    with redirect_stdout(sys.stderr):
        measured: Measured = getattr(importlib.import_module(module), name)
        return measured()


def line(row: Row) -> str:
    value = "failed" if row.value is None else f"{number(row.value)} {row.unit}".strip()
    bar = "-" if row.bar is None else f"{number(row.bar)} {row.unit}".strip()
    holds = {True: "holds", False: "DOES NOT HOLD", None: "-"}[row.holds]
    return f"{row.name}, {value}, {bar}, {holds}"


def number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
