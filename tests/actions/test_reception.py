"""请进来: made, filled, reckoned; the two kinds never mixed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.conftest import MONDAY, Stocked
from zhaoshang_desktop.actions.pack_reach import reach
from zhaoshang_desktop.actions.reception import (
    ReceptionWish,
    add_contacts,
    add_members,
    log_talks,
    make_costs,
    new_reception,
    paste_rows,
    reckoned,
)
from zhaoshang_desktop.actions.reception_book import find_reception, load_reception, look_at
from zhaoshang_desktop.actions.reception_paper import paper_of_reception
from zhaoshang_desktop.actions.record import edit_record, erase_records, new_record, remove_records, undo
from zhaoshang_desktop.actions.todo import todos
from zhaoshang_desktop.domain import reception_rule as r
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.reception import (
    GUEST,
    INVESTING,
    INVESTING_MEAL,
    OFFICIAL,
    OURS,
    OWN_MEAL,
    WORKING_MEAL,
    Reception,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.reception_check import ReceptionBook
from zhaoshang_desktop.domain.reception_rule import ReceptionRule, standard_of
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.store.check import check


def wish(kind: str = OFFICIAL, name: str = "市局来访") -> ReceptionWish:
    return ReceptionWish(
        Reception(name=name, kind=kind, start=MONDAY, end=MONDAY + timedelta(days=1), letter_number="枣函〔2026〕9号"),
        people=[ReceptionPerson(side=GUEST, name=f"客{n}") for n in range(8)],
        meals=[ReceptionMeal(day=MONDAY, kind=WORKING_MEAL if kind == OFFICIAL else INVESTING_MEAL, companions=3)],
    )


@pytest.fixture
def official(stocked: Stocked) -> int:
    return new_reception(stocked.office, wish())[0]


def price(stocked: Stocked, kind: str, yuan: int) -> None:
    new_record(stocked.office, ReceptionRule(kind=kind, item=r.MEAL_PRICE, value=Decimal(yuan)))


def test_a_reception_and_its_rows_are_one_batch(stocked: Stocked) -> None:
    key, changes = new_reception(stocked.office, wish())
    assert len(changes.of("reception_person")) == 8
    assert len(load_reception(stocked.office, key).guests) == 8
    undo(stocked.office)
    assert stocked.office.count(Query(Reception)) == stocked.office.count(Query(ReceptionPerson)) == 0


def test_dates_turned_around_are_refused(stocked: Stocked) -> None:
    wrong = wish()
    wrong.reception.end = MONDAY - timedelta(days=1)
    with pytest.raises(KnownError, match="结束日期早于开始日期"):
        new_reception(stocked.office, wrong)


def test_the_kind_stays_once_there_are_costs(stocked: Stocked, official: int) -> None:
    office = stocked.office
    edit_record(office, Reception, official, {"kind": INVESTING}, 1)
    edit_record(office, Reception, official, {"kind": OFFICIAL}, 2)
    new_record(office, ReceptionCost(reception=official, account=OFFICIAL, item="午餐", actual=Money(40_000)))
    with pytest.raises(KnownError, match="已按“公务接待”记了 1 笔费用，合计 400元，不能改成“招商接待”"):
        edit_record(office, Reception, official, {"kind": INVESTING}, 3)
    assert office.get(Reception, official).kind == OFFICIAL
    edit_record(office, Reception, official, {"place": "县政府"}, 3)


def test_a_cost_of_one_kind_is_not_booked_to_the_other(stocked: Stocked, official: int) -> None:
    with pytest.raises(KnownError, match="“宴请”是招商接待的费用，不能记到公务接待里"):
        new_record(stocked.office, ReceptionCost(reception=official, account=INVESTING, item="宴请"))
    mixed = wish(INVESTING)
    mixed.costs = [ReceptionCost(account=OFFICIAL, item="午餐")]
    with pytest.raises(KnownError, match="不能记到招商接待里"):
        new_reception(stocked.office, mixed)
    assert stocked.office.count(Query(ReceptionCost)) == 0


def test_no_way_of_editing_books_a_cost_to_the_other_kind(stocked: Stocked, official: int) -> None:
    office = stocked.office
    with pytest.raises(KnownError, match="不能记到公务接待里"):
        new_record(office, ReceptionCost(reception=official, account=INVESTING, item="宴请"))
    new_record(office, ReceptionCost(reception=official, account=OFFICIAL, item="午餐"))
    (line,) = load_reception(office, official).costs
    with pytest.raises(KnownError, match="不能记到公务接待里"):
        edit_record(office, ReceptionCost, line.id, {"account": INVESTING}, line.version)
    one = office.get(Reception, official)
    with pytest.raises(KnownError, match="不能改成“招商接待”"):
        edit_record(office, Reception, official, {"kind": INVESTING}, one.version)
    assert load_reception(office, official).costs == [line]
    assert office.get(Reception, official).kind == OFFICIAL


def test_costs_are_reckoned_anew_and_what_was_typed_or_spent_stays(stocked: Stocked, official: int) -> None:
    office = stocked.office
    price(stocked, OFFICIAL, 50)
    make_costs(office, official)
    (line,) = load_reception(office, official).costs
    assert (line.account, line.planned, line.allowed) == (OFFICIAL, Money(55_000), Money(55_000))
    assert line.basis == "客人 8 人、陪餐 3 人，每人 50元"
    edit_record(office, ReceptionCost, line.id, {"actual": Money(52_000), "receipt": True}, 1)
    new_record(office, ReceptionCost(reception=official, account=OFFICIAL, item="会议材料", planned=Money(10_000)))
    meal = load_reception(office, official).meals[0]
    edit_record(office, ReceptionMeal, meal.id, {"companions": 2}, 1)
    make_costs(office, official)
    costs = {one.item: one for one in load_reception(office, official).costs}
    assert costs[line.item].planned == Money(50_000)
    assert costs[line.item].actual == Money(52_000)
    assert costs["会议材料"].planned == Money(10_000)


def test_a_price_of_the_other_kind_counts_for_nothing(stocked: Stocked, official: int) -> None:
    price(stocked, INVESTING, 120)
    make_costs(stocked.office, official)
    (line,) = load_reception(stocked.office, official).costs
    assert line.planned is None
    assert line.basis == "没有填每人费用，标准里也没有"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([OFFICIAL, INVESTING]),
    guests=st.integers(0, 300),
    heads=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 90_000)), max_size=6),
    most=st.integers(1, 900),
)
def test_the_sum_is_what_everybody_eats(kind: str, guests: int, heads: list[tuple[int, int]], most: int) -> None:
    meal_kind = WORKING_MEAL if kind == OFFICIAL else INVESTING_MEAL
    meals = [ReceptionMeal(day=MONDAY, kind=meal_kind, companions=c, per_head=Money(p)) for c, p in heads]
    meals.append(ReceptionMeal(day=MONDAY, kind=OWN_MEAL, per_head=Money(9_900)))
    people = [ReceptionPerson(side=GUEST, name=str(n)) for n in range(guests)]
    few = ReceptionRule(kind=kind, item=r.SMALL_COMPANY, value=Decimal(3))
    standard = standard_of([few, ReceptionRule(kind=kind, item=r.MEAL_PRICE, value=Decimal(most))], kind, MONDAY)
    lines = reckoned(ReceptionBook(Reception(kind=kind), people=people, meals=meals), standard)
    assert {line.account for line in lines} <= {kind}
    assert sum(line.planned.fen for line in lines if line.planned) == sum((guests + c) * p for c, p in heads)
    allowed = [(guests + min(c, 3 if guests else 0)) * most * 100 for c, _ in heads]
    assert [line.allowed.fen for line in lines if line.allowed] == allowed


def test_guests_come_from_the_investors_people_and_ours_from_the_members(stocked: Stocked, official: int) -> None:
    office = stocked.office
    contact = office.find(Query(Contact))[0]
    add_contacts(office, official, [contact.id])
    add_contacts(office, official, [contact.id])
    add_members(office, official, [stocked.members[0].id])
    book = load_reception(office, official)
    (guest,) = [one for one in book.guests if one.contact]
    assert (guest.name, guest.duty, guest.phone) == ("周远航", "董事长", "13800000000")
    assert guest.unit.endswith("新材料有限公司")
    assert [(one.name, one.unit, one.side) for one in book.ours] == [("张敏", "投资促进局", OURS)]


def test_rows_from_excel_are_put_in_by_their_headings(stocked: Stocked, official: int) -> None:
    text = "序号\t姓名\t职务\t电话\t工作单位\r\n1\t周 敏\t处长\t13800000001\t市发改委\r\n2\t\t科长\t\t市发改委\r\n"
    done = paste_rows(stocked.office, ReceptionPerson, {"reception": official, "side": GUEST}, (), text)
    assert (done.added, done.left_out, done.reason) == (1, 1, "没有姓名")
    one = load_reception(stocked.office, official).guests[-1]
    assert (one.duty, one.phone, one.unit) == ("处长", "13800000001", "市发改委")


def test_rows_without_headings_are_taken_in_the_order_of_the_columns(stocked: Stocked, official: int) -> None:
    names = ("day", "start", "end", "what")
    text = "12月7日\t9:00\t10:30\t座谈\n2026-12-08\t下午\t\t看园区"
    done = paste_rows(stocked.office, ReceptionItem, {"reception": official}, names, text)
    assert done.added == 2
    first, second = load_reception(stocked.office, official).items
    told = {first.what: first, second.what: second}
    assert told["座谈"].start == 540
    assert told["看园区"].day == date(2026, 12, 8)


def test_a_mountain_of_rows_is_refused(stocked: Stocked, official: int) -> None:
    with pytest.raises(KnownError, match="一次最多粘贴 500 行"):
        paste_rows(stocked.office, ReceptionPerson, {"reception": official}, ("name",), "甲\n" * 800)


def test_who_is_elsewhere_in_these_days_is_told(stocked: Stocked, official: int) -> None:
    office, zhang, wang = stocked.office, stocked.members[0].id, stocked.members[1].id
    stocked.trip(teams=1)
    other = wish(INVESTING, "青禾来访")
    other.reception.members = (wang,)
    new_reception(office, other)
    add_members(office, official, [zhang, wang])
    told = [one.sentence for one in look_at(office, official).findings if one.section == "people"]
    assert any("张敏这几天也在外出“" in one for one in told)
    assert "王磊这几天也在接待“青禾来访”。" in told


def test_talks_are_visits_that_came_in(stocked: Stocked) -> None:
    office = stocked.office
    asked = wish(INVESTING)
    firm = stocked.investors[0].id
    contact = next(one for one in office.find(Query(Contact)) if one.investor == firm)
    asked.reception.investors, asked.reception.members = (firm,), (stocked.members[0].id,)
    key, _ = new_reception(office, asked)
    add_contacts(office, key, [contact.id])
    log_talks(office, key)
    (visit,) = [one for one in office.find(Query(Visit)) if one.reception == key]
    assert (visit.direction, visit.way, visit.day, visit.state) == ("请进来", "接待", MONDAY, "已排")
    assert (visit.contacts, visit.members) == ((contact.id,), (stocked.members[0].id,))
    assert (visit.unit, visit.guests, visit.host_rank) == (stocked.members[0].unit, 9, "董事长或总经理")
    with pytest.raises(KnownError, match="都已有洽谈记录"):
        log_talks(office, key)


def test_a_reception_is_found_by_a_part_of_its_name(stocked: Stocked, official: int) -> None:
    assert find_reception(stocked.office, "市局").id == official
    assert find_reception(stocked.office, str(official)).id == official
    new_reception(stocked.office, wish(name="市局复核"))
    with pytest.raises(KnownError, match="有 2 次"):
        find_reception(stocked.office, "市局")
    with pytest.raises(KnownError, match="没有名称里有"):
        find_reception(stocked.office, "省厅")
    assert stocked.office.find(Query(Reception, words="市局复核"))[0].name == "市局复核"


def test_an_office_without_rules_goes_by_what_ships(stocked: Stocked, official: int) -> None:
    office = stocked.office
    with office.transaction("旧办公室") as tx:
        tx.erase(ReceptionRule, office.ids(Query(ReceptionRule)))
    assert look_at(office, official).standard.companions(8) == 3
    price(stocked, OFFICIAL, 50)
    standard = look_at(office, official).standard
    assert (standard.companions(8), standard.price(r.MEAL_PRICE)) == (3, Money(5_000))
    new_record(office, ReceptionRule(kind=OFFICIAL, item=r.SMALL_COMPANY, value=None))
    assert look_at(office, official).standard.companions(8) is None


def test_a_reception_travels_with_its_rows_and_its_guests_stay_in_the_country(stocked: Stocked, official: int) -> None:
    going = reach(stocked.office, {Reception: [official]})
    assert len(going["reception_person"]) == 8
    assert going["reception_meal"]
    assert "reception_person" not in reach(stocked.office, {Reception: [official]}, abroad=True)


def test_a_talk_that_is_typed_up_was_held_and_is_to_be_followed_up(stocked: Stocked) -> None:
    office = stocked.office
    asked = wish(INVESTING)
    asked.reception.investors, asked.reception.members = (stocked.investors[0].id,), (stocked.members[0].id,)
    key, _ = new_reception(office, asked)
    log_talks(office, key)
    (talk,) = [one for one in office.find(Query(Visit)) if one.reception == key]
    edit_record(office, Visit, talk.id, {"next_step": "寄送园区图"}, talk.version)
    planned = office.get(Visit, talk.id)
    assert planned.state == "已排", "a next step may be known before"
    edit_record(office, Visit, talk.id, {"said": "看中二期地块"}, planned.version)
    held = office.get(Visit, talk.id)
    assert held.state == "已完成"
    assert [one.what for one in todos(office) if one.key == talk.id] == ["寄送园区图"]
    edit_record(office, Visit, talk.id, {"state": "取消", "said": "没有来"}, held.version)
    assert office.get(Visit, talk.id).state == "取消", "what somebody says of the state counts"


def test_a_promise_in_a_programme_is_told_with_its_paper(stocked: Stocked) -> None:
    asked = wish(INVESTING)
    asked.reception.purpose = "给予企业零地价供地"
    key, _ = new_reception(stocked.office, asked)
    _, promises = paper_of_reception(stocked.office, "programme", key)
    assert [one.place for one in promises] == ["事由"]
    _, promises = paper_of_reception(stocked.office, "cards", key)
    assert promises == []


def test_an_erased_reception_leaves_the_talks_that_were_held_with_their_investors(stocked: Stocked) -> None:
    office = stocked.office
    key, _ = new_reception(office, wish(INVESTING))
    held = Visit(investor=stocked.investors[0].id, reception=key, state="已完成", direction="请进来", said="看了地块。")
    planned = Visit(investor=stocked.investors[1].id, reception=key, direction="请进来")
    with office.transaction("洽谈") as tx:
        tx.save_all([held, planned])
    remove_records(office, Reception, [key])
    erase_records(office, Reception, [key])
    (left,) = office.find(Query(Visit, where=(Where("direction", "=", "请进来"),)))
    assert (left.id, left.reception) == (held.id, 0)
    assert check(office).wrong == []
