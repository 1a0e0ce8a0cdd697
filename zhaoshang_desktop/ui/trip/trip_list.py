"""The trips there are: when, who, how far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.trip import TRIP_STATES, UNDER_WAY, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import today
from zhaoshang_desktop.ui.affair.affair_list import BIN, AffairList, Line, days
from zhaoshang_desktop.ui.trip.sight import DONE, OFF_THE_LIST, city

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

NAME, STATE, DAYS, BASE, PEOPLE, VISITS, LOGGED, CHAIN = range(8)


class TripList(AffairList):
    """A chip a state."""

    RECORD = Trip
    HEADS = ("名称", "状态", "日期", "出发地", "队员", "拜访", "已记录", "产业链")
    WIDTHS = (260, 72, 150, 84, 240, 60, 70, 100)
    WIDE = PEOPLE
    CHIPS = TRIP_STATES
    MEANINGS = {
        "草稿": "violet",
        "已排": "accent",
        "在途": "amber",
        "已归": "green",
        "已结算": "secondary",
        "取消": "faint",
    }
    BUTTONS = (("新建外出", "trip.new"),)
    SEARCHES = "名称、目的、拼音"
    TEACHES = "还没有外出。新建一次，选好要见的客商和队员，程序会排出日程、算好预算、印出资料。"

    def counts(self) -> str:
        away = sum(1 for line in self.model.lines if line.state == UNDER_WAY)
        return f"在途 {away} 次" if away else ""

    def question(self, words: str, chip: str) -> Callable[[Office], list[Line]]:
        def asked(office: Office) -> list[Line]:
            day = today(office.clock)
            trips: list[Trip] = office.find(Query(Trip, words=words, order=("-start", "-id"), bin=chip == BIN))
            teams: dict[int, list[Team]] = {}
            for team in office.find(Query(Team, order=("id",))):
                teams.setdefault(team.trip, []).append(team)
            names = dict(office.columns(Member, "name")) | dict(office.columns(Expert, "name"))
            states: dict[int, list[str]] = {}
            for _, trip, state in office.columns(Visit, "trip", "state"):
                if trip and state != OFF_THE_LIST:
                    states.setdefault(trip, []).append(state)
            lines = [_line(trip, day, teams.get(trip.id, []), names, states.get(trip.id, [])) for trip in trips]
            return [line for line in lines if chip in ("", BIN, line.state)]

        return asked


def _line(trip: Trip, day: date, teams: list[Team], names: dict[int, str], states: list[str]) -> Line:
    groups = ["、".join(names[key] for key in (*team.members, *team.experts) if key in names) for team in teams]
    visits, logged, state = len(states), states.count(DONE), trip.state_on(day)
    texts = (
        trip.name,
        f"● {state}",
        days(trip.start, trip.end) or "日期未定",
        city(trip.base),
        "；".join(group for group in groups if group),
        f"{visits} 家" if visits else "",
        f"{logged} / {visits}" if logged else "",
        trip.chain,
    )
    return Line(trip.id, state, texts, trip.purpose)
