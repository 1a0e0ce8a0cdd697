"""The days of a trip as blocks: meetings, ways, lunch, nights, and what cannot be kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.ui.trip.conftest import NINE, TEN, Stock, book_of, visit_of
from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import log_visit, move_visit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.trip.blocks import Block, Kind, Picture, picture_of
from zhaoshang_desktop.ui.trip.sight import city, short_name, sight, way


def picture(office: Office, trip: int) -> Picture:
    return picture_of(sight(trip)(office))


def block(office: Office, trip: int, host: str) -> Block:
    found = picture(office, trip).block(visit_of(office, trip, host).id)
    assert found is not None
    return found


def change(office: Office, visit: Visit, **fields: Any) -> None:
    edit_record(office, Visit, visit.id, fields, visit.version)


def test_every_day_has_a_column_for_every_team(office: Office, planned: int) -> None:
    columns = picture(office, planned).columns
    assert len(columns) == 10
    assert [column.name for column in columns[:2]] == ["一队 张敏 王磊", "二队 李想 陈燕"]
    assert [column.first for column in columns[:4]] == [True, False, True, False]


def test_a_day_off_says_why(office: Office, planned: int) -> None:
    trip = book_of(office, planned).trip
    edit_record(office, type(trip), trip.id, {"end": date(2026, 12, 12)}, trip.version)
    assert picture(office, planned).columns[-1].off == "休息日"


def test_an_appointment_is_marked_with_its_hour(office: Office, planned: int) -> None:
    found = block(office, planned, "华澄")
    assert found.head == "华澄新材料科技（定）"
    assert (found.start, found.fixed) == (9 * 60 + 30, True)
    assert found.lines[0] == "苏州 · 09:30 已约 · 周1董事长"


def test_a_way_over_noon_says_that_lunch_is_in_it(office: Office, planned: int) -> None:
    ways = [one for one in picture(office, planned).blocks if one.kind is Kind.LEG]
    assert ways
    for one in ways:
        assert ("含午餐" in " ".join(one.lines)) == (one.start < 12 * 60 + 45 and one.end > 12 * 60)


def test_the_last_way_of_each_team_leads_back_on_whatever_day_it_is(office: Office, planned: int) -> None:
    book = book_of(office, planned)
    edit_record(office, type(book.trip), book.trip.id, {"end": date(2026, 12, 13)}, book.trip.version)
    backs = [one for one in picture(office, planned).blocks if one.kind is Kind.LEG and one.head.endswith("返回")]
    teams = {leg.team for leg in book.legs if leg.destination == book.trip.base}
    assert len(backs) == len(teams) > 0


def test_lunch_stands_only_where_the_team_is_free(office: Office, planned: int) -> None:
    blocks = picture(office, planned).blocks
    for lunch in (one for one in blocks if one.kind is Kind.LUNCH):
        others = [one for one in blocks if one.column == lunch.column and one is not lunch]
        assert not any(one.start < lunch.end and lunch.start < one.end for one in others)


def test_a_night_away_has_its_city_and_limit(office: Office, planned: int) -> None:
    nights = [one for one in picture(office, planned).blocks if one.kind is Kind.NIGHT]
    assert nights
    assert all(one.head.startswith("宿 ") and "标准" in one.lines[0] for one in nights)


def test_a_clash_is_red_with_its_reason_only(office: Office, planned: int) -> None:
    fixed = visit_of(office, planned, "华澄")
    assert fixed.day
    move_visit(office, visit_of(office, planned, "青禾").id, fixed.team, fixed.day, TEN)
    wrong = [one for one in picture(office, planned).visits if one.wrong]
    assert wrong
    assert all("：" not in one.wrong for one in wrong)


def test_meetings_at_the_same_hour_share_the_column(office: Office, planned: int) -> None:
    fixed = visit_of(office, planned, "华澄")
    assert fixed.day
    move_visit(office, visit_of(office, planned, "青禾").id, fixed.team, fixed.day, TEN)
    lanes = {block(office, planned, host).lane for host in ("华澄", "青禾")}
    assert lanes == {0, 1}
    assert block(office, planned, "青禾").lanes == 2


def test_a_meeting_before_dawn_widens_the_day(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    assert visit.day
    move_visit(office, visit.id, visit.team, visit.day, 5 * 60)
    assert picture(office, planned).first <= 5 * 60


def test_a_meeting_of_no_minutes_and_one_over_midnight_are_drawn(office: Office, planned: int) -> None:
    visit = visit_of(office, planned, "临浦")
    change(office, visit, minutes=0)
    assert block(office, planned, "临浦").end == block(office, planned, "临浦").start
    visit = visit_of(office, planned, "临浦")
    change(office, visit, minutes=20 * 60, start=NINE)
    assert picture(office, planned).last == 24 * 60


def test_what_was_held_is_done_and_shows_its_intention(office: Office, planned: int) -> None:
    log_visit(office, visit_of(office, planned, "太湖").id, said="谈了搬迁", intention="B")
    found = block(office, planned, "太湖")
    assert found.done
    assert found.lines[0] == "湖州 · 意向 B"


def test_a_trip_whose_dates_make_no_sense_has_no_days(office: Office, planned: int) -> None:
    trip = book_of(office, planned).trip
    edit_record(office, type(trip), trip.id, {"end": date(2026, 12, 1)}, trip.version)
    assert picture(office, planned).columns == ()


def test_names_are_short_without_being_anybodys(office: Office, stock: Stock, trip: int) -> None:
    investor = book_of(office, trip).investors[stock.hosts["青禾新材料股份有限公司"]]
    assert short_name(investor) == "青禾新材料"
    investor.name = "无锡青禾新材料（江苏）有限公司"
    assert short_name(investor) == "青禾新材料"
    investor.short_name = "青禾"
    assert short_name(investor) == "青禾"


def test_a_way_inside_a_city_names_its_districts() -> None:
    assert way("320200", "320500") == "无锡 → 苏州"
    assert way("310114", "310115") == "嘉定区 → 浦东新区"
    assert way("310114", "310114") == "上海市内"
    assert [city(code) for code in ("320583", "310115", "", "X:日本")] == ["苏州", "上海", "", "日本"]
