"""队员: who is in which team, and what nobody can talk about."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.trip.conftest import FRIDAY, MONDAY, Stock, book_of, write
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip
from zhaoshang_desktop.domain.absence import Absence
from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.crew_dialog import CrewDialog
from zhaoshang_desktop.ui.trip.member_table import FIRST_TEAM
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.teams import TeamsStep


@pytest.fixture
def step(page: TripPage, trip: int) -> TeamsStep:
    page.show_record(trip, "teams")
    found = page.view.step
    assert isinstance(found, TeamsStep)
    return found


def row_of(step: TeamsStep, name: str) -> int:
    return next(row for row, one in enumerate(step.members.rows.people) if one.name == name)


def tick(step: TeamsStep, name: str, team: int) -> None:
    index = step.members.rows.index(row_of(step, name), FIRST_TEAM + team)
    step.members.scrollTo(index)
    centre = step.members.visualRect(index).center()
    QTest.mouseClick(step.members.viewport(), Qt.MouseButton.LeftButton, pos=centre)


def button(inside: QWidget, text: str) -> QPushButton:
    shown = (one for one in inside.findChildren(QPushButton) if one.isVisibleTo(inside))
    return next(one for one in shown if one.text() == text)


def members(office: Office, trip: int) -> list[list[str]]:
    book = book_of(office, trip)
    return [[book.members[key].name for key in team.members] for team in book.teams]


def test_a_list_without_people_says_why(step: TeamsStep) -> None:
    empty = step.members.empty
    write(step.search, "没有这个人")
    assert "没有找到" in empty.sentence.text()
    write(step.search, "")
    step.search.clear()
    assert empty.isHidden()
    step.members.rows.put([], ["一队"], {})
    assert "还没有招商人员" in empty.sentence.text()


def test_a_tick_moves_somebody_into_the_team_and_out_of_the_other(step: TeamsStep, office: Office, trip: int) -> None:
    tick(step, "王磊", 1)
    assert members(office, trip) == [["张敏"], ["李想", "陈燕", "王磊"]]


def test_figures_on_the_keyboard_do_the_same(step: TeamsStep, office: Office, trip: int) -> None:
    step.members.setCurrentIndex(step.members.rows.index(row_of(step, "韩立诚"), 0))
    QTest.keyClick(step.members, Qt.Key.Key_1)
    assert members(office, trip)[0] == ["张敏", "王磊", "韩立诚"]
    QTest.keyClick(step.members, Qt.Key.Key_0)
    assert members(office, trip)[0] == ["张敏", "王磊"]


def test_somebody_can_be_dragged_onto_a_team(step: TeamsStep, office: Office, trip: int) -> None:
    data: QMimeData = step.members.rows.mimeData([step.members.rows.index(row_of(step, "褚文博"), 0)])
    actions, buttons = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(20, 20), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    step.cards[0].dropEvent(event)
    assert len(book_of(office, trip).teams[0].experts) == 1


def test_a_team_of_one_is_warned_about(step: TeamsStep, office: Office, trip: int) -> None:
    button(step.cards[0], "王磊 ✕").click()
    assert "只有 1 人" in step.cards[0].warning.text()
    assert TeamsStep.mark(step.sight).state == "wrong"  # type: ignore[arg-type]


def test_way_of_travelling_and_car_are_stored(step: TeamsStep, office: Office, trip: int) -> None:
    card = step.cards[0]
    card.mode.setCurrentText("高铁")
    card.mode.activated.emit(1)
    card.car.click()
    team = book_of(office, trip).teams[0]
    assert (team.mode, team.official_car) == ("高铁", True)


def test_a_team_can_be_added_and_taken_away(step: TeamsStep, office: Office, trip: int) -> None:
    step._add_team()
    assert [team.name for team in book_of(office, trip).teams] == ["一队", "二队", "三队"]
    tick(step, "韩立诚", 2)
    assert members(office, trip)[2] == ["韩立诚"]
    step.cards[2].removed.emit()
    assert [team.name for team in book_of(office, trip).teams] == ["一队", "二队"]


def test_the_matrix_says_who_can_talk_with_whom(step: TeamsStep, stock: Stock) -> None:
    table = step.matrix.table
    assert [need.skill for need in table.needs] == ["谈判", "产业技术"]
    zhang = table.teams[0][1][0]
    qinghe = next(visit for visit, name in table.targets if "青禾" in name)
    assert table.covers[zhang.who, qinghe].met == ("谈判", "产业技术")
    assert table.covers[zhang.who, qinghe].knows == "责任人"
    column = len(table.needs) + [visit for visit, _ in table.targets].index(qinghe)
    assert step.matrix.words(zhang, column) == "张敏 → 青禾新材料：责任人、谈判、产业技术"


def test_what_nobody_can_is_said_with_those_who_could(step: TeamsStep, office: Office, trip: int) -> None:
    tick(step, "张敏", 0)
    texts = [label.text() for label in step.lacking.findChildren(QLabel) if label.isVisibleTo(step.lacking)]
    assert any("没有人会产业技术" in text for text in texts)
    button(step.lacking, "张敏").click()
    assert ["王磊", "张敏"] in members(office, trip)


def test_whoever_is_on_another_trip_then_is_named(page: TripPage, office: Office, trip: int, stock: Stock) -> None:
    other = TripWish("对接", MONDAY, FRIDAY, name="电子信息专班", teams=(TeamWish("一队", (stock.members["张敏"],)),))
    new_trip(office, other)
    page.show_record(trip, "teams")
    step = page.view.step
    assert isinstance(step, TeamsStep)
    assert "电子信息专班" in step.cards[0].warning.text()


def test_a_trip_without_teams_starts_with_the_first_at_the_first_tick(page: TripPage, office: Office) -> None:
    page.new()
    page.view.go("teams")
    step = page.view.step
    assert isinstance(step, TeamsStep)
    assert book_of(office, page.view.key).teams == []
    tick(step, "张敏", 0)
    assert members(office, page.view.key) == [["张敏"]]


def test_a_person_is_found_by_skill(step: TeamsStep) -> None:
    write(step.search, "项目审批")
    assert [one.name for one in step.members.rows.people] == ["韩立诚", "褚文博"]


def lacking(step: TeamsStep) -> list[str]:
    return [label.text() for label in step.lacking.findChildren(QLabel) if label.isVisibleTo(step.lacking)]


@pytest.fixture
def bare(page: TripPage, office: Office, stock: Stock) -> TeamsStep:
    """A trip with three hosts and no people yet, one host in Japan; 李想 is on leave."""
    with office.transaction("准备") as tx:
        osaka = tx.save(Investor(name="东瀛精工株式会社", place="X:日本"))
        tx.save(Absence(member=stock.members["李想"], start=MONDAY, kind="培训"))
    hosts = [TargetWish(key) for key in list(stock.hosts.values())[:2]]
    wish = TripWish("对接", MONDAY, FRIDAY, "320900", "东行", "新材料", (*hosts, TargetWish(osaka.id)))
    page.show_record(new_trip(office, wish)[0], "teams")
    found = page.view.step
    assert isinstance(found, TeamsStep)
    return found


def suggested(step: TeamsStep) -> CrewDialog:
    step.suggest()
    dialog = step.choice.dialog
    assert dialog is not None
    return dialog


def cells(dialog: CrewDialog) -> list[list[str]]:
    table = dialog.table
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def told(dialog: CrewDialog) -> list[str]:
    return dialog.lacking.text().splitlines()


def test_people_are_suggested_with_what_they_bring_and_what_is_lacking(bare: TeamsStep) -> None:
    dialog = suggested(bare)
    assert cells(dialog) == [
        ["张敏　投资促进局", "一队", "谈判；产业技术：青禾新材料、华澄新材料科技；认识青禾新材料（责任人）"],
        ["王磊　投资促进局", "一队", "增加人手"],
    ]
    assert told(dialog) == ["没有人会日语（东瀛精工株式会社：境外客商）。本来可以：李想（12-07 培训）"]
    assert dialog.take.text() == "加入勾选的 2 人"


def test_what_is_ticked_is_taken_and_can_be_undone(bare: TeamsStep, office: Office, page: TripPage) -> None:
    dialog = suggested(bare)
    item = dialog.table.item(1, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    assert dialog.take.text() == "加入勾选的 1 人"
    dialog.take.click()
    assert members(office, page.view.key) == [["张敏"]]
    assert lacking(bare) == ["没有人会日语（1 家要用：境外客商）", "本来可以：李想（12-07 培训）"]
    assert "只有 1 人" in bare.cards[0].warning.text()
    page.window().call("undo")  # type: ignore[attr-defined]
    assert members(office, page.view.key) == []


def test_unticking_says_at_once_what_is_lacking(bare: TeamsStep) -> None:
    dialog = suggested(bare)
    item = dialog.table.item(0, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    assert [line.split("（")[0] for line in told(dialog)] == [
        "没有人会谈判",
        "没有人会产业技术",
        "没有人会日语",
        "没有人认识青禾新材料",
    ]


def test_a_second_look_proposes_what_is_still_lacking_or_everything_anew(bare: TeamsStep, office: Office) -> None:
    suggested(bare).take.click()
    dialog = suggested(bare)
    assert [row[1] for row in cells(dialog)] == ["一队（已在）", "一队（已在）"]
    assert not dialog.take.isEnabled()
    dialog.anew.click()
    assert [row[1] for row in cells(dialog)] == ["一队", "一队"]
    dialog.reject()
    assert bare.choice.dialog is None


def test_an_answer_that_comes_when_another_trip_is_in_front_is_dropped(
    bare: TeamsStep, page: TripPage, trip: int
) -> None:
    late, dialog = page.view.key, suggested(bare)
    dialog.reject()
    page.show_record(trip, "teams")
    bare.choice._propose((late, dialog.proposal))  # as by the worker that had gone on
    assert bare.choice.dialog is None


def test_a_trip_without_targets_is_told_to_choose_them_first(page: TripPage, qtbot: QtBot) -> None:
    page.new()
    page.view.go("teams")
    step = page.view.step
    assert isinstance(step, TeamsStep)
    with qtbot.waitSignal(step.desk.complained) as complaint:
        step.suggest()
    assert "还没有拜访对象" in str(complaint.args[0])
    assert step.choice.dialog is None


def test_leave_noted_meanwhile_is_seen_at_once(step: TeamsStep, office: Office, stock: Stock) -> None:
    step.desk.run(add_leave, stock.members["张敏"])
    assert "12-08 休假" in step.cards[0].warning.text()


def add_leave(office: Office, member: int) -> Changes:
    with office.transaction("请假") as tx:
        tx.save(Absence(member=member, start=date(2026, 12, 8)))
    return tx.changes


def test_the_page_of_somebody_is_a_double_click_away(step: TeamsStep, stock: Stock, qtbot: QtBot) -> None:
    rect = step.members.visualRect(step.members.rows.index(row_of(step, "王磊"), 0))
    with qtbot.waitSignal(step.desk.wanted) as wanted:
        QTest.mouseDClick(step.members.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert wanted.args == [Member, stock.members["王磊"]]
