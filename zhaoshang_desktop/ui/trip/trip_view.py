"""One trip, from its purpose to the settled costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from zhaoshang_desktop.domain.trip import TRIP_STATES, Trip
from zhaoshang_desktop.ui.affair.view import AffairView
from zhaoshang_desktop.ui.trip.budget import BudgetStep
from zhaoshang_desktop.ui.trip.hand import Hand
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.material import MaterialStep
from zhaoshang_desktop.ui.trip.purpose import PurposeStep
from zhaoshang_desktop.ui.trip.report import ReportStep
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.settle import SettleStep
from zhaoshang_desktop.ui.trip.sight import Sight, sight
from zhaoshang_desktop.ui.trip.step import Step
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep
from zhaoshang_desktop.ui.trip.today import TodayStep

if TYPE_CHECKING:
    from zhaoshang_desktop.store.office import Office
    from zhaoshang_desktop.ui.desk import Desk

STEPS: tuple[type[Step | MaterialStep], ...] = (
    PurposeStep,
    TargetsStep,
    TeamsStep,
    ScheduleStep,
    BudgetStep,
    MaterialStep,
    TodayStep,
    LogStep,
    ReportStep,
    SettleStep,
)
PREPARING = 4
"""So many steps are settled before one sets out."""


class TripView(AffairView[Sight]):
    """All steps change the trip's records through one hand."""

    RECORD, STEPS, STATES = Trip, STEPS, TRIP_STATES
    NOUNS = (
        "trip",
        "team",
        "visit",
        "leg",
        "road",
        "budget_line",
        "expense",
        "investor",
        "contact",
        "member",
        "expert",
        "calendar_day",
        "absence",
    )

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self.hand = Hand(desk)
        super().__init__(desk, parent)

    def question(self, key: int) -> Callable[[Office], Sight]:
        return sight(key)

    def make(self, number: int) -> Step | MaterialStep:
        return STEPS[number](self.desk, self.hand, self)

    def put(self, sight: Sight) -> None:
        self.hand.saw(sight)

    def first_open(self, sight: Sight) -> int:
        """Under way at today's page, else at the first of the first steps that is not settled, else at the days."""
        if sight.placed and self.desk.today() in sight.days:
            return self.number_of("today")
        marks = [step.mark(sight).state for step in STEPS[:PREPARING]]
        return marks.index("open") if "open" in marks else PREPARING - 1

    def set_state(self, sight: Sight, state: str) -> None:
        self.hand.edit(sight.record, {"state": state})
