"""The JSON file that `reception new` reads: code names of the fields, values as a person writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from zhaoshang_desktop.actions.reception import ReceptionWish
from zhaoshang_desktop.cli.json_file import read_json
from zhaoshang_desktop.domain.errors import KnownError, NotUnderstood
from zhaoshang_desktop.domain.kinds import Flag, Link, Links
from zhaoshang_desktop.domain.libraries import RECORD_TITLES, RECORDS
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.reception import (
    Reception,
    ReceptionCar,
    ReceptionCost,
    ReceptionItem,
    ReceptionMeal,
    ReceptionPerson,
)
from zhaoshang_desktop.domain.record import Record, read_key
from zhaoshang_desktop.domain.spec import Field, fields_of
from zhaoshang_desktop.domain.text import folded, storable
from zhaoshang_desktop.store.office import Office

R = TypeVar("R", bound=Record)
_PARTS: dict[str, type[Record]] = {
    "items": ReceptionItem,
    "people": ReceptionPerson,
    "meals": ReceptionMeal,
    "cars": ReceptionCar,
    "costs": ReceptionCost,
}
_HELP = "zhaoshang reception --help 有例子。"
_MOST = 1000


def read_reception(office: Office, path: Path) -> ReceptionWish:
    """The reception that the file asks for; KnownError names the key that cannot be used."""
    asked = read_json(path, "zhaoshang reception --help")
    if not isinstance(asked, dict):
        raise KnownError("整个文件应是 {…}。", _HELP)
    head = {key: value for key, value in asked.items() if key not in _PARTS}
    one = _record(office, Reception, head, "文件")
    wish = ReceptionWish(one)
    for part, record in _PARTS.items():
        rows = asked.get(part) or []
        if not isinstance(rows, list) or len(rows) > _MOST:
            raise KnownError(f"{part} 应是 […]，最多 {_MOST} 行。", _HELP)
        extra = {"account": one.kind} if record is ReceptionCost else {}
        for number, row in enumerate(rows, 1):
            given = extra | _mapping(row, part)
            getattr(wish, part).append(_record(office, record, given, f"{part} 第 {number} 行"))
    return wish


def _mapping(row: Any, part: str) -> dict[str, Any]:
    if isinstance(row, str) and part == "people":
        return {"name": row}
    if not isinstance(row, dict):
        raise KnownError(f"{part} 的每一行应是 {{…}}。", _HELP)
    return row


def _record(office: Office, record: type[R], asked: dict[str, Any], where: str) -> R:
    fields = {one.name: one for one in fields_of(record) if one.name != "reception" and not one.spec.derived}
    unknown = sorted(set(asked) - fields.keys())
    if unknown:
        raise KnownError(f"{where}里的 {unknown[0]} 不认识。", f"可以写 {'、'.join(fields)}。")
    values = {
        name: _value(office, fields[name], value, where) for name, value in asked.items() if value not in (None, "", [])
    }
    one = record(**values)
    for name, field in fields.items():
        if field.spec.required and getattr(one, name) == field.kind.empty:
            raise KnownError(f"{where}没有写 {name}（{field.label}）。", _HELP)
    return one


def _value(office: Office, field: Field, value: Any, where: str) -> Any:
    kind = field.kind
    if isinstance(kind, Links):
        names = value if isinstance(value, list) else [value]
        return tuple(dict.fromkeys(_key(office, kind.noun, one) for one in names))
    if isinstance(kind, Link):
        return _key(office, kind.noun, value)
    if isinstance(kind, Flag) and isinstance(value, bool):
        return value
    if isinstance(value, dict | list | bool):
        raise KnownError(f"{where}的 {field.name} 应是一段文字。", "请用引号括起来。")
    try:
        return kind.read(storable(str(value)))
    except NotUnderstood as reason:
        raise KnownError(f"{where}的 {field.name}（{field.label}）“{value}”看不懂：{reason}。", _HELP) from None


def _key(office: Office, noun: str, value: Any) -> int:
    """The record that an id, a whole name, or a part that only one has, means."""
    record, text = RECORDS[noun], str(value).strip()
    if (key := read_key(text)) and office.rows(record, [key]):
        return key
    wanted = folded(text)
    found = office.find(Query(record, words=text)) if wanted else []
    exact = [one for one in found if folded(one.title) == wanted]
    near = exact or [one for one in found if wanted in folded(one.title)]
    if len(near) == 1:
        return near[0].id
    title = RECORD_TITLES[noun]
    if near:
        names = "、".join(f"{one.title}（{one.id}）" for one in near[:5])
        raise KnownError(f"名称里有“{text}”的{title}有 {len(near)} 个：{names}。", "请写编号或全称。")
    raise KnownError(f"没有叫“{text}”的{title}。", "请检查名称，或先录入。")
