"""What a journal line says, as JSON; that of a new record is put together from its values, five times as fast."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring

from zhaoshang_desktop.store.columns import Stored

_CHANGES = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def changed(changes: Mapping[str, list[Stored]]) -> str:
    """`{field: [before, after]}`."""
    return _CHANGES.encode(changes)


def operation(new: Mapping[str, Stored]) -> str:
    """What setting these fields does to a record."""
    return "update" if "removed" not in new else "remove" if new["removed"] else "restore"


def created(stored: Mapping[str, Stored]) -> str:
    """The same of a record that was not there: every field goes from nothing to what is stored."""
    told = [
        f"{_OPENINGS[name]}{encode_basestring(value) if type(value) is str else _value(value)}]"
        for name, value in stored.items()
    ]
    return "{" + ",".join(told) + "}"


class _Openings(dict[str, str]):
    """What stands before the value of a field."""

    def __missing__(self, name: str) -> str:
        self[name] = f"{encode_basestring(name)}:[null,"
        return self[name]


_OPENINGS = _Openings()


def _value(value: Stored) -> str:
    if type(value) is str:
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    return f"[{','.join(map(_value, value))}]" if type(value) is list else _CHANGES.encode(value)
