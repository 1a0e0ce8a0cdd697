"""What a draft says at the place a column goes to, as text."""

from __future__ import annotations

from typing import Any

from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.kinds import Kind, Link, Links, Point
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of, fields_of
from zhaoshang_desktop.exchange.mapping import Match
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.exchange.sheet import Sheet, cell_text
from zhaoshang_desktop.exchange.targets import UNIT, read_parts
from zhaoshang_desktop.ui.library.values import written

_PLANNED = "计划"
UNREAD = "？"


def text_at(draft: Draft, match: Match, sheet: Sheet) -> str:
    """The text of what the column gave; what nobody understood begins with "？"."""
    part, _, name = match.path.rpartition(".")
    if part == "point":
        return _field_text(draft.record, "point", draft, match, sheet)
    if part == UNIT:
        return _cell(draft, match, sheet)
    if not part:
        return _field_text(draft.record, name, draft, match, sheet)
    kind = read_parts(type(draft.record))[part]
    children = [child for child in draft.children if type(child) is kind and draft.told_in(part, child)]
    if kind is Milestone and name not in {field.name for field in fields_of(Milestone)}:
        return _milestone_text([child for child in children if isinstance(child, Milestone)], name)
    if kind is Contact and name in ("person", "name"):
        return "、".join(_person(child, name == "person") for child in children if isinstance(child, Contact))
    texts = (_field_text(child, name, draft, match, sheet) for child in children)
    return "、".join(text for text in texts if text)


def value_text(kind: Kind, value: Any, titles: dict[tuple[str, int], str]) -> str:
    """A value as lists show it; "" when it is empty."""
    return "" if value is None or value == kind.empty else written(kind, value, titles)


def _field_text(record: Record, name: str, draft: Draft, match: Match, sheet: Sheet) -> str:
    field = field_of(type(record), name)
    value = getattr(record, name)
    if value is None or value == field.kind.empty:
        raw = record.raw.get(name, "")
        return f"{UNREAD}{raw}" if raw else ""
    if isinstance(field.kind, Link | Links):
        return _cell(draft, match, sheet)
    return field.kind.write(value) if isinstance(field.kind, Point) else written(field.kind, value, {})


def _cell(draft: Draft, match: Match, sheet: Sheet) -> str:
    """What is linked is called what the cell calls it."""
    row = sheet.rows[draft.row - 1]
    return cell_text(row[match.column.index]).strip() if match.column.index < len(row) else "…"


def _person(contact: Contact, with_numbers: bool) -> str:
    if "name" in contact.raw:
        return f"{UNREAD}{contact.raw['name']}"
    numbers = (contact.mobile, contact.phone) if with_numbers else ()
    post = "" if contact.name.endswith(contact.post) else contact.post
    return " ".join(filter(None, (contact.name, post, *numbers)))


def _milestone_text(milestones: list[Milestone], name: str) -> str:
    which = "planned" if name.startswith(_PLANNED) else "actual"
    found = next((one for one in milestones if one.step == name.removeprefix(_PLANNED)), None)
    if found is None:
        return ""
    value = getattr(found, which)
    raw = found.raw.get(which, "")
    return str(value) if value is not None else f"{UNREAD}{raw}" if raw else ""
