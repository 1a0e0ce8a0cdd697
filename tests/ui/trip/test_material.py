"""材料: the pack as pictures, as a file, on a printer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import book_of
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.domain.ledger import Act
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.material import MaterialStep
from zhaoshang_desktop.ui.trip.page import TripPage

LONG = 30_000


@pytest.fixture
def step(page: TripPage, planned: int, qtbot: QtBot) -> Iterator[MaterialStep]:
    page.show_record(planned, "material")
    found = page.view.step
    assert isinstance(found, MaterialStep)
    with qtbot.waitSignal(found.press.made, timeout=LONG):
        pass
    yield found
    page.leave()


def words(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[page].get_textpage().get_text_range() for page in range(len(document)))
    document.close()
    return text


def test_the_first_pages_are_shown_as_they_will_be_printed(step: MaterialStep, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: step.pages.has(0), timeout=LONG)
    count = len(step.pages.proof.sizes)
    assert count > 5
    assert step.said.text().startswith(f"共 {count} 页")
    assert not step.pages.has(count - 1)


def test_turning_to_the_end_draws_the_last_page(step: MaterialStep, qtbot: QtBot) -> None:
    last = len(step.pages.proof.sizes) - 1
    step.pages.go(last)
    qtbot.waitUntil(lambda: step.pages.has(last), timeout=LONG)
    assert step.status() == f"第 {last + 1} / {last + 1} 页"


def test_the_preview_follows_a_change(
    step: MaterialStep, page: TripPage, office: Office, planned: int, qtbot: QtBot
) -> None:
    before = step.pages.proof.number
    trip = book_of(office, planned).trip
    changes = edit_record(office, Trip, planned, {"name": "改了名字"}, trip.version)
    with qtbot.waitSignal(step.press.made, timeout=LONG):
        page.desk.worker.changed.emit(changes)
    assert step.pages.proof.number > before


def test_the_pack_is_saved_and_the_folder_remembered(step: MaterialStep, page: TripPage, tmp_path: Path) -> None:
    target = tmp_path / "出差" / "资料"
    target.parent.mkdir()
    step.save_to(target)
    saved = target.with_name("资料.pdf")
    text = words(saved)
    assert "长三角小分队" in text
    assert "青禾新材料股份有限公司" in text
    assert page.desk.settings.choices[MaterialStep.FOLDER] == str(target.parent)
    assert step.open.isVisible()


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(
    step: MaterialStep, page: TripPage, tmp_path: Path
) -> None:
    step.save_to(tmp_path / "没有这个文件夹" / "资料.pdf")
    assert page.window().notice.text  # type: ignore[attr-defined]
    assert not step.open.isVisible()
    assert list(tmp_path.glob("**/*.pdf")) == []


def test_pages_go_to_the_printer_one_after_the_other(step: MaterialStep, tmp_path: Path, qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setFromTo(1, 3)
    with qtbot.waitSignal(step.sheets.over, timeout=LONG) as over:
        step.print_on(printer)
    assert over.args == ["已送出 3 页到打印机。"]
    assert len(pypdfium2.PdfDocument(tmp_path / "打印.pdf")) == 3


def test_printing_can_be_cancelled(step: MaterialStep, tmp_path: Path, qtbot: QtBot) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    step.print_on(printer)
    with qtbot.waitSignal(step.sheets.over) as over:
        step.stop.click()
    assert over.args == ["已取消，打印了 0 页。"]
    assert not step.sheets.busy


def test_a_trip_without_targets_has_nothing_to_take_along(page: TripPage) -> None:
    page.new()
    page.view.go("material")
    step = page.view.step
    assert isinstance(step, MaterialStep)
    assert step.buttons() == ()
    step.empty.button.click()
    assert page.view.step.KEY == "targets"


def choose(step: MaterialStep, kind: str) -> None:
    step.kind.setCurrentIndex(step.kind.findData(kind))


def test_every_paper_of_the_trip_is_looked_at_and_saved(step: MaterialStep, tmp_path: Path, qtbot: QtBot) -> None:
    for kind, told in (("approval", "出差审批表"), ("itinerary", "行程单"), ("settlement", "结算单")):
        with qtbot.waitSignal(step.press.made, timeout=LONG):
            choose(step, kind)
        step.save_to(tmp_path / f"{kind}.pdf")
        assert told in words(tmp_path / f"{kind}.pdf").replace("\r\n", "")


def test_the_sheet_of_one_person_and_the_list_without_numbers(
    step: MaterialStep, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(step.press.made, timeout=LONG):
        choose(step, "itinerary")
    assert [step.person.itemText(row) for row in range(step.person.count())][:2] == ["所有人", "张敏"]
    with qtbot.waitSignal(step.press.made, timeout=LONG):
        step.person.setCurrentText("张敏")
    step.save_to(tmp_path / "张敏.pdf")
    assert "陈燕" not in words(tmp_path / "张敏.pdf")
    choose(step, "contacts")
    with qtbot.waitSignal(step.press.made, timeout=LONG):
        step.masked.setChecked(True)
    step.save_to(tmp_path / "通讯录.pdf")
    assert "13812342216" not in words(tmp_path / "通讯录.pdf")
    assert "隐去个人信息" in office.ledger()[0].deed.note


def test_the_calendar_has_no_pages_and_is_saved(step: MaterialStep, tmp_path: Path) -> None:
    choose(step, "calendar")
    assert [name for _, name in step.buttons()] == ["save", "take.out"]
    step.save_to(tmp_path / "行程")
    assert (tmp_path / "行程.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_promises_are_counted_beside_the_pages(
    step: MaterialStep, page: TripPage, office: Office, planned: int, qtbot: QtBot
) -> None:
    assert not step.warned.isVisible()
    trip = book_of(office, planned).trip
    changes = edit_record(office, Trip, planned, {"purpose": "洽谈，承诺零地价供应"}, trip.version)
    with qtbot.waitSignal(step.press.made, timeout=LONG):
        page.desk.worker.changed.emit(changes)
    assert step.warned.text() == "▲ 公平竞争提示 1 处"
    assert step.warned.isVisible()


def test_pages_that_went_to_a_printer_are_in_the_ledger(
    step: MaterialStep, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setFromTo(1, 1)
    with qtbot.waitSignal(step.sheets.over, timeout=LONG):
        step.print_on(printer)
    deed = office.ledger()[0].deed
    assert (deed.act, deed.note) == (Act.PRINT, "会见参考资料：长三角小分队")
