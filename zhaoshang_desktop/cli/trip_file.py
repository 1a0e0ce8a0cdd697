"""The JSON file that `trip new` reads, with names turned into keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zhaoshang_desktop.actions.trip import RoadWish, TargetWish, TeamWish, Travels, TripWish
from zhaoshang_desktop.cli.json_file import read_json
from zhaoshang_desktop.domain.day import read_day, read_hour
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.kinds import Note
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.meeting_times import Times, read_times
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record, read_key
from zhaoshang_desktop.domain.region import ABROAD, read_place
from zhaoshang_desktop.domain.text import folded, storable, tidy
from zhaoshang_desktop.domain.trip import MODES, team_name
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import PRIORITIES
from zhaoshang_desktop.planning.crew import FEWEST, MOST
from zhaoshang_desktop.store.office import Office

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_LONGEST_NAME = 200
_KEYS = frozenset({"name", "purpose", "start", "end", "base", "chain", "targets", "members", "teams", "roads"})
_TARGET_KEYS = frozenset({"investor", "must", "priority", "minutes", "windows", "fixed", "team", "apart"})
_TEAM_KEYS = frozenset(
    {"name", "members", "experts", "mode", "official_car", "from", "to", "first_day", "last_day", "home_nights"}
)
_ROAD_KEYS = frozenset({"from", "to", "mode", "minutes"})


def read_wish(office: Office, path: Path) -> TripWish:
    """The trip that the file asks for; KnownError names the key that cannot be used."""
    asked = _object(read_json(path, "zhaoshang trip --help"), "整个文件", _KEYS)
    for key in ("purpose", "start", "end", "targets"):
        if not asked.get(key) or not str(asked[key]).strip():
            raise KnownError(f"“{path.name}”里没有 {key}。", "请补上后再试（zhaoshang trip --help 有例子）。")
    wish = TripWish(
        purpose=_text(asked, "purpose"),
        start=_day(asked["start"], "start"),
        end=_day(asked["end"], "end"),
        base=_home(_text(asked, "base"), "base"),
        name=_text(asked, "name"),
        chain=_text(asked, "chain"),
        targets=tuple(_target(office, one) for one in _list(asked["targets"], "targets")),
        teams=_teams(office, asked, office.find(Query(Member))),
        roads=tuple(_road(one) for one in _list(asked.get("roads") or [], "roads")),
    )
    _refuse_contradictions(office, wish)
    return wish


def _refuse_contradictions(office: Office, wish: TripWish) -> None:
    """What cannot be meant: an investor, a person or a team's name twice, an appointment before or after the trip."""
    names = [team.name for team in wish.teams]
    _refuse_twice(names, lambda name: f"有两个队叫“{name}”。")
    people = [key for team in wish.teams for key in team.members]
    _refuse_twice(people, lambda key: f"“{office.get(Member, key).name}”写了两次，一个人只能在一个队里。")
    targets = [target.investor for target in wish.targets]
    _refuse_twice(targets, lambda key: f"targets 里“{office.get(Investor, key).name}”写了两次。")
    for target in wish.targets:
        if target.investor in target.apart:
            raise KnownError(f"apart 里“{office.get(Investor, target.investor).name}”写了它自己。", "请去掉。")
        for key in set(target.apart) - set(targets):
            raise KnownError(
                f"apart 里的“{office.get(Investor, key).name}”不是这次要拜访的。", "请加进 targets，或去掉。"
            )
        if target.day and wish.start <= wish.end and not wish.start <= target.day <= wish.end:
            raise KnownError(f"fixed 的 {target.day} 不在外出的日子里（{wish.start} 至 {wish.end}）。", "请检查日期。")
    for team in wish.teams:
        for day in (team.travels.first_day, team.travels.last_day) if team.travels else ():
            if day and wish.start <= wish.end and not wish.start <= day <= wish.end:
                raise KnownError(
                    f"{team.name}的 {day} 不在外出的日子里（{wish.start} 至 {wish.end}）。", "请检查日期。"
                )


def _refuse_twice(values: Sequence[T], sentence: Callable[[T], str]) -> None:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise KnownError(sentence(value), "请去掉一个。")


def _object(value: Any, where: str, known: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise KnownError(f"{where}应是 {{…}}。")
    unknown = sorted(set(value) - known)
    if unknown:
        raise KnownError(f"{where}里的 {unknown[0]} 不认识。", f"可以写 {'、'.join(sorted(known))}。")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise KnownError(f"{where} 应是 […]。")
    return value


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if isinstance(value, list | dict | bool):
        raise KnownError(f"{name} 应是一段文字。", "请用引号括起来。")
    return "" if value is None else Note().read(str(value))


def _flag(asked: dict[str, Any], name: str) -> bool | None:
    value = asked.get(name)
    if not (value is None or isinstance(value, bool)):
        raise KnownError(f"{name} 的“{value}”应是 true 或 false。", "两边不加引号。")
    return value


def _day(value: Any, where: str) -> date:
    try:
        return read_day(str(value))
    except NotUnderstood as reason:
        raise KnownError(f"{where} 的“{value}”不是日期：{reason}。", "请写成 2026-12-07。") from None


def _place(text: str, key: str) -> str:
    """A place by code or name; "" leaves it open."""
    if not text:
        return ""
    try:
        return read_place(text)
    except NotUnderstood as reason:
        raise KnownError(f"{key} 的“{text}”不是地区：{reason}。", "请写行政区划代码或省市县的名称。") from None


def _home(text: str, key: str) -> str:
    """The same for where a trip sets out from; the county's own name is no division."""
    place = _place(text, key)
    if place.startswith(ABROAD):
        raise KnownError(f"{key} 的“{text}”在境外，外出总是从本地出发。", "请写行政区划代码或省市县的名称。")
    return place


def _target(office: Office, value: Any) -> TargetWish:
    if not isinstance(value, dict):
        return TargetWish(_investor(office, value))
    asked = _object(value, "targets 的一项", _TARGET_KEYS)
    minutes = None if asked.get("minutes") is None else _minutes(asked["minutes"])
    priority = _text(asked, "priority")
    if priority and priority not in PRIORITIES:
        raise KnownError(f"priority 的“{priority}”不认识。", f"可以是{'、'.join(PRIORITIES)}。")
    day, start = _moment(asked["fixed"]) if asked.get("fixed") not in (None, "") else (None, None)
    return TargetWish(
        _investor(office, asked.get("investor", "")),
        must=_flag(asked, "must") is True,
        minutes=minutes,
        day=day,
        start=start,
        team=_text(asked, "team"),
        priority=priority,
        windows=_times(_text(asked, "windows")),
        apart=tuple(_investor(office, one) for one in _list(asked.get("apart") or [], "apart")),
    )


def _minutes(value: Any) -> int:
    if type(value) is not int or not 0 < value <= 24 * 60:
        raise KnownError(f"minutes 的“{value}”不是分钟数。", "请写 60、90 这样的整数。")
    return value


def _times(text: str) -> Times:
    try:
        return read_times(text)
    except NotUnderstood as reason:
        raise KnownError(f"windows 的“{text}”看不懂：{reason}。", "请写成“周二上午；周三 14:00–16:00”。") from None


def _road(value: Any) -> RoadWish:
    asked = _object(value, "roads 的一项", _ROAD_KEYS)
    ends = [_place(_text(asked, key), key) for key in ("from", "to")]
    if not all(ends):
        raise KnownError("roads 的一项没有写 from 或 to。", "请写两头的地区。")
    return RoadWish(ends[0], ends[1], _minutes(asked.get("minutes")), _mode(asked))


def _mode(asked: dict[str, Any]) -> str:
    mode = str(asked.get("mode", MODES[0]))
    if mode not in MODES:
        raise KnownError(f"mode 的“{mode}”不认识。", f"可以是{'、'.join(MODES)}。")
    return mode


def _moment(value: Any) -> tuple[date, int]:
    """ "2026-12-08 09:30"."""
    day, _, hour = str(value).replace("T", " ").partition(" ")
    try:
        return read_day(day), read_hour(hour.strip())
    except NotUnderstood as reason:
        raise KnownError(f"fixed 的“{value}”不是时间：{reason}。", "请写成 2026-12-08 09:30。") from None


def _investor(office: Office, value: Any) -> int:
    text = _name(value, "targets")
    if (key := read_key(text)) and office.rows(Investor, [key]):
        return key
    return _only(office.find(Query(Investor, words=text)) if text else [], text, Investor)


def _name(value: Any, where: str) -> str:
    if type(value) not in (str, int):
        raise KnownError(f"{where} 里的“{value}”不是名称，也不是编号。", "请写编号或全称。")
    text = tidy(storable(str(value)))
    if len(text) > _LONGEST_NAME:
        raise KnownError(f"{where} 里的“{text[:20]}…”太长，不像名称。", "请写编号或全称。")
    return text


def _only(found: Sequence[R], text: str, record: type[R]) -> int:
    """The key of the one that is meant: called exactly so, else the only one whose name has the text in it."""
    wanted = folded(text)
    exact = [one for one in found if folded(one.title) == wanted]
    near = exact or [one for one in found if wanted and wanted in folded(one.title)]
    if len(near) == 1:
        return near[0].id
    what = RECORD_TITLES[record.NOUN]
    if not near:
        raise KnownError(f"没有叫“{text}”的{what}。", "请写编号或全称。")
    raise KnownError(f"有 {len(near)} 个{what}叫“{text}”：{'、'.join(one.title for one in near[:5])}。", "请写编号。")


def _teams(office: Office, asked: dict[str, Any], members: Sequence[Member]) -> tuple[TeamWish, ...]:
    if asked.get("teams"):
        if asked.get("members"):
            raise KnownError("members 和 teams 只能写一个。", "请把人写进 teams，或去掉 teams。")
        given = [_object(one, "teams 的一项", _TEAM_KEYS) for one in _list(asked["teams"], "teams")]
        experts = office.find(Query(Expert)) if any(one.get("experts") for one in given) else []
        return tuple(_team(number, one, members, experts) for number, one in enumerate(given, 1))
    keys = [_person(one, members, Member) for one in _list(asked.get("members") or [], "members")]
    return tuple(TeamWish(team_name(number), part) for number, part in enumerate(split_into_teams(keys), 1))


def _team(number: int, asked: dict[str, Any], members: Sequence[Member], experts: Sequence[Expert]) -> TeamWish:
    return TeamWish(
        name=_text(asked, "name") or team_name(number),
        members=tuple(_person(one, members, Member) for one in _list(asked.get("members", []), "members")),
        experts=tuple(_person(one, experts, Expert) for one in _list(asked.get("experts", []), "experts")),
        mode=_mode(asked),
        official_car=_flag(asked, "official_car"),
        travels=_travels(asked),
    )


def _travels(asked: dict[str, Any]) -> Travels:
    first, last = (_day(asked[key], key) if asked.get(key) else None for key in ("first_day", "last_day"))
    if first and last and last < first:
        raise KnownError(f"last_day 的 {last} 早于 first_day 的 {first}。", "请检查日期。")
    return Travels(
        origin=_home(_text(asked, "from"), "from"),
        goal=_home(_text(asked, "to"), "to"),
        first_day=first,
        last_day=last,
        home_nights=_flag(asked, "home_nights"),
    )


def _person(value: Any, people: Sequence[R], record: type[R]) -> int:
    text = _name(value, "members")
    by_key = {str(one.id): one.id for one in people}
    return by_key.get(text) or _only(people, text, record)


def split_into_teams(keys: Sequence[int]) -> list[tuple[int, ...]]:
    """Teams of two to five, as even as can be, in the order given; two teams from four people on."""
    if len(keys) < 2 * FEWEST:
        return [tuple(keys)] if keys else []
    count = max(2, -(-len(keys) // MOST))
    sizes = [len(keys) // count + (1 if place < len(keys) % count else 0) for place in range(count)]
    ends = [sum(sizes[: place + 1]) for place in range(count)]
    return [tuple(keys[end - size : end]) for end, size in zip(ends, sizes, strict=True)]
