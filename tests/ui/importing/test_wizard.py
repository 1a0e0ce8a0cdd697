"""The import wizard as a whole: its steps, its keys, its way out."""

from __future__ import annotations

import contextlib
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.dropping import drop
from tests.ui.importing.conftest import Save, Walk, count
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.layout import Role
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import CHECK, CHOOSE, DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow


def test_a_messy_workbook_becomes_records(walk: Walk, office: Office, messy: Path) -> None:
    before = count(office, Investor)
    walk.finish(messy)
    found = {one.name: one for one in office.find(Query(Investor))}
    assert len(found) == before + 2
    assert found["北塘精密铸造有限公司"].place == "320200"
    assert found["盛泽纺织集团有限公司"].raw == {"registered_capital": "未透露"}
    people = {one.name for one in office.find(Query(Contact)) if one.investor == found["北塘精密铸造有限公司"].id}
    assert people == {"许厂长", "李经理"}


def test_enter_goes_on_and_escape_goes_back(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    walk.bot.keyClick(walk.wizard.recognise.view, Qt.Key.Key_Return)
    walk.until(lambda: walk.wizard.place == CHECK)
    walk.bot.keyClick(walk.wizard.check.table, Qt.Key.Key_Escape)
    assert walk.wizard.place == RECOGNISE
    walk.bot.keyClick(walk.wizard.recognise.view, Qt.Key.Key_Escape)
    assert walk.wizard.place == CHOOSE


def test_escape_on_the_first_step_leaves_the_wizard(walk: Walk, window: MainWindow) -> None:
    walk.bot.keyClick(walk.wizard.choose.drop.button, Qt.Key.Key_Escape)
    assert isinstance(window.stack.current, LibraryPage)


def test_what_an_import_made_goes_with_its_page_and_no_later_keystroke_waits_for_it(
    qtbot: QtBot, window: MainWindow, messy: Path
) -> None:
    window.orders.open_import()
    walk = Walk(qtbot, window.stack.current)
    walk.finish(messy)
    plan = weakref.ref(walk.session.plan)
    walk.wizard.go_on()
    del walk
    qtbot.waitUntil(lambda: plan() is None)
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10


def test_every_step_can_be_visited_again(walk: Walk, messy: Path) -> None:
    walk.settle(messy)
    walk.bot.mouseClick(walk.wizard.steps.buttons[RECOGNISE], Qt.MouseButton.LeftButton)
    assert walk.wizard.place == RECOGNISE
    walk.bot.mouseClick(walk.wizard.steps.buttons[DUPLICATES], Qt.MouseButton.LeftButton)
    assert walk.wizard.place == DUPLICATES
    assert walk.session.plan is not None


def test_a_step_that_nothing_leads_to_yet_is_shut(walk: Walk, messy: Path) -> None:
    assert not walk.wizard.steps.buttons[RECOGNISE].isEnabled()
    walk.recognise(messy)
    assert not walk.wizard.steps.buttons[OUTCOME].isEnabled()


def test_leaving_keeps_nothing_half_done(walk: Walk, office: Office, messy: Path) -> None:
    before, batches = count(office, Investor), len(office.batches())
    walk.settle(messy)
    while walk.wizard.place:
        walk.wizard.back()
    walk.wizard.back()
    assert (count(office, Investor), len(office.batches())) == (before, batches)


def test_what_is_going_on_can_be_stopped_and_begun_again(walk: Walk, messy: Path) -> None:
    walk.recognise(messy)
    walk.wizard.go_on()
    walk.wizard.busy.cancelled.emit()
    assert walk.wizard.place == RECOGNISE
    assert not walk.session.waiting
    walk.on(CHECK)


def test_a_correction_after_the_plan_makes_it_anew(walk: Walk, messy: Path) -> None:
    walk.settle(messy)
    assert walk.session.plan is not None
    before = walk.session.plan.records
    walk.wizard.go(RECOGNISE)
    walk.session.correct_rows([6], Role.NOTE)
    walk.idle()
    walk.on(CHECK)
    walk.on(DUPLICATES)
    assert walk.session.plan is not None
    assert walk.session.plan.records == before - 1


def test_a_record_made_meanwhile_is_seen_before_anything_is_stored(
    walk: Walk, office: Office, window: MainWindow, messy: Path
) -> None:
    walk.settle(messy)
    window.desk.run(new_record, Investor(name="北塘精密铸造有限公司"))
    walk.idle()
    walk.on(OUTCOME)
    assert len(office.find(Query(Investor, words="北塘精密铸造"))) == 1


def test_an_import_is_one_batch_that_can_be_taken_back(walk: Walk, office: Office, messy: Path) -> None:
    before = {one.name: one.registered_capital for one in office.find(Query(Investor))}
    batches = len(office.batches())
    walk.finish(messy)
    assert len(office.batches()) == batches + 1
    walk.wizard.outcome.undo.click()
    walk.idle()
    assert {one.name: one.registered_capital for one in office.find(Query(Investor))} == before
    assert "已撤销" in walk.wizard.outcome.headline.text()


def test_what_was_taken_back_can_be_imported_again(walk: Walk, office: Office, messy: Path) -> None:
    walk.finish(messy)
    stored = count(office, Investor)
    walk.wizard.outcome.undo.click()
    walk.idle()
    walk.wizard.outcome.again.click()
    walk.until(lambda: walk.session.result is not None)
    assert count(office, Investor) == stored


def test_the_same_list_again_stores_nothing_and_says_so(walk: Walk, office: Office, save: Save) -> None:
    book = save([("企业名称", "备注"), ("甲新材料有限公司", "一期")])
    walk.finish(book)
    walk.settle(book)
    assert not walk.wizard.onward.isEnabled()
    assert "库里都有了" in walk.wizard.hint.text()


def test_the_library_opens_on_what_was_imported(walk: Walk, window: MainWindow, save: Save) -> None:
    walk.finish(save([("企业名称",), ("甲新材料有限公司",), ("乙装备有限公司",)]))
    walk.wizard.onward.click()
    page = window.stack.current
    assert isinstance(page, LibraryPage)
    assert page.list.model.rowCount() == 2


def test_a_file_is_dropped_on_the_wizard(walk: Walk, messy: Path) -> None:
    drop(walk.wizard.choose.drop, messy)
    walk.until(lambda: walk.wizard.place == RECOGNISE)
    assert walk.session.paths == (messy,)


def test_a_full_disk_is_said_on_the_page_with_a_way_to_try_again(walk: Walk, office: Office, messy: Path) -> None:
    walk.settle(messy)
    before = count(office, Investor)
    with full_disk(office):
        walk.wizard.onward.click()
        walk.until(lambda: not walk.wizard.error.isHidden())
        walk.idle()
    assert "磁盘已满" in walk.wizard.error.words.text()
    assert count(office, Investor) == before
    walk.wizard.error.button.click()
    walk.until(lambda: walk.wizard.place == OUTCOME)
    assert count(office, Investor) == before + 2


def test_a_wizard_that_was_left_is_gone(qtbot: QtBot, window: MainWindow, wizard: ImportWizard, messy: Path) -> None:
    wizard.take(messy)
    qtbot.waitUntil(lambda: wizard.place == RECOGNISE, timeout=20_000)
    with qtbot.waitSignal(wizard.destroyed):
        wizard.back()
        wizard.back()
    assert not window.findChildren(ImportWizard)


def test_no_cell_has_a_widget_of_its_own(walk: Walk, save: Save) -> None:
    small = save([("企业名称", "备注"), *((f"{n}号新材料有限公司", n) for n in range(10))], "小.xlsx")
    large = save([("企业名称", "备注"), *((f"{n}号新材料有限公司", n) for n in range(3000))], "大.xlsx")
    walk.settle(small)
    before = len(walk.wizard.findChildren(QWidget))
    walk.settle(large)
    assert len(walk.wizard.findChildren(QWidget)) <= before + 5


@contextlib.contextmanager
def full_disk(office: Office) -> Iterator[None]:
    """SQLite itself says that nothing fits any more."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    with office.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TRIGGER full BEFORE INSERT ON investor {refuse}")
    yield
    with office.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
