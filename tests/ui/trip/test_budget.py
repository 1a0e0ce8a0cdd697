"""预算: reckoned by the tables, changed by hand, against the limit."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit

from tests.ui.trip.conftest import book_of
from zhaoshang_desktop.actions.record import edit_record, remove_records
from zhaoshang_desktop.actions.settlement import settle, settlement_of
from zhaoshang_desktop.domain.allowance import LodgingLimit
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import BudgetLine, Trip
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.budget import ACTUAL, BASIS, ITEM, OVER, PLANNED, BudgetStep
from zhaoshang_desktop.ui.trip.page import TripPage


@pytest.fixture
def step(page: TripPage, planned: int) -> BudgetStep:
    page.show_record(planned, "budget")
    found = page.view.step
    assert isinstance(found, BudgetStep)
    return found


@pytest.fixture
def reckoned(step: BudgetStep) -> BudgetStep:
    step.reckon()
    return step


def lines(office: Office, trip: int) -> list[BudgetLine]:
    return book_of(office, trip).budget


def test_a_trip_without_days_is_sent_to_them_first(page: TripPage, trip: int) -> None:
    page.show_record(trip, "budget")
    step = page.view.step
    assert isinstance(step, BudgetStep)
    step.empty.button.click()
    assert page.view.step.KEY == "schedule"


def test_without_lines_one_button_reckons_them(step: BudgetStep, page: TripPage, office: Office, planned: int) -> None:
    page.desk.run(remove_records, BudgetLine, [line.id for line in lines(office, planned)])
    assert step.empty.button.text() == "测算预算"
    step.empty.button.click()
    assert lines(office, planned)


def test_the_tables_make_the_lines_with_their_basis(reckoned: BudgetStep, office: Office, planned: int) -> None:
    items = [line.item for line in lines(office, planned)]
    assert items[:2] == ["伙食补助", "市内交通"]
    assert "财行〔2013〕531号" in reckoned.lines.index(0, BASIS).data()
    assert BudgetStep.mark(reckoned.sight).state == "done"  # type: ignore[arg-type]


def test_figures_stand_under_each_other(reckoned: BudgetStep) -> None:
    shown = [reckoned.lines.index(row, PLANNED).data() for row in range(reckoned.lines.rowCount())]
    assert all(re.fullmatch(r"[\d,]+\.\d\d", figure) for figure in shown)


def test_a_line_changed_by_hand_stays_when_the_rest_is_reckoned_anew(
    reckoned: BudgetStep, office: Office, planned: int
) -> None:
    reckoned.lines.setData(reckoned.lines.index(0, PLANNED), "1.2万")
    first = lines(office, planned)[0]
    assert (first.planned, first.reckoned) == (Money(1_200_000), None)
    reckoned.reckon()
    assert Money(1_200_000) in [line.planned for line in lines(office, planned)]


def test_what_was_spent_is_compared_with_what_was_planned(reckoned: BudgetStep, office: Office, planned: int) -> None:
    planned_fen = lines(office, planned)[0].planned
    assert planned_fen
    reckoned.lines.setData(reckoned.lines.index(0, ACTUAL), f"{planned_fen.fen // 100 + 50}元")
    assert reckoned.lines.index(0, OVER).data() == "50.00"
    assert lines(office, planned)[0].reckoned


def test_a_text_that_is_no_amount_is_refused_with_the_reason(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    before = lines(office, planned)[0].version
    assert not reckoned.lines.setData(reckoned.lines.index(0, PLANNED), "再说")
    assert "再说" in page.window().notice.text  # type: ignore[attr-defined]
    assert lines(office, planned)[0].version == before


def test_over_the_limit_is_red_and_says_by_how_much(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    trip = book_of(office, planned).trip
    changes = edit_record(office, Trip, planned, {"fund_limit": Money(100_000)}, trip.version)
    page.desk.worker.changed.emit(changes)
    assert "超出" in reckoned.verdict.text()
    assert reckoned.verdict.property("role") == "wrong"
    assert BudgetStep.mark(reckoned.sight).state == "wrong"  # type: ignore[arg-type]


def test_a_line_can_be_added_and_taken_away(reckoned: BudgetStep, page: TripPage, office: Office, planned: int) -> None:
    count = len(lines(office, planned))
    page.window().call("record.new")  # type: ignore[attr-defined]
    reckoned.lines.setData(reckoned.lines.index(count, ITEM), "场地费")
    assert [line.item for line in lines(office, planned)][-1] == "场地费"
    reckoned.table.selectRow(count)
    QTest.keyClick(reckoned.table, Qt.Key.Key_Delete)
    assert len(lines(office, planned)) == count
    page.window().call("undo")  # type: ignore[attr-defined]
    assert len(lines(office, planned)) == count + 1


def test_the_last_row_is_the_sum(reckoned: BudgetStep, office: Office, planned: int) -> None:
    total = sum(line.planned.fen for line in lines(office, planned) if line.planned)
    last = reckoned.lines.rowCount() - 1
    assert reckoned.lines.index(last, ITEM).data() == "合计"
    assert reckoned.lines.index(last, PLANNED).data().replace(",", "") == f"{total / 100:.2f}"


def test_a_cell_that_is_being_typed_into_is_left_alone_by_what_comes_in(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    reckoned.table.edit(reckoned.lines.index(1, PLANNED))
    editor = reckoned.table.viewport().findChild(QLineEdit)
    assert editor is not None
    editor.setText("777")
    trip = book_of(office, planned).trip
    page.desk.run(edit_record, Trip, planned, {"note": "别人改的"}, trip.version)
    assert editor.text() == "777"
    reckoned.table.commitData(editor)
    reckoned.table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
    assert reckoned.lines.index(1, PLANNED).data() == "777.00"


def test_what_no_table_has_is_said_with_two_ways_out(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    for limit in office.find(Query(LodgingLimit)):
        edit_record(office, LodgingLimit, limit.id, {"valid_to": date(2020, 1, 1)}, limit.version)
    page.desk.run(remove_records, BudgetLine, [one.id for one in lines(office, planned)])
    reckoned.reckon()
    assert "住宿费限额表里没有" in reckoned.missing.text()
    reckoned.missing.linkActivated.emit("untold")
    nights = [one for one in lines(office, planned) if one.item.startswith("住宿费")]
    assert nights
    assert all(one.planned is None for one in nights)
    assert "href='untold'" not in reckoned.missing.text()
    reckoned.missing.linkActivated.emit("standards")
    assert page.window().stack.current is not page  # type: ignore[attr-defined]


def test_over_the_limit_what_saves_most_is_said(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    assert not reckoned.savings.isVisible()
    trip = book_of(office, planned).trip
    page.desk.worker.changed.emit(edit_record(office, Trip, planned, {"fund_limit": Money(100)}, trip.version))
    assert reckoned.savings.isVisible()
    assert "不去，约省" in reckoned.savings.text()


def test_a_line_known_person_by_person_is_not_overwritten_as_a_whole(
    reckoned: BudgetStep, page: TripPage, office: Office, planned: int
) -> None:
    entry = settlement_of(office, planned).entries[0]
    page.desk.run(settle, entry.line.id, entry.person, {"amount": Money(10_000)})
    reckoned.lines.setData(reckoned.lines.index(0, ACTUAL), "999")
    assert settlement_of(office, planned).actual == 10_000
    assert "按人填" in page.window().notice.text  # type: ignore[attr-defined]
