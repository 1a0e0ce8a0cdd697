"""What a trip may cost: allowances, nights, tickets and car, line by line with the rule behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from zhaoshang_desktop.domain.allowance import Allowance, LodgingLimit
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.region import candidates, is_overseas, is_within, place_name
from zhaoshang_desktop.domain.trip import BudgetLine, Leg, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.lodging import limit_for
from zhaoshang_desktop.planning.travel import AIR, RAIL, TravelRules, shipped_rules

EXPERT_RANK = "三类"
YUAN = "CNY"
Draft = tuple[str, str, int]
"""Item, basis and 分 of a line to be."""


@dataclass(frozen=True)
class Rules:
    """The county's tables, as they stand in the office."""

    allowances: tuple[Allowance, ...]
    limits: tuple[LodgingLimit, ...]
    travel: TravelRules = field(default_factory=shipped_rules)


@dataclass(frozen=True)
class Budget:
    """The lines without a total; `missing` says in sentences what could not be reckoned."""

    lines: tuple[BudgetLine, ...]
    limit: Money | None = None
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Money:
        return Money(sum(line.planned.fen for line in self.lines if line.planned))

    @property
    def over(self) -> Money | None:
        """What exceeds the limit of the fund; None within it or without one."""
        excess = self.total.fen - self.limit.fen if self.limit else 0
        return Money(excess) if excess > 0 else None

    @property
    def verdict(self) -> str:
        """The total against the limit, as a sentence."""
        total = f"合计 {write_money(self.total)}"
        if self.limit is None:
            return f"{total}，没有填写经费限额。"
        if self.over:
            return f"{total}，超出经费限额 {write_money(self.limit)} 共 {write_money(self.over)}。"
        left = write_money(Money(self.limit.fen - self.total.fen))
        return f"{total}，在经费限额 {write_money(self.limit)} 之内，结余 {left}。"


@dataclass(frozen=True)
class Stay:
    """A day away: where the day is spent and where the night after it, "" when at home."""

    day: date
    place: str
    night: str


@dataclass(frozen=True)
class _Group:
    """A team with what the reckoning needs of it."""

    team: Team
    ranks: Counter[str]
    legs: tuple[Leg, ...]
    stays: tuple[Stay, ...]

    @property
    def people(self) -> int:
        return self.ranks.total()


def budget(trip: Trip, teams: Iterable[Team], members: Iterable[Member], legs: Iterable[Leg], rules: Rules) -> Budget:
    """Experts travel at the lowest rank. The lines belong to the trip and are numbered, not stored."""
    ranks = {member.id: member.rank for member in members}
    legs = list(legs)
    groups = [_group(trip, team, ranks, [leg for leg in legs if leg.team == team.id]) for team in teams]
    missing: list[str] = []
    drafts = [*_allowance_lines(groups, rules, missing), *_lodging_lines(groups, rules, missing)]
    drafts += _road_lines(groups, rules.travel, missing)
    lines = [
        BudgetLine(trip=trip.id, number=number, item=item, basis=basis, planned=Money(fen))
        for number, (item, basis, fen) in enumerate(_merged(drafts), start=1)
    ]
    return Budget(tuple(lines), trip.fund_limit, tuple(dict.fromkeys(missing)))


def _group(trip: Trip, team: Team, ranks: dict[int, str], legs: list[Leg]) -> _Group:
    own = Counter(ranks.get(member, EXPERT_RANK) for member in team.members)
    if team.experts:
        own[EXPERT_RANK] += len(team.experts)
    return _Group(team, own, tuple(legs), stays(trip, legs))


def stays(trip: Trip, legs: Iterable[Leg]) -> tuple[Stay, ...]:
    """The days of one team from its first leg to its last; without legs the trip's days, nights unknown ("")."""
    dated = sorted((leg for leg in legs if leg.day), key=lambda leg: (leg.day or date.min, leg.start or 0))
    first = dated[0].day if dated else trip.start
    last = dated[-1].day if dated else trip.end
    if first is None or last is None:
        return ()
    found, here = [], dated[0].origin if dated else ""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        today = [leg for leg in dated if leg.day == day]
        spent = today[-1].origin if day == last and today else today[-1].destination if today else here
        here = today[-1].destination if today else here
        at_home = day == last or (bool(trip.base) and is_within(here, trip.base))
        found.append(Stay(day, spent, "" if at_home else here))
    return tuple(found)


def _merged(drafts: Iterable[Draft]) -> list[Draft]:
    """One line for each item: what several teams or ranks need of it is told in its basis."""
    lines: dict[str, Draft] = {}
    for item, basis, fen in drafts:
        _, before, already = lines.get(item, (item, "", 0))
        lines[item] = item, "；".join(filter(None, (before, basis))), already + fen
    return list(lines.values())


def _allowance_lines(groups: list[_Group], rules: Rules, missing: list[str]) -> list[Draft]:
    """One line for each rule of the table that applies: persons × days × amount."""
    used = [_days_by_rule(group, rules.allowances, missing) for group in groups]
    lines: list[Draft] = []
    for index, rule in enumerate(rules.allowances):
        counts = [(group, days[index]) for group, days in zip(groups, used, strict=True) if days[index]]
        paid = [(group, days) for group, days in counts if not (group.team.official_car and rule.official_car is False)]
        if paid and rule.amount:
            parts = "、".join(f"{group.team.name}{group.people}人×{days}天" for group, days in paid)
            where = f"（{rule.places}）" if rule.places else ""
            basis = f"{parts}，每人每天{write_money(rule.amount)}{_cited(rule.source)}"
            lines.append((rule.item + where, basis, rule.amount.fen * sum(g.people * days for g, days in paid)))
    return lines


def _days_by_rule(group: _Group, allowances: Sequence[Allowance], missing: list[str]) -> Counter[int]:
    """How many of a team's days each rule of the table is the one that holds."""
    days: Counter[int] = Counter()
    for item in dict.fromkeys(rule.item for rule in allowances):
        for stay in group.stays:
            index = _allowance(allowances, item, stay)
            if index is None:
                missing.append(f"{stay.day.isoformat()}没有有效的{item}标准")
            else:
                days[index] += 1
    return days


def _allowance(allowances: Sequence[Allowance], item: str, stay: Stay) -> int | None:
    """The number of the rule that holds that day; one that names the place goes before one that does not."""
    fitting = [
        (bool(rule.places), rule.valid_from or date.min, index)
        for index, rule in enumerate(allowances)
        if rule.item == item and rule.amount and _valid(rule, stay.day)
        if not rule.places or _among(rule.places, stay.place)
    ]
    return max(fitting)[2] if fitting else None


def _valid(rule: Allowance, day: date) -> bool:
    return (rule.valid_from is None or rule.valid_from <= day) and (rule.valid_to is None or day <= rule.valid_to)


def _among(names: str, place: str) -> bool:
    return bool(place) and any(is_within(place, code) for name in names.split("、") for code in candidates(name))


def _lodging_lines(groups: list[_Group], rules: Rules, missing: list[str]) -> list[Draft]:
    """One line for each stay in one place under one limit."""
    lines: list[Draft] = []
    for group in groups:
        nights = [stay for stay in group.stays if stay.night]
        if not group.legs and len(group.stays) > 1:
            missing.append(f"{group.team.name}还没有行程，住宿费和交通费没有计算")
        for rank in sorted(group.ranks):
            priced = [(stay, limit_for(rules.limits, stay.night, rank, stay.day)) for stay in nights]
            for stay, found in priced:
                if found is None:
                    missing.append(_no_limit(stay))
            known = [(stay, found) for stay, found in priced if found]
            for _, same in groupby(known, key=lambda pair: (pair[0].night, pair[1].limit.id, id(pair[1].limit))):
                stretch = list(same)
                amount, limit = stretch[0][1].amount, stretch[0][1].limit
                season = f"，旺季{limit.season}" if limit.season else ""
                people, count = group.ranks[rank], len(stretch)
                basis = (
                    f"{group.team.name}{_span(stretch[0][0].day, stretch[-1][0].day)}{count}晚×{people}人，"
                    f"{limit.region}{limit.places}{rank}每人每晚限额{write_money(amount)}{season}{_cited(limit.source)}"
                )
                lines.append((f"住宿费（{place_name(stretch[0][0].night)}）", basis, amount.fen * people * count))
    return lines


def _no_limit(stay: Stay) -> str:
    if is_overseas(stay.night):
        return f"{place_name(stay.night)}的住宿费按出国（境）批件另行核定"
    return f"住宿费限额表里没有{place_name(stay.night)}"


def _span(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"


def _road_lines(groups: list[_Group], rules: TravelRules, missing: list[str]) -> list[Draft]:
    """Tickets and car of each team: what was typed in as it is, the rest estimated by the kilometre."""
    lines: list[Draft] = []
    for group in groups:
        for mode, legs in _by_mode(group.legs):
            paid = [leg.cost for leg in legs if leg.cost]
            if any(cost.currency != YUAN for cost in paid):
                missing.append(f"{group.team.name}有外币交通费，没有计入合计")
            known = Money(sum(cost.fen for cost in paid if cost.currency == YUAN))
            kilometres = sum(int(leg.distance or 0) for leg in legs if not leg.cost)
            lines.append(_road_line(group, mode, len(legs), known, kilometres, rules))
            unpaid = len(legs) - len(paid)
            if mode == AIR and unpaid:
                missing.append(f"{group.team.name}有 {unpaid} 程机票还没有票价，没有计入合计")
    return lines


def _road_line(group: _Group, mode: str, legs: int, known: Money, kilometres: int, rules: TravelRules) -> Draft:
    by_rail = mode == RAIL
    rate, heads = (rules.rail_fare, group.people) if by_rail else (rules.car_cost, 1)
    parts = [f"{group.team.name}{legs}程"]
    if known.fen:
        parts.append(f"已定{write_money(known)}")
    if kilometres:
        times = f"×{heads}人" if by_rail else ""
        parts.append(f"估算{kilometres}公里×每公里{write_money(Money(rate))}{times}")
    name = f"城市间交通费（{mode if mode in (RAIL, AIR) else '用车'}）"
    return name, "，".join(parts), known.fen + kilometres * rate * heads


def _by_mode(legs: Sequence[Leg]) -> list[tuple[str, list[Leg]]]:
    modes = sorted({leg.mode for leg in legs}, reverse=True)
    return [(mode, [leg for leg in legs if leg.mode == mode]) for mode in modes]


def _cited(source: str) -> str:
    return f"（{source}）" if source else ""
