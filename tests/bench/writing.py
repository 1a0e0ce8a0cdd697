"""A register of 100,000 rows against other writers, on the same cells: 16 columns, each typed and styled alike (text
as text, numbers and dates with their number format, font, border, alignment, wrap).

Both sides get the records; what the other side writes (the cells, their formats) is made ready before its time
begins, while ours makes its cells and reckons the height of every row as well. Each runs in a process of its own, in
turns. Measured here against XlsxWriter with constant_memory, which is among our dependencies. Others were tried by hand
on 29 November 2026 on the same cells, typed and styled so; CPU seconds on a busy machine, medians of three or four
runs (the last two of one or two), good to a tenth, and the memory that each needs beyond the cells:

| writer | CPU | ours to it | memory |
|---|---|---|---|
| ours, of which 0.9 s to make the cells | 4.9 | | 64 MB |
| rustpy-xlsxwriter 0.8 (Rust), a format a column, from a polars frame, which is counted | 2.6 | 1.9 | 87 MB |
| xlsxturbo 1.12 (Rust), constant memory, the same way | 2.9 | 1.7 | 91 MB |
| rvgsrust-xlsxwriter 0.3 (Rust), a format a cell | 5.5 | 0.9 | 365 MB |
| XlsxWriter 3.3 (Python), constant memory | 21 | 0.2 | |

Without formats: pyexcelerate 6.3, XlsxWriter 10.5, rustpy-xlsxwriter 1.0.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import xlsxwriter

from tests.bench.measures import measure
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.exchange.formats import format_of, write_cell
from zhaoshang_desktop.exchange.writing import write_register

ROWS, RUNS = 100_000, 3
FIELDS = (
    *("name", "credit_code", "ownership", "industry", "chain", "place", "address", "business", "founded"),
    *("registered_capital", "revenue", "staff", "website", "level", "tags", "note"),
)


@measure("writing.ratio_100k", bar=2)
@measure("writing.seconds_100k", unit="s")
@measure("writing.fastest_seconds_100k", unit="s")
@measure("writing.memory_mb", bar=300, unit="MB")
def register_of_100_000_rows() -> dict[str, float]:
    """Medians of three; the memory is the most our process had, the records themselves included."""
    ours, fastest, memory = [], [], []
    for _ in range(RUNS):
        seconds, most = in_a_process("own")
        ours.append(seconds)
        memory.append(most)
        fastest.append(in_a_process("fastest")[0])
    return {
        "writing.ratio_100k": statistics.median(ours) / statistics.median(fastest),
        "writing.seconds_100k": statistics.median(ours),
        "writing.fastest_seconds_100k": statistics.median(fastest),
        "writing.memory_mb": max(memory),
    }


def in_a_process(side: str) -> tuple[float, float]:
    """The seconds a side took, and the most memory (MB) its process had."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tests.bench.writing", side, str(Path(home) / "登记册.xlsx")]
        told = subprocess.run(command, check=True, capture_output=True).stdout
    seconds, megabytes = json.loads(told)
    return seconds, megabytes


def investors(count: int) -> list[Investor]:
    return [
        Investor(
            id=n + 1,
            name=f"江苏青禾{n}号新材料科技有限公司",
            credit_code=f"91320211MA1X{n:06d}",
            ownership="民企",
            industry="C26",
            chain=("新材料", "高端装备", "生物医药")[n % 3],
            place=("320200", "320500", "330200")[n % 3],
            address=f"高新区创业大道{n % 900}号",
            business="电解液添加剂的研发、生产和销售" if n % 2 else "精密减速机",
            founded=When(2000 + n % 25, 1 + n % 12, 1 + n % 28),
            registered_capital=Money(n * 10**6),
            revenue=Money(n * 10**7 + 5),
            staff=20 + n % 900,
            website=f"https://firm{n}.example",
            level="ABC"[n % 3],
            tags=("新能源", "外资")[: n % 3],
            note="" if n % 4 else "年内有扩产计划",
        )
        for n in range(count)
    ]


def own_side(path: Path, records: list[Investor]) -> float:
    start = time.perf_counter()
    write_register(path, Investor, records, FIELDS, title="客商库登记册", made_on=date(2026, 11, 28))
    return time.perf_counter() - start


def fastest_side(path: Path, records: list[Investor]) -> float:
    kinds = [field_of(Investor, name).kind for name in FIELDS]
    rows = [[write_cell(kind, getattr(one, name)) for kind, name in zip(kinds, FIELDS, strict=True)] for one in records]
    start = time.perf_counter()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("登记册")
    looks = [
        book.add_format(
            {
                "num_format": format_of(kind).number_format,
                "align": format_of(kind).align,
                "valign": "vcenter",
                "text_wrap": format_of(kind).wrap,
                "border": 1,
                "font_name": "宋体",
                "font_size": 10,
            }
        )
        for kind in kinds
    ]
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value, looks[place])
            elif isinstance(value, (int, float)):
                sheet.write_number(number, place, value, looks[place])
            else:
                sheet.write_datetime(number, place, value, looks[place])  # type: ignore[call-overload]
    book.close()
    return time.perf_counter() - start


if __name__ == "__main__":
    side, place = sys.argv[1:]
    made = investors(ROWS)
    taken = {"own": own_side, "fastest": fastest_side}[side](Path(place), made)
    print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
