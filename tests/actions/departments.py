"""A county whose three departments get sheets, and what people do to a sheet before they send it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zhaoshang_desktop.actions.gathered import Gathered, carry_out
from zhaoshang_desktop.actions.gathering import GatherPlan, plan_gathering, units_of
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.sending import SendingWish, Sent, send_out
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.followup import Progress
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store.office import Office

UNITS = ("工信局", "开发区", "城关镇")
COLUMNS = ("name", "unit", "total", "packaging", "marks", "note", "progress.state", "progress.month_invested")
FILLABLE = ("total", "packaging", "marks", "note", "progress.state", "progress.month_invested")
HEAD, FIRST = 4, 5
Edit = Callable[[Any], object]


@dataclass
class County:
    """An office with nine projects of three units, and what was sent of them."""

    office: Office
    home: Path
    projects: list[Project]
    sent: Sent | None = None
    edited: list[Path] = field(default_factory=list)

    def send(self, title: str = "11月项目进展", **more: Any) -> Sent:
        wish = SendingWish(Project, title, COLUMNS, FILLABLE, by="unit", month=When(2026, 11), **more)
        self.sent = send_out(self.office, wish, self.home / title)
        return self.sent

    def path(self, unit: str) -> Path:
        assert self.sent is not None
        return next(one.path for one in self.sent.files if one.unit.name == unit)

    def edit(self, unit: str, edit: Edit, name: str = "") -> Path:
        """The sheet of a unit as somebody saved it after some work."""
        book = openpyxl.load_workbook(self.path(unit))
        edit(book.worksheets[0])
        target = self.home / (name or f"{unit}交回.xlsx")
        book.save(target)
        return target

    def gather(self, *paths: Path, **more: Any) -> tuple[GatherPlan, Gathered]:
        plan = plan_gathering(self.office, paths)
        return plan, carry_out(self.office, plan, **more)

    def project(self, name: str) -> Project:
        return next(one for one in self.office.find(Query(Project)) if one.name == name)

    def progress(self, name: str) -> list[Progress]:
        return list(self.office.find(Query(Progress, where=(Where("project", "=", self.project(name).id),))))

    def state(self, unit: str) -> str:
        assert self.sent is not None
        return next(one.state for one in units_of(self.office, self.sent.sending.id) if one.name == unit)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    clock = FixedClock(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=clock)
    with office.transaction("准备") as tx:
        units = [tx.save(Unit(name=name, phone=f"0539-81234{n}0")) for n, name in enumerate(UNITS)]
        tx.save(Member(unit=units[0].id, name="李想", phone="13800000000"))
        projects = [Project(name=f"项目{n}", unit=units[n % 3].id, total=Money(n * 10**10)) for n in range(1, 10)]
        tx.save_all(projects)
    yield County(office, tmp_path, projects)
    office.close()


def column(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[HEAD] if cell.value and str(cell.value).startswith(heading))


def put(name: str, heading: str, value: object) -> Edit:
    """Types a value into the row of that project."""

    def edit(sheet: Any) -> None:
        row = next(
            row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, column(sheet, "项目")).value == name
        )
        sheet.cell(row, column(sheet, heading)).value = value

    return edit


def both(*edits: Edit) -> Edit:
    return lambda sheet: [edit(sheet) for edit in edits]


def add(*cells: tuple[str, object]) -> Edit:
    def edit(sheet: Any) -> None:
        row = next(r for r in range(FIRST, sheet.max_row + 2) if not sheet.cell(r, column(sheet, "项目")).value)
        for heading, value in cells:
            sheet.cell(row, column(sheet, heading)).value = value

    return edit


def rows_of(sheet: Any) -> list[list[Any]]:
    """The rows that were sent, as values."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    return [row for row in rows if row[2]]


def put_rows(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for number in range(FIRST, sheet.max_row + 1):
        for cell in sheet[number]:
            cell.value = None
    for number, row in enumerate(rows, FIRST):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value


def nothing(_sheet: Any) -> None:
    """Saved as it came."""
