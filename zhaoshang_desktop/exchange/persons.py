"""Whose a column is where a table tells of several people: 联系人 and 电话, 联系人2 and 电话2, 责任人 and 电话."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.exchange.heading import JOINT, bare_key, header_key, ordinal_of
from zhaoshang_desktop.exchange.layout import Column
from zhaoshang_desktop.exchange.targets import CONTACTS, PARTS, known_headings, special_heading

_OURS = re.compile(
    r"(?:(?:责任|对接|经办|跟进|跟踪|包联|包保|包抓|挂钩|首谈|填报|填表|服务|招商|我方|牵头).{0,4}(?:人|领导|专员)|专员|联络员)"
    r"(?:的?(?:联系)?(?:电话|手机|手机号码?|方式|号码))?$"
)
_NAMED = re.compile(r"(?:联系人|联络人|负责人|姓名)$")
_NUMBERS = re.compile(r"电话|手机|方式|号码")
_REACHED = re.compile(r"联系|联络")


@dataclass
class _Told:
    """A column that tells of somebody: his name, or (not `names`) something about him; `ours` is of our own side."""

    place: int
    key: str
    number: str
    over: str
    names: bool
    ours: bool


def people_of(columns: Sequence[Column], record: type[Record]) -> dict[int, str]:
    """Column → the part of the record it tells of: the first person ("contacts"), the second … or "" for nobody's.

    Only where there are several people; a column is his whose number it bears, under whose heading it stands, or
    who is named left of it.
    """
    if "contacts" not in PARTS.get(record, {}):
        return {}
    told = [one for one in (_told(column, record) for column in columns) if one is not None]
    names = [one for one in told if one.names]
    ours = {one.place: "" for one in told if one.ours and not one.names}
    if len(names) < 2:
        behind = [one.place for one in told if names and names[0].ours and one.place == names[0].place + 1]
        return ours | dict.fromkeys(behind, "")
    parts = iter(CONTACTS)
    part_of = {one.place: "" if one.ours else next(parts, "") for one in names}
    return {one.place: part_of[_owner(one, names, told).place] for one in told} | ours


def _told(column: Column, record: type[Record]) -> _Told | None:
    over, _, last = column.header.rpartition(JOINT)
    key = bare_key(header_key(last))
    path, _ = known_headings(record).get(key, ("", 0))
    special = special_heading(record, key)
    ours = _OURS.search(key) is not None
    names = _NAMED.search(key) is not None or path == "contacts.name" or special == "contacts.person"
    names |= ours and not _NUMBERS.search(key)
    if column.is_group or not (names or ours or path.startswith("contacts.")):
        return None
    return _Told(column.index, key, ordinal_of(header_key(column.header)), over, names, ours)


def _owner(one: _Told, names: list[_Told], told: list[_Told]) -> _Told:
    if one.names:
        return one
    for same in (
        [name for name in names if one.number and (name.number or "1") == one.number],
        [name for name in names if one.over and name.over == one.over],
    ):
        if len(same) == 1:
            return same[0]
    left = [name for name in names if name.place < one.place] or [*(n for n in names if not n.ours), names[0]][:1]
    run = left[-1:]
    for name in reversed(left[:-1]):
        if any(name.place < other.place < run[0].place for other in told):
            break
        run.insert(0, name)
    after = next((name.place for name in names if name.place > one.place), one.place + 1_000)
    alike = [other for other in told if run[-1].place < other.place < after and other.key == one.key]
    if len(alike) >= len(run):
        return run[min(alike.index(one), len(run) - 1)]
    theirs = [name for name in run if not name.ours] or run
    return next((name for name in theirs if _REACHED.search(name.key)), theirs[-1])
