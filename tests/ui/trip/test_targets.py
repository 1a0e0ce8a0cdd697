"""拜访对象: candidates with reasons, the sketch, and what was agreed with each."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemDelegate, QMenu

from tests.ui.trip.conftest import Stock, book_of, visit_of, write
from zhaoshang_desktop.actions.record import remove_records
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import Job
from zhaoshang_desktop.ui.trip.chosen_table import FIXED, MINUTES, MUST, TEAM, SlotEditor
from zhaoshang_desktop.ui.trip.map_sketch import CAPTION, Spot
from zhaoshang_desktop.ui.trip.minutes_box import MinutesBox
from zhaoshang_desktop.ui.trip.page import TripPage
from zhaoshang_desktop.ui.trip.targets import TargetsStep


@pytest.fixture
def step(page: TripPage, trip: int) -> TargetsStep:
    page.show_record(trip, "targets")
    found = page.view.step
    assert isinstance(found, TargetsStep)
    return found


def offered(step: TargetsStep) -> list[str]:
    return [row.investor.name for row in step.list.rows.rows]


def row_of(step: TargetsStep, name: str) -> int:
    model = step.chosen.rows
    return next(row for row in range(model.rowCount()) if name in model.index(row, 0).data())


def test_candidates_come_with_reasons_and_without_those_already_chosen(step: TargetsStep) -> None:
    assert set(offered(step)) == {"江南特种新材料研究院", "沪东化工行业协会"}
    reasons = step.list.rows.rows[0].reasons
    assert "同属新材料产业链" in reasons


def test_a_click_on_add_puts_a_candidate_on_the_trip(step: TargetsStep, office: Office, trip: int) -> None:
    first = step.list.rows.rows[0].investor
    rect = step.list.visualRect(step.list.rows.index(0, 0))
    QTest.mouseClick(step.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 30, rect.center().y()))
    assert first.id in {visit.investor for visit in book_of(office, trip).visits}
    assert first.name not in offered(step)


def test_any_investor_can_be_found_by_pinyin_and_added(step: TargetsStep, office: Office, trip: int) -> None:
    write(step.search, "hudong")
    assert offered(step) == ["沪东化工行业协会"]
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    assert len(book_of(office, trip).visits) == 5
    assert step.list.rows.rows[0].on_trip


def test_a_region_shows_only_what_lies_in_it(step: TargetsStep) -> None:
    step.sieve.choose_region("上海", ("310000",))
    assert offered(step) == ["沪东化工行业协会"]
    assert step.sieve.chips["region"].text() == "上海  ✕"
    QTest.keyClick(step.sieve.chips["region"], Qt.Key.Key_Backspace)
    assert len(offered(step)) == 2


def choose(step: TargetsStep, chip: str, text: str) -> None:
    """Click on a chip and then on a line of its menu."""
    step.sieve.chips[chip].click()
    menu = next(menu for menu in step.sieve.findChildren(QMenu) if menu.isVisible())
    action = next(one for one in menu.actions() if one.text().startswith(text))
    action.trigger()
    menu.close()


def test_filters_by_chain_level_silence_projects_and_leads(step: TargetsStep, office: Office, stock: Stock) -> None:
    with office.transaction("准备") as tx:
        hudong = stock.hosts["沪东化工行业协会"]
        tx.save(Lead(subject="拟扩产", investor=hudong, state="待核实"))
        tx.save(Visit(investor=hudong, state="已完成", day=date(2026, 11, 20)))
    choose(step, "level", "A 级")
    assert offered(step) == ["江南特种新材料研究院"]
    step.sieve.clear_all()
    step.sieve.chips["with_lead"].click()
    assert offered(step) == ["沪东化工行业协会"]
    choose(step, "silent", "30 天")
    assert offered(step) == []
    assert "按现在的条件" in step.empty.sentence.text()
    step.empty.button.click()
    assert len(offered(step)) == 2
    choose(step, "chain", "高端装备")
    assert offered(step) == []
    step.sieve.clear_all()
    step.sieve.chips["in_talk"].click()
    assert offered(step) == []


def test_the_last_choice_of_each_trip_is_kept(
    step: TargetsStep, page: TripPage, office: Office, trip: int, stock: Stock
) -> None:
    choose(step, "level", "A 级")
    page.new()
    page.view.go("targets")
    assert step.sieve.chips["level"].text() == "等级 ▾"
    page.show_record(trip, "targets")
    assert step.sieve.chips["level"].text() == "A 级  ✕"
    assert offered(step) == ["江南特种新材料研究院"]


def test_down_and_enter_take_what_words_found(step: TargetsStep, office: Office, trip: int) -> None:
    write(step.search, "hudong")
    QTest.keyClick(step.search, Qt.Key.Key_Down)
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    assert len(book_of(office, trip).visits) == 5


def test_those_without_a_point_are_counted_not_drawn(step: TargetsStep, page: TripPage, office: Office) -> None:
    with office.transaction("添加") as tx:
        tx.save(Investor(name="东瀛精工", place="X:日本", chain="新材料"))
    step.handlers()["reload"]()
    assert "东瀛精工" in offered(step)
    assert step.map.unplaced == 1


def test_what_the_sketch_leaves_out_is_told_in_two_lines_where_one_is_too_long(step: TargetsStep) -> None:
    step.map.unplaced = 12
    step.map.resize(900, 200)
    assert len(step.map.caption()) == 1
    step.map.resize(340, 200)
    assert step.map.caption() == ["12 家在境外或没有坐标，没有画", CAPTION]


def test_the_sketch_has_the_base_the_chosen_and_the_candidates(step: TargetsStep, stock: Stock) -> None:
    spots = {spot.key: spot for cluster in step.map.clusters for spot in cluster.spots}
    assert spots[0].name == "出发地 盐城"
    assert {key for key, spot in spots.items() if spot.chosen} == set(list(stock.hosts.values())[:4])
    east = {spot.key: cluster.at.x() for cluster in step.map.clusters for spot in cluster.spots}
    assert east[stock.hosts["沪东化工行业协会"]] > east[stock.hosts["江南特种新材料研究院"]]


def test_a_click_on_the_sketch_goes_to_the_candidate(step: TargetsStep, stock: Stock) -> None:
    key = stock.hosts["江南特种新材料研究院"]
    cluster = next(one for one in step.map.clusters if any(spot.key == key for spot in one.spots))
    QTest.mouseClick(step.map, Qt.MouseButton.LeftButton, pos=cluster.at.toPoint())
    assert step.list.selected() == [key]


def test_must_and_minutes_are_set_in_the_table(step: TargetsStep, office: Office, trip: int) -> None:
    model, row = step.chosen.rows, row_of(step, "临浦")
    rect = step.chosen.visualRect(model.index(row, MUST))
    QTest.mouseClick(step.chosen.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    step.chosen.edit(model.index(row, MINUTES))
    box = step.chosen.viewport().findChild(MinutesBox)
    assert box is not None
    box.put(120)
    step.chosen.commitData(box)
    step.chosen.closeEditor(box, QAbstractItemDelegate.EndEditHint.NoHint)
    stored = visit_of(office, trip, "临浦")
    assert (stored.must, stored.minutes) == (True, 120)
    assert step.chosen.rows.index(row, MINUTES).data() == "120 分钟"


def test_an_appointment_is_a_day_of_the_trip_and_an_hour(step: TargetsStep, office: Office, trip: int) -> None:
    model, row = step.chosen.rows, row_of(step, "太湖")
    step.chosen.edit(model.index(row, FIXED))
    editor = step.chosen.viewport().findChild(SlotEditor)
    assert editor is not None
    editor.days.setCurrentIndex(3)
    editor.hour.setText("下午2点半")
    step.chosen.commitData(editor)
    step.chosen.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
    stored = visit_of(office, trip, "太湖")
    assert (stored.fixed, stored.day, stored.start) == (True, date(2026, 12, 9), 14 * 60 + 30)
    model.setData(model.index(row_of(step, "太湖"), FIXED), None)
    assert visit_of(office, trip, "太湖").fixed is None


def test_a_visit_can_be_kept_for_one_team(step: TargetsStep, office: Office, trip: int) -> None:
    team = book_of(office, trip).teams[1]
    model = step.chosen.rows
    model.setData(model.index(row_of(step, "太湖"), TEAM), team.id)
    assert visit_of(office, trip, "太湖").only_team == team.id
    assert model.index(row_of(step, "太湖"), TEAM).data() == "二队"


def test_del_takes_off_the_list_and_undo_brings_back(
    step: TargetsStep, page: TripPage, office: Office, trip: int
) -> None:
    step.chosen.selectRow(row_of(step, "太湖"))
    QTest.keyClick(step.chosen, Qt.Key.Key_Delete)
    assert len(book_of(office, trip).visits) == 3
    page.window().call("undo")  # type: ignore[attr-defined]
    assert len(step.chosen.rows.visits) == 4


def test_an_empty_list_offers_the_best(page: TripPage, office: Office) -> None:
    page.new()
    page.view.go("targets")
    step = page.view.step
    assert isinstance(step, TargetsStep)
    assert "还没有选" in step.unchosen.sentence.text()
    step.unchosen.button.click()
    assert len(book_of(office, page.view.key).visits) == 5


def test_an_office_without_investors_offers_none(page: TripPage, office: Office, stock: Stock) -> None:
    remove_records(office, Investor, list(stock.hosts.values()))
    page.new()
    page.view.go("targets")
    step = page.view.step
    assert isinstance(step, TargetsStep)
    assert "还没有选" in step.unchosen.sentence.text()
    assert not step.unchosen.button.isVisibleTo(step.unchosen)
    assert step.empty.button.text() == "导入表格"


def test_ranking_follows_the_library(step: TargetsStep, page: TripPage, office: Office, stock: Stock) -> None:
    with office.transaction("改等级") as tx:
        hudong = tx.get(Investor, stock.hosts["沪东化工行业协会"])
        hudong.name = "沪东化工联合会"
        tx.save(hudong)
    page.desk.worker.changed.emit(tx.changes)
    step.handlers()["reload"]()
    assert "沪东化工联合会" in offered(step)


class Never:
    """Leaves every question unanswered."""

    def submit(self, job: Job) -> None:
        """It waits for good."""

    def stop(self) -> None:
        """Nothing runs."""


def test_while_candidates_are_sought_the_library_is_not_called_empty(
    step: TargetsStep, page: TripPage, office: Office
) -> None:
    assert page.view.sight is not None
    desk = Desk(page.desk.settings, page.desk.clock, page)
    desk.open(page.desk.worker, Reader(office, Never()))
    fresh = TargetsStep(desk, page.view.hand, page)
    fresh.put(page.view.sight)
    assert "正在看" in fresh.empty.sentence.text()
    assert fresh.empty.button.isHidden()


def test_the_sketch_is_zoomed_and_moved_by_keys(step: TargetsStep, stock: Stock) -> None:
    def width() -> float:
        east = [cluster.at.x() for cluster in step.map.clusters]
        return max(east) - min(east)

    before, first = width(), step.map.clusters[0].at.x()
    QTest.keyClick(step.map, Qt.Key.Key_Plus)
    assert width() > before
    QTest.keyClick(step.map, Qt.Key.Key_Minus)
    QTest.keyClick(step.map, Qt.Key.Key_Left)
    assert step.map.clusters[0].at.x() == first
    QTest.keyClick(step.map, Qt.Key.Key_Plus)
    there = step.map.clusters[0].at.x()
    QTest.keyClick(step.map, Qt.Key.Key_Left)
    assert step.map.clusters[0].at.x() > there
    QTest.keyClick(step.map, Qt.Key.Key_0)
    assert step.map.clusters[0].at.x() == first


def test_two_hundred_points_share_places_and_no_two_names_overlap(step: TargetsStep) -> None:
    spots = [
        Spot(key, f"客商{key}", (118 + key % 20 * 0.35, 29 + key // 20 * 0.4), key < 5, "无锡") for key in range(1, 201)
    ]
    step.map.put(spots)
    drawn = [spot for cluster in step.map.clusters for spot in cluster.spots]
    assert len(drawn) == 200
    assert len(step.map.clusters) < 200
    names = step.map.names()
    assert len(names) > 3
    assert not [1 for n, one in enumerate(names) for other in names[n + 1 :] if one[0].intersects(other[0])]
    assert all(step.map.rect().contains(box.toRect()) for box, _ in names)


def test_no_name_stands_under_the_caption_of_a_small_sketch(step: TargetsStep, stock: Stock) -> None:
    step.map.unplaced = 2
    for height in range(90, 240, 5):
        step.map.setMinimumHeight(0)
        step.map.resize(260, height)
        assert len(step.map.caption()) == 2
        assert not [each.words for box, each in step.map.names() if box.intersects(step.map.caption_box())]
