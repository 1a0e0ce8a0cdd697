"""行程单: one for each who travels, with their own days, the phones to call and where to go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import Leg, Team
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.blocks import (
    Block,
    Column,
    DataTable,
    FieldTable,
    Heading,
    Headline,
    PageBreak,
    Paper,
    Paragraph,
)
from zhaoshang_desktop.papers.briefing import BriefingPack, long_day, span
from zhaoshang_desktop.papers.itinerary import DAY_COLUMNS, day_rows, is_home, night_row

TITLE = "行程单"
TOGETHER = (Column("姓名", 1.2), Column("单位、职务", 3), Column("电话", 1.8))
Limit = Callable[[str, str, date], Money | None]
"""The most a night may cost: by place, rank and day."""


@dataclass(frozen=True)
class Traveller:
    """One who goes along, ours or an expert, in a team."""

    name: str
    post: str
    phone: str
    rank: str
    team: Team
    member: int = 0


def travellers(pack: BriefingPack) -> list[Traveller]:
    """All of the trip, team by team."""
    found = []
    for team in pack.teams:
        found += [_member(pack, team, member) for member in pack.team_members(team)]
        found += [_expert(team, expert) for expert in pack.team_experts(team)]
    return found


def _member(pack: BriefingPack, team: Team, member: Member) -> Traveller:
    unit = pack.unit_of.get(member.unit)
    post = f"{unit.short_name or unit.name if unit else ''} {member.duty}".strip()
    return Traveller(member.name, post, member.phone, member.rank or "三类", team, member.id)


def _expert(team: Team, expert: Expert) -> Traveller:
    return Traveller(expert.name, f"{expert.employer} {expert.post}".strip(), expert.phone, "三类", team)


def travel_sheets(pack: BriefingPack, limit: Limit | None = None, only: Collection[str] = ()) -> Paper:
    """A sheet each, every one beginning on a page of its own; with `only` those of these names."""
    chosen = [one for one in travellers(pack) if not only or one.name in only]
    blocks: list[Block] = []
    for number, one in enumerate(chosen):
        blocks += [PageBreak()] if number else []
        blocks += [Headline(f"{pack.name}　{TITLE}")] if number else []
        blocks += _sheet(pack, one, limit)
    if not chosen:
        blocks.append(Paragraph("尚未分队，没有要去的人。", note=True))
    return Paper(
        title=f"{pack.name or '外出招商'}　{TITLE}",
        blocks=tuple(blocks),
        author=pack.office,
        header=f"{pack.trip.name}　{TITLE}".strip(),
        notice="内部资料　注意保管",
        footer=f"{pack.office}　{span(pack.printed, None)}",
    )


def _sheet(pack: BriefingPack, one: Traveller, limit: Limit | None) -> Iterator[Block]:
    trip, team = pack.trip, one.team
    yield Heading(one.name, 2)
    ride = f"{team.mode}（公务用车）" if team.official_car else team.mode
    pairs = [
        ("职务", one.post),
        ("电话", one.phone),
        ("时间", span(*_away(pack, team))),
        ("队", f"{team.name}　{ride}"),
    ]
    origin = team.origin or trip.base
    pairs += [("出发地", place_name(origin))] if origin else []
    pairs += [("审批文号", trip.approval)] if trip.approval else []
    yield FieldTable(tuple((label, value or "未登记") for label, value in pairs))
    if pack.caution:
        yield Paragraph(pack.caution, note=True)
    own = _own(pack, one)
    moves: list[Visit | Leg] = [*own.planned, *own.legs]
    days = sorted({row.day for row in moves if row.day and row.team == team.id})
    if not days:
        yield Paragraph("行程尚未排定。", note=True)
    for day in days:
        yield Heading(long_day(day), 3, listed=False)
        yield DataTable(DAY_COLUMNS, (*day_rows(own, team, day), *_night(own, one, day, limit)))
    others = [other for other in travellers(pack) if other.team.id == team.id and other != one]
    if others:
        rows = tuple((other.name, other.post, other.phone or "未登记") for other in others)
        yield Heading("同行人员", 3, listed=False)
        yield DataTable(TOGETHER, rows)


def _away(pack: BriefingPack, team: Team) -> tuple[date | None, date | None]:
    """From the team's first way or meeting until it is home; what is not planned yet, by its own days or the trip's."""
    moves: list[Visit | Leg] = [*pack.planned, *pack.legs]
    days = [row.day for row in moves if row.day and row.team == team.id]
    first = min(days, default=team.first_day or pack.trip.start)
    home = bool(days) and is_home(pack, team, max(days))
    return first, max(days) if home else team.last_day or pack.trip.end


def _own(pack: BriefingPack, one: Traveller) -> BriefingPack:
    """The trip as this one sees it: a meeting that others were named for is not theirs."""
    visits = [
        visit
        for visit in pack.visits
        if not (one.member and visit.members and one.member not in visit.members and visit.team == one.team.id)
    ]
    visits = [
        replace(visit, team=one.team.id) if one.member and one.member in visit.members else visit for visit in visits
    ]
    return replace(pack, visits=tuple(visits))


def _night(pack: BriefingPack, one: Traveller, day: date, limit: Limit | None) -> Iterator[tuple[str, ...]]:
    """Where to sleep, and the most it may cost for this one's rank."""
    for when, place, what, _ in night_row(pack, one.team, day):
        code = _sleeps_at(pack, one.team, day)
        most = limit(code, one.rank, day) if limit and code else None
        yield when, place, what, f"限额每晚{write_money(most)}（{one.rank}）" if most else ""


def _sleeps_at(pack: BriefingPack, team: Team, day: date) -> str:
    ends = [(leg.start or 0, leg.destination) for leg in pack.legs if leg.day == day and leg.team == team.id]
    ends += [(v.start or 0, v.place) for v in pack.planned if v.day == day and v.place and v.team == team.id]
    return max(ends)[1] if ends else ""
