"""The meetings and ways of a trip as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.time_zone import ahead
from zhaoshang_desktop.domain.trip import Leg, goes_on
from zhaoshang_desktop.domain.visit import CALLED_OFF, USUAL_MINUTES, Visit
from zhaoshang_desktop.exchange.calendar_file import Event
from zhaoshang_desktop.papers.briefing import BriefingPack
from zhaoshang_desktop.papers.itinerary import way_of, where
from zhaoshang_desktop.runtime.clock import SHANGHAI

HOUR_BEFORE = 60


def events_of(pack: BriefingPack, teams: frozenset[int]) -> Iterator[Event]:
    """Of these teams; no telephone numbers, since calendars are copied to other people's servers.

    The ways of a day are told apart by their order in it: a new plan makes them anew, and they must keep their entry.
    """
    for visit in pack.visits:
        if visit.day and visit.start is not None and (visit.team in teams or not visit.team):
            yield _meeting(pack, visit)
    counted: dict[tuple[int, date], int] = {}
    for leg in sorted(pack.legs, key=lambda leg: (leg.day or date.max, leg.start or 0)):
        if leg.day and leg.start is not None and leg.team in teams:
            number = counted[leg.team, leg.day] = counted.get((leg.team, leg.day), 0) + 1
            yield _way(pack, leg, leg.day, leg.start, number)


def _meeting(pack: BriefingPack, visit: Visit) -> Event:
    assert visit.day is not None
    assert visit.start is not None
    investor = pack.investor_of.get(visit.investor)
    place = visit.place or (investor.place if investor else "")
    start = moment(visit.day, visit.start, place)
    hosts = pack.hosts(visit) if investor else []
    team = pack.team_of.get(visit.team)
    told = [
        f"会见：{'、'.join(f'{host.name} {host.post}'.strip() for host in hosts)}" if hosts else "",
        f"{team.name}：{pack.team_names(team)}" if team else "",
        "已约定" if visit.fixed else "",
    ]
    return Event(
        uid=f"visit-{visit.id}@zhaoshang",
        start=start,
        end=start + timedelta(minutes=visit.minutes or USUAL_MINUTES),
        summary=f"{visit.way} {investor.short_name or investor.name if investor else '（客商已删除）'}",
        location=where(pack, visit),
        description="\n".join(filter(None, told)),
        cancelled=visit.state == CALLED_OFF,
        remind=HOUR_BEFORE,
    )


def _way(pack: BriefingPack, leg: Leg, day: date, start: int, number: int) -> Event:
    begin = moment(day, start, leg.origin)
    end = moment(day, leg.end, leg.destination) if leg.end is not None else begin
    told = [leg.ticket, "时间是估算的" if leg.estimated and not leg.ticket else ""]
    told += ["次日接着走"] if goes_on(leg, pack.legs) else []
    return Event(
        uid=f"leg-{pack.trip.id}-{leg.team}-{day:%Y%m%d}-{number}@zhaoshang",
        start=begin,
        end=end,
        summary=f"{leg.mode} {way_of(leg)}",
        location=place_name(leg.origin) if leg.origin else "",
        description="\n".join(filter(None, told)),
    )


def moment(day: date, minutes: int, place: str) -> datetime:
    """An hour of the wall clock at a place; where that clock is not known, of ours."""
    return datetime.combine(day, time(), SHANGHAI) + timedelta(minutes=minutes - (ahead(place) or 0))
