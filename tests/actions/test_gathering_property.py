"""Any table of records, sent out, shuffled, filled in and saved by another program, comes home as it is."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from zhaoshang_desktop.actions.gathered import carry_out
from zhaoshang_desktop.actions.gathering import plan_gathering
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.sending import SendingWish, send_out
from zhaoshang_desktop.actions.sheet_columns import sheet_columns
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.text import tidy
from zhaoshang_desktop.exchange.formats import no_title
from zhaoshang_desktop.exchange.returned import is_blank
from zhaoshang_desktop.exchange.sending import HEAD_ROW
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store.office import Office

COLUMNS = (
    "name", "business", "registered_capital", "revenue", "staff", "founded", "checked_on", "tags", "dishonest",
    "level", "place", "website", "note",
)  # fmt: skip
NAUGHTY = ("=1+1", "+86", "-1", "@SUM(A1)", "#N/A", "0012", "1E5", "2026-11-28", "TRUE", "'引", "a\nb")
_numbers = itertools.count()

lines = st.one_of(
    st.sampled_from(NAUGHTY),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
words = lines.map(tidy).filter(lambda text: "_x" not in text and (not is_blank(text) or text == ""))
tags = st.lists(st.sampled_from(("新能源", "外资", "链主", "=1")), unique=True, max_size=3).map(tuple)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
whens = st.one_of(
    days.map(lambda d: When(d.year, d.month, d.day)),
    days.map(lambda d: When(d.year, d.month)),
    days.map(lambda d: When(d.year)),
)
money = st.one_of(
    st.integers(1, 10**13).map(Money),
    st.integers(1, 10**9).map(lambda n: Money(n * 10**6)),
    st.just(Money(5 * 10**8, "USD")),
)
values = st.fixed_dictionaries(
    {},
    optional={
        "business": words, "registered_capital": money, "revenue": money, "staff": st.integers(1, 10**6),
        "founded": whens, "checked_on": days, "tags": tags, "dishonest": st.booleans(),
        "level": st.sampled_from(("A", "B", "C")), "place": st.sampled_from(("320200", "371300", "X:日本")),
        "website": words, "note": words,
    },
)  # fmt: skip
# Each example is a sending and a gathering: shrinking one takes minutes, so a failing table is shown as it was drawn.
tables = st.lists(st.tuples(values, values), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = FixedClock(datetime(2026, 11, 25, 1, 0, tzinfo=UTC))
    office = new_office(tmp_path_factory.mktemp("office") / "清岚.office", name="清岚县", clock=clock)
    yield office
    office.close()


def fill_in(path: Path, back: Path, wanted: dict[str, Investor], seed: int) -> None:
    """Somebody shuffles the rows and types what is wanted into each, then saves."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    first, count = HEAD_ROW + 1, len(wanted)
    rows = [[cell.value for cell in sheet[number]] for number in range(first, first + count)]
    random.Random(seed).shuffle(rows)
    writers = [column.cell_writer(no_title) for column in sheet_columns(Investor, COLUMNS, COLUMNS, masked=False)]
    for number, row in enumerate(rows, first):
        record = wanted[row[2]]
        for place, value in enumerate([*row[:2], *(write(record) for write in writers)], 1):
            cell = sheet.cell(number, place)
            cell.value = None if value == "" else value
            if isinstance(value, str) and value:
                cell.data_type = "s"
    book.save(back)


def send(
    office: Office, table: list[tuple[dict[str, Any], dict[str, Any]]], folder: Path
) -> tuple[Path, dict[str, Investor]]:
    """Records of the first values of each pair in the office, the sheet of them, and what they are to become."""
    names = [f"青禾{next(_numbers)}号材料有限公司" for _ in table]
    with office.transaction("准备") as tx:
        sent = [tx.save(Investor(name=name, **before)) for name, (before, _) in zip(names, table, strict=True)]
    wish = SendingWish(
        Investor, f"核对{next(_numbers)}", COLUMNS, COLUMNS, keys=tuple(one.id for one in sent), masked=False
    )
    file = send_out(office, wish, folder).files[0].path
    return file, {name: Investor(name=name, **after) for name, (_, after) in zip(names, table, strict=True)}


def check_home(office: Office, back: Path, wanted: dict[str, Investor]) -> None:
    plan = plan_gathering(office, [back])
    assert [file.reason for file in plan.refused] == []
    assert [(one.text, one.reason) for one in plan.problems] == []
    assert (plan.conflicts, plan.missing, plan.new) == ([], [], None)
    keys = list(plan.records)
    carry_out(office, plan)
    for one in office.rows(Investor, keys):
        for name in COLUMNS:
            has, meant = getattr(one, name), getattr(wanted[one.name], name)
            if name == "tags":  # another order of the same members is no change
                has, meant = set(has), set(meant)
            assert has == meant, name
    again = plan_gathering(office, [back])
    assert (again.changes, again.conflicts) == ([], [])


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(table=tables, seed=st.integers())
def test_what_was_filled_in_is_what_the_office_has_then(
    office: Office, tmp_path: Path, table: list[tuple[dict[str, Any], dict[str, Any]]], seed: int
) -> None:
    folder = tmp_path / str(next(_numbers))
    file, wanted = send(office, table, folder)
    fill_in(file, folder / "交回.xlsx", wanted, seed)
    check_home(office, folder / "交回.xlsx", wanted)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@settings(
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(table=st.lists(st.tuples(values, values), min_size=10, max_size=30), seed=st.integers())
def test_so_it_is_when_libreoffice_saved_it(
    office: Office, tmp_path: Path, table: list[tuple[dict[str, Any], dict[str, Any]]], seed: int
) -> None:
    folder = tmp_path / str(next(_numbers))
    file, wanted = send(office, table, folder)
    fill_in(file, folder / "交回.xlsx", wanted, seed)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run(
        [*command, str(folder / "另存"), str(folder / "交回.xlsx")], check=True, capture_output=True, timeout=120
    )
    check_home(office, folder / "另存" / "交回.xlsx", wanted)


def test_digits_that_excel_cannot_keep_come_home_as_well(office: Office, tmp_path: Path) -> None:
    table = [({}, {"registered_capital": Money(123_456_789_012_345_678), "staff": 5})]
    file, wanted = send(office, table, tmp_path)
    fill_in(file, tmp_path / "交回.xlsx", wanted, 1)
    check_home(office, tmp_path / "交回.xlsx", wanted)
    assert Decimal(123_456_789_012_345_678) / 100 == wanted[next(iter(wanted))].registered_capital.yuan
