"""Whom a trip might see: 100,000 investors ranked with reasons, through the action that the window asks; and who goes.

The office has what an office has beside its investors: a person each, some of them with a home place and a school,
projects and leads, two thousand meetings held, thirty of ours, a trip with two teams and six targets.
"""

from __future__ import annotations

import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.bench.firms import CHAINS, GIVEN, SURNAMES, TRADES, credit_code, names
from tests.bench.measures import measure
from zhaoshang_desktop.actions.candidates import EVERYBODY, Sieve, candidates
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.actions.trip import TargetWish, TeamWish, TripWish, new_trip
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.region import regions
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.cover import Cover, Option, Task
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.runtime.collector import keep_what_is_there
from zhaoshang_desktop.store.office import Office

SIZES = (10_000, 100_000)
BATCH = 10_000
RUNS = 5
MONDAY = date(2026, 12, 7)
SCHOOLS = ("江左理工大学", "吴越科技大学", "东澄财经大学", "鲁南工学院")
STEPS = ("储备", "对接", "对接", "签约", "开工")


@measure("trip.rank_100k_ms", bar=300, unit="ms")
@measure("trip.rank_100k_filtered_ms", bar=300, unit="ms")
@measure("trip.rank_100k_words_ms", bar=300, unit="ms")
@measure("trip.rank_linear_10k_100k", bar=1.2, unit="×")
def ranked() -> dict[str, float]:
    """Medians; the ratio is the time a record at 100,000 over that at 10,000 (1 is exactly linear)."""
    few, many = (times(size) for size in SIZES)
    return {
        "trip.rank_100k_ms": many[0],
        "trip.rank_100k_filtered_ms": many[1],
        "trip.rank_100k_words_ms": many[2],
        "trip.rank_linear_10k_100k": many[0] / SIZES[1] / (few[0] / SIZES[0]),
    }


def times(size: int) -> list[float]:
    """Everybody, those that filters let through, and those that words find."""
    filters = Sieve(places=("310000", "320000", "330000"), levels=("A", "B"), silent=30)
    with tempfile.TemporaryDirectory() as folder:
        made = filled(Path(folder) / "many.office", size)
        keep_what_is_there()
        found = [median(partial(made.rank, sieve)) for sieve in (EVERYBODY, filters, Sieve(words="新材料"))]
        made.office.close()
    return found


@measure("trip.crew_200x20_ms", bar=1000, unit="ms")
def crew() -> float:
    """The slowest of thirty random cases: 200 people of three ranks, 20 needs, a team of at most five."""
    return max(milliseconds(Cover(case(seed)).answer) for seed in range(30))


def case(seed: int) -> Task:
    dice = random.Random(seed)
    share = dice.choice((0.05, 0.07, 0.09, 0.11, 0.15, 0.2))
    people = tuple(
        Option(
            number,
            sum(1 << need for need in range(20) if dice.random() < share),
            (dice.choice((0, 90_000, 120_000)), int(dice.random() < 0.2), dice.randint(0, 30)),
        )
        for number in range(200)
    )
    return Task(people, tuple(dice.randint(1, 6) for _ in range(20)), 2, 5)


@dataclass
class Made:
    """An office with a trip in it."""

    office: Office
    trip: int

    def rank(self, sieve: Sieve) -> object:
        found = candidates(self.office, self.trip, sieve)
        assert found
        return found


def filled(file: Path, size: int) -> Made:
    """The office, the same every time."""
    dice = random.Random(20261207)
    clock = FixedClock(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    office = new_office(file, name="清岚县投资促进局", clock=clock)
    places = sorted(code for code in regions().of if not code.endswith("00"))
    with office.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        ours = [member(dice, unit.id, places) for _ in range(30)]
        tx.save_all(ours)
    firms: list[int] = []
    numbered = enumerate(names(size))
    while batch := list(itertools.islice(numbered, BATCH)):
        with office.transaction("导入") as tx:
            made = [investor(dice, number, name, places) for number, name in batch]
            tx.save_all(made)
            tx.save_all([person(dice, one, places) for one in made])
            firms += [one.id for one in made]
    with office.transaction("两年") as tx:
        projects = [Project(name=f"项目{number}") for number in range(size // 50)]
        tx.save_all(projects)
        tx.save_all([Stake(project=one.id, investor=dice.choice(firms)) for one in projects])
        tx.save_all([Milestone(project=one.id, step=dice.choice(STEPS), actual=When(2026, 6)) for one in projects])
        tx.save_all([lead(dice, firms) for _ in range(size // 50)])
        tx.save_all([held(dice, firms, ours) for _ in range(size // 50)])
    teams = tuple(TeamWish(f"{'一二'[n]}队", tuple(one.id for one in ours[3 * n : 3 * n + 3])) for n in range(2))
    targets = tuple(TargetWish(key) for key in firms[:6])
    wish = TripWish("走访", MONDAY, MONDAY + timedelta(days=4), "370400", "长三角", "新材料", targets, teams)
    return Made(office, new_trip(office, wish)[0])


def member(dice: random.Random, unit: int, places: list[str]) -> Member:
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    return Member(unit=unit, name=name, home_place=dice.choice(places), school=dice.choice(SCHOOLS))


def investor(dice: random.Random, number: int, name: str, places: list[str]) -> Investor:
    return Investor(
        name=name,
        credit_code=credit_code(number),
        place=dice.choice(places),
        chain=dice.choice(CHAINS),
        industry=dice.choice(TRADES),
        level=dice.choice(("A", "B", "C", "")),
        head_target=dice.random() < 0.01 or None,
        business=f"{dice.choice(TRADES)}的研发与生产",
        local_ties="董事长曾在本县工作" if dice.random() < 0.02 else "",
        registered_capital=Money(dice.randint(100, 90_000) * 1_000_000),
        dishonest=dice.random() < 0.01 or None,
    )


def person(dice: random.Random, owner: Investor, places: list[str]) -> Contact:
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    told = dice.random() < 0.2
    return Contact(
        investor=owner.id,
        name=name,
        post="总经理",
        mobile=f"138{dice.randint(0, 99_999_999):08}",
        home_place=dice.choice(places) if told else "",
        school=f"{dice.choice(GIVEN)}{dice.choice(GIVEN)}大学" if told and dice.random() < 0.98 else "",
    )


def lead(dice: random.Random, firms: list[int]) -> Lead:
    state = dice.choice(("待核实", "跟进中", "转项目", "失效"))
    return Lead(subject="拟扩产", investor=dice.choice(firms), state=state, channel="同学", provider="某人")


def held(dice: random.Random, firms: list[int], ours: list[Member]) -> Visit:
    day = MONDAY - timedelta(days=dice.randint(10, 700))
    present = (dice.choice(ours).id, dice.choice(ours).id)
    return Visit(investor=dice.choice(firms), day=day, state="已完成", members=present)


def median(work: Callable[[], object]) -> float:
    """Milliseconds; one run before warms the files up."""
    return statistics.median([milliseconds(work) for _ in range(RUNS + 1)][1:])


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
