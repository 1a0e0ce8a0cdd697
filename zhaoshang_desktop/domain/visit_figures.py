"""How many visits, of whom, with what intention: the figures of a report, counted from the visits themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhaoshang_desktop.domain.visit import CALLED_OFF, HELD, INTENTIONS, Visit


@dataclass(frozen=True)
class Figures:
    """`intentions` counts visits by letter; `undecided` those where nobody noted one."""

    visits: int = 0
    firms: int = 0
    intentions: dict[str, int] = field(default_factory=dict)
    undecided: int = 0
    projects: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    unplanned: int = 0
    dropped: int = 0
    missed: int = 0


def figures_of(visits: Iterable[Visit]) -> Figures:
    """The figures of these visits, those of a trip or of a period."""
    every = [visit for visit in visits if not visit.removed]
    held = [visit for visit in every if visit.state == HELD]
    return Figures(
        visits=len(held),
        firms=len({visit.investor for visit in held}),
        intentions={letter: sum(visit.intention == letter for visit in held) for letter in INTENTIONS},
        undecided=sum(not visit.intention for visit in held),
        projects=tuple(dict.fromkeys(visit.project for visit in held if visit.project)),
        leads=tuple(dict.fromkeys(visit.lead for visit in held if visit.lead)),
        unplanned=sum(bool(visit.unplanned) for visit in held),
        dropped=sum(visit.state == CALLED_OFF for visit in every),
        missed=sum(visit.state not in (HELD, CALLED_OFF) for visit in every),
    )
