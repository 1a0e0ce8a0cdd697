"""An edit that was begun on a version which somebody else has changed since: merged, or both sides shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zhaoshang_desktop.domain.changes import Line
from zhaoshang_desktop.domain.clash import Clash, EditClash, Written
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.merge import RAW, Fate, lists_of, three_way
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.store.columns import decode, encode

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office

Changes = Mapping[str, Any]


def caught_up(office: Office, found: Record, changes: Changes, version: int) -> dict[str, Any]:
    """The changes, made when the record had that version, as they are to be made to the record as it is now.

    Fields that only one side changed merge by themselves, lists are joined; EditClash when both changed the same.
    """
    record = type(found)
    since = office.history(record, found.id)[: max(found.version - version, 0)]
    if found.removed and any(line.op == "remove" for line in since):
        raise KnownError(f"“{found.title}”已被{since[0].actor or '别人'}移到回收站，修改没有保存。", "请先恢复它。")
    now = {name: _now(found, name) for name in _names(changes)}
    base = {name: _before(since, name, now[name], office.own) for name in now}
    wanted = {name: _wanted(changes, name, base[name]) for name in now}
    old, mine, theirs = (
        {name: _stored(record, name, value) for name, value in side.items()} for side in (base, wanted, now)
    )
    decisions = three_way(old, mine, theirs, lists_of(record))
    clashing = dict.fromkeys(
        name.removeprefix(RAW) for name, decision in decisions.items() if decision.fate is Fate.CONFLICT
    )
    if clashing:
        clashes = [_clash(record, name, base, wanted, now, since) for name in clashing]
        titles = "、".join(f"“{field_of(record, name).label}”" for name in clashing)
        raise EditClash(found, changes, found.version, clashes, titles)
    return _together({name: _value(record, name, one.value) for name, one in decisions.items() if one.news})


def _names(changes: Changes) -> list[str]:
    """The fields, and under RAW and their names the texts beside them."""
    fields = [name for name in changes if name != "raw"]
    texts = [f"{RAW}{name}" for name in changes.get("raw", {})]
    return [*fields, *texts]


def _now(found: Record, name: str) -> Any:
    return found.raw.get(name.removeprefix(RAW), "") if name.startswith(RAW) else getattr(found, name)


def _before(since: Sequence[Line], name: str, now: Any, own: Collection[int]) -> Any:
    """What a field held before these lines, newest first; what this program wrote itself it has seen."""
    for line in since:
        if line.batch in own and (name in line.changes or (name.startswith(RAW) and "raw" in line.changes)):
            break
        if name.startswith(RAW) and "raw" in line.changes:
            now = (line.changes["raw"][0] or {}).get(name.removeprefix(RAW), "")
        elif name in line.changes:
            now = line.changes[name][0]
    return now


def _wanted(changes: Changes, name: str, base: Any) -> Any:
    if name.startswith(RAW):
        return changes["raw"].get(name.removeprefix(RAW), base)
    return changes[name]


def _stored(record: type[Record], name: str, value: Any) -> Any:
    return value or None if name.startswith(RAW) else encode(field_of(record, name), value)


def _value(record: type[Record], name: str, stored: Any) -> Any:
    return stored or "" if name.startswith(RAW) else decode(field_of(record, name), stored)


def _clash(
    record: type[Record], name: str, base: Changes, wanted: Changes, now: Changes, since: Sequence[Line]
) -> Clash:
    raw = f"{RAW}{name}"
    empty = field_of(record, name).kind.empty
    sides = [Written(side.get(name, empty), side.get(raw, "")) for side in (base, wanted, now)]
    theirs = next((line for line in since if name in line.changes or "raw" in line.changes), since[0])
    return Clash(name, sides[0], sides[1], sides[2], theirs.actor, theirs.at)


def _together(values: Changes) -> dict[str, Any]:
    fields = {name: value for name, value in values.items() if not name.startswith(RAW)}
    texts = {name.removeprefix(RAW): text for name, text in values.items() if name.startswith(RAW)}
    return {**fields, "raw": texts} if texts else fields
