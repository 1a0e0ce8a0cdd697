"""The JSON file that `trip new` reads, with names turned into keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish
from zhaoshang_desktop.domain.day import read_day, read_hour
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.libraries import RECORD_TITLES
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.region import read_place
from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.domain.trip import MODES
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.store.office import Office

R = TypeVar("R", bound=Record)
SMALLEST_TEAM, LARGEST_TEAM = 2, 5
_NUMERALS = "一二三四五六七八九十"
_KEYS = frozenset({"name", "purpose", "start", "end", "base", "chain", "targets", "members", "teams"})
_TARGET_KEYS = frozenset({"investor", "must", "minutes", "fixed", "team"})
_TEAM_KEYS = frozenset({"name", "members", "experts", "mode", "official_car"})


def read_wish(office: Office, path: Path) -> TripWish:
    """The trip that the file asks for; KnownError names the key that cannot be used."""
    asked = _object(_load(path), "整个文件", _KEYS)
    for key in ("purpose", "start", "end", "targets"):
        if not asked.get(key):
            raise KnownError(f"“{path.name}”里没有 {key}。", "请补上后再试（zhaoshang trip --help 有例子）。")
    return TripWish(
        purpose=str(asked["purpose"]),
        start=_day(asked["start"], "start"),
        end=_day(asked["end"], "end"),
        base=_place(asked.get("base", "")),
        name=str(asked.get("name", "")),
        chain=str(asked.get("chain", "")),
        targets=tuple(_target(office, one) for one in _list(asked["targets"], "targets")),
        teams=_teams(office, asked, office.find(Query(Member))),
    )


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(f"读不出“{path}”：{error.strerror}。", "请检查文件名。") from None
    except UnicodeDecodeError:
        raise KnownError(f"“{path.name}”不是 UTF-8 文本。", "请另存为 UTF-8。") from None
    except json.JSONDecodeError as error:
        raise KnownError(f"“{path.name}”第 {error.lineno} 行不是 JSON。", "请检查引号和逗号。") from None


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


def _day(value: Any, where: str) -> date:
    try:
        return read_day(str(value))
    except NotUnderstood as reason:
        raise KnownError(f"{where} 的“{value}”不是日期：{reason}。", "请写成 2026-12-07。") from None


def _place(value: Any) -> str:
    """A place by code or name; the county's own name is no division, "" leaves the base open."""
    text = str(value).strip()
    if not text:
        return ""
    try:
        return read_place(text)
    except NotUnderstood as reason:
        raise KnownError(f"base 的“{text}”不是地区：{reason}。", "请写行政区划代码或省市县的名称。") from None


def _target(office: Office, value: Any) -> TargetWish:
    if not isinstance(value, dict):
        return TargetWish(_investor(office, value))
    asked = _object(value, "targets 的一项", _TARGET_KEYS)
    minutes = asked.get("minutes")
    if minutes is not None and (type(minutes) is not int or not 0 < minutes <= 24 * 60):
        raise KnownError(f"minutes 的“{minutes}”不是分钟数。", "请写 60、90 这样的整数。")
    day, start = _moment(asked["fixed"]) if asked.get("fixed") else (None, None)
    return TargetWish(
        _investor(office, asked.get("investor", "")),
        must=asked.get("must") is True,
        minutes=minutes,
        day=day,
        start=start,
        team=str(asked.get("team", "")),
    )


def _moment(value: Any) -> tuple[date, int]:
    """ "2026-12-08 09:30"."""
    day, _, hour = str(value).replace("T", " ").partition(" ")
    try:
        return read_day(day), read_hour(hour.strip())
    except NotUnderstood as reason:
        raise KnownError(f"fixed 的“{value}”不是时间：{reason}。", "请写成 2026-12-08 09:30。") from None


def _investor(office: Office, value: Any) -> int:
    text = str(value).strip()
    if text.isdigit() and office.rows(Investor, [int(text)]):
        return int(text)
    return _only(office.find(Query(Investor, words=text)) if text else [], text, Investor)


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
        given = [_object(one, "teams 的一项", _TEAM_KEYS) for one in _list(asked["teams"], "teams")]
        experts = office.find(Query(Expert)) if any(one.get("experts") for one in given) else []
        return tuple(_team(number, one, members, experts) for number, one in enumerate(given))
    keys = [_person(one, members, Member) for one in _list(asked.get("members", []), "members")]
    return tuple(TeamWish(f"{_NUMERALS[number]}队", part) for number, part in enumerate(split_into_teams(keys)))


def _team(number: int, asked: dict[str, Any], members: Sequence[Member], experts: Sequence[Expert]) -> TeamWish:
    mode = str(asked.get("mode", MODES[0]))
    if mode not in MODES:
        raise KnownError(f"mode 的“{mode}”不认识。", f"可以是{'、'.join(MODES)}。")
    return TeamWish(
        name=str(asked.get("name") or f"{_NUMERALS[number]}队"),
        members=tuple(_person(one, members, Member) for one in _list(asked.get("members", []), "members")),
        experts=tuple(_person(one, experts, Expert) for one in _list(asked.get("experts", []), "experts")),
        mode=mode,
        official_car=asked.get("official_car"),
    )


def _person(value: Any, people: Sequence[R], record: type[R]) -> int:
    text = str(value).strip()
    by_key = {str(one.id): one.id for one in people}
    return by_key.get(text) or _only(people, text, record)


def split_into_teams(keys: Sequence[int]) -> list[tuple[int, ...]]:
    """Teams of two to five, as even as can be, in the order given; two teams from four people on."""
    if len(keys) < 2 * SMALLEST_TEAM:
        return [tuple(keys)] if keys else []
    count = max(2, -(-len(keys) // LARGEST_TEAM))
    sizes = [len(keys) // count + (1 if place < len(keys) % count else 0) for place in range(count)]
    ends = [sum(sizes[: place + 1]) for place in range(count)]
    return [tuple(keys[end - size : end]) for end, size in zip(ends, sizes, strict=True)]
