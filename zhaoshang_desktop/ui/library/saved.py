"""The filters a clerk keeps: written into the settings of the PC as plain JSON.

Those of an encrypted office are its own, and unreadable without its key: a filter may name a firm.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Where
from zhaoshang_desktop.ui.desk import Desk
from zhaoshang_desktop.ui.library.views import View


def saved_views(desk: Desk, noun: str) -> tuple[View, ...]:
    """What was kept for this library; an entry that is damaged is left out."""
    found = []
    for number, entry in enumerate(_kept(desk, noun)):
        try:
            where = tuple(Where(name, operator, _value(value)) for name, operator, value in entry["where"])
            order = tuple(str(name) for name in entry["order"])
            found.append(
                View(f"saved {number}", str(entry["title"]), where, order, words=str(entry["words"]), saved=True)
            )
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found)


def keep_view(desk: Desk, noun: str, view: View) -> None:
    """Keep one more, in place of one of the same name."""
    others = [one for one in saved_views(desk, noun) if one.title != view.title]
    _store(desk, noun, [*others, view])


def drop_view(desk: Desk, noun: str, title: str) -> None:
    """Forget the one of that name."""
    _store(desk, noun, [one for one in saved_views(desk, noun) if one.title != title])


def _store(desk: Desk, noun: str, views: list[View]) -> None:
    plain = [
        {
            "title": view.title,
            "words": view.words,
            "order": list(view.order),
            "where": [[where.field, where.operator, _plain(where.value)] for where in view.where],
        }
        for view in views
    ]
    is_hidden = _is_hidden(desk)
    desk.settings.choices[_key(desk, noun)] = desk.office.hide(json.dumps(plain)) if is_hidden else plain


def _kept(desk: Desk, noun: str) -> list[Any]:
    kept = desk.settings.choices.get(_key(desk, noun), [])
    if _is_hidden(desk):
        kept = json.loads(desk.office.show(str(kept)) or "[]") if kept else []
    return kept if isinstance(kept, list) else []


def _key(desk: Desk, noun: str) -> str:
    return f"views.{noun}@{desk.office.where}" if _is_hidden(desk) else f"views.{noun}"


def _is_hidden(desk: Desk) -> bool:
    return desk.is_open and desk.office.key is not None


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {"fen": value.fen, "currency": value.currency}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, dict):
        if "day" in plain:
            return date.fromisoformat(plain["day"])
        return Decimal(plain["number"]) if "number" in plain else Money(plain["fen"], plain["currency"])
    if isinstance(plain, list):
        return tuple(_value(part) for part in plain)
    return plain
