"""待办: what somebody has promised or owes, by when; gathered from visits, problems of enterprises, and leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhaoshang_desktop.domain.follow_rule import UNTIL, WITHIN, Clock
from zhaoshang_desktop.domain.followup import Concern
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.visit import Visit

NEXT, FOLLOW, CONCERN, VERIFY = "下一步", "跟进", "护商", "核实"
KINDS = (NEXT, FOLLOW, CONCERN, VERIFY)
OPEN_LEADS = ("待核实", "已核实", "跟进中")


@dataclass(frozen=True)
class Todo:
    """`noun` and `key` are the record it stands in. `overrun` is by how many days the follow-up limit of the office
    is exceeded, 0 when it is not; `about` whom it concerns."""

    noun: str
    key: int
    kind: str
    what: str
    due: date | None = None
    owner: int = 0
    investor: int = 0
    project: int = 0
    about: str = ""
    since: date | None = None
    overrun: int = 0

    def late(self, today: date) -> int:
        """Days past due; 0 when there is still time."""
        return max(0, (today - self.due).days) if self.due else 0

    def is_late(self, today: date) -> bool:
        """Past its day, or past the limit of the office."""
        return bool(self.late(today) or self.overrun)


def by_urgency(todos: Iterable[Todo], today: date) -> list[Todo]:
    """What is late first, the longest by the days that are shown first; then by day, what has none at the end."""
    return sorted(
        todos,
        key=lambda one: (
            not one.is_late(today),
            -(one.late(today) or one.overrun),
            one.due or date.max,
            one.about,
            one.key,
        ),
    )


def of_visits(held: Iterable[Visit], clock: Clock, today: date) -> list[Todo]:
    """The open next steps, and of each investor the last visit that nothing has followed."""
    visits = [visit for visit in held if visit.day]
    last: dict[int, date] = {}
    for visit in visits:
        if visit.day and visit.day > last.get(visit.investor, date.min):
            last[visit.investor] = visit.day
    found = [_next_step(visit, overrun(visit, last, clock, today)) for visit in visits if is_open(visit)]
    silent: dict[int, Visit] = {}
    for visit in visits:
        if wants_following(visit, last):
            silent[visit.investor] = max(silent.get(visit.investor, visit), visit, key=lambda one: one.id)
    for visit in silent.values():
        due = due_by(visit, clock)
        over = overrun(visit, last, clock, today)
        if due is not None and not _let_be(visit, clock, today):
            what = f"{visit.day:%m-%d} {visit.way}后还没有跟进"
            found.append(_of(visit, FOLLOW, what, due, over))
    return found


def is_open(visit: Visit) -> bool:
    """Whether its next step is still to be done."""
    return bool(visit.next_step) and not visit.next_done


def wants_following(visit: Visit, last: Mapping[int, date]) -> bool:
    """Held, not turned down (意向 D), with no next step agreed or done, no lead or project from it, and no visit
    since."""
    if visit.next_step or visit.lead or visit.intention == "D" or not visit.day:
        return False
    return last.get(visit.investor, visit.day) <= visit.day


def due_by(visit: Visit, clock: Clock) -> date | None:
    """The last day to follow it up; None where the office sets no limit."""
    days = clock.days(WITHIN, visit.day) if visit.day else None
    return visit.day + timedelta(days=days) if visit.day and days is not None else None


def overrun(visit: Visit, last: Mapping[int, date], clock: Clock, today: date) -> int:
    """Days past the office's limit without anything done since the visit; 0 within it, or long past remembering.

    Where a day was agreed for the next step, that day counts and not the limit: who puts it off has said until when."""
    due = due_by(visit, clock)
    if due is None or not visit.day or last.get(visit.investor, visit.day) > visit.day or _let_be(visit, clock, today):
        return 0
    waits = (is_open(visit) and visit.next_due is None) or wants_following(visit, last)
    return max(0, (today - due).days) if waits else 0


def of_concerns(concerns: Iterable[Concern]) -> list[Todo]:
    """The needs of enterprises that are not answered."""
    return [
        Todo(
            Concern.NOUN,
            one.id,
            CONCERN,
            one.need,
            one.due,
            one.owner,
            one.investor,
            one.project,
            since=one.raised_on,
        )
        for one in concerns
        if one.solved_on is None
    ]


def of_leads(leads: Iterable[Lead]) -> list[Todo]:
    """The leads that somebody was told to look into by a day."""
    return [
        Todo(Lead.NOUN, one.id, VERIFY, one.subject, one.due, one.owner, one.investor, one.project, since=one.day)
        for one in leads
        if one.due and one.state in OPEN_LEADS
    ]


def _next_step(visit: Visit, over: int) -> Todo:
    return _of(visit, NEXT, visit.next_step, visit.next_due, over)


def _of(visit: Visit, kind: str, what: str, due: date | None, over: int) -> Todo:
    owner = visit.next_owner or (visit.members[0] if visit.members else 0)
    return Todo(
        Visit.NOUN,
        visit.id,
        kind,
        what,
        due,
        owner,
        visit.investor,
        visit.project,
        since=visit.day,
        overrun=over,
    )


def _let_be(visit: Visit, clock: Clock, today: date) -> bool:
    days = clock.days(UNTIL, today)
    return days is not None and visit.day is not None and (today - visit.day).days > days
