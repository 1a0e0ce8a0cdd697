"""What today's page says of a visit: the time left, the way, and the short dossier."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.trip import Team
from zhaoshang_desktop.ui import theme
from zhaoshang_desktop.ui.trip.sight import city, short_day

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.road import DayOut, Dossier, Meeting
    from zhaoshang_desktop.domain.trip import Leg

PAST_SHOWN = 3
TEXT_PX = 15


def state_of(one: Meeting, found: DayOut) -> str:
    """One of the signs of the list."""
    if one.visit.state == "取消":
        return "off"
    if one.visit.state == "已完成":
        return "done"
    if one.is_over(found.today, found.now):
        return "over"
    return "next" if found.next is not None and found.next.visit.id == one.visit.id else "coming"


def place_of(one: Meeting) -> str:
    """The city."""
    return city(one.visit.place)


def time_left(found: DayOut, one: Meeting) -> str:
    """The time left, as large as it matters."""
    if one.visit.state == "取消":
        return "已取消"
    if one.visit.state == "已完成":
        return "已记录"
    if one.visit.day != found.today:
        return f"{short_day(one.visit.day)} {write_hour(one.visit.start or 0)}" if one.visit.day else ""
    minutes = (one.visit.start or 0) - found.now
    if found.now >= one.end:
        return "谈完了，还没有记录"
    if minutes <= 0:
        return "正在谈" if minutes < 0 else "现在开始"
    if one.leave_by is not None and one.leave_by > found.now:
        return f"还有 {_minutes(minutes)}，{_minutes(one.leave_by - found.now)}后出发"
    return f"还有 {_minutes(minutes)}" + ("，该在路上了" if one.leg is not None else "")


def is_under_way(found: DayOut, one: Meeting) -> bool:
    """Whether they are sitting together now."""
    held = one.visit.state == "已排" and one.visit.day == found.today and one.visit.start is not None
    return held and (one.visit.start or 0) <= found.now < one.end


def _minutes(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole} 小时 {rest} 分" if whole and rest else f"{whole} 小时" if whole else f"{rest} 分"


def way_and_address(one: Meeting) -> str:
    """When to leave and how, then the address."""
    place = place_name(one.visit.place) if one.visit.place else ""
    told = bool(place) and city(one.visit.place) in one.visit.address
    address = one.visit.address if told else f"{place} {one.visit.address}".strip()
    return "\n".join(
        part for part in (way_words(one.leg) if one.leg else "", f"地址：{address}" if address else "") if part
    )


def way_words(leg: Leg, goes_on: bool = False) -> str:
    """By when to leave, how, how far, and when one is there or stops for the night."""
    parts = [f"{write_hour(leg.start or 0)} 前出发", leg.mode]
    if leg.ticket:
        parts.append(leg.ticket)
    if leg.distance:
        parts.append(f"{leg.distance:.0f} 公里")
    there = f"歇，次日接着去{city(leg.destination)}" if goes_on else f"到{city(leg.destination)}"
    parts.append(f"{write_hour(leg.end or 0)} {there}")
    return "　".join(parts) + ("（估算）" if leg.estimated else "")


def last_way(found: DayOut) -> str:
    """The last way of a day that has no meetings, or no more."""
    if found.way is None:
        return ""
    team = next((team for team in found.teams if team.id == found.way.team), Team())
    leads_home = found.way.destination == (team.goal or team.origin or found.trip.base)
    return ("回程：" if leads_home else "路上：") + way_words(found.way, found.goes_on)


def waiting_words(found: DayOut) -> str:
    """Who has no hour yet."""
    names = "、".join(one.name for one in found.waiting[:6])
    return f"还没有排上的：{names}" if names else ""


def dossier_html(known: Dossier | None) -> str:
    """The short dossier as a page of text; every word of it is escaped."""
    if known is None:
        return ""
    parts: list[str] = []
    _section(parts, "不宜谈", [_point(point) for point in known.avoid[:6]], "red")
    _section(parts, "可谈", [_point(point) for point in known.say[:8]], "green")
    people = []
    for contact, habits in known.people[:4]:
        number = contact.mobile or contact.phone
        name = f"<b>{_e(contact.name)}</b> {_e(contact.post)}{' · 决策人' if contact.decides else ''} {_e(number)}"
        told = "；".join(f"{_e(label)}：{_e(text)}" for label, text in habits)
        people.append(f"{name}<br>{told}" if told else name)
    _section(parts, "见谁", people)
    _section(parts, "他们是谁", [f"{_e(label)}：{_e(text)}" for label, text in known.facts])
    past = [
        f"{visit.day:%Y-%m-%d} {_e(visit.way)}{f' 意向{visit.intention}' if visit.intention else ''}　"
        f"{_e(visit.result or visit.said)}{f'　→ {_e(visit.next_step)}' if visit.next_step else ''}"
        for visit in known.past[:PAST_SHOWN]
        if visit.day
    ]
    _section(parts, "往来", past)
    return f'<div style="font-size:{TEXT_PX}px; line-height:140%">{"".join(parts)}</div>'


def _section(parts: list[str], title: str, lines: list[str], meaning: str = "secondary") -> None:
    if lines:
        colour = theme.colour(meaning).name()
        items = "".join(f'<p style="margin:2px 0 2px 0">· {line}</p>' for line in lines)
        parts.append(f'<p style="margin:10px 0 2px 0; color:{colour}; font-weight:600">{title}</p>{items}')


def _point(point: Any) -> str:
    return _e(point.text)


def _e(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
