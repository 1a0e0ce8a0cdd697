"""A new office with the tables of limits and holidays that ship, and opening one."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.domain import reference
from zhaoshang_desktop.domain.allowance import Allowance, CalendarDay, LodgingLimit, SeatRule, TravelRule
from zhaoshang_desktop.domain.fairness import FairRule
from zhaoshang_desktop.domain.follow_rule import FollowRule
from zhaoshang_desktop.domain.reception_rule import ReceptionRule
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.target_rule import TargetRule
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.runtime.clock import Clock
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.opening import HOLDER
from zhaoshang_desktop.store.vault import NewVault

__all__ = ["acts_in", "new_office", "open_office"]

SHIPPED: tuple[tuple[type[Record], str], ...] = (
    (Allowance, "allowances"),
    (LodgingLimit, "lodging_limits"),
    (SeatRule, "seat_rules"),
    (CalendarDay, "calendar"),
    (TravelRule, "travel"),
    (TargetRule, "target_rules"),
    (FollowRule, "follow_rules"),
    (FairRule, "fair_rules"),
    (ReceptionRule, "reception_rules"),
)
"""The office's tables of policy, and the shipped table each begins with."""


def new_office(
    where: Path | str, *, name: str, actor: str = "", clock: Clock | None = None, made: NewVault | None = None
) -> Office:
    """Makes an office whose policy tables hold what ships; from then on they are the office's to change.

    With a vault just made its file is encrypted from the first byte.
    """
    first = [one for record, table in SHIPPED for one in reference.records(record, table)]
    key, vault = (made.key, made.vault) if made is not None else (None, None)
    return create_office(where, name=name, actor=actor, clock=clock, key=key, vault=vault, first=first)


def acts_in(office: Office, me: int) -> str:
    """Who works where nobody signs in: the member that was chosen, in a pack who carries it; "" when the
    office does not say."""
    chosen = office.rows(Member, [me]) if me else []
    return next((one.name for one in chosen), "") or office.meta(HOLDER)
