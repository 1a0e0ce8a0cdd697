"""洽谈记录 of a reception: typed up as the visits of a trip are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import County
from tests.ui.reception.conftest import make
from tests.ui.trip.conftest import write
from zhaoshang_desktop.actions.reception import add_contacts
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.actions.rights import put_user
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import INVESTING
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.reception.page import ReceptionPage
from zhaoshang_desktop.ui.reception.talk_dialog import TalkDialog
from zhaoshang_desktop.ui.reception.talks import TalksSection


def test_a_talk_is_typed_up_in_the_form_of_a_trip_s_visits(page: ReceptionPage, office: Office, county: County) -> None:
    made = new_record(office, Contact(investor=county.qinghe.id, name="周远航", post="董事长"))
    (guest,) = made.of("contact")
    key = make(office, INVESTING, investors=(county.qinghe.id,))
    add_contacts(office, key, [guest])
    page.show_record(key, "talks")
    talks = page.view.step
    assert isinstance(talks, TalksSection)
    talks.log()
    talks.rows.view.setCurrentIndex(talks.rows.model.index(0, 0))
    talks.rows.open_whole()
    dialog = talks.rows.findChild(TalkDialog)
    assert dialog is not None
    assert dialog.form.hosts.value == (guest,)
    write(dialog.form.ui.said, "二期要看蒸汽价格。")
    QTest.keyClick(dialog.form.intention, Qt.Key.Key_B)
    line = dialog.form.fields["next_step"].editor.focusProxy()
    assert line is not None
    write(line, "寄园区图")
    QTest.keyClick(dialog.form.ui.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (stored,) = office.find(Query(Visit, where=(Where("reception", "=", key),)))
    told = (stored.state, stored.said, stored.intention, stored.next_step, stored.contacts, stored.direction)
    assert told == ("已完成", "二期要看蒸汽价格。", "B", "寄园区图", (guest,), "请进来")
    assert stored.host_rank == "董事长或总经理"


def test_a_leader_reads_a_talk_and_finds_nothing_to_type_into_or_to_press(
    page: ReceptionPage, office: Office, county: County
) -> None:
    key = make(office, INVESTING, investors=(county.qinghe.id,))
    page.show_record(key, "talks")
    talks = page.view.step
    assert isinstance(talks, TalksSection)
    talks.log()
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "局长", Role.LEADER, "qinglan-3")
    office.sign_in("局长", "qinglan-3")
    talks.rows.view.setCurrentIndex(talks.rows.model.index(0, 0))
    talks.rows.open_whole()
    dialog = talks.rows.findChild(TalkDialog)
    assert dialog is not None
    before, form = office.latest(), dialog.form
    assert form.ui.said.isReadOnly()
    assert form.ui.result.isReadOnly()
    shut = (form.intention, form.hosts, form.ui.counted, form.ui.save, form.ui.facts)
    assert not any(widget.isEnabled() for widget in shut)
    QTest.keyClick(form.ui.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert office.latest() == before


def test_a_talk_that_is_refused_comes_back_as_it_was_typed(page: ReceptionPage, office: Office, county: County) -> None:
    key = make(office, INVESTING, investors=(county.qinghe.id,))
    page.show_record(key, "talks")
    talks = page.view.step
    assert isinstance(talks, TalksSection)
    talks.log()
    put_user(office, "张敏", Role.ADMIN, "qinglan-1")
    put_user(office, "王磊", Role.LEADER, "qinglan-2")
    talks.rows.view.setCurrentIndex(talks.rows.model.index(0, 0))
    talks.rows.open_whole()
    dialog = talks.rows.findChild(TalkDialog)
    assert dialog is not None
    write(dialog.form.ui.said, "二期要看蒸汽价格。")
    office.sign_in("王磊", "qinglan-2")
    dialog.form.ui.save.click()
    assert dialog.isVisible()
    assert dialog.form.ui.said.toPlainText() == "二期要看蒸汽价格。"
    office.sign_in("张敏", "qinglan-1")
    dialog.form.ui.save.click()
    (stored,) = office.find(Query(Visit, where=(Where("reception", "=", key),)))
    assert stored.said == "二期要看蒸汽价格。"


def test_half_a_talk_is_kept_as_a_draft(page: ReceptionPage, office: Office, county: County) -> None:
    key = make(office, INVESTING, investors=(county.qinghe.id,))
    page.show_record(key, "talks")
    talks = page.view.step
    assert isinstance(talks, TalksSection)
    talks.log()
    talks.rows.view.setCurrentIndex(talks.rows.model.index(0, 0))
    talks.rows.open_whole()
    dialog = talks.rows.findChild(TalkDialog)
    assert dialog is not None
    write(dialog.form.ui.said, "对方关心")
    dialog.reject()
    (stored,) = office.find(Query(Visit, where=(Where("reception", "=", key),)))
    assert stored.said == "对方关心"
