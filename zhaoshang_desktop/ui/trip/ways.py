"""What can be done about a visit that was left out or a clash: the buttons beside the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.record import edit_record
from zhaoshang_desktop.actions.trip import cancel_visit, move_visit
from zhaoshang_desktop.domain.trip import Trip
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.planning.plan import LetIn, Remedy

if TYPE_CHECKING:
    from zhaoshang_desktop.domain.changes import Changes
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.trip.sight import Sight


@dataclass(frozen=True)
class Help:
    """A button; `name` is what is done, `visit` to whom; `remedy` the planner's own proposal."""

    text: str
    name: str
    visit: int
    remedy: LetIn | None = None


def let_in(office: Office, trip: int, visit: int, remedy: LetIn) -> Changes:
    """Do what the planner proposed; what lies around it is planned anew afterwards."""
    days = office.get(Trip, trip)
    if remedy.remedy is Remedy.SHORTEN:
        return edit_record(office, Visit, visit, {"minutes": remedy.minutes}, office.get(Visit, visit).version)
    if remedy.remedy is Remedy.GIVE_WAY:
        return cancel_visit(office, remedy.stop or 0)
    if remedy.remedy is Remedy.ANOTHER_DAY:
        later = (days.end or date.min) + timedelta(days=1)
        return edit_record(office, Trip, trip, {"end": later}, days.version)
    if remedy.remedy is Remedy.OTHER_TEAM:
        edit_record(office, Visit, visit, {"only_team": 0}, office.get(Visit, visit).version)
    day = (days.start or date.min) + timedelta(days=remedy.day or 0)
    return move_visit(office, visit, remedy.team or 0, day, remedy.start or 0)


def ways_out(sight: Sight, visits: tuple[int, ...]) -> tuple[Help, ...]:
    """What can be done about a clash: about the last of its visits that can still be moved."""
    movable = [visit for key in visits if (visit := sight.visit(key)) and visit.state in ("待排", "已排")]
    if not movable:
        return ()
    pinned = [visit for visit in movable if visit.pinned]
    last = movable[-1]
    found = [Help("改时间…", "edit", last.id)]
    if pinned:
        found.append(Help(f"不再钉住{sight.book.name_of(pinned[-1])}，重新安排", "unpin", pinned[-1].id))
    else:
        found.append(Help("重新安排其余", "plan", last.id))
    found.append(Help(f"先不去{sight.book.name_of(last)}", "drop", last.id))
    return tuple(found)
