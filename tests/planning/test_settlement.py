"""Planned, allowed, spent: by hand once, and whatever is typed the sums agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.planning.test_budget import ALLOWANCES, HOME, LEGS, SUZHOU, TRIP, WUXI, leg
from tests.planning.test_lodging import shipped
from zhaoshang_desktop.domain.allowance import Rate, in_yuan
from zhaoshang_desktop.domain.expense import Expense
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.budget import SHARED, Budget, Person, Rules, budget
from zhaoshang_desktop.planning.settlement import (
    FOREIGN,
    NO_RECEIPT,
    NOT_TYPED,
    OVER_ALLOWANCE,
    OVER_LODGING,
    OVER_PLAN,
    Entry,
    Settlement,
    settlement,
)

NAMES = {("member", 11): "张敏", ("member", 12): "王磊", ("member", 13): "李想", ("expert", 21): "褚文博"}
MEMBERS = [
    Member(id=11, name="张敏", rank="二类"),
    Member(id=12, name="王磊", rank="三类"),
    Member(id=13, name="李想", rank="三类"),
]
CAR = Team(id=2, trip=1, name="一队", members=(11, 12), official_car=True)
TRAIN = Team(id=3, trip=1, name="二队", mode="高铁", members=(13,), experts=(21,))
RIDES = [replace(one, team=3, mode="高铁", cost=Money(30_001), ticket=f"G{n}") for n, one in enumerate(LEGS)]


def reckoned(teams: tuple[Team, ...] = (CAR, TRAIN), legs: list[Leg] | None = None) -> Budget:
    made = budget(TRIP, teams, MEMBERS, [*LEGS, *RIDES] if legs is None else legs, Rules(ALLOWANCES, shipped()))
    for line in made.lines:
        line.id, line.reckoned = 100 + (line.number or 0), True
    return made


def settled(made: Budget, *bills: Expense, files: dict[int, int] | None = None) -> Settlement:
    return settlement(made.lines, bills, made, lambda person: NAMES.get(person, "公共"), files or {})


def entry(done: Settlement, item: str, name: str) -> Entry:
    (found,) = (one for one in done.entries if one.line.item.startswith(item) and one.name == name)
    return found


def bill(made: Budget, item: str, member: int = 0, yuan: str = "0", **values: object) -> Expense:
    (line,) = (one for one in made.lines if one.item.startswith(item))
    spent = Money(int(Decimal(yuan) * 100))
    return Expense(id=900 + member, line=line.id, member=member, amount=spent, **values)  # type: ignore[arg-type]


def test_a_trip_reckoned_by_hand() -> None:
    """Three days, two nights. 财行〔2013〕531号: meals 100 a day for four; local fares 80 a day for the two without an
    official car. 财行〔2016〕71号: 无锡 and 苏州 380 a night at 三类, 490 at 二类. Train: three
    tickets of 300.01 for the team of two. Car: 1,100 km at 1.10."""
    done = settled(reckoned())
    told = {(one.line.item, one.name): one.planned for one in done.entries}
    meals = {("伙食补助", name): 30_000 for name in ("张敏", "王磊", "李想", "褚文博")}
    fares = {("市内交通", name): 24_000 for name in ("李想", "褚文博")}
    nights = {
        (f"住宿费（江苏 {city}）", name): 49_000 if name == "张敏" else 38_000
        for city in ("无锡", "苏州")
        for name in ("张敏", "王磊", "李想", "褚文博")
    }
    rides = {("城市间交通费（高铁）", "李想"): 45_002, ("城市间交通费（高铁）", "褚文博"): 45_001}
    assert told == meals | fares | nights | rides | {("城市间交通费（用车）", "公共"): 121_000}
    assert done.planned == 120_000 + 48_000 + 2 * (49_000 + 3 * 38_000) + 90_003 + 121_000


def test_allowances_need_no_receipts_and_all_else_does() -> None:
    made = reckoned()
    done = settled(made, bill(made, "伙食补助", 11, "300"), bill(made, "住宿费（江苏 无锡）", 11, "380"))
    assert entry(done, "伙食补助", "张敏").problems == ()
    assert entry(done, "住宿费（江苏 无锡）", "张敏").problems == (NO_RECEIPT,)
    assert [one.name for one, problem in done.problems if problem == NO_RECEIPT] == ["张敏"]
    for proof in (replace(bill(made, "住宿费（江苏 无锡）", 11, "380"), receipts="No. 1"),):
        assert entry(settled(made, proof), "住宿费（江苏 无锡）", "张敏").problems == ()
    line = entry(done, "住宿费（江苏 无锡）", "张敏").line
    photo = settled(made, bill(made, "住宿费（江苏 无锡）", 11, "380"), files={line.id: 1})
    assert NO_RECEIPT not in [problem for _, problem in photo.problems]


def test_a_night_over_the_limit_of_the_rank_wants_a_reason() -> None:
    made = reckoned()
    item = "住宿费（江苏 无锡）"
    zhang, wang = bill(made, item, 11, "450", receipts="1"), bill(made, item, 12, "450", receipts="2")
    done = settled(made, zhang, wang)
    assert entry(done, item, "张敏").problems == ()
    assert entry(done, item, "王磊").problems == (OVER_LODGING,)
    assert entry(done, item, "王磊").difference == 7_000
    assert settled(made, replace(wang, reason="展会期间只有这一家")).entries
    assert entry(settled(made, replace(wang, reason="展会")), item, "王磊").problems == ()


def test_an_allowance_is_never_more_than_the_rule_whatever_the_reason() -> None:
    made = reckoned()
    done = settled(made, bill(made, "伙食补助", 11, "300.01", reason="多吃了"))
    assert entry(done, "伙食补助", "张敏").problems == (OVER_ALLOWANCE,)


def test_foreign_money_is_not_added_until_it_is_converted() -> None:
    made = reckoned()
    dollars = replace(bill(made, "住宿费（江苏 无锡）", 11, receipts="1"), amount=Money(5_000, "USD"))
    done = settled(made, dollars)
    assert FOREIGN in entry(done, "住宿费（江苏 无锡）", "张敏").problems
    assert done.actual == 0


def test_what_is_planned_and_not_typed_is_open_and_what_was_not_planned_is_no_gap() -> None:
    made = reckoned()
    assert {problem for _, problem in settled(made).problems} == {NOT_TYPED}
    spare = BudgetLine(id=77, item="资料印刷")
    assert settlement([spare], [], Budget(()), lambda _: "公共", {}).problems == []


def test_more_than_planned_wants_a_reason_where_no_rule_sets_a_limit() -> None:
    printing = BudgetLine(id=77, item="资料印刷", planned=Money(10_000))
    dear = Expense(line=77, amount=Money(12_000), receipts="1")
    done = settlement([printing], [dear], Budget(()), lambda _: "公共", {})
    assert done.problems == [(done.entries[0], OVER_PLAN)]


def test_foreign_money_counts_by_the_office_s_rate_of_the_day_and_is_open_without_one() -> None:
    hotel = BudgetLine(id=77, item="境外住宿", planned=Money(50_000, "USD"))
    bill = Expense(line=77, amount=Money(40_000, "USD"), receipts="1")
    rates = [
        Rate(currency="USD", day=date(2026, 11, 1), cny=Decimal("7.2")),
        Rate(currency="USD", day=date(2027, 1, 1)),
    ]
    done = settlement(
        [hotel], [bill], Budget(()), lambda _: "公共", {}, lambda amount: in_yuan(amount, rates, date(2026, 12, 1))
    )
    assert (done.planned, done.actual, done.problems, done.notes) == (360_000, 288_000, [], ())
    unknown = settlement([hotel], [bill], Budget(()), lambda _: "公共", {})
    assert unknown.problems == [(unknown.entries[0], FOREIGN)]
    assert "没有计入合计" in unknown.notes[0]


def test_what_was_typed_for_the_whole_line_stays_whole() -> None:
    made = reckoned()
    made.lines[0].actual = Money(100_000)
    (whole,) = (one for one in settled(made).entries if one.line is made.lines[0])
    assert (whole.person, whole.planned, whole.limit, whole.actual) == (SHARED, 120_000, 120_000, 100_000)


def test_a_line_changed_by_hand_is_the_teams_and_the_rules_stay_limits() -> None:
    made = reckoned()
    changed = replace(made.lines[0], planned=Money(99_999))
    done = settlement([changed], [], made, lambda person: NAMES.get(person, "公共"), {})
    assert sum(one.planned for one in done.entries) == 99_999
    assert entry(done, "伙食补助", "张敏").limit == 30_000
    assert entry(done, "伙食补助", "公共").planned == 99_999


def test_the_verdict_holds_the_spending_against_plan_and_fund() -> None:
    made = replace(reckoned(), limit=Money(10_000))
    done = settled(made, bill(made, "住宿费（江苏 无锡）", 11, "380.50", receipts="1"))
    assert "实际 380.50 元" in done.verdict
    assert "超出经费限额 280.50 元" in done.verdict


PEOPLE = st.sampled_from(range(1, 9))
FEN = st.integers(0, 10**7)


@given(
    sizes=st.lists(st.integers(0, 4), min_size=1, max_size=3),
    costs=st.lists(FEN | st.none(), min_size=3, max_size=3),
    modes=st.lists(st.sampled_from(("驾车", "高铁", "飞机")), min_size=3, max_size=3),
    ranks=st.lists(st.sampled_from(("一类", "二类", "三类", "")), min_size=12, max_size=12),
    days=st.integers(0, 5),
    spent=st.lists(st.tuples(st.integers(0, 30), PEOPLE, FEN), max_size=12),
    typed=st.lists(FEN | st.none(), min_size=20, max_size=20),
)
def test_lines_persons_and_the_whole_always_agree(
    sizes: list[int],
    costs: list[int | None],
    modes: list[str],
    ranks: list[str],
    days: int,
    spent: list[tuple[int, int, int]],
    typed: list[int | None],
) -> None:
    members = [Member(id=n + 1, name=f"人{n}", rank=rank) for n, rank in enumerate(ranks)]
    keys = iter(range(1, 13))
    teams = [Team(id=n + 1, trip=1, members=tuple(next(keys) for _ in range(size))) for n, size in enumerate(sizes)]
    stops = [HOME, WUXI, SUZHOU, "540100", "X:日本", HOME]
    legs = [
        leg(7 + number % 3, stops[number], stops[number + 1], 33, team=team.id, mode=modes[number % 3],
            cost=None if costs[number % 3] is None else Money(costs[number % 3] or 0))
        for team in teams
        for number in range(days)
    ]  # fmt: skip
    made = budget(TRIP, teams, members, legs, Rules(ALLOWANCES, shipped()))
    for number, line in enumerate(made.lines):
        line.id = number + 1
        assert line.planned == Money(sum(made.shares[number].values()))
        amount = typed[number]
        if amount is not None:
            line.planned = Money(amount)
    assert made.total == Money(sum(line.planned.fen for line in made.lines if line.planned))
    whose: dict[tuple[int, int], Expense] = {
        (number, key): Expense(line=number + 1, member=key, amount=Money(fen))
        for number, key, fen in spent
        if number < len(made.lines)
    }
    done = settlement(made.lines, whose.values(), made, _called, {})
    assert done.planned == made.total.fen == sum(one.planned for one in done.persons)
    assert (
        done.actual == sum(one.actual for one in done.persons) == sum(b.amount.fen for b in whose.values() if b.amount)
    )
    assert len({(one.line.id, one.person) for one in done.entries}) == len(done.entries)


def _called(person: Person) -> str:
    return f"{person}"


def test_a_trip_across_new_year_has_each_nights_season() -> None:
    """海南三亚 is dearer from November to March, 哈尔滨 from June to September (财行〔2016〕71号)."""
    sanya = "460200"
    trip = replace(TRIP, start=date(2026, 12, 30), end=date(2027, 1, 2))
    legs = [
        replace(LEGS[0], day=date(2026, 12, 30), destination=sanya),
        replace(LEGS[0], day=date(2027, 1, 2), origin=sanya, destination=HOME),
    ]
    made = budget(trip, [replace(CAR, members=(12,))], MEMBERS, legs, Rules(ALLOWANCES, shipped()))
    (night,) = (line for line in made.lines if line.item.startswith("住宿费"))
    assert "12月30日至1月1日3晚×1人" in night.basis
    assert "旺季" in night.basis
