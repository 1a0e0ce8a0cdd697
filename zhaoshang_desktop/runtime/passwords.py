"""Passwords of office servers: held by this process while it runs, and if the person wants, by the PC's own
credential store (Windows' Credential Manager, the Secret Service). Never in the settings, never in an office's name.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from zhaoshang_desktop.runtime import credentials

SERVICE = "zhaoshang server"
_held: dict[str, str] = {}
_log = logging.getLogger(__name__)


def without_password(url: str) -> str:
    """A server's address as it may be shown, kept and compared."""
    address = urlsplit(url)
    if address.password is None:
        return url
    user, at, place = address.netloc.rpartition("@")
    return urlunsplit(address._replace(netloc=f"{user.partition(':')[0]}{at}{place}"))


def with_password(url: str, password: str) -> str:
    """The address with which to connect."""
    address = urlsplit(without_password(url))
    user, at, place = address.netloc.rpartition("@")
    return urlunsplit(address._replace(netloc=f"{user}:{quote(password, safe='')}{at}{place}")) if at else url


def hold(url: str) -> str:
    """Keeps the password of an address as long as the program runs; gives the address without it."""
    password = urlsplit(url).password
    place = without_password(url)
    if password:
        _held[place] = unquote(password)
    return place


def recall(url: str) -> str:
    """The password of an address that has none: held, or remembered by the PC; "" when nobody knows it."""
    place = without_password(url)
    if place not in _held and (kept := _ask_store("get_password", place)):
        _held[place] = kept
    return _held.get(place, "")


def can_remember() -> bool:
    """Has this PC a credential store?"""
    return credentials.store() is not None


def remember(url: str, password: str) -> bool:
    """Lets the PC's credential store keep it; False when there is none, or it refuses."""
    return credentials.store() is not None and _ask_store("set_password", without_password(url), password) is not False


def forget(url: str) -> None:
    """From now on it is asked for."""
    place = without_password(url)
    _held.pop(place, None)
    if _ask_store("get_password", place):
        _ask_store("delete_password", place)


def _ask_store(what: str, *values: str) -> Any:
    store = credentials.store()
    try:
        return getattr(store, what)(SERVICE, *values) if store is not None else None
    except Exception as error:  # noqa: BLE001 - each store has its own errors; the person is asked instead
        _log.warning("the credential store refused: %s", type(error).__name__)
        return False
