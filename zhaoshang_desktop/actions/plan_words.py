"""What the planner and the checker found, said in sentences a clerk can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zhaoshang_desktop.domain.day import WEEKDAYS, write_hour
from zhaoshang_desktop.domain.region import country_of
from zhaoshang_desktop.planning.check import Clash, Kind
from zhaoshang_desktop.planning.plan import Conflict, LeftOut, LetIn, Plan, Reason, Remedy, Wish
from zhaoshang_desktop.planning.problem import Problem

SHORTEST = 30
"""No shorter talk is proposed."""


@dataclass(frozen=True)
class Way:
    """A way out: what a button says, and the remedy behind it."""

    text: str
    remedy: LetIn


@dataclass(frozen=True)
class LeftOutSentence:
    """A visit that is not in the plan, why, and what would let it in."""

    visit: int
    text: str
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class ClashSentence:
    """What cannot be kept, and the visits it is about."""

    visits: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Words:
    """Names of visits and teams by key, for sentences about one problem; `guess` is what a way nobody knows takes,
    `times` are those the hosts have named, `longest` the longest stretch of them on the days of the trip (minutes).
    """

    problem: Problem
    names: Mapping[int, str]
    teams: Mapping[int, str]
    guess: int
    times: Mapping[int, str] = field(default_factory=dict)
    longest: Mapping[int, int] = field(default_factory=dict)

    def left_out(self, left: LeftOut) -> LeftOutSentence:
        """The reason in one sentence."""
        ways = tuple(Way(self._way(one), one) for one in (*left.let_in, *self._wishes_given_up(left)))
        return LeftOutSentence(left.stop, f"{self.names[left.stop]}：{_REASONS[left.reason](self, left)}", ways)

    def clash(self, clash: Clash) -> ClashSentence:
        """The clash in one sentence."""
        who = "、".join(self.names[stop] for stop in clash.stops if stop in self.names)
        where = " ".join(filter(None, [self.teams.get(clash.team or 0, ""), self.day(clash.day)]))
        head = "，".join(filter(None, [where, who]))
        named = self.times.get(clash.stops[0], "") if clash.kind is Kind.OUTSIDE_WINDOWS else ""
        return ClashSentence(
            clash.stops, f"{head}：{_CLASHES[clash.kind](self, clash)}{f'（{named}）' if named else ''}"
        )

    def conflict(self, conflict: Conflict) -> ClashSentence:
        """Wishes that cannot hold together."""
        wishes = "、".join(f"{self.names[stop]}（{_WISHES[wish]}）" for stop, wish in conflict.wishes)
        pairs = "".join(f"、{self.names[a]}与{self.names[b]}不同日" for a, b in conflict.apart)
        rules = pairs + ("、驾驶时间的限制" if conflict.drivers else "")
        if len(conflict.wishes) == 1 and not rules:
            return ClashSentence(conflict.stops, f"这一项做不到：{wishes}。请放宽它。")
        return ClashSentence(conflict.stops, f"这几项不能同时做到：{wishes}{rules}。放宽其中一项即可。")

    def wishes(self, stop: int) -> str:
        """What was asked of a visit: 必到、已约定, 已钉住."""
        asked = next(one for one in self.problem.stops if one.id == stop)
        moment = "已钉住" if asked.pin else "已约定" if asked.appointment else ""
        return "、".join(filter(None, ["必到" if asked.must else "", moment]))

    def settled(self, left: LeftOut) -> str:
        """The visits that a left-out one cannot stand beside, each with why it stands where it does."""
        return "、".join(f"{self.names[stop]}（{self.wishes(stop)}）" for stop in left.others if stop in self.names)

    def unknown_ways(self, plan: Plan) -> tuple[ClashSentence, ...]:
        """Meetings of the plan in places without coordinates: the ways there are a guess."""
        guess = f"路上的时间只按 {hours(self.guess)}估算，请补上"
        places = self.problem.places
        unknown = {
            stop.id
            for stop in self.problem.stops
            if places[stop.place].point is None and not country_of(places[stop.place].city)
        }
        met = [call.stop for route in plan.routes for call in route.calls]
        base = (ClashSentence((), f"出发地不清楚，{guess}"),) if met and self.problem.places[0].point is None else ()
        return (
            *base,
            *(ClashSentence((one,), f"{self.names[one]}：所在城市不清楚，{guess}") for one in met if one in unknown),
        )

    def day(self, day: int | None) -> str:
        """ "周二 12-08"."""
        if day is None or not 0 <= day < len(self.problem.days):
            return ""
        date = self.problem.days[day]
        return f"周{WEEKDAYS[date.weekday()]} {date:%m-%d}"

    def others(self, left: LeftOut) -> str:
        """The names of the visits a reason is about."""
        return "、".join(self.names[stop] for stop in left.others if stop in self.names)

    def no_day(self, left: LeftOut) -> str:
        """Why none of its days will do."""
        named, longest = self.times.get(left.stop, ""), self.longest.get(left.stop, 0)
        if not named:
            return "它能去的日子都不在这次行程的工作日里"
        if not longest:
            return f"对方给的时间（{named}）都不在这次行程的日子里"
        stop = next(one for one in self.problem.stops if one.id == left.stop)
        return f"对方给的时间（{named}）最长 {hours(longest)}，要谈 {hours(stop.minutes)}"

    def _wishes_given_up(self, left: LeftOut) -> tuple[LetIn, ...]:
        """What would help besides what the planner proposes: a shorter talk, or a wish that is given up."""
        if left.reason is Reason.APART:
            return tuple(LetIn(Remedy.TOGETHER, stop=other) for other in left.others)
        if left.reason is not Reason.NO_DAY or not self.times.get(left.stop):
            return ()
        longest = self.longest.get(left.stop, 0)
        shorter = (LetIn(Remedy.SHORTEN, minutes=longest),) if longest >= SHORTEST else ()
        return (*shorter, LetIn(Remedy.ANY_TIME))

    def _way(self, way: LetIn) -> str:
        when = f"{self.day(way.day)} {write_hour(way.start)}" if way.start is not None else ""
        team = self.teams.get(way.team or 0, "")
        said = {
            Remedy.SHORTEN: f"缩短到 {way.minutes} 分钟",
            Remedy.GIVE_WAY: f"先不去{self.names.get(way.stop or 0, '')}",
            Remedy.OTHER_TIME: f"改约{when}（{team}）",
            Remedy.OTHER_TEAM: f"改由{team}去，{when}",
            Remedy.ANOTHER_DAY: "多留一天",
            Remedy.TOGETHER: f"可以和{self.names.get(way.stop or 0, '')}同一天",
            Remedy.ANY_TIME: "不限对方给的时间",
        }
        return said[way.remedy]


def hours(minutes: int) -> str:
    """ "50 分钟", "1 小时 20 分"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} 分钟"
    return f"{whole} 小时 {rest} 分" if rest else f"{whole} 小时"


def _no_room(words: Words, left: LeftOut) -> str:
    where = " ".join(filter(None, [words.teams.get(left.team or 0, ""), words.day(left.day)]))
    if not left.needed:
        return "时间都已排满"
    around = words.others(left)
    near = f"（{around}前后）" if around else ""
    return f"时间已满，最宽的一段在{where}{near}，还差 {hours(left.needed - left.given)}"


_REASONS: dict[Reason, Callable[[Words, LeftOut], str]] = {
    Reason.TOO_LONG: lambda w, x: f"要谈 {hours(x.needed)}，最长只能给 {hours(x.given)}",
    Reason.NO_DAY: lambda w, x: w.no_day(x),
    Reason.NO_TEAM: lambda w, x: (
        "没有能去的队" if x.team is None else f"只限{w.teams.get(x.team, '那个队')}去，而它那几天不在"
    ),
    Reason.TOO_FAR: lambda w, x: f"路上要 {hours(x.needed)}，只有 {hours(x.given)}",
    Reason.CLASH: lambda w, x: f"与{w.settled(x)}排不到一起",
    Reason.APART: lambda w, x: f"不与{w.others(x)}同日，而有空的只有那几天",
    Reason.DRIVERS: lambda w, x: (
        f"{w.teams.get(x.team or 0, '')}{w.day(x.day)}要开车 {hours(x.needed)}，一天最多 {hours(x.given)}"
    ),
    Reason.NO_ROOM: _no_room,
}
_CLASHES: dict[Kind, Callable[[Words, Clash], str]] = {
    Kind.UNKNOWN: lambda w, c: "不在这次行程里",
    Kind.TWICE: lambda w, c: "排了两次",
    Kind.MISSING: lambda w, c: f"{w.wishes(c.stops[0])}，却没有排上",
    Kind.UNACCOUNTED: lambda w, c: "还没有排",
    Kind.MOVED: lambda w, c: "与约定的时间不符",
    Kind.WRONG_TEAM: lambda w, c: "限定由另一个队去",
    Kind.NOT_AWAY: lambda w, c: "这个队那天不在外",
    Kind.HOLIDAY: lambda w, c: "那天放假",
    Kind.OUTSIDE_HOURS: lambda w, c: f"不在上班时间内，要 {hours(c.needed)}，只有 {hours(c.given)}",
    Kind.OUTSIDE_WINDOWS: lambda w, c: "不在对方给出的时间内",
    Kind.WRONG_LENGTH: lambda w, c: f"要 {hours(c.needed)}，只排了 {hours(c.given)}",
    Kind.OVERLAP: lambda w, c: f"时间重叠 {hours(c.missing)}",
    Kind.TRAVEL: lambda w, c: f"路上要 {hours(c.needed)}，只留了 {hours(max(0, c.given))}",
    Kind.LUNCH: lambda w, c: "路上赶得及，但没有吃午饭的时间",
    Kind.REST: lambda w, c: f"路上赶得及，但没有停车休息的时间，要 {hours(c.needed)}，只留了 {hours(max(0, c.given))}",
    Kind.DRIVE_DAY: lambda w, c: f"这一天要开车 {hours(c.needed)}，最多只能开 {hours(c.given)}",
    Kind.SAME_DAY: lambda w, c: "约好不在同一天，却排在了一天",
    Kind.EARLY_START: lambda w, c: f"要在最早出发时间之前动身，路上 {hours(c.needed)}，只有 {hours(max(0, c.given))}",
    Kind.LATE_HOME: lambda w, c: f"当晚到不了，路上 {hours(c.needed)}，只剩 {hours(max(0, c.given))}",
}
_WISHES = {Wish.PINNED: "钉住的时间", Wish.APPOINTED: "已约定", Wish.MUST: "必到"}
