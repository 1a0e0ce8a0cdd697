"""经费限额: what is left of it."""

from __future__ import annotations

from collections.abc import Iterable

from zhaoshang_desktop.domain.money import Money


def left_of(limit: Money | None, amounts: Iterable[Money | None]) -> Money | None:
    """What the amounts leave of the limit, below zero when they exceed it; None without a limit, or when they are
    all in another currency than the limit, since nothing is converted here."""
    if limit is None:
        return None
    known = [amount for amount in amounts if amount is not None]
    own = [amount.fen for amount in known if amount.currency == limit.currency]
    return None if known and not own else Money(limit.fen - sum(own), limit.currency)
