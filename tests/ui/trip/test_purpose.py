"""目的: each field is stored when it is left, and the days say what they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.trip.conftest import book_of, write
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.purpose import PurposeStep


def purpose(page: TripPage, trip: int) -> PurposeStep:
    page.show_record(trip, "purpose")
    step = page.view.step
    assert isinstance(step, PurposeStep)
    return step


def type_into(step: PurposeStep, field: str, text: str) -> None:
    line = step.fields[field].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    write(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_field_is_stored_when_enter_is_pressed(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "name", "苏南三日")
    type_into(step, "fund_limit", "1.2万元")
    stored = book_of(office, trip).trip
    assert (stored.name, stored.fund_limit) == ("苏南三日", Money(1_200_000))


def test_what_is_typed_is_stored_when_one_goes_to_another_step(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    box = step.fields["purpose"].editor.focusProxy()
    assert box is not None
    write(box, "推介标准厂房，")
    page.view.go("targets")
    assert book_of(office, trip).trip.purpose.startswith("推介标准厂房，")


def test_closing_in_the_middle_of_a_word_loses_nothing(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    line = step.fields["approval"].editor.focusProxy()
    assert line is not None
    write(line, "清招〔2026〕17号")
    assert page.leave()
    assert book_of(office, trip).trip.approval == "清招〔2026〕17号"


def test_undo_takes_back_the_last_field_and_the_form_follows(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "chain", "高端装备")
    page.window().call("undo")  # type: ignore[attr-defined]
    line = step.fields["chain"].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    assert line.text() == "新材料"
    assert book_of(office, trip).trip.chain == "新材料"


def test_holidays_and_weekends_in_the_trip_are_named(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "end", "2026-12-13")
    assert "其中工作日 5 天" in step.said.text()
    assert "周六 12-12" in step.said.text()


def test_a_year_without_its_notice_says_so(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "end", "2027-01-05")
    assert "2027年放假安排尚未公布" in step.said.text()
    assert step.said.property("role") == "weak"


def test_a_return_before_the_departure_is_said_at_once(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "end", "2026-12-01")
    assert "返回日期早于出发日期" in step.said.text()
    assert PurposeStep.mark(step.sight).state == "open"  # type: ignore[arg-type]


def test_a_text_that_is_no_date_stays_to_be_seen(page: TripPage, office: Office, trip: int) -> None:
    step = purpose(page, trip)
    type_into(step, "fund_limit", "看情况")
    assert book_of(office, trip).trip.raw == {"fund_limit": "看情况"}
    assert "看情况" in step.fields["fund_limit"].note
