"""行程安排: the days of a trip, team by team; who goes, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.number import write_number
from zhaoshang_desktop.domain.region import point_of, with_place
from zhaoshang_desktop.domain.trip import Leg, Team, goes_on
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.papers.blocks import Block, Column, DataTable, Heading, Paragraph, Route, RouteSketch
from zhaoshang_desktop.papers.briefing import BriefingPack, hours, long_day, short_place

DAY_COLUMNS = (
    Column("时间", 1.4, "center"),
    Column("地点", 2.1),
    Column("事项", 2.7),
    Column("对方及电话", 2.3),
)
LEFT_OUT_COLUMNS = (Column("企业", 2.2), Column("地点", 1.4), Column("没排上的原因", 3))
TEAM_COLUMNS = (
    Column("姓名", 1),
    Column("单位、职务", 2.2),
    Column("电话", 1.5),
    Column("特长、语言", 1.9),
    Column("授权事项", 2.2),
)
PEOPLE_COLUMNS = (Column("企业", 2.6), Column("联系人", 1.2), Column("职务", 1.6), Column("电话", 1.8))


def itinerary(pack: BriefingPack) -> Iterator[Block]:
    """The chapter of days: for each day each team's table, then what found no place."""
    yield Heading("行程安排", 1, new_page=True)
    yield from _sketch(pack)
    if pack.caution:
        yield Paragraph(pack.caution, note=True)
    moves: list[Visit | Leg] = [*pack.planned, *pack.legs]
    days = sorted({row.day for row in moves if row.day})
    if not days:
        yield Paragraph("尚未安排会见时间。", note=True)
    for day in days:
        yield Heading(long_day(day), 2)
        for team in _teams_on(pack, day):
            if len(pack.teams) > 1:
                yield Heading(team.name if team else "未分队", 3, listed=False)
            yield DataTable(DAY_COLUMNS, (*day_rows(pack, team, day), *night_row(pack, team, day)))
    yield from _left_out(pack)


def _teams_on(pack: BriefingPack, day: date) -> list[Team | None]:
    moves: list[Visit | Leg] = [*pack.planned, *pack.legs]
    at_work = {row.team for row in moves if row.day == day}
    teams: list[Team | None] = [team for team in pack.teams if team.id in at_work]
    return teams + ([None] if at_work - {team.id for team in pack.teams} else [])


def _belongs(pack: BriefingPack, row: Visit | Leg, team: Team | None) -> bool:
    return row.team == team.id if team else row.team not in pack.team_of


def day_rows(pack: BriefingPack, team: Team | None, day: date) -> tuple[tuple[str, ...], ...]:
    """What a team does on a day, by the hour: ways and meetings."""
    timed: list[tuple[int, int, tuple[str, ...]]] = []
    for leg in pack.legs:
        if leg.day == day and _belongs(pack, leg, team):
            timed.append((leg.start if leg.start is not None else 24 * 60, 0, _leg_row(pack, leg)))
    for visit in pack.planned:
        if visit.day == day and _belongs(pack, visit, team):
            timed.append((visit.start if visit.start is not None else 24 * 60, 1, _visit_row(pack, visit)))
    return tuple(row for *_, row in sorted(timed, key=lambda entry: entry[:2]))


def _leg_row(pack: BriefingPack, leg: Leg) -> tuple[str, ...]:
    span = "待定" if leg.start is None else write_hour(leg.start)
    if leg.start is not None and leg.end is not None:
        span = f"{write_hour(leg.start)}–{write_hour(leg.end)}"
    told = [leg.mode, leg.ticket]
    if leg.distance:
        told.append(f"约{write_number(leg.distance, '公里')}")
    if leg.estimated and not leg.ticket:
        told.append("估算")
    if goes_on(leg, pack.legs):
        told.append("次日接着走")
    return span, way_of(leg) or "待定", "，".join(part for part in told if part), ""


def way_of(leg: Leg) -> str:
    """枣庄 → 长兴县; 临平区内 for a way that does not leave it."""
    ends = [short_place(code).split()[-1] for code in (leg.origin, leg.destination) if code]
    return f"{ends[0]}内" if len(ends) == 2 and leg.origin == leg.destination else " → ".join(ends)


def _visit_row(pack: BriefingPack, visit: Visit) -> tuple[str, ...]:
    investor = pack.investor_of.get(visit.investor)
    what = f"{visit.way} {investor.name if investor else '（客商已删除）'}"
    marks = [word for word, is_so in (("必到", visit.must), ("已约定", visit.fixed)) if is_so]
    if marks:
        what += f"（{'、'.join(marks)}）"
    return hours(visit.start, visit.minutes), where(pack, visit), what, _whom(pack, visit)


def where(pack: BriefingPack, visit: Visit) -> str:
    """The place of a meeting; without its own, the investor's."""
    investor = pack.investor_of.get(visit.investor)
    place = visit.place or (investor.place if investor else "")
    address = visit.address or (investor.address if investor and not visit.place else "")
    return with_place(short_place(place) if place else "", address) or "待定"


def _whom(pack: BriefingPack, visit: Visit) -> str:
    if visit.investor not in pack.investor_of:
        return ""
    hosts = pack.hosts(visit)
    told = [f"{host.name} {host.post}\n{host.mobile or host.phone or '未登记电话'}" for host in hosts]
    return "\n".join(told) or "未登记联系人"


def night_row(pack: BriefingPack, team: Team | None, day: date) -> Iterator[tuple[str, ...]]:
    """Where the team sleeps: where its last way or meeting of the day ended, unless it is home again by then."""
    if pack.trip.end is None or day >= pack.trip.end or is_home(pack, team, day):
        return
    if _on_the_way(pack, team, day):
        yield "晚", "途中", "住宿", ""
        return
    ends = [(leg.start or 0, leg.destination) for leg in pack.legs if leg.day == day and _belongs(pack, leg, team)]
    ends += [(v.start or 0, v.place) for v in pack.planned if v.day == day and v.place and _belongs(pack, v, team)]
    if ends:
        yield "晚", short_place(max(ends)[1]), "住宿", ""


def is_home(pack: BriefingPack, team: Team | None, day: date) -> bool:
    """Whether the last way of that day led the team back to where it lives."""
    home = (team.goal or team.origin if team else "") or pack.trip.base
    ways = [(leg.start or 0, leg.destination) for leg in pack.legs if leg.day == day and _belongs(pack, leg, team)]
    meetings = [visit.start or 0 for visit in pack.planned if visit.day == day and _belongs(pack, visit, team)]
    there = bool(home and ways) and max(ways)[1] == home and max(ways)[0] >= max(meetings, default=0)
    return there and not _on_the_way(pack, team, day)


def _on_the_way(pack: BriefingPack, team: Team | None, day: date) -> bool:
    """Whether the team is still on a way in the night after that day."""
    return any(leg.day == day and _belongs(pack, leg, team) and goes_on(leg, pack.legs) for leg in pack.legs)


def _left_out(pack: BriefingPack) -> Iterator[Block]:
    without = [visit for visit in pack.planned if visit.day is None]
    if not without:
        return
    yield Heading("未排上的会见", 2)
    rows = []
    for visit in without:
        investor = pack.investor_of.get(visit.investor)
        rows.append((investor.name if investor else "（客商已删除）", where(pack, visit), visit.left_out or "未注明"))
    yield DataTable(LEFT_OUT_COLUMNS, tuple(rows))


def _sketch(pack: BriefingPack) -> Iterator[Block]:
    routes = []
    for team in pack.teams:
        legs = [leg for leg in pack.legs if leg.team == team.id and leg.day]
        legs.sort(key=lambda leg: (leg.day or date.max, leg.start or 0))
        codes = [legs[0].origin, *(leg.destination for leg in legs)] if legs else []
        points = [(code, point_of(code)) for code in codes if code]
        stops = tuple((short_place(code).split()[-1], *point) for code, point in points if point)
        if len(stops) > 1:
            routes.append(Route(team.name, stops))
    if routes:
        yield RouteSketch(tuple(routes))


def people(pack: BriefingPack) -> Iterator[Block]:
    """Who travels, and a list of telephone numbers in the order of the meetings."""
    yield Heading("队伍与通讯录", 1, new_page=True)
    if not pack.teams:
        yield Paragraph("尚未分队。", note=True)
    for team in pack.teams:
        yield Heading(team.name, 2, listed=False)
        car = "（公务用车）" if team.official_car else ""
        yield Paragraph(f"交通方式：{team.mode}{car}", note=True)
        rows = _team_rows(pack, team)
        if rows:
            yield DataTable(TEAM_COLUMNS, rows)
        else:
            yield Paragraph("尚未选定队员。", note=True)
    yield Heading("会见对象通讯录", 2)
    rows = tuple(
        (target.investor.name, person.name, person.post, person.mobile or person.phone or "未登记")
        for target in pack.targets
        for person in pack.people_of(target)
    )
    if rows:
        yield DataTable(PEOPLE_COLUMNS, rows, shared=(0,))
    else:
        yield Paragraph("会见对象均未登记联系人，请出发前补齐。", note=True)


def _team_rows(pack: BriefingPack, team: Team) -> tuple[tuple[str, ...], ...]:
    rows = []
    for member in pack.team_members(team):
        unit = pack.unit_of.get(member.unit)
        post = f"{unit.short_name or unit.name if unit else ''} {member.duty}".strip()
        rows.append((member.name, post, member.phone, "、".join((*member.skills, *member.languages)), member.authority))
    for expert in pack.team_experts(team):
        post = f"{expert.employer} {expert.post}".strip()
        skills = "、".join((*expert.skills, *expert.languages))
        rows.append((expert.name, f"{post}（{expert.kind or '专家'}）", expert.phone, skills, ""))
    return tuple(rows)
