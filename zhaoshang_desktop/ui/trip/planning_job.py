"""Planning as the window runs it: what is tried is told in numbers, and it can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from zhaoshang_desktop.actions.trip import plan_trip
from zhaoshang_desktop.runtime.progress import Progress, untold
from zhaoshang_desktop.ui.job import Cancelled

if TYPE_CHECKING:
    from zhaoshang_desktop.actions.let_in import Change
    from zhaoshang_desktop.actions.trip_draft import Draft, PlanOutcome
    from zhaoshang_desktop.store.office import Office

SECONDS = 2.0
SHOWN_EVERY = 0.3
TOLD_EVERY = 50


class PlanningJob:
    """One run, after `change` if there is one; `tell(tried, placed)` and `show(draft)`, the first plan at once and
    better ones a few times a second, are called on the worker's thread."""

    def __init__(
        self,
        trip: int,
        tell: Callable[[int, int], object],
        show: Callable[[Draft], object],
        change: Change | None = None,
    ) -> None:
        self._trip = trip
        self._change = change
        self._tell = tell
        self._show = show
        self._shown_at = -SHOWN_EVERY
        self._stop = threading.Event()
        self._tried = self._placed = 0
        self._progress: Progress = untold

    @property
    def stopped(self) -> bool:
        """Whether the clerk gave up."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Give up; the trip stays as it was."""
        self._stop.set()

    def __call__(self, office: Office, progress: Progress) -> PlanOutcome:
        self._progress = progress
        return plan_trip(
            office,
            self._trip,
            seconds=SECONDS,
            cancelled=self._cancelled,
            on_better=self._better,
            change=self._change,
        )

    def _cancelled(self) -> bool:
        self._tried += 1
        if self._tried % TOLD_EVERY == 0:
            self._tell(self._tried, self._placed)
            try:
                self._progress(f"正在安排：已试 {self._tried:,} 种")
            except Cancelled:
                self._stop.set()
        return self._stop.is_set()

    def _better(self, draft: Draft) -> None:
        self._placed = sum(len(route.calls) for route in draft.plan.routes)
        self._tell(self._tried, self._placed)
        now = time.monotonic()
        if now - self._shown_at >= SHOWN_EVERY:
            self._shown_at = now
            self._show(draft)
