"""审批表, 行程单 and 通讯录 of a trip."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.papers.packs import CONTACTS, FIRST_DAY, TODAY, large_pack, small_pack
from tests.papers.reading import DATA, golden_text, page_texts, printed
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine, Trip
from zhaoshang_desktop.papers.approval import ABROAD, approval_form
from zhaoshang_desktop.papers.blocks import Paper
from zhaoshang_desktop.papers.briefing import BriefingPack
from zhaoshang_desktop.papers.contact_sheet import contact_sheet
from zhaoshang_desktop.papers.travel_sheet import travel_sheets

EMPTY = BriefingPack(office="", printed=TODAY, trip=Trip())


def limit(place: str, rank: str, day: date) -> Money | None:
    return Money(38_000) if place and rank == "三类" and day >= FIRST_DAY else None


GOLDENS = {
    "paper_approval": approval_form(small_pack()),
    "paper_itinerary": travel_sheets(small_pack(), limit),
    "paper_contacts": contact_sheet(small_pack(), copy_of="张敏"),
}


def flat(paper: Paper) -> str:
    return re.sub(r"\s+", "", "".join(page_texts(printed(paper))))


@pytest.mark.parametrize("name", [*GOLDENS])
def test_the_papers_read_as_they_did(name: str) -> None:
    assert golden_text(printed(GOLDENS[name])) == (DATA / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", [approval_form(EMPTY), travel_sheets(EMPTY), contact_sheet(EMPTY)])
def test_what_is_missing_is_said_in_a_line(paper: Paper) -> None:
    assert re.search("尚未|待定", flat(paper))


def test_the_approval_form_of_a_small_trip_is_one_page_and_of_a_long_one_two() -> None:
    assert len(page_texts(printed(approval_form(small_pack())))) == 1
    pages = page_texts(printed(approval_form(large_pack(30))))
    assert len(pages) == 2
    assert "合计" in pages[1]  # who signs sees for how much
    assert "拜访对象待定" in flat(approval_form(EMPTY))


def test_the_approval_form_says_who_where_why_when_and_at_what_cost() -> None:
    text = flat(approval_form(replace(small_pack(), trip=replace(small_pack().trip, approval="清招〔2026〕12号"))))
    for told in (
        "清招〔2026〕12号",
        "江苏无锡、江苏苏州",
        "2026年11月24日—25日，共2天",
        "张敏",
        "推介化工园区",
        "2,320.00",
    ):
        assert told in text
    for who in ("经办人", "单位负责人意见", "财务审核意见", "分管领导意见", "主要领导意见"):
        assert who in text


def test_what_exceeds_the_fund_is_told_to_who_signs() -> None:
    pack = small_pack()
    assert "经费限额2,000元，超出320元，须压减或另行报批" in flat(
        approval_form(replace(pack, trip=replace(pack.trip, fund_limit=Money(200_000))))
    )
    assert "未填写经费限额" in flat(approval_form(replace(pack, trip=replace(pack.trip, fund_limit=None))))


def test_amounts_of_two_currencies_are_not_added_up() -> None:
    dollars = BudgetLine(id=9, trip=1, number=9, item="住宿", planned=Money(50_000, "USD"))
    text = flat(approval_form(replace(small_pack(), budget=(*small_pack().budget, dollars))))
    assert "2,320.00" in text
    assert "500.00美元" in text


def test_many_firms_are_counted_and_the_first_are_named() -> None:
    assert "等，共40家" in flat(approval_form(large_pack(40)))


def test_a_place_abroad_has_its_own_way_of_approval() -> None:
    pack = small_pack()
    assert ABROAD[:8] not in flat(approval_form(pack))
    abroad = replace(pack, visits=(replace(pack.visits[0], place="X:日本"),))
    assert "因公出国（境）" in flat(approval_form(abroad))


def test_everybody_has_a_sheet_of_their_own_with_their_own_days() -> None:
    pages = page_texts(printed(travel_sheets(small_pack(), limit)))
    assert len(pages) == 5
    assert ["青禾新材料" in page for page in pages] == [True, True, True, False, False]
    assert all("138 0000 1234" in page for page in pages[:3])
    assert "限额每晚380元（三类）" in pages[0]
    assert "李卫东" in pages[0]


def test_every_sheet_is_headed_as_the_first_is() -> None:
    pack = small_pack()
    named = replace(pack, trip=replace(pack.trip, name="新材料小分队 11-24"))
    pages = page_texts(printed(travel_sheets(named, limit)))
    assert all(page.startswith("新材料小分队　行程单") for page in pages if "电话" in page.splitlines()[2])


def test_who_is_home_in_the_evening_books_no_room() -> None:
    pack = small_pack()
    way = next(leg for leg in pack.legs if leg.day)
    back = replace(way, id=99, start=17 * 60, end=19 * 60, origin="320200", destination=pack.trip.base)
    home = replace(pack, legs=(*pack.legs, replace(back, day=FIRST_DAY, team=1)))
    assert "住宿" in flat(travel_sheets(pack, limit, ["张敏"]))
    assert "住宿" not in flat(travel_sheets(home, limit, ["张敏"]))


def test_an_address_that_names_its_place_is_not_told_twice() -> None:
    pack = small_pack()
    told = replace(pack.visits[0], place="320214", address="江苏省无锡市新吴区示范路18号")
    text = flat(travel_sheets(replace(pack, visits=(told,)), limit, ["张敏"]))
    assert "江苏省无锡市新吴区示范路18号" in text
    assert "新吴区，江苏" not in text


def test_the_sheet_of_one_person_is_two_pages_at_the_most_for_a_week() -> None:
    assert len(page_texts(printed(travel_sheets(large_pack(20), limit, ["张敏"])))) <= 2


def test_a_meeting_others_were_named_for_is_not_on_my_sheet() -> None:
    pack = small_pack()
    named = replace(pack, visits=(replace(pack.visits[0], members=(2,)), *pack.visits[1:]))
    zhang, li, *_ = page_texts(printed(travel_sheets(named, limit)))
    assert "拜访 青禾" not in zhang
    assert "拜访 青禾" in li


def test_numbers_are_hidden_in_the_copy_that_leaves_the_office() -> None:
    person = replace(CONTACTS[0], mobile="13812345678")
    pack = replace(small_pack(), contacts=(person,), members=())
    assert "13812345678" in flat(contact_sheet(pack))
    hidden = flat(contact_sheet(pack, masked=True))
    assert "13812345678" not in hidden
    assert "138****5678" in hidden


def test_a_firm_is_named_once_beside_all_of_its_people() -> None:
    text = flat(contact_sheet(small_pack()))
    assert text.count("青禾新材料有限公司") == 1
    assert "陈晓" in text


def test_whose_time_is_over_is_not_listed() -> None:
    gone = replace(CONTACTS[0], keep_until=TODAY - timedelta(1))
    text = flat(contact_sheet(replace(small_pack(), contacts=(gone, CONTACTS[1]))))
    assert "董事长" not in text
    assert "陈晓" in text


def test_every_page_says_whose_copy_it_is() -> None:
    for page in page_texts(printed(contact_sheet(large_pack(40), copy_of="王芳"))):
        assert page.count("2026-11-20") >= 3


def test_the_sheet_tells_from_where_and_on_which_days_the_own_team_travels() -> None:
    pack = small_pack()
    team = replace(pack.teams[0], origin="320300", goal="")
    way = next(leg for leg in pack.legs if leg.team == team.id and leg.day)
    assert way.day
    back = replace(way, id=way.id + 1, start=20 * 60, end=21 * 60, origin=way.destination, destination="320300")
    trip = replace(pack.trip, end=way.day + timedelta(days=3))
    own = replace(pack, teams=[team, *pack.teams[1:]], trip=trip, legs=[*pack.legs, back])
    text = flat(travel_sheets(own, limit, [pack.team_members(team)[0].name]))
    assert "出发地江苏徐州" in text
    assert f"{way.day.month}月{way.day.day}日队" in text


def test_a_way_that_goes_on_the_next_day_ends_in_no_town() -> None:
    pack = small_pack()
    way = next(leg for leg in pack.legs if leg.day and leg.start is not None)
    rest = replace(way, id=way.id + 1, day=way.day + timedelta(days=1), start=0)  # type: ignore[operator]
    text = flat(travel_sheets(replace(pack, legs=[way, rest], visits=()), limit))
    assert "次日接着走" in text
    assert "晚途中住宿" in text
