"""Two years of meetings with the sample county's investors, and the trips it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from zhaoshang_desktop.actions.sample.model import BASE
from zhaoshang_desktop.actions.sample.words import rows
from zhaoshang_desktop.domain.calendar import Calendar
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.domain.visit import Visit

DAYS = 730
_MEETINGS = {"A": (3, 6), "B": (1, 3), "C": (0, 1)}
_INTENTIONS = {"A": (35, 40, 20, 5), "B": (10, 42, 40, 8), "C": (0, 20, 60, 20)}
_HOURS = (9 * 60, 9 * 60 + 30, 10 * 60, 14 * 60, 14 * 60 + 30, 15 * 60 + 30)


@dataclass(frozen=True)
class Outcome:
    """What came of a meeting, as it is typed up."""

    said: str
    intention: str
    result: str
    next_step: str


def outcome(rng: Random, investor: Investor, *, way: str = "") -> Outcome:
    """What such an investor may have said, at a meeting of that kind."""
    intention = rng.choices("ABCD", _INTENTIONS.get(investor.level, _INTENTIONS["C"]))[0]
    kinds = [row for row in rows("visits") if row["intention"] == intention]
    row = rng.choice([row for row in kinds if way in {"", row["way"]}] or kinds)
    words = {"node": investor.chain_node or "主要产品", "chain": investor.chain or "相关", "need": investor.needs}
    words["need"] = words["need"] or "要素价格和配套"
    return Outcome(row["said"].format(**words), intention, row["result"], row["next_step"])


def log_of_two_years(
    rng: Random,
    today: date,
    calendar: Calendar,
    investors: Sequence[Investor],
    contacts: Mapping[int, Sequence[Contact]],
    members: Sequence[Member],
) -> list[Visit]:
    """Calls, meetings and receptions on workdays up to yesterday; the important are met more often."""
    days = calendar.workdays(today - timedelta(days=DAYS), today - timedelta(days=1))
    found = []
    for investor in investors:
        least, most = _MEETINGS.get(investor.level, (0, 1))
        when = sorted(rng.sample(days, rng.randint(least, most)))
        for day in when:
            people = contacts.get(investor.id, ())
            found.append(_meeting(rng, today, day, investor, people, members, is_last=day == when[-1]))
    return found


def _meeting(
    rng: Random,
    today: date,
    day: date,
    investor: Investor,
    contacts: Sequence[Contact],
    members: Sequence[Member],
    *,
    is_last: bool,
) -> Visit:
    way = rng.choices(("拜访", "电话", "接待", "会议"), (40, 30, 18, 12))[0]
    told = outcome(rng, investor, way=way)
    here = way == "接待"
    owner = investor.owner or rng.choice(members).id
    due = day + timedelta(days=rng.randrange(7, 36))
    return Visit(
        investor=investor.id,
        contacts=tuple(one.id for one in contacts[:1]),
        state="已完成",
        direction="请进来" if here else "走出去",
        way=way,
        day=day,
        start=rng.choice(_HOURS),
        minutes={"电话": 20, "会议": 60}.get(way, 90),
        place=BASE if here else investor.place,
        address="清岚经济开发区" if here else investor.address,
        members=tuple(dict.fromkeys((owner, rng.choice(members).id))),
        said=told.said,
        intention=told.intention,
        result=told.result,
        next_step=told.next_step,
        next_due=due,
        next_owner=owner,
        next_done=True if not is_last or _is_done(rng, (today - due).days) else None,
    )


def _is_done(rng: Random, days_over: int) -> bool:
    """Most promises are kept in time; what is long over is seldom still open."""
    return days_over > 120 or (days_over > 0 and rng.random() < (0.7 if days_over < 45 else 0.95))
