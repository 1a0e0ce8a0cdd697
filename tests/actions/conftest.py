"""A small office on a Monday, with four colleagues and twelve firms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.actions.roles import Server
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store.office import Office

CITIES = ("320200", "320500", "310000", "330100", "330700", "330200", "320400", "330400", "330500", "320600")
MONDAY = date(2026, 12, 7)


@dataclass
class Stocked:
    """The office and who is in it."""

    office: Office
    investors: list[Investor]
    members: list[Member]

    def trip(self, *targets: TargetWish, teams: int = 2, days: int = 5) -> int:
        """A trip with these targets and so many teams of two."""
        chosen = tuple(
            TeamWish(f"{'一二'[n]}队", tuple(one.id for one in self.members[2 * n : 2 * n + 2])) for n in range(teams)
        )
        wish = TripWish(
            "对接新材料链", MONDAY, date(2026, 12, 6 + days), "371300", chain="新材料", targets=targets, teams=chosen
        )
        return new_trip(self.office, wish)[0]


@pytest.fixture
def stocked(tmp_path: Path) -> Iterator[Stocked]:
    clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    office = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=clock)
    with office.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        members = [tx.save(Member(unit=unit.id, name=name, rank="三类")) for name in ("张敏", "王磊", "李想", "陈燕")]
        investors = [tx.save(Investor(name=f"青禾{n}新材料有限公司", place=c, level="A")) for n, c in enumerate(CITIES)]
        for one in investors:
            tx.save(Contact(investor=one.id, name="周远航", mobile="13800000000", post="董事长"))
    yield Stocked(office, investors, members)
    office.close()


@pytest.fixture
def server(postgres_database: str) -> Iterator[Server]:
    """An office on a server with its three roles."""
    with ExitStack() as stack:
        yield Server(postgres_database, stack)
