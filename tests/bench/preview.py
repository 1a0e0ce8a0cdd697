"""What the first 200 rows of a file cost to see, beyond the time its reader needs: understood, drafted, shown.

The reader's time is that of `read_workbook` itself, which reads the whole file in a process of its own.
"""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.firms import HEADERS, rows, write_list
from tests.bench.measures import measure
from tests.exchange.making_xls import OldBook, OldSheet
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.exchange.reading import read_workbook
from zhaoshang_desktop.runtime.progress import untold
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing import work

ROWS, OLD_ROWS = 50_000, 8_000
RUNS = 3


@measure("preview.beyond_reading_s", bar=1, unit="s")
@measure("preview.xlsx_50k_s", unit="s")
@measure("preview.xls_8k_s", unit="s")
@measure("preview.csv_50k_s", unit="s")
def preview_of_200_rows() -> dict[str, float]:
    """Medians from the click to the records shown; the most that any kind took beyond its reading."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        office = new_office(folder / "清岚县.office", name="清岚县投资促进局", actor="张敏")
        files = {
            "xlsx_50k": write_list(folder / "名录.xlsx", ROWS),
            "xls_8k": old_list(folder / "名录.xls"),
            "csv_50k": text_list(folder / "名录.csv"),
        }
        whole = {name: median(partial(preview, office, path)) for name, path in files.items()}
        alone = {name: median(partial(read_workbook, path)) for name, path in files.items()}
        office.close()
    beyond = max(whole[name] - alone[name] for name in files)
    return {"preview.beyond_reading_s": beyond, **{f"preview.{name}_s": seconds for name, seconds in whole.items()}}


def median(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def preview(office: Office, path: Path) -> work.Seen:
    """What the wizard does until the sheet is tinted and its first records stand beside it."""
    opened = work.open_files(office, [path], None, Investor, progress=untold)
    sheet = opened.book.sheets[opened.sheets[0]]
    seen = work.recognise(office, sheet, Investor, None, {}, progress=untold)
    if len(seen.sample) != work.SAMPLE_ROWS:
        raise RuntimeError("the preview is short")
    return seen


def old_list(path: Path) -> Path:
    return OldBook([OldSheet("名录", [HEADERS, *rows(OLD_ROWS)])]).save(path)


def text_list(path: Path) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADERS, *rows(ROWS)])
    return path
