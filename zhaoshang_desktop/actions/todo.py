"""待办: what is to be done by whom; done with a note, put off, handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhaoshang_desktop.domain.changes import Changes
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.follow_rule import UNTIL, Clock, FollowRule, clock_of
from zhaoshang_desktop.domain.followup import Concern
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.libraries import RECORDS
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.todo import OPEN_LEADS, Todo, by_urgency, of_concerns, of_leads, of_visits
from zhaoshang_desktop.domain.visit import HELD, Visit
from zhaoshang_desktop.runtime.clock import today

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.store.transaction import Transaction

LOOKED_AT = (
    "investor",
    "project",
    "day",
    "way",
    "intention",
    "lead",
    "members",
    "next_step",
    "next_due",
    "next_done",
    "next_owner",
)
"""The fields of a visit that say what is to be done."""


def todos(office: Office, owner: int = 0) -> list[Todo]:
    """Everything that is open, the most urgent first; of one owner, or of all."""
    day = today(office.clock)
    return by_urgency(_named(office, _open(office, owner, day)), day)


def count_late(office: Office, owner: int = 0) -> int:
    """How many are past their day or the office's limit; of one owner, or of all."""
    day = today(office.clock)
    return sum(one.is_late(day) for one in _open(office, owner, day))


def finish(office: Office, todo: Todo, note: str = "") -> Changes:
    """It is done; what came of it stays with the record."""
    day = today(office.clock)
    with office.transaction(f"办结：{todo.what[:20]}") as tx:
        found = _get(tx, todo)
        if isinstance(found, Visit):
            found.next_step = found.next_step or f"跟进{todo.about}".strip()
            found.next_done, found.next_done_on, found.next_note = True, day, note
        elif isinstance(found, Concern):
            found.solved_on = day
            found.answer = "\n".join(filter(None, [found.answer, note]))
        else:
            found.due = None
            found.state = "已核实" if found.state == "待核实" else found.state
            found.content = "\n".join(filter(None, [found.content, f"{day:%Y-%m-%d} {note}" if note else ""]))
        tx.save(found)
    return tx.changes


def put_off(office: Office, todos_: Sequence[Todo], until: date, note: str = "") -> Changes:
    """Another day for them, as one change; a follow-up that nobody had agreed on becomes a next step."""
    with office.transaction(f"延期到 {until:%m-%d}：{len(todos_)} 件") as tx:
        for todo in todos_:
            found = _get(tx, todo)
            if isinstance(found, Visit):
                found.next_step = found.next_step or f"跟进{todo.about}".strip()
                found.next_due = until
                found.next_note = "\n".join(filter(None, [found.next_note, note]))
            else:
                found.due = until
            tx.save(found)
    return tx.changes


def hand_over(office: Office, todos_: Sequence[Todo], owner: int) -> Changes:
    """Somebody else does them from now on, as one change."""
    with office.transaction(f"转交 {len(todos_)} 件") as tx:
        for todo in todos_:
            found = _get(tx, todo)
            if isinstance(found, Visit):
                found.next_step = found.next_step or f"跟进{todo.about}".strip()
                found.next_due = found.next_due or todo.due
                found.next_owner = owner
            else:
                found.owner = owner
            tx.save(found)
    return tx.changes


def _open(office: Office, owner: int, day: date) -> list[Todo]:
    clock = clock_of(office.find(Query(FollowRule, order=("id",))))
    found = [
        *of_visits(_held(office, clock, day), clock, day),
        *of_concerns(office.find(Query(Concern, where=(Where("solved_on", "empty"),)))),
        *of_leads(office.find(Query(Lead, where=(Where("due", "filled"), Where("state", "in", OPEN_LEADS))))),
    ]
    return [one for one in found if not owner or one.owner == owner]


def _held(office: Office, clock: Clock, day: date) -> list[Visit]:
    """The visits with an open next step, and all that are recent enough for the office's limit to matter; of each
    only what is looked at here, since there may be many."""
    held = Where("state", "=", HELD)
    days = clock.days(UNTIL, day)
    recent = (Where("day", ">=", day - timedelta(days=days)),) if days is not None else ()
    still = (Where("next_step", "filled"), Where("next_done", "!=", True))
    rows = [row for also in (recent, still) for row in office.columns(Visit, *LOOKED_AT, where=(held, *also))]
    return [
        Visit(id=key, **dict(zip(LOOKED_AT, values, strict=True)))
        for key, *values in {row[0]: row for row in rows}.values()
    ]


def _get(tx: Transaction, todo: Todo) -> Visit | Concern | Lead:
    found = tx.get(RECORDS[todo.noun], todo.key)
    if found.removed or not isinstance(found, Visit | Concern | Lead):
        raise KnownError(f"“{todo.what}”已经不在了。", "请刷新后再看。")
    return found


def _named(office: Office, found: Sequence[Todo]) -> list[Todo]:
    """With the names of those they are about."""
    investors = {one.investor for one in found if one.investor}
    projects = {one.project for one in found if one.project and not one.investor}
    names = {one.id: one.short_name or one.name for one in office.rows(Investor, sorted(investors))}
    names |= {one.id: one.name for one in office.rows(Project, sorted(projects))}
    return [replace(one, about=names.get(one.investor or one.project, "")) for one in found]
