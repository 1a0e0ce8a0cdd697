"""The people of a row: names, posts and numbers, in one cell or in several, dealt out to contacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhaoshang_desktop.domain import kinds, phone
from zhaoshang_desktop.domain.errors import NotUnderstood
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.person import split_person
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import fields_of
from zhaoshang_desktop.domain.text import tidy
from zhaoshang_desktop.exchange.formats import read_cell
from zhaoshang_desktop.exchange.sheet import Cell, cell_text

DASHES = frozenset({"-", "--", "—", "——", "－", "/", "／", "\\", "…", "……"})
"""What a person writes into a cell that has nothing."""
NAMELESS = "未署名"
_LONGEST_NAME = 30
_SEVERAL = ("post", "mobile", "phone")


def read_people(cell: Cell) -> tuple[tuple[str, str, str], ...]:
    """(name, post, telephone) of everybody in a cell; a short text that is no usual name is taken as it is."""
    text = cell_text(cell)
    try:
        return split_person(text)
    except NotUnderstood:
        name = tidy(text)
        if not name or len(name) > _LONGEST_NAME or any(sign.isdigit() for sign in name):
            raise
        return ((name, "", ""),)


def people_as_contacts(
    values: dict[str, Any], raw: dict[str, str], people: tuple[tuple[str, str, str], ...]
) -> list[Contact]:
    """One contact a person; numbers and posts are dealt out where they suffice, the rest is the first one's."""
    posts = ["" if post in DASHES else post for post in values.pop("post", "").split("、")]
    dealt = {name: _shared_out(values.pop(name), len(people)) for name in ("mobile", "phone") if name in values}
    found = []
    for place, (name, post, numbers) in enumerate(people):
        contact = Contact(**values, raw=raw) if place == 0 else Contact()
        own_post = posts[place] if len(posts) == len(people) else "、".join(posts) if place == 0 else ""
        contact.name, contact.post = name, own_post or post
        told = list(filter(None, numbers.split("、"))) if numbers else []
        for which, numbers_of in dealt.items():
            setattr(contact, which, numbers_of[place])
        contact.mobile = _joined(contact.mobile, [number for number in told if phone.is_mobile(number)])
        contact.phone = _joined(contact.phone, [number for number in told if not phone.is_mobile(number)])
        found.append(contact)
    return found


def told_once(children: Sequence[Record]) -> list[Record]:
    """The same; who is named twice in a row (as 法定代表人 and as 联系人) once, with all that is said of him."""
    found: list[Record] = []
    for child in children:
        twin = next((one for one in found if _is_same_person(one, child)), None)
        if twin is None or not _take_over(twin, child):
            found.append(child)
    return found


def _is_same_person(one: Record, other: Record) -> bool:
    same = isinstance(one, Contact) and isinstance(other, Contact) and one.name == other.name
    return same and one.title not in ("", NAMELESS)


def _take_over(twin: Record, child: Record) -> bool:
    """What a child says more than its twin; nothing where one contradicts the other."""
    more: dict[str, Any] = {}
    for field in fields_of(Contact):
        said, had = getattr(child, field.name), getattr(twin, field.name)
        if said in (field.kind.empty, had):
            continue
        if had != field.kind.empty and field.name not in _SEVERAL:
            return False
        more[field.name] = _joined(had, said.split("、")) if field.name in _SEVERAL else said
    if any(text != twin.raw.get(name, text) for name, text in child.raw.items()):
        return False
    for name, value in more.items():
        setattr(twin, name, value)
    twin.raw.update(child.raw)
    return True


def read_numbers(cell: Cell) -> tuple[str, ...]:
    """The numbers in each part of a cell, "" for a dash where one of several people has none."""
    if type(cell) is not str:
        return (read_cell(kinds.Phone(), cell),)
    parts = cell.split("、")
    return tuple("" if len(parts) > 1 and part.strip() in DASHES else phone.read_phones(part) for part in parts)


def _shared_out(numbers: tuple[str, ...], count: int) -> list[str]:
    """Whose numbers are whose: by their parts, else by their number, else they are everybody's."""
    if len(numbers) == count:
        return list(numbers)
    single = [number for part in numbers for number in part.split("、") if number]
    return single if len(single) == count else ["、".join(single)] * count


def _joined(first: str, more: Sequence[str]) -> str:
    if not more and "、" not in first:
        return first
    return "、".join(dict.fromkeys(filter(None, [*first.split("、"), *more])))
