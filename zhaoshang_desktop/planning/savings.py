"""What would make a trip cheaper, each way reckoned through, so that who must cut knows where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from zhaoshang_desktop.domain.money import Money, write_money
from zhaoshang_desktop.domain.trip import Leg, Team, Trip
from zhaoshang_desktop.domain.unit import Member
from zhaoshang_desktop.planning.budget import LODGING, Budget, Rules, budget, stays


@dataclass(frozen=True)
class Saving:
    """One thing to do otherwise, and what it saves."""

    words: str
    amount: Money

    @property
    def sentence(self) -> str:
        return f"{self.words}，约省 {write_money(self.amount)}"


def savings(
    trip: Trip, teams: Sequence[Team], members: Sequence[Member], legs: Sequence[Leg], rules: Rules
) -> list[Saving]:
    """The ways that save anything, the most first; each stands alone, they cannot simply be added up."""

    def total(changed: Sequence[Team]) -> Budget:
        return budget(trip, changed, members, legs, rules)

    now = total(teams)
    found = [_saving(words, now, total(changed)) for words, changed in _other_teams(teams)]
    found += _fewer_days(trip, teams, now, legs)
    return sorted((one for one in found if one.amount.fen > 0), key=lambda one: (-one.amount.fen, one.words))


def _saving(words: str, now: Budget, other: Budget) -> Saving:
    return Saving(words, Money(now.total.fen - other.total.fen))


def _other_teams(teams: Sequence[Team]) -> Iterator[tuple[str, list[Team]]]:
    for team in teams:
        if not team.official_car:
            yield f"{team.name}改用公务用车", [replace(t, official_car=True) if t is team else t for t in teams]
        if len(team.members) + len(team.experts) > 2 and team.members:
            fewer = replace(team, members=team.members[:-1])
            yield f"{team.name}少去一人", [fewer if t is team else t for t in teams]
        if len(teams) > 1:
            yield f"{team.name}不去", [t for t in teams if t is not team]


def _fewer_days(trip: Trip, teams: Sequence[Team], now: Budget, legs: Sequence[Leg]) -> Iterator[Saving]:
    """A night less for everybody: a day's allowances and an average night."""
    nights = sum(
        (len(team.members) + len(team.experts)) * sum(bool(stay.night) for stay in stays(trip, _of(legs, team), team))
        for team in teams
    )
    people = sum(len(team.members) + len(team.experts) for team in teams)
    lodging = sum(line.planned.fen for line in now.lines if line.planned and line.item.startswith(LODGING))
    daily = sum(line.planned.fen for line in now.lines if line.planned and "每人每天" in line.basis)
    days = (trip.end - trip.start + timedelta(1)).days if trip.start and trip.end else 0
    if nights and days > 1 and people:
        yield Saving("全队少在外一天", Money(lodging * people // nights + daily // days))


def _of(legs: Sequence[Leg], team: Team) -> list[Leg]:
    return [leg for leg in legs if leg.team == team.id]
