"""Sheets for forty departments: written, filled in by them, and merged when they come back.

Each of the forty has 500 of the office's 20,000 projects in twelve columns. They change every tenth row, some rows
twice, sort what they have, and add a row each; in the meantime the office has changed some of the same cells.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import openpyxl

from tests.bench.measures import measure
from zhaoshang_desktop.actions.gathered import carry_out
from zhaoshang_desktop.actions.gathering import plan_gathering
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.sending import SendingWish, Sent, send_out
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Unit
from zhaoshang_desktop.exchange.sending import HEAD_ROW
from zhaoshang_desktop.store.office import Office

UNITS, ROWS = 40, 500
COLUMNS = (
    *("name", "unit", "chain", "total", "fixed", "land", "jobs", "packaging", "note"),
    *("progress.state", "progress.problems", "progress.month_invested"),
)
FILLABLE = COLUMNS[3:]


@measure("sheets.home_40x500_s", bar=20, unit="s")
@measure("sheets.out_40x500_s", unit="s")
def forty_sheets() -> dict[str, float]:
    """Home is reading, recognising, comparing every cell and storing what changed."""
    with tempfile.TemporaryDirectory() as home:
        office = stocked(Path(home))
        start = time.perf_counter()
        wish = SendingWish(Project, "11月项目进展", COLUMNS, FILLABLE, by="unit", month=When(2026, 11))
        sent = send_out(office, wish, Path(home) / "下发")
        out = time.perf_counter() - start
        fill_in(sent)
        change_some(office)
        start = time.perf_counter()
        plan = plan_gathering(office, [file.path for file in sent.files])
        done = carry_out(office, plan)
        seconds = time.perf_counter() - start
        office.close()
    expected = UNITS * ROWS // 10
    if len(plan.gathered) != UNITS or done.created != UNITS or len(plan.changes) + len(plan.conflicts) < expected:
        raise RuntimeError(f"not everything came home: {len(plan.gathered)} files, {len(plan.changes)} changes")
    return {"sheets.out_40x500_s": out, "sheets.home_40x500_s": seconds}


def stocked(home: Path) -> Office:
    office = new_office(home / "清岚.office", name="清岚县投资促进局", actor="张敏")
    with office.transaction("准备") as tx:
        units = [tx.save(Unit(name=f"{'甲乙丙丁戊己庚辛壬癸'[n // 4]}片{n}号镇")) for n in range(UNITS)]
        tx.save_all(
            [
                Project(
                    name=f"第{n}号新材料生产项目",
                    unit=units[n % UNITS].id,
                    chain="新材料",
                    total=Money(n * 10**8 + 5),
                    jobs=n % 300,
                    note="前期工作推进中，正在办理用地手续" * (n % 3),
                )
                for n in range(UNITS * ROWS)
            ]
        )
    return office


def fill_in(sent: Sent) -> None:
    dice = random.Random(40)
    for file in sent.files:
        book = openpyxl.load_workbook(file.path)
        sheet = book.worksheets[0]
        first = HEAD_ROW + 1
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=HEAD_ROW + ROWS)]
        for row in rows[::10]:
            row[5], row[11] = 1000 + dice.randrange(9000), "已进场施工"
        dice.shuffle(rows)
        rows.append([ROWS + 1, None, f"{file.unit.name}新谈的装备制造项目", *[None] * (len(COLUMNS) - 1)])
        for number, row in enumerate(rows, first):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
        book.save(file.path)


def change_some(office: Office) -> None:
    """The office does not sleep meanwhile."""
    with office.transaction("修改") as tx:
        for one in office.rows(Project, office.first_ids(Query(Project, order=("total",)), 200)):
            one.total = Money(7 * 10**9)
            tx.save(one)
