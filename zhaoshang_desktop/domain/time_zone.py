"""How far the clocks of a 国家（地区） are from ours, in standard time; its summer time is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from zhaoshang_desktop.domain import tables
from zhaoshang_desktop.domain.region import ABROAD

OURS = 8 * 60


def ahead(place: str) -> int | None:
    """Minutes that the clocks of a place are before ours (日本: 60, 德国: -420); None when its country is unknown."""
    if not place.startswith(ABROAD):
        return 0
    minutes = _zones().get(place.removeprefix(ABROAD))
    return None if minutes is None else minutes - OURS


@cache
def _zones() -> Mapping[str, int]:
    """By name, the minutes before UTC of its capital."""
    return {row["name"]: int(row["minutes"]) for row in tables.rows("time_zones")}
