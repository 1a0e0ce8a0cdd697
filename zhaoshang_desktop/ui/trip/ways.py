"""What can be done about a visit that was left out or a clash: the buttons beside the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhaoshang_desktop.planning.plan import LetIn

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.trip.sight import Sight


@dataclass(frozen=True)
class Help:
    """A button; `name` is what is done, `visit` to whom; `remedy` the planner's own proposal."""

    text: str
    name: str
    visit: int
    remedy: LetIn | None = None


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
