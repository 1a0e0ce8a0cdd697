"""What a trip may cost: allowances, nights, tickets and car, line by line with the rule behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from zhaoshang_desktop.domain.allowance import ALLOWANCE_ITEMS, Allowance, LodgingLimit, SeatRule
from zhaoshang_desktop.domain.fund import left_of
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.region import candidates, in_one_town, is_overseas, is_within, place_name
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip, goes_on
from zhaoshang_desktop.domain.unit import TRAVEL_RANKS, Member
from zhaoshang_desktop.domain.validity import holds, since
from zhaoshang_desktop.planning.lodging import NightLimit, limit_for
from zhaoshang_desktop.planning.seats import seat_for
from zhaoshang_desktop.planning.travel import AIR, CAR, RAIL, TravelRules, shipped_rules

EXPERT_RANK = LOWEST_RANK = "三类"
YUAN = "CNY"
IN_TOWN = ALLOWANCE_ITEMS[1]
LODGING, ABROAD = "住宿费", "出国（境）补助"
Person = tuple[str, int]
"""Who it is for: ("member", key) or ("expert", key); SHARED is the team as a whole."""
SHARED: Person = ("", 0)


@dataclass(frozen=True)
class Rules:
    """The county's tables, as they stand in the office."""

    allowances: tuple[Allowance, ...]
    limits: tuple[LodgingLimit, ...]
    travel: TravelRules = field(default_factory=shipped_rules)
    seats: tuple[SeatRule, ...] = ()


@dataclass(frozen=True)
class Budget:
    """The lines without a total; `missing` says in sentences what could not be reckoned, `untold` are the items that
    somebody has to fill in, `shares` the 分 of each line by person."""

    lines: tuple[BudgetLine, ...]
    limit: Money | None = None
    missing: tuple[str, ...] = ()
    shares: tuple[Mapping[Person, int], ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def total(self) -> Money:
        """In 元; what was typed in another currency is not in it."""
        return Money(sum(line.planned.fen for line in self.lines if line.planned and line.planned.currency == YUAN))

    @property
    def left(self) -> Money | None:
        """What is left of the limit of the fund, below zero over it; None without one to hold the total against."""
        return left_of(self.limit, [self.total])

    @property
    def over(self) -> Money | None:
        """What exceeds the limit of the fund; None within it or without one."""
        return Money(-self.left.fen) if self.left and self.left.fen < 0 else None

    @property
    def verdict(self) -> str:
        """The total against the limit, as a sentence."""
        total = f"合计 {write_money(self.total)}"
        if self.limit is None:
            return f"{total}，没有填写经费限额。"
        if self.left is None:
            return f"{total}，经费限额 {write_money(self.limit)} 是外币，没有比较。"
        if self.over:
            return f"{total}，超出经费限额 {write_money(self.limit)} 共 {write_money(self.over)}。"
        return f"{total}，在经费限额 {write_money(self.limit)} 之内，结余 {write_money(self.left)}。"


@dataclass(frozen=True)
class Stay:
    """A day away: where the day is spent and where the night after it, "" when at home. A night on a way that goes on
    the next day (`underway`) counts as one where the way leads."""

    day: date
    place: str
    night: str
    underway: bool = False


@dataclass(frozen=True)
class _Group:
    """A team with what the reckoning needs of it."""

    team: Team
    ranks: Mapping[Person, str]
    legs: tuple[Leg, ...]
    stays: tuple[Stay, ...]

    @property
    def people(self) -> int:
        return len(self.ranks)

    def of_rank(self, rank: str) -> list[Person]:
        return [person for person, own in self.ranks.items() if own == rank]


@dataclass
class _Draft:
    """A line to be: item, basis and whose it is."""

    item: str
    basis: str
    shares: dict[Person, int]


@dataclass
class _Gaps:
    """What could not be reckoned: sentences, and the items that wait to be filled in."""

    said: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)

    def add(self, sentence: str, item: str = "") -> None:
        self.said.append(sentence)
        if item:
            self.items.append(item)


def budget(trip: Trip, teams: Iterable[Team], members: Iterable[Member], legs: Iterable[Leg], rules: Rules) -> Budget:
    """Experts travel at the lowest rank. The lines belong to the trip and are numbered, not stored."""
    known = {member.id: member for member in members}
    legs = list(legs)
    groups = [_group(trip, team, known, [leg for leg in legs if leg.team == team.id]) for team in teams]
    gaps = _Gaps()
    _look_over(trip, groups, known, gaps)
    groups = [group for group in groups if group.people]
    drafts = [*_allowance_lines(groups, rules, gaps), *_lodging_lines(groups, rules, gaps)]
    drafts = _merged([*drafts, *_road_lines(groups, rules, gaps)])
    lines = [
        BudgetLine(trip=trip.id, number=number, item=one.item, basis=one.basis, planned=Money(sum(one.shares.values())))
        for number, one in enumerate(drafts, start=1)
    ]
    if gaps.unlisted:
        places = "、".join(dict.fromkeys(gaps.unlisted))
        gaps.add(f"住宿费限额表里没有{places}，请在“标准与参数”里补上，或者直接填在预算里")
    said, items = (tuple(dict.fromkeys(found)) for found in (gaps.said, gaps.items))
    return Budget(tuple(lines), trip.fund_limit, said, tuple(one.shares for one in drafts), items)


def _group(trip: Trip, team: Team, known: Mapping[int, Member], legs: list[Leg]) -> _Group:
    ranks = {("member", key): _rank_of(known.get(key)) for key in team.members}
    ranks |= {("expert", key): EXPERT_RANK for key in team.experts}
    return _Group(team, ranks, tuple(legs), stays(trip, legs, team))


def _rank_of(member: Member | None) -> str:
    return member.rank if member and member.rank in TRAVEL_RANKS else LOWEST_RANK


def _look_over(trip: Trip, groups: Iterable[_Group], known: Mapping[int, Member], gaps: _Gaps) -> None:
    """What is not known yet of the trip itself."""
    groups = list(groups)
    if trip.start is None or trip.end is None or trip.end < trip.start:
        gaps.add("还没有出发和返回日期，补助没有计算")
    if not groups:
        gaps.add("还没有分队，预算没有计算")
    for group in groups:
        if not group.people:
            gaps.add(f"{group.team.name}还没有队员")
        for key in group.team.members:
            if key in known and known[key].rank not in TRAVEL_RANKS:
                rank = known[key].rank
                lacks = f"的出差级别“{rank}”不在标准里" if rank else "没有登记出差级别"
                gaps.add(f"{known[key].name}{lacks}，按{LOWEST_RANK}计")


def stays(trip: Trip, legs: Iterable[Leg], team: Team | None = None) -> tuple[Stay, ...]:
    """The days of one team from its first leg to its last; without legs its own days or the trip's, nights
    unknown (""). A ticket for a day that the trip has no more makes it no longer."""
    home = (team.origin if team else "") or trip.base
    start, end = trip.start or date.min, trip.end or date.max
    dated = sorted(
        (leg for leg in legs if leg.day and start <= leg.day <= end),
        key=lambda leg: (leg.day or date.min, leg.start or 0),
    )
    first = dated[0].day if dated else (team and team.first_day) or trip.start
    last = dated[-1].day if dated else (team and team.last_day) or trip.end
    if first is None or last is None or last < first:
        return ()
    found, here = [], dated[0].origin if dated else ""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        today = [leg for leg in dated if leg.day == day]
        spent = today[-1].origin if day == last and today else today[-1].destination if today else here
        here = today[-1].destination if today else here
        underway = bool(today) and goes_on(today[-1], dated)
        at_home = day == last or (bool(home) and is_within(here, home) and not underway)
        found.append(Stay(day, spent, "" if at_home else here, underway))
    return tuple(found)


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """One line for each item: what several teams or ranks need of it is told in its basis."""
    lines: dict[str, _Draft] = {}
    for draft in drafts:
        kept = lines.setdefault(draft.item, _Draft(draft.item, "", {}))
        kept.basis = "；".join(filter(None, (kept.basis, draft.basis)))
        for person, fen in draft.shares.items():
            kept.shares[person] = kept.shares.get(person, 0) + fen
    return list(lines.values())


def _allowance_lines(groups: list[_Group], rules: Rules, gaps: _Gaps) -> list[_Draft]:
    """One line for each rule of the table that applies: persons × days × amount."""
    if groups and not rules.allowances:
        gaps.add(f"补助标准表是空的，{'、'.join(ALLOWANCE_ITEMS)}没有计算，请在“标准与参数”里补上")
    used = [_days_by_rule(group, rules.allowances, gaps) for group in groups]
    lines: list[_Draft] = []
    for index, rule in enumerate(rules.allowances):
        counts = [(group, days[index]) for group, days in zip(groups, used, strict=True) if days[index]]
        paid = [(group, days) for group, days in counts if not (group.team.official_car and rule.official_car is False)]
        if paid and rule.amount:
            parts = "、".join(f"{group.team.name}{group.people}人×{days}天" for group, days in paid)
            where = f"（{rule.places}）" if rule.places else ""
            basis = f"{parts}，每人每天{write_money(rule.amount)}{_cited(rule.source)}"
            shares: Counter[Person] = Counter()
            for group, days in paid:
                shares.update(dict.fromkeys(group.ranks, rule.amount.fen * days))
            lines.append(_Draft(rule.item + where, basis, dict(shares)))
    return lines


def _days_by_rule(group: _Group, allowances: Sequence[Allowance], gaps: _Gaps) -> Counter[int]:
    """How many of a team's days each rule of the table is the one that holds; abroad none does."""
    days: Counter[int] = Counter()
    home = [stay for stay in group.stays if not is_overseas(stay.place)]
    for place in dict.fromkeys(stay.place for stay in group.stays if is_overseas(stay.place)):
        gaps.add(f"在{place_name(place)}的补助不按国内标准，按出国（境）批件核定", f"{ABROAD}（{place_name(place)}）")
    for item in dict.fromkeys(rule.item for rule in allowances):
        for stay in home:
            index = _allowance(allowances, item, stay)
            if index is None:
                gaps.add(f"{stay.day.isoformat()}没有有效的{item}标准", item)
            else:
                days[index] += 1
    return days


def _allowance(allowances: Sequence[Allowance], item: str, stay: Stay) -> int | None:
    """The number of the rule that holds that day; one that names the place goes before one that does not."""
    fitting = [
        (bool(rule.places), since(rule), index)
        for index, rule in enumerate(allowances)
        if rule.item == item and rule.amount and holds(rule, stay.day)
        if not rule.places or _among(rule.places, stay.place)
    ]
    return max(fitting)[2] if fitting else None


def _among(names: str, place: str) -> bool:
    return bool(place) and any(is_within(place, code) for name in names.split("、") for code in candidates(name))


def _lodging_lines(groups: list[_Group], rules: Rules, gaps: _Gaps) -> list[_Draft]:
    """One line for each stay in one place under one limit."""
    lines: list[_Draft] = []
    for group in groups:
        nights = [stay for stay in group.stays if stay.night]
        if not group.legs and len(group.stays) > 1:
            gaps.add(f"{group.team.name}还没有行程，住宿费和交通费没有计算")
        for stay in nights:
            if stay.underway:
                where = place_name(stay.night)
                gaps.add(f"{group.team.name}{_span(stay.day, stay.day)}在去{where}的路上过夜，住宿费按{where}的限额计")
        for rank in sorted(set(group.ranks.values())):
            priced = [(stay, limit_for(rules.limits, stay.night, rank, stay.day)) for stay in nights]
            for stay, found in priced:
                if found is None:
                    _no_limit(stay, gaps)
            known = [(stay, found) for stay, found in priced if found]
            for _, same in groupby(known, key=lambda pair: (pair[0].night, pair[1].limit.id, id(pair[1].limit))):
                lines.append(_stretch_line(group, rank, list(same)))
    return lines


def _stretch_line(group: _Group, rank: str, stretch: Sequence[tuple[Stay, NightLimit]]) -> _Draft:
    amount, limit = stretch[0][1].amount, stretch[0][1].limit
    season = f"，旺季{limit.season}" if limit.season else ""
    people, count = group.of_rank(rank), len(stretch)
    basis = (
        f"{group.team.name}{_span(stretch[0][0].day, stretch[-1][0].day)}{count}晚×{len(people)}人，"
        f"{limit.region}{limit.places}{rank}每人每晚限额{write_money(amount)}{season}{_cited(limit.source)}"
    )
    return _Draft(f"{LODGING}（{place_name(stretch[0][0].night)}）", basis, dict.fromkeys(people, amount.fen * count))


def _no_limit(stay: Stay, gaps: _Gaps) -> None:
    place = place_name(stay.night)
    gaps.items.append(f"{LODGING}（{place}）")
    if is_overseas(stay.night):
        gaps.add(f"{place}的住宿费按出国（境）批件另行核定")
    else:
        gaps.unlisted.append(place)


def _span(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"


def _road_lines(groups: list[_Group], rules: Rules, gaps: _Gaps) -> list[_Draft]:
    """Tickets and car of each team: what was typed in as it is, the rest estimated by the kilometre."""
    lines: list[_Draft] = []
    for group in groups:
        own = [leg for leg in group.legs if group.team.mode == CAR or not _in_allowance(group.team, leg, rules)]
        for mode, legs in _by_mode(own):
            paid = [leg.cost for leg in legs if leg.cost]
            if any(cost.currency != YUAN for cost in paid):
                gaps.add(f"{group.team.name}有外币交通费，没有计入合计")
            lines.append(_road_line(group, mode, legs, rules))
            unpaid = len(legs) - len(paid)
            if mode == AIR and unpaid:
                gaps.add(f"{group.team.name}有 {unpaid} 程机票还没有票价，没有计入合计")
    return lines


def _in_allowance(team: Team, leg: Leg, rules: Rules) -> bool:
    """Whether a ride is paid by the daily 市内交通: rides in town may cost no more (财行〔2013〕531号第五章)."""
    if team.official_car or leg.mode != CAR or leg.cost or not in_one_town(leg.origin, leg.destination):
        return False
    return _allowance(rules.allowances, IN_TOWN, Stay(leg.day or date.min, leg.destination, "")) is not None


def _road_line(group: _Group, mode: str, legs: Sequence[Leg], rules: Rules) -> _Draft:
    """A ticket is each person's, of the class of their rank; a car is the team's."""
    known = sum(leg.cost.fen for leg in legs if leg.cost and leg.cost.currency == YUAN)
    kilometres = sum(int(leg.distance or 0) for leg in legs if not leg.cost)
    parts = [f"{group.team.name}{len(legs)}程"]
    if mode in (RAIL, AIR):
        shares = dict(zip(group.ranks, _even(known, group.people), strict=True))
        parts += [f"已定{write_money(Money(known))}"] if known else []
        for rank in sorted(set(group.ranks.values())):
            seat = seat_for(rules.seats, mode, rank, legs[0].day or date.min)
            people, rate = group.of_rank(rank), rules.travel.fare_of(seat) if mode == RAIL else 0
            if kilometres and rate:
                parts.append(f"估算{kilometres}公里×每公里{write_money(Money(rate))}（{seat}）×{len(people)}人")
                shares.update({person: shares[person] + kilometres * rate for person in people})
            elif known:
                parts.append(f"{rank}可乘{seat}")
        return _Draft(f"城市间交通费（{mode}）", "，".join(parts), shares)
    travel = rules.travel
    inside = [leg for leg in legs if _in_allowance(group.team, leg, rules)]
    kilometres -= sum(int(leg.distance or 0) for leg in inside)
    days = len({leg.day for leg in legs if leg.day}) if travel.car_day and not group.team.official_car else 0
    parts += [f"已定{write_money(Money(known))}"] if known else []
    parts += [f"估算{kilometres}公里×每公里{write_money(Money(travel.car_cost))}"] if kilometres else []
    parts += [f"市内{len(inside)}程由{IN_TOWN}补助包干"] if inside else []
    parts += [f"租车{days}天×每天{write_money(Money(travel.car_day))}"] if days else []
    total = known + kilometres * travel.car_cost + days * travel.car_day
    return _Draft("城市间交通费（用车）", "，".join(parts), {SHARED: total})


def _even(fen: int, people: int) -> list[int]:
    """In as many parts, which differ by a 分 at most and lose none."""
    whole, left = divmod(fen, people)
    return [whole + (number < left) for number in range(people)]


def _by_mode(legs: Sequence[Leg]) -> list[tuple[str, list[Leg]]]:
    modes = sorted({leg.mode for leg in legs}, reverse=True)
    return [(mode, [leg for leg in legs if leg.mode == mode]) for mode in modes]


def _cited(source: str) -> str:
    return f"（{source}）" if source else ""
