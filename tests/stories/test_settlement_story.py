"""Back from a trip: through the window, with its real threads, the money is settled in a few minutes.

Allowances fill themselves in, hotels are typed down the column with their receipts, one night was too dear and says
why, the last receipt is a photo; then the trip is closed, and the sheet goes to the accountant.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.papers.reading import page_texts
from tests.stories import test_trip_story as trip_story
from zhaoshang_desktop.actions.settlement import settlement_of
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip, plan_trip
from zhaoshang_desktop.domain.day import read_day
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.settlement import NO_RECEIPT, OVER_LODGING, Settlement
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.files_dialog import FilesDialog
from zhaoshang_desktop.ui.trip.settle import SettleStep
from zhaoshang_desktop.ui.trip.settle_table import ACTUAL, REASON, RECEIPTS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Clerk = trip_story.Clerk
office, clerk = trip_story.office, trip_story.clerk


@pytest.fixture
def trip(office: Office) -> int:
    """Two by car, three days, planned."""
    keys = [one.id for one in office.find(Query(Member, order=("id",)))][:2]
    targets = tuple(TargetWish(one.id) for one in office.find(Query(Investor, order=("id",)))[:3])
    wish = TripWish("走访新材料企业", read_day("2026-12-07"), read_day("2026-12-09"), "320900", "长三角小分队",
                    targets=targets, teams=(TeamWish("一队", tuple(keys)),))  # fmt: skip
    key, _ = new_trip(office, wish)
    plan_trip(office, key, iterations=100)
    return key


def test_the_money_of_a_trip_is_settled(clerk: Clerk, trip: int, tmp_path: Path) -> None:
    clerk.page.show_record(trip, "settle")
    clerk.wait(lambda: clerk.page.inside and clerk.page.view.step.KEY == "settle")
    step = clerk.page.view.step
    assert isinstance(step, SettleStep)
    clerk.wait(lambda: step.entries.done.entries)
    step.fill()
    clerk.wait(lambda: all(one.spent for one in step.entries.done.entries if one.is_allowance))
    nights = [row for row, one in enumerate(step.entries.done.entries) if one.line.item.startswith("住宿费")]
    assert nights
    type_nights(clerk, step, nights)
    say_why(clerk, step, nights[0])
    put_photo(clerk, step)
    clerk.wait(lambda: step.next.text() == "都填齐了")
    step.finish()
    clerk.wait(lambda: clerk.book().trip.state == "已结算")
    path = tmp_path / "结算单.pdf"
    step.export_to(path)
    clerk.wait(path.exists)
    clerk.settled()
    text = "".join(page_texts(path.read_bytes()))
    done = of(clerk, trip)
    assert f"{done.actual / 100:,.2f}" in text
    assert "还要补的" not in text
    clerk.page.leave()


def of(clerk: Clerk, trip: int) -> Settlement:
    return settlement_of(clerk.office, trip)


def editor(step: SettleStep, row: int, column: int) -> QWidget:
    """A cell is opened with F2."""
    step.table.setFocus()
    step.table.setCurrentIndex(step.entries.index(row, column))
    QTest.keyClick(step.table, Qt.Key.Key_F2)
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_nights(clerk: Clerk, step: SettleStep, nights: list[int]) -> None:
    """The first night is 60 元 too dear; each has its receipt, one cell after the other by Tab."""
    for number, row in enumerate(nights):
        entry = step.entries.done.entries[row]
        amount = (entry.limit or 0) / 100 + (60 if number == 0 else -20)
        QTest.keyClicks(cell := editor(step, row, ACTUAL), f"{amount}")
        QTest.keyClick(cell, Qt.Key.Key_Tab)
        clerk.wait(lambda: step.table.editing and step.table.currentIndex().column() == RECEIPTS)
        receipt = QApplication.focusWidget()
        assert receipt is not None
        QTest.keyClicks(receipt, f"2411{number}")
        QTest.keyClick(receipt, Qt.Key.Key_Return)
        clerk.wait(lambda: not step.table.editing)
        clerk.wait(lambda row=row, number=number: step.entries.done.entries[row].receipts == f"2411{number}")


def say_why(clerk: Clerk, step: SettleStep, row: int) -> None:
    assert step.entries.done.entries[row].problems == (OVER_LODGING,)
    clerk.write(cell := editor(step, row, REASON), "展会期间，附近只有这一家")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    clerk.wait(lambda: step.entries.done.entries[row].problems == ())


def put_photo(clerk: Clerk, step: SettleStep) -> None:
    """The car's receipts are a photo, pasted."""
    row = next(row for row, one in enumerate(step.entries.done.entries) if "用车" in one.line.item)
    planned = step.entries.done.entries[row].planned
    QTest.keyClicks(cell := editor(step, row, ACTUAL), f"{planned / 100}")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    clerk.wait(lambda: step.entries.done.entries[row].problems == (NO_RECEIPT,))
    step.table.setCurrentIndex(step.entries.index(row, ACTUAL))
    step.open_files()
    dialog = next(one for one in step.findChildren(FilesDialog) if one.isVisible())
    picture = QImage(16, 16, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    QApplication.clipboard().setImage(picture)
    dialog.files.paste()
    clerk.wait(lambda: step.entries.done.entries[row].files == 1)
    dialog.close()
