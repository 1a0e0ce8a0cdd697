"""The filters a clerk keeps: written into the settings of the PC as plain JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.query import Where
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.ui.library.views import View


def saved_views(settings: Settings, noun: str) -> tuple[View, ...]:
    """What was kept for this library; an entry that is damaged is left out."""
    found = []
    for number, entry in enumerate(settings.choices.get(_key(noun), [])):
        try:
            where = tuple(Where(name, operator, _value(value)) for name, operator, value in entry["where"])
            order = tuple(str(name) for name in entry["order"])
            found.append(
                View(f"saved {number}", str(entry["title"]), where, order, words=str(entry["words"]), saved=True)
            )
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found)


def keep_view(settings: Settings, noun: str, view: View) -> None:
    """Keep one more, in place of one of the same name."""
    others = [one for one in saved_views(settings, noun) if one.title != view.title]
    _store(settings, noun, [*others, view])


def drop_view(settings: Settings, noun: str, title: str) -> None:
    """Forget the one of that name."""
    _store(settings, noun, [one for one in saved_views(settings, noun) if one.title != title])


def _store(settings: Settings, noun: str, views: list[View]) -> None:
    settings.choices[_key(noun)] = [
        {
            "title": view.title,
            "words": view.words,
            "order": list(view.order),
            "where": [[where.field, where.operator, _plain(where.value)] for where in view.where],
        }
        for view in views
    ]


def _key(noun: str) -> str:
    return f"views.{noun}"


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
