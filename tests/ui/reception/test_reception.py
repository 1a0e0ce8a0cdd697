"""请进来 on the screen: typed, pasted, checked while one types, refused where it must be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from tests.ui.conftest import County
from tests.ui.reception.conftest import DAY, book, make
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING,
    OFFICIAL,
    OURS,
    WORKING_MEAL,
    Reception,
    ReceptionMeal,
)
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.reception.basic import BasicSection
from zhaoshang_desktop.ui.reception.costs import CostsSection
from zhaoshang_desktop.ui.reception.new_dialog import NewReceptionDialog
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.people_dialog import ContactsDialog, MembersDialog
from zhaoshang_desktop.ui.reception.reception_list import NAME
from zhaoshang_desktop.ui.reception.rows import Rows
from zhaoshang_desktop.ui.reception.tables import ItemsSection, MealsSection, PeopleSection
from zhaoshang_desktop.ui.reception.talks import TalksSection


def put_cell(rows: Rows, row: int, name: str, text: str) -> None:
    """A cell edited to that text, as its delegate hands it over."""
    column = [one.name for one in rows.model.columns].index(name)
    rows.view.setCurrentIndex(rows.model.index(row, column))
    QGuiApplication.clipboard().setText(text)
    QTest.keySequence(rows.view, "Ctrl+V")


def test_an_empty_page_teaches_and_a_new_reception_asks_for_its_kind(page: ReceptionPage, office: Office) -> None:
    assert "还没有接待" in page.list.empty.sentence.text()
    page.list.empty.button.click()
    dialog = page.findChild(NewReceptionDialog)
    assert dialog is not None
    assert not dialog.make.isEnabled()
    dialog.visitor.setText("枣岭市发改委")
    assert "先选是哪一种接待" in dialog.said.text()
    dialog.kinds[OFFICIAL].setChecked(True)
    dialog.make.click()
    assert page.inside
    one = book(office, page.view.key).reception
    assert (one.kind, one.name, one.from_unit) == (OFFICIAL, "枣岭市发改委来访", "枣岭市发改委")
    assert any("没有公函" in text for text in page.view.findings.texts())


def test_the_sentence_comes_while_one_types(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key, "meals")
    section = page.view.step
    assert isinstance(section, MealsSection)
    assert "客人 8 人" in section.said.text()
    assert "陪餐不超过 3 人（《党政机关国内公务接待管理规定》第十条）" in section.said.text()
    QGuiApplication.clipboard().setText("日期\t餐次\t用餐方式\n2026-12-08\t午餐\t工作餐\n")
    QTest.keySequence(section.rows.view, "Ctrl+V")
    assert [one.kind for one in book(office, key).meals] == [WORKING_MEAL]
    assert page.view.findings.texts() == []
    put_cell(section.rows, 0, "companions", "5")
    assert page.view.findings.texts() == [
        "✗ 须改正　12-08 午餐：客人 8 人，陪餐不超过 3 人，现在是 5 人（《党政机关国内公务接待管理规定》第十条）。"
    ]
    put_cell(section.rows, 0, "alcohol", "是")
    assert any("不上酒" in text for text in page.view.findings.texts())
    page.desk.run(office_undo)
    page.desk.run(office_undo)
    assert page.view.findings.texts() == []


def office_undo(office: Office) -> object:
    undone = office.undo()
    assert undone is not None
    return undone.changes


def test_a_sentence_leads_to_where_it_is_mended(page: ReceptionPage, office: Office) -> None:
    page.show_record(make(office, letter_number=""), "items")
    page.view.findings.list.itemClicked.emit(page.view.findings.list.item(0))
    assert isinstance(page.view.step, BasicSection)


def test_the_kind_is_not_switched_when_there_are_costs(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key, "costs")
    section = page.view.step
    assert isinstance(section, CostsSection)
    QGuiApplication.clipboard().setText("项目\t预算\t实际\n会议材料\t120\t115.5\n")
    QTest.keySequence(section.rows.view, "Ctrl+V")
    (line,) = book(office, key).costs
    assert (line.account, line.actual) == (OFFICIAL, Money(11_550))
    assert "预算 120 元" in section.verdict.text()
    complaints: list[object] = []
    page.desk.complained.connect(complaints.append)
    page.view.go("basic")
    basic = page.view.step
    assert isinstance(basic, BasicSection)
    box = basic.fields["kind"].editor.focusProxy()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(INVESTING))
    box.activated.emit(box.currentIndex())
    basic.keep()
    assert "不能改成“招商接待”" in str(complaints[0])
    assert book(office, key).reception.kind == OFFICIAL
    assert box.currentText() == OFFICIAL


def test_all_fields_of_a_cost_leave_no_way_to_the_other_kind(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key, "costs")
    section = page.view.step
    assert isinstance(section, CostsSection)
    QGuiApplication.clipboard().setText("项目\t预算\n会议材料\t120\n")
    QTest.keySequence(section.rows.view, "Ctrl+V")
    section.rows.view.setCurrentIndex(section.rows.model.index(0, 0))
    section.rows.open_whole()
    from zhaoshang_desktop.ui.library.child_dialog import ChildDialog

    dialog = section.rows.findChild(ChildDialog)
    assert dialog is not None
    assert {"account", "reception"}.isdisjoint(dialog.form.parts)
    dialog.reject()


def test_what_was_reckoned_and_changed_by_hand_stays(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    with office.transaction("餐") as tx:
        tx.save(ReceptionMeal(reception=key, day=DAY, kind=WORKING_MEAL, per_head=Money(5_000), companions=2))
    page.show_record(key, "costs")
    section = page.view.step
    assert isinstance(section, CostsSection)
    section.reckon()
    (line,) = book(office, key).costs
    assert line.planned == Money(50_000)
    put_cell(section.rows, 0, "planned", "400")
    section.reckon()
    (line,) = book(office, key).costs
    assert (line.planned, line.reckoned) == (Money(40_000), None)


def test_a_limit_that_does_not_hold_for_all_costs_says_for_how_much_it_does(
    page: ReceptionPage, office: Office
) -> None:
    key = make(office)
    page.show_record(key, "costs")
    section = page.view.step
    assert isinstance(section, CostsSection)
    QGuiApplication.clipboard().setText("项目\t预算\t限额\n工作餐\t440\t480\n")
    QTest.keySequence(section.rows.view, "Ctrl+V")
    assert "预算 440 元　限额 480 元" in section.verdict.text()
    assert "管其中" not in section.verdict.text()
    QGuiApplication.clipboard().setText("项目\t预算\n会议材料\t120\n")
    QTest.keySequence(section.rows.view, "Ctrl+V")
    assert "预算 560 元　限额 480 元（管其中 440 元）" in section.verdict.text()


def test_guests_are_ticked_among_the_investors_people_and_ours_among_the_members(
    page: ReceptionPage, office: Office, county: County
) -> None:
    key = make(office, INVESTING, 0, investors=(county.qinghe.id,))
    page.show_record(key, "people")
    section = page.view.step
    assert isinstance(section, PeopleSection)
    section.choose_guests()
    contacts = section.findChild(ContactsDialog)
    assert contacts is not None
    assert contacts.list.count() == 1
    contacts.list.item(0).setCheckState(Qt.CheckState.Checked)
    contacts.put.click()
    section.choose_ours()
    members = section.findChild(MembersDialog)
    assert members is not None
    members.list.item(0).setCheckState(Qt.CheckState.Checked)
    members.accept()
    told = {one.name: one.side for one in book(office, key).people}
    assert told == {"周远航": GUEST, "张敏": OURS}
    assert section.status() == "客人 1 人　我方 1 人"


def test_rows_from_excel_are_guests_and_one_undo_takes_them_back(page: ReceptionPage, office: Office) -> None:
    key = make(office, guests=0)
    page.show_record(key, "people")
    section = page.view.step
    assert isinstance(section, PeopleSection)
    said: list[str] = []
    page.desk.said.connect(lambda words, _batch: said.append(words))
    QGuiApplication.clipboard().setText("姓名\t职务\n韩维平\t副主任\n\t科员\n罗开颜\t科长")
    section.handlers()["reception.paste"]()
    assert said == ["粘贴了 2 行。有 1 行没有姓名，没有加进来。"]
    assert [(one.name, one.unit) for one in book(office, key).guests] == [("韩维平", "市局"), ("罗开颜", "市局")]
    page.desk.run(office_undo)
    assert book(office, key).guests == []


def test_cells_are_copied_as_excel_takes_them(page: ReceptionPage, office: Office) -> None:
    page.show_record(make(office, guests=2), "people")
    section = page.view.step
    assert isinstance(section, PeopleSection)
    section.guests.view.selectAll()
    QTest.keySequence(section.guests.view, "Ctrl+C")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["客0", "客1"]


def test_a_row_of_the_programme_is_typed_like_a_sheet(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key, "items")
    section = page.view.step
    assert isinstance(section, ItemsSection)
    section.rows.add()
    assert section.rows.model.rows[0].day == DAY
    section.rows.commit()
    section.rows.view.setFocus()
    put_cell(section.rows, 0, "what", "座谈")
    (item,) = book(office, key).items
    assert (item.what, item.day) == ("座谈", DAY)
    put_cell(section.rows, 0, "start", "九点半吧")
    (item,) = book(office, key).items
    assert item.raw == {"start": "九点半吧"} or item.start == 570


def test_talks_come_from_the_investors_who_came(page: ReceptionPage, office: Office, county: County) -> None:
    key = make(office, INVESTING, 0, investors=(county.qinghe.id,))
    page.show_record(key, "talks")
    section = page.view.step
    assert isinstance(section, TalksSection)
    section.empty.button.click()
    assert [one.investor for one in section.rows.model.rows] == [county.qinghe.id]
    assert section.rows.model.index(0, 0).data() == "青禾新材料股份有限公司"
    assert section.status() == "已记录 0 / 1 家"


def test_no_step_asks_for_more_room_than_a_small_screen_has(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    for step in page.VIEW.STEPS:
        page.show_record(key, step.KEY)
        assert page.view.minimumSizeHint().width() <= 911, step.TITLE


def test_a_reception_of_one_day_says_the_day_once(page: ReceptionPage, office: Office) -> None:
    page.show_record(make(office))
    start = book(office, page.key).reception.start
    assert start is not None
    assert page.view.beside(page.view.sight).count(f"{start:%m-%d}") == 1


def test_the_list_tells_the_kinds_apart_and_search_finds_them(page: ReceptionPage, office: Office) -> None:
    make(office)
    make(office, INVESTING, name="青禾来访")
    page.list.ask()
    assert page.list.status() == "共 2 次　公务接待 1 次　招商接待 1 次"
    page.list.bar.chips[INVESTING].click()
    assert [line.texts[NAME] for line in page.list.model.lines] == ["青禾来访"]
    assert page.list.clear()
    page.list.search.setText("shijulaifang")
    assert [line.texts[NAME] for line in page.list.model.lines] == ["市局来访"]
    page.list.search.setText("没有的")
    assert "没有符合条件" in page.list.empty.sentence.text()


def test_a_reception_that_was_removed_leaves_its_page(page: ReceptionPage, office: Office) -> None:
    key = make(office)
    page.show_record(key)
    assert page.inside
    from zhaoshang_desktop.actions.record import remove_records

    page.desk.run(remove_records, Reception, [key])
    assert not page.inside
    assert page.list.model.lines == []


def test_esc_leads_back_to_the_list_with_the_cursor_where_it_was(page: ReceptionPage, office: Office) -> None:
    make(office, name="甲来访")
    key = make(office, name="乙来访")
    page.show_record(key)
    assert page.back()
    assert not page.inside
    assert page.list.current_key == key


def test_what_would_go_into_a_pack_is_the_reception_in_front(page: ReceptionPage, office: Office) -> None:
    assert page.to_pack() == {}
    key = make(office)
    page.show_record(key)
    assert page.to_pack() == {"chosen": (Reception, (key,))}
