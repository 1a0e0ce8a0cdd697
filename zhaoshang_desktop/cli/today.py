"""zhaoshang today: the day of the trip that is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhaoshang_desktop.actions.road import DayOut, Meeting, day_out, trip_under_way
from zhaoshang_desktop.actions.trip_book import find_trip
from zhaoshang_desktop.cli.as_json import print_json
from zhaoshang_desktop.cli.main import FAILED, Windows
from zhaoshang_desktop.cli.office import opened
from zhaoshang_desktop.cli.parser import Parser
from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.region import place_name, with_place
from zhaoshang_desktop.runtime.clock import today


def parser() -> Parser:
    parser = Parser(
        "today",
        "正在外出的这一天：下一家是谁、还有多久、几点出发、怎么走、打哪个电话、说什么；这一天的各家和进度。\n"
        "退出码：0 有正在外出的，1 没有。",
        "  zhaoshang today --office 清岚县.office --json",
    )
    parser.add_office()
    parser.add_argument("--trip", metavar="TRIP", help="哪一次外出；不写就是今天正在外出的那一次")
    parser.add_json()
    return parser


def run(arguments: Sequence[str], _windows: Windows) -> int:
    args = parser().parse_args(arguments)
    with opened(args.office) as office:
        now = office.clock.now()
        trip = find_trip(office, args.trip).id if args.trip else trip_under_way(office, today(office.clock))
        found = day_out(office, trip, now) if trip else None
    if args.json:
        print_json(_plain(found, now) if found else None)
    elif found is None:
        print("今天没有正在外出的。")
    else:
        _tell(found)
    return 0 if found else FAILED


def _tell(found: DayOut) -> None:
    print(f"{found.trip.name}　{found.day}　{write_hour(found.now)}")
    if found.next is not None:
        one = found.next
        left = found.minutes_left
        print(
            f"下一家　{one.name}　{one.visit.day} {write_hour(one.visit.start or 0)}"
            + (f"　还有 {left} 分钟" if left else "")
        )
        for label, text in _about(one):
            print(f"  {label}　{text}")
        if found.dossier:
            for point in found.dossier.say[:5]:
                print(f"  可谈　{point.text}")
            for point in found.dossier.avoid[:5]:
                print(f"  不宜谈　{point.text}")
    if not found.meetings:
        print("这一天没有安排。")
    if found.waiting:
        print(f"还没有排上的：{'、'.join(one.name for one in found.waiting)}")
    for one in found.meetings:
        print(f"{write_hour(one.visit.start or 0)}　{one.name}　{one.team}　{one.visit.state}")


def _about(one: Meeting) -> list[tuple[str, str]]:
    told = []
    if one.leg is not None:
        told.append(("怎么去", f"{write_hour(one.leg.start or 0)} 前出发，{one.leg.mode} {one.leg.ticket}".strip()))
    address = with_place(place_name(one.visit.place) if one.visit.place else "", one.visit.address)
    told += [("地址", address)] if address else []
    told += [("电话", f"{host.name} {host.post} {host.mobile or host.phone}") for host in one.hosts]
    return told


def _plain(found: DayOut, now: datetime) -> dict[str, Any]:
    return {
        "trip": str(found.trip.id),
        "name": found.trip.name,
        "at": now.isoformat(),
        "day": found.day.isoformat(),
        "minutes_left": found.minutes_left,
        "next": _meeting(found.next) if found.next else None,
        "say": [point.text for point in found.dossier.say] if found.dossier else [],
        "avoid": [point.text for point in found.dossier.avoid] if found.dossier else [],
        "visits": [_meeting(one) for one in found.meetings],
        "cancelled": [_meeting(one) for one in found.dropped],
        "waiting": [_meeting(one) for one in found.waiting],
    }


def _meeting(one: Meeting) -> dict[str, Any]:
    visit, leg = one.visit, one.leg
    return {
        "id": str(visit.id),
        "investor": str(visit.investor),
        "investor_name": one.name,
        "team": one.team,
        "state": visit.state,
        "day": visit.day.isoformat() if visit.day else None,
        "start": write_hour(visit.start) if visit.start is not None else None,
        "minutes": visit.minutes,
        "place": visit.place,
        "address": visit.address,
        "reason": visit.reason,
        "leave_by": write_hour(leg.start) if leg and leg.start is not None else None,
        "mode": leg.mode if leg else None,
        "ticket": leg.ticket if leg else None,
        "hosts": [{"name": host.name, "post": host.post, "phone": host.mobile or host.phone} for host in one.hosts],
    }
