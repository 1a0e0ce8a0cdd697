"""What a trip costs, line by line, each with its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.planning.test_lodging import shipped
from zhaoshang_desktop.domain.allowance import Allowance, SeatRule
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.budget import Budget, Rules, budget, stays
from zhaoshang_desktop.planning.savings import savings
from zhaoshang_desktop.planning.travel import shipped_rules

SINCE, SOURCE = date(2014, 1, 1), "财行〔2013〕531号"
ALLOWANCES = (
    Allowance(item="伙食补助", amount=Money(10000), official_car=True, valid_from=SINCE, source=SOURCE),
    Allowance(
        item="伙食补助",
        places="西藏、青海、新疆",
        amount=Money(12000),
        official_car=True,
        valid_from=SINCE,
        source=SOURCE,
    ),
    Allowance(item="市内交通", amount=Money(8000), official_car=False, valid_from=SINCE, source=SOURCE),
)
TRIP = Trip(id=1, name="小分队", start=date(2026, 9, 7), end=date(2026, 9, 9), base="370400")
TEAM = Team(id=2, trip=1, name="一队", members=(11, 12))
MEMBERS = [Member(id=11, name="甲"), Member(id=12, name="乙")]
HOME, WUXI, SUZHOU = "370400", "320200", "320500"


def leg(day: int, origin: str, destination: str, kilometres: int = 100, **values: object) -> Leg:
    plain = {"trip": 1, "team": 2, "start": 480, "distance": Decimal(kilometres)}
    dated = {"day": date(2026, 9, day), "origin": origin, "destination": destination}
    return Leg(**(plain | dated | values))  # type: ignore[arg-type]


LEGS = [leg(7, HOME, WUXI, 500), leg(8, WUXI, SUZHOU, 50), leg(9, SUZHOU, HOME, 550)]


def reckoned(team: Team = TEAM, legs: list[Leg] | None = None, trip: Trip = TRIP) -> Budget:
    return budget(trip, [team], MEMBERS, LEGS if legs is None else legs, Rules(ALLOWANCES, shipped()))


def line(found: Budget, item: str) -> BudgetLine:
    return next(line for line in found.lines if line.item.startswith(item))


def yuan(found: Budget, item: str) -> int:
    planned = line(found, item).planned
    assert planned is not None
    return int(planned.yuan)


def test_allowances_are_persons_times_days_with_their_source() -> None:
    found = reckoned()
    assert yuan(found, "伙食补助") == 100 * 2 * 3
    assert yuan(found, "市内交通") == 80 * 2 * 3
    assert line(found, "伙食补助").basis == "一队2人×3天，每人每天100元（财行〔2013〕531号）"


def test_with_an_official_car_there_is_no_allowance_for_city_transport() -> None:
    found = reckoned(replace(TEAM, official_car=True))
    assert [line.item for line in found.lines if line.item.startswith("市内交通")] == []
    assert yuan(found, "伙食补助") == 600


def test_each_night_has_the_limit_of_its_place_and_says_which() -> None:
    found = reckoned()
    nights = [line for line in found.lines if line.item.startswith("住宿费")]
    assert [(night.item, night.planned) for night in nights] == [
        ("住宿费（江苏 无锡）", Money(76000)),
        ("住宿费（江苏 苏州）", Money(76000)),
    ]
    assert "每人每晚限额380元（财行〔2016〕71号）" in nights[0].basis
    assert "9月7日1晚×2人" in nights[0].basis


def test_members_of_different_ranks_have_their_own_limits_in_one_line() -> None:
    ranked = [MEMBERS[0], replace(MEMBERS[1], rank="二类")]
    wuxi = line(budget(TRIP, [TEAM], ranked, LEGS, Rules(ALLOWANCES, shipped())), "住宿费（江苏 无锡）")
    assert wuxi.planned == Money(38000 + 49000)
    assert "三类每人每晚限额380元" in wuxi.basis
    assert "二类每人每晚限额490元" in wuxi.basis


def test_two_teams_in_one_city_share_a_line() -> None:
    other = replace(TEAM, id=3, name="二队", members=(13,))
    legs = [*LEGS, *(replace(leg, team=3) for leg in LEGS)]
    found = budget(TRIP, [TEAM, other], MEMBERS, legs, Rules(ALLOWANCES, shipped()))
    assert len({line.item for line in found.lines}) == len(found.lines)
    assert line(found, "住宿费（江苏 无锡）").planned == Money(38000 * 3)


def test_an_expert_travels_at_the_lowest_rank() -> None:
    assert yuan(reckoned(replace(TEAM, experts=(31,))), "伙食补助") == 900


def test_in_xizang_the_higher_rate_holds_for_those_days() -> None:
    lhasa = "540100"
    found = reckoned(legs=[leg(7, HOME, lhasa, 3000), leg(9, lhasa, HOME, 3000)])
    assert yuan(found, "伙食补助（西藏、青海、新疆）") == 120 * 2 * 3


def test_the_way_is_estimated_by_the_kilometre_until_it_is_paid() -> None:
    found = reckoned()
    assert yuan(found, "城市间交通费（用车）") == 1100 * 1.1
    paid = reckoned(legs=[LEGS[0], LEGS[1], replace(LEGS[2], cost=Money(60000))])
    assert line(paid, "城市间交通费").planned == Money(60000 + 550 * 110)
    assert "已定600元" in line(paid, "城市间交通费").basis


def test_train_tickets_are_for_each_person() -> None:
    found = reckoned(legs=[replace(leg, mode="高铁") for leg in LEGS])
    assert line(found, "城市间交通费（高铁）").planned == Money(1100 * 46 * 2)


def test_foreign_tickets_are_not_added_to_yuan() -> None:
    found = reckoned(legs=[replace(LEGS[0], cost=Money(999900, "JPY")), *LEGS[1:]])
    assert line(found, "城市间交通费").planned == Money(600 * 110)
    assert "一队有外币交通费，没有计入合计" in found.missing


def test_the_total_is_held_against_the_limit_of_the_fund() -> None:
    found = reckoned(trip=replace(TRIP, fund_limit=Money(300000)))
    assert found.total == Money(sum(line.planned.fen for line in found.lines if line.planned))
    assert found.over == Money(found.total.fen - 300000)
    assert "超出经费限额 3000元" in found.verdict
    assert reckoned(trip=replace(TRIP, fund_limit=Money(9000000))).over is None


def test_a_limit_in_foreign_money_is_not_held_against_yuan() -> None:
    found = reckoned(trip=replace(TRIP, fund_limit=Money(100, "USD")))
    assert (found.over, found.left) == (None, None)
    assert "经费限额 1美元 是外币，没有比较" in found.verdict


def test_a_line_typed_in_foreign_money_is_not_in_the_total() -> None:
    found = reckoned()
    typed = BudgetLine(item="签证费", planned=Money(10**9, "JPY"))
    assert replace(found, lines=(*found.lines, typed)).total == found.total


def test_lines_are_numbered_and_belong_to_the_trip() -> None:
    found = reckoned()
    assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
    assert {line.trip for line in found.lines} == {1}


def test_a_night_abroad_is_not_invented() -> None:
    found = reckoned(legs=[leg(7, HOME, "X:日本"), leg(9, "X:日本", HOME)])
    assert found.missing == (
        "在日本的补助不按国内标准，按出国（境）批件核定",
        "日本的住宿费按出国（境）批件另行核定",
    )
    assert found.untold == ("出国（境）补助（日本）", "住宿费（日本）")


def test_without_a_valid_rule_it_is_said() -> None:
    expired = tuple(replace(rule, valid_to=date(2020, 1, 1)) for rule in ALLOWANCES)
    found = budget(TRIP, [TEAM], MEMBERS, LEGS, Rules(expired, shipped()))
    assert "2026-09-07没有有效的伙食补助标准" in found.missing


def test_without_an_itinerary_the_days_of_the_trip_count_and_the_rest_is_said_to_be_missing() -> None:
    found = reckoned(legs=[])
    assert yuan(found, "伙食补助") == 600
    assert found.missing == ("一队还没有行程，住宿费和交通费没有计算",)


def test_a_night_at_home_costs_nothing() -> None:
    legs = [leg(7, HOME, WUXI), leg(7, WUXI, HOME, start=900), leg(9, HOME, SUZHOU), leg(9, SUZHOU, HOME, start=900)]
    assert [stay.night for stay in stays(TRIP, legs)] == ["", "", ""]


def test_a_day_without_a_leg_is_spent_where_the_last_one_ended() -> None:
    legs = [leg(7, HOME, WUXI), leg(9, WUXI, HOME)]
    assert [(stay.place, stay.night) for stay in stays(TRIP, legs)] == [(WUXI, WUXI), (WUXI, WUXI), (WUXI, "")]


def test_each_rank_rides_in_its_class() -> None:
    """财行〔2013〕531号: 三类 in 二等座, 二类 in 一等座, 一类 in 商务座."""
    rides = [replace(leg, mode="高铁") for leg in LEGS]
    for rank, seat, rate in (("三类", "二等座", "0.46"), ("二类", "一等座", "0.74"), ("一类", "商务座", "1.4")):
        ranked = [replace(member, rank=rank) for member in MEMBERS]
        found = budget(TRIP, [TEAM], ranked, rides, Rules(ALLOWANCES, shipped()))
        ticket = line(found, "城市间交通费（高铁）")
        assert f"每公里{rate}元（{seat}）×2人" in ticket.basis
        assert ticket.planned == Money(round(1100 * 2 * Decimal(rate) * 100))


def test_the_class_of_a_rank_is_the_offices_to_change_and_has_its_dates() -> None:
    rides = [replace(leg, mode="高铁") for leg in LEGS]
    ranked = [replace(member, rank="二类") for member in MEMBERS]
    thrift = SeatRule(id=1, mode="高铁", second="二等座", valid_from=SINCE)
    for seats, seat, rate in (((thrift,), "二等座", 46), ((replace(thrift, valid_to=SINCE),), "一等座", 74)):
        found = budget(TRIP, [TEAM], ranked, rides, Rules(ALLOWANCES, shipped(), seats=seats))
        ticket = line(found, "城市间交通费（高铁）")
        assert f"（{seat}）×2人" in ticket.basis
        assert ticket.planned == Money(1100 * 2 * rate)


def test_a_hired_car_costs_its_days_besides_its_kilometres_and_an_official_one_does_not() -> None:
    rules = Rules(ALLOWANCES, shipped(), replace(shipped_rules(), car_day=40_000))
    hired = budget(TRIP, [TEAM], MEMBERS, LEGS, rules)
    assert line(hired, "城市间交通费（用车）").planned == Money(1100 * 110 + 3 * 40_000)
    own = budget(TRIP, [replace(TEAM, official_car=True)], MEMBERS, LEGS, rules)
    assert line(own, "城市间交通费（用车）").planned == Money(1100 * 110)


def test_who_has_no_rank_is_counted_at_the_lowest_and_named() -> None:
    ranked = [replace(MEMBERS[0], rank=""), MEMBERS[1]]
    found = budget(TRIP, [TEAM], ranked, LEGS, Rules(ALLOWANCES, shipped()))
    assert "甲没有登记出差级别，按三类计" in found.missing
    assert line(found, "住宿费（江苏 无锡）").planned == Money(76_000)


def test_a_rank_that_no_table_has_is_counted_at_the_lowest_and_said() -> None:
    strange = [replace(MEMBERS[0], rank="特类"), MEMBERS[1]]
    found = budget(TRIP, [TEAM], strange, LEGS, Rules(ALLOWANCES, shipped()))
    assert "甲的出差级别“特类”不在标准里，按三类计" in found.missing
    assert line(found, "住宿费（江苏 无锡）").planned == Money(76_000)


def test_emptied_tables_are_said_to_be_empty() -> None:
    found = budget(TRIP, [TEAM], MEMBERS, LEGS, Rules((), ()))
    assert "补助标准表是空的，伙食补助、市内交通没有计算，请在“标准与参数”里补上" in found.missing
    assert any(said.startswith("住宿费限额表里没有江苏 无锡") for said in found.missing)


def test_a_place_that_is_not_in_the_table_is_said_with_the_ways_out() -> None:
    few = tuple(limit for limit in shipped() if limit.region != "江苏")
    found = budget(TRIP, [TEAM], MEMBERS, LEGS, Rules(ALLOWANCES, few))
    assert "住宿费限额表里没有江苏 无锡、江苏 苏州，请在“标准与参数”里补上，或者直接填在预算里" in found.missing
    assert found.untold == ("住宿费（江苏 无锡）", "住宿费（江苏 苏州）")


def test_a_place_the_table_does_not_name_is_its_provinces_rest() -> None:
    suqian = "321300"
    found = reckoned(legs=[leg(7, HOME, suqian), leg(9, suqian, HOME)])
    assert "江苏其他地区三类每人每晚限额360元" in line(found, "住宿费（江苏 宿迁）").basis


def test_a_trip_without_dates_without_teams_or_without_people_says_so() -> None:
    assert "还没有出发和返回日期，补助没有计算" in reckoned(trip=replace(TRIP, start=None), legs=[]).missing
    backwards = replace(TRIP, end=date(2026, 9, 1))
    assert reckoned(trip=backwards, legs=[]).lines == ()
    assert "还没有分队，预算没有计算" in budget(TRIP, [], MEMBERS, [], Rules(ALLOWANCES, shipped())).missing
    empty = reckoned(replace(TEAM, members=()))
    assert "一队还没有队员" in empty.missing
    assert empty.total == Money(0)


def test_a_team_with_its_own_home_sleeps_there_for_nothing() -> None:
    team = replace(TEAM, origin=WUXI)
    found = reckoned(team, [leg(7, WUXI, SUZHOU), leg(7, SUZHOU, WUXI, start=900), leg(8, WUXI, SUZHOU)])
    assert [one.item for one in found.lines if one.item.startswith("住宿费")] == []


def test_a_ticket_for_a_day_after_the_trip_pays_no_allowance() -> None:
    late = leg(30, SUZHOU, HOME, ticket="G1", estimated=False)
    assert yuan(reckoned(legs=[*LEGS, late]), "伙食补助") == yuan(reckoned(), "伙食补助")


def test_what_saves_money_is_reckoned_through_and_the_most_comes_first() -> None:
    """An official car saves two persons' local fares; leaving 二队 at home all that it costs."""
    other = replace(TEAM, id=3, name="二队", members=(13,))
    legs = [*LEGS, *(replace(one, team=3) for one in LEGS)]
    rules = Rules(ALLOWANCES, shipped())
    whole = budget(TRIP, [TEAM, other], MEMBERS, legs, rules).total.fen
    alone = budget(TRIP, [TEAM], MEMBERS, legs, rules).total.fen
    found = {one.words: one.amount.fen for one in savings(TRIP, [TEAM, other], MEMBERS, legs, rules)}
    assert found["一队改用公务用车"] == 2 * 3 * 8_000
    assert found["二队不去"] == whole - alone
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert savings(replace(TRIP, start=None), [], [], [], rules) == []


def test_a_night_on_a_way_that_goes_on_next_day_is_a_night_away_even_on_the_way_home() -> None:
    legs = [LEGS[0], leg(8, WUXI, HOME, 500), leg(9, WUXI, HOME, 50)]
    assert [(stay.night, stay.underway) for stay in stays(TRIP, legs)] == [(WUXI, False), (HOME, True), ("", False)]
    found = reckoned(legs=legs)
    assert line(found, "住宿费（山东 枣庄）").planned
    assert "一队9月8日在去山东 枣庄的路上过夜，住宿费按山东 枣庄的限额计" in found.missing


def test_rides_in_town_are_paid_by_the_daily_allowance_and_not_a_second_time() -> None:
    binhu, xishan, jiangyin = "320211", "320205", "320281"
    inside = [leg(8, binhu, xishan, 30), leg(8, xishan, xishan, 5)]
    by_rail = [leg(7, HOME, binhu, 500, mode="高铁"), *inside, leg(9, xishan, HOME, 500, mode="高铁")]
    train = replace(TEAM, mode="高铁")
    assert not [one for one in reckoned(train, by_rail).lines if "用车" in one.item]
    out_of_town = [by_rail[0], *inside, leg(8, xishan, jiangyin, 40), by_rail[-1]]
    assert line(reckoned(train, out_of_town), "城市间交通费（用车）").planned == Money(40 * 110)
    by_car = [leg(7, HOME, binhu, 500), *inside, leg(9, xishan, HOME, 500)]
    found = line(reckoned(legs=by_car), "城市间交通费（用车）")
    assert found.planned == Money(1000 * 110)
    assert "市内2程由市内交通补助包干" in found.basis
    official = reckoned(replace(TEAM, official_car=True), by_car)
    assert line(official, "城市间交通费（用车）").planned == Money(1035 * 110)
    typed = [replace(one, cost=Money(2600)) if one is inside[0] else one for one in by_rail]
    assert line(reckoned(train, typed), "城市间交通费（用车）").planned == Money(2600)
    without = budget(TRIP, [train], MEMBERS, by_rail, Rules(ALLOWANCES[:2], shipped()))
    assert line(without, "城市间交通费（用车）").planned == Money(35 * 110)
