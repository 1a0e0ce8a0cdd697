"""A reception from the letter to the bill: through the window, with its real threads, on a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.reception_book import load_reception
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.reception import INVESTING
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reception.basic import BasicSection
from zhaoshang_desktop.ui.reception.costs import CostsSection
from zhaoshang_desktop.ui.reception.ledger_dialog import LedgerDialog
from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.papers import PapersSection
from zhaoshang_desktop.ui.reception.tables import ItemsSection, MealsSection, PeopleSection
from zhaoshang_desktop.ui.reception.talks import TalksSection

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = 30_000
CLOCK = FixedClock(datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=CLOCK)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        tx.save(Member(name="张敏", unit=unit.id))
        firm = tx.save(Investor(name="青禾新材料股份有限公司", place="320200"))
        tx.save(Contact(investor=firm.id, name="周远航", post="董事长"))
    yield made
    made.close()


def test_a_reception_from_the_letter_to_the_bill(
    window: MainWindow, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    def wait(until: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(until()), timeout=LONG)

    def paste(view: object, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        QTest.keySequence(view, "Ctrl+V")  # type: ignore[call-overload]

    window.call("reception.new")
    page = window.stack.current
    assert isinstance(page, ReceptionPage)
    dialog = page.findChild(NewReceptionDialog)
    assert dialog is not None
    dialog.kinds[INVESTING].setChecked(True)
    dialog.visitor.setText("青禾新材料股份有限公司")
    dialog.letter.setText("来访函")
    dialog.make.click()
    wait(lambda: page.inside and page.view.sight)
    key = page.view.key

    basic = page.view.step
    assert isinstance(basic, BasicSection)
    firm = office.find(Query(Investor))[0]
    basic.fields["investors"].editor.put_changed((firm.id,))
    basic.fields["purpose"].editor.put_changed("考察二期选址")
    page.view.go_on()
    wait(lambda: load_reception(office, key).reception.investors == (firm.id,))

    people = page.view.step
    assert isinstance(people, PeopleSection)
    paste(people.guests.view, "姓名\t职务\n周远航\t董事长\n顾清\t副总经理\n")
    wait(lambda: len(load_reception(office, key).guests) == 2)
    paste(people.ours.view, "姓名\t单位\t陪餐\n张敏\t县投促局\t是\n")
    wait(lambda: len(load_reception(office, key).ours) == 1)
    page.view.go_on()
    items = page.view.step
    assert isinstance(items, ItemsSection)
    paste(items.rows.view, "日期\t开始\t结束\t内容\n2026-12-01\t10:00\t11:30\t看厂房\n2026-12-01\t14:00\t16:00\t座谈\n")
    wait(lambda: len(load_reception(office, key).items) == 2)
    page.view.go("meals")
    meals = page.view.step
    assert isinstance(meals, MealsSection)
    paste(meals.rows.view, "日期\t餐次\t用餐方式\t每人费用\n2026-12-01\t晚餐\t招商用餐\t110元\n")
    wait(lambda: load_reception(office, key).meals)
    page.view.go("costs")
    costs = page.view.step
    assert isinstance(costs, CostsSection)
    costs.reckon()
    wait(lambda: load_reception(office, key).costs)
    (line,) = load_reception(office, key).costs
    assert (line.account, line.planned and line.planned.fen) == (INVESTING, 33_000)

    page.view.go("papers")
    papers = page.view.step
    assert isinstance(papers, PapersSection)
    wait(lambda: papers.pages.proof.sizes)
    papers.choose("bill")
    bill = tmp_path / "清单.pdf"
    papers.save_to(bill)
    wait(bill.exists)
    wait(lambda: not window.desk.worker.busy)
    text = pypdfium2.PdfDocument(bill)[0].get_textpage().get_text_range()
    assert "招商接待清单" in text
    assert "周远航" in text

    page.view.go("talks")
    talks = page.view.step
    assert isinstance(talks, TalksSection)
    talks.log()
    wait(lambda: office.find(Query(Visit)))
    (visit,) = office.find(Query(Visit))
    assert (visit.direction, visit.way, visit.investor) == ("请进来", "接待", firm.id)

    ledger = LedgerDialog(window.desk, INVESTING, page)
    ledger.save_to(tmp_path / "台账.xlsx")
    wait((tmp_path / "台账.xlsx").exists)
    wait(lambda: not window.desk.worker.busy)
    sheet = openpyxl.load_workbook(tmp_path / "台账.xlsx").active
    assert list(sheet.iter_rows(values_only=True))[-1][9] == 330
