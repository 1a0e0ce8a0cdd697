"""A trip's days as blocks of time in columns: what the timeline draws, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.day import write_hour
from zhaoshang_desktop.domain.meeting_times import write_times
from zhaoshang_desktop.domain.region import place_name
from zhaoshang_desktop.domain.time_zone import ahead
from zhaoshang_desktop.domain.trip import goes_on
from zhaoshang_desktop.domain.visit import USUAL_MINUTES
from zhaoshang_desktop.planning.asked import hours_open
from zhaoshang_desktop.ui.trip.sight import DONE, Sight, city, short_day, way, yuan

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.trip import Leg, Team
    from zhaoshang_desktop.domain.visit import Visit
    from zhaoshang_desktop.planning.problem import Hours

EVENING, NIGHT_MINUTES = 18 * 60 + 15, 120
EARLIEST, LATEST = 6 * 60 + 30, 20 * 60 + 30
BREATH = 10


class Kind(Enum):
    VISIT = "visit"
    LEG = "leg"
    LUNCH = "lunch"
    NIGHT = "night"


@dataclass(frozen=True)
class Column:
    """One team on one day; `first` where a new day begins; `off` says why nobody works then ("" on workdays)."""

    day: date
    team: int
    name: str
    first: bool
    off: str = ""


@dataclass(frozen=True)
class Block:
    """Minutes since midnight; `visit` is 0 for what is none, `leg` too. Blocks that overlap share `lanes`."""

    kind: Kind
    column: int
    start: int
    end: int
    head: str
    lines: tuple[str, ...] = ()
    visit: int = 0
    leg: int = 0
    fixed: bool = False
    pinned: bool = False
    done: bool = False
    wrong: str = ""
    hint: str = ""
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class Band:
    """A stretch of a column in which a host can be met."""

    column: int
    start: int
    end: int


@dataclass(frozen=True)
class Picture:
    """Everything on the timeline, from minute `first` to minute `last` of each day; `bands` by visit are the
    times its host has named."""

    columns: tuple[Column, ...] = ()
    blocks: tuple[Block, ...] = ()
    first: int = EARLIEST
    last: int = LATEST
    bands: Mapping[int, tuple[Band, ...]] = field(default_factory=dict)

    def block(self, visit: int) -> Block | None:
        return next((block for block in self.blocks if block.visit == visit), None)

    @property
    def visits(self) -> list[Block]:
        """The meetings, column by column, each from morning to evening."""
        return sorted((b for b in self.blocks if b.visit), key=lambda b: (b.column, b.start, b.lane))


def picture_of(sight: Sight) -> Picture:
    """The timeline of a trip as it stands."""
    columns = tuple(_columns(sight))
    place = {(column.team, column.day): number for number, column in enumerate(columns)}
    wrong = _wrong(sight)
    visits = [
        _visit(sight, visit, place[visit.team, visit.day], wrong.get(visit.id, ""))
        for visit in sight.placed
        if visit.day and (visit.team, visit.day) in place
    ]
    blocks = list(visits)
    for leg in sight.book.legs:
        if leg.day and leg.start is not None and leg.end is not None and (leg.team, leg.day) in place:
            blocks.append(_leg(sight, leg, place[leg.team, leg.day]))
    for number, column in enumerate(columns):
        own = [block for block in blocks if block.column == number]
        blocks += [*_lunch(number, own, sight.book.travel.hours), *_night(sight, column, number, own)]
    bands = {visit.id: tuple(_bands(sight, visit, columns)) for visit in sight.targets if visit.windows}
    named = [band for own in bands.values() for band in own]
    first = min([EARLIEST, *(block.start for block in blocks), *(band.start for band in named)]) // 30 * 30
    last = -(-max([LATEST, *(block.end + BREATH for block in blocks), *(band.end for band in named)]) // 30) * 30
    around = [block for block in blocks if not block.visit]
    return Picture(columns, (*around, *_in_lanes(visits)), max(0, first), min(24 * 60, last), bands)


def _bands(sight: Sight, visit: Visit, columns: tuple[Column, ...]) -> Iterator[Band]:
    """When the host can be met, in the columns of every team that may go."""
    hours = sight.book.travel.hours
    for number, column in enumerate(columns):
        if visit.only_team in (0, column.team):
            worked = sight.calendar.is_workday(column.day)
            for start, end in hours_open(visit.windows, column.day, worked, hours):
                yield Band(number, start, end)


def _columns(sight: Sight) -> Iterator[Column]:
    for day in sight.days:
        calendar = sight.calendar
        off = "" if calendar.is_workday(day) else calendar.name(day) or "休息日"
        for number, team in enumerate(sight.book.teams):
            yield Column(day, team.id, _team_name(sight, team), number == 0, off)


def _team_name(sight: Sight, team: Team) -> str:
    return " ".join([team.name, *sight.people(team)])


def _wrong(sight: Sight) -> dict[int, str]:
    """By visit, the reason why it cannot be kept, without who and when."""
    found: dict[int, str] = {}
    for clash in sight.clashes:
        for visit in clash.visits[-1:]:
            found.setdefault(visit, clash.text.rpartition("：")[2] or clash.text)
    return found


def _visit(sight: Sight, visit: Visit, column: int, wrong: str) -> Block:
    start = visit.start or 0
    minutes = USUAL_MINUTES if visit.minutes is None else visit.minutes
    fixed = bool(visit.fixed)
    where, host = city(sight.place(visit)), sight.host(visit)
    about = [where, "必到" if visit.must else "", f"{write_hour(start)} 已约" if fixed else "", host]
    done = visit.state == DONE
    if done:
        about = [where, f"意向 {visit.intention}" if visit.intention else "已记录"]
    told = " · ".join(part for part in about if part)
    return Block(
        Kind.VISIT,
        column,
        start,
        start + minutes,
        sight.called(visit) + ("（定）" if fixed else ""),
        (f"! {wrong}", told) if wrong else (told, f"{write_hour(start)}–{write_hour(min(start + minutes, 1439))}"),
        visit.id,
        fixed=fixed,
        pinned=bool(visit.pinned),
        done=done,
        wrong=wrong,
        hint=_hint(sight, visit, minutes, wrong),
    )


def _hint(sight: Sight, visit: Visit, minutes: int, wrong: str) -> str:
    """All there is to say of a visit, a line each."""
    start, where, investor = visit.start or 0, city(sight.place(visit)), sight.book.investors.get(visit.investor)
    marks = (("必到", visit.must), ("已和对方约定", visit.fixed), ("钉住", visit.pinned))
    said = (
        investor.name if investor else "",
        f"{write_hour(start)}–{write_hour(min(start + minutes, 24 * 60 - 1))}　{minutes} 分钟",
        " · ".join(part for part in (where, visit.address or (investor.address if investor else "")) if part),
        sight.host(visit),
        "、".join(word for word, holds in marks if holds),
        f"可谈：{write_times(visit.windows)}" if visit.windows else "",
        _clock_words(sight.place(visit)),
        f"⚠ {wrong}" if wrong else "",
    )
    return "\n".join(part for part in said if part)


def _clock_words(place: str) -> str:
    """Whose clock the hours are, where it is not ours."""
    minutes = ahead(place)
    if not minutes:
        return ""
    return f"当地时间，比国内{'早' if minutes > 0 else '晚'} {_long(abs(minutes))}"


def _leg(sight: Sight, leg: Leg, column: int) -> Block:
    start, end = leg.start or 0, leg.end or 0
    hours = sight.book.travel.hours
    meal = _meal_on_the_way(start, end, hours)
    minutes = end - start - (hours.lunch_minutes if meal else 0)
    home = _leads_home(sight, leg)
    head = f"{leg.mode} {leg.ticket or _long(minutes)}" + (" 返回" if home else "")
    sets_out = leg.origin == _start_of(sight, leg) and not home
    places = way(leg.origin, leg.destination)
    rest = "次日接着走" if goes_on(leg, sight.book.legs) else ""
    more = [rest, f"{write_hour(start)} 出发" if sets_out else "", "含午餐" if meal else ""]
    lines = (places, " · ".join(part for part in more if part))
    distance = f"，{leg.distance:.0f} 公里" if leg.distance else ""
    guess = "" if leg.ticket or not leg.estimated else "，估算"
    hint = f"{write_hour(start)}–{write_hour(end)}　{places}\n{leg.mode}{distance}{guess}{rest and '，'}{rest}"
    shown = tuple(line for line in lines if line)
    return Block(Kind.LEG, column, start, end, head, shown, leg=leg.id, hint=f"{hint}\n双击改用时、填车票")


def _start_of(sight: Sight, leg: Leg) -> str:
    """Where the team of a way sets out from."""
    team = sight.team(leg.team)
    return (team.origin if team else "") or sight.book.trip.base


def _leads_home(sight: Sight, leg: Leg) -> bool:
    """Whether it is the team's last way, to where it is to end."""
    team = sight.team(leg.team)
    goal = (team.goal if team else "") or _start_of(sight, leg)
    later = ((one.day, one.start or 0) for one in sight.book.legs if one.team == leg.team and one.day and leg.day)
    return leg.destination == goal and max(later, default=None) == (leg.day, leg.start or 0)


def _long(minutes: int) -> str:
    return f"{minutes} 分" if minutes < 60 else f"{minutes / 60:.1f} 小时".replace(".0", "")


def _meal_on_the_way(start: int, end: int, hours: Hours) -> bool:
    return start < hours.lunch + hours.lunch_minutes and end > hours.lunch and end - start > hours.lunch_minutes


def _lunch(column: int, own: list[Block], hours: Hours) -> Iterator[Block]:
    """The break, where it is not spent on the road or at a meeting."""
    start, end = hours.lunch, hours.lunch + hours.lunch_minutes
    if any(block.visit for block in own) and not any(block.start < end and start < block.end for block in own):
        yield Block(Kind.LUNCH, column, start, end, "午餐", hint=f"{write_hour(start)}–{write_hour(end)}　午餐")


def _night(sight: Sight, column: Column, number: int, own: list[Block]) -> Iterator[Block]:
    night = sight.nights.get((column.team, column.day))
    if night is None:
        return
    start = max([EVENING, *(block.end + BREATH for block in own)])
    if start >= 24 * 60 - 30:
        return
    limit = f"标准 {yuan(night.limit)} 元" if night.limit else ""
    end = min(max(start + 60, EVENING + NIGHT_MINUTES), 24 * 60 - 1)
    head = "宿 途中" if night.underway else f"宿 {city(night.place)}"
    where = f"去{place_name(night.place)}的途中" if night.underway else place_name(night.place)
    hint = f"{short_day(column.day)} 宿 {where}　{limit}"
    yield Block(Kind.NIGHT, number, start, end, head, (limit,) if limit else (), hint=hint)


def _in_lanes(visits: Iterable[Block]) -> list[Block]:
    """Meetings that overlap stand side by side."""
    done: list[Block] = []
    group: list[Block] = []
    until = (-1, 0)
    for block in sorted(visits, key=lambda block: (block.column, block.start)):
        if group and (block.column, block.start) >= until:
            done += _share(group)
            group = []
        until = max(until, (block.column, block.end)) if group else (block.column, block.end)
        group.append(block)
    return done + _share(group)


def _share(group: list[Block]) -> list[Block]:
    ends: list[int] = []
    lanes = []
    for block in group:
        lane = next((number for number, end in enumerate(ends) if end <= block.start), len(ends))
        ends[lane : lane + 1] = [block.end]
        lanes.append(lane)
    return [replace(block, lane=lane, lanes=len(ends)) for block, lane in zip(group, lanes, strict=True)]
